"""Networks drawn at random: against all graphs of the same degrees, swaps made one by one, NetworkX, and closed forms."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, islice, product

import networkx as nx  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from graph_api.analysis.nullmodel import (
    BETWEEN,
    Chain,
    Longs,
    Rewiring,
    against,
    benjamini_hochberg,
    by_stubs,
    rewired,
)
from graph_api.analysis.projection import NetworkInput
from graph_api.errors import AnalysisError
from graph_api.model.vocabulary import NetworkTie
from tests.analysis.region import Actor, Bond, edges, small, snapshot

Edge = tuple[int, int]
DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def columns(pairs: Iterable[Edge]) -> tuple[Longs, Longs]:
    ends = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def pairs(ends: tuple[Longs, Longs]) -> list[Edge]:
    return sorted(zip(ends[0].tolist(), ends[1].tolist(), strict=True))


@st.composite
def graphs(draw: st.DrawFn) -> set[Edge]:
    size = draw(st.integers(2, 9))
    return draw(st.sets(st.sampled_from(list(combinations(range(size), 2))), min_size=1))


# swaps ---------------------------------------------------------------------------------------------------------------


def one_by_one(start: set[Edge], rounds: int, *, two_mode: bool) -> list[Edge]:
    """The same chain with the same random numbers, each swap tried in its turn on a set of edges."""
    random = np.random.default_rng(7)
    chain = Chain(*columns(start), random, two_mode=two_mode)
    twin = np.random.default_rng(7)
    rows = chain._edges.copy()
    for _ in range(rounds):
        count = len(rows) // 2 - int(twin.integers(2))
        if count <= 0:
            continue
        twin.shuffle(rows)
        turned = [False] * count if two_mode else twin.integers(2, size=count, dtype=np.int8).astype(bool).tolist()
        ends = [(int(key) >> chain._node_bits, int(key) & ((1 << chain._node_bits) - 1)) for key in rows]
        for turn in range(count):
            (a, b), (c, d) = ends[turn], ends[turn + count]
            if turned[turn]:
                c, d = d, c
            wanted = [(a, d), (c, b)] if two_mode else [(min(a, d), max(a, d)), (min(c, b), max(c, b))]
            if not two_mode and (a == d or c == b):
                continue
            if not set(wanted) & set(ends):
                ends[turn], ends[turn + count] = wanted
        rows = np.array([one << chain._node_bits | other for one, other in ends], np.int64)
    return sorted((int(key) >> chain._node_bits, int(key) & ((1 << chain._node_bits) - 1)) for key in rows)


@given(graphs().filter(lambda graph: len(graph) > 3), st.booleans())
def test_a_round_does_what_its_swaps_do_one_after_the_other(graph: set[Edge], two_mode: bool) -> None:
    """The swaps of a round are computed at once; on a dense graph most of them stand in each other's way."""
    chain = Chain(*columns(graph), np.random.default_rng(7), two_mode=two_mode)
    for _ in range(3):
        chain.round()

    assert pairs(chain.ends) == one_by_one(graph, 3, two_mode=two_mode)


@given(graphs())
def test_every_actor_keeps_its_degree_and_no_tie_doubles(graph: set[Edge]) -> None:
    """This is all that the draws promise to keep."""
    *_, last = rewired(*columns(graph), 3)
    drawn = pairs(last)

    assert Counter(end for edge in drawn for end in edge) == Counter(end for edge in graph for end in edge)
    assert len(set(drawn)) == len(graph)
    assert all(a < b for a, b in drawn)


APART = 4
"""On so small a graph draws still hang together: every fourth does not."""


def evenly(found: list[tuple[Edge, ...]], possible: int) -> float:
    counts = Counter(found)
    assert len(counts) == possible
    return float(stats.chisquare(list(counts.values())).pvalue)


def test_all_graphs_of_the_same_degrees_are_equally_likely() -> None:
    """Counted out by brute force: every choice of edges on six nodes that has these degrees."""
    start = {(0, 1), (0, 2), (0, 3), (1, 2), (3, 4), (4, 5)}
    degrees = Counter(end for edge in start for end in edge)
    every = list(combinations(range(6), 2))
    possible = sum(Counter(end for e in chosen for end in e) == degrees for chosen in combinations(every, len(start)))
    found = [tuple(pairs(ends)) for ends in islice(rewired(*columns(start), 4000), 0, None, APART)]

    assert possible > 20
    assert evenly(found, possible) > 0.001


