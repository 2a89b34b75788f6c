"""What the head of the API's contract says of meaning: a test a sentence, on the small region, through the whole schema.

The region is drawn in `tests/region.py`; the chapters below are the contract's.
"""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLError

from graph_api.analysis.worker import Analyst
from graph_api.model.changes import Batch
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema.planned import PlannedSchema, encode
from graph_api.schema.query import ANSWERS
from tests.region import REGION, actor
from tests.stores.backends import Backend, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Asked:
    """A server's schema over a store, without the server."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.schema = PlannedSchema(backend.store, ANSWERS)
        self.context = Context(backend.store, Snapshots(backend.store), Analyst(), Feed(backend.store))

    async def result(self, text: str, **variables: Any) -> tuple[Any, list[GraphQLError]]:
        """Data and errors."""
        found = await self.schema.execute(text, variables, self.context)
        data = None if found.data is None else orjson.loads(orjson.dumps(found.data, default=encode))
        return data, list(found.errors or ())

    async def data(self, text: str, **variables: Any) -> Any:
        """Data that has no errors beside it."""
        data, errors = await self.result(text, **variables)
        assert errors == []
        return data

    async def code(self, text: str, **variables: Any) -> str:
        """Of the one error."""
        _, (error,) = await self.result(text, **variables)
        return str((error.extensions or {})["code"])

    async def actors(self, where: Any = None, **more: Any) -> list[str]:
        """Slugs of the actors that a filter leaves, in order."""
        text = """query($where: ActorWhere, $orderBy: [ActorOrder!]) {
            actors(where: $where, orderBy: $orderBy, first: 1000) { nodes { slug } totalCount }
        }"""
        found = (await self.data(text, where=where, **more))["actors"]
        return [node["slug"] for node in found["nodes"]]

    async def ties(self, where: Any = None, order: Any = None) -> list[str]:
        """Ids of the collaborations that a filter leaves, without what all begin with, in order."""
        text = "query($where: CollaborationWhere, $order: [CollaborationOrder!]) { collaborations(where: $where, orderBy: $order) { nodes { id } } }"
        found = (await self.data(text, where=where, order=order))["collaborations"]["nodes"]
        return [node["id"].removeprefix("collaboration:") for node in found]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(shelf: Shelf) -> AsyncIterator[Asked]:
    backend, _ = await shelf.take("contract", lambda: REGION, written=True)
    asked = Asked(backend)
    yield asked
    await asked.context.analyst.close()


ALL = {row["slug"] for row in REGION.things["Actor"]}
KNOWN_FOUNDED = {row["slug"] for row in REGION.things["Actor"] if row.get("foundedIn") is not None}


# ------------------------------------------------------------------------------------------------ ids
async def test_a_thing_of_which_nothing_is_asked_is_there(api: Asked) -> None:
    """An object without members, where a fragment is of another type; null would say that there is no such thing. Found by random documents."""
    text = """{
        node(id: "actor:chalmers") { ... on Competence { slug } }
        none: node(id: "actor:x") { ... on Competence { slug } }
        changes(first: 1, where: {nodeId: {eq: "actor:chalmers"}}) { nodes { node { ... on Competence { slug } } } }
    }"""

    assert await api.data(text) == {"node": {}, "none": None, "changes": {"nodes": [{"node": {}}]}}


async def test_an_unknown_id_is_null_where_one_thing_is_looked_up(api: Asked) -> None:
    """To look is no error."""
    text = '{ node(id: "actor:x") { id } nodes(ids: ["x"]) { id } actor(id: "x") { id } municipality(code: "0") { id } initiative(id: "x") { id } }'

    assert await api.data(text) == {
        "node": None,
        "nodes": [None],
        "actor": None,
        "municipality": None,
        "initiative": None,
    }


@pytest.mark.parametrize(
    "field",
    ['shortestPaths(from: "actor:x", to: "actor:gu") { length }', 'neighbourhood(of: ["actor:x"]) { actorCount }'],
)
async def test_an_unknown_id_is_not_found_where_an_argument_names_it(api: Asked, field: str) -> None:
    """A question about nothing has no answer."""
    data, (error,) = await api.result(f"{{ {field} }}")

    assert error.extensions
    assert error.extensions["code"] == "NOT_FOUND"
    assert list(data.values()) == [None]


@pytest.mark.parametrize("arguments", ["", '(id: "actor:gu", slug: "gu")', "(id: null)"])
async def test_actor_takes_exactly_one_of_id_and_slug(api: Asked, arguments: str) -> None:
    """Two could contradict each other."""
    assert await api.code(f"{{ actor{arguments} {{ id }} }}") == "BAD_VALUE"


# ------------------------------------------------------------------------------------------------ connections
async def test_first_and_last_go_from_0_to_1000(api: Asked) -> None:
    """Larger pages are for export."""
    for size in ("first: 0", "last: 0", "first: 1000", "last: 1000"):
        await api.data(f"{{ actors({size}) {{ nodes {{ id }} }} }}")
    for size in ("first: -1", "last: -1", "first: 1001", "last: 1001"):
        assert await api.code(f"{{ actors({size}) {{ nodes {{ id }} }} }}") == "BAD_PAGE"
    for number in (-1, 1001):
        assert await api.code("query($n: Int) { actors(first: $n) { nodes { id } } }", n=number) == "BAD_PAGE"


async def test_first_and_last_are_not_given_together(api: Asked) -> None:
    """It would not be clear from which end to cut."""
    assert await api.code("{ actors(first: 1, last: 1) { nodes { id } } }") == "BAD_PAGE"


async def test_neither_first_nor_last_means_25(backend: Backend) -> None:
    """A page that nobody sized must not grow with the region."""
    rows = [actor(f"a{n:02}", "Namn", "OTHER", "HYBRID", sources=[]) for n in range(30)]
    backend.raw.insert(Batch({"Actor": rows}))
    api = Asked(backend)

    for arguments in ("", "(first: null, last: null)"):
        found = await api.data(f"{{ actors{arguments} {{ nodes {{ id }} totalCount pageInfo {{ hasNextPage }} }} }}")
        assert (len(found["actors"]["nodes"]), found["actors"]["totalCount"]) == (25, 30)
        assert found["actors"]["pageInfo"]["hasNextPage"] is True


async def test_default_order_is_the_swedish_name_then_id(api: Asked) -> None:
    """å, ä, ö are the last letters; of two with the same name the smaller id is first."""
    order = await api.actors()
    swedish = ["ale", "almi", "boras", "brg", "chalmers", "goteborg", "gu", "gr", "tom", "lindholmen", "natverk"]

    assert [slug for slug in order if slug != "konstig"] == [*swedish, "tvilling-a", "tvilling-b", "volvo", "kluster"]


async def test_default_order_of_sources_is_the_title_and_of_ties_the_id(api: Asked) -> None:
    """Ties have no name."""
    found = await api.data("{ sources { nodes { title } } affiliations { nodes { id } } }")
    ids = [node["id"] for node in found["affiliations"]["nodes"]]

    assert [node["title"] for node in found["sources"]["nodes"]] == ["Arkiv", "Statistics", "Årsrapport"]
    assert ids == sorted(ids)
    assert await api.ties() == sorted(await api.ties())


async def test_an_actor_tied_twice_is_two_edges_and_counts_twice(api: Asked) -> None:
    """totalCount, collaboratorCount and relation counts count ties; the tie's id tells edges of one actor apart."""
    text = '{ actor(slug: "chalmers") { collaborators { totalCount edges { node { slug } collaboration { id } } } } }'
    found = (await api.data(text))["actor"]["collaborators"]
    edges = [(edge["node"]["slug"], edge["collaboration"]["id"].split(":", 3)[3]) for edge in found["edges"]]

    assert found["totalCount"] == 3
    assert edges == [("gu", "partnership:2020-02-29"), ("volvo", "project"), ("volvo", "research:2018")]
    assert await api.actors({"collaborators": {"count": {"eq": 3}}}) == ["chalmers"]
    most = await api.actors(orderBy=[{"collaboratorCount": "DESC"}, {"id": "ASC"}])
    assert most[:4] == ["chalmers", "gu", "lindholmen", "volvo"]


