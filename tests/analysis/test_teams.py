"""Teams: covers held to an exact search, and each wish of who asks."""

from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.analysis.projection import NetworkInput, project
from graph_api.analysis.teams import Task, covers, teams
from graph_api.errors import BadPage, BadValue, NotFound
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import ActorKind, Helix, NetworkTie, ParticipationRole
from tests.analysis.region import Actor, Initiative, Tie, snapshot

DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def row() -> Snapshot:
    """energy – hub – law, both firms; a university beyond law, a council beyond energy; far away a lonely shipyard that knows ships.

    council ── energy ── hub ── law ── uni        energy has energy; law and far have law; ship (alone) has ships; hub looks for ships.
                                 │
                                far
    """
    return snapshot(
        [
            Actor("council", Helix.GOVERNMENT, ActorKind.AGENCY),
            Actor("energy", has=["energy"]),
            Actor("hub", needs=["ships"]),
            Actor("law", has=["law"]),
            Actor("far", has=["law"]),
            Actor("uni", Helix.ACADEMIA, ActorKind.UNIVERSITY),
            Actor("ship", has=["ships"]),
        ],
        [Tie("council", "energy"), Tie("energy", "hub"), Tie("hub", "law"), Tie("law", "uni"), Tie("law", "far")],
        initiatives=[Initiative("i", [("hub", ParticipationRole.LEAD)], ["growth"], requires=["law"])],
        challenges=["growth", "quiet"],
    )


def test_members_that_are_not_tied_are_connected_and_the_triple_helix_is_spanned() -> None:
    """energy and law meet at the hub; academia and government come with those next to them."""
    first, *others = teams(row(), DIRECT, competences=["competence:energy", "competence:law"])

    assert [id_.removeprefix("actor:") for id_ in first.actors] == ["energy", "law", "hub", "uni", "council"]
    assert first.covered == ("competence:energy", "competence:law")
    assert first.uncovered == ()
    assert first.helices == (Helix.ACADEMIA, Helix.INDUSTRY, Helix.GOVERNMENT)
    assert first.communication_cost == sum(
        abs(a - b) for a, b in combinations((0, 1, 2, 3, 4), 2)
    )  # the whole row, from council to uni
    assert all(team.communication_cost >= first.communication_cost for team in others)


def test_a_size_leaves_out_those_who_do_not_fit() -> None:
    pair = teams(row(), DIRECT, competences=["competence:energy", "competence:law"], size=2)[0]
    one = teams(row(), DIRECT, competences=["competence:energy", "competence:law"], size=1)[0]

    assert len(pair.actors) == 2
    assert pair.uncovered == ()
    assert pair.communication_cost == 2
    assert len(one.actors) == len(one.covered) == len(one.uncovered) == 1


def test_who_must_be_included_comes_first() -> None:
    found = teams(row(), DIRECT, competences=["competence:law"], include=["actor:far", "actor:council"], size=2)

    assert [team.actors for team in found] == [("actor:far", "actor:council")]
    assert found[0].covered == ("competence:law",)


def test_what_nobody_has_stays_uncovered() -> None:
    """It is named, and the rest is covered all the same."""
    graph = row()
    without = np.array([id_ != "actor:ship" for id_ in graph.actors.ids])
    network = NetworkInput((NetworkTie.COLLABORATION,), without)
    found = teams(graph, network, competences=["competence:ships", "competence:law"])
    none = teams(graph, network, competences=["competence:ships"])

    assert all(team.uncovered == ("competence:ships",) for team in found)
    assert [(team.actors, team.uncovered) for team in none] == [((), ("competence:ships",))]


def test_an_unreachable_pair_costs_the_number_of_actors() -> None:
    found = teams(row(), DIRECT, competences=["competence:ships", "competence:law"], size=2)[0]

    assert found.communication_cost == 7


def test_a_challenge_asks_for_what_it_requires_and_what_those_at_work_look_for() -> None:
    found = teams(row(), DIRECT, challenge="challenge:growth")[0]

    assert sorted((*found.covered, *found.uncovered)) == ["competence:law", "competence:ships"]
    assert teams(row(), DIRECT, challenge="challenge:quiet") == ()


def test_no_two_teams_have_the_same_members() -> None:
    found = teams(row(), DIRECT, competences=["competence:law", "competence:energy"], first=100)

    assert len({frozenset(team.actors) for team in found}) == len(found)
    assert teams(row(), DIRECT, competences=["competence:law"], first=0) == ()


@pytest.mark.parametrize(
    ("asked", "error", "place"),
    [
        ({}, BadValue, "competences"),
        ({"competences": []}, BadValue, "competences"),
        ({"competences": ["competence:none"]}, NotFound, "competences"),
        ({"challenge": "challenge:none"}, NotFound, "challenge"),
        ({"competences": ["competence:law"], "include": ["actor:none"]}, NotFound, "include"),
        ({"competences": ["competence:law"], "size": 0}, BadValue, "size"),
        ({"competences": ["competence:law"], "include": ["actor:hub", "actor:far"], "size": 1}, BadValue, "size"),
        ({"competences": ["competence:law"], "first": -1}, BadPage, "first"),
        ({"competences": ["competence:law"], "first": 101}, BadPage, "first"),
    ],
)
def test_bad_input_is_named(asked: dict[str, object], error: type[Exception], place: str) -> None:
    with pytest.raises(error) as met:
        teams(row(), DIRECT, **asked)  # type: ignore[arg-type]
    assert getattr(met.value, "place", None) == place


def test_an_actor_outside_the_network_cannot_be_included() -> None:
    graph = row()
    network = NetworkInput(actors=np.array([id_ != "actor:hub" for id_ in graph.actors.ids]))

    with pytest.raises(BadValue, match="outside"):
        teams(graph, network, competences=["competence:law"], include=["actor:hub"])


def exact(task: Task) -> float:
    """The least sum of distances of a team that covers all that can be covered: branch and bound over the holders of each competence."""
    best = float("inf")
    open_ = [column for column in range(task.holds.shape[1]) if task.holds[:, column].any()]

    def grow(team: list[int], left: list[int]) -> None:
        nonlocal best
        cost = task.cost(team) if team else 0.0
        if cost >= best:
            return
        left = [column for column in left if not task.holds[team, column].any()]
        if not left:
            best = cost
            return
        for holder in np.flatnonzero(task.holds[:, left[0]]).tolist():
            grow([*team, holder], left[1:])

    grow(task.include.tolist(), open_)
    return best


@given(seed=st.integers(0, 10_000), skills=st.integers(1, 4), include=st.integers(0, 2))
def test_a_greedy_team_is_never_better_and_rarely_much_worse_than_the_best(
    seed: int, skills: int, include: int
) -> None:
    """RarestFirst promises at most twice the best for one start of each competence (Kargar and An 2011); more than that is a fault."""
    random = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(12, 0.25, seed=seed)
    names = [f"a{i:02}" for i in range(12)]
    actors = [Actor(name, has=[f"s{k}" for k in range(skills) if random.random() < 0.3]) for name in names]
    network = project(snapshot(actors, [Tie(names[a], names[b]) for a, b in graph.edges]), DIRECT)
    known = np.arange(len(network.snapshot.competence_ids))
    task = Task(network, known, np.arange(include), np.zeros(12, np.bool_), None)
    found = covers(task)[0]

    assert not (task.uncovered(found) & task.holds.any(axis=0)).any()
    assert exact(task) <= task.cost(found) <= 2 * exact(task) + 12
