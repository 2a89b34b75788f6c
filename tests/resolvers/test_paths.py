"""Paths, neighbourhoods and whole networks: small ones by hand, random ones against NetworkX."""

from collections.abc import Callable, Iterable
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.errors import BadPage, BadValue, NotFound
from graph_api.model.results import ActorPath
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import NetworkTie
from graph_api.resolvers.paths import Networks, neighbourhood, shortest_paths, whole
from tests.analysis.region import Actor, Tie, edges, path, small, snapshot

DIAMOND = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e")]


def network(graph: Snapshot, **asked: Any) -> Network:
    return project(graph, NetworkInput(**asked))


def slugs(found: Iterable[ActorPath]) -> list[str]:
    """Actors of one letter along each path."""
    return ["".join(actor.removeprefix("actor:") for actor in path.actors) for path in found]


def test_all_shortest_paths_are_found_in_the_order_of_their_ids() -> None:
    """A reader asks twice and sees the same list."""
    found = shortest_paths(network(edges(DIAMOND)), "actor:a", "actor:e")

    assert slugs(found) == ["abde", "acde"]
    assert [path.length for path in found] == [3, 3]


def test_a_path_from_the_other_end_is_ordered_by_its_own_ids() -> None:
    assert slugs(shortest_paths(network(edges(DIAMOND)), "actor:e", "actor:a")) == ["edba", "edca"]


def test_a_path_names_what_joins_each_step() -> None:
    """The page shows why two actors are said to be connected."""
    (found,) = shortest_paths(network(small()), "actor:out", "actor:bfirm")

    assert found.ties[0].joined_by == ("collaboration:out:uni:other",)
    assert found.ties[1].kinds == (NetworkTie.CO_PARTICIPATION, NetworkTie.CO_MEMBERSHIP)


@pytest.mark.parametrize(("max_length", "count"), [(0, 0), (2, 0), (3, 2), (6, 2)])
def test_a_path_longer_than_asked_is_not_shown(max_length: int, count: int) -> None:
    assert len(shortest_paths(network(edges(DIAMOND)), "actor:a", "actor:e", max_length=max_length)) == count


@pytest.mark.parametrize("first", [0, 1, 2, 5])
def test_at_most_first_paths_are_shown(first: int) -> None:
    assert slugs(shortest_paths(network(edges(DIAMOND)), "actor:a", "actor:e", first=first)) == ["abde", "acde"][:first]


def test_an_actor_reaches_itself_without_a_tie() -> None:
    (found,) = shortest_paths(network(path("a", "b")), "actor:a", "actor:a", max_length=0)

    assert (slugs([found]), found.ties, found.length) == (["a"], (), 0)


def test_parts_that_nothing_joins_have_no_path() -> None:
    assert shortest_paths(network(edges([("a", "b"), ("c", "d")])), "actor:a", "actor:d") == ()


def test_an_actor_outside_the_network_has_no_path_and_no_neighbours() -> None:
    """It is in the graph, so it is no error; the filter took it out."""
    graph = path("a", "b", "c")
    hidden = network(graph, actors=np.array([True, False, True]))

    assert shortest_paths(hidden, "actor:a", "actor:b") == ()
    assert shortest_paths(hidden, "actor:b", "actor:b") == ()
    assert shortest_paths(hidden, "actor:a", "actor:c") == ()
    assert neighbourhood(hidden, ["actor:b"]).actors == ()