def test_all_tables_of_the_same_margins_are_equally_likely() -> None:
    """Who takes part in what, with as many in each initiative and as many initiatives for each."""
    start = {(0, 0), (0, 1), (0, 2), (1, 0), (1, 3), (2, 1), (2, 2)}
    rows, sums = Counter(group for group, _ in start), Counter(member for _, member in start)
    every = list(product(range(3), range(4)))
    possible = sum(
        Counter(g for g, _ in t) == rows and Counter(m for _, m in t) == sums for t in combinations(every, len(start))
    )
    found = [tuple(pairs(ends)) for ends in islice(rewired(*columns(start), 2000, two_mode=True), 0, None, APART)]

    assert possible > 5
    assert evenly(found, possible) > 0.001


def test_two_incidences_that_can_change_places_do_so_half_of_the_time() -> None:
    """A chain that swapped both each time would be back where it was at every second round."""
    found = [tuple(pairs(ends)) for ends in rewired(*columns({(0, 0), (1, 1)}), 600, two_mode=True)]

    assert evenly(found, 2) > 0.001


def test_the_draws_agree_with_networkx() -> None:
    """Triangles of Zachary's karate club with its degrees kept, by NetworkX's own swaps."""
    graph = nx.karate_club_graph()
    ours = []
    for ends in rewired(*columns(graph.edges), 150):
        drawn = nx.Graph(list(zip(*(end.tolist() for end in ends), strict=True)))
        ours.append(sum(nx.triangles(drawn).values()) / 3)
    theirs = []
    for seed in range(40):
        drawn = nx.double_edge_swap(nx.Graph(graph.edges), 200, 10_000, seed=seed)
        theirs.append(sum(nx.triangles(drawn).values()) / 3)

    assert stats.ttest_ind(ours, theirs, equal_var=False).pvalue > 0.001
    assert np.mean(ours) < 45  # as many as the club has


def test_draws_do_not_hang_together() -> None:
    """Two rounds between draws are enough: a count of one draw says nothing of the next one's."""
    graph = nx.gnm_random_graph(60, 180, seed=1)
    within = np.array([((a < 30) == (b < 30)).sum() for a, b in rewired(*columns(graph.edges), 500)])

    assert BETWEEN == 2
    assert abs(np.corrcoef(within[1:], within[:-1])[0, 1]) < 0.1


def test_a_star_has_one_realisation() -> None:
    """Its degrees leave nothing to chance."""
    star = columns({(0, ray) for ray in range(1, 6)})

    assert all(pairs(ends) == pairs(star) for ends in rewired(*star, 5))


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_ties_to_swap_stay_as_they_are(count: int) -> None:
    ends = columns({(0, 1)} if count else set())

    assert [pairs(drawn) for drawn in rewired(*ends, 2)] == [pairs(ends)] * 2


def test_what_may_not_be_never_comes_to_be() -> None:
    """A body is no member of itself."""
    start = columns({(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)} - {(0, 2)})
    never = [(0, 0), (1, 1), (2, 2)]

    for group, member in rewired(*start, 50, two_mode=True, never=never):
        assert not set(never) & set(pairs((group, member)))


def test_a_network_too_large_for_its_numbers_is_refused() -> None:
    """Keys that overflow would be silently wrong."""
    with pytest.raises(AnalysisError):
        Chain(np.array([0]), np.array([1 << 31]), np.random.default_rng())


# a network -----------------------------------------------------------------------------------------------------------


def test_links_add_up_to_the_strengths_of_the_network() -> None:
    """What is held against chance is what the network shows."""
    every = NetworkInput(tuple(NetworkTie))
    rewiring = Rewiring(small(), every)
    network = rewiring.network
    sums: Counter[Edge] = Counter()
    for one, other, weight in zip(*rewiring.links, rewiring.weight, strict=True):
        sums[min(int(one), int(other)), max(int(one), int(other))] += weight

    assert sums == pytest.approx(
        {(int(a), int(b)): s for a, b, s in zip(network.a, network.b, network.strength, strict=True)}
    )


