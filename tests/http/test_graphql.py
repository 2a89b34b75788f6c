"""GraphQL over HTTP: what comes in wrong is refused with its place and what would be right, and changes nothing."""

import asyncio
import json
import logging
import re
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from graph_api.analysis.worker import Analyst
from graph_api.http.bodies import parsed
from graph_api.http.graphql import Terms
from graph_api.plan.bounds import Bounds
from graph_api.resolvers.context import Context
from graph_api.schema.planned import Allowance, PlannedSchema
from graph_api.schema.query import ANSWERS
from tests.http.conftest import BODY_BYTES_MAX, BOTH, Client, route, served
from tests.operations.region import Region

NAME = "Chalmers tekniska högskola"
BY_SLUG = "query ($slug: String!) { actor(slug: $slug) { name } }"
WHERE = "query ($where: ActorWhere) { actors(where: $where, first: 1) { totalCount } }"
ORDER = "query ($order: [ActorOrder!]) { actors(orderBy: $order, first: 1) { nodes { id } } }"


def nested(times: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(times):
        found = {"NOT": found}
    return found


def deep(times: int) -> str:
    relation = "collaborators(first: 1) { nodes { "
    return f"{{ actors(first: 1) {{ nodes {{ {relation * times} id {' } }' * times} }} }} }}"


def fan_of_aliases(breadth: int, times: int) -> str:
    inner = " ".join(f"a{n}: __typename" for n in range(times))
    return f"{{ {' '.join(f'b{n}: actors {{ ...F }}' for n in range(breadth))} }} fragment F on ActorConnection {{ {inner} }}"


def fragments_at_one_place(count: int) -> str:
    spreads = " ".join(f"...F{n}" for n in range(count))
    fragments = " ".join(f"fragment F{n} on Actor {{ name }}" for n in range(count))
    return f"{{ actors {{ nodes {{ {spreads} }} }} }} {fragments}"


def fragments_in_a_row(count: int) -> str:
    fragments = " ".join(f"fragment F{n} on Query {{ a {{ b {{ ...F{n + 1} }} }} }}" for n in range(count))
    return f"{{ ...F0 }} {fragments} fragment F{count} on Query {{ a }}"


def inner_pages(depth: int) -> str:
    text = "id"
    for _ in range(depth):
        text = f"collaborators(first: 1000) {{ nodes {{ {text} }} }}"
    return text


AROUND = "{ __schema { types { " + "fields { type { " * 4 + "name" + " } }" * 4 + " } } }"


# ------------------------------------------------------------------------------------------------ bad input
OPERATIONS: list[tuple[str, str, Mapping[str, Any] | None, int, str, str]] = [
    # name, document, variables, status, code, what the message says
    ("unknown field", "{ actors { nodes { nam } } }", None, 400, "GRAPHQL", "Did you mean 'name'"),
    ("unknown argument", "{ actors(frist: 1) { totalCount } }", None, 400, "GRAPHQL", "Did you mean 'first'"),
    ("wrong type of a literal", '{ actors(first: "a") { totalCount } }', None, 400, "GRAPHQL", "Int cannot represent"),
    ("wrong type of a variable", WHERE, {"where": {"slug": {"eq": 3}}}, 400, "GRAPHQL", "at .slug.eq: String cannot"),
    ("unknown enum value", WHERE, {"where": {"kind": {"eq": "PARK"}}}, 400, "GRAPHQL", "at .kind.eq"),
    ("missing variable", BY_SLUG, {}, 400, "GRAPHQL", "'$slug'"),
    ("null for a variable that must be", BY_SLUG, {"slug": None}, 400, "GRAPHQL", "'$slug'"),
    ("no argument of two", "{ actor { name } }", None, 400, "BAD_VALUE", "id and slug"),
    ("both arguments of two", '{ actor(id: "actor:a", slug: "a") { name } }', None, 400, "BAD_VALUE", "id and slug"),
    ("null for an operator", "{ actors(where: { name: { eq: null } }) { totalCount } }", None, 400, "NULL_OPERATOR", "isNull"),
    ("no date", '{ collaborations(where: { since: { eq: "2018-13" } }) { totalCount } }', None, 400, "BAD_VALUE", "2018-04"),
    ("malformed cursor", '{ actors(after: "zz") { nodes { id } } }', None, 400, "BAD_CURSOR", "pageInfo"),
    ("malformed cursor where no row is shown", '{ actors(before: "zz") { totalCount } }', None, 400, "BAD_CURSOR", "pageInfo"),
    ("malformed cursor in a variable", "query ($c: String) { actors(after: $c) { nodes { id } } }", {"c": "é"}, 400, "BAD_CURSOR", "pageInfo"),
    ("first with last", "{ actors(first: 1, last: 1) { totalCount } }", None, 400, "BAD_PAGE", "first with after"),
    ("negative first", "{ actors(first: -1) { totalCount } }", None, 400, "BAD_PAGE", "from 0 to 1,000"),
    ("negative first in a variable", "query ($n: Int) { actors(first: $n) { totalCount } }", {"n": -1}, 400, "BAD_PAGE", "from 0 to 1,000"),
    ("too large last", "{ actors(last: 1001) { totalCount } }", None, 400, "BAD_PAGE", "from 0 to 1,000"),
    ("too costly", "{ actors(first: 1000) { nodes { collaborators(first: 1000) { totalCount } } } }", None, 400, "TOO_COSTLY", "50,000 are allowed"),
    ("too deep", deep(11), None, 400, "TOO_COSTLY", "10 are allowed"),
    ("too deep a filter", WHERE, {"where": nested(100)}, 400, "TOO_COSTLY", "deep"),
    ("a filter deeper than Python goes", WHERE, {"where": nested(240)}, 400, "GRAPHQL", "too deeply"),
    ("two keys in one order", "{ actors(orderBy: [{ name: ASC, id: ASC }]) { totalCount } }", None, 400, "GRAPHQL", "exactly one"),
    ("two keys in one order in a variable", ORDER, {"order": [{"name": "ASC", "id": "ASC"}]}, 400, "GRAPHQL", "exactly one"),
    ("braces without end", "{ a " * 20_000, None, 400, "TOO_COSTLY", "nested too deeply"),
    ("lists without end", "{ actors(where: " + "[" * 50_000, None, 400, "TOO_COSTLY", "nested too deeply"),
    ("a document of 400 kB", "{ a " * 100_000, None, 400, "TOO_COSTLY", "400,000 bytes; 100,000 are allowed"),
    ("100,001 bytes of fewer characters", "{ __typename } #" + "å" * 50_000, None, 400, "TOO_COSTLY", "100,016 bytes"),
    ("6,000 tokens", "{ " + "a " * 6000 + "}", None, 400, "TOO_COSTLY", "5,000 tokens"),
    ("101 aliases", "{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }", None, 400, "TOO_COSTLY", "101 aliases; 100 are allowed"),
    ("aliases that fragments multiply", fan_of_aliases(11, 10), None, 400, "TOO_COSTLY", "121 aliases; 100 are allowed"),
    ("101 directives", "{ __typename " + "@skip(if: false) " * 101 + "}", None, 400, "TOO_COSTLY", "101 directives; 100 are allowed"),
    ("101 directives of an operation", "query " + "@a " * 101 + "{ __typename }", None, 400, "TOO_COSTLY", "101 directives"),
    ("one field 900 times", "{ actors { nodes { " + "name " * 900 + "} } }", None, 400, "TOO_COSTLY", "404,550 selections of the same key"),
    ("one field 30 times in 30", "{ " + f"actors {{ nodes {{ {'name ' * 30} }} }} " * 30 + "}", None, 400, "TOO_COSTLY", "same key"),
    ("one field 900 times unused", "{ a } fragment F on Actor { " + "name " * 900 + "}", None, 400, "TOO_COSTLY", "same key"),
    ("480 fragments at one place", fragments_at_one_place(480), None, 400, "TOO_COSTLY", "selections of the same key"),
    ("101 levels", "{ a " * 101 + "}" * 101, None, 400, "TOO_COSTLY", "100 levels deep"),
    ("120 levels by fragments", fragments_in_a_row(60), None, 400, "TOO_COSTLY", "100 levels deep"),
    ("600 levels by fragments", fragments_in_a_row(300), None, 400, "TOO_COSTLY", "too deeply"),
    ("a fragment within itself", "{ actor { ...A } } fragment A on Actor { municipality { ...A } }", None, 400, "GRAPHQL", "within itself"),
    ("things below a search", f'{{ search(query: "a") {{ nodes {{ ... on Actor {{ {inner_pages(2)} }} }} }} }}', None, 400, "TOO_COSTLY", "50,000"),
    ("fragments in a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", None, 400, "GRAPHQL", "within itself"),
    (
        "fragments that double",
        "{ actors(first: 1) { nodes { ...A0 } } } "
        + " ".join(f"fragment A{n} on Actor {{ x: municipality {{ ...A{n + 1} }} y: municipality {{ ...A{n + 1} }} }}" for n in range(25))
        + " fragment A25 on Actor { id }",
        None, 400, "TOO_COSTLY", "5,000 fields",
    ),
    ("introspection without end", AROUND, None, 400, "GRAPHQL", "introspection depth"),
    ("an integer of 33 bits", "{ actors(where: { foundedIn: { gt: 4294967296 } }) { totalCount } }", None, 400, "GRAPHQL", "32-bit"),
    ("half a character in the document", '{ actor(slug: "\\ud800") { name } }', None, 400, "GRAPHQL", "Unicode"),
    ("an empty document", "", None, 400, "GRAPHQL", "Unexpected <EOF>"),
    ("an unknown mutation", "mutation { a }", None, 400, "GRAPHQL", "Cannot query field"),
    ("a subscription", "subscription { a }", None, 400, "GRAPHQL", "Subscription"),
    ("several operations and no name", "query A { __typename } query B { __typename }", None, 400, "BAD_INPUT", "operationName"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "variables", "status", "code", "says"), [pytest.param(*row[1:], id=row[0]) for row in OPERATIONS]
)
def test_a_bad_operation_is_refused_with_what_would_be_right(
    client: Client,
    region: Region,
    document: str,
    variables: Mapping[str, Any] | None,
    status: int,
    code: str,
    says: str,
) -> None:
    """Whoever wrote it can mend it from the answer alone, and nobody else's data or time suffers."""
    began = time.monotonic()
    response = client.ask(document, variables)
    seconds = time.monotonic() - began
    error = response.json()["errors"][0]

    assert response.status_code == status
    assert error["extensions"]["code"] == code
    assert says in error["message"]
    assert "data" not in response.json()
    assert "Traceback" not in response.text
    assert region.runner.run(region.store.revision()) == 1
    assert seconds < 20


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("{ ok: __typename bad: actors(first: -1) { totalCount } }", None),
        (
            "query ($n: Int) { ok: challenges(first: 1) { totalCount } bad: actors(first: $n) { totalCount } }",
            {"n": 5000},
        ),
        ('{ bad: actors(after: "zz") { nodes { id } } }', None),
        ("{ ok: __typename bad: actors(where: { kind: { ne: null } }) { totalCount } }", None),
    ],
)
def test_a_refused_argument_names_its_root(client: Client, document: str, variables: Mapping[str, Any] | None) -> None:
    """In an operation with many roots the client learns which."""
    assert client.ask(document, variables).json()["errors"][0]["path"] == ["bad"]


