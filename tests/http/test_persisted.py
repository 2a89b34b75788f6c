"""Documents by hash and name, caches, compression and lists: what saves a client bytes, and what must not be saved."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.app import application
from graph_api.config import Settings
from graph_api.errors import BadValue
from graph_api.http.graphql import Terms
from graph_api.http.persisted import Persisted, PersistedQueryNotFound, registered
from graph_api.model.changes import Batch
from tests import region as rows
from tests.http.conftest import Client, route
from tests.operations.region import Region

QUERY = "query ($slug: String!) { actor(slug: $slug) { name } }"
NAME = {"actor": {"name": "Chalmers tekniska högskola"}}
SLUG = {"slug": "chalmers"}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(text: str, version: int = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": sha256(text)}}


def served_by(region: Region, terms: Terms | None = None, documents: Mapping[str, str] | None = None) -> Client:
    return Client(region.runner, Starlette(routes=[Route("/graphql", route(region, terms, documents))]))


def code(response: httpx.Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


# ------------------------------------------------------------------------------------------------ automatic persisted queries
@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), ("application/graphql-response+json", 404)])
def test_a_document_is_sent_once_and_then_named(region: Region, accept: str, status: int) -> None:
    """As Apollo's and urql's links do it: hash, miss, hash and text, hash."""
    client = served_by(region)
    hashed = {"variables": SLUG, "extensions": persisted(QUERY)}
    missed = client.post(hashed, accept=accept)
    sent = client.post(hashed | {"query": QUERY}, accept=accept)
    named = client.post(hashed, accept=accept)
    by_id = client.post({"variables": SLUG, "documentId": f"sha256:{sha256(QUERY)}"}, accept=accept)

    assert (missed.status_code, missed.json()["errors"][0]["message"]) == (status, "PersistedQueryNotFound")
    assert code(missed) == "PERSISTED_QUERY_NOT_FOUND"
    assert missed.headers["cache-control"] == "no-store"
    assert sent.json() == named.json() == by_id.json() == {"data": NAME}


def test_a_named_document_is_answered_by_get(region: Region) -> None:
    """Short addresses are what caches between us and the reader keep."""
    client = served_by(region)
    client.post({"query": QUERY, "variables": SLUG, "extensions": persisted(QUERY)})
    query = urlencode({"variables": json.dumps(SLUG), "extensions": json.dumps(persisted(QUERY))})

    assert client.send("GET", f"/graphql?{query}").json() == {"data": NAME}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"query": QUERY, "extensions": persisted("{ a }")}, "WRONG_HASH"),
        ({"extensions": persisted(QUERY, version=2)}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"extensions": {"persistedQuery": "a"}}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"extensions": {"persistedQuery": {"version": 1}}}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"documentId": 1}, "BAD_REQUEST"),
        ({"documentId": "nothing"}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"extensions": {}}, "BAD_REQUEST"),
    ],
)
def test_a_hash_that_does_not_fit_is_refused(region: Region, body: Mapping[str, Any], expected: str) -> None:
    """Nobody can leave a document under another's hash."""
    assert code(served_by(region).post(body)) == expected


def test_a_document_that_is_wrong_is_not_kept(region: Region) -> None:
    """Nonsense fills no memory."""
    client = served_by(region)
    client.post({"query": "{ nothing }", "extensions": persisted("{ nothing }")})

    assert code(client.post({"extensions": persisted("{ nothing }")})) == "PERSISTED_QUERY_NOT_FOUND"


def test_what_was_used_longest_ago_makes_room() -> None:
    """However many documents clients leave, they take so many bytes."""
    kept = Persisted(30)
    for text in ("a" * 10, "b" * 10, "c" * 10):
        kept.keep(text)
    kept.text(None, sha256("a" * 10), {})
    kept.keep("d" * 10)
    kept.keep("e" * 31)

    assert [kept.text(None, sha256(one * 10), {}) for one in "acd"] == ["a" * 10, "c" * 10, "d" * 10]
    for gone in ("b" * 10, "e" * 31):
        with pytest.raises(PersistedQueryNotFound):
            kept.text(None, sha256(gone), {})