async def test_an_undirected_tie_is_met_from_both_ends(api: Asked) -> None:
    """Whoever is asked first."""
    text = "query($s: String) { actor(slug: $s) { collaborators { nodes { slug } } } }"

    for one, other in (("ale", "boras"), ("boras", "ale")):
        assert (await api.data(text, s=one))["actor"]["collaborators"]["nodes"] == [{"slug": other}]


async def test_has_next_page_is_looked_up_and_has_previous_page_follows_after(api: Asked) -> None:
    """Forward one row more is read; that something lies before a cursor is known. Backward alike."""
    text = """query($first: Int, $after: String, $last: Int, $before: String) {
        actors(first: $first, after: $after, last: $last, before: $before) {
            nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
    }"""
    whole = (await api.data(text, first=1000))["actors"]["pageInfo"]
    assert (whole["hasNextPage"], whole["hasPreviousPage"]) == (False, False)

    page = (await api.data(text, first=len(ALL)))["actors"]["pageInfo"]
    assert page["hasNextPage"] is False
    page = (await api.data(text, first=len(ALL) - 1))["actors"]["pageInfo"]
    assert page["hasNextPage"] is True
    rest = (await api.data(text, first=5, after=page["endCursor"]))["actors"]
    assert [node["slug"] for node in rest["nodes"]] == (await api.actors())[-1:]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (False, True)
    back = (await api.data(text, last=1, before=rest["pageInfo"]["startCursor"]))["actors"]
    assert [node["slug"] for node in back["nodes"]] == (await api.actors())[-2:-1]
    assert (back["pageInfo"]["hasNextPage"], back["pageInfo"]["hasPreviousPage"]) == (True, True)


