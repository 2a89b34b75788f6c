"""Who may write by HTTP: tokens, and what another site could make a browser send."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.analysis.worker import Analyst
from graph_api.errors import BadValue, NotFound
from graph_api.http.graphql import GraphQLRoute, Terms
from graph_api.http.identity import PREFIX, Tokens
from graph_api.http.persisted import Persisted
from graph_api.http.streaming import Lines
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema import mutation, query
from graph_api.schema.planned import PlannedSchema
from tests.http.conftest import Client
from tests.region import REGION
from tests.stores.backends import sqlite_file

CREATE = 'mutation { createCompetence(input: {slug: "ny", name: "Ny"}) { competence { slug } userErrors { code } } }'


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "folder" / "tokens.json")


@pytest.fixture
def server(tmp_path: Path, tokens: Tokens) -> Iterator[Client]:
    """A server of its own graph, with the tokens of the test."""
    with asyncio.Runner() as runner:
        opened = sqlite_file(tmp_path)
        backend = runner.run(opened.__aenter__())
        runner.run(backend.store.write(REGION, None, "seed"))
        schema = PlannedSchema(backend.store, {**query.ANSWERS, **mutation.ANSWERS})
        context = Context(backend.store, Snapshots(backend.store), Analyst(), Feed(backend.store))
        route = GraphQLRoute(schema, context, Terms(), persisted=Persisted(0), lines=Lines(1), tokens=tokens)
        yield Client(runner, Starlette(routes=[Route("/graphql", route)]))
        runner.run(context.close())
        runner.run(opened.__aexit__(None, None, None))


def test_who_has_a_token_writes_and_the_log_has_its_name(server: Client, tokens: Tokens) -> None:
    """No restart: the file is looked at again when it changes."""
    token = tokens.create("Anna Å")

    written = server.ask(CREATE, authorization=f"Bearer {token}")
    log = server.ask("{ changes(first: 1) { nodes { by nodeId } } }")

    assert written.json() == {"data": {"createCompetence": {"competence": {"slug": "ny"}, "userErrors": []}}}
    assert log.json()["data"]["changes"]["nodes"] == [{"by": "Anna Å", "nodeId": "competence:ny"}]


def test_without_a_token_reading_is_open_and_writing_forbidden(server: Client, tokens: Tokens) -> None:
    """A user error: the operation itself is right."""
    tokens.create("Anna")

    refused = server.ask(CREATE)

    assert refused.status_code == 200
    assert refused.json()["data"]["createCompetence"] == {"competence": None, "userErrors": [{"code": "FORBIDDEN"}]}
    assert server.ask("{ graph { revision } }").json() == {"data": {"graph": {"revision": 1}}}


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic YTpi", "", "Bearer samverkan_"])
def test_a_token_that_is_none_is_refused_even_for_reading(server: Client, tokens: Tokens, header: str) -> None:
    """A client whose token was revoked should learn it at once, not when it writes."""
    tokens.create("Anna")

    answer = server.post({"query": "{ graph { revision } }"}, authorization=header)

    if header:
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    else:
        assert answer.status_code == 200


def test_a_revoked_token_is_worthless_at_once(server: Client, tokens: Tokens) -> None:
    """Somebody left."""
    token = tokens.create("Anna")
    tokens.create("Bo")
    Tokens(tokens.path).revoke("Anna")

    assert server.ask(CREATE, authorization=f"Bearer {token}").status_code == 401
    assert [one.name for one in tokens.every()] == ["Bo"]


def test_a_link_or_form_of_another_site_writes_nothing(server: Client, tokens: Tokens) -> None:
    """GET is for queries; a form cannot send JSON."""
    token = tokens.create("Anna")
    headers = {"authorization": f"Bearer {token}"}

    by_link = server.send("GET", "/graphql?query=" + CREATE.replace(" ", "%20").replace('"', "%22"), headers)
    by_form = [
        server.send("POST", headers={**headers, "content-type": kind}, content=b'{"query": "{ __typename }"}')
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    ]

    assert (by_link.status_code, by_link.headers["allow"]) == (405, "GET, POST")
    assert [answer.status_code for answer in by_form] == [415, 415, 415]
    assert server.ask("{ graph { revision } }").json()["data"]["graph"]["revision"] == 1


def test_the_file_holds_no_token_and_is_for_its_owner_alone(tokens: Tokens) -> None:
    """A copy of the file opens nothing."""
    token = tokens.create("Anna")

    assert token.startswith(PREFIX)
    assert token.removeprefix(PREFIX) not in tokens.path.read_text("utf-8")
    assert tokens.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in tokens.path.parent.iterdir()] == ["tokens.json"]


@pytest.mark.parametrize("name", ["", " a", "a ", "a\nb", "x" * 101, "a\ud800"])
def test_what_is_no_name_makes_no_token(tokens: Tokens, name: str) -> None:
    """It stands in the change log."""
    with pytest.raises(BadValue):
        tokens.create(name)


def test_a_name_has_one_token(tokens: Tokens) -> None:
    """Else to revoke it would be a guess."""
    tokens.create("Anna")

    with pytest.raises(BadValue):
        tokens.create("Anna")
    with pytest.raises(NotFound):
        tokens.revoke("Bo")


def test_a_damaged_file_of_tokens_is_said(tokens: Tokens) -> None:
    """Not taken for an empty one, which would lock everybody out without a word."""
    tokens.create("Anna")
    tokens.path.write_text("{", "utf-8")

    with pytest.raises(BadValue, match="tokens cannot be read"):
        Tokens(tokens.path).every()


def test_plans_are_shown_to_editors(server: Client, tokens: Tokens) -> None:
    """A slow page can be understood; others are not told how the graph is kept."""
    token = tokens.create("Anna")
    asked = {"query": '{ actor(slug: "chalmers") { name } }', "extensions": {"explain": True}}
    shown = server.post(asked, authorization=f"Bearer {token}").json()
    refused = server.post(asked)

    assert shown["data"] == {"actor": {"name": "Chalmers tekniska högskola"}}
    assert shown["extensions"]["explain"]["plan"] == 'actor: the Actor with slug = "chalmers"\n  name\n'
    assert "SELECT" in shown["extensions"]["explain"]["statement"]
    assert shown["extensions"]["cost"]["depth"]["allowed"] == 10
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
