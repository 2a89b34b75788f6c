"""The schema that answers operations: what passes by Strawberry, what is kept, what is refused before anything is read."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest
from graphql import DocumentNode, GraphQLError, parse

from graph_api.plan import bounds as bounds_of
from graph_api.plan.bounds import Bounds
from graph_api.plan.cache import BYTES_A_CHARACTER, BYTES_A_FIELD, PLANS_A_DOCUMENT, Document, Documents
from graph_api.plan.select import Limits
from graph_api.schema.planned import Completing
from tests.operations.region import Region, opened

BY_SLUG = "query ($slug: String!) { actor(slug: $slug) { name } }"
FILTERED = "query ($where: ActorWhere) { actors(where: $where) { totalCount } }"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with opened(tmp_path_factory.mktemp("region")) as region:
        yield region


def errors(region: Region, document: str, variables: dict[str, Any] | None = None) -> list[GraphQLError]:
    result = region.runner.run(region.schema.execute(document, variables, region.context))
    assert result.data is None
    return list(result.errors or ())


def documents(region: Region, bytes_max: int = 1_000_000) -> Documents:
    schema, store = region.schema._schema, region.store
    return Documents(schema, store.compile, limits=Limits(), depth_max=10, bounds=Bounds(), bytes_max=bytes_max)


# ------------------------------------------------------------------------------------------------ references
def test_the_private_name_that_is_used_is_still_there() -> None:
    """graphql-core may rename what is private. Then: no id of a computed answer becomes a thing, and `Completing` in
    schema/planned.py has to be tied to what takes the place of `complete_value(return_type, details, info, path, result)`.
    """
    owners = [owner for owner in Completing.__mro__[1:] if "complete_value" in vars(owner)]
    assert owners, "no class of graphql-core that Completing inherits from has complete_value"
    parameters = list(inspect.signature(vars(owners[-1])["complete_value"]).parameters)

    assert owners[-1].__module__.startswith("graphql.execution")
    assert parameters[:6] == ["self", "return_type", "field_details_list", "info", "path", "result"]


def test_things_that_a_computed_answer_names_are_read_by_one_statement(region: Region) -> None:
    """However many hits, ties and actors: nobody waits for a read a thing."""
    document = """{
      search(query: "chalmers", first: 10, types: [ACTOR]) { nodes { ... on Actor { name municipality { name } } } }
      neighbourhood(of: ["actor:chalmers"], first: 20) { actors { slug } ties { from { name } joinedBy { __typename } } }
    }"""
    answer, statements = region.ask(document)

    assert all(node["name"] for node in answer["data"]["search"]["nodes"])
    assert len(answer["data"]["neighbourhood"]["actors"]) == 20
    assert [what for what, _ in statements] == ["references"]


def test_a_thing_is_shown_as_its_own_type(region: Region) -> None:
    """A fragment on a concrete type holds for what search finds, as it does for what is planned."""
    document = '{ search(query: "volvo cars", first: 1, types: [ACTOR]) { nodes { __typename ... on Business { slug } ... on Cluster { id } } } }'
    answer, _ = region.ask(document)

    assert answer["data"]["search"]["nodes"] == [{"__typename": "Business", "slug": "volvo-cars"}]


# ------------------------------------------------------------------------------------------------ inputs
@pytest.mark.parametrize("order", ["{ name: ASC, id: ASC }", "{}", "{ name: null }"])
def test_an_order_has_one_key_in_literals(region: Region, order: str) -> None:
    """Two keys in one object have no order among themselves."""
    (error,) = errors(region, f"{{ actors(orderBy: [{order}]) {{ totalCount }} }}")

    assert "exactly one field" in error.message
    assert error.locations


@pytest.mark.parametrize("order", [{"name": "ASC", "id": "ASC"}, {}, {"name": None}])
def test_an_order_has_one_key_in_variables(region: Region, order: dict[str, Any]) -> None:
    """Variables are held to the same rule as literals."""
    document = "query ($order: [ActorOrder!]) { actors(orderBy: $order) { totalCount } }"
    (error,) = errors(region, document, {"order": [order]})

    assert "exactly one field" in error.message
    assert "$order" in error.message


@pytest.mark.parametrize("date", ["2018-13", "2018-02-30", "18", "2018-1", "", "2018-01-01T00:00:00Z"])
def test_no_date_is_refused_before_anything_is_read(region: Region, date: str) -> None:
    """A date that is none is told with the forms that are, at its place, in literals and in variables."""
    region.statements.clear()
    (literal,) = errors(region, f'{{ collaborations(where: {{ activeOn: "{date}" }}) {{ totalCount }} }}')
    document = "query ($date: PartialDate!) { collaborations(where: { activeOn: $date }) { totalCount } }"
    (variable,) = errors(region, document, {"date": date})

    assert "2018, 2018-04 or 2018-04-12" in literal.message
    assert "2018, 2018-04 or 2018-04-12" in variable.message
    assert (literal.extensions or {})["code"] == (variable.extensions or {})["code"] == "BAD_VALUE"
    assert literal.locations
    assert region.statements == []


def test_a_number_is_no_date(region: Region) -> None:
    """2018 without quotes is a year to people, and a number to GraphQL."""
    (error,) = errors(region, "{ collaborations(where: { activeOn: 2018 }) { totalCount } }")

    assert "2018, 2018-04 or 2018-04-12" in error.message


# ------------------------------------------------------------------------------------------------ damage
@contextmanager
def damaged(folder: Path, *statements: str) -> Iterator[Region]:
    """The region, its file damaged behind the store's back."""
    with opened(folder) as region:
        connection = apsw.Connection(str(folder / "graph.db"))
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            connection.execute(statement)
        connection.close()
        yield region


