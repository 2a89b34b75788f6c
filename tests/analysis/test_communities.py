"""Communities: known divisions, the same network the same numbers, and what is too small to divide."""

import math
from itertools import pairwise

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.analysis import communities as module
from graph_api.analysis import kit
from graph_api.analysis.communities import communities, modularity
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.registry import FASTEST, NETWORKX, Engines
from graph_api.errors import BadValue
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import Helix
from tests.analysis.region import Actor, Tie, edges, snapshot
from tests.analysis.test_measures import Drawn, drawn, karate, made


def network(graph: Snapshot, *, weighted: bool = False) -> Network:
    return project(graph, NetworkInput(weighted=weighted))


def cliques(*sizes: int) -> Snapshot:
    """Groups in which all know each other, each tied to the next by one tie."""
    names = [[f"{group}{i:02}" for i in range(size)] for group, size in zip("abcdefgh", sizes, strict=False)]
    inside = [(a, b) for group in names for a in group for b in group if a < b]
    return edges(inside + [(one[0], other[-1]) for one, other in pairwise(names)])


@pytest.mark.parametrize("engines", [FASTEST, NETWORKX], ids=lambda engines: engines.name)
def test_groups_in_which_all_know_each_other_are_found(engines: Engines) -> None:
    found = communities(network(cliques(4, 6, 5)), engines=engines)

    assert [(c.index, c.size) for c in found] == [(1, 6), (2, 5), (3, 4)]
    assert [{actor.removeprefix("actor:")[0] for actor in c.actors} for c in found] == [{"b"}, {"c"}, {"a"}]


def test_the_karate_club_is_divided_as_well_as_can_be() -> None:
    """Brandes et al. 2008, IEEE TKDE 20:172: no division of Zachary's club has a modularity above 0.4198."""
    found = communities(network(karate()))

    assert len(found) == 4
    assert found[0].modularity == pytest.approx(0.4198, abs=1e-4)
    assert len({c.modularity for c in found}) == 1


def test_modularity_of_the_clubs_two_factions_is_as_networkx_has_it() -> None:
    """Zachary 1977: the club parted into those of Mr. Hi and those of the officer; weights by how often they met."""
    graph = nx.karate_club_graph()
    factions = [{i for i in graph if graph.nodes[i]["club"] == club} for club in ("Mr. Hi", "Officer")]
    region = snapshot(
        [Actor(f"{i:02}") for i in graph], [Tie(f"{a:02}", f"{b:02}", w) for a, b, w in graph.edges(data="weight")]
    )
    label = np.array([int(i in factions[1]) for i in graph])

    for weighted, weight in ((False, None), (True, "weight")):
        for resolution in (1.0, 0.5, 2.0):
            assert modularity(network(region, weighted=weighted), label, resolution) == pytest.approx(
                nx.community.modularity(graph, factions, weight=weight, resolution=resolution)
            )


@settings(max_examples=25, deadline=None)
@given(drawn=drawn, resolution=st.sampled_from([0.5, 1.0, 2.0]))
def test_every_actor_that_has_ties_belongs_to_one_community(drawn: Drawn, resolution: float) -> None:
    """In parts, small and weighted networks; and no division is worse than leaving each actor to itself."""
    found = made(*drawn)
    divided = communities(found, resolution)
    tied = found.ids(np.flatnonzero(found.degree))

    assert sorted(actor for c in divided for actor in c.actors) == list(tied)
    assert all(c.size == len(c.actors) for c in divided)
    assert all(math.isclose(sum(share.share for share in c.helix_shares), 1) for c in divided)
    assert all(c.modularity >= modularity(found, np.arange(found.size), resolution) - 1e-9 for c in divided)
    assert divided == communities(made(*drawn), resolution)


def test_the_largest_comes_first_and_those_with_most_strength_inside() -> None:
    """The first names tell what a community is about."""
    found = communities(network(cliques(4, 4)))

    assert [c.actors for c in found] == [
        ("actor:a00", "actor:a01", "actor:a02", "actor:a03"),
        ("actor:b00", "actor:b01", "actor:b02", "actor:b03"),
    ]
    star = communities(network(edges([("z", "a"), ("z", "b"), ("z", "c")])))
    assert star[0].actors[0] == "actor:z"


def test_helix_shares_are_of_its_actors() -> None:
    helices = [Helix.ACADEMIA, Helix.INDUSTRY, Helix.INDUSTRY, Helix.GOVERNMENT]
    names = "abcd"
    graph = snapshot(
        [Actor(n, h) for n, h in zip(names, helices, strict=True)], [Tie(a, b) for a in names for b in names if a < b]
    )
    (found,) = communities(network(graph))

    assert [(s.helix, s.share) for s in found.helix_shares] == [
        (Helix.INDUSTRY, 0.5),
        (Helix.ACADEMIA, 0.25),
        (Helix.GOVERNMENT, 0.25),
    ]


def test_a_higher_resolution_finds_more_communities() -> None:
    counts = [len(communities(network(karate()), resolution)) for resolution in (0.3, 1.0, 3.0)]

    assert counts == sorted(set(counts))


@pytest.mark.parametrize("actors", [0, 1, 3])
def test_a_network_without_ties_has_none(actors: int) -> None:
    assert communities(network(snapshot([Actor(str(i)) for i in range(actors)]))) == ()


@pytest.mark.parametrize("resolution", [0.0, -1.0, math.nan, math.inf])
def test_a_resolution_that_is_none_is_refused(resolution: float) -> None:
    with pytest.raises(BadValue, match="above 0") as caught:
        communities(network(karate()), resolution)

    assert caught.value.place == "resolution"


def test_without_networkit_networkx_divides(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no wheel for every machine."""
    monkeypatch.setattr(kit, "present", lambda: False)
    monkeypatch.setattr(kit, "communities", None)

    assert communities(network(karate()))[0].modularity > 0.4


def test_a_large_network_is_divided_at_no_lower_modularity_than_networkx_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW_TIES", 0)
    graph = nx.random_partition_graph([60] * 6, 0.15, 0.02, seed=1)
    found = network(edges((f"{a:03}", f"{b:03}") for a, b in graph.edges))

    assert communities(found)[0].modularity >= communities(found, engines=NETWORKX)[0].modularity - 0.005
