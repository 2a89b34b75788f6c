"""Measures: values printed in the literature, laws that hold for all, and NetworkX as the twin of what is our own."""

import math
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.analysis import cohesion, distances, measures
from graph_api.analysis.distances import average_path_length
from graph_api.analysis.measures import assortativity, summary
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.registry import MEASURES, computed, ranking
from graph_api.errors import BadPage
from graph_api.model.results import Tie as TieRecord
from graph_api.model.snapshot import Floats, Snapshot
from graph_api.model.vocabulary import CentralityMeasure, Helix, NetworkTie, ParticipationRole
from tests.analysis.region import Actor, Initiative, Tie, edges, path, snapshot

KITE = [
    ("Andre", "Beverly"), ("Andre", "Carol"), ("Andre", "Diane"), ("Andre", "Fernando"), ("Beverly", "Diane"),
    ("Beverly", "Ed"), ("Beverly", "Garth"), ("Carol", "Diane"), ("Carol", "Fernando"), ("Diane", "Ed"),
    ("Diane", "Fernando"), ("Diane", "Garth"), ("Ed", "Garth"), ("Fernando", "Garth"), ("Fernando", "Heather"),
    ("Garth", "Heather"), ("Heather", "Ike"), ("Ike", "Jane"),
]  # fmt: skip
BORGATTI = [  # Borgatti 1997, Connections 20:35, the example network around G
    ("A", "B"), ("A", "E"), ("A", "F"), ("A", "G"), ("B", "D"), ("B", "G"), ("C", "G"), ("D", "G"), ("E", "G"), ("F", "G"),
]  # fmt: skip
NO_LAW_BREAKS = settings(max_examples=25, deadline=None)


drawn = st.integers(1, 9).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.dictionaries(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1]),
            st.sampled_from([0.5, 1.0, 2.0, 3.0]),
            max_size=18,
        ),
    )
)
Drawn = tuple[int, dict[tuple[int, int], float]]


def network(graph: Snapshot, **asked: Any) -> Network:
    return project(graph, NetworkInput(**asked))


def by_slug(measure: CentralityMeasure, graph: Snapshot, **asked: Any) -> dict[str, float]:
    found = network(graph, **asked)
    slugs = (actor.removeprefix("actor:") for actor in found.ids(range(found.size)))
    return dict(zip(slugs, computed(found, measure).column.tolist(), strict=True))


def karate() -> Snapshot:
    return edges((f"{a:02}", f"{b:02}") for a, b in nx.karate_club_graph().edges)


def florence() -> Snapshot:
    return edges(nx.florentine_families_graph().edges, also=["Pucci"])


# published values ----------------------------------------------------------------------------------------------------


def test_betweenness_of_the_kite_is_as_published() -> None:
    """Krackhardt 1990, Administrative Science Quarterly 35:342: Heather lies between most pairs, 14 of them."""
    found = by_slug(CentralityMeasure.BETWEENNESS, edges(KITE))

    assert found["Heather"] == max(found.values()) == 14
    assert found["Ike"] == 8
    assert found["Fernando"] == pytest.approx(8.333, abs=1e-3)


def test_degree_and_closeness_of_the_kite_are_as_published() -> None:
    """The same: Diane has most partners, Fernando and Garth are the nearest to all."""
    degree = by_slug(CentralityMeasure.DEGREE, edges(KITE))
    closeness = by_slug(CentralityMeasure.CLOSENESS, edges(KITE))

    assert degree["Diane"] == max(degree.values()) == 6
    assert closeness["Fernando"] == closeness["Garth"] == max(closeness.values()) == pytest.approx(0.643, abs=1e-3)
    assert closeness["Jane"] == pytest.approx(0.310, abs=1e-3)


def test_betweenness_of_the_florentine_families_is_as_published() -> None:
    """Wasserman and Faust 1994, table 5.1 (marriages): the Medici lie on 0.522 of all pairs of the 15 joined families and the Pucci."""
    found = by_slug(CentralityMeasure.BETWEENNESS, florence())
    pairs = 14 * 13 / 2

    assert found["Medici"] / pairs == pytest.approx(0.522, abs=1e-3)
    assert found["Guadagni"] / pairs == pytest.approx(0.255, abs=1e-3)
    assert found["Albizzi"] / pairs == pytest.approx(0.212, abs=1e-3)
    assert found["Pucci"] == 0


