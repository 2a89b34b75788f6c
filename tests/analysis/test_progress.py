"""Progress: told where somebody listens, by the outermost loop, and not at every step."""

import pytest

from graph_api.analysis import progress
from graph_api.analysis.progress import reporting, steps


def test_the_outer_loop_tells_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop within one of its steps would make the bar jump back and forth."""
    monkeypatch.setattr(progress, "PAUSE", 0)
    told: list[tuple[int, int]] = []
    with reporting(lambda done, of: told.append((done, of))):
        met = [(one, other) for one in steps("abc") for other in steps("xy")]

    assert len(met) == 6
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_after_a_loop_the_next_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0)
    told: list[tuple[int, int]] = []
    with reporting(lambda done, of: told.append((done, of))):
        assert (list(steps("a")), list(steps("bc"))) == (["a"], ["b", "c"])

    assert told == [(0, 1), (0, 2), (1, 2)]


def test_quick_steps_are_not_told_of() -> None:
    """A message costs more than most steps."""
    told: list[tuple[int, int]] = []
    with reporting(lambda done, of: told.append((done, of))):
        assert sum(steps(range(100))) == 4950

    assert told == []


def test_where_nobody_listens_nothing_is_told() -> None:
    assert list(steps("ab")) == ["a", "b"]
