"""Search: what matches, in which order, how it is corrected, and its pages, over the words of a store in memory."""

from collections.abc import Iterable, Sequence

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import BadCursor, BadPage, BadValue
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Row
from graph_api.model.search import Candidate, SearchResult, Term
from graph_api.model.vocabulary import NodeKind
from graph_api.resolvers.search import ENTITIES, QUERY_LENGTH_MAX, WORDS_MAX, Vocabulary, search
from graph_api.stores.sqlite import searching
from graph_api.stores.sqlite.store import migrations


class Memory:
    """The words of things in SQLite, as the embedded store keeps them, with a revision that grows with each write."""

    def __init__(self, **things: Sequence[Row]) -> None:
        self.connection = apsw.Connection(":memory:")
        for _, step in migrations():
            self.connection.execute(step)
        self.at = 0
        for entity, rows in things.items():
            self.put(entity, rows)

    def put(self, entity: str, rows: Iterable[Row]) -> None:
        searching.index(self.connection, CATALOGUE[entity], rows)
        self.at += 1

    async def revision(self) -> int:
        return self.at

    async def vocabulary(self) -> Sequence[tuple[str, int]]:
        return searching.vocabulary(self.connection)

    async def candidates(
        self, terms: Sequence[Sequence[Term]], entities: frozenset[str] | None
    ) -> tuple[Sequence[Candidate], int]:
        return searching.candidates(self.connection, terms, entities), self.at


def actor(slug: str, name: str, english: str | None = None, description: str | None = None) -> Row:
    return {"id": f"actor:{slug}", "name": name, "nameEn": english, "description": description}


@pytest.fixture
def store() -> Memory:
    """One actor a class for "park", and a little around them.

    whole    Park                          begins   Park Ånäs, Park Älgö        word      Lindholmen Science Park
    near     Parc Bio, Mark AB             described  Johanneberg ("en park")    others    Västra Götalandsregionen, Ελλάδα, Göteborgs Stad
    """
    return Memory(
        Actor=[
            actor("johanneberg", "Johanneberg", description="En park för byggd miljö."),
            actor("mark", "Mark AB"),
            actor("parc", "Parc Bio"),
            actor("lindholmen", "Lindholmen Science Park"),
            actor("algo", "Park Älgö"),
            actor("anas", "Park Ånäs"),
            actor("park", "Park"),
            actor("vgr", "Västra Götalandsregionen", "Region Västra Götaland"),
            actor("ellada", "Ελλάδα"),
            actor("stad", "Göteborgs Stad", "City of Gothenburg"),
        ],
        Source=[{"id": "source:parker", "title": "Stadens parker"}],
    )


async def ids(store: Memory, query: str, kinds: Sequence[NodeKind] | None = None) -> list[str]:
    return [hit.id for hit in (await search(store, query, kinds, 1000, None)).hits]


async def corrected(store: Memory, query: str) -> str | None:
    return (await search(store, query, None, 10, None)).corrected_query


# -------------------------------------------------------------------------------------------------- order
async def test_hits_come_by_class_then_by_swedish_name(store: Memory) -> None:
    """Whoever types a whole name wants that thing first; whoever types a beginning reads an alphabet, with å before ä."""
    assert await ids(store, "park") == [
        "actor:park",
        "actor:anas",
        "actor:algo",
        "actor:lindholmen",
        "source:parker",
        "actor:mark",
        "actor:parc",
        "actor:johanneberg",
    ]


async def test_score_falls_from_one_by_class(store: Memory) -> None:
    """A client may draw a line under the good hits."""
    scores = {hit.id: hit.score for hit in (await search(store, "park", None, 20, None)).hits}

    assert [scores[f"actor:{slug}"] for slug in ("park", "anas", "lindholmen", "mark", "johanneberg")] == [
        1.0,
        0.8,
        0.6,
        0.4,
        0.2,
    ]


