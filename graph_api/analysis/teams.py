"""Snapshot + NetworkInput + competences → teams that cover them, whose members are close to each other and span the helices.

RarestFirst of Lappas, Liu and Terzi (2009), with the sum of distances of Kargar and An (2011) for its cost: each holder of the rarest competence
begins a team, which takes on whoever adds the least distance for each competence that it gains. Members that are not tied are connected by a
Steiner tree (Mehlhorn 1988), and a helix of the triple that is missing is brought by the nearest. Distances are numbers of ties; a pair that nothing
joins is as far apart as there are actors. Knows no likelihood and no gap.
"""

from collections.abc import Sequence
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from scipy.sparse.csgraph import dijkstra

from graph_api.analysis.coverage import HELICES
from graph_api.analysis.prediction import tied
from graph_api.analysis.projection import Longs, Network, NetworkInput, at_actors, project, works_on
from graph_api.errors import BadValue, NotFound
from graph_api.model.results import TeamSuggestion
from graph_api.model.snapshot import Flags, Floats, Snapshot
from graph_api.model.values import CompetenceId, check_first
from graph_api.model.vocabulary import TRIPLE_HELIX

MOST = 100
"""Teams of one answer, at most."""


class Task:
    """What is to be covered, by whom, and how far actors are from each other."""

    def __init__(self, network: Network, competences: Longs, include: Longs, liked: Flags, size: int | None) -> None:
        """A task.

        Args:
            competences: numbers of the asked competences in the snapshot.
            include: nodes that each team has, in the order that was asked for.
            liked: one flag a node: those that bring a helix rather than others.
            size: members, at most; None: as many as it takes.
        """
        pairs, nodes = network.snapshot.actor_competences, network.nodes
        place = np.full(len(network.snapshot.actors.ids), -1)
        place[nodes] = np.arange(network.size)
        asked = np.full(len(network.snapshot.competence_ids), -1)
        asked[competences] = np.arange(len(competences))
        node, column = place[pairs.left], asked[pairs.right]
        here = (node >= 0) & (column >= 0)
        self.network, self.competences, self.include = network, competences, include
        self.holds = np.zeros((network.size, len(competences)), np.bool_)
        """Node by asked competence."""
        self.holds[node[here], column[here]] = True
        self.liked = liked | self.holds.any(axis=1)
        self.size = network.size if size is None else size
        self._tied = tied(network)
        self._distances: dict[int, Floats] = {}
        self._graph: Any = None

    def distance(self, node: int) -> Floats:
        """Ties from a node to each; the number of actors where nothing joins them."""
        found = self._distances.get(node)
        if found is None:
            row = dijkstra(self._tied, directed=False, unweighted=True, indices=[node])[0]
            found = self._distances[node] = np.where(np.isinf(row), self.network.size, row)
        return found

    def cost(self, team: Sequence[int]) -> float:
        """Sum of distances within a team."""
        return float(sum(self.distance(node)[team].sum() for node in team) / 2)

    def uncovered(self, team: Sequence[int]) -> Flags:
        """Asked competences that no member has."""
        flags: Flags = np.logical_not(self.holds[team].any(axis=0))
        return flags

    def graph(self) -> Any:
        """The network for NetworkX, whose graphs have no types."""
        if self._graph is None:
            self._graph = nx.Graph(zip(self.network.a.tolist(), self.network.b.tolist(), strict=True))
        return self._graph


def teams(
    snapshot: Snapshot,
    network: NetworkInput,
    *,
    challenge: str | None = None,
    competences: Sequence[str] | None = None,
    include: Sequence[str] | None = None,
    size: int | None = None,
    first: int = 5,
) -> tuple[TeamSuggestion, ...]:
    """The first teams: fewest competences uncovered, then least communication cost, then by id; no two of the same members.

    Where nobody in the network has any of the competences, one team that says so, of those to include alone. None where a challenge asks for
    no competence that is known.

    Args:
        challenge: asks for the competences that its initiatives require, and that actors at work on it look for, beside `competences`.
        include: actors that each team has.
        size: members of a team, at most; what does not fit stays uncovered.
    Raises:
        NotFound: an id is unknown. BadValue: neither challenge nor competences, an actor to include that is not in the network, or more of them than
            `size`. BadPage: `first` is below 0 or above 100.
    Cost: a breadth-first search for each member of a team, and holders of the rarest competence times competences.
    """
    check_first(first, MOST)
    network = at_actors(network)
    asked, at_work = _asked(snapshot, network, challenge, competences)
    among = project(snapshot, network)
    given = _included(among, include or ())
    if size is not None and size < max(len(given), 1):
        raise BadValue(
            f"A team of {size} has no room for {len(given)} to include.",
            place="size",
            hint="It is 1 or more, and holds all of include.",
        )
    if not len(asked):
        return ()
    task = Task(among, asked, given, at_work[among.nodes], size)
    found = {frozenset(team): team for team in (finished(task, cover) for cover in covers(task)[:first])}
    records = [_record(task, team) for team in found.values()]
    return tuple(sorted(records, key=lambda team: (len(team.uncovered), team.communication_cost, team.actors)))


