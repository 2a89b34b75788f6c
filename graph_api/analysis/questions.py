"""A question's name and its parameters → its answer, over one snapshot.

Takes names as the API's fields have them, in snake case, and returns records of `model/results.py`. Keeps networks and scores between questions
about the same snapshot. Runs in the worker's process, and directly where a program has nothing else to do: `Answers(snapshot).of("summary")`.
Knows no process, no queue and no cache of results.
"""

from collections.abc import Callable, Mapping

from graph_api.analysis import brokerage, coverage, gaps, measures, mixing, registry, synergy
from graph_api.analysis.cache import Cache
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.model.results import (
    ActorScore,
    Brokerage,
    CoverageCell,
    GroupIndex,
    HelixMixing,
    MunicipalityGap,
    NetworkSummary,
    ServiceSynergy,
    TripleHelixSynergy,
)
from graph_api.model.snapshot import Flags, Floats, Snapshot
from graph_api.model.vocabulary import CentralityMeasure, CoverageKey, GroupBy, ServiceAudience

_KEPT_BYTES = 200_000_000


class Answers:
    """Answers to questions about one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._networks: Cache[Network] = Cache(_KEPT_BYTES)
        self._scores: Cache[Floats] = Cache(_KEPT_BYTES // 10)
        self._questions: Mapping[str, Callable[..., object]] = {
            "summary": self.summary,
            "centrality": self.centrality,
            "scores": self.scores,
            "coverage": self.coverage,
            "municipality_gaps": self.municipality_gaps,
            "municipality_gap": self.municipality_gap,
            "gaps_by_chance": self.gaps_by_chance,
            "helix_mixing": self.helix_mixing,
            "brokerage": self.brokerage,
            "group_indices": self.group_indices,
            "triple_helix_synergy": self.triple_helix_synergy,
            "service_synergies": self.service_synergies,
        }

    def of(self, question: str, network: NetworkInput | None = None, **parameters: object) -> object:
        """The answer to a question by its name.

        Raises:
            KeyError: there is no such question. Else what the question raises.
        """
        return self._questions[question](network or NetworkInput(), **parameters)

    def summary(self, network: NetworkInput) -> NetworkSummary:
        """The network in some figures."""
        return measures.summary(self._network(network))

    def centrality(
        self, network: NetworkInput, *, measure: CentralityMeasure, first: int = 20, shown: Flags | None = None
    ) -> tuple[ActorScore, ...]:
        """The first actors by a measure (see `registry.ranking`)."""
        return registry.ranking(
            self._network(network), measure, self._column(network, measure), first=first, shown=shown
        )

    def scores(self, network: NetworkInput, *, measure: CentralityMeasure) -> Floats:
        """A measure of every actor of the snapshot (see `registry.of_actors`)."""
        return registry.of_actors(self._network(network), self._column(network, measure))

    def _column(self, network: NetworkInput, measure: CentralityMeasure) -> Floats:
        key = (network.key, measure)
        column = self._scores.get(key)
        if column is None:
            column = registry.scores(self._network(network), measure)
            self._scores.put(key, column, column.nbytes)
        return column

    def coverage(self, network: NetworkInput, *, by: CoverageKey = CoverageKey.HELIX) -> tuple[CoverageCell, ...]:
        """Which helices or challenges each municipality reaches."""
        return coverage.coverage(self._snapshot, network, by)

    def municipality_gaps(self, network: NetworkInput, *, confidence: float = 0.9) -> tuple[MunicipalityGap, ...]:
        """Each municipality's ties against what one would expect."""
        return gaps.municipality_gaps(self._snapshot, network, confidence)

    def municipality_gap(self, network: NetworkInput, *, municipality: str, confidence: float = 0.9) -> MunicipalityGap:
        """The same for one municipality."""
        return gaps.municipality_gap(self._snapshot, network, municipality, confidence)

    def gaps_by_chance(self, network: NetworkInput) -> Mapping[str, tuple[float | None, float | None]]:
        """z-score and p value of each municipality's ties across its border, given every actor's degree, by its id."""
        return gaps.null_model(self._snapshot, network)

    def helix_mixing(self, network: NetworkInput) -> tuple[HelixMixing, ...]:
        """Ties between helices against chance."""
        return mixing.helix_mixing(self._snapshot, network)

    def brokerage(
        self, network: NetworkInput, *, by: GroupBy = GroupBy.HELIX, first: int = 20
    ) -> tuple[Brokerage, ...]:
        """Who stands between whom."""
        return brokerage.brokerage(self._snapshot, network, by, first)

    def group_indices(self, network: NetworkInput, *, by: GroupBy = GroupBy.HELIX) -> tuple[GroupIndex, ...]:
        """How far each group's ties lead out of it."""
        return brokerage.group_indices(self._snapshot, network, by)

    def triple_helix_synergy(self, network: NetworkInput) -> TripleHelixSynergy:
        """Whether academia, industry and government together tell more than each two."""
        return synergy.triple_helix_synergy(self._snapshot, network)

    def service_synergies(
        self, network: NetworkInput, *, audience: ServiceAudience | None = None, first: int = 20
    ) -> tuple[ServiceSynergy, ...]:
        """Pairs of services for the same audience that nothing joins yet."""
        return synergy.service_synergies(self._snapshot, network, audience, first)

    def _network(self, network: NetworkInput) -> Network:
        found = self._networks.get(network.key)
        if found is None:
            found = project(self._snapshot, network)
            self._networks.put(network.key, found, found.nbytes)
        return found