async def test_an_empty_page_has_no_cursors(api: Asked) -> None:
    """first: 0 asks only whether there is something."""
    text = "query($n: Int) { actors(first: $n) { edges { cursor } pageInfo { startCursor endCursor hasNextPage } } }"

    found = (await api.data(text, n=0))["actors"]
    assert found == {"edges": [], "pageInfo": {"startCursor": None, "endCursor": None, "hasNextPage": True}}


async def test_a_cursor_is_bound_to_its_connection_and_order(api: Asked) -> None:
    """Elsewhere it would cut at a place that has no meaning."""
    text = "{ actors(first: 1) { pageInfo { endCursor } } }"
    cursor = (await api.data(text))["actors"]["pageInfo"]["endCursor"]

    for use in (
        "initiatives(after: $c)",
        "actors(after: $c, orderBy: [{name: DESC}])",
        "actors(before: $c, orderBy: [{id: ASC}])",
    ):
        assert await api.code(f"query($c: String) {{ {use} {{ nodes {{ id }} }} }}", c=cursor) == "BAD_CURSOR"
    for broken in (
        "",
        "x",
        cursor[:-1],
        cursor + "00",
        cursor[:8],
        cursor[:8] + "5B5D",
        cursor[:8] + "5B312C315D",
        "å",
        "\x00",
    ):
        assert await api.code("query($c: String) { actors(after: $c) { nodes { id } } }", c=broken) == "BAD_CURSOR"


