"""Rank stability: what is stable, what is not, and what cannot be ranked."""

import numpy as np
import pytest

from graph_api.analysis.projection import NetworkInput, project
from graph_api.analysis.stability import _spearman, rank_stability
from graph_api.errors import BadValue
from graph_api.model.vocabulary import CentralityMeasure
from tests.analysis.region import Actor, edges, snapshot
from tests.analysis.test_engines import scale_free

DEGREE, BETWEENNESS = CentralityMeasure.DEGREE, CentralityMeasure.BETWEENNESS


def test_the_more_is_missing_the_less_holds() -> None:
    found = [rank_stability(scale_free(200, 3, 1), DEGREE, missing=share, draws=20) for share in (0.02, 0.2, 0.6)]
    assert all(found)
    means = [one.spearman_mean for one in found if one]

    assert means == sorted(means, reverse=True)
    assert means[0] > 0.95 > 0.8 > means[2]
    assert all(0 <= one.top10_overlap <= 1 and one.spearman_low <= one.spearman_mean for one in found if one)


def test_degree_holds_better_than_betweenness() -> None:
    """Costenbader and Valente 2003, Social Networks 25:283: with ties missing, simple degree keeps its order best, betweenness among the least."""
    network = scale_free(150, 3, 5)
    degree, betweenness = (rank_stability(network, m, missing=0.3, draws=30) for m in (DEGREE, BETWEENNESS))

    assert degree
    assert betweenness
    assert degree.spearman_mean > betweenness.spearman_mean


def test_the_same_question_has_the_same_answer() -> None:
    network = scale_free(60, 2, 1)

    assert rank_stability(network, DEGREE, draws=5) == rank_stability(network, DEGREE, draws=5)


def test_losing_no_tie_changes_nothing() -> None:
    """A tenth of four ties is none."""
    network = project(edges([("a", "b"), ("b", "c"), ("b", "d")]), NetworkInput())
    found = rank_stability(network, DEGREE, missing=0.1, draws=3)

    assert found
    assert found.spearman_mean == found.spearman_low == pytest.approx(1)
    assert found.top10_overlap == 1


def test_what_is_undefined_after_a_loss_is_left_out() -> None:
    """Constraint has no value for an actor that lost its only tie."""
    found = rank_stability(scale_free(80, 1, 2), CentralityMeasure.CONSTRAINT, missing=0.5, draws=10)

    assert found
    assert -1 <= found.spearman_low <= found.spearman_mean <= 1


@pytest.mark.parametrize("pairs", [[], [("a", "b")], [("a", "b"), ("b", "c"), ("a", "c")]])
def test_where_all_are_alike_there_is_no_ranking(pairs: list[tuple[str, str]]) -> None:
    """An empty network, a pair, a triangle."""
    network = project(snapshot([Actor("a")]) if not pairs else edges(pairs), NetworkInput())

    assert rank_stability(network, DEGREE) is None


def test_a_draw_that_leaves_no_ranking_counts_as_no_correlation() -> None:
    """Else the draws that lose most would make the ranking look stable."""
    network = project(edges([("a", "b"), ("b", "c")]), NetworkInput())
    found = rank_stability(network, DEGREE, missing=0.9, draws=4)

    assert found
    assert found.spearman_mean == 0


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"missing": 0.0}, "missing"),
        ({"missing": 1.0}, "missing"),
        ({"missing": float("nan")}, "missing"),
        ({"draws": 0}, "draws"),
        ({"draws": 1001}, "draws"),
    ],
)
def test_shares_and_draws_out_of_range_are_refused(given: dict[str, float], place: str) -> None:
    with pytest.raises(BadValue) as caught:
        rank_stability(scale_free(20, 2, 1), DEGREE, **given)  # type: ignore[arg-type]

    assert caught.value.place == place


def test_rank_correlation_is_spearmans() -> None:
    """1 - 6 Σd²/(n(n²-1)) without shared ranks; with them, the correlation of the mean ranks: 1.5, 1.5, 3 with 1, 2, 3."""
    one, other = np.array([3.0, 9.0, 1.0, 5.0]), np.array([10.0, 70.0, 50.0, 20.0])

    assert _spearman(one, other) == pytest.approx(1 - 6 * (1 + 0 + 4 + 1) / (4 * 15))
    assert _spearman(np.array([7.0, 7.0, 8.0]), np.array([1.0, 2.0, 3.0])) == pytest.approx(np.sqrt(3) / 2)
    assert _spearman(np.array([1.0, np.nan, 2.0]), np.array([1.0, 0.0, 2.0])) == pytest.approx(1)
    assert _spearman(np.ones(4), np.arange(4.0)) is None