def test_the_karate_club_is_as_published() -> None:
    """Zachary 1977, Journal of Anthropological Research 33:452: 34 members, 78 ties; Watts and Strogatz' clustering 0.571."""
    figures = summary(network(karate()))

    assert (figures.actor_count, figures.tie_count) == (34, 78)
    assert figures.clustering == pytest.approx(0.571, abs=1e-3)
    assert figures.average_path_length == pytest.approx(2.408, abs=1e-3)
    assert by_slug(CentralityMeasure.CORE_NUMBER, karate())["00"] == 4
    assert by_slug(CentralityMeasure.EIGENVECTOR, karate())["33"] == pytest.approx(0.3734, abs=1e-4)


def test_effective_size_is_as_in_borgattis_example() -> None:
    """Borgatti 1997, Connections 20:35: G has 6 partners, and an effective size of 4.67."""
    assert by_slug(CentralityMeasure.EFFECTIVE_SIZE, edges(BORGATTI), weighted=False)["G"] == pytest.approx(
        4.67, abs=5e-3
    )


@pytest.mark.parametrize(
    ("measure", "expected"), [(CentralityMeasure.CONSTRAINT, 1.125), (CentralityMeasure.CLUSTERING, 1)]
)
def test_a_triangle_is_closed(measure: CentralityMeasure, expected: float) -> None:
    """Burt 1992: each invests half in the other two, (½ + ½·½)² twice; constraint may exceed 1."""
    found = by_slug(measure, edges([("a", "b"), ("b", "c"), ("a", "c")]))

    assert list(found.values()) == pytest.approx([expected] * 3)


def test_weighted_effective_size_is_by_burts_formula() -> None:
    """1 - Σ_q p_iq m_jq summed over j, by hand: NetworkX gives another value when the actors are not named."""
    graph = snapshot(
        [Actor(s) for s in "abcd"], [Tie("a", "b", 2), Tie("a", "c", 1), Tie("b", "c", 4), Tie("a", "d", 1)]
    )
    # p_a: b 1/2, c 1/4, d 1/4. m_bc = 4/4; m_cb = 4/4. Redundancy of b: p_ac·m_bc = 1/4, of c: p_ab·m_cb = 1/2.

    assert by_slug(CentralityMeasure.EFFECTIVE_SIZE, graph)["a"] == pytest.approx(3 - 1 / 4 - 1 / 2)


def test_the_southern_women_share_events_as_davis_counted() -> None:
    """Davis, Gardner and Gardner 1941: 18 women, 14 events. Evelyn and Laura met at six of them, each of n women: Newman's sum of 1/(n-1)."""
    graph = nx.davis_southern_women_graph()
    women = sorted(graph.graph["top"])
    slug = {woman: woman.replace(" ", "-") for woman in women}
    events = [(e, sorted(graph[e])) for e in graph.graph["bottom"]]
    region = snapshot(
        [Actor(slug[woman]) for woman in women],
        initiatives=[Initiative(e, [(slug[w], ParticipationRole.PARTNER) for w in there]) for e, there in events],
    )
    found = network(region, ties=(NetworkTie.CO_PARTICIPATION,))
    twin = nx.bipartite.collaboration_weighted_projected_graph(graph, women)
    by_hand = sum(1 / (len(there) - 1) for _, there in events if {"Evelyn Jefferson", "Laura Mandeville"} <= set(there))
    tie: dict[tuple[str, str], TieRecord] = {(t.from_, t.to): t for t in found.ties(np.arange(len(found.a)))}
    together = tie["actor:Evelyn-Jefferson", "actor:Laura-Mandeville"]

    assert len(together.joined_by) == 6
    assert together.strength == pytest.approx(by_hand, abs=1e-9)
    assert (found.size, len(found.a)) == (18, twin.number_of_edges()) == (18, 139)
    for (one, other), ours in tie.items():
        names = (end.removeprefix("actor:").replace("-", " ") for end in (one, other))
        assert ours.strength == pytest.approx(twin.edges[tuple(names)]["weight"], abs=1e-8)


# laws for all --------------------------------------------------------------------------------------------------------


def made(
    size: int, ties: dict[tuple[int, int], float], place: list[int] | None = None, *, weighted: bool = True
) -> Network:
    """The drawn network, its actors renamed by their place."""
    place = place or list(range(size))
    rows = [Tie(f"{place[a]:02}", f"{place[b]:02}", strength) for (a, b), strength in ties.items()]
    return network(snapshot([Actor(f"{i:02}") for i in range(size)], rows), weighted=weighted)