def test_chance_has_as_much_to_share_out_as_there_is() -> None:
    """Different pairs would not do: partners meet again, and random ones do not."""
    rewiring = Rewiring(small(), NetworkInput(tuple(NetworkTie)))
    ends = [np.concatenate(drawn) for drawn in rewiring.draws(5)]
    there = np.concatenate(rewiring.links)

    assert {len(drawn) for drawn in ends} == {len(there)}
    assert all(np.all(one != other) for one, other in rewiring.draws(20))


def test_an_unweighted_network_counts_links() -> None:
    rewiring = Rewiring(small(), NetworkInput(weighted=False))

    assert set(rewiring.weight) == {1.0}


def test_those_who_are_hidden_still_dilute_what_they_share() -> None:
    """A filter hides actors, it does not change how close two others are: as in the projection."""
    graph = small()
    mask = np.array([name != "actor:cdal" for name in graph.actors.ids])
    rewiring = Rewiring(graph, NetworkInput((NetworkTie.CO_PARTICIPATION,), actors=mask))

    assert sorted(rewiring.weight) == [0.5, 1.0]


def test_a_body_is_not_drawn_among_its_own_members() -> None:
    """ring is a member of klubb, so that klubb could be drawn as a member of ring, but never ring itself."""
    graph = snapshot(
        [Actor(slug) for slug in "abcdr"],
        bonds=[Bond(m, "r") for m in "abc"] + [Bond(m, "d") for m in ("a", "r")],
    )
    rewiring = Rewiring(graph, NetworkInput((NetworkTie.CO_MEMBERSHIP,)))
    r, d = graph.actors.ids.index("actor:r"), graph.actors.ids.index("actor:d")

    for one, other in rewiring.draws(30):
        first_body = set(one[rewiring.weight == 1 / 2]) | set(other[rewiring.weight == 1 / 2])
        second_body = set(one[rewiring.weight == 1]) | set(other[rewiring.weight == 1])
        assert r not in first_body
        assert d not in second_body


def test_a_backbone_is_swapped_as_it_is() -> None:
    """It is no projection any more: ties that were cut off do not come back."""
    rewiring = Rewiring(small(), NetworkInput(backbone=0.9))

    assert rewiring.direct_alone
    assert len(rewiring.weight) == len(rewiring.network.a)


# chance --------------------------------------------------------------------------------------------------------------


def test_p_counts_the_observed_as_one_draw_more() -> None:
    """Nothing is impossible after nine draws: 2·(1 + 0)/(9 + 1)."""
    drawn = np.arange(9.0)[:, np.newaxis]

    assert against(np.array([20.0]), drawn).p_value.tolist() == [0.2]
    assert against(np.array([4.0]), drawn).p_value.tolist() == [1.0]
    assert against(np.array([4.0]), drawn).z_score.tolist() == [0.0]


def test_sums_in_another_order_are_equal() -> None:
    """Ten tenths added up in another order are not more than one."""
    found = against(np.array([1.0]), np.array([[sum([0.1] * 10)], [1.0]]))

    assert np.isnan(found.p_value).all()
    assert np.isnan(found.z_score).all()


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_p_values_are_those_of_scipy(values: list[float]) -> None:
    ours = benjamini_hochberg(np.array([*values, np.nan]))

    assert np.isnan(ours[-1])
    np.testing.assert_allclose(ours[:-1], stats.false_discovery_control(values) if values else [], atol=1e-12)


def test_the_closed_form_is_near_the_draws() -> None:
    """Where the ties are too many to be drawn it stands in for them."""
    graph = edges([(f"{a:03}", f"{b:03}") for a, b in nx.gnm_random_graph(120, 400, seed=3).edges])
    rewiring = Rewiring(graph, DIRECT)
    group = np.arange(rewiring.network.size) % 3
    counts = np.array(
        [np.bincount(group[one] * 3 + group[other], minlength=9).reshape(3, 3) for one, other in rewiring.draws(400)]
    )
    drawn = counts + counts.transpose(0, 2, 1)
    drawn[:, range(3), range(3)] //= 2
    mean, sd = by_stubs(rewiring.network.degree, group, 3)

    np.testing.assert_allclose(mean, drawn.mean(axis=0), rtol=0.03)
    np.testing.assert_allclose(sd, drawn.std(axis=0), rtol=0.15)


def test_the_closed_form_of_nothing_is_nothing() -> None:
    mean, sd = by_stubs(np.zeros(3, np.int64), np.arange(3), 3)

    assert not mean.any()
    assert not sd.any()
