"""Addresses of stores: what they say, and what they never show."""

import traceback
from pathlib import Path

import pytest

from graph_api.errors import BadValue
from graph_api.stores.open import SCHEMES, Address, File, Server, address

HERE = Path("graph.db")
SECRET = "s3cret"


def read(text: str, password: str = "") -> Address:
    return address(text, embedded=HERE, password=password)


@pytest.mark.parametrize(
    ("text", "path"),
    [("", "graph.db"), ("sqlite:other.db", "other.db"), ("sqlite:///data/other.db", "/data/other.db")],
)
def test_address_of_a_file(text: str, path: str) -> None:
    """Nothing given is the embedded store; a file may be written with or without slashes."""
    assert read(text) == File(Path(path))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_address_of_a_server(scheme: str) -> None:
    """All ways of a Neo4j driver to reach a server, with a database of its own."""
    found = read(f"{scheme}://maria:{SECRET}@graph.example:7000/region")

    assert found == Server(f"{scheme}://graph.example:7000", "region", "maria", SECRET)


def test_port_and_database_are_neo4js_own_where_none_is_named() -> None:
    """The shortest address is what most need."""
    assert read(f"neo4j://maria:{SECRET}@[::1]") == Server("neo4j://[::1]:7687", "neo4j", "maria", SECRET)


def test_user_and_password_may_hold_any_character() -> None:
    """A generated password holds what an address uses for itself."""
    found = read("neo4j://ma%40ria:%3A%2F%3F%23%5B%5D%40%25%C3%A5@localhost")

    assert isinstance(found, Server)
    assert (found.user, found.password) == ("ma@ria", ":/?#[]@%å")


def test_password_comes_from_beside_the_address() -> None:
    """So that it need not stand in a list of processes; the user is neo4j where none is named."""
    assert read("neo4j://maria@localhost", SECRET) == Server("neo4j://localhost:7687", "neo4j", "maria", SECRET)
    assert read("neo4j://localhost", SECRET) == Server("neo4j://localhost:7687", "neo4j", "neo4j", SECRET)


def test_password_in_the_address_goes_first() -> None:
    """Of two servers in one command, one may have its own."""
    found = read(f"neo4j://maria:{SECRET}@localhost", "another")

    assert isinstance(found, Server)
    assert found.password == SECRET


def test_server_without_users_needs_none() -> None:
    """A server for development asks nobody who they are."""
    assert read("bolt://localhost") == Server("bolt://localhost:7687", "neo4j", "", "")


def test_user_without_password_is_refused() -> None:
    """Better said here than by a server that locks the user out after three attempts."""
    with pytest.raises(BadValue, match="SAMVERKAN_STORE_PASSWORD"):
        read("neo4j://maria@localhost")


BAD = [
    SECRET,
    f"maria:{SECRET}@localhost",
    f"http://maria:{SECRET}@localhost",
    f"neo4j://maria:{SECRET}@",
    f"neo4j://maria:{SECRET}@localhost:port",
    f"neo4j://maria:{SECRET}@localhost:70000",
    f"neo4j://maria:{SECRET}#x@localhost",
    f"neo4j://maria:{SECRET}?x@localhost",
    f"neo4j://maria:{SECRET}/x@localhost",
    f"neo4j://maria:[{SECRET}@localhost",
    f"neo4j://maria:{SECRET}@localhost/neo4j/more",
    f"neo4j://localhost/neo4j?password={SECRET}",
    "sqlite:",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address_is_refused_without_being_repeated(text: str) -> None:
    """The faulty address is the one whose password has an unescaped character: that part must not reach the log either."""
    with pytest.raises(BadValue) as refused:
        read(text)

    assert SECRET not in "".join(traceback.format_exception(refused.value))
    assert "neo4j://user:password@host:7687/database" in str(refused.value)


def test_address_shows_all_but_the_password() -> None:
    """It stands in the first lines of the server and in logs."""
    found = read(f"neo4j+s://maria:{SECRET}@graph.example/region")

    assert str(found) == "neo4j+s://maria@graph.example:7687/region"
    assert SECRET not in f"{found!r} {found}"


def test_two_names_of_a_file_are_the_same_place(tmp_path: Path) -> None:
    """A copy of a store onto itself must be seen before it is begun."""
    (tmp_path / "link.db").symlink_to(tmp_path / "graph.db")

    assert read(f"sqlite:{tmp_path}/link.db").same(read(f"sqlite:{tmp_path}/x/../graph.db"))
    assert not read(f"sqlite:{tmp_path}/link.db").same(read(f"sqlite:{tmp_path}/other.db"))


def test_two_ways_to_a_database_are_the_same_place() -> None:
    """Neither the scheme nor the user changes which data it is; the database does."""
    one = read(f"neo4j://maria:{SECRET}@localhost/region")

    assert one.same(read("bolt://localhost:7687/region"))
    assert not one.same(read("bolt://localhost:7687/other"))
    assert not one.same(read("sqlite:graph.db"))
