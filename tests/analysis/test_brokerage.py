"""Brokerage and the E-I index: counted one by one on random networks, and on published ones."""

from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.analysis import brokerage as module
from graph_api.analysis.brokerage import ROLES, brokerage, group_indices, groups_of, roles, triangles
from graph_api.analysis.projection import NetworkInput, project
from graph_api.errors import BadPage
from graph_api.model.results import GroupIndex
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import GroupBy, Helix, NetworkTie, RegionWideActors
from tests.analysis.region import Actor, Tie, edges, small, snapshot

DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def karate() -> Snapshot:
    """Zachary, Journal of Anthropological Research 33:452 (1977): 34 members of a karate club and the side that each took as NetworkX has it."""
    club = nx.karate_club_graph()
    sides = {"Mr. Hi": Helix.ACADEMIA, "Officer": Helix.INDUSTRY}
    return snapshot(
        [Actor(f"{node:02}", sides[side]) for node, side in club.nodes(data="club")],
        [Tie(f"{a:02}", f"{b:02}") for a, b in club.edges],
    )


def indices(graph: Snapshot, by: GroupBy = GroupBy.HELIX) -> dict[str, GroupIndex]:
    return {index.group: index for index in group_indices(graph, DIRECT, by)}


@st.composite
def networks(draw: st.DrawFn) -> tuple[Snapshot, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    size = draw(st.integers(1, 9))
    names = [f"a{i}" for i in range(size)]
    pairs = draw(st.sets(st.sampled_from(list(combinations(names, 2))))) if size > 1 else set()
    labels = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    return edges(pairs, names), np.array(labels, np.int64)


def by_hand(graph: nx.Graph, group: dict[int, int]) -> list[list[int]]:
    counts = []
    for broker in sorted(graph):
        found = dict.fromkeys(ROLES, 0)
        for one, other in combinations(graph[broker], 2):
            if graph.has_edge(one, other):
                continue
            same = [group[one] == group[broker], group[other] == group[broker]]
            if all(same):
                found["coordinator"] += 1
            elif any(same):
                found["gatekeeper"] += 1
            elif group[one] == group[other]:
                found["itinerant"] += 1
            else:
                found["liaison"] += 1
        counts.append(list(found.values()))
    return counts


@given(networks())
def test_roles_are_those_counted_pair_by_pair(
    drawn: tuple[Snapshot, np.ndarray[tuple[int], np.dtype[np.int64]]],
) -> None:
    """Counting all pairs and taking off the triangles is the clever way."""
    graph, group = drawn
    actors = project(graph, DIRECT)
    plain = nx.Graph()
    plain.add_nodes_from(range(actors.size))
    plain.add_edges_from(zip(actors.a.tolist(), actors.b.tolist(), strict=True))

    assert roles(actors, group, triangles(actors)).tolist() == by_hand(plain, dict(enumerate(group.tolist())))


@pytest.mark.parametrize(
    ("name", "count"), [("karate_club", 45), ("florentine_families", 3), ("davis_southern_women", 0)]
)
def test_published_networks_have_their_triangles(name: str, count: int) -> None:
    """Zachary 1977, Padgett and Ansell 1993; Davis, Gardner and Gardner 1941 is a network of two modes and has none."""
    graph = getattr(nx, f"{name}_graph")()
    names = {node: f"n{i:02}" for i, node in enumerate(graph)}
    actors = project(edges([(names[a], names[b]) for a, b in graph.edges]), DIRECT)

    assert triangles(actors).shape == (3, count)


def test_triangles_are_found_in_blocks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large network is not searched at once."""
    actors = project(karate(), DIRECT)
    whole = triangles(actors)
    monkeypatch.setattr(module, "_WEDGES_AT_ONCE", 7)

    assert np.array_equal(triangles(actors), whole)


def test_roles_by_hand() -> None:
    """b stands between two of its own (coordinator), its own and another (gatekeeper), two universities (itinerant), and of two kinds (liaison)."""
    kinds = {
        "b": Helix.INDUSTRY,
        "i1": Helix.INDUSTRY,
        "i2": Helix.INDUSTRY,
        "u1": Helix.ACADEMIA,
        "u2": Helix.ACADEMIA,
    }
    kinds["g"] = Helix.GOVERNMENT
    graph = snapshot([Actor(s, h) for s, h in kinds.items()], [Tie("b", s) for s in kinds if s != "b"])
    found = brokerage(graph, DIRECT)[0]

    assert found.actor == "actor:b"
    assert (found.coordinator, found.gatekeeper, found.itinerant, found.liaison) == (1, 6, 1, 2)
    assert found.representative == 6
    assert found.total == 10
    assert found.z_scores.coordinator is None  # five ties


def test_open_pairs_do_not_depend_on_groups() -> None:
    assert all(found.z_scores.total is None for found in brokerage(karate(), DIRECT))


def test_z_scores_are_against_the_same_groups_given_to_others() -> None:
    """The instructor (00) and the president (33) of the club stand between members of their own side, more than chance would have it."""
    found = {str(row.actor): row for row in brokerage(karate(), DIRECT, first=34)}

    for leader in ("actor:00", "actor:33"):
        z = found[leader].z_scores
        assert z.coordinator is not None
        assert z.itinerant is not None
        assert z.coordinator > 1.5
        assert z.itinerant < 0


def test_an_actor_of_no_municipality_is_a_group_of_its_own() -> None:
    """A region-wide actor between two of one municipality comes from outside; between two municipalities it is a liaison."""
    graph = small()
    network = NetworkInput((NetworkTie.MEMBERSHIP,))
    apart = {str(row.actor): row for row in brokerage(graph, network, GroupBy.MUNICIPALITY)}
    seat = NetworkInput((NetworkTie.MEMBERSHIP,), region_wide_actors=RegionWideActors.BY_SEAT)
    by_seat = {str(row.actor): row for row in brokerage(graph, seat, GroupBy.MUNICIPALITY)}

    # klubb has the members adal, uni (of adal), bdal and cdal.
    assert (apart["actor:klubb"].itinerant, apart["actor:klubb"].liaison, apart["actor:klubb"].gatekeeper) == (1, 5, 0)
    assert (by_seat["actor:klubb"].coordinator, by_seat["actor:klubb"].gatekeeper) == (1, 4)


def test_the_first_are_those_between_most() -> None:
    found = brokerage(karate(), DIRECT, first=3)

    assert [row.actor for row in found] == ["actor:33", "actor:00", "actor:32"]
    assert brokerage(karate(), DIRECT, first=0) == ()
    with pytest.raises(BadPage):
        brokerage(karate(), DIRECT, first=-1)


def test_an_actor_without_ties_brokers_nothing() -> None:
    (alone,) = brokerage(snapshot([Actor("a")]), DIRECT)

    assert (alone.total, alone.z_scores.liaison) == (0, None)
    assert brokerage(snapshot([]), DIRECT, GroupBy.MUNICIPALITY) == ()


# E-I index -----------------------------------------------------------------------------------------------------------


def test_the_karate_clubs_sides_tie_inside() -> None:
    """Of 78 ties eleven lead from one side to the other as NetworkX has the sides; ten where member 8 is put on the officer's."""
    found = indices(karate())

    assert {index.external for index in found.values()} == {11}
    assert sum(index.internal for index in found.values()) == 67
    assert found["ACADEMIA"].ei_index == pytest.approx((11 - 35) / 46)
    assert found["ACADEMIA"].p_value is not None
    assert found["ACADEMIA"].p_value < 0.01


def test_a_small_group_is_external_by_arithmetic() -> None:
    """One of its kind cannot be tied inside: index and expectation are 1, and chance has no choice."""
    graph = snapshot(
        [Actor("one", Helix.CAPITAL), *(Actor(f"i{n:02}") for n in range(20))],
        [Tie(f"i{a:02}", f"i{b:02}") for a, b in combinations(range(20), 2) if (a + b) % 3 == 0] + [Tie("one", "i00")],
    )
    found = indices(graph)["CAPITAL"]

    assert (found.ei_index, found.expected_ei_index, found.p_value) == (1, 1, None)


def test_among_all_possible_ties_the_expectation_is_exact() -> None:
    """In a complete network of 4 and 6 actors each assignment of groups is alike: (24 - 6)/(24 + 6)."""
    graph = snapshot(
        [Actor(f"a{n}", Helix.ACADEMIA if n < 4 else Helix.INDUSTRY) for n in range(10)],
        [Tie(f"a{a}", f"a{b}") for a, b in combinations(range(10), 2)],
    )
    found = indices(graph)

    assert found["ACADEMIA"].ei_index == pytest.approx(18 / 30)
    assert found["ACADEMIA"].expected_ei_index == pytest.approx(18 / 30)
    assert found["ACADEMIA"].p_value is None


def test_groups_without_ties_are_left_out() -> None:
    """Their index is none."""
    graph = snapshot([Actor("a"), Actor("b"), Actor("c", Helix.CAPITAL)], [Tie("a", "b")])

    assert list(indices(graph)) == ["INDUSTRY"]
    assert indices(graph)["INDUSTRY"].p_value is None
    assert group_indices(snapshot([Actor("a")]), DIRECT) == ()
    assert group_indices(snapshot([]), DIRECT) == ()


def test_by_municipality_the_group_is_a_thing() -> None:
    found = indices(small(), GroupBy.MUNICIPALITY)

    assert found["actor:adal"].municipality == "actor:adal"
    assert (found["actor:adal"].internal, found["actor:adal"].external) == (2, 3)
    assert indices(small())["ACADEMIA"].municipality is None


def test_groups_come_in_the_order_of_the_vocabulary() -> None:
    actors = project(small(), DIRECT)

    assert groups_of(actors, DIRECT, GroupBy.HELIX).names == ("ACADEMIA", "INDUSTRY", "GOVERNMENT", "HYBRID")
    assert groups_of(actors, DIRECT, GroupBy.KIND).names == (
        "MUNICIPALITY",
        "UNIVERSITY",
        "CLUSTER",
        "NETWORK",
        "BUSINESS",
    )
