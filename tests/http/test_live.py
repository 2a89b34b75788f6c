"""Subscriptions over the wire: by WebSocket and by events, from a real server; who may connect, how much, and how slowly."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from graph_api.http import streaming
from graph_api.http.identity import Tokens
from graph_api.model.changes import Batch
from graph_api.stores.sqlite.store import SqliteStore
from tests import region
from tests.http.conftest import served

PROTOCOL = Subprotocol("graphql-transport-ws")
CHANGED = """subscription ($since: Int, $after: ID, $types: [NodeKind!]) {
  graphChanged(since: $since, after: $after, types: $types) { id revision action kind nodeId node { id ... on Actor { name } } }
}"""
LARGE = (
    "{ "
    + " ".join(f"a{n}: actors(first: 780) {{ nodes {{ id slug name description website }} }}" for n in range(5))
    + " }"
)
COSTLY = """subscription ($types: [NodeKind!]) { graphChanged(types: $types) { node {
  ... on Source { actors(first: 1000) { nodes { members(first: 1000) { totalCount nodes { id } } } } }
} } }"""
DEEP = f"""subscription ($types: [NodeKind!]) {{ graphChanged(types: $types) {{ id ...Thing }} }}
fragment Thing on GraphChange {{ node {{ ... on Collaboration {{ from {{ {"municipality { " * 12} id {" }" * 12} }} }} }} }}"""
CONNECTIONS = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(
        folder, buffer=65536, connections_max=CONNECTIONS, connection_operations_max=3, body_bytes_max=100_000
    ) as address:
        yield address


@pytest.fixture(scope="module")
def token(folder: Path, address: str) -> str:
    return Tokens(folder / "tokens.json").create("test")


class Talk:
    """A conversation by WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, type_: str, **rest: Any) -> None:
        await self.socket.send(json.dumps({"type": type_, **rest}))

    async def subscribe(self, id_: str, query: str = CHANGED, **variables: Any) -> None:
        await self.say("subscribe", id=id_, payload={"query": query, "variables": variables})

    async def hear(self) -> Any:
        async with asyncio.timeout(10):
            return json.loads(await self.socket.recv())

    async def change(self) -> Any:
        """What the next message tells of."""
        message = await self.hear()
        assert message["type"] == "next", message
        return message["payload"]["data"]["graphChanged"]

    async def ended(self) -> tuple[int, str]:
        """Code and reason of the end."""
        with suppress(ConnectionClosed):
            async with asyncio.timeout(10):
                async for _ in self.socket:
                    pass
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


@asynccontextmanager
async def talk(address: str, *, init: object = None, greeted: bool = True, **options: Any) -> AsyncIterator[Talk]:
    """A conversation, greeted unless it shall not be."""
    given = {"subprotocols": [PROTOCOL], "ping_interval": None, **options}
    async with connect(address.replace("http", "ws"), **given) as socket:
        talk = Talk(socket)
        if greeted:
            await talk.say("connection_init", **({} if init is None else {"payload": init}))
            assert await talk.hear() == {"type": "connection_ack"}
        yield talk


async def rename(address: str, token: str, name: str) -> None:
    """Write by this server."""
    mutation = 'mutation ($name: String!) { updateActor(input: { id: "actor:chalmers", name: $name }) { revision userErrors { message } } }'
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            address,
            json={"query": mutation, "variables": {"name": name}},
            headers={"authorization": f"Bearer {token}"},
        )
    assert answer.json()["data"]["updateActor"]["userErrors"] == [], answer.text


async def write_elsewhere(folder: Path, slug: str) -> None:
    """Write as another process does."""
    store = SqliteStore(folder / "served.db")
    batch = Batch(things={"Actor": [region.actor(slug, slug, "BUSINESS", "INDUSTRY", sources=[])]})
    await store.write(batch, None, by="elsewhere")
    await store.close()


# ------------------------------------------------------------------------------------------------ what is told
async def test_a_write_of_the_server_is_told_with_the_thing_as_it_is(address: str, token: str) -> None:
    """A page that shows an actor shows its new name without asking."""
    async with talk(address) as reader:
        await reader.subscribe("a")
        await asyncio.sleep(0.05)
        await rename(address, token, "Chalmers")
        change = await reader.change()

    assert change["action"] == "UPDATED"
    assert (change["kind"], change["nodeId"]) == ("ACTOR", "actor:chalmers")
    assert change["node"] == {"id": "actor:chalmers", "name": "Chalmers"}