@pytest.mark.parametrize("measure", MEASURES)
@NO_LAW_BREAKS
@given(drawn=drawn, data=st.data())
def test_the_order_of_actors_changes_no_score(measure: CentralityMeasure, drawn: Drawn, data: st.DataObject) -> None:
    """A score belongs to the actor, not to its place in a file."""
    size, ties = drawn
    place = data.draw(st.permutations(range(size)))
    before, after = computed(made(size, ties), measure).column, computed(made(size, ties, place), measure).column

    np.testing.assert_allclose(after[place], before, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("measure", MEASURES)
@NO_LAW_BREAKS
@given(drawn=drawn)
def test_a_score_is_missing_only_for_isolates_and_only_where_registered(
    measure: CentralityMeasure, drawn: Drawn
) -> None:
    """The API cannot say NaN; an actor that has ties is never left out."""
    found = made(*drawn)
    column = computed(found, measure).column
    missing = (found.degree == 0) & MEASURES[measure].undefined_on_isolates

    assert not np.isinf(column).any()
    assert (np.isnan(column) == missing).all()
    assert len(ranking(found, measure, column, first=99)) == (~missing).sum()


@pytest.mark.parametrize("measure", [m for m, properties in MEASURES.items() if properties.of_component])
@NO_LAW_BREAKS
@given(drawn=drawn)
def test_parts_that_nothing_joins_leave_each_other_alone(measure: CentralityMeasure, drawn: Drawn) -> None:
    """A new network in the north changes nobody's figures in the south."""
    size, ties = drawn
    alone = computed(made(size, ties), measure).column
    beside = computed(made(size + 2, {**ties, (size, size + 1): 1.0}), measure).column

    np.testing.assert_allclose(beside[:size], alone, rtol=1e-9)


@pytest.mark.parametrize("measure", [m for m, properties in MEASURES.items() if not properties.uses_strength])
@NO_LAW_BREAKS
@given(drawn=drawn)
def test_what_counts_ties_does_not_heed_strength(measure: CentralityMeasure, drawn: Drawn) -> None:
    size, ties = drawn

    np.testing.assert_array_equal(
        computed(made(size, ties), measure).column, computed(made(size, dict.fromkeys(ties, 1.0)), measure).column
    )


@pytest.mark.parametrize("measure", CentralityMeasure)
@pytest.mark.parametrize("actors", [0, 1, 3])
def test_no_network_is_too_small(measure: CentralityMeasure, actors: int) -> None:
    """Filters leave empty networks, lone actors and actors without ties; none of them is an error."""
    found = network(snapshot([Actor(str(i)) for i in range(actors)]))
    column = computed(found, measure).column

    assert len(column) == actors
    assert all(math.isfinite(score.score) for score in ranking(found, measure, column))


def test_every_measure_of_the_api_is_registered() -> None:
    assert set(MEASURES) == set(CentralityMeasure)


# traps ---------------------------------------------------------------------------------------------------------------


def test_three_ties_of_a_third_are_as_long_as_one_of_one() -> None:
    """Σ 1/strength in floats would call 3 · (1/3) shorter or longer than 1, and move betweenness from one actor to another."""
    graph = snapshot(
        [Actor(s) for s in "abcde"],
        [Tie("a", "b", 3), Tie("b", "c", 3), Tie("c", "e", 3), Tie("a", "d", 2), Tie("d", "e", 2)],
    )
    found = by_slug(CentralityMeasure.BETWEENNESS, graph)

    # From a to e both ways are 1 long, and each carries half; d also carries nothing else.
    assert found["d"] == 0.5
    assert by_slug(CentralityMeasure.HARMONIC, path("a", "b", "c"))["a"] == 1.5


def test_eigenvector_compares_an_actor_with_its_own_component() -> None:
    """NetworkX refuses disconnected networks; a region's network nearly always is."""
    two = by_slug(CentralityMeasure.EIGENVECTOR, edges([("a", "b"), ("b", "c"), ("x", "y"), ("y", "z")], also=["lone"]))

    assert two["a"] == pytest.approx(two["x"])
    assert two["b"] == pytest.approx(math.sqrt(3 / 7) / math.sqrt(2))
    assert two["lone"] == 0


def test_eigenvector_of_a_large_component_equals_that_of_networkx() -> None:
    """Above 300 actors another routine of SciPy finds it."""
    graph = nx.barabasi_albert_graph(400, 3, seed=2)
    ours = by_slug(CentralityMeasure.EIGENVECTOR, edges((f"{a:03}", f"{b:03}") for a, b in graph.edges))
    twin = nx.eigenvector_centrality(graph, max_iter=1000, tol=1e-12)

    assert [ours[f"{i:03}"] for i in range(400)] == pytest.approx([twin[i] for i in range(400)], abs=1e-8)


def test_katz_solves_its_own_equation() -> None:
    """x = 1 + 0.9/λ A x."""
    found = network(karate())
    matrix = measures.adjacency(found).toarray()
    x: Floats = computed(found, CentralityMeasure.KATZ).column

    np.testing.assert_allclose(x, 1 + 0.9 / np.linalg.eigvalsh(matrix)[-1] * matrix @ x, rtol=1e-6)


# ranking -------------------------------------------------------------------------------------------------------------


def test_equal_scores_are_ranked_by_id() -> None:
    """The same question gives the same list."""
    found = network(path(*"cab"))

    assert [(s.actor, s.rank) for s in ranking(found, CentralityMeasure.DEGREE, measures.degree(found))] == [
        ("actor:a", 1),
        ("actor:b", 2),
        ("actor:c", 3),
    ]


def test_the_least_constrained_come_first() -> None:
    found = network(path(*"abc"))
    ranked = ranking(found, CentralityMeasure.CONSTRAINT, cohesion.constraint(found), first=2)

    assert [(s.actor, s.score) for s in ranked] == [("actor:b", 0.5), ("actor:a", 1)]


def test_a_filter_shortens_the_list_and_leaves_the_ranks() -> None:
    """The third of all is still the third when one looks at firms alone."""
    found = network(path(*"abcd"))
    ranked = ranking(
        found, CentralityMeasure.DEGREE, measures.degree(found), shown=np.array([True, False, False, True])
    )

    assert [(s.actor, s.rank) for s in ranked] == [("actor:a", 3), ("actor:d", 4)]
    with pytest.raises(BadPage):
        ranking(found, CentralityMeasure.DEGREE, measures.degree(found), first=-1)


# the whole -----------------------------------------------------------------------------------------------------------


def test_a_star_is_as_central_as_can_be() -> None:
    """Freeman 1979: degree centralisation is 1 for a star and 0 where all degrees are alike."""
    ring = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]

    assert summary(network(edges(("hub", str(i)) for i in range(5)))).degree_centralisation == 1
    assert summary(network(edges(ring))).degree_centralisation == 0