async def test_no_actor_is_met_twice_while_others_are_written(backend: Backend) -> None:
    """A cursor holds a place in the order, not a number of rows."""
    await backend.store.write(REGION, None, "test")
    api = Asked(backend)
    text = "query($after: String) { actors(first: 5, after: $after) { nodes { slug } pageInfo { endCursor hasNextPage } } }"
    met: list[str] = []
    cursor, more = None, True
    while more:
        page = (await api.data(text, after=cursor))["actors"]
        met += [node["slug"] for node in page["nodes"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        # Before and behind the cursor something appears, and the row of the cursor itself goes.
        new = [actor(f"{letter}-{len(met)}", f"{letter} nytt", "OTHER", "HYBRID", sources=[]) for letter in ("a", "ö")]
        await backend.store.write(
            Batch({"Actor": new if len(met) < 12 else []}, deleted=[f"actor:{met[-1]}"]), None, "test"
        )

    assert len(met) == len(set(met))
    assert set(met) >= ALL


# ------------------------------------------------------------------------------------------------ null
async def test_only_is_null_matches_null(api: Asked) -> None:
    """Comparisons are three-valued: what is unknown is neither equal nor unequal."""
    both = {"OR": [{"foundedIn": {"eq": 1829}}, {"foundedIn": {"ne": 1829}}]}

    assert set(await api.actors(both)) == KNOWN_FOUNDED
    assert set(await api.actors({"foundedIn": {"isNull": True}})) == ALL - KNOWN_FOUNDED
    assert set(await api.actors({"foundedIn": {"isNull": False}})) == KNOWN_FOUNDED


async def test_ne_not_in_and_not_do_not_match_null(api: Asked) -> None:
    """Not of anything, the empty list too."""
    for where in ({"ne": 1829}, {"notIn": [1829]}):
        assert set(await api.actors({"foundedIn": where})) == KNOWN_FOUNDED - {"chalmers"}
    for where in ({"eq": 1829}, {"in": [1829]}):
        assert set(await api.actors({"NOT": {"foundedIn": where}})) == KNOWN_FOUNDED - {"chalmers"}
    assert set(await api.actors({"NOT": {"foundedIn": {"in": []}}})) == KNOWN_FOUNDED
    assert await api.actors({"NOT": {"foundedIn": {"notIn": []}}}) == []


async def test_what_only_some_kinds_have_is_unknown_of_all_others(api: Asked) -> None:
    """Any other actor fails a filter on it, isNull and NOT too."""
    municipalities = {"goteborg", "ale", "boras"}

    assert set(await api.actors({"population": {"isNull": True}})) == {"ale"}
    assert set(await api.actors({"NOT": {"population": {"isNull": True}}})) == {"goteborg", "boras"}
    assert set(await api.actors({"NOT": {"population": {"isNull": False}}})) == {"ale"}
    assert set(await api.actors({"OR": [{"inRegion": {"eq": True}}, {"inRegion": {"ne": True}}]})) == municipalities
    assert set(await api.actors({"employees": {"isNull": True}})) == {"tvilling-b"}
    assert set(await api.actors({"NOT": {"code": {"contains": "x"}}})) == {"goteborg", "ale"}


async def test_something_unknown_fails_every(api: Asked) -> None:
    """That all ties began after 2017 is not known where one's beginning is not."""
    where = {"collaborators": {"every": {"since": {"gte": "2018"}}}}
    untied = {"goteborg", "brg", "gr", "tvilling-a", "almi", "kluster", "natverk", "konstig", "tom"}

    assert set(await api.actors(where)) == {"ale", "boras", "tvilling-b", *untied}
    assert set(await api.actors({"collaborators": {"some": {"since": {"gte": "2018"}}}})) >= {"chalmers", "volvo", "gu"}
    # None of whose ties is known to be: gu has one of 2020.
    assert set(await api.actors({"collaborators": {"none": {"since": {"lt": "2019"}}}})) == {"gu", *untied}


async def test_of_an_empty_list_nothing_is_in_and_nothing_holds_by_or(api: Asked) -> None:
    """in: [] and OR: [] match nothing."""
    assert await api.actors({"slug": {"in": []}}) == []
    assert await api.actors({"OR": []}) == []
    assert await api.actors({"NOT": {"OR": []}}) == await api.actors()


async def test_an_empty_and_and_an_empty_filter_match_all(api: Asked) -> None:
    """AND: [] and {} ask for nothing."""
    wheres: list[Any] = [{"AND": []}, {}, {"AND": [{}, {}]}, {"OR": [{}]}]
    for where in wheres:
        assert set(await api.actors(where)) == ALL
    assert await api.actors({"NOT": {}}) == []


async def test_not_in_an_empty_list_is_all_that_is_known(api: Asked) -> None:
    """An unknown year is not outside of any list."""
    assert set(await api.actors({"foundedIn": {"notIn": []}})) == KNOWN_FOUNDED


@pytest.mark.parametrize("op", ["eq", "ne", "in", "notIn", "gt", "contains", "isNull"])
async def test_null_for_an_operator_is_an_error_that_points_to_is_null(api: Asked, op: str) -> None:
    """Whoever writes eq: null means isNull: true, or forgot a value."""
    field = "foundedIn" if op == "gt" else "website"
    text = f"{{ actors(where: {{{field}: {{{op}: null}}}}) {{ totalCount }} }}"
    _, (error,) = await api.result(text)

    assert error.extensions
    assert error.extensions["code"] == "NULL_OPERATOR"
    assert "isNull" in error.message
    assert (
        await api.code("query($w: ActorWhere) { actors(where: $w) { totalCount } }", w={field: {op: None}})
        == "NULL_OPERATOR"
    )


async def test_null_for_a_filter_is_as_if_it_were_not_there(api: Asked) -> None:
    """AND, OR, NOT, a relation, a field's filter, the whole where."""
    nothing = {
        "AND": None,
        "OR": None,
        "NOT": None,
        "collaborators": None,
        "name": None,
        "municipality": None,
        "near": None,
    }

    assert set(await api.actors(nothing)) == ALL
    assert set(await api.actors({"collaborators": {"some": None, "every": None, "count": None}})) == ALL
    assert set(await api.actors(None)) == ALL
    assert await api.ties({"activeOn": None, "actor": None}) == await api.ties()


async def test_null_for_an_argument_with_a_default_means_the_default(api: Asked) -> None:
    """A client may send all its variables."""
    text = """query($l: Language, $n: Int) {
        actor(slug: "goteborg") { name(language: $l) }
        search(query: "volvo", first: $n) { totalCount nodes { __typename } }
    }"""

    found = await api.data(text, l=None, n=None)
    assert found["actor"]["name"] == "Göteborgs Stad"
    assert found["search"]["nodes"] == [{"__typename": "Business"}]


async def test_nulls_come_last_ascending_and_first_descending(api: Asked) -> None:
    """In numbers, texts and dates."""
    years = [1621, 1829, 1891, 1927, 1999, 2010]
    slugs = ["goteborg", "chalmers", "gu", "volvo", "brg", "kluster"]
    assert len(years) == len(KNOWN_FOUNDED)

    assert (await api.actors(orderBy=[{"foundedIn": "ASC"}]))[: len(slugs)] == slugs
    assert (await api.actors(orderBy=[{"foundedIn": "DESC"}]))[-len(slugs) :] == slugs[::-1]
    assert (await api.ties(order=[{"until": "DESC"}]))[-2:] == [
        "chalmers:volvo:research:2018",
        "gu:lindholmen:education",
    ]
    found = await api.data("{ sources(orderBy: [{publisher: ASC}]) { nodes { slug } } }")
    assert [node["slug"] for node in found["sources"]["nodes"]] == ["rapport", "arkiv", "statistik"]


# ------------------------------------------------------------------------------------------------ text
async def test_parts_of_text_fold_case_and_accents(api: Asked) -> None:
    """contains, startsWith and endsWith: whoever cannot type å finds it all the same."""
    assert await api.actors({"name": {"contains": "GOTEBORG"}}) == ["brg", "goteborg", "gu", "gr"]
    assert await api.actors({"name": {"startsWith": "ALVK"}}) == ["kluster"]
    assert await api.actors({"name": {"endsWith": "cafe"}}) == ["tom"]
    assert await api.actors({"name": {"contains": "%"}}) == []
    assert await api.actors({"name": {"contains": "\\\n\u2028"}}) == ["konstig"]


async def test_eq_and_in_are_exact(api: Asked) -> None:
    """Case and accents count."""
    assert await api.actors({"name": {"eq": "Volvo"}}) == ["volvo"]
    assert await api.actors({"name": {"eq": "volvo"}}) == []
    assert await api.actors({"name": {"in": ["Ale Kommun", "Boras Stad", "Almi Väst"]}}) == ["almi"]


async def test_a_filter_by_name_takes_the_swedish_name(api: Asked) -> None:
    """Whatever language is shown."""
    assert await api.actors({"name": {"contains": "gothenburg"}}) == []
    text = '{ actors(where: {name: {startsWith: "chalmers tek"}}) { nodes { name(language: EN) description(language: EN) } } }'
    found = (await api.data(text))["actors"]["nodes"]
    assert found == [{"name": "Chalmers University of Technology", "description": "A university of technology."}]


async def test_swedish_stands_in_where_there_is_no_english(api: Asked) -> None:
    """Better than nothing."""
    text = '{ actor(slug: "gu") { name(language: EN) description(language: EN) } }'

    assert (await api.data(text))["actor"] == {"name": "Göteborgs universitet", "description": "Säte i staden."}


# ------------------------------------------------------------------------------------------------ search
SEARCH = """query($q: String!, $t: [NodeKind!]) { search(query: $q, types: $t) { totalCount edges {
    score node { __typename ... on Actor { slug } ... on Initiative { slug } ... on Competence { slug } }
} } }"""


async def found(api: Asked, query: str, types: Any = None) -> list[str]:
    edges = (await api.data(SEARCH, q=query, t=types))["search"]["edges"]
    scores = [edge["score"] for edge in edges]
    assert scores == sorted(scores, reverse=True)
    return [edge["node"].get("slug", edge["node"]["__typename"]) for edge in edges]


async def test_search_folds_case_and_accents(api: Asked) -> None:
    """As filters do."""
    assert "kluster" in await found(api, "ALVKLUSTRET")


async def test_all_words_must_match_in_name_english_name_or_description(api: Asked) -> None:
    """Each of them by a word's beginning."""
    assert await found(api, "chalm univ technology") == ["chalmers"]
    assert await found(api, "chalmers volvo") == []


async def test_one_typing_error_is_forgiven_and_two_from_eight_letters_on(api: Asked) -> None:
    """Nobody spells all names right."""
    assert "volvo" in await found(api, "vollvo")
    assert "volvo" not in await found(api, "vvollvo")
    assert "kluster" in await found(api, "alvvklusttret")


async def test_whole_name_comes_before_beginning_before_word_before_description(api: Asked) -> None:
    """Best first."""
    order = await found(api, "batterier")

    assert order == ["batteri", "elbil"]


async def test_only_kinds_that_search_finds_can_be_asked_for(api: Asked) -> None:
    """Another is an error."""
    assert await found(api, "volvo", ["ACTOR"]) == ["volvo"]
    assert await found(api, "volvo", ["INITIATIVE"]) == []
    assert await api.code(SEARCH, q="volvo", t=["COLLABORATION"]) == "BAD_VALUE"


# ------------------------------------------------------------------------------------------------ dates
RESEARCH, GU, LINDHOLMEN, ALE = (
    "chalmers:volvo:research:2018",
    "chalmers:gu:partnership:2020-02-29",
    "lindholmen:tvilling-b:other:2018-04",
    "ale:boras:partnership:2018-04-12",
)


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ({"eq": "2018"}, {RESEARCH, LINDHOLMEN, ALE}),
        ({"eq": "2018-04"}, {LINDHOLMEN, ALE}),
        ({"eq": "2018-04-12"}, {ALE}),
        ({"ne": "2018-04"}, {RESEARCH, GU}),
        ({"lt": "2018-05"}, {LINDHOLMEN, ALE}),
        ({"lt": "2019"}, {RESEARCH, LINDHOLMEN, ALE}),
        ({"lt": "2018-12-31"}, {LINDHOLMEN, ALE}),
        ({"gt": "2017-12-31"}, {RESEARCH, GU, LINDHOLMEN, ALE}),
        ({"gt": "2018"}, {GU}),
        ({"lte": "2018-04"}, {LINDHOLMEN, ALE}),
        ({"gte": "2018-04-12"}, {ALE, GU}),
        ({"in": ["2018-04", "2020"]}, {LINDHOLMEN, ALE, GU}),
        ({"notIn": ["2018-04", "2020"]}, {RESEARCH}),
    ],
)
async def test_a_partial_date_is_the_span_from_its_first_to_its_last_day(
    api: Asked, where: Any, left: set[str]
) -> None:
    """eq: lies within; lt: its last day is before the other's first; gt alike; lte: lt or eq."""
    assert set(await api.ties({"since": where})) == left