# ------------------------------------------------------------------------------------------------ registered documents
def test_only_registered_documents_are_answered(region: Region) -> None:
    """A public server that serves known pages answers these, by name, hash or text, and nothing else."""
    client = served_by(region, documents={"name": QUERY, sha256(QUERY): QUERY})
    asked = {"variables": SLUG}
    answers = [
        client.post(asked | body)
        for body in (
            {"documentId": "name"},
            {"documentId": f"sha256:{sha256(QUERY)}"},
            {"extensions": persisted(QUERY)},
            {"query": QUERY},
        )
    ]
    refused = [
        client.post(body)
        for body in (
            {"query": "{ __typename }"},
            {"documentId": "other"},
            {"extensions": persisted("{ a }")},
            {"query": QUERY + " "},
        )
    ]

    assert [answer.json() for answer in answers] == [{"data": NAME}] * 4
    assert {(answer.status_code, code(answer)) for answer in refused} == {(403, "DOCUMENT_NOT_REGISTERED")}


@pytest.mark.parametrize("form", ["folder", "file", "names", "manifest"])
def test_documents_are_read_as_tools_write_them(tmp_path: Path, form: str) -> None:
    """relay-compiler and graphql-codegen write texts by hash, Apollo a manifest, people files."""
    path = tmp_path / {"folder": "inner", "file": "name.graphql"}.get(form, "known.json")
    if form == "folder":
        (path / "deeper").mkdir(parents=True)
        (path / "deeper" / "name.graphql").write_text(QUERY, "utf-8")
        (path / "readme.md").write_text("no document", "utf-8")
    elif form == "file":
        path.write_text(QUERY, "utf-8")
    else:
        manifest = {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [{"id": "name", "body": QUERY}],
        }
        path.write_text(json.dumps(manifest if form == "manifest" else {"name": QUERY}), "utf-8")

    assert registered(path) == {"name": QUERY, sha256(QUERY): QUERY}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", "["), ("a.json", "[]"), ("a.json", '{"a": 1}'), ("a.json", '{"operations": [{}]}'), ("a.graphql", "{ nothing }"), ("", "")],
)  # fmt: skip
async def test_a_server_does_not_start_with_documents_that_are_not_in_order(
    tmp_path: Path, name: str, content: str, region: Region
) -> None:
    """Better than a page that fails for its readers; the file is named."""
    path = tmp_path / (name or "missing")
    if name:
        path.write_text(content, "utf-8")

    with pytest.raises(BadValue, match=path.name):
        application(region.store, Settings(documents=path, tokens=tmp_path / "tokens.json"))


# ------------------------------------------------------------------------------------------------ caches
def test_an_answer_holds_as_long_as_the_revision_stands(region: Region) -> None:
    """A cache asks with a tag and is told that nothing changed, without the graph being read."""
    client = served_by(region)
    address = "/graphql?" + urlencode({"query": "{ graph { revision actorCount } }"})
    first = client.send("GET", address)
    region.statements.clear()
    tag = first.headers["etag"]
    same = client.send("GET", address, {"if-none-match": tag})
    among = client.send("GET", address, {"if-none-match": f'"a", {tag.removeprefix("W/")}'})
    other = client.send("GET", address.replace("actorCount", "sourceCount"), {"if-none-match": tag})
    newer = client.send("GET", address, {"if-none-match": tag, "accept": "application/graphql-response+json"})

    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["vary"] == "Accept, Authorization"
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert among.status_code == 304
    assert region.statements == []
    assert other.status_code == newer.status_code == 200
    assert len({answer.headers["etag"] for answer in (first, other, newer)}) == 3


def test_a_write_makes_a_tag_worthless(tmp_path: Path) -> None:
    """Nobody sees yesterday's graph."""
    from tests.operations.region import opened

    with opened(tmp_path) as region:
        client = served_by(region)
        address = "/graphql?" + urlencode({"query": "{ actors { totalCount } }"})
        before = client.send("GET", address)
        batch = Batch(things={"Actor": [rows.actor("ny", "Ny", "BUSINESS", "INDUSTRY", sources=[])]})
        region.runner.run(region.store.write(batch, None, by="test"))
        after = client.send("GET", address, {"if-none-match": before.headers["etag"]})

    assert after.status_code == 200
    assert after.json()["data"]["actors"]["totalCount"] == before.json()["data"]["actors"]["totalCount"] + 1


