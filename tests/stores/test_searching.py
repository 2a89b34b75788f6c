"""The store side of search: what is indexed, found and forgotten, on a connection in memory."""

from collections.abc import Iterator

import apsw
import pytest

from graph_api.model.catalogue import ACTOR, COLLABORATION, SOURCE
from graph_api.model.search import Candidate, Term
from graph_api.model.text import sort_key
from graph_api.stores.sqlite import searching


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    """Three actors and a source.

    actor:chalmers  Chalmers tekniska högskola / Chalmers University of Technology; description: Utbildar ingenjörer.
    actor:ale       Ale kommun
    actor:odos      Οδός ΑΕ
    source:ale      Ale i siffror
    """
    connection = apsw.Connection(":memory:")
    connection.execute(searching.DDL)
    chalmers = {
        "id": "actor:chalmers",
        "name": "Chalmers tekniska högskola",
        "nameEn": "Chalmers University of Technology",
        "description": "Utbildar ingenjörer.",
        "website": "https://www.chalmers.se",
    }
    rows = [chalmers, {"id": "actor:ale", "name": "Ale kommun"}, {"id": "actor:odos", "name": "Οδός ΑΕ"}]
    searching.index(connection, ACTOR, rows)
    searching.index(connection, SOURCE, [{"id": "source:ale", "title": "Ale i siffror", "publisher": "Kommunen"}])
    yield connection
    connection.close()


def found(connection: apsw.Connection, *terms: list[Term], entities: frozenset[str] | None = None) -> set[str]:
    return {candidate.id for candidate in searching.candidates(connection, terms, entities)}


def begins(text: str) -> list[Term]:
    return [Term(text, beginning=True)]


@pytest.mark.parametrize("beginning", ["c", "ch", "chal", "hogsk", "universi", "ingenj"])
def test_a_words_beginning_finds_it_in_name_english_name_and_description(
    connection: apsw.Connection, beginning: str
) -> None:
    """People stop typing when they see what they meant; one letter must do."""
    assert found(connection, begins(beginning)) == {"actor:chalmers"}


def test_a_word_that_is_no_beginning_is_matched_whole(connection: apsw.Connection) -> None:
    """A correction stands for one word of the vocabulary, not for all that begin with it."""
    assert found(connection, [Term("tekniska")]) == {"actor:chalmers"}
    assert found(connection, [Term("teknisk")]) == set()


def test_all_groups_must_match_and_one_term_of_each(connection: apsw.Connection) -> None:
    """Each further word narrows; a word and its corrections are one wish."""
    assert found(connection, begins("ale"), begins("kommun")) == {"actor:ale"}
    assert found(connection, [Term("alf"), Term("ale")]) == {"actor:ale", "source:ale"}


def test_no_group_and_an_empty_group_find_nothing(connection: apsw.Connection) -> None:
    """FTS5 calls an empty query a syntax error."""
    assert found(connection) == set()
    assert found(connection, begins("ale"), []) == set()


def test_only_asked_entities_are_found(connection: apsw.Connection) -> None:
    """A list of actors to choose from must not offer sources."""
    assert found(connection, begins("ale"), entities=frozenset({"Source"})) == {"source:ale"}
    assert found(connection, begins("ale"), entities=frozenset()) == set()


def test_another_script_is_found_in_any_case(connection: apsw.Connection) -> None:
    """Partners abroad have names in letters of their own."""
    assert found(connection, begins("οδο")) == {"actor:odos"}


@pytest.mark.parametrize(
    "text", ['"', 'a" OR "ale', "ale*", "NEAR(ale kommun)", "words:ale", "-ale", "^ale", "(", "ale + kommun"]
)
def test_a_term_is_never_syntax(connection: apsw.Connection, text: str) -> None:
    """What is quoted is data; an operator in it would be an error, or find what was not asked for."""
    assert found(connection, [Term(text)]) <= found(connection, [Term("ale")])


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR"])
def test_an_operators_name_is_a_word_like_others(connection: apsw.Connection, operator: str) -> None:
    """Names hold these words: English ones too."""
    searching.index(connection, ACTOR, [{"id": "actor:new", "name": f"{operator} AB"}])

    assert found(connection, begins(operator.lower())) == {"actor:new"}