def test_the_summary_of_parts_and_isolates() -> None:
    figures = summary(network(edges([("a", "b"), ("b", "c"), ("x", "y")], also=["lone"])))

    assert (figures.actor_count, figures.tie_count, figures.component_count, figures.isolate_count) == (6, 3, 3, 1)
    assert figures.largest_component_share == 0.5
    assert figures.density == pytest.approx(3 / 15)
    assert figures.average_degree == 1
    assert figures.average_path_length == pytest.approx((4 * 1 + 2 * 2 + 2 * 1) / 8)


@pytest.mark.parametrize("actors", [0, 1, 2])
def test_what_is_undefined_in_a_small_network_is_none(actors: int) -> None:
    figures = summary(network(snapshot([Actor(str(i)) for i in range(actors)])))

    assert figures.average_path_length is None
    assert figures.assortativity_by_helix is None
    assert figures.degree_centralisation is None
    assert (figures.density is None) == (actors < 2)
    assert (figures.largest_component_share is None) == (actors == 0)


@NO_LAW_BREAKS
@given(drawn=drawn)
def test_path_lengths_by_bits_are_those_of_networkx(drawn: Drawn) -> None:
    found = made(*drawn)
    twin = nx.Graph(zip(found.a.tolist(), found.b.tolist(), strict=True))
    far = [d for _, ends in nx.all_pairs_shortest_path_length(twin) for d in ends.values() if d]

    assert average_path_length(found) == (pytest.approx(sum(far) / len(far)) if far else None)


def test_path_lengths_of_more_actors_than_fit_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distances, "_BATCH", 100)
    graph = nx.barabasi_albert_graph(250, 2, seed=3)
    found = network(edges((f"{a:04}", f"{b:04}") for a, b in graph.edges))

    assert average_path_length(found) == pytest.approx(nx.average_shortest_path_length(graph))


def test_assortativity_is_that_of_networkx() -> None:
    """Newman 2003; a mixture of three helices."""
    graph = nx.karate_club_graph()
    helix = {i: (Helix.ACADEMIA, Helix.INDUSTRY, Helix.GOVERNMENT)[i % 3] for i in graph}
    nx.set_node_attributes(graph, {i: h.value for i, h in helix.items()}, "helix")
    region = snapshot([Actor(f"{i:02}", helix[i]) for i in graph], [Tie(f"{a:02}", f"{b:02}") for a, b in graph.edges])

    assert summary(network(region)).assortativity_by_helix == pytest.approx(
        nx.attribute_assortativity_coefficient(graph, "helix")
    )
    assert assortativity(network(path("a", "b")), np.array([1, 1])) is None