@pytest.mark.parametrize(
    "query",
    ["{ nothing }", "{ actors(first: -1) { totalCount } }", 'query { shortestPaths(from: "a", to: "b") { length } }'],
)
def test_an_answer_with_errors_is_not_kept(client: Client, query: str) -> None:
    """What failed once may not fail again."""
    answer = client.send("GET", "/graphql?" + urlencode({"query": query}))

    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_an_answer_to_a_post_has_no_tag(client: Client) -> None:
    """Caches do not keep it, whatever is said."""
    assert "etag" not in client.ask("{ __typename }").headers


# ------------------------------------------------------------------------------------------------ compression
@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd", None])
def test_large_answers_are_compressed_as_the_client_wishes(
    region: Region, tmp_path: Path, encoding: str | None
) -> None:
    """A page of actors is a tenth of its size on the wire; a small one is not worth the time."""
    app = application(region.store, Settings(tokens=tmp_path / "tokens.json"))
    client = Client(region.runner, app)
    large = {"query": "{ actors(first: 100) { nodes { id slug name description } } }"}
    headers = {"accept-encoding": encoding or "identity"}
    answer = client.post(large, **headers)
    small = client.post({"query": "{ __typename }"}, **headers)

    assert answer.headers.get("content-encoding") == encoding
    assert "content-encoding" not in small.headers
    assert len(answer.json()["data"]["actors"]["nodes"]) == 100


# ------------------------------------------------------------------------------------------------ lists of operations
def test_a_list_is_answered_in_order_where_lists_are_taken(region: Region) -> None:
    """Each by itself: one that fails leaves the others."""
    client = served_by(region, Terms(batch_max=3))
    batch = [{"query": "{ a: __typename }"}, {"query": "{ nothing }"}, {"query": QUERY, "variables": SLUG}]
    answer = client.post(json.dumps(batch).encode())

    assert answer.status_code == 200
    assert [sorted(one) for one in answer.json()] == [["data"], ["errors"], ["data"]]
    assert answer.json()[2] == {"data": NAME}


@pytest.mark.parametrize(
    ("size", "most", "expected"), [(1, 0, "BAD_REQUEST"), (4, 3, "TOO_COSTLY"), (0, 3, "BAD_REQUEST")]
)
def test_guesses_cannot_be_sent_by_the_thousand(region: Region, size: int, most: int, expected: str) -> None:
    """Lists are off unless someone wants them, and then bounded."""
    client = served_by(region, Terms(batch_max=most))
    answer = client.post(json.dumps([{"query": "{ __typename }"}] * size).encode())

    assert answer.status_code == 400
    assert code(answer) == expected


@pytest.mark.parametrize("one", ["1", "null", "[]", '{"query": 1}', "{}"])
def test_a_list_with_what_is_no_operation_is_refused_whole(region: Region, one: str) -> None:
    """Nothing of it is run."""
    client = served_by(region, Terms(batch_max=3))

    assert code(client.post(f'[{{"query": "{{ __typename }}"}}, {one}]'.encode())) == "BAD_REQUEST"


# ------------------------------------------------------------------------------------------------ what a request wants to know besides
def test_the_cost_is_told_to_who_asks(client: Client) -> None:
    """Whoever writes a page sees how near its limits it is."""
    query = "{ actors(first: 10) { nodes { name collaborators(first: 5) { edges { kind node { name } } } } } }"
    asked = client.post({"query": query, "extensions": {"cost": True}}).json()
    unasked = client.post({"query": query}).json()

    assert asked["data"] == unasked["data"]
    assert asked["extensions"]["cost"]["rows"] == {"measured": 60, "allowed": 50_000}
    assert asked["extensions"]["cost"]["depth"] == {"measured": 2, "allowed": 10}
    assert "extensions" not in unasked
