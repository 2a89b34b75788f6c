"""Resilience: what is lost without some actors, by hand, by NetworkX, the worst single losses; bridges; on whom municipalities hang."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.analysis import resilience as module
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.resilience import bridges, municipality_ways, resilience
from graph_api.errors import BadPage, NotFound
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import NetworkTie, RegionWideActors
from tests.analysis.region import Actor, Bond, Tie, edges, municipality, path, small, snapshot
from tests.analysis.test_engines import scale_free
from tests.analysis.test_measures import Drawn, drawn, made


def network(graph: Snapshot, **asked: Any) -> Network:
    return project(graph, NetworkInput(**asked))


def test_a_row_without_its_middle() -> None:
    """a – b – c – d – e: without c the two ends no longer meet, and of Σ 1/d over the pairs, 4 + 3/2 + 2/3 + 1/4, two ties of length 1 are left."""
    (loss,) = resilience(network(path(*"abcde")), ["actor:c"])

    assert loss.actors == ("actor:c",)
    assert loss.disconnected_actors == 2
    assert loss.largest_component_share == 0.5
    assert loss.efficiency_loss == pytest.approx(1 - 2 / (4 + 3 / 2 + 2 / 3 + 1 / 4))


def test_several_are_taken_out_together() -> None:
    """Each alone would part a ring nowhere; together they do."""
    ring = network(edges([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("a", "f")]))
    (both,) = resilience(ring, ["actor:d", "actor:a", "actor:d"])

    assert both.actors == ("actor:a", "actor:d")
    assert both.disconnected_actors == 2
    assert [loss.disconnected_actors for loss in resilience(ring)] == [0] * 6


@settings(max_examples=30, deadline=None)
@given(drawn=drawn, data=st.data())
def test_losses_are_those_that_networkx_finds(drawn: Drawn, data: st.DataObject) -> None:
    """In networks of parts, with isolates, taking out anything up to everybody."""
    found = made(*drawn)
    gone = data.draw(st.sets(st.integers(0, found.size - 1), min_size=1))
    (loss,) = resilience(found, [found.id(node) for node in gone])
    twin = nx.Graph(zip(found.a.tolist(), found.b.tolist(), strict=True))
    twin.add_nodes_from(range(found.size))
    left = twin.subgraph(set(twin) - gone)
    largest = [
        max(map(len, nx.connected_components(left.subgraph(part))), default=0) for part in nx.connected_components(twin)
    ]
    before, after = (
        sum(1 / d for _, ends in nx.all_pairs_shortest_path_length(g) for d in ends.values() if d) for g in (twin, left)
    )

    assert loss.disconnected_actors == len(left) - sum(largest)
    assert loss.largest_component_share == (pytest.approx(max(largest) / len(left)) if len(left) else 0)
    assert loss.efficiency_loss == pytest.approx(1 - after / before if before else 0)


def test_the_worst_single_losses_come_first() -> None:
    """Two groups that one actor joins: it and the two with which it is tied part them, and these two take more ties with them."""
    left, right = ([f"{side}{i}" for i in range(4)] for side in "lr")
    inside = [(a, b) for group in (left, right) for a in group for b in group if a < b]
    found = resilience(network(edges([*inside, ("l0", "m"), ("m", "r0")])), first=3)

    assert [loss.actors for loss in found] == [("actor:l0",), ("actor:r0",), ("actor:m",)]
    assert [loss.disconnected_actors for loss in found] == [3, 3, 4]
    assert found[0].efficiency_loss == pytest.approx(found[1].efficiency_loss)
    assert found[1].efficiency_loss > found[2].efficiency_loss > 0.3


def test_every_actor_that_parts_a_component_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it lies between few pairs."""
    monkeypatch.setattr(module, "_BY_BETWEENNESS", 1)
    core = [(f"k{a}", f"k{b}") for a in range(8) for b in range(a)]
    found = resilience(network(edges([*core, ("k0", "x"), ("k1", "y"), ("k1", "z")])), first=1)
    monkeypatch.setattr(module, "_BY_BETWEENNESS", 50)

    assert found == resilience(network(edges([*core, ("k0", "x"), ("k1", "y"), ("k1", "z")])), first=1)
    assert found[0].actors == ("actor:k1",)


