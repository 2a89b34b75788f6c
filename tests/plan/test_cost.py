"""What an operation may cost, known before anything is read: documents that grow when they are written out are refused at once."""

import time

import pytest

from graph_api.schema.planned import Allowance, PlannedSchema
from graph_api.schema.query import ANSWERS
from tests.stores.backends import Backend

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def code(backend: Backend, text: str, allowance: Allowance | None = None) -> str | None:
    """Of the one error, or None where the operation is answered."""
    result = await PlannedSchema(backend.store, ANSWERS, allowance).execute(text)
    return str((result.errors[0].extensions or {})["code"]) if result.errors else None


def chain(depth: int) -> str:
    text = "id"
    for _ in range(depth):
        text = f"memberOf(first: 1) {{ nodes {{ {text} }} }}"
    return f"{{ actors(first: 1) {{ nodes {{ {text} }} }} }}"


def fan(breadth: int, depth: int, *, turned: bool = False) -> str:
    """Fragments that each hold the next several times."""
    fragments = []
    for level in range(depth):
        fields = [f"a{n}: memberOf(first: 1) {{ nodes {{ ...F{level + 1} }} }}" for n in range(breadth)]
        other = " ".join(reversed(fields))
        body = (
            f"... on Business {{ {' '.join(fields)} }} ... on OtherActor {{ {other} }}" if turned else " ".join(fields)
        )
        fragments.append(f"fragment F{level} on Actor {{ {body} }}")
    return f"{{ actors(first: 1) {{ nodes {{ ...F0 }} }} }} {' '.join(fragments)} fragment F{depth} on Actor {{ id }}"


async def test_a_chain_of_relations_is_planned_in_no_time(backend: Backend) -> None:
    """Actors are of nine types: a plan that is made for each of them anew at each step would take minutes at nine steps."""
    began = time.perf_counter()

    assert await code(backend, chain(9)) is None
    assert await code(backend, chain(10)) == "TOO_COSTLY"
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize("turned", [False, True])
async def test_fragments_that_multiply_are_refused_at_once(backend: Backend, turned: bool) -> None:
    """Some hundred characters must not hold up a server."""
    began = time.perf_counter()

    assert await code(backend, fan(2, 3, turned=turned)) is None
    for breadth, depth in ((3, 8), (6, 9), (10, 7)):
        assert await code(backend, fan(breadth, depth, turned=turned)) == "TOO_COSTLY"
    assert time.perf_counter() - began < 30


async def test_rows_that_lie_below_an_aggregate_count(backend: Backend) -> None:
    """A group's municipality is a thing like any other, with all that is asked of it."""
    inner = "municipality { actors(first: 1000) { nodes { collaborators(first: 1000) { nodes { id } } } } }"

    assert await code(backend, f"{{ actorsAggregate(groupBy: [MUNICIPALITY]) {{ {inner} }} }}") == "TOO_COSTLY"
    assert await code(backend, "{ actorsAggregate(groupBy: [MUNICIPALITY]) { municipality { name } count } }") is None


async def test_rows_are_the_product_of_pages_inside_one_another(backend: Backend) -> None:
    """50,000 rows are some seconds of work."""
    text = "{{ actors(first: 10) {{ nodes {{ collaborators(first: {}) {{ nodes {{ id }} }} }} }} }}"

    assert await code(backend, text.format(9), Allowance(rows_max=100)) is None
    assert await code(backend, text.format(10), Allowance(rows_max=100)) == "TOO_COSTLY"