def covers(task: Task) -> list[list[int]]:
    """One team for each holder of the rarest competence, by what it leaves uncovered, then cost, then members; no two of the same members."""
    start = task.include.tolist()
    missing = task.uncovered(start)
    holders = task.holds.sum(axis=0)
    open_ = np.flatnonzero(missing & (holders > 0))
    if not len(open_) or len(start) >= task.size:
        return [start]
    rarest = open_[np.argmin(holders[open_])]
    grown = [_grown(task, [*start, int(holder)]) for holder in np.flatnonzero(task.holds[:, rarest])]
    distinct = {frozenset(team): team for team in grown}.values()
    return sorted(distinct, key=lambda team: (int(task.uncovered(team).sum()), task.cost(team), sorted(team)))


def _grown(task: Task, team: list[int]) -> list[int]:
    """The team with whoever adds the least distance for each competence gained, until all is covered that can be."""
    away = np.sum([task.distance(node) for node in team], axis=0)
    while len(team) < task.size:
        gain = task.holds[:, task.uncovered(team)].sum(axis=1)
        able = np.flatnonzero(gain)
        if not len(able):
            break
        best = int(able[np.lexsort((able, -gain[able], away[able] / gain[able]))[0]])
        team.append(best)
        away = away + task.distance(best)
    return team


def finished(task: Task, cover: list[int]) -> list[int]:
    """The team with those that connect its members and bring the helices that it lacks, where there is room."""
    team = cover.copy()
    connectors = _connectors(task, cover)
    if len(team) + len(connectors) <= task.size:
        team += connectors
    helix = task.network.snapshot.actors.helix[task.network.nodes]
    for wanted in map(HELICES.index, TRIPLE_HELIX):
        if not team or len(team) >= task.size or (helix[team] == wanted).any():
            continue
        away = np.array([task.distance(node) for node in team])
        able = np.flatnonzero((helix == wanted) & (away.min(axis=0) < task.network.size))
        if len(able):
            team.append(int(able[np.lexsort((able, away.sum(axis=0)[able], ~task.liked[able]))[0]]))
    return team


def _connectors(task: Task, team: list[int]) -> list[int]:
    """Nodes of Steiner trees that join what can be joined of a team."""
    left, found = set(team), set[int]()
    while left:
        one = min(left)
        reached = task.distance(one)
        together = {node for node in left if reached[node] < task.network.size}
        left -= together
        if len(together) > 1:
            # NetworkX's Mehlhorn looks at every node of the graph, and fails at one that no terminal reaches.
            part = task.graph().subgraph(np.flatnonzero(reached < task.network.size).tolist())
            tree = nx.approximation.steiner_tree(part, sorted(together), method="mehlhorn")
            found |= set(tree.nodes) - together
    return sorted(found)


def _asked(
    snapshot: Snapshot, network: NetworkInput, challenge: str | None, competences: Sequence[str] | None
) -> tuple[Longs, Flags]:
    """Numbers of the competences that are asked for, and which actors work on the challenge."""
    at_work = np.zeros(len(snapshot.actors.ids), np.bool_)
    if challenge is None and not competences:
        raise BadValue("Nothing is to be covered.", place="competences", hint="Name competences, or a challenge.")
    asked = {_number(snapshot.competence_ids, id_, "competences", "competence") for id_ in competences or ()}
    if challenge is not None:
        number = _number(snapshot.challenge_ids, challenge, "challenge", "challenge")
        actors, challenges = works_on(snapshot, network.as_of)
        at_work[actors[challenges == number]] = True
        aims, required = snapshot.initiative_challenges, snapshot.initiative_competences
        asked |= set(required.right[np.isin(required.left, aims.left[aims.right == number])].tolist())
        asked |= set(snapshot.actor_needs.right[at_work[snapshot.actor_needs.left]].tolist())
    return np.array(sorted(asked), np.int64), at_work


def _number(ids: Sequence[str], id_: str, place: str, kind: str) -> int:
    if id_ not in ids:
        raise NotFound(f"No {kind} has the id {id_!r}.", place=place, hint=f"An id looks like {kind}:slug.")
    return ids.index(id_)


def _included(network: Network, include: Sequence[str]) -> Longs:
    nodes = []
    for id_ in dict.fromkeys(include):
        try:
            node = network.position(id_)
        except NotFound as error:
            raise NotFound(error.message, place="include", hint=error.hint) from error
        if node is None:
            raise BadValue(f"{id_!r} is outside this network.", place="include", hint="See the network's where.")
        nodes.append(node)
    return np.array(nodes, np.int64)


def _record(task: Task, team: list[int]) -> TeamSuggestion:
    snapshot = task.network.snapshot
    open_ = task.uncovered(team)
    helices = set(snapshot.actors.helix[task.network.nodes[team]].tolist())

    def named(which: Flags) -> tuple[CompetenceId, ...]:
        return tuple(CompetenceId(snapshot.competence_ids[number]) for number in task.competences[which])

    return TeamSuggestion(
        actors=task.network.ids(team),
        covered=named(~open_),
        uncovered=named(open_),
        communication_cost=task.cost(team),
        helices=tuple(helix for number, helix in enumerate(HELICES) if number in helices),
    )