def test_in_a_large_network_the_foremost_are_tried_from_some_of_its_actors(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is lost, within what drawing costs."""
    graph = scale_free(500, 2, 1)
    exact = {loss.actors: loss for loss in resilience(graph, first=60)}
    monkeypatch.setattr(module, "_FEW_ACTORS", 100)
    monkeypatch.setattr(module, "_SOURCES", 250)
    some = resilience(graph, first=5)

    for loss in some:
        assert loss.disconnected_actors == exact[loss.actors].disconnected_actors
        assert loss.efficiency_loss == pytest.approx(exact[loss.actors].efficiency_loss, abs=0.02)


@pytest.mark.parametrize("actors", [0, 1, 2])
def test_who_has_no_ties_loses_nothing(actors: int) -> None:
    found = resilience(network(snapshot([Actor(str(i)) for i in range(actors)])))

    assert [(loss.disconnected_actors, loss.efficiency_loss) for loss in found] == [(0, 0)] * actors


def test_an_actor_outside_the_network_takes_nothing_with_it() -> None:
    """By the filter it has no ties there; it is named all the same."""
    graph = small()
    inside = np.array([name != "actor:uni" for name in graph.actors.ids])
    (loss,) = resilience(network(graph, actors=inside), ["actor:uni"])

    assert loss.actors == ("actor:uni",)
    assert (loss.disconnected_actors, loss.efficiency_loss) == (0, 0)


def test_an_unknown_actor_is_named() -> None:
    with pytest.raises(NotFound, match="actor:nowhere") as caught:
        resilience(network(small()), ["actor:uni", "actor:nowhere"])
    assert caught.value.place == "without"

    with pytest.raises(BadPage):
        resilience(network(small()), first=-1)


# bridges -------------------------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(drawn=drawn)
def test_bridges_are_those_of_networkx_and_cut_off_the_smaller_side(drawn: Drawn) -> None:
    found = made(*drawn)
    twin = nx.Graph(zip(found.a.tolist(), found.b.tolist(), strict=True))
    expected = {}
    for a, b in nx.bridges(twin):
        left = nx.restricted_view(twin, [], [(a, b)])
        sides = (nx.node_connected_component(left, a), nx.node_connected_component(left, b))
        expected[tuple(sorted((found.id(a), found.id(b))))] = min(map(len, sides))
    shown = bridges(found, first=1000)

    assert {(bridge.tie.from_, bridge.tie.to): bridge.cut_off for bridge in shown} == expected
    assert [bridge.cut_off for bridge in shown] == sorted(expected.values(), reverse=True)
    assert bridges(found, first=2) == shown[:2]


def test_two_things_that_join_the_same_actors_are_one_bridge() -> None:
    """A collaboration and a membership between the same two do not hold together what no other actor does."""
    graph = snapshot([Actor("a"), Actor("b"), Actor("c")], [Tie("a", "b"), Tie("b", "c")], [Bond("a", "b")])
    found = bridges(network(graph)), bridges(network(graph, ties=(NetworkTie.COLLABORATION, NetworkTie.MEMBERSHIP)))

    assert [[(bridge.tie.from_, bridge.tie.to) for bridge in some] for some in found] == [
        [("actor:a", "actor:b"), ("actor:b", "actor:c")]
    ] * 2
    assert [len(some[0].tie.joined_by) for some in found] == [1, 2]


def test_bridges_of_nothing_and_of_less_than_nothing() -> None:
    assert bridges(network(snapshot([]))) == ()
    assert bridges(network(snapshot([Actor("a")]))) == ()
    with pytest.raises(BadPage):
        bridges(network(small()), first=-1)


# ways ----------------------------------------------------------------------------------------------------------------


def region(ties: Iterable[tuple[str, str]]) -> Snapshot:
    """Ale with x1 … x3, Oeckeroe with y1 … y3, and z1 … z3, who work for the whole region with a seat in Ale."""
    seated = [Actor(f"{letter}{i}", seat=seat, region_wide=letter == "z")
              for letter, seat in (("x", "ale"), ("y", "ockero"), ("z", "ale")) for i in (1, 2, 3)]  # fmt: skip
    return snapshot([municipality("ale"), municipality("ockero"), *seated], [Tie(a, b) for a, b in ties])


def test_a_municipality_hangs_on_its_broker() -> None:
    """x1 … x3 meet y1 … y3 by z1 alone; y1 and y2 have a second way to each other that helps nobody."""
    graph = region([("x1", "z1"), ("x2", "z1"), ("z1", "y1"), ("z1", "y2"), ("y1", "y2")])
    ways = municipality_ways(graph, NetworkInput())

    assert [(each.municipality, each.ways, each.actors) for each in ways] == [
        ("actor:ale", 1, ("actor:z1",)),
        ("actor:ockero", 1, ("actor:z1",)),
    ]


def test_a_municipality_hangs_on_its_own_actor() -> None:
    """All that leads to the others leads through x1, and its loss cuts Ale off as that of a broker would."""
    ways = municipality_ways(region([("x1", "x2"), ("x1", "x3"), ("x1", "y1"), ("x1", "y2")]), NetworkInput())

    assert [(each.ways, each.actors) for each in ways] == [(1, ("actor:x1",))] * 2


def test_a_municipality_that_nothing_joins_has_no_way() -> None:
    assert [(each.ways, each.actors) for each in municipality_ways(region([("x1", "z1")]), NetworkInput())] == [
        (0, ())
    ] * 2
    assert municipality_ways(snapshot([]), NetworkInput()) == ()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_fewer_actors_part_a_municipality_and_those_named_do(data: st.DataObject) -> None:
    """By trying all sets of actors (Menger's theorem), with region-wide actors apart and by seat."""
    names = [f"{letter}{i}" for letter in "xyz" for i in (1, 2, 3)]
    pairs = [(a, b) for a, b in combinations(names, 2)]
    ties = data.draw(st.sets(st.sampled_from(pairs), max_size=14))
    counted = data.draw(st.sampled_from(RegionWideActors))
    graph = nx.Graph([(f"actor:{a}", f"actor:{b}") for a, b in ties])
    inside = {
        f"actor:{name}" for name in names if name[0] == "x" or (name[0] == "z" and counted is RegionWideActors.BY_SEAT)
    }
    others = {f"actor:y{i}" for i in (1, 2, 3)}

    def parted(gone: Iterable[str]) -> bool:
        left = graph.subgraph(set(graph) - set(gone))
        return not any(part & inside and part & others for part in nx.connected_components(left))

    fewest = next(n for n in range(10) if any(map(parted, combinations(sorted(graph), n))))
    for each in municipality_ways(region(ties), NetworkInput(region_wide_actors=counted)):
        assert each.ways == len(each.actors) == fewest
        assert parted(each.actors)
