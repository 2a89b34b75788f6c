"""The values of a plan: which of them are one."""

from graph_api.plan.nodes import Given


def test_true_is_another_value_than_one() -> None:
    """Bound as one parameter, a filter by strength would be compared with true in the database that tells them apart."""
    assert Given(True) != Given(1)
    assert Given((1, 0)) != Given((True, False))
    assert len({Given(1), Given(True), Given(1)}) == 2
    assert Given("a") == Given("a")