async def test_active_on_means_that_the_spans_may_overlap(api: Asked) -> None:
    """An unknown since has begun, an unknown until goes on."""
    project, education = "chalmers:volvo:project", "gu:lindholmen:education"

    assert set(await api.ties({"activeOn": "2011"})) == {project}
    assert set(await api.ties({"activeOn": "2010-12-31"})) == {project, education}
    assert set(await api.ties({"activeOn": "2018-04"})) == {project, RESEARCH, LINDHOLMEN, ALE}
    assert set(await api.ties({"activeOn": "2019-06-30"})) == {project, RESEARCH, LINDHOLMEN, ALE}
    assert set(await api.ties({"activeOn": "2019-07"})) == {project, LINDHOLMEN, ALE}
    assert set(await api.ties({"NOT": {"activeOn": "2019"}})) == {education, GU}


async def test_as_of_takes_the_ties_that_may_have_held_then(api: Asked) -> None:
    """Networks are cut by the same rule."""
    text = "query($on: PartialDate) { network(network: {ties: [COLLABORATION], asOf: $on}) { ties { from { slug } to { slug } } } }"

    async def ties(on: str | None) -> list[tuple[str, str]]:
        return [(tie["from"]["slug"], tie["to"]["slug"]) for tie in (await api.data(text, on=on))["network"]["ties"]]

    assert await ties("2011") == [("chalmers", "volvo")]
    assert sorted(await ties("2010")) == [("chalmers", "volvo"), ("gu", "lindholmen")]
    assert len(await ties(None)) == 5