async def test_a_write_of_another_process_is_told_without_a_word_from_it(address: str, folder: Path) -> None:
    """Several servers may stand before one graph."""
    async with talk(address) as reader:
        await reader.subscribe("a", types=["ACTOR"])
        await asyncio.sleep(0.05)
        await write_elsewhere(folder, "annorstades")
        async with asyncio.timeout(10):
            change = await reader.change()

    assert (change["nodeId"], change["action"]) == ("actor:annorstades", "CREATED")


async def test_who_comes_back_is_told_what_was_missed_once_and_in_order(address: str, token: str) -> None:
    """A laptop that slept goes on where it was."""
    async with talk(address) as reader:
        await reader.subscribe("a")
        await asyncio.sleep(0.05)
        await rename(address, token, "Ett")
        seen = await reader.change()
    for name in ("Två", "Tre", "Fyra"):
        await rename(address, token, name)
    async with talk(address) as reader:
        await reader.subscribe("a", after=seen["id"])
        missed = [await reader.change() for _ in range(3)]
        await reader.subscribe("b", since=seen["revision"])
        same = [await reader.change() for _ in range(3)]
        await rename(address, token, "Fem")
        live = [await reader.change() for _ in range(2)]

    assert [change["revision"] for change in missed] == [seen["revision"] + n for n in (1, 2, 3)]
    assert same == missed
    assert live[0] == live[1]
    assert live[0]["revision"] == seen["revision"] + 4


async def test_only_the_kinds_that_are_asked_for_are_told(address: str, token: str) -> None:
    """A page about challenges sleeps while actors change."""
    async with talk(address) as reader:
        await reader.subscribe("a", since=0, types=["CHALLENGE", "SERVICE"])
        kinds = {(await reader.change())["kind"] for _ in range(8)}

    assert kinds <= {"CHALLENGE", "SERVICE"}


async def test_a_thing_that_is_gone_is_told_as_null(address: str, token: str) -> None:
    """What was deleted has an id and no facts any more."""
    delete = 'mutation { deleteActor(input: { id: "actor:annorstades" }) { revision } }'
    async with talk(address) as reader:
        await reader.subscribe("a")
        await asyncio.sleep(0.05)
        async with httpx.AsyncClient() as client:
            await client.post(address, json={"query": delete}, headers={"authorization": f"Bearer {token}"})
        change = await reader.change()

    assert (change["action"], change["nodeId"], change["node"]) == ("DELETED", "actor:annorstades", None)


