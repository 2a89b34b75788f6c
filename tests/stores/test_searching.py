"""The store side of search: what is indexed, found and forgotten, on every store; and on a connection in memory what only SQLite can get wrong."""

from collections.abc import Iterator

import apsw
import pytest

from graph_api.model.catalogue import ACTOR, COLLABORATION, SOURCE
from graph_api.model.changes import Batch
from graph_api.model.search import Candidate, Term
from graph_api.model.text import sort_key
from graph_api.stores.base import Store
from graph_api.stores.sqlite import searching
from graph_api.stores.sqlite.store import migrations
from tests.region import actor, collaboration
from tests.stores.backends import Backend, Shelf

asynchronous = pytest.mark.asyncio(loop_scope="session")

OPERATORS = ("AND", "OR", "NOT", "NEAR")
THINGS = Batch(
    {
        "Source": [{"id": "source:ale", "slug": "ale", "title": "Ale i siffror", "publisher": "Kommunen"}],
        "Actor": [
            actor(
                "chalmers",
                "Chalmers tekniska högskola",
                "UNIVERSITY",
                "ACADEMIA",
                nameEn="Chalmers University of Technology",
                description="Utbildar ingenjörer.",
                website="https://www.chalmers.se",
                sources=[],
            ),
            actor("ale", "Ale kommun", "MUNICIPALITY", "GOVERNMENT", sources=[]),
            actor("odos", "Οδός ΑΕ", "BUSINESS", "INDUSTRY", sources=[]),
            *(actor(word.lower(), f"{word} AB", "BUSINESS", "INDUSTRY", sources=[]) for word in OPERATORS),
        ],
        "Collaboration": [collaboration("ale", "odos", "OTHER", evidence="ale odoska", sources=[])],
    }
)
"""
actor:chalmers  Chalmers tekniska högskola / Chalmers University of Technology; description: Utbildar ingenjörer.
actor:ale       Ale kommun
actor:odos      Οδός ΑΕ
actor:and …     AND AB, OR AB, NOT AB, NEAR AB
source:ale      Ale i siffror
and a tie whose evidence no search looks at
"""


async def filled(shelf: Shelf) -> Store:
    backend, _ = await shelf.take("search", lambda: THINGS, written=True)
    return backend.store


async def found(store: Store, *terms: list[Term], entities: frozenset[str] | None = None) -> set[str]:
    return {candidate.id for candidate in (await store.candidates(terms, entities))[0]}


def begins(text: str) -> list[Term]:
    return [Term(text, beginning=True)]


# ------------------------------------------------------------------------------------------------ every store
@asynchronous
@pytest.mark.parametrize("beginning", ["c", "ch", "chal", "hogsk", "universi", "ingenj"])
async def test_a_words_beginning_finds_it_in_name_english_name_and_description(shelf: Shelf, beginning: str) -> None:
    """People stop typing when they see what they meant; one letter must do."""
    assert await found(await filled(shelf), begins(beginning)) == {"actor:chalmers"}


@asynchronous
async def test_a_word_that_is_no_beginning_is_matched_whole(shelf: Shelf) -> None:
    """A correction stands for one word of the vocabulary, not for all that begin with it."""
    store = await filled(shelf)

    assert await found(store, [Term("tekniska")]) == {"actor:chalmers"}
    assert await found(store, [Term("teknisk")]) == set()


@asynchronous
async def test_all_groups_must_match_and_one_term_of_each(shelf: Shelf) -> None:
    """Each further word narrows; a word and its corrections are one wish."""
    store = await filled(shelf)

    assert await found(store, begins("ale"), begins("kommun")) == {"actor:ale"}
    assert await found(store, [Term("alf"), Term("ale")]) == {"actor:ale", "source:ale"}


@asynchronous
async def test_no_group_and_an_empty_group_find_nothing(shelf: Shelf) -> None:
    """Full-text indexes call an empty query a syntax error."""
    store = await filled(shelf)

    assert await found(store) == set()
    assert await found(store, begins("ale"), []) == set()


@asynchronous
async def test_only_asked_entities_are_found(shelf: Shelf) -> None:
    """A list of actors to choose from must not offer sources."""
    store = await filled(shelf)

    assert await found(store, begins("ale"), entities=frozenset({"Source"})) == {"source:ale"}
    assert await found(store, begins("ale"), entities=frozenset()) == set()


@asynchronous
async def test_another_script_is_found_in_any_case(shelf: Shelf) -> None:
    """Partners abroad have names in letters of their own."""
    assert await found(await filled(shelf), begins("οδο")) == {"actor:odos"}


@asynchronous
@pytest.mark.parametrize(
    "text",
    ['"', 'a" OR "ale', "ale*", "NEAR(ale kommun)", "words:ale", "-ale", "^ale", "(", "ale + kommun", "al?", "ale~"],
)
async def test_a_term_is_never_syntax(shelf: Shelf, text: str) -> None:
    """What is quoted is data; an operator in it would be an error, or find what was not asked for."""
    store = await filled(shelf)

    assert await found(store, [Term(text)]) <= await found(store, [Term("ale")])
    assert await found(store, begins(text)) <= await found(store, [Term("ale")])


@asynchronous
@pytest.mark.parametrize("operator", OPERATORS)
async def test_an_operators_name_is_a_word_like_others(shelf: Shelf, operator: str) -> None:
    """Names hold these words: English ones too."""
    store = await filled(shelf)

    assert await found(store, begins(operator.lower())) == {f"actor:{operator.lower()}"}
    assert await found(store, [Term(operator.lower())], begins("ab")) == {f"actor:{operator.lower()}"}