BODIES: list[tuple[str, bytes, int, str]] = [
    ("no JSON", b"{", 400, "BAD_REQUEST"),
    ("nothing", b"", 400, "BAD_REQUEST"),
    ("a number", b"1", 400, "BAD_REQUEST"),
    ("null", b"null", 400, "BAD_REQUEST"),
    ("a text", b'"{ __typename }"', 400, "BAD_REQUEST"),
    ("a batch", b'[{"query": "{ __typename }"}]', 400, "BAD_REQUEST"),
    ("lists 100,000 deep", b"[" * 100_000, 400, "BAD_REQUEST"),
    ("objects 100,000 deep", b'{"a":' * 100_000, 400, "BAD_REQUEST"),
    ("30 MB", b" " * 30_000_000, 413, "BODY_TOO_LARGE"),
    ("invalid UTF-8", b'{"query": "\xff"}', 400, "BAD_REQUEST"),
    ("UTF-16", '{"query": "{ __typename }"}'.encode("utf-16"), 400, "BAD_REQUEST"),
    ("half a character", b'{"query": "{ __typename }", "variables": {"a": "\\ud800"}}', 400, "BAD_REQUEST"),
    ("an integer of 400 digits", b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 400 + b"}}", 400, "BAD_REQUEST"),
    ("not a number", b'{"query": "{ __typename }", "variables": {"a": NaN}}', 400, "BAD_REQUEST"),
    ("no query", b"{}", 400, "BAD_REQUEST"),
    ("a query that is no text", b'{"query": ["{ __typename }"]}', 400, "BAD_REQUEST"),
    ("variables that are a list", b'{"query": "{ __typename }", "variables": []}', 400, "BAD_REQUEST"),
    ("a name that is no text", b'{"query": "{ __typename }", "operationName": 1}', 400, "BAD_REQUEST"),
    ("extensions that are a text", b'{"query": "{ __typename }", "extensions": "a"}', 400, "BAD_REQUEST"),
    ("an unknown operation", b'{"query": "query A { __typename }", "operationName": "B"}', 400, "BAD_INPUT"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "code"), [pytest.param(*row[1:], id=row[0]) for row in BODIES])