@pytest.mark.parametrize(
    "ask", [lambda n: shortest_paths(n, "actor:a", "actor:x"), lambda n: neighbourhood(n, ["actor:a", "actor:x"])]
)
def test_an_actor_that_the_graph_does_not_hold_is_an_error(ask: Callable[[Network], object]) -> None:
    with pytest.raises(NotFound):
        ask(network(path("a", "b")))


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda n: shortest_paths(n, "actor:a", "actor:b", first=-1), BadPage),
        (lambda n: shortest_paths(n, "actor:a", "actor:b", max_length=-1), BadValue),
        (lambda n: neighbourhood(n, ["actor:a"], radius=-1), BadValue),
        (lambda n: whole(n, first=-1), BadPage),
    ],
)
def test_numbers_below_zero_are_refused(ask: Callable[[Network], object], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(network(path("a", "b")))


def test_a_neighbourhood_lists_the_nearest_first_then_by_id() -> None:
    found = neighbourhood(network(edges(DIAMOND)), ["actor:d"], radius=2)

    assert found.actors == ("actor:d", "actor:b", "actor:c", "actor:e", "actor:a")
    assert (found.truncated, found.actor_count, found.tie_count) == (False, 5, 5)


def test_a_cut_neighbourhood_says_how_much_there_is() -> None:
    """The view offers to show the rest."""
    found = neighbourhood(network(edges(DIAMOND)), ["actor:d"], radius=2, first=3)

    assert found.actors == ("actor:d", "actor:b", "actor:c")
    assert [(tie.from_, tie.to) for tie in found.ties] == [("actor:b", "actor:d"), ("actor:c", "actor:d")]
    assert (found.truncated, found.actor_count, found.tie_count) == (True, 5, 5)


def test_a_neighbourhood_of_several_is_counted_from_the_nearest_of_them() -> None:
    found = neighbourhood(network(path(*"abcdefg")), ["actor:g", "actor:a", "actor:a"], radius=1)

    assert found.actors == ("actor:a", "actor:g", "actor:b", "actor:f")


@pytest.mark.parametrize("of", [[], ["actor:a"]])
def test_without_radius_only_the_centres_are_shown(of: list[str]) -> None:
    assert neighbourhood(network(path("a", "b")), of, radius=0).actors == tuple(of)


def test_a_cut_network_keeps_the_strongest() -> None:
    graph = snapshot([Actor(s) for s in "abcd"], [Tie("a", "b", 1), Tie("b", "c", 5), Tie("c", "d", 1)])
    found = whole(network(graph), first=2)

    assert found.actors == ("actor:b", "actor:c")
    assert [tie.strength for tie in found.ties] == [5]
    assert (found.truncated, found.actor_count, found.tie_count) == (True, 4, 3)


def test_an_empty_graph_is_an_empty_view() -> None:
    found = whole(network(snapshot([])))

    assert (found.actors, found.ties, found.truncated, found.actor_count, found.tie_count) == ((), (), False, 0, 0)


def test_a_network_is_projected_once_for_the_same_question_and_anew_for_another_graph() -> None:
    kept, graph = Networks(), small()
    same = kept.of(graph, NetworkInput())

    assert kept.of(graph, NetworkInput()) is same
    assert kept.of(graph, NetworkInput(weighted=False)) is not same
    assert kept.of(small(), NetworkInput()) is not same


Drawn = tuple[int, set[tuple[int, int]]]

graphs = st.integers(1, 9).flatmap(
    lambda n: st.tuples(
        st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1]))
    )
)


def drawn(n: int, pairs: set[tuple[int, int]]) -> tuple[Network, Any]:
    """The same network for us and for NetworkX."""
    graph = edges([(str(a), str(b)) for a, b in pairs], also=map(str, range(n)))
    twin = nx.Graph([(f"actor:{a}", f"actor:{b}") for a, b in pairs])
    twin.add_nodes_from(f"actor:{i}" for i in range(n))
    return network(graph), twin


@given(drawn_graph=graphs, data=st.data())
def test_shortest_paths_are_those_of_networkx(drawn_graph: Drawn, data: st.DataObject) -> None:
    """Breadth-first over arrays is the clever path; NetworkX is the plain one."""
    ours, twin = drawn(*drawn_graph)
    ends = [data.draw(st.sampled_from(sorted(twin))) for _ in range(2)]
    joined = nx.has_path(twin, *ends)
    expected = sorted(map(tuple, nx.all_shortest_paths(twin, *ends))) if joined else []

    assert [path.actors for path in shortest_paths(ours, *ends, max_length=9, first=1000)] == expected


@given(drawn_graph=graphs, radius=st.integers(0, 4))
def test_a_neighbourhood_is_the_ego_graph_of_networkx(drawn_graph: Drawn, radius: int) -> None:
    ours, twin = drawn(*drawn_graph)
    far = nx.single_source_shortest_path_length(twin, "actor:0", cutoff=radius)
    found = neighbourhood(ours, ["actor:0"], radius=radius)

    assert found.actors == tuple(sorted(far, key=lambda actor: (far[actor], actor)))
    assert {(tie.from_, tie.to) for tie in found.ties} == {tuple(sorted(edge)) for edge in twin.subgraph(far).edges}
