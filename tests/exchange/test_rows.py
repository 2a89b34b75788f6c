"""Columns and cells, as the catalogue makes them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_api.errors import BadValue
from graph_api.exchange.rows import DATE, FILES, Column, tie_id
from graph_api.model.catalogue import CATALOGUE, PAIRS
from graph_api.model.values import span

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
"""Texts that a cell may hold."""


def column(file: str, name: str) -> Column:
    return next(column for column in FILES[file].columns if column.name == name)


def test_each_entity_and_each_link_that_no_file_lists_has_a_file() -> None:
    """What has no file is lost on export."""
    expected = {f"{entity.plural}.csv" for entity in CATALOGUE.values()} | {
        f"{pair.name}.csv" for pair in PAIRS if not pair.listed_as
    }

    assert set(FILES) == expected


@pytest.mark.parametrize("entity", CATALOGUE)
def test_each_fact_and_reference_of_an_entity_has_a_column(entity: str) -> None:
    """A fact that is added to the catalogue must not be forgotten here; only an id that the slug tells is not written."""
    of = CATALOGUE[entity]
    facts = {field.name for field in of.fields} - {"position"} - (set() if of.ends else {"id"})
    named = (
        facts
        | {one.name for one in of.ones}
        | {pair.listed_as for pair in PAIRS if pair.left[1] == of.name and pair.listed_as}
    )

    assert named <= set(FILES[f"{of.plural}.csv"].header)


def test_a_tie_begins_with_its_id_and_its_ends() -> None:
    """That is what a person looks for first in a file of ties."""
    assert FILES["affiliations.csv"].header[:4] == ["id", "from", "to", "kind"]


def test_the_id_of_a_tie_is_made_as_the_contract_says() -> None:
    """Clients keep ids: a tie that is loaded again must get the same one."""
    ends = {"from": "actor:a", "to": "actor:b", "kind": "KNOWLEDGE_EXCHANGE"}
    part = {"actor": "actor:a", "initiative": "initiative:i", "role": "LEAD", "since": "2018"}

    assert tie_id(CATALOGUE["Collaboration"], ends) == "collaboration:a:b:knowledge_exchange"
    assert (
        tie_id(CATALOGUE["Affiliation"], {**ends, "kind": "OWNER", "since": "2018-04"})
        == "affiliation:a:b:owner:2018-04"
    )
    assert tie_id(CATALOGUE["Participation"], part) == "participation:a:i"


@given(st.lists(TEXTS, max_size=4))
@example(["a;b", "c\\", "\\;"])
def test_a_list_of_texts_is_read_back_as_it_was_written(texts: list[str]) -> None:
    """Areas of an agreement may hold the mark that separates them."""
    areas = column("agreements.csv", "areas")

    assert areas.read(areas.write(texts)) == texts


@given(st.floats(0.001, 1e9))
@example(1e9)
@example(0.001)
def test_a_number_is_written_to_its_decimals_without_an_exponent(value: float) -> None:
    """1e-05 is no number to a spreadsheet, and a number that changes when it is read again changes the graph."""
    strength = column("collaborations.csv", "strength")
    text = strength.write(value)

    assert re.fullmatch(r"\d+(\.\d{0,2}[1-9])?", text)
    assert strength.read(text) == round(value, 3)


@given(st.from_regex(DATE, fullmatch=True).filter(str.isascii))
def test_the_pattern_of_dates_takes_only_what_is_shaped_as_one(text: str) -> None:
    """The data package says with it what a date is; only the number of days in a month is beyond a pattern."""
    year_unknown, day_beyond = text[:4] == "0000", text[8:] > "28"
    if not year_unknown and not day_beyond:
        assert span(text)


@pytest.mark.parametrize(
    ("file", "name", "text"),
    [
        ("actors.csv", "slug", "Chalmers"),
        ("actors.csv", "slug", "a--b"),
        ("actors.csv", "name", " Chalmers"),
        ("actors.csv", "name", "Chal\u0007mers"),
        ("actors.csv", "name", "Chal\nmers"),
        ("actors.csv", "foundedIn", "1829.0"),
        ("actors.csv", "foundedIn", "year"),
        ("actors.csv", "foundedIn", "01829"),
        ("actors.csv", "population", "-1"),
        ("actors.csv", "employees", "99999999999999999999"),
        ("actors.csv", "longitude", "180.1"),
        ("actors.csv", "latitude", "NaN"),
        ("actors.csv", "latitude", "57,7"),
        ("actors.csv", "regionWide", "yes"),
        ("actors.csv", "kind", "business"),
        ("actors.csv", "industries", "a;;b"),
        ("actors.csv", "industries", "a\\b"),
        ("actors.csv", "municipality", "actor:ale"),
        ("actors.csv", "sources", "a;"),
        ("collaborations.csv", "id", "collaboration chalmers"),
        ("collaborations.csv", "since", "2018-13"),
        ("collaborations.csv", "since", "18"),
        ("collaborations.csv", "strength", "0"),
        ("collaborations.csv", "strength", "1e3"),
    ],
)
def test_a_cell_of_another_form_is_refused_with_a_hint(file: str, name: str, text: str) -> None:
    """What is not understood is never guessed at."""
    with pytest.raises(BadValue) as refused:
        column(file, name).read(text)

    assert refused.value.hint


@pytest.mark.parametrize("file", FILES)
def test_an_empty_cell_is_the_unknown_or_an_empty_list(file: str) -> None:
    """The unknown is never 0, false or an empty text."""
    columns = FILES[file].columns

    assert all(one.read("") in (None, []) for one in columns)
    assert all(one.write(one.read("")) == "" for one in columns)