def test_a_required_reference_that_leads_nowhere_fails_the_planned_part(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Half an answer over damaged data would look whole."""
    wrong = """UPDATE collaboration SET "to"=999999 WHERE pk=(SELECT min(pk) FROM collaboration)"""
    with damaged(tmp_path, wrong) as region:
        (error,) = errors(region, "{ ok: __typename collaborations(first: 1000) { nodes { to { name } } } }")
        spared, _ = region.ask('{ actor(slug: "chalmers") { name } }')

    assert (error.extensions or {})["code"] == "DATA_DAMAGED"
    assert str(tmp_path) not in str(error.formatted)
    assert str(tmp_path) in caplog.text
    assert spared["data"]["actor"]


def test_an_optional_reference_that_leads_nowhere_is_null(tmp_path: Path) -> None:
    """What may be unknown is unknown."""
    wrong = "UPDATE actor SET municipality=999999 WHERE slug='chalmers'"
    with damaged(tmp_path, wrong) as region:
        answer, _ = region.ask('{ actor(slug: "chalmers") { name municipality { name } } }')

    assert answer["data"]["actor"]["municipality"] is None


# ------------------------------------------------------------------------------------------------ what is kept
def test_a_known_document_is_neither_parsed_nor_planned_again(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients ask the same documents with other values, and those cost a look-up."""
    parsed: list[str] = []
    planned: list[object] = []
    compile_ = region.schema.documents.compile

    def counted(text: str, bounds: Bounds) -> DocumentNode:
        parsed.append(text)
        return parse(text)

    def compiled(roots: Any) -> object:
        planned.append(roots)
        return compile_(roots)

    monkeypatch.setattr(bounds_of, "parsed", counted)
    monkeypatch.setattr(region.schema.documents, "compile", compiled)
    document = "query Known($slug: String!) { actor(slug: $slug) { slug } }"
    answers = [region.ask(document, {"slug": slug})[0]["data"]["actor"] for slug in ("chalmers", "nobody", "abb")]

    assert answers == [{"slug": "chalmers"}, None, {"slug": "abb"}]
    assert parsed == [document]
    assert len(planned) == 1


def test_other_values_of_one_shape_share_a_plan(region: Region) -> None:
    """The text of a statement follows the shape of the variables, not their values."""
    for where in (
        {"kind": {"eq": "CLUSTER"}},
        {"kind": {"eq": "BUSINESS"}},
        {"kind": {"eq": "BUSINESS"}, "slug": None},
    ):
        region.ask(FILTERED, {"where": where})
    (operation,) = region.schema.documents.get(FILTERED).operations.values()

    assert len(operation.plans) == 2


def _asked(kept: Documents, region: Region, document: Document, where: dict[str, Any]) -> None:
    (operation,) = document.operations.values()
    kept.prepare(document, operation, region.schema._variables(operation, {"where": where}))


def test_plans_of_a_document_are_bounded(region: Region) -> None:
    """A client whose variables always look different cannot fill the memory."""
    kept = documents(region, 10_000_000)
    document = kept.get(FILTERED)
    for number in range(PLANS_A_DOCUMENT + 10):
        _asked(kept, region, document, {"OR": [{"slug": {"eq": "a"}}] * number})
    (operation,) = document.operations.values()

    assert len(operation.plans) == PLANS_A_DOCUMENT
    assert document.size == len(FILTERED) * BYTES_A_CHARACTER + 2 * PLANS_A_DOCUMENT * BYTES_A_FIELD


def test_documents_are_bounded_by_their_bytes_and_the_oldest_goes(region: Region) -> None:
    """A client that writes its values into documents drives out what is asked least lately, and no more."""
    size = len('{ actor(slug: "a100") { name } }') * BYTES_A_CHARACTER
    kept = documents(region, 10 * size)
    often = kept.get('{ actor(slug: "a100") { name } }')
    for number in range(101, 140):
        kept.get(f'{{ actor(slug: "a{number}") {{ name }} }}')
        assert kept.get('{ actor(slug: "a100") { name } }') is often

    assert len(kept._known) == 10
    assert kept._bytes == 10 * size


def test_a_document_too_large_for_the_cache_drives_out_no_other(region: Region) -> None:
    """One long text must not cost all others their plans."""
    kept = documents(region, 100_000)
    small = kept.get("{ __typename }")
    kept.get(f"# {'x' * 10_000}\n{{ __typename }}")

    assert kept.get("{ __typename }") is small
    assert len(kept._known) == 1


def test_a_document_is_reckoned_with_the_plans_that_fragments_unfold(region: Region) -> None:
    """A short text can stand for a long statement, which takes the memory."""
    kept = documents(region, 60_000)
    document = "query ($where: ActorWhere) { actors(where: $where) { ...A } } " + " ".join(
        f"fragment A{'A' * n} on ActorConnection {{ x{n}: nodes {{ id name }} ...A{'A' * (n + 1)} }}" for n in range(2)
    )
    document += " fragment AAA on ActorConnection { " + " ".join(f"y{n}: nodes {{ id name }}" for n in range(30)) + " }"
    large = documents(region, 10_000_000)
    _asked(large, region, found := large.get(document), {})
    kept.get("{ __typename }")

    assert not found.errors
    assert found.size > 60_000
    assert kept._bytes < 60_000


# ------------------------------------------------------------------------------------------------ cost
def deep(levels: int) -> str:
    relation = "collaborators(first: 1) { nodes { "
    return f"{{ actors(first: 1) {{ nodes {{ {relation * levels} id {' } }' * levels} }} }} }}"


def test_a_deep_operation_is_planned_at_once(region: Region) -> None:
    """A selection stands for nine types of actors at each level; reckoned anew in each place, ten levels would take hours."""
    kept = documents(region)
    document = kept.get(deep(9))
    (operation,) = document.operations.values()
    prepared = kept.prepare(document, operation, region.schema._variables(operation, None))

    assert prepared.cost.depth == 10
    assert prepared.cost.measured({}, 1000).rows == 10


def test_what_several_types_ask_alike_costs_once_and_otherwise_each(region: Region) -> None:
    """The rows that could come are those of all fragments that differ."""
    kept = documents(region)

    def rows(text: str) -> int:
        document = kept.get(text)
        (operation,) = document.operations.values()
        return kept.prepare(document, operation, region.schema._variables(operation, None)).cost.measured({}, 1000).rows

    every = "{ actors(first: 10) { nodes { collaborators(first: 5) { totalCount } } } }"
    some = """{ actors(first: 10) { nodes {
      ... on Business { x: collaborators(first: 5) { totalCount } }
      ... on Cluster { x: collaborators(first: 7) { totalCount } }
    } } }"""

    assert rows(every) == 10 * (1 + 5)
    assert rows(some) == 10 * (1 + 5 + 7)