async def test_what_is_met_in_several_ways_is_sorted_by_what_it_refers_to(api: Asked) -> None:
    """Each once, whatever is looked up for the order."""
    text = """{ challenges { nodes {
        plain: actors(first: 100) { nodes { slug } }
        sorted: actors(first: 100, orderBy: [{municipality: {name: DESC}}]) { nodes { slug municipality { name } } edges { cursor } }
    } } }"""
    for challenge in (await api.data(text))["challenges"]["nodes"]:
        found = challenge["sorted"]["nodes"]
        seats = [node["municipality"]["name"] for node in found if node["municipality"]]
        assert seats == sorted(seats, reverse=True)
        assert sorted(node["slug"] for node in found) == sorted(node["slug"] for node in challenge["plain"]["nodes"])


async def test_order_by_a_date_is_by_its_first_day(api: Asked) -> None:
    """2018 begins before 2018-04, and that before 2018-04-12."""
    assert (await api.ties(order=[{"since": "ASC"}]))[:4] == [RESEARCH, LINDHOLMEN, ALE, GU]


@pytest.mark.parametrize("date", ["2018-13", "18", "2018-02-30", "2018-4", "", "x"])
async def test_what_is_no_partial_date_is_an_error(api: Asked, date: str) -> None:
    """In the document and in variables."""
    for text, variables in (
        (f'{{ collaborations(where: {{activeOn: "{date}"}}) {{ totalCount }} }}', {}),
        ("query($d: PartialDate) { collaborations(where: {activeOn: $d}) { totalCount } }", {"d": date}),
    ):
        data, errors = await api.result(text, **variables)
        assert data is None
        assert len(errors) == 1