def test_a_bad_body_is_refused_with_its_fault(
    client: Client, region: Region, body: bytes, status: int, code: str
) -> None:
    """Whatever bytes arrive, the answer is a GraphQL error with a code, never a trace of ours."""
    response = client.post(body)
    error = response.json()["errors"][0]

    assert response.status_code == status
    assert error["extensions"]["code"] == code
    assert response.headers["content-type"].startswith("application/graphql-response+json")
    assert "Traceback" not in response.text
    assert region.runner.run(region.store.revision()) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": "multipart/form-data; boundary=a"}, 415),
        ({"content_type": "application/json; charset=utf-16"}, 415),
        ({"content_encoding": "gzip"}, 415),
        ({"accept": "application/xml"}, 406),
        ({"accept": "application/json;q=0"}, 406),
        ({"content_type": "application/json; charset=UTF-8"}, 200),
        ({"content_encoding": "identity"}, 200),
    ],
)
def test_media_types_that_are_not_ours_are_refused(client: Client, headers: dict[str, str], status: int) -> None:
    """A form on a foreign page cannot ask in a reader's name, and what we do not read we do not guess at."""
    response = client.post(b'{"query": "{ __typename }"}', **headers)

    assert response.status_code == status


def test_a_body_in_pieces_is_stopped_at_the_limit(region: Region) -> None:
    """A client that announces no length cannot fill the memory."""
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 65_536
        return {"type": "http.request", "body": b" " * 65_536, "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "query_string": b"", "headers": [(b"content-type", b"application/json")]}
    region.runner.run(route(region)(scope, receive, send))

    assert sent[0]["status"] == 413
    assert taken < BODY_BYTES_MAX + 2 * 65_536


def test_a_body_that_does_not_come_is_not_waited_for(region: Region) -> None:
    """Whoever sends a byte a minute holds no connection for hours."""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b" ", "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "query_string": b"", "headers": [(b"content-type", b"application/json")]}
    region.runner.run(route(region, Terms(body_seconds_max=0.2))(scope, receive, send))

    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert b"BODY_TOO_SLOW" in sent[1]["body"]
    assert b"0.2 s" in sent[1]["body"]


@pytest.mark.parametrize(
    ("query", "status"),
    [('mutation { deleteActor(input: { id: "actor:abb" }) { revision } }', 405), ("{ __typename }", 200)],
)
def test_a_link_changes_nothing(client: Client, query: str, status: int) -> None:
    """A picture on a foreign page is asked for with the reader's rights."""
    response = client.send("GET", f"/graphql?query={quote(query)}", {"accept": BOTH})

    assert response.status_code == status


@pytest.mark.parametrize(
    ("allowance", "document", "says"),
    [
        (Allowance(values_max=100), "{ actors(first: 50) { nodes { id name } } }", "101 values; 100 are allowed"),
        (Allowance(values_max=100), "{ actors(first: 50) { edges { cursor kind: node { id } } } }", "values; 100 are allowed"),
        (Allowance(result_bytes_max=1000), "{ actors(first: 50) { nodes { id name } } }", "bytes; 1,000 are allowed"),
        (Allowance(result_bytes_max=1000), '{ search(query: "göteborg", first: 50) { nodes { ... on Node { id } } } }', "bytes; 1,000"),
        (Allowance(bounds=Bounds(bytes=20)), "{ actors { totalCount } }", "25 bytes; 20 are allowed"),
        (Allowance(bounds=Bounds(aliases=0)), "{ a: __typename }", "1 aliases; 0 are allowed"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_was_measured_and_what_is_allowed(
    region: Region, allowance: Allowance, document: str, says: str
) -> None:
    """Whoever wrote the operation knows how much smaller it must be."""
    schema = PlannedSchema(region.store, ANSWERS, allowance)
    (error,) = list(region.runner.run(schema.execute(document, None, region.context)).errors or [])

    assert (error.extensions or {})["code"] == "TOO_COSTLY"
    assert says in error.message


# ------------------------------------------------------------------------------------------------ media types and methods
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/json;q=0.1, application/graphql-response+json", "application/graphql-response+json"),
        ("application/xml, */*;q=0.1", "application/json"),
        ("APPLICATION/JSON; charset=utf-8", "application/json"),
    ],
)
def test_the_answer_is_of_the_type_wanted_most(client: Client, accept: str, media: str) -> None:
    """Clients old and new understand what they get."""
    response = client.ask("{ __typename }", accept=accept)

    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), ("application/graphql-response+json", 400)])