async def test_an_english_name_counts_as_a_name(store: Memory) -> None:
    """Half of the readers know the region in English."""
    whole, beginning, word = [
        (await search(store, query, None, 1, None)).hits[0] for query in ("city of gothenburg", "city of", "gothenburg")
    ]

    assert {whole.id, beginning.id, word.id} == {"actor:stad"}
    assert [whole.score, beginning.score, word.score] == [1.0, 0.8, 0.6]


async def test_equal_names_are_ordered_by_id() -> None:
    """Without a last key, pages could repeat a thing."""
    store = Memory(Actor=[actor(slug, "Samma AB") for slug in "cab"])

    assert await ids(store, "samma") == ["actor:a", "actor:b", "actor:c"]


# -------------------------------------------------------------------------------------------------- what matches
@pytest.mark.parametrize("query", ["goteborgs", "GÖTEBORGS", "Göteborgs-Stad", "  göteborgs,  STAD! ", "stad goteb"])
async def test_case_accents_signs_and_order_of_words_do_not_matter(store: Memory, query: str) -> None:
    """People type as they please."""
    assert await ids(store, query, [NodeKind.ACTOR]) == ["actor:stad"]


async def test_all_words_must_match(store: Memory) -> None:
    """A further word narrows."""
    assert await ids(store, "park lindholmen") == ["actor:lindholmen"]
    assert await ids(store, "park volvo") == []


async def test_words_may_match_in_different_fields(store: Memory) -> None:
    """A name and what the thing does, together, are how people remember it; the weaker place decides the class."""
    (hit,) = (await search(store, "johanneberg miljo", None, 10, None)).hits

    assert (hit.id, hit.score) == ("actor:johanneberg", 0.2)


async def test_another_script_is_found(store: Memory) -> None:
    """Partners abroad have names in letters of their own."""
    assert await ids(store, "ΕΛΛ") == ["actor:ellada"]


@pytest.mark.parametrize("query", ["", "   ", "... -- !", '"', "*", "\ud800\x00"])
async def test_a_query_without_words_finds_nothing(store: Memory, query: str) -> None:
    """A search field is empty before the first letter; that is no error."""
    assert await search(store, query, None, 20, None) == SearchResult()


@pytest.mark.parametrize(
    "query",
    [
        '"park" OR stad',
        "park*",
        "NEAR(park stad)",
        "park AND NOT stad",
        "words:park",
        "park -stad",
        "park ^",
        "'; DROP TABLE word; --",
    ],
)
async def test_a_query_is_data(store: Memory, query: str) -> None:
    """Nothing that a person types may be an operator of a store or a way into it."""
    plain = "".join(char if char.isalnum() else " " for char in query)

    assert await search(store, query, None, 20, None) == await search(store, plain, None, 20, None)


# -------------------------------------------------------------------------------------------------- typing errors
@pytest.mark.parametrize("query", ["volvoo", "vlvo", "vulvo", "vovlo"])
async def test_one_error_is_forgiven(query: str) -> None:
    """A letter more, less or other, or two swapped: what fingers do."""
    assert await ids(Memory(Actor=[actor("volvo", "AB Volvo")]), query) == ["actor:volvo"]


@pytest.mark.parametrize("query", ["vlvoo", "vovol"])
async def test_two_errors_in_a_short_word_are_too_many(query: str) -> None:
    """Of five letters, two others make another word."""
    assert await ids(Memory(Actor=[actor("volvo", "AB Volvo")]), query) == []


@pytest.mark.parametrize("query", ["lindholmmenn", "lndholmn", "linhdolmne", "lundholmin"])
async def test_two_errors_are_forgiven_from_eight_letters_on(query: str) -> None:
    """Long words are mistyped more than once, and still are no other word."""
    store = Memory(Actor=[actor("lindholmen", "Lindholmen Science Park")])

    assert await ids(store, query) == ["actor:lindholmen"]
    assert await corrected(store, query) == "lindholmen"


async def test_two_errors_in_seven_letters_are_too_many() -> None:
    """The line stands at eight."""
    store = Memory(Actor=[actor("gamla", "Kemigruppen"), actor("sju", "Handels")])

    assert await ids(store, "hndels") == ["actor:sju"]
    assert await ids(store, "hanedsl") == []


