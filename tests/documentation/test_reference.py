"""Pages that are made from the code are those that the code makes now."""

from pathlib import Path

import asked
import pytest
import reference
from graphql import TypeInfo, TypeInfoVisitor, parse, visit

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_page_is_as_the_code_makes_it(name: str) -> None:
    """A page that lags behind the code misleads; `python scripts/reference.py` makes it again."""
    committed = (COMMITTED / name).read_text("utf-8")

    assert committed == reference.PAGES[name]()


def test_every_member_of_the_api_is_asked_by_a_test() -> None:
    """What no test asks is a promise that nobody keeps an eye on; `docs/reference/tested.md` has the table."""
    assert [member for member, place in asked.asked().items() if place is None] == []


def test_what_no_test_asks_is_found() -> None:
    """A check that cannot fail is none."""
    assert asked.place_of({"Actor.name": "a test"}, "Municipality.name") == "a test"
    assert asked.place_of({"Actor.name(language:)": "a test"}, "Business.name(language:)") == "a test"
    assert asked.place_of({"Actor.name": "a test"}, "Municipality.name(language:)") is None
    assert asked.place_of({"Actor.name": "a test"}, "Municipality.code") is None
    assert asked.place_of({"Helix.HYBRID": "a test"}, "Helix.CAPITAL") is None


def test_members_are_read_from_documents_and_their_variables() -> None:
    """Of an input that stands in a variable, what its value holds counts, and no more."""
    document = parse("query ($where: ActorWhere) { actors(where: $where, orderBy: [{ name: DESC }]) { totalCount } }")
    types = TypeInfo(asked.SCHEMA)
    members = asked.Members(types)
    visit(document, TypeInfoVisitor(types, members))

    assert members.met == {
        "Query.actors",
        "Query.actors(where:)",
        "Query.actors(orderBy:)",
        "ActorOrder.name",
        "SortDirection.DESC",
        "ActorConnection.totalCount",
    }
    value = {"kind": {"in": ["CLUSTER"]}, "OR": [{"municipality": {"code": {"eq": "1440"}}}]}
    assert set(asked.given(asked.SCHEMA.type_map["ActorWhere"], value)) == {
        "ActorWhere.kind",
        "ActorKindFilter.in",
        "ActorKind.CLUSTER",
        "ActorWhere.OR",
        "ActorWhere.municipality",
        "ActorWhere.code",
        "StringFilter.eq",
    }