async def test_events_tell_the_same(address: str, token: str) -> None:
    """Where a proxy lets no WebSocket through, an event stream does."""
    headers = {"accept": "text/event-stream"}
    query = {"query": "subscription { graphChanged(since: 0, types: [CHALLENGE]) { id kind at } }"}
    lines: list[str] = []
    async with httpx.AsyncClient() as client, client.stream("POST", address, json=query, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for line in stream.aiter_lines():
            lines += [line] if line.startswith(("event:", "data:")) else []
            if len(lines) == 4:
                break
    async with httpx.AsyncClient(headers=headers) as client:
        once = await client.get(address, params={"query": "{ graph { revision } }"})
        wrong = await client.post(address, json={"query": "subscription { graphChanged { nothing } }"})

    assert [line for line in lines if line.startswith("event:")] == ["event: next"] * 2
    assert json.loads(lines[1].removeprefix("data: "))["data"]["graphChanged"]["kind"] == "CHALLENGE"
    assert once.text.count("event: next") == once.text.count("event: complete") == 1
    assert "Cannot query field" in wrong.text
    assert "event: complete" in wrong.text


async def test_what_another_kind_of_thing_would_cost_is_nothing_to_a_subscription(address: str, token: str) -> None:
    """It is measured by the kinds that it is told of; and what is computed of a thing is told with it."""
    query = COSTLY.replace(
        "} } }", "... on Actor { centrality(measure: DEGREE, network: {ties: [COLLABORATION]}) } } } }"
    )
    async with talk(address) as reader:
        await reader.subscribe("a", query, types=["ACTOR"])
        await asyncio.sleep(0.3)
        await rename(address, token, "Sju")
        message = await reader.hear()

    assert message["payload"]["data"]["graphChanged"]["node"]["centrality"] > 10


async def test_a_costly_subscription_is_refused_at_once_by_events_too(address: str) -> None:
    async with httpx.AsyncClient(headers={"accept": "text/event-stream"}) as client:
        answer = await client.post(address, json={"query": COSTLY})

    assert "TOO_COSTLY" in answer.text
    assert answer.text.count("event: next") == answer.text.count("event: complete") == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_subscription_is_not_answered_once(address: str, method: str) -> None:
    """A client that forgot to accept events is told so."""
    query = {"query": "subscription { graphChanged { id } }"}
    answer = httpx.request(method, address, **{"params" if method == "GET" else "json": query})  # type: ignore[arg-type]

    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_STREAMED"
    assert answer.status_code == 406


async def test_queries_and_writes_go_over_a_socket_too(address: str, token: str) -> None:
    """A client that has one open uses it for all; to write it says its token in connection_init."""
    write = (
        'mutation { updateActor(input: { id: "actor:chalmers", name: "Sex" }) { actor { name } userErrors { code } } }'
    )
    async with talk(address, init={"Authorization": f"Bearer {token}"}) as editor:
        await editor.subscribe("a", '{ actor(slug: "chalmers") { slug } }')
        answers = [await editor.hear(), await editor.hear()]
        await editor.subscribe("b", write)
        written = [await editor.hear(), await editor.hear()]
    async with talk(address) as reader:
        await reader.subscribe("a", write)
        refused = await reader.hear()

    assert answers[0]["payload"] == {"data": {"actor": {"slug": "chalmers"}}}
    assert [message["type"] for message in answers] == ["next", "complete"]
    assert written[0]["payload"]["data"]["updateActor"] == {"actor": {"name": "Sex"}, "userErrors": []}
    assert "Sex" not in json.dumps(refused["payload"])


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("subscription { graphChanged { nothing } }", {}, "GRAPHQL"),
        ("subscription { a: graphChanged { id } b: graphChanged { id } }", {}, "GRAPHQL"),
        ("subscription {", {}, "GRAPHQL"),
        ("", {}, "GRAPHQL"),
        (CHANGED, {"since": "a"}, "GRAPHQL"),
        (CHANGED, {"since": 10**6}, "BAD_VALUE"),
        (CHANGED, {"since": -1, "after": "change:1:0000001"}, "BAD_VALUE"),
        (CHANGED, {"after": "nothing"}, "BAD_VALUE"),
        (COSTLY, {}, "TOO_COSTLY"),
        (COSTLY, {"types": ["SOURCE"]}, "TOO_COSTLY"),
        (DEEP, {"types": ["COLLABORATION"]}, "TOO_COSTLY"),
        ("subscription { graphChanged { node { ... on Actor { members(first: -1) { totalCount } } } } }", {}, "BAD_PAGE"),
        ("{ actors(first: -1) { totalCount } }", {}, "BAD_PAGE"),
        ("{ " + "a " * 6000 + "}", {}, "TOO_COSTLY"),
    ],
)  # fmt: skip
async def test_a_wrong_operation_ends_alone(address: str, query: str, variables: dict[str, Any], code: str) -> None:
    """Others on the same connection go on. What the first change would be refused for is refused at once."""
    async with talk(address) as reader:
        await reader.subscribe("a", query, **variables)
        message = await reader.hear()
        await reader.subscribe("a", "{ __typename }")
        after = await reader.hear()

    assert (message["type"], message["id"]) == ("error", "a")
    assert message["payload"][0]["extensions"]["code"] == code
    assert after["payload"] == {"data": {"__typename": "Query"}}


# ------------------------------------------------------------------------------------------------ who may connect, and how much
@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 403), ("same", 101), (None, 101)],
)
async def test_a_page_of_another_site_may_not_connect(address: str, origin: str | None, status: int) -> None:
    """A browser would send its user's credentials along, and let the foreign page read the answers."""
    given = address.removesuffix("/graphql") if origin == "same" else origin
    try:
        async with talk(address, origin=given) as reader:
            found = reader.socket.response.status_code if reader.socket.response else 0
    except InvalidStatus as refused:
        found = refused.response.status_code

    assert found == status


MESSAGES: list[tuple[str, str | bytes, int]] = [
    ("no JSON", "{", 4400),
    ("bytes", b"{}", 4400),
    ("a number", "1", 4400),
    ("a list", "[]", 4400),
    ("no type", "{}", 4400),
    ("a type that is none", '{"type": 1}', 4400),
    ("an unknown type of 10 kB", json.dumps({"type": "a" * 10_000}), 4400),
    ("lists 10,000 deep", "[" * 10_000, 4400),
    ("no payload", '{"type": "subscribe", "id": "1"}', 4400),
    ("a payload that is a text", '{"type": "subscribe", "id": "1", "payload": "a"}', 4400),
    ("a query that is a number", '{"type": "subscribe", "id": "1", "payload": {"query": 1}}', 4400),
    ("variables that are a list", '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": []}}', 4400),
    ("an id that is a number", '{"type": "subscribe", "id": 1, "payload": {"query": "{a}"}}', 4400),
    ("half a character", '{"type": "subscribe", "id": "1", "payload": {"query": "\\ud800"}}', 4400),
    ("a key that is there twice", '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "query": "{b}"}}', 4400),
    ("a second greeting", '{"type": "connection_init"}', 4429),
    ("a greeting that holds a list", '{"type": "connection_init", "payload": []}', 4400),
    ("200 kB", " " * 200_000, 1009),
]  # fmt: skip


