"""The engines: each against NetworkX on the same network, estimates against what they estimate, and the table that chooses among them."""

import math
from pathlib import Path
from random import Random

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse.linalg import ArpackNoConvergence

from graph_api.analysis import betweenness, cohesion, distances, measures, reference, registry
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.questions import Answers
from graph_api.analysis.registry import MEASURES, NETWORKX, Engine, Measure, Scores, computed
from graph_api.errors import NotConverged
from graph_api.model.snapshot import Floats
from graph_api.model.vocabulary import CentralityMeasure
from tests.analysis.region import Actor, Tie, edges, snapshot
from tests.analysis.test_measures import Drawn, drawn, made

EXACT = [
    pytest.param(measure, engine, id=f"{measure.value}-{engine.name}")
    for measure, known in MEASURES.items()
    for engine in known.engines
    if not math.isnan(engine.tolerance)
]
ESTIMATES = [
    pytest.param(measure, engine, id=f"{measure.value}-{engine.name}")
    for measure, known in MEASURES.items()
    for engine in known.engines
    if math.isnan(engine.tolerance)
]


def scale_free(size: int, ties: int, seed: int, *, weighted: bool = True, also: int = 0) -> Network:
    """By preferential attachment, with strengths that have no exact lengths, too; and so many isolates."""
    dice = Random(seed)
    graph = nx.barabasi_albert_graph(size, ties, seed=seed)
    rows = [Tie(f"{a:05}", f"{b:05}", dice.choice((0.7, 1, 2, 3, 17))) for a, b in graph.edges]
    actors = [Actor(f"{i:05}") for i in range(size + also)]
    return project(snapshot(actors, rows), NetworkInput(weighted=weighted))


def agree(network: Network, measure: CentralityMeasure, engine: Engine) -> None:
    if engine.present() and engine.weighted in (None, network.weighted) and network.size:
        found, twin = engine.compute(network), reference.scores(network, measure)
        assert found.margin is None
        np.testing.assert_allclose(found.column, twin, rtol=engine.tolerance, atol=engine.tolerance)


@pytest.mark.parametrize(("measure", "engine"), EXACT)
@settings(max_examples=15, deadline=None)
@given(drawn=drawn)
def test_an_engine_equals_networkx_on_any_small_network(
    measure: CentralityMeasure, engine: Engine, drawn: Drawn
) -> None:
    """With isolates, parts, weights and lone actors: where engines have their corners."""
    agree(made(*drawn), measure, engine)
    agree(made(*drawn, weighted=False), measure, engine)


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize(("measure", "engine"), EXACT)
def test_an_engine_equals_networkx_on_a_larger_one(measure: CentralityMeasure, engine: Engine, weighted: bool) -> None:
    """More actors than are computed densely, and with hubs."""
    agree(scale_free(320, 2, 4, weighted=weighted, also=2), measure, engine)


@pytest.mark.parametrize(
    "graph",
    [
        pytest.param(nx.complete_graph(12), id="clique"),
        pytest.param(nx.star_graph(30), id="star"),
        pytest.param(nx.path_graph(25), id="path"),
        pytest.param(nx.disjoint_union(nx.cycle_graph(7), nx.complete_bipartite_graph(3, 4)), id="parts"),
    ],
)
@pytest.mark.parametrize(("measure", "engine"), EXACT)
def test_an_engine_equals_networkx_on_the_plainest_shapes(
    measure: CentralityMeasure, engine: Engine, graph: nx.Graph
) -> None:
    agree(project(edges((f"{a:02}", f"{b:02}") for a, b in graph.edges), NetworkInput(weighted=False)), measure, engine)


def test_breadth_first_searches_from_more_actors_than_fit_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distances, "_BATCH", 70)
    network = scale_free(300, 2, 4, weighted=False, also=2)

    for measure, found in (
        (CentralityMeasure.CLOSENESS, distances.closeness(network)),
        (CentralityMeasure.HARMONIC, distances.harmonic(network)),
    ):
        np.testing.assert_allclose(found[0], reference.scores(network, measure))