async def test_a_short_word_is_corrected_only_where_nothing_begins_with_it() -> None:
    """Most words of three letters are one error from each other: "gu" is no "gr". What begins nothing would find nothing otherwise."""
    store = Memory(Actor=[actor("gr", "GR"), actor("gu", "GU")])

    assert await ids(store, "gr") == ["actor:gr"]
    assert await ids(store, "gx") == ["actor:gr", "actor:gu"]


async def test_a_number_is_corrected_only_where_nothing_begins_with_it() -> None:
    """The agreement of 2018 is not that of 2017."""
    store = Memory(Actor=[actor("a", "Avtal 2017"), actor("b", "Avtal 2018")])

    assert await ids(store, "avtal 2018") == ["actor:b"]
    assert await ids(store, "avtal 2019") == ["actor:a", "actor:b"]


async def test_a_word_that_begins_something_is_not_corrected(store: Memory) -> None:
    """Near words are found too, but the reader is told of a correction only where there was an error."""
    assert await corrected(store, "park") is None


async def test_a_corrected_query_keeps_its_other_words(store: Memory) -> None:
    """What is shown as "did you mean" can be asked again."""
    again = await corrected(store, "lindholmn park")

    assert again == "lindholmen park"
    assert await ids(store, again) == await ids(store, "lindholmn park")


async def test_the_nearest_then_most_frequent_then_first_word_is_the_correction() -> None:
    """What stands in many names was probably meant."""
    store = Memory(Actor=[actor("a", "Bilar"), actor("b", "Bolar"), actor("c", "Bolar igen"), actor("d", "Balar")])

    assert await corrected(store, "bxlar") == "bolar"
    store.put("Actor", [actor("c", "Igen")])
    assert await corrected(store, "bxlar") == "balar"


async def test_nothing_is_corrected_where_one_word_is_near_nothing(store: Memory) -> None:
    """Half a correction would still find nothing."""
    assert await search(store, "lindholmn xyzzyq", None, 20, None) == SearchResult()


async def test_a_written_name_is_known_at_the_next_search(store: Memory) -> None:
    """The vocabulary is kept by revision; a kept old one would hide what was just written."""
    assert await corrected(store, "nytknik") is None
    store.put("Actor", [actor("nyteknik", "Nyteknik")])
    assert await corrected(store, "nytknik") == "nyteknik"


@given(
    st.text("abcå1", min_size=1, max_size=9),
    st.lists(st.text("abc1", min_size=1, max_size=9), unique=True, max_size=30),
)
async def test_corrections_are_all_words_within_the_errors(word: str, known: list[str]) -> None:
    """The buckets by length are a short cut; the plain distance over all words is what is meant."""
    vocabulary = Vocabulary(1, [(text, 1) for text in known])
    errors = 2 if len(word) >= 8 else 1
    short_or_number = len(word) <= 3 or "1" in word
    spared = short_or_number and any(text.startswith(word) for text in known)
    expected = (
        set() if spared else {text for text in known if distance(word, text) <= errors and not text.startswith(word)}
    )

    assert set((await vocabulary.near([word]))[word]) == expected


def distance(a: str, b: str) -> int:
    """Letters to insert, delete or replace, or neighbours to swap, by the plain recurrence (Damerau 1964, each letter changed once)."""
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


# -------------------------------------------------------------------------------------------------- kinds and limits
async def test_only_asked_kinds_are_found(store: Memory) -> None:
    """A field that chooses an actor offers no source."""
    assert await ids(store, "parker", [NodeKind.SOURCE]) == ["source:parker"]
    assert await ids(store, "lindholmen", [NodeKind.SOURCE, NodeKind.CHALLENGE]) == []
    assert await ids(store, "park", []) == []