@asynchronous
async def test_a_candidate_brings_what_its_rank_is_made_of(shelf: Shelf) -> None:
    """Ranking reads no thing; one statement must do."""
    ((candidate,), _) = await (await filled(shelf)).candidates([begins("chalmers")], None)

    assert candidate == Candidate(
        "Actor",
        "actor:chalmers",
        "chalmers tekniska hogskola",
        "chalmers university of technology",
        sort_key("Chalmers tekniska högskola"),
    )


@asynchronous
async def test_a_thing_that_is_named_by_a_title_is_a_candidate_like_others(shelf: Shelf) -> None:
    """A source has a title, no name; no English one either."""
    ((candidate,), _) = await (await filled(shelf)).candidates([begins("siffror")], None)

    assert candidate == Candidate("Source", "source:ale", "ale i siffror", "", sort_key("Ale i siffror"))


@asynchronous
async def test_fields_that_are_not_searched_find_nothing(shelf: Shelf) -> None:
    """The catalogue says what is searched; a publisher, an address or the evidence of a tie would bring noise."""
    store = await filled(shelf)

    for text in ("kommunen", "www", "odoska"):
        assert await found(store, begins(text)) == set()
        assert text not in dict(await store.vocabulary())


@asynchronous
async def test_the_vocabulary_counts_things_not_occurrences(shelf: Shelf) -> None:
    """How often a word stands in one text says nothing on how likely it was meant."""
    known = dict(await (await filled(shelf)).vocabulary())

    assert known["ale"] == 2
    assert known["chalmers"] == 1
    assert list(known) == sorted(known)


@asynchronous
async def test_a_renamed_thing_is_found_by_its_new_name_alone(backend: Backend) -> None:
    """A name that is gone must neither find nor correct."""
    store = backend.store
    await store.write(THINGS, None, "test")

    renamed = actor("ale", "Lerums kommun", "MUNICIPALITY", "GOVERNMENT", sources=[])
    await store.write(Batch({"Actor": [renamed]}), None, "test")

    assert await found(store, begins("lerum")) == {"actor:ale"}
    assert await found(store, begins("ale")) == {"source:ale"}
    assert dict(await store.vocabulary())["ale"] == 1


@asynchronous
async def test_a_deleted_thing_takes_its_words_with_it(backend: Backend) -> None:
    """A deleted thing in a list of hits cannot be read."""
    store = backend.store
    await store.write(THINGS, None, "test")

    await store.write(Batch(deleted=["actor:chalmers"]), None, "test")

    assert await found(store, begins("chalmers")) == set()
    assert not {"chalmers", "ingenjorer"} & dict(await store.vocabulary()).keys()


@asynchronous
async def test_of_two_rows_of_a_thing_the_later_counts(backend: Backend) -> None:
    """A file may hold a thing twice; counts taken twice would never go down again."""
    rows = [actor("x", name, "OTHER", "HYBRID", sources=[]) for name in ("Förr", "Nu")]
    await backend.store.write(Batch({"Actor": rows}), None, "test")

    known = dict(await backend.store.vocabulary())
    assert "forr" not in known
    assert known["nu"] == 1


# ------------------------------------------------------------------------------------------------ SQLite
@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    """The words of Ale kommun and of the source Ale i siffror."""
    connection = apsw.Connection(":memory:")
    for _, step in migrations():
        connection.execute(step)
    searching.index(connection, ACTOR, [{"id": "actor:ale", "name": "Ale kommun"}])
    searching.index(connection, SOURCE, [{"id": "source:ale", "title": "Ale i siffror", "publisher": "Kommunen"}])
    yield connection
    connection.close()


def found_there(connection: apsw.Connection, terms: list[Term]) -> set[str]:
    return {candidate.id for candidate in searching.candidates(connection, [terms], None)}


def test_an_entity_without_searched_fields_leaves_no_trace(connection: apsw.Connection) -> None:
    """The writer hands over every entity's rows; a tie has no name."""
    before = searching.vocabulary(connection)
    searching.index(connection, COLLABORATION, [{"id": "collaboration:a:b", "evidence": "ale"}])

    assert searching.vocabulary(connection) == before


def test_the_full_text_index_drops_the_words_of_a_forgotten_thing(connection: apsw.Connection) -> None:
    """Rows that lead to no thing are never found, but would be walked by each search and fill the file."""
    searching.forget(connection, "source:ale")

    assert connection.execute("SELECT rowid FROM search WHERE search MATCH ?", ('"siffror"',)).fetchall() == []


def test_a_number_that_is_used_again_finds_only_the_new_thing(connection: apsw.Connection) -> None:
    """SQLite gives a new row the number of the last one deleted; old words under it would find the wrong thing."""
    searching.forget(connection, "source:ale")
    searching.index(connection, ACTOR, [{"id": "actor:new", "name": "Nytt AB"}])

    assert found_there(connection, begins("siffror")) == set()
    assert found_there(connection, begins("nytt")) == {"actor:new"}


def test_what_was_indexed_in_several_steps_equals_what_was_indexed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bulk loads go in chunks; their borders must not show."""
    rows = [{"id": f"actor:{number % 70}", "name": f"Bolag {number} AB"} for number in range(100)]

    def indexed(at_once: int) -> tuple[list[tuple[str, int]], set[str]]:
        monkeypatch.setattr(searching, "ROWS_AT_ONCE", at_once)
        connection = apsw.Connection(":memory:")
        for _, step in migrations():
            connection.execute(step)
        searching.index(connection, ACTOR, rows)
        return searching.vocabulary(connection), found_there(connection, begins("bolag"))

    assert indexed(7) == indexed(1000)
