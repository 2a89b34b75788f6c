"""Writes as a client meets them: payloads, faults with their places, merges, undoing, the log and the graph as it was."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import (
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    print_ast,
    value_from_ast_untyped,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_api.analysis.worker import Analyst
from graph_api.exchange.loading import load
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema import mutation, query
from graph_api.schema.planned import PlannedSchema, encode
from graph_api.stores.past import Past
from tests.operations.region import SEED
from tests.region import REGION, actor
from tests.stores.backends import Backend, sqlite_file

pytestmark = pytest.mark.asyncio(loop_scope="session")

ERRORS = "revision userErrors { code field message }"


class Editor:
    """Somebody with a token, at a schema over a store."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.schema = PlannedSchema(backend.store, {**query.ANSWERS, **mutation.ANSWERS})
        past = Past(backend.store)
        self.context = Context(
            backend.store, Snapshots(backend.store, past), Analyst(), Feed(backend.store), editor="anna"
        )

    async def result(self, text: str, **variables: Any) -> tuple[Any, list[GraphQLError]]:
        found = await self.schema.execute(text, variables, self.context)
        data = None if found.data is None else orjson.loads(orjson.dumps(found.data, default=encode))
        return data, list(found.errors or ())

    async def data(self, text: str, **variables: Any) -> Any:
        data, errors = await self.result(text, **variables)
        assert errors == []
        return data

    async def write(self, field: str, input_: Any, shown: str = "") -> Any:
        """The payload of a field with an input, faults as (code, field)."""
        type_ = {"upsert": "GraphInput", "mergeActors": "MergeActorsInput"}.get(
            field, "DeleteInput" if field.startswith("delete") else f"{field[0].upper()}{field[1:]}Input"
        )
        text = f"mutation($input: {type_}!) {{ {field}(input: $input) {{ {shown} {ERRORS} }} }}"
        payload = (await self.data(text, input=input_))[field]
        return payload | {"userErrors": [(e["code"], ".".join(e["field"] or ())) for e in payload["userErrors"]]}

    async def history(self, id_: str) -> list[tuple[str, str]]:
        """Action and writer of each change of a thing, newest first."""
        text = "query($id: ID!) { changes(where: {nodeId: {eq: $id}}) { nodes { action by } } }"
        return [(one["action"], one["by"]) for one in (await self.data(text, id=id_))["changes"]["nodes"]]

    async def undo(self, change: str) -> Any:
        text = f"mutation($id: ID!) {{ undo(changeId: $id) {{ change {{ id nodeId }} {ERRORS} }} }}"
        payload = (await self.data(text, id=change))["undo"]
        return payload | {"userErrors": [(e["code"], ".".join(e["field"] or ())) for e in payload["userErrors"]]}

    async def last(self) -> str:
        """The id of the newest change."""
        return str((await self.data("{ changes(first: 1) { nodes { id } } }"))["changes"]["nodes"][0]["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def editor(backend: Backend) -> AsyncIterator[Editor]:
    """Of the small region, on each store."""
    await backend.store.write(REGION, None, "seed")
    made = Editor(backend)
    yield made
    await made.context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def embedded(tmp_path: Path) -> AsyncIterator[Editor]:
    """Of the small region, on the embedded store: for what is no store's matter."""
    async with sqlite_file(tmp_path) as backend:
        await backend.store.write(REGION, None, "seed")
        made = Editor(backend)
        yield made
        await made.context.close()


NEW = {"slug": "nytt", "name": "Nytt AB", "kind": "BUSINESS", "helix": "INDUSTRY", "municipality": "actor:ale"}
TIE = {"from": "actor:volvo", "to": "actor:gu", "kind": "OTHER", "since": "2021"}


# ------------------------------------------------------------------------------------------------ one after the other
async def test_a_thing_is_made_changed_and_deleted(editor: Editor) -> None:
    """The payload shows the thing as it then is; what is left out stays, null clears, and the log has it all."""
    shown = "actor { id name description municipality { slug } position { latitude } competences { nodes { slug } } }"
    made = await editor.write(
        "createActor",
        {**NEW, "position": {"longitude": 12, "latitude": 57.5}, "competences": [{"competence": "competence:robotik"}]},
        shown,
    )
    changed = await editor.write("updateActor", {"id": "actor:nytt", "description": "Nya.", "position": None}, shown)
    gone = await editor.write("deleteActor", {"id": "actor:nytt"}, "deletedId")

    assert (made["revision"], made["userErrors"]) == (2, [])
    assert made["actor"] == {
        "id": "actor:nytt",
        "name": "Nytt AB",
        "description": None,
        "municipality": {"slug": "ale"},
        "position": {"latitude": 57.5},
        "competences": {"nodes": [{"slug": "robotik"}]},
    }
    assert changed["actor"] == {**made["actor"], "description": "Nya.", "position": None}
    assert (gone["deletedId"], gone["revision"]) == ("actor:nytt", 4)
    # The last but one: its competence went first.
    assert [action for action, _ in await editor.history("actor:nytt")] == [
        "DELETED",
        "UPDATED",
        "UPDATED",
        "UPDATED",
        "CREATED",
    ]
    assert {by for _, by in await editor.history("actor:nytt")} == {"anna"}
    assert await editor.backend.store.check() == []


WRITES = Path(__file__).with_name("writes.graphql").read_text("utf-8")
SHOWN = {
    "createSource": {"id": "source:ny", "title": "Ny källa"},
    "createActor": {"id": "actor:ny", "sources": {"nodes": [{"slug": "ny"}]}},
    "createCompetence": {"id": "competence:ny"},
    "createChallenge": {"id": "challenge:ny"},
    "createInitiative": {"id": "initiative:ny", "lead": {"slug": "volvo"}, "challenges": {"totalCount": 1}},
    "createAgreement": {"id": "agreement:ny", "parties": {"totalCount": 2}},
    "createService": {"id": "service:ny", "providers": {"totalCount": 1}},
    "createCollaboration": {"id": "collaboration:gu:ny:other:2021", "from": {"slug": "gu"}, "to": {"slug": "ny"}},
    "createAffiliation": {"id": "affiliation:ny:volvo:owner", "share": 0.25},
    "createParticipation": {"id": "participation:ny:ny", "role": "PARTNER"},
    "updateSource": {"publisher": "GR"},
    "updateActor": {"regionWide": True},
    "updateCompetence": {"name": "New skills"},
    "updateChallenge": {"sources": {"totalCount": 1}},
    "updateInitiative": {"start": "2020-02", "end": "2021", "requiredCompetences": {"totalCount": 1}},
    "updateAgreement": {"parties": {"nodes": [{"slug": "gu"}]}},
    "updateService": {"audience": "ALL", "municipalities": {"nodes": [{"slug": "ale"}]}},
    "updateCollaboration": {"strength": 2.5},
    "updateAffiliation": {"role": "Delägare", "share": 0.25},
    "updateParticipation": {"since": "2020-03", "until": "2021"},
    "deleteParticipation": "participation:ny:ny",
    "deleteAffiliation": "affiliation:ny:volvo:owner",
    "deleteCollaboration": "collaboration:gu:ny:other:2021",
    "deleteService": "service:ny",
    "deleteAgreement": "agreement:ny",
    "deleteInitiative": "initiative:ny",
    "deleteChallenge": "challenge:ny",
    "deleteCompetence": "competence:ny",
    "deleteActor": "actor:ny",
    "deleteSource": "source:ny",
    "mergeActors": {"id": "actor:tvilling-b"},
    "upsert": 1,
    "undo": {"action": "DELETED", "nodeId": "source:ny"},
}
"""What each write of `writes.graphql` shows, beside its revision."""


async def test_every_write_does_what_its_name_says(editor: Editor) -> None:
    """Each field once, one revision each, and nothing of it is left in the end."""
    shown, revisions = {}, []
    for name in ("Create", "Update", "Delete"):
        found = await editor.schema.execute(WRITES, None, editor.context, operation_name=name)
        for field, payload in orjson.loads(orjson.dumps(found.data, default=encode)).items():
            assert payload.pop("userErrors") == []
            revisions.append(payload.pop("revision"))
            shown[field] = payload.popitem()[1] if field != "upsert" else payload["created"]

    assert shown == SHOWN
    assert shown.keys() == editor.schema._schema.mutation_type.fields.keys()  # type: ignore[union-attr]  # there is one
    assert revisions == list(range(2, len(SHOWN) + 2))
    assert await editor.data('{ node(id: "source:ny") { id } }') == {"node": None}
    assert await editor.backend.store.check() == []


async def test_who_expects_an_older_thing_is_told_and_writes_nothing(editor: Editor) -> None:
    """Two editors at one row: the second looks again."""
    await editor.write("updateActor", {"id": "actor:volvo", "description": "a"})

    late = await editor.write("updateActor", {"id": "actor:volvo", "description": "b", "expectedRevision": 1})
    other = await editor.write("updateActor", {"id": "actor:gu", "description": "b", "expectedRevision": 1})
    later = await editor.write("deleteActor", {"id": "actor:volvo", "expectedRevision": 1}, "deletedId")

    assert late["userErrors"] == later["userErrors"] == [("CONFLICT", "input.expectedRevision")]
    assert (late["revision"], later["deletedId"]) == (None, None)
    assert (other["revision"], other["userErrors"]) == (3, [])


async def test_merged_actors_are_one_in_everything(editor: Editor) -> None:
    """Ties move, doubles collapse with what both knew, nobody is tied to themselves, and the old id answers."""
    for tie in (
        {"from": "actor:tvilling-a", "to": "actor:volvo", "kind": "OTHER", "evidence": "Så står det."},
        {"from": "actor:tvilling-b", "to": "actor:volvo", "kind": "OTHER", "sources": ["source:arkiv"]},
        {"from": "actor:tvilling-a", "to": "actor:tvilling-b", "kind": "PROJECT"},
    ):
        assert (await editor.write("createCollaboration", tie))["userErrors"] == []
    before = (await editor.data("{ collaborations { totalCount } }"))["collaborations"]["totalCount"]

    merged = await editor.write(
        "mergeActors", {"keep": "actor:tvilling-b", "merge": ["actor:tvilling-a"]}, "actor { id }"
    )

    assert (merged["actor"], merged["userErrors"]) == ({"id": "actor:tvilling-b"}, [])
    data = await editor.data("""{
        node(id: "actor:tvilling-a") { id } nodes(ids: ["actor:x", "actor:tvilling-a"]) { id } actor(id: "actor:tvilling-a") { id }
        shortestPaths(from: "actor:tvilling-a", to: "actor:volvo", network: {ties: [COLLABORATION]}) { length }
        collaborations { totalCount }
        collaborations2: collaborations(where: {actor: {id: {eq: "actor:volvo"}}, kind: {eq: OTHER}}) {
            nodes { from { slug } evidence sources { nodes { slug } } }
        }
    }""")
    assert data["node"] == data["actor"] == data["nodes"][1] == {"id": "actor:tvilling-b"}
    assert data["shortestPaths"] == [{"length": 1}]
    assert data["collaborations"]["totalCount"] == before - 2
    assert data["collaborations2"]["nodes"] == [
        {"from": {"slug": "tvilling-b"}, "evidence": "Så står det.", "sources": {"nodes": [{"slug": "arkiv"}]}}
    ]
    assert (await editor.write("updateActor", {"id": "actor:tvilling-a", "description": "Ny."}))["userErrors"] == []
    stale = await editor.write("updateActor", {"id": "actor:tvilling-a", "description": None, "expectedRevision": 1})
    assert stale["userErrors"] == [("CONFLICT", "input.expectedRevision")]
    assert await editor.backend.store.check() == []


MERGES = """mutation {
  late: mergeActors(input: { keep: "actor:tvilling-b", merge: ["actor:tvilling-a"], expectedRevision: 1 }) { ...Merged }
  in_time: mergeActors(input: { keep: "actor:tvilling-b", merge: ["actor:tvilling-a"], expectedRevision: 2 }) { ...Merged }
}
fragment Merged on ActorPayload { actor { id } userErrors { code field } }"""


async def test_actors_that_were_changed_since_are_not_merged(editor: Editor) -> None:
    """Who saw an older one may have seen another actor."""
    assert (await editor.write("updateActor", {"id": "actor:tvilling-a", "name": "Trillingarna AB"}))[
        "userErrors"
    ] == []

    data = await editor.data(MERGES)

    assert data == {
        "late": {"actor": None, "userErrors": [{"code": "CONFLICT", "field": ["input", "expectedRevision"]}]},
        "in_time": {"actor": {"id": "actor:tvilling-b"}, "userErrors": []},
    }


BY_OLD_ID = """query($old: ID!, $olds: [ID!], $where: ActorWhere) {
    eq: actors(where: {id: {eq: "actor:tvilling-a"}}) { nodes { id } }
    variable: actors(where: {id: {eq: $old}}) { totalCount nodes { id } }
    in: actors(where: {id: {in: ["actor:volvo", "actor:tvilling-a"]}}) { nodes { id } }
    list: actors(where: {id: {in: $olds}}) { nodes { id } }
    object: actors(where: $where) { nodes { id } }
    ne: actors(where: {slug: {eq: "tvilling-b"}, id: {ne: $old}}) { totalCount }
    notIn: actors(where: {NOT: {id: {notIn: $olds}}}) { nodes { id } }
    seat: actors(where: {municipality: {id: {eq: $old}}}) { nodes { id } }
    end: collaborations(where: {actor: {id: {eq: $old}}, kind: {eq: OTHER}}) { nodes { from { id } to { id } } }
    from: affiliations(where: {from: {id: {eq: $old}}}) { nodes { to { id } } }
    within: actor(id: "actor:volvo") { collaborators(where: {actor: {id: {in: $olds}}}) { nodes { id } } }
    related: actors(where: {collaborators: {some: {actor: {id: {eq: $old}}}}}) { nodes { id } }
    grouped: actorsAggregate(where: {id: {eq: $old}}) { count }
    computed: search(query: "Volvo", first: 1) { nodes { ... on Actor { collaborators(where: {actor: {id: {eq: $old}}}) { nodes { id } } } } }
    network: network(network: {where: {id: {in: $olds}}, ties: [COLLABORATION]}) { actorCount tieCount }
    lookUp: actor(id: $old) { collaborators(where: {actor: {id: {ne: $old}}}) { totalCount } }
    log: changes(where: {nodeId: {eq: $old}}) { nodes { action } }
}"""


async def test_filters_follow_what_was_merged(editor: Editor) -> None:
    """Whoever kept an id finds what it became by every filter; the log alone tells of the id itself."""
    tie = {"from": "actor:tvilling-a", "to": "actor:volvo", "kind": "OTHER"}
    member = {"from": "actor:tvilling-a", "to": "actor:gu", "kind": "MEMBER"}
    assert (await editor.write("createCollaboration", tie))["userErrors"] == []
    assert (await editor.write("createAffiliation", member))["userErrors"] == []
    variables = {
        "old": "actor:tvilling-a",
        "olds": ["actor:tvilling-a", "actor:volvo"],
        "where": {"id": {"eq": "actor:tvilling-a"}},
    }
    before = await editor.data(BY_OLD_ID, **variables)
    assert (await editor.write("mergeActors", {"keep": "actor:tvilling-b", "merge": ["actor:tvilling-a"]}))[
        "userErrors"
    ] == []

    data = await editor.data(BY_OLD_ID, **variables)

    twin, volvo = {"id": "actor:tvilling-b"}, {"id": "actor:volvo"}
    assert before["eq"] == before["object"] == {"nodes": [{"id": "actor:tvilling-a"}]}
    assert data["eq"]["nodes"] == data["object"]["nodes"] == [twin]
    assert data["variable"] == {"totalCount": 1, "nodes": [twin]}
    assert [sorted(one["id"] for one in data[key]["nodes"]) for key in ("in", "list", "notIn")] == [
        [twin["id"], volvo["id"]]
    ] * 3
    assert (data["ne"]["totalCount"], before["ne"]["totalCount"]) == (0, 1)
    assert data["seat"]["nodes"] == []
    assert {"from": twin, "to": volvo} in data["end"]["nodes"]
    assert data["from"]["nodes"] == [{"to": {"id": "actor:gu"}}]
    assert data["within"]["collaborators"]["nodes"] == data["computed"]["nodes"][0]["collaborators"]["nodes"] == [twin]
    assert volvo in data["related"]["nodes"]
    assert data["grouped"] == [{"count": 1}]
    assert data["network"] == before["network"] == {"actorCount": 2, "tieCount": 1}
    assert (data["lookUp"], before["lookUp"]) == (
        {"collaborators": {"totalCount": 2}},
        {"collaborators": {"totalCount": 1}},
    )
    assert data["log"]["nodes"] == [{"action": "DELETED"}, {"action": "CREATED"}]


async def test_analyses_follow_what_was_merged(editor: Editor) -> None:
    """Also of the graph as it was before, in which the id was its own, and after, in which it is what it became in the end."""
    text = """query($old: ID!, $at: Int) { analysis(network: {ties: [COLLABORATION], atRevision: $at}) {
        teams(competences: ["competence:robotik"], include: [$old], first: 1) { actors { id } }
        resilience(without: [$old]) { actors { id } }
        whatIf(add: [{from: $old, to: "actor:gu"}]) { summary { tieCount } }
        summary { tieCount }
        } network(network: {where: {id: {eq: $old}}, atRevision: $at}) { actors { id } } }"""
    at = (await editor.data("{ graph { revision } }"))["graph"]["revision"]
    for merge in (
        {"keep": "actor:tvilling-b", "merge": ["actor:tvilling-a"]},
        {"keep": "actor:volvo", "merge": ["actor:tvilling-b"]},
    ):
        assert (await editor.write("mergeActors", merge))["userErrors"] == []

    found = {revision: await editor.data(text, old="actor:tvilling-a", at=revision) for revision in (None, at + 1, at)}

    for revision, kept in ((None, "actor:volvo"), (at + 1, "actor:volvo"), (at, "actor:tvilling-a")):
        data, (analysis) = found[revision], found[revision]["analysis"]
        assert data["network"]["actors"] == [{"id": kept}], revision
        assert kept in [one["id"] for one in analysis["teams"][0]["actors"]]
        assert analysis["resilience"][0]["actors"] == [{"id": kept}]
        assert analysis["whatIf"]["summary"]["tieCount"] == analysis["summary"]["tieCount"] + 1


async def test_suggestions_follow_what_was_merged(embedded: Editor) -> None:
    """They need a region large enough to learn from."""
    await load(embedded.backend.store, SEED, by="test")
    merge = {"keep": "actor:chalmers", "merge": ["actor:johanneberg-science-park"]}
    assert (await embedded.write("mergeActors", merge))["userErrors"] == []
    text = "query($for: ID) { analysis { suggestions(for: $for, first: 3) { from { id } to { id } } } }"

    by_old, by_new = [
        (await embedded.data(text, **{"for": id_}))["analysis"]["suggestions"]
        for id_ in ("actor:johanneberg-science-park", "actor:chalmers")
    ]

    assert by_old == by_new
    assert all("actor:chalmers" in (one["from"]["id"], one["to"]["id"]) for one in by_old)


async def test_what_came_from_files_is_imported(editor: Editor) -> None:
    """New things are told from those that editors made; what files change, links among it, is a change like others; all of it is undone."""
    store, new = editor.backend.store, actor("ny", "Ny", "BUSINESS", "INDUSTRY", sources=[])
    other = {**new, "name": "Nyare"}
    links = {"actor_competence": [("actor:ny", "competence:robotik", None)]}
    await store.write(Batch({"Actor": [new]}, links, imported=True), None, "samverkan seed")
    again = Batch(
        {"Actor": [other]}, {"actor_competence": [("actor:ny", "competence:robotik", "source:arkiv")]}, imported=True
    )
    assert await store.write(again, None, "samverkan seed") == 3
    assert await store.write(again, None, "samverkan seed") == 3

    text = """{ actor(id: "actor:ny") { history(orderBy: [{revision: ASC}]) { nodes { id action } } }
        imported: changes(where: {action: {eq: IMPORTED}}) { totalCount } }"""
    data = await editor.data(text)
    ids = [one["id"] for one in data["actor"]["history"]["nodes"]]

    assert [one["action"] for one in data["actor"]["history"]["nodes"]] == [
        "IMPORTED",
        "UPDATED",
        "UPDATED",
        "UPDATED",
    ]
    assert data["imported"]["totalCount"] == 1
    assert (await editor.undo(ids[0]))["userErrors"] == [("CONFLICT", "changeId")]
    for id_ in (ids[3], ids[2], ids[1], ids[0]):
        assert (await editor.undo(id_))["userErrors"] == []
    assert (await editor.data('{ node(id: "actor:ny") { id } }')) == {"node": None}


async def test_an_undone_deletion_brings_back_what_went_with_it(editor: Editor) -> None:
    """Who deletes the wrong actor has lost no tie."""
    shown = """{ actor(slug: "chalmers") {
        name collaborators { totalCount nodes { slug } } initiatives { nodes { slug } } competences { nodes { slug } }
    } }"""
    before = await editor.data(shown)
    await editor.write("deleteActor", {"id": "actor:chalmers"}, "deletedId")

    undone = await editor.undo(await editor.last())

    assert (undone["userErrors"], undone["revision"]) == ([], 3)
    assert await editor.data(shown) == before
    assert await editor.backend.store.check() == []


async def test_a_network_is_shown_as_it_was(editor: Editor) -> None:
    """Also actors that are gone, by their names of then."""
    text = """query($r: Int) { network(network: {atRevision: $r, ties: [COLLABORATION]}) {
        actorCount actors { slug } ties { from { slug } to { slug } }
    } }"""
    first = await editor.data(text, r=1)
    present = await editor.data(text)
    await editor.write("deleteActor", {"id": "actor:chalmers"}, "deletedId")
    await editor.write("createCollaboration", TIE)

    assert first == present
    assert await editor.data(text, r=1) == first
    assert await editor.data(text, r=3) == await editor.data(text)
    assert (await editor.data(text, r=2))["network"]["actorCount"] == first["network"]["actorCount"] - 1
    assert (await editor.data(text, r=0))["network"]["actorCount"] == 0
    for revision in (-1, 4):
        _, (error,) = await editor.result(text, r=revision)
        assert error.message.startswith(f"There is no revision {revision}. They go from 0 to 3")


async def test_a_network_is_compared_with_what_it_was(editor: Editor) -> None:
    """A follow-up of the record itself: what was written since, also of actors that are gone."""
    text = """query($from: Int, $to: Int) { analysis(network: {atRevision: $from, ties: [COLLABORATION]}) {
        compare(with: {atRevision: $to, ties: [COLLABORATION]}) {
            before { tieCount } after { tieCount }
            appeared { from { slug } to { slug } } vanished { from { slug } to { slug } }
    } } }"""

    async def compared(**between: int) -> Any:
        return (await editor.data(text, **between))["analysis"]["compare"]

    nothing = await compared()
    await editor.write("deleteActor", {"id": "actor:chalmers"}, "deletedId")
    await editor.write("createCollaboration", TIE)
    forth, back = await compared(**{"from": 1}), await compared(to=1)

    assert nothing["appeared"] == nothing["vanished"] == []
    assert {"slug": "chalmers"} in [tie[end] for tie in forth["vanished"] for end in ("from", "to")]
    assert [{tie["from"]["slug"], tie["to"]["slug"]} for tie in forth["appeared"]] == [
        {TIE[end].removeprefix("actor:") for end in ("from", "to")}
    ]
    assert (back["appeared"], back["vanished"]) == (forth["vanished"], forth["appeared"])
    assert (back["before"], back["after"]) == (forth["after"], forth["before"])
    assert await compared(**{"from": 1, "to": 3}) == forth
    assert (await compared(**{"from": 1, "to": 2}))["appeared"] == []
    _, (error,) = await editor.result(text, to=4)
    assert error.message.startswith("There is no revision 4. They go from 0 to 3")


async def test_an_upsert_twice_is_once(editor: Editor) -> None:
    """A program that repeats a call after a lost answer does no harm; a dry run does none either."""
    graph = {
        "actors": [NEW, {"id": "actor:volvo", "name": "AB Volvo"}, {"id": "actor:ale"}],
        "collaborations": [{"from": "actor:nytt", "to": "actor:volvo", "kind": "PROJECT"}],
    }
    text = """mutation($g: GraphInput!, $dry: Boolean) { upsert(input: $g, dryRun: $dry) {
        created updated unchanged revision userErrors { code }
    } }"""

    dry = (await editor.data(text, g=graph, dry=True))["upsert"]
    first = (await editor.data(text, g=graph))["upsert"]
    second = (await editor.data(text, g=graph))["upsert"]

    assert dry == {"created": 2, "updated": 1, "unchanged": 1, "revision": 1, "userErrors": []}
    assert first == {**dry, "revision": 2}
    assert second == {"created": 0, "updated": 0, "unchanged": 4, "revision": 2, "userErrors": []}


async def test_sixteen_editors_lose_nothing_and_double_nothing(editor: Editor) -> None:
    """All write facts of the same actor, and the same new tie: each fact stays, one tie is there."""
    text = """mutation($a: UpdateActorInput!, $t: CreateCollaborationInput!) {
        updateActor(input: $a) { userErrors { code } } createCollaboration(input: $t) { userErrors { code } }
    }"""
    facts: list[dict[str, Any]] = [
        {"description": "d"},
        {"descriptionEn": "e"},
        {"website": "w"},
        {"foundedIn": 1900},
    ] * 4

    answers = await asyncio.gather(*(editor.data(text, a={"id": "actor:gu", **fact}, t=TIE) for fact in facts))

    shown = '{ actor(slug: "gu") { description en: description(language: EN) website foundedIn } }'
    assert (await editor.data(shown))["actor"] == {"description": "d", "en": "e", "website": "w", "foundedIn": 1900}
    refused = [answer["createCollaboration"]["userErrors"] for answer in answers]
    assert sorted(refused, key=len) == [[], *([[{"code": "DUPLICATE"}]] * 15)]
    assert all(answer["updateActor"]["userErrors"] == [] for answer in answers)


DOCUMENTS = {path.stem: path for path in sorted(Path(__file__).with_name("writes").glob("*.graphql"))}


@pytest.mark.parametrize("entity", CATALOGUE)
async def test_each_member_of_an_input_is_kept(editor: Editor, entity: str) -> None:
    """What is made, changed and put by a document that says everything is there as it says, and in the end gone; one revision a step."""
    (operation,) = parse(DOCUMENTS[entity].read_text("utf-8")).definitions
    assert isinstance(operation, OperationDefinitionNode)
    for step, node in enumerate(operation.selection_set.selections, 2):
        assert isinstance(node, FieldNode)
        assert node.alias
        alone = OperationDefinitionNode(
            operation=operation.operation, selection_set=SelectionSetNode(selections=(node,))
        )
        payload = (await editor.data(print_ast(alone)))[node.alias.value]
        given = next(value_from_ast_untyped(each.value) for each in node.arguments or () if each.name.value == "input")

        assert (payload["revision"], payload["userErrors"]) == (step, [])
        if node.name.value == "upsert":
            assert [payload[count] for count in ("created", "updated", "unchanged")] == [0, 1, 0]
            ((said,),) = given.values()
        else:
            said = given
        id_ = said.get("id") or payload[entity.lower()]["id"]
        rows = {row["id"]: row for row in editor.backend.raw.rows(entity)}
        if node.name.value.startswith("delete"):
            assert id_ not in rows
            continue
        assert differences(editor.backend, rows[id_], said) == {}
    assert await editor.backend.store.check() == []


def differences(backend: Backend, row: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What a thing has in place of what was said of it, by the member of the input."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        if name in ("id", "expectedRevision"):
            continue
        kept: object
        if name == "position":
            kept = {"longitude": row["longitude"], "latitude": row["latitude"]}
        elif name in ("competences", "needs"):
            pair = {"competences": "actor_competence", "needs": "actor_need"}[name]
            kept = [link[1:] for link in backend.raw.links(pair) if link[0] == row["id"]]
            value = [(link["competence"], link.get("source")) for link in value]  # noqa: PLW2901
        else:
            kept = row[name]
            value = sorted(value) if isinstance(value, list) and name not in ("areas", "industries") else value  # noqa: PLW2901
        if kept != value:
            found[name] = kept
    return found


# ------------------------------------------------------------------------------------------------ what is refused
REFUSED: dict[str, tuple[str, Any, list[tuple[str, str]]]] = {
    "all at once": (
        "createActor",
        {
            **NEW,
            "slug": "A b",
            "name": " x",
            "foundedIn": -1,
            "population": 3,
            "sources": ["source:arkiv", "source:no"],
        },
        [
            ("INVALID", "input.slug"),
            ("INVALID", "input.name"),
            ("INVALID", "input.foundedIn"),
            ("INVALID", "input.population"),
            ("NOT_FOUND", "input.sources.1"),
        ],
    ),
    "there already": ("createActor", {**NEW, "slug": "volvo"}, [("DUPLICATE", "input.slug")]),
    "tie there already": (
        "createCollaboration",
        {"from": "actor:volvo", "to": "actor:chalmers", "kind": "PROJECT"},
        [("DUPLICATE", "input.to")],
    ),
    "seat in a business": ("createActor", {**NEW, "municipality": "actor:volvo"}, [("INVALID", "input.municipality")]),
    "unknown seat": ("createActor", {**NEW, "municipality": "actor:no"}, [("NOT_FOUND", "input.municipality")]),
    "another kind's id": ("createActor", {**NEW, "municipality": "source:arkiv"}, [("INVALID", "input.municipality")]),
    "position off the earth": (
        "createActor",
        {**NEW, "position": {"longitude": 12, "latitude": 91}},
        [("INVALID", "input.position.latitude")],
    ),
    "a competence twice": (
        "createActor",
        {**NEW, "competences": [{"competence": "competence:robotik"}] * 2},
        [("DUPLICATE", "input.competences.1.competence")],
    ),
    "unknown source of a competence": (
        "createActor",
        {**NEW, "needs": [{"competence": "competence:robotik", "source": "source:no"}]},
        [("NOT_FOUND", "input.needs.0.source")],
    ),
    "line break": ("createActor", {**NEW, "description": "a\nb"}, [("INVALID", "input.description")]),
    "to itself": ("createCollaboration", {**TIE, "to": "actor:volvo"}, [("INVALID", "input.to")]),
    "end before it begins": ("createCollaboration", {**TIE, "until": "2020"}, [("INVALID", "input.until")]),
    "no strength": ("createCollaboration", {**TIE, "strength": 0}, [("INVALID", "input.strength")]),
    "unknown thing": ("updateActor", {"id": "actor:no", "name": "x"}, [("NOT_FOUND", "input.id")]),
    "thing of another kind": ("updateSource", {"id": "actor:volvo", "title": "x"}, [("NOT_FOUND", "input.id")]),
    "no name": ("updateActor", {"id": "actor:volvo", "name": None}, [("INVALID", "input.name")]),
    "business to municipality": (
        "updateActor",
        {"id": "actor:volvo", "kind": "MUNICIPALITY"},
        [
            ("INVALID", f"input.{field}")
            for field in ("inRegion", "organisationNumber", "industries", "employees", "municipality")
        ],
    ),
    "unknown deletion": ("deleteActor", {"id": "actor:no"}, [("NOT_FOUND", "input.id")]),
    "merge of nobody": ("mergeActors", {"keep": "actor:gu", "merge": []}, [("INVALID", "input.merge")]),
    "merge with itself": (
        "mergeActors",
        {"keep": "actor:gu", "merge": ["actor:gu", "actor:no"]},
        [("INVALID", "input.merge.0"), ("NOT_FOUND", "input.merge.1")],
    ),
    "new without what is needed": (
        "upsert",
        {"actors": [{"slug": "x"}, {"name": "y"}], "collaborations": [{"from": "actor:x", "to": "actor:volvo"}]},
        [
            ("INVALID", "input.actors.0.name"),
            ("INVALID", "input.actors.0.kind"),
            ("INVALID", "input.actors.0.helix"),
            ("INVALID", "input.actors.1.slug"),
            ("INVALID", "input.collaborations.0.kind"),
        ],
    ),
    "twice in an upsert": (
        "upsert",
        {"actors": [{"id": "actor:gu"}, {"slug": "gu", "name": "x"}]},
        [("DUPLICATE", "input.actors.1.slug")],
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
async def test_every_fault_is_told_with_its_place_and_nothing_is_written(embedded: Editor, name: str) -> None:
    """An editor corrects a form once, not once a fault."""
    field, input_, faults = REFUSED[name]

    payload = await embedded.write(field, input_)

    assert payload["userErrors"] == faults
    assert payload["revision"] is None
    assert embedded.backend.raw.revision() == 1


async def test_without_a_token_nothing_is_written(embedded: Editor) -> None:
    """Reading needs none."""
    embedded.context = replace(embedded.context, editor=None)

    for field, input_ in (("createActor", NEW), ("deleteActor", {"id": "actor:gu"}), ("upsert", {})):
        assert (await embedded.write(field, input_))["userErrors"] == [("FORBIDDEN", "")]
    assert (await embedded.undo("change:1:0000001"))["userErrors"] == [("FORBIDDEN", "")]
    assert embedded.backend.raw.revision() == 1


async def test_no_more_than_10000_things_are_upserted(embedded: Editor) -> None:
    """A call that would hold the lock for minutes is refused before it begins."""
    assert (await embedded.write("upsert", {"actors": [{"id": "actor:gu"}] * 10_001}))["userErrors"] == [
        ("INVALID", "input")
    ]


async def test_what_something_depends_on_cannot_be_undone(embedded: Editor) -> None:
    """Undo goes backwards, one step after the other."""
    await embedded.write("createActor", NEW)
    made = await embedded.last()
    await embedded.write("createCollaboration", {**TIE, "to": "actor:nytt"})
    tied = await embedded.last()
    await embedded.write("updateCollaboration", {"id": "collaboration:nytt:volvo:other:2021", "strength": 2})
    changed = await embedded.last()

    assert (await embedded.undo(made))["userErrors"] == [("CONFLICT", "changeId")]
    assert (await embedded.undo(tied))["userErrors"] == [("CONFLICT", "changeId")]
    for change in (changed, tied, made):
        assert (await embedded.undo(change))["userErrors"] == []
    assert (await embedded.data('{ actor(slug: "nytt") { id } }'))["actor"] is None
    for unknown in ("change:99:0000001", "change:x", "actor:gu", ""):
        assert (await embedded.undo(unknown))["userErrors"] == [("NOT_FOUND", "changeId")]


async def test_a_link_that_was_changed_is_set_back(embedded: Editor) -> None:
    """Competences are links: their changes are the actor's."""
    shown = '{ actor(slug: "volvo") { competences { edges { node { slug } source { slug } } } } }'
    before = await embedded.data(shown)
    link = {"competence": "competence:robotik", "source": "source:arkiv"}
    await embedded.write("updateActor", {"id": "actor:volvo", "competences": [link]})
    changes = (await embedded.data("{ changes(where: {revision: {eq: 2}}) { nodes { id } } }"))["changes"]["nodes"]

    for change in changes:
        assert (await embedded.undo(change["id"]))["userErrors"] == []
    assert await embedded.data(shown) == before


async def test_a_lead_takes_part_as_lead(embedded: Editor) -> None:
    """Named in one place, true in both."""
    made = {"slug": "ny", "name": "Ny", "lead": "actor:gu", "sources": ["source:arkiv"]}

    await embedded.write("createInitiative", made)
    await embedded.write("updateInitiative", {"id": "initiative:elbil", "lead": "actor:volvo"})

    text = "query($s: String) { initiative(slug: $s) { lead { slug } participants(where: {role: {eq: LEAD}}) { nodes { slug } } } }"
    assert (await embedded.data(text, s="ny"))["initiative"] == {
        "lead": {"slug": "gu"},
        "participants": {"nodes": [{"slug": "gu"}]},
    }
    led = (await embedded.data(text, s="elbil"))["initiative"]
    assert {"slug": "volvo"} in led["participants"]["nodes"]


async def test_what_one_field_writes_another_of_the_operation_may_take_away(embedded: Editor) -> None:
    """Fields of a mutation run one after the other; what is shown is what is there at its end."""
    text = """mutation($a: CreateActorInput!) {
        createActor(input: $a) { actor { id } revision } deleteActor(input: {id: "actor:nytt"}) { deletedId }
    }"""

    data = await embedded.data(text, a=NEW)

    assert data == {"createActor": {"actor": None, "revision": 2}, "deleteActor": {"deletedId": "actor:nytt"}}


# ------------------------------------------------------------------------------------------------ against a dictionary
NAMES = st.sampled_from(["a", "b", "c", "d"])


@settings(suppress_health_check=[*HealthCheck], max_examples=15)
@given(st.data())
async def test_any_row_of_writes_is_undone_to_what_there_was(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Creating, changing, tying, merging and deleting at random: each earlier revision is shown as it was then."""
    async with sqlite_file(tmp_path_factory.mktemp("writes")) as backend:
        editor = Editor(backend)
        known: dict[int, Any] = {0: await _contents(backend)}
        for _ in range(data.draw(st.integers(1, 8))):
            one, other = data.draw(NAMES), data.draw(NAMES)
            field, input_ = data.draw(
                st.sampled_from(
                    [
                        ("createActor", {"slug": one, "name": one, "kind": "OTHER", "helix": "HYBRID"}),
                        ("createCompetence", {"slug": one, "name": one}),
                        ("updateActor", {"id": f"actor:{one}", "needs": [{"competence": f"competence:{other}"}]}),
                        ("updateActor", {"id": f"actor:{one}", "description": other}),
                        ("createCollaboration", {"from": f"actor:{one}", "to": f"actor:{other}", "kind": "OTHER"}),
                        ("createInitiative", {"slug": one, "name": one, "lead": f"actor:{other}"}),
                        ("mergeActors", {"keep": f"actor:{one}", "merge": [f"actor:{other}"]}),
                        ("deleteActor", {"id": f"actor:{one}"}),
                        ("deleteCompetence", {"id": f"competence:{one}"}),
                    ]
                )
            )
            payload = await editor.write(field, input_)
            assert (payload["revision"] is None) == bool(payload["userErrors"])
            known[backend.raw.revision()] = await _contents(backend)
            assert await backend.store.check() == []
        past = editor.context.snapshots.past
        assert past is not None
        for revision, contents in known.items():
            assert await _rows(await past.at(revision)) == contents
        await editor.context.close()


async def _contents(backend: Backend) -> Any:
    return await _rows(backend.store)


async def _rows(store: Any) -> Any:
    rows = {name: [row async for row in store.rows(name)] for name in CATALOGUE}
    return rows | {pair: [link async for link in store.links(pair)] for pair in ("actor_competence", "actor_need")}