@pytest.mark.parametrize(("message", "code"), [pytest.param(*row[1:], id=row[0]) for row in MESSAGES])
async def test_a_message_that_is_none_ends_the_conversation(address: str, message: str | bytes, code: int) -> None:
    """With the protocol's codes; nothing is answered to what cannot be read, and no trace is left."""
    async with talk(address) as reader:
        await reader.socket.send(message)

        assert (await reader.ended())[0] == code


async def test_who_does_not_greet_may_ask_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor stay."""
    async with talk(address, greeted=False) as reader:
        await reader.subscribe("a", "{ __typename }")
        asked = await reader.ended()
    monkeypatch.setattr(streaming, "INIT_SECONDS", 0.1)
    async with talk(address, greeted=False) as reader:
        silent = await reader.ended()
    async with talk(address, greeted=False, subprotocols=None) as reader:
        unspoken = await reader.ended()
    async with talk(address, greeted=False) as reader:
        await reader.say("connection_init", payload={"authorization": "Bearer nothing"})
        forbidden = await reader.ended()

    assert [code for code, _ in (asked, silent, unspoken, forbidden)] == [4401, 4408, 4406, 4403]


async def test_one_connection_runs_so_many_operations(address: str) -> None:
    """One client cannot take what is there for many; a name that is taken is told."""
    async with talk(address) as reader:
        for name in "abc":
            await reader.subscribe(name)
        await reader.subscribe("d")
        fourth = await reader.hear()
        await reader.say("complete", id="a")
        await reader.subscribe("d", "{ __typename }")
        after = await reader.hear()
        await reader.subscribe("b")
        twice = await reader.ended()

    assert fourth["payload"][0]["extensions"]["code"] == "TOO_COSTLY"
    assert "3 operations run on this connection; 3 are allowed" in fourth["payload"][0]["message"]
    assert after["type"] == "next"
    assert twice[0] == 4409


async def test_so_many_may_listen_and_room_is_made_when_one_goes(address: str) -> None:
    """Whoever comes then is told to come back later, by socket or by events."""
    events = {"accept": "text/event-stream"}
    query = {"query": "{ __typename }"}
    async with asyncio.timeout(20):
        readers = [talk(address) for _ in range(CONNECTIONS)]
        for reader in readers:
            await reader.__aenter__()
        with pytest.raises(InvalidStatus) as refused:
            await talk(address).__aenter__()
        async with httpx.AsyncClient(headers=events) as client:
            also = await client.post(address, json=query)
            for reader in readers:
                await reader.__aexit__(None, None, None)
            await asyncio.sleep(0.3)
            after = await client.post(address, json=query)

    assert refused.value.response.status_code == also.status_code == 503
    assert also.json()["errors"][0]["extensions"]["code"] == "TOO_MANY_CONNECTIONS"
    assert after.status_code == 200


def test_who_does_not_read_is_let_go(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for one client is at most a message and the system's buffers, and not for long."""
    monkeypatch.setattr(streaming, "SEND_SECONDS", 0.5)
    host, port = httpx.URL(address).host, httpx.URL(address).port
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        silent.settimeout(20)
        silent.connect((host, port))
        silent.sendall(
            f"GET /graphql HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {'A' * 22}==\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n".encode()
        )
        assert silent.recv(1000).startswith(b"HTTP/1.1 101 ")
        messages = [
            {"type": "connection_init"},
            *({"type": "subscribe", "id": str(n), "payload": {"query": LARGE}} for n in range(3)),
        ]
        for message in messages:
            silent.sendall(Frame(Opcode.TEXT, json.dumps(message).encode()).serialize(mask=True))
        time.sleep(2)
        taken = b""
        # Whether the last word came through depends on when reading begins again.
        while b"Too slow" not in taken[-200:] and (part := silent.recv(1 << 20)):
            taken += part
    whole = len(httpx.post(address, json={"query": LARGE}).content)

    assert whole / 20 < len(taken) < 2 * whole