def test_a_candidate_brings_what_its_rank_is_made_of(connection: apsw.Connection) -> None:
    """Ranking reads no thing; one statement must do."""
    (candidate,) = searching.candidates(connection, [begins("chalmers")], None)

    assert candidate == Candidate(
        "Actor",
        "actor:chalmers",
        "chalmers tekniska hogskola",
        "chalmers university of technology",
        sort_key("Chalmers tekniska högskola"),
    )


def test_fields_that_are_not_searched_find_nothing(connection: apsw.Connection) -> None:
    """The catalogue says what is searched; a publisher or an address would bring noise."""
    assert found(connection, begins("kommunen")) == set()
    assert found(connection, begins("www")) == set()


def test_an_entity_without_searched_fields_leaves_no_trace(connection: apsw.Connection) -> None:
    """The writer hands over every entity's rows; a tie has no name."""
    before = searching.vocabulary(connection)
    searching.index(connection, COLLABORATION, [{"id": "collaboration:a:b", "evidence": "ale"}])

    assert searching.vocabulary(connection) == before


def test_the_vocabulary_counts_things_not_occurrences(connection: apsw.Connection) -> None:
    """How often a word stands in one text says nothing on how likely it was meant."""
    known = dict(searching.vocabulary(connection))

    assert known["ale"] == 2
    assert known["chalmers"] == 1
    assert list(known) == sorted(known)


def test_a_renamed_thing_is_found_by_its_new_name_alone(connection: apsw.Connection) -> None:
    """A name that is gone must neither find nor correct."""
    searching.index(connection, ACTOR, [{"id": "actor:ale", "name": "Lerums kommun"}])

    assert found(connection, begins("lerum")) == {"actor:ale"}
    assert found(connection, begins("ale")) == {"source:ale"}
    assert dict(searching.vocabulary(connection))["ale"] == 1


def test_a_forgotten_thing_takes_its_words_with_it(connection: apsw.Connection) -> None:
    """A deleted thing in a list of hits cannot be read."""
    searching.forget(connection, "actor:chalmers")
    searching.forget(connection, "actor:nobody")

    assert found(connection, begins("chalmers")) == set()
    assert not {"chalmers", "ingenjorer"} & dict(searching.vocabulary(connection)).keys()


def test_the_full_text_index_drops_the_words_of_a_forgotten_thing(connection: apsw.Connection) -> None:
    """Rows that lead to no thing are never found, but would be walked by each search and fill the file."""
    searching.forget(connection, "source:ale")

    assert connection.execute("SELECT rowid FROM search WHERE search MATCH ?", ('"siffror"',)).fetchall() == []


def test_a_number_that_is_used_again_finds_only_the_new_thing(connection: apsw.Connection) -> None:
    """SQLite gives a new row the number of the last one deleted; old words under it would find the wrong thing."""
    searching.forget(connection, "source:ale")
    searching.index(connection, ACTOR, [{"id": "actor:new", "name": "Nytt AB"}])

    assert found(connection, begins("siffror")) == set()
    assert found(connection, begins("nytt")) == {"actor:new"}


def test_of_two_rows_of_a_thing_the_later_counts(connection: apsw.Connection) -> None:
    """A file may hold a thing twice; counts taken twice would never go down again."""
    searching.index(connection, ACTOR, [{"id": "actor:x", "name": "Förr"}, {"id": "actor:x", "name": "Nu"}])

    known = dict(searching.vocabulary(connection))
    assert "forr" not in known
    assert known["nu"] == 1


def test_what_was_indexed_in_several_steps_equals_what_was_indexed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bulk loads go in chunks; their borders must not show."""
    rows = [{"id": f"actor:{number % 70}", "name": f"Bolag {number} AB"} for number in range(100)]

    def indexed(at_once: int) -> tuple[list[tuple[str, int]], set[str]]:
        monkeypatch.setattr(searching, "ROWS_AT_ONCE", at_once)
        connection = apsw.Connection(":memory:")
        connection.execute(searching.DDL)
        searching.index(connection, ACTOR, rows)
        return searching.vocabulary(connection), found(connection, begins("bolag"))

    assert indexed(7) == indexed(1000)