def test_a_document_that_is_wrong_is_a_status_only_in_the_new_type(client: Client, accept: str, status: int) -> None:
    """Older clients take any other status for a broken network; newer ones and proxies see the fault."""
    response = client.ask("{ nothing }", accept=accept)

    assert response.status_code == status
    assert "data" not in response.json()


def test_get_answers_with_variables_and_name(client: Client) -> None:
    """A link to a question can be sent around."""
    query = quote("query A($slug: String!) { actor(slug: $slug) { name } } query B { __typename }")
    variables = quote(json.dumps({"slug": "chalmers"}))
    response = client.send("GET", f"/graphql?query={query}&variables={variables}&operationName=A")

    assert response.json() == {"data": {"actor": {"name": NAME}}}


@pytest.mark.parametrize(
    "query_string", ["", "query=", "query=%FF", "query={__typename}&variables=[1", "query={__typename}&variables=1"]
)
def test_a_bad_address_is_refused(client: Client, query_string: str) -> None:
    """What is pasted wrongly says so."""
    response = client.send("GET", f"/graphql?{query_string}", headers={"accept": "application/graphql-response+json"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_told_which_are_answered(client: Client, method: str) -> None:
    """A client that guesses wrong learns what would be right."""
    response = client.send(method)

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


# ------------------------------------------------------------------------------------------------ answers
def test_planned_and_computed_roots_come_in_the_order_asked(client: Client) -> None:
    """A reader of the raw answer finds it as the question was put, whoever computed which part."""
    document = '{ z: __typename search(query: "yesbox", first: 0) { totalCount } a: actor(slug: "chalmers") { name } graph { revision } }'
    response = client.ask(document)

    assert list(response.json()["data"]) == ["z", "search", "a", "graph"]


def test_one_failing_computed_root_leaves_the_others(client: Client) -> None:
    """A path that cannot be found does not take the page around it away."""
    document = '{ actor(slug: "chalmers") { name } shortestPaths(from: "actor:x", to: "actor:chalmers") { length } graph { revision } }'
    response = client.ask(document)
    answer = response.json()

    assert response.status_code == 200
    assert answer["data"] == {"actor": {"name": NAME}, "shortestPaths": None, "graph": {"revision": 1}}
    assert answer["errors"][0]["path"] == ["shortestPaths"]
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_an_unexpected_fault_has_an_id_that_the_log_knows(region: Region, caplog: pytest.LogCaptureFixture) -> None:
    """The client learns nothing of our insides, and whoever runs the server finds the trace by the id."""

    def broken(_: Context, __: object, ___: Mapping[str, Any]) -> object:
        raise ZeroDivisionError("secret detail")

    schema = PlannedSchema(region.store, {**ANSWERS, "Query.search": broken})
    with caplog.at_level(logging.ERROR):
        result = region.runner.run(
            schema.execute('{ ok: __typename search(query: "a") { totalCount } }', None, region.context)
        )
    assert result.errors
    number = (result.errors[0].extensions or {})["id"]

    assert result.data is not None
    assert result.data["search"] is None
    assert number in result.errors[0].message
    assert "secret" not in str(result.errors[0].formatted)
    assert number in caplog.text
    assert "secret detail" in caplog.text


def test_what_a_client_did_wrong_leaves_no_trace_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever sends nonsense cannot fill the disk, nor bury the faults that are ours."""
    with caplog.at_level(logging.WARNING):
        client.ask('{ shortestPaths(from: "actor:x", to: "actor:y") { length } }')
        client.ask("{ actors(first: -1) { totalCount } }")

    assert caplog.text == ""


@pytest.mark.parametrize("text", ["a\0b", "\0", "\u202e", "😀", "' OR 1=1 --", "x" * 100_000, "%_*?[a]", '"', "\\"])
def test_odd_texts_are_values_like_others(client: Client, text: str) -> None:
    """No character of a value is an instruction, and none breaks the answer."""
    where = {"OR": [{"name": {"contains": text, "eq": text}}, {"slug": {"in": [text]}}, {"id": {"eq": text}}]}

    assert client.ask(WHERE, {"where": where}).json() == {"data": {"actors": {"totalCount": 0}}}
    assert client.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": text}).json() == {"data": {"node": None}}


TWICE: list[tuple[str, bytes, str]] = [
    ("two documents", b'{"query": "{ a: __typename }", "query": "{ b: __typename }"}', "query"),
    ("the same twice", b'{"query": "{ __typename }", "query": "{ __typename }"}', "query"),
    ("one written otherwise", b'{"query": "{ __typename }", "qu\\u0065ry": "{ __typename }"}', "query"),
    ("in the variables", b'{"query": "{ __typename }", "variables": {"id": 1, "id": 2}}', "id"),
    ("deep in the variables", b'{"query": "{ __typename }", "variables": {"a": [{"b": {"c": ":", "c": null}}]}}', "c"),
    ("beside an escaped colon", b'{"query": "{ a\\u003a __typename }", "variables": {"id": 1, "id": 2}}', "id"),
    ("in the extensions", b'{"query": "{ __typename }", "extensions": {"cost": false, "cost": true}}', "cost"),
    ("an empty key", b'{"query": "{ __typename }", "variables": {"": 1, "": 2}}', ""),
    ("with a colon", b'{"query": "{ __typename }", "variables": {"a:b": 1, "a:b": 2}}', "a:b"),
]


@pytest.mark.parametrize(("body", "key"), [pytest.param(*row[1:], id=row[0]) for row in TWICE])
def test_a_key_that_is_there_twice_is_refused_by_its_name(client: Client, body: bytes, key: str) -> None:
    """What guards a server may look at one of the two, and the server answer the other."""
    response = client.post(body)

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"message": f'"{key}" is there twice. Say it once.', "extensions": {"code": "BAD_REQUEST"}}
    ]


def test_twice_and_deeper_than_python_goes_is_refused(client: Client) -> None:
    body = b'{"query": "{ __typename }", "variables": {"id": 1, "id": 2, "a": ' + b"[" * 1000 + b"]" * 1000 + b"}}"

    assert client.post(body).status_code == 400


@pytest.mark.parametrize("name", ["query", "variables", "operationName", "extensions"])
def test_a_parameter_that_is_there_twice_is_refused_by_its_name(client: Client, name: str) -> None:
    address = f"/graphql?query={quote('query A { __typename }')}&{name}={quote('{}')}&{name}=A"
    response = client.send("GET", address, headers={"accept": BOTH})

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == f'"{name}" is there twice. Say it once.'


@given(
    st.recursive(
        st.none() | st.integers(-9, 9) | st.text(':\\"u03aA', max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(':\\"u03aA', max_size=3), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    st.booleans(),
)
def test_what_holds_each_key_once_is_taken(value: object, escaped: bool) -> None:
    """Colons in texts and keys, escaped or not, are no keys."""
    text = json.dumps(value)

    assert parsed((text.replace(":", "\\u003a") if escaped and isinstance(value, str) else text).encode()) == value


# ------------------------------------------------------------------------------------------------ introspection
def test_the_schema_can_be_asked_for(client: Client) -> None:
    """Tools build themselves from it."""
    from graphql import build_client_schema, get_introspection_query

    response = client.ask(get_introspection_query())

    assert build_client_schema(response.json()["data"]).query_type


def test_introspection_can_be_closed(region: Region) -> None:
    """Some deployments want it so; __typename, which clients need, stays."""
    schema = PlannedSchema(region.store, ANSWERS, Allowance(introspection=False))

    def ask(document: str) -> Any:
        return region.runner.run(schema.execute(document, None, region.context))

    assert "introspection has been disabled" in ask("{ __schema { types { name } } }").errors[0].message
    assert "introspection has been disabled" in ask('{ __type(name: "Actor") { name } }').errors[0].message
    assert "Did you mean" not in ask("{ actorz { totalCount } }").errors[0].message
    assert ask("{ __typename }").errors is None


# ------------------------------------------------------------------------------------------------ values and text
TEXTS = st.text(max_size=40)
FILTERS: Mapping[str, st.SearchStrategy[Any]] = {
    **{f"name.{op}": TEXTS for op in ("eq", "ne", "contains", "startsWith", "endsWith")},
    **{f"website.{op}": st.lists(TEXTS, max_size=4) for op in ("in", "notIn")},
    **{f"id.{op}": TEXTS for op in ("eq", "ne")},
    **{f"foundedIn.{op}": st.integers(-(2**31), 2**31 - 1) for op in ("eq", "ne", "gt", "gte", "lt", "lte")},
    "kind.in": st.lists(st.sampled_from(["BUSINESS", "CLUSTER", "OTHER"]), max_size=3),
    "near": st.fixed_dictionaries(
        {key: st.floats(-1e6, 1e6) for key in ("longitude", "latitude", "kilometres")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", FILTERS)
def test_no_value_becomes_part_of_a_statement(region: Region, place: str) -> None:
    """Nothing that a client sends can be run; and one text serves all values, so that it is prepared once."""
    texts: set[str] = set()

    @given(value=FILTERS[place])
    def ask(value: Any) -> None:
        where: Any = value
        for step in reversed(place.split(".")):
            where = {step: where}
        _, statements = region.ask(WHERE, {"where": where})
        texts.update(text for _, text in statements)

    ask()

    assert len(texts) == 1


@given(text=TEXTS)
def test_a_literal_of_the_document_is_bound_too(region: Region, text: str) -> None:
    """A value that is written into the document is no more part of a statement than a variable's."""
    literal = "".join(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\u{{{ord(char):x}}}" for char in text)
    answer, ((_, sql),) = region.ask(f'{{ actors(where: {{ name: {{ eq: "{literal}" }} }}) {{ totalCount }} }}')
    _, ((_, other),) = region.ask('{ actors(where: { name: { eq: "a" } }) { totalCount } }')

    assert "errors" not in answer
    assert sql == other


@given(key=st.from_regex(re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,20}", re.ASCII), fullmatch=True))
def test_response_keys_come_back_as_they_were_written(region: Region, key: str) -> None:
    """A key is the only text of a client's that a statement holds; GraphQL's grammar and quoting keep it a key."""
    answer, _ = region.ask(f'{{ {key}: actor(slug: "chalmers") {{ {key}: name }} }}')

    assert answer == {"data": {key: {key: NAME}}}


# ------------------------------------------------------------------------------------------------ a real server
def test_a_real_server_answers_and_refuses_over_a_socket(tmp_path: Path) -> None:
    """What holds in the process holds on the wire: a body in pieces, one too large, HEAD, and a client that goes away."""
    with served(tmp_path) as address, httpx.Client(headers={"content-type": "application/json"}) as client:
        whole = json.dumps({"query": BY_SLUG, "variables": {"slug": "chalmers"}}).encode()
        pieces = client.post(address, content=iter([whole[:10], whole[10:]]))
        large = client.post(address, content=b" " * (BODY_BYTES_MAX + 1))
        head = client.head(address, params={"query": "{ __typename }"})
        with socket.create_connection(("127.0.0.1", httpx.URL(address).port or 0)) as gone:
            gone.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
        after = client.post(address, content=whole)

    assert pieces.json() == after.json() == {"data": {"actor": {"name": NAME}}}
    assert large.status_code == 413
    assert (head.status_code, head.content) == (200, b"")


def test_an_analysis_ends_with_the_client_that_asked_for_it(region: Region) -> None:
    """A closed browser tab does not heat the machine: its worker is killed, and whoever asks next is answered by another."""
    answering = route(region)
    query = b'{"query": "{ analysis { rankStability(measure: BETWEENNESS, draws: 1000) { spearmanMean } } }"}'
    messages: list[Message] = [{"type": "http.request", "body": query, "more_body": False}]
    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    sent: list[Message] = []

    async def receive() -> Message:
        if messages:
            return messages.pop()
        while not (found := region.context.analyst.pids):  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.01)
        pids.extend(found)
        await asyncio.sleep(0.3)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    pids: list[int] = []
    region.ask("{ analysis { summary { actorCount } } }")
    region.runner.run(answering(scope, receive, send))
    found = region.runner.run(emptied(region.context.analyst))
    answer, _ = region.ask('{ analysis { resilience(without: ["actor:chalmers"]) { disconnectedActors } } }')

    assert sent == []
    assert pids
    assert found == []
    assert answer["data"]["analysis"]["resilience"]


async def emptied(analyst: Analyst) -> list[int]:
    """The analyst's processes, once those that are being ended have ended."""
    for _ in range(100):
        if not analyst.pids:
            break
        await asyncio.sleep(0.02)
    return analyst.pids
