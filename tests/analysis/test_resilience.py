"""Resilience: what is lost without some actors, by hand, by NetworkX, and the worst single losses."""

from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.analysis import resilience as module
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.resilience import resilience
from graph_api.errors import BadPage, NotFound
from graph_api.model.snapshot import Snapshot
from tests.analysis.region import Actor, edges, path, small, snapshot
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
