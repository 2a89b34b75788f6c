"""The planned answer of a document is, to the byte, what graphql-core makes of it field by field over lists."""

from dataclasses import dataclass
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLSchema, build_schema
from hypothesis import given, note
from hypothesis import strategies as st

from graph_api.plan.select import PLANNED
from graph_api.schema.planned import Allowance, PlannedSchema, encode
from graph_api.schema.query import ANSWERS
from tests import strategies
from tests.parity.documents import Document, documents
from tests.parity.field_by_field import FieldByField
from tests.region import REGION
from tests.stores.backends import Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALLOWANCE = Allowance(rows_max=10**12, depth_max=30)


@dataclass(frozen=True, slots=True)
class Both:
    """The two ways to an answer."""

    planned: PlannedSchema
    twin: FieldByField

    async def agree(self, text: str, variables: dict[str, Any] | None = None) -> Any:
        """The answer, once both ways give the same bytes."""
        result = await self.planned.execute(text, variables)
        assert result.errors is None, result.errors
        found, expected = orjson.dumps(result.data, default=encode), self.twin.answer(text, variables or {})
        assert found == expected, f"planned {found.decode()}\n   twin {expected.decode()}"
        return orjson.loads(found)


class Pairs:
    """Both ways for each region of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.known: dict[object, Both] = {}
        self.core: GraphQLSchema | None = None

    async def of(self, number: int | str) -> Both:
        if number not in self.known:
            backend, twin = await self.shelf.take(
                number, lambda: REGION if number == "small" else strategies.region(int(number))
            )
            planned = PlannedSchema(backend.store, ANSWERS, ALLOWANCE)
            self.core = self.core or build_schema(planned.as_str())
            self.known[number] = Both(planned, FieldByField(self.core, twin))
        return self.known[number]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pairs(shelf: Shelf) -> Pairs:
    return Pairs(shelf)


@given(number=st.integers(0, 5), data=st.data())
async def test_any_document_is_answered_as_by_graphql_core(pairs: Pairs, number: int, data: st.DataObject) -> None:
    """Fragments, merging, directives, variables and their defaults are the specification's, page after page."""
    both = await pairs.of(number)
    document: Document = data.draw(documents(both.planned._schema))
    note(document.text)

    cursor = None
    for _ in range(3):
        answer = await both.agree(document.text, {**document.variables, "cursor": cursor})
        info = answer["page"]["info"]
        cursor = info["startCursor" if document.backward else "endCursor"]
        if not info["hasPreviousPage" if document.backward else "hasNextPage"]:
            break


FACTS = "id slug name nameEn: name(language: EN)"
FIXED = {
    "__typename": "{ __typename again: __typename }",
    "node": '{ a: node(id: "actor:konstig") { id __typename ... on Actor { name website description } } b: node(id: "nothing") { id } c: node(id: "collaboration:chalmers:volvo:project") { ... on Collaboration { strength from { name } initiative { name lead { slug } } } } }',
    "nodes": '{ nodes(ids: ["source:arkiv", "nothing", "actor:tom", "actor:tom"]) { __typename id ... on Source { title publisher } ... on Node { again: id } } none: nodes(ids: []) { id } }',
    "actor": '{ a: actor(slug: "volvo") { ... on Business { industries employees organisationNumber } position { latitude } } b: actor(id: "actor:goteborg") { position { longitude latitude __typename } ... on Municipality { population populationOn actors(first: 3) { nodes { slug } totalCount } } } c: actor(slug: "nobody") { id } }',
    "municipality": '{ a: municipality(code: "1480") { placeName inRegion } b: municipality(slug: "boras") { inRegion name } c: municipality(slug: "volvo") { id } }',
    "initiative": '{ a: initiative(slug: "elbil") { start end participants(orderBy: [{role: DESC}]) { edges { role participation { since } node { slug } } } challenges { nodes { slug } } requiredCompetences { totalCount } } b: initiative(id: "initiative:nothing") { id } }',
    "actors": f"{{ actors(first: 4) {{ totalCount edges {{ cursor node {{ {FACTS} kind }} }} }} same: actors(where: {{kind: {{eq: BUSINESS}}}}, last: 2) {{ nodes {{ slug }} pageInfo {{ hasPreviousPage startCursor }} }} }}",
    "municipalities": "{ municipalities { totalCount nodes { placeName town code } } outside: municipalities(where: {inRegion: {eq: false}}) { totalCount } }",
    "collaborations": '{ collaborations(orderBy: [{strength: DESC}]) { nodes { kind strength since until evidence from { slug } to { slug } sources { nodes { url } } } } of: collaborations(where: {actor: {slug: {eq: "gu"}}}) { totalCount } }',
    "affiliations": "{ affiliations(orderBy: [{share: DESC}, {since: ASC}]) { edges { cursor node { kind role share since until evidence from { slug } to { slug } } } } }",
    "initiatives": "{ initiatives { nodes { name start website sources { totalCount } } } }",
    "challenges": "{ challenges(orderBy: [{initiativeCount: DESC}]) { nodes { name actors { totalCount nodes { slug } } initiatives { nodes { slug } } } } }",
    "competences": "{ competences { nodes { name actors { nodes { slug competences { edges { source { title } node { slug } } } } } neededBy { nodes { slug } } initiatives { totalCount } } } }",
    "agreements": "{ agreements { nodes { name signed until document areas parties { nodes { slug } } } } }",
    "services": "{ services { nodes { name audience providers { nodes { slug } } municipalities { nodes { placeName } } } } }",
    "sources": "{ sources { nodes { title url language accessed publisher actors { totalCount } } } byPublisher: sources(orderBy: [{publisher: ASC}]) { nodes { title } } }",
    "actorsAggregate": "{ actorsAggregate(groupBy: [HELIX, MUNICIPALITY, HELIX]) { helix kind municipality { placeName } count foundedInMin foundedInMax } one: actorsAggregate { count helix } none: actorsAggregate(where: {OR: []}) { count foundedInMin } }",
    "collaborationsAggregate": "{ collaborationsAggregate(groupBy: [MUNICIPALITY_PAIR, YEAR]) { municipalities { slug } year helices count strengthSum } one: collaborationsAggregate(where: {OR: []}) { count strengthSum strengthMin } }",
}


@pytest.mark.parametrize("root", sorted(FIXED))
async def test_each_root_field_is_answered_as_by_graphql_core(pairs: Pairs, root: str) -> None:
    """One plain document a root field, for whoever wants to see what is asked."""
    both = await pairs.of("small")

    await both.agree(FIXED[root])


async def test_each_planned_root_has_a_fixed_document() -> None:
    """A new root field joins both lists or neither."""
    assert set(FIXED) == PLANNED