@pytest.mark.parametrize("kind", [NodeKind.COLLABORATION, NodeKind.AFFILIATION, NodeKind.PARTICIPATION])
async def test_a_kind_that_is_no_hit_is_refused_with_those_that_are(store: Memory, kind: NodeKind) -> None:
    """Silence would look like "nothing found"."""
    with pytest.raises(BadValue) as refused:
        await search(store, "park", [NodeKind.ACTOR, kind], 20, None)

    assert kind.value in refused.value.message
    assert all(can.value in str(refused.value.hint) for can in ENTITIES)


def test_every_kind_with_a_name_can_be_asked_for() -> None:
    """The union of hits in the contract has these kinds."""
    assert set(NodeKind) - set(ENTITIES) == {NodeKind.COLLABORATION, NodeKind.AFFILIATION, NodeKind.PARTICIPATION}


@pytest.mark.parametrize("query", ["a" * (QUERY_LENGTH_MAX + 1), "ab " * (WORDS_MAX + 1), "x" * 100_000, "ord " * 1000])
async def test_a_query_that_is_too_long_is_refused(store: Memory, query: str) -> None:
    """Each word costs a look through the vocabulary."""
    with pytest.raises(BadValue):
        await search(store, query, None, 20, None)


async def test_the_longest_query_is_answered(store: Memory) -> None:
    """The limit names what is still allowed."""
    words = "parkx " * WORDS_MAX

    assert await ids(store, "a" * QUERY_LENGTH_MAX) == []
    assert (await search(store, words, None, 20, None)).corrected_query == words.replace("x", "").strip()


@pytest.mark.parametrize("first", [-1, 1001])
async def test_a_page_out_of_bounds_is_refused(store: Memory, first: int) -> None:
    """The same bounds as of every connection."""
    with pytest.raises(BadPage):
        await search(store, "park", None, first, None)


# -------------------------------------------------------------------------------------------------- pages
async def test_pages_hold_each_hit_once_in_the_same_order(store: Memory) -> None:
    """Paging must neither repeat nor leave out."""
    whole = await search(store, "park", None, 1000, None)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = await search(store, "park", None, 3, after)
        seen += [hit.id for hit in page.hits]
        assert (page.total_count, page.has_previous_page) == (whole.total_count, after is not None)
        if not page.has_next_page:
            break
        after = page.end_cursor

    assert seen == [hit.id for hit in whole.hits]
    assert whole.total_count == len(seen) == 8


async def test_a_page_of_none_says_whether_there_is_more(store: Memory) -> None:
    """first: 0 asks for the total alone."""
    page = await search(store, "park", None, 0, None)

    assert (len(page.hits), page.total_count, page.has_next_page) == (0, 8, True)
    assert page.start_cursor is page.end_cursor is None


async def test_a_cursor_stays_while_things_come_and_go(store: Memory) -> None:
    """The reader goes on where they were, even when the thing they stopped at was deleted."""
    first = await search(store, "park", None, 2, None)
    searching.forget(store.connection, first.hits[1].id)
    store.put("Actor", [actor("aaa", "Park Aa")])
    second = await search(store, "park", None, 2, first.end_cursor)

    assert [hit.id for hit in second.hits] == ["actor:algo", "actor:lindholmen"]


@pytest.mark.parametrize("damage", ["", "x", "00000000", "zz" * 20, "00000000" + b'[1,"a","b"]'.hex(), "é" * 12])
async def test_a_malformed_cursor_is_refused(store: Memory, damage: str) -> None:
    """A page from somewhere would look like a page from the right place."""
    with pytest.raises(BadCursor):
        await search(store, "park", None, 2, damage)


async def test_a_cursor_of_another_query_is_refused(store: Memory) -> None:
    """The class of a hit belongs to its query; elsewhere it would point anywhere."""
    end = (await search(store, "park", None, 2, None)).end_cursor
    with pytest.raises(BadCursor):
        await search(store, "stad", None, 2, end)
    with pytest.raises(BadCursor):
        await search(store, "park", [NodeKind.ACTOR], 2, end)

    assert (await search(store, " PARK ", None, 2, end)).has_previous_page
