"""Address → store. The only module that names every store.

    sqlite:FILE                              the embedded store
    neo4j://user:password@host:7687/neo4j    a server of Neo4j, or a cluster; neo4j+s with TLS, neo4j+ssc with TLS and any certificate
    bolt://…, bolt+s://…, bolt+ssc://…       that one server, without routing

Knows no setting. A password is in no text that is made here: not in an address as it is shown, not in an error.
"""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graph_api.errors import BadValue
from graph_api.stores.base import Store

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""Of the addresses of a Neo4j server, as its drivers know them."""

HINT = "Write sqlite:FILE, or neo4j://user:password@host:7687/database with %40 for @, %3A for :, %2F for / and so on in a password."


@dataclass(frozen=True, slots=True)
class File:
    """Where an embedded store is."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def same(self, other: "Address") -> bool:
        """Whether the other address leads to the same data, as far as addresses tell."""
        return isinstance(other, File) and self.path.resolve() == other.path.resolve()


@dataclass(frozen=True, slots=True)
class Server:
    """Where a store behind a server is, and how to get in."""

    uri: str
    """Scheme, host and port."""
    database: str
    user: str
    """Empty: a server that asks nobody."""
    password: str = field(repr=False)

    def __str__(self) -> str:
        scheme, _, place = self.uri.partition("://")
        return f"{scheme}://{f'{self.user}@' if self.user else ''}{place}/{self.database}"

    def same(self, other: "Address") -> bool:
        """Whether the other address leads to the same data, as far as addresses tell."""
        if not isinstance(other, Server):
            return False
        one, two = (found.uri.partition("://")[2] for found in (self, other))
        return (one, self.database) == (two, other.database)


Address = File | Server


def address(text: str, *, embedded: Path, password: str = "", place: str = "store") -> Address:
    """What an address says; an empty one means the embedded store.

    Args:
        password: of a server's user, where the address has none.
        place: where the address stands, for the error.
    Raises:
        BadValue: no store has such an address. The message does not repeat it: it may hold a password.

    >>> str(address("neo4j+s://maria:s%40lt@graph.example", embedded=Path("graph.db")))
    'neo4j+s://maria@graph.example:7687/neo4j'
    """
    if not text:
        return File(embedded)
    if text.startswith("sqlite:") and text != "sqlite:":
        return File(Path(text.removeprefix("sqlite:").removeprefix("//")))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or 7687
    except ValueError:
        # From None: what it says quotes the address.
        raise BadValue("The address of the store cannot be read.", place=place, hint=HINT) from None
    database = unquote(parts.path.removeprefix("/")) or "neo4j"
    if parts.scheme not in SCHEMES or not host or "/" in database or parts.query or parts.fragment:
        raise BadValue("No store has such an address.", place=place, hint=HINT)
    user, secret = unquote(parts.username or ""), unquote(parts.password or "") or password
    if user and not secret:
        hint = "Set SAMVERKAN_STORE_PASSWORD or SAMVERKAN_STORE_PASSWORD_FILE."
        raise BadValue(f"The user {user} has no password.", place=place, hint=hint)
    host = f"[{host}]" if ":" in host else host
    return Server(f"{parts.scheme}://{host}:{port}", database, user or ("neo4j" if secret else ""), secret)


def open_store(
    address: Address,
    *,
    deadline: float,
    connections: int = 16,
    acquire_seconds: float = 5,
    connect_seconds: float = 5,
    retry_seconds: float = 10,
    sharing: bool = True,
    migrating: bool = True,
) -> Store:
    """The store at an address; call its `ready` first, in the event loop that it will be used in.

    Args:
        deadline: seconds after which a read is given up.
        connections, acquire_seconds, connect_seconds, retry_seconds, sharing: of a store behind a server, as the settings of these names.
        migrating: if not, an embedded store is left as it is, and can only tell what `migrate` would do.
    Raises:
        StoreError: an embedded store cannot be opened.
    """
    if isinstance(address, File):
        from graph_api.stores.sqlite.store import SqliteStore

        return SqliteStore(address.path, deadline=deadline, migrating=migrating)
    from graph_api.stores.neo4j.store import Neo4jStore

    return Neo4jStore(
        address.uri,
        user=address.user,
        password=address.password,
        database=address.database,
        deadline=deadline,
        connections=connections,
        acquire_seconds=acquire_seconds,
        connect_seconds=connect_seconds,
        retry_seconds=retry_seconds,
        sharing=sharing,
    )