# ------------------------------------------------------------------------------------------------ region
async def test_a_municipality_has_its_seat_in_itself_also_outside_the_region(backend: Backend) -> None:
    """So that figures by municipality hold the municipality itself."""
    await backend.store.write(REGION, None, "test")
    api = Asked(backend)
    text = "query($s: String) { actor(slug: $s) { municipality { slug } } }"

    for slug in ("goteborg", "ale", "boras"):
        assert (await api.data(text, s=slug))["actor"]["municipality"] == {"slug": slug}
    found = await api.data('{ municipality(slug: "boras") { actors { nodes { slug } } } }')
    assert [node["slug"] for node in found["municipality"]["actors"]["nodes"]] == ["boras", "kluster"]


async def test_municipalities_are_the_regions_own(api: Asked) -> None:
    """Others are among actors."""
    found = await api.data("{ municipalities { totalCount nodes { slug } } }")

    assert found["municipalities"] == {"totalCount": 2, "nodes": [{"slug": "ale"}, {"slug": "goteborg"}]}


async def test_a_seat_is_asked_for_by_an_empty_filter(api: Asked) -> None:
    """{} where there must be one."""
    assert ALL - set(await api.actors({"municipality": {}})) == {"natverk", "konstig", "tom"}


async def test_distances_are_by_haversine_and_unknown_without_a_position(api: Asked) -> None:
    """From the river to Borås it is 57 km; whoever has no position is neither near nor far."""
    river = {"longitude": 11.9746, "latitude": 57.7089}
    placed = {"goteborg", "boras", "chalmers", "lindholmen"}

    assert set(await api.actors({"near": {**river, "kilometres": 0}})) == {"goteborg"}
    assert set(await api.actors({"near": {**river, "kilometres": 5}})) == {"goteborg", "chalmers", "lindholmen"}
    assert set(await api.actors({"near": {**river, "kilometres": 57.3}})) == {"goteborg", "chalmers", "lindholmen"}
    assert set(await api.actors({"near": {**river, "kilometres": 57.5}})) == placed
    assert set(await api.actors({"NOT": {"near": {**river, "kilometres": 5}}})) == {"boras"}


# ------------------------------------------------------------------------------------------------ sources
async def test_sources_of_an_actor_are_those_of_its_own_row_and_of_all_that_it_is_an_end_of(api: Asked) -> None:
    """Ties, participations and agreements; each source once."""
    text = "query($s: String) { actor(slug: $s) { sources { totalCount nodes { slug } } } }"

    async def sources(slug: str) -> list[str]:
        found = (await api.data(text, s=slug))["actor"]["sources"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["slug"] for node in found["nodes"]]

    assert await sources("tom") == []
    assert await sources("chalmers") == ["statistik", "rapport"]
    assert await sources("tvilling-a") == ["arkiv", "statistik"]
    assert await sources("brg") == ["statistik", "rapport"]
    assert await sources("natverk") == ["statistik"]


# ------------------------------------------------------------------------------------------------ failure
async def test_planned_fields_fail_together(api: Asked) -> None:
    """They are read together: half an answer would be of no revision."""
    data, errors = await api.result('{ actor(slug: "gu") { id } initiatives(after: "x") { nodes { id } } }')

    assert data is None
    assert [error.extensions["code"] for error in errors if error.extensions] == ["BAD_CURSOR"]