def test_triangles_are_listed_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large initiative makes more pairs than memory holds."""
    network = scale_free(200, 4, 1)
    whole = [measure(network) for measure in (cohesion.clustering, cohesion.constraint, cohesion.effective_size)]
    monkeypatch.setattr(cohesion, "_BLOCK", 7)
    monkeypatch.setattr(cohesion, "_HASHED", 8)
    parts = [measure(network) for measure in (cohesion.clustering, cohesion.constraint, cohesion.effective_size)]

    assert sum(1 for _ in cohesion.triangles(network)) > 50
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_allclose(one, other)


# estimates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize(("measure", "engine"), ESTIMATES)
def test_an_estimate_is_as_far_off_as_it_says(
    measure: CentralityMeasure, engine: Engine, weighted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A margin that is told must be kept, in 95 of 100 cases; and a wide one tells nothing."""
    monkeypatch.setattr(distances, "SOURCES", 120)
    monkeypatch.setattr(betweenness, "_SOURCES", (120, 120))
    network = scale_free(400, 3, 2, weighted=weighted, also=3)
    found, twin = engine.compute(network), computed(network, measure).column
    assert found.margin is not None
    off = np.abs(found.column - twin)
    tied = network.degree > 0

    assert (off <= found.margin + 1e-9)[tied].mean() >= 0.9
    assert (found.column[~tied] == 0).all()
    np.testing.assert_array_equal(engine.compute(network).column, found.column)
    assert found.column.sum() == pytest.approx(twin.sum(), rel=0.02)
    assert np.median(found.margin[tied] / np.maximum(twin[tied], 1e-9)) < 1


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("ties", [1, 2, 4])
@pytest.mark.parametrize("sources", [64, 256])
def test_estimated_betweenness_is_within_its_margin_as_often_as_it_says(
    ties: int, weighted: bool, sources: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trees and their like were where 95 of 100 had become 45: what leads to one actor alone is told by that one, which is seldom drawn."""
    monkeypatch.setattr(betweenness, "_SOURCES", (sources, sources))
    kept = []
    for seed in range(3):
        network = scale_free(600, ties, seed, weighted=weighted, also=3)
        score, margin = betweenness.estimated(network)
        exact = computed(network, CentralityMeasure.BETWEENNESS).column
        between = exact > 0
        kept.append((np.abs(score - exact) <= margin)[between].mean())
        assert score.sum() == pytest.approx(exact.sum(), rel=0.1)

    assert np.mean(kept) >= 0.94


def test_betweenness_of_long_paths_is_not_computed_level_by_level() -> None:
    """A level costs as much as all ties, and there are as many as the path is long."""
    level_by_level = MEASURES[CentralityMeasure.BETWEENNESS].engines[0]
    short, long = (project(edges((f"{a:02}", f"{b:02}") for a, b in of.edges), NetworkInput(weighted=False))
                   for of in (nx.star_graph(30), nx.path_graph(40)))  # fmt: skip

    assert (distances.longest(short), distances.longest(long)) == (2, 78)
    assert level_by_level.serves(short)
    assert not level_by_level.serves(long)


def test_the_average_path_of_a_large_network_is_from_some_actors(monkeypatch: pytest.MonkeyPatch) -> None:
    network = scale_free(300, 2, 6, weighted=False)
    exact = distances.average_path_length(network)
    monkeypatch.setattr(distances, "_MANY", 200)
    monkeypatch.setattr(distances, "SOURCES", 100)
    found = distances.average_path_length(network)

    assert found != exact
    assert found == pytest.approx(exact, rel=0.05)


@pytest.mark.parametrize(("measure", "engine"), [row for row in ESTIMATES if "BETWEENNESS" not in str(row.id)])
def test_an_estimate_from_everybody_is_exact_and_says_so(measure: CentralityMeasure, engine: Engine) -> None:
    """A small part beside a large one is not guessed at."""
    network = scale_free(90, 2, 3)
    found = engine.compute(network)
    assert found.margin is not None

    np.testing.assert_allclose(found.column, computed(network, measure).column)
    assert (found.margin == 0).all()
    assert all(score.margin is None for score in registry.ranking(network, measure, found.column, margin=found.margin))


def test_the_answer_names_the_margin_of_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads a score must see that it is none to the last digit."""
    estimate = Engine(
        "a guess", lambda network: Scores(np.full(network.size, 7.0), np.arange(network.size) / 2), math.nan
    )
    monkeypatch.setitem(registry.MEASURES, CentralityMeasure.DEGREE, Measure((estimate,)))
    found = Answers(edges([("a", "b")])).of("centrality", measure=CentralityMeasure.DEGREE)

    assert [(score.score, score.margin) for score in found] == [(7, None), (7, 0.5)]  # type: ignore[attr-defined]


# the table -----------------------------------------------------------------------------------------------------------


def test_an_engine_serves_what_it_is_meant_for() -> None:
    small, large = scale_free(20, 2, 1), scale_free(60, 2, 1)
    engine = Engine("one", lambda network: Scores(network.total_strength), effort=20 * 36, weighted=True)

    assert engine.serves(small)
    assert not engine.serves(large)
    assert not engine.serves(scale_free(20, 2, 1, weighted=False))
    assert not Engine("none", engine.compute, present=lambda: False).serves(small)


def test_networkx_computes_what_no_engine_serves_and_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """networkit has no wheel for every machine."""
    asked: list[CentralityMeasure] = []
    computes = reference.scores

    def remembered(network: Network, measure: CentralityMeasure) -> Floats:
        asked.append(measure)
        return computes(network, measure)

    monkeypatch.setattr(reference, "scores", remembered)
    monkeypatch.setitem(
        registry.MEASURES,
        CentralityMeasure.BETWEENNESS,
        Measure((Engine("absent", lambda _: Scores(np.zeros(0)), present=lambda: False),)),
    )
    network = scale_free(20, 2, 1)
    computed(network, CentralityMeasure.BETWEENNESS)
    computed(network, CentralityMeasure.DEGREE)
    computed(network, CentralityMeasure.KATZ, NETWORKX)

    assert asked == [CentralityMeasure.BETWEENNESS, CentralityMeasure.KATZ]


def test_the_method_names_each_engine() -> None:
    """An analyst reads what computed a figure, how far it may be from NetworkX, and from which size on it is an estimate."""
    text = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")

    assert [row.id for row in EXACT + ESTIMATES if f"| {row.values[1].name} |" not in text] == []  # type: ignore[union-attr]


@pytest.mark.parametrize("measure", [CentralityMeasure.EIGENVECTOR, CentralityMeasure.KATZ])
def test_a_measure_that_does_not_converge_is_a_clear_error(
    measure: CentralityMeasure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise ArpackNoConvergence("no convergence", np.zeros(0), np.zeros((0, 0)))

    monkeypatch.setattr(measures, "eigsh", gives_up)

    with pytest.raises(NotConverged, match="could not be found"):
        computed(scale_free(400, 2, 1), measure)


def test_networkx_that_does_not_converge_is_the_same_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise nx.PowerIterationFailedConvergence(1000)

    monkeypatch.setattr(nx, "pagerank", gives_up)

    with pytest.raises(NotConverged, match="PAGERANK did not converge"):
        computed(scale_free(20, 2, 1), CentralityMeasure.PAGERANK, NETWORKX)
    monkeypatch.setattr(measures, "cg", lambda *_, **__: (np.zeros(20), 1000))
    with pytest.raises(NotConverged, match="PAGERANK did not converge"):
        computed(scale_free(20, 2, 1), CentralityMeasure.PAGERANK)