async def test_what_is_computed_fails_alone(api: Asked) -> None:
    """A path that cannot be computed does not take the page away."""
    text = '{ actor(slug: "gu") { slug } shortestPaths(from: "x", to: "actor:gu") { length } search(query: "volvo") { totalCount } }'
    data, errors = await api.result(text)

    assert data == {"actor": {"slug": "gu"}, "shortestPaths": None, "search": {"totalCount": 1}}
    assert [(error.path, error.extensions and error.extensions["code"]) for error in errors] == [
        (["shortestPaths"], "NOT_FOUND")
    ]


# ------------------------------------------------------------------------------------------------ limits
def nested(depth: int) -> dict[str, Any]:
    where: dict[str, Any] = {"kind": {"eq": "BUSINESS"}}
    for _ in range(depth - 1):
        where = {"NOT": where}
    return where


async def test_a_filter_has_at_most_500_parts_and_25_levels(api: Asked) -> None:
    """Up to there a store must answer; beyond, the client is told, and the store not asked."""
    text = "query($w: ActorWhere) { actors(where: $w) { totalCount nodes { id } } }"
    one = {"kind": {"eq": "BUSINESS"}}

    for op in ("OR", "AND"):
        assert len((await api.data(text, w={op: [one] * 499}))["actors"]["nodes"]) == 3
        _, (error,) = await api.result(text, w={op: [one] * 5000})
        assert error.message.startswith("A filter has 5,001 parts; 500 are allowed.")
        assert await api.code(text, w={op: [one] * 500}) == "TOO_COSTLY"
    assert (await api.data(text, w=nested(25)))["actors"]["totalCount"] == 3
    assert await api.code(text, w=nested(26)) == "TOO_COSTLY"


async def test_relations_are_filtered_as_deep_as_a_filter_may_go(api: Asked) -> None:
    """The store's statement holds it."""
    where: dict[str, Any] = {"kind": {"eq": "BUSINESS"}}
    for _ in range(12):
        where = {"collaborators": {"some": {"actor": where}}}

    assert await api.actors(where) != []


async def test_an_order_has_at_most_30_keys_and_references(api: Asked) -> None:
    """Each reference is a join of its own."""
    text = "query($o: [ActorOrder!]) { actors(orderBy: $o) { nodes { id } } }"

    def through(steps: int) -> list[Any]:
        order: Any = {"name": "ASC"}
        for _ in range(steps):
            order = {"municipality": order}
        return [order]

    await api.data(text, o=through(29))
    assert await api.code(text, o=through(30)) == "TOO_COSTLY"


async def test_nodes_takes_at_most_1000_ids(api: Asked) -> None:
    """As a page does."""
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    assert await api.data(text, ids=["x"] * 1000) == {"nodes": [None] * 1000}
    assert await api.code(text, ids=["x"] * 1001) == "BAD_PAGE"


async def test_values_that_no_row_can_hold_match_nothing_or_are_refused(api: Asked) -> None:
    """NUL, halves of surrogate pairs, the largest numbers: never an error of ours."""
    assert await api.actors({"name": {"contains": "\0"}}) == []
    assert await api.actors({"name": {"in": ["\0", "\ud800"]}}) == []
    assert await api.actors({"foundedIn": {"gt": 2**31 - 1}}) == []
    assert await api.ties({"strength": {"gt": 1e308}}) == []
    assert len(await api.ties({"strength": {"lt": 1e308}})) == len(REGION.things["Collaboration"])
    text = "query($w: ActorWhere) { actors(where: $w) { totalCount } }"
    assert await api.code(text, w={"name": {"eq": "\ud800"}}) == "BAD_VALUE"
    assert await api.code(text, w={"foundedIn": {"gt": 2**31}}) == "GRAPHQL"


async def test_counts_take_several_bounds_and_negative_ones(api: Asked) -> None:
    """All of them hold; what is never below zero is above every negative number."""

    async def counted(**bounds: Any) -> set[str]:
        return set(await api.actors({"collaborators": {"count": bounds}}))

    assert await counted(gte=2, lt=3) == {"gu", "lindholmen", "volvo"}
    assert await counted(gt=-1) == ALL
    assert await counted(lt=-1) == await counted(eq=-1) == await counted(gt=3) == set()
    assert await counted(gt=-5, where={"kind": {"eq": "RESEARCH"}}) == ALL
    assert await counted(lte=-5, where={"kind": {"eq": "RESEARCH"}}) == set()
    assert await counted(eq=1, gte=-2, where={"kind": {"eq": "RESEARCH"}}) == {"chalmers", "volvo"}
    assert await counted() == ALL
