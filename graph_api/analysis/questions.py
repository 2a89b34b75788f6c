"""A question's name and its parameters → its answer, over one snapshot.

Takes names as the API's fields have them, in snake case, and returns records of `model/results.py`. Keeps networks and scores between questions
about the same snapshot. Runs in the worker's process, and directly where a program has nothing else to do: `Answers(snapshot).of("summary")`.
Knows no process, no queue and no cache of results.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from graph_api.analysis import (
    brokerage,
    communities,
    comparing,
    coverage,
    gaps,
    measures,
    mixing,
    prediction,
    registry,
    resilience,
    stability,
    synergy,
    teams,
)
from graph_api.analysis.cache import Cache
from graph_api.analysis.projection import Network, NetworkInput, at_actors, project
from graph_api.analysis.registry import FASTEST, Engines, Scores
from graph_api.analysis.suggestions import Suggestions
from graph_api.analysis.whatif import suppose
from graph_api.errors import BadValue
from graph_api.model.results import (
    ActorScore,
    Bridge,
    Brokerage,
    Community,
    CoverageCell,
    GroupIndex,
    HelixMixing,
    MunicipalityGap,
    MunicipalityWays,
    NetworkComparison,
    NetworkSummary,
    RankStability,
    ResilienceLoss,
    ServiceSynergy,
    SuggestionQuality,
    TeamSuggestion,
    TieSuggestion,
    TripleHelixSynergy,
    YearSummary,
)
from graph_api.model.snapshot import Flags, Floats, Snapshot
from graph_api.model.vocabulary import CentralityMeasure, CoverageKey, GroupBy, ServiceAudience, SuggestionAim

_NETWORK_BYTES = 200_000_000
KEPT_BYTES = 20_000_000
_KEPT_SUPPOSED, _KEPT_LEARNT = 2, 4
"""Supposed graphs, and networks whose likely ties were learnt: the last ones."""

Kept = Cache[Scores]
"""Scores by the content of the network's arrays, the measure and the engines."""


class Answers:
    """Answers to questions about one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        kept: "Kept | None" = None,
        *,
        engines: Engines = FASTEST,
        real: "Callable[[NetworkInput], Network] | None" = None,
    ) -> None:
        """Answers that keep scores for others after them.

        Args:
            kept: scores of earlier snapshots; an edit that leaves the network as it was leaves them warm.
            engines: what computes measures and communities.
            real: gives networks of the graph as it is, where the snapshot is of a supposed one.
        """
        self._snapshot, self._engines = snapshot, engines
        self._real = real or self._network
        self._supposed: Cache[Answers] = Cache(_KEPT_SUPPOSED)
        self._learnt: Cache[Suggestions] = Cache(_KEPT_LEARNT)
        self._networks: Cache[Network] = Cache(_NETWORK_BYTES)
        self._scores = Kept(KEPT_BYTES) if kept is None else kept
        self._questions: Mapping[str, Callable[..., object]] = {
            "summary": self.summary,
            "centrality": self.centrality,
            "scores": self.scores,
            "coverage": self.coverage,
            "municipality_gaps": self.municipality_gaps,
            "municipality_gap": self.municipality_gap,
            "suggestions": self.suggestions,
            "suggestion_quality": self.suggestion_quality,
            "teams": self.teams,
            "compare": self.compare,
            "timeline": self.timeline,
            "communities": self.communities,
            "rank_stability": self.rank_stability,
            "resilience": self.resilience,
            "bridges": self.bridges,
            "municipality_ways": self.municipality_ways,
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
        network = network or NetworkInput()
        if network.supposed is not None:
            return self._supposing(network).of(question, replace(network, supposed=None), **parameters)
        return self._questions[question](network, **parameters)

    def summary(self, network: NetworkInput) -> NetworkSummary:
        """The network in some figures."""
        return measures.summary(self._network(network))

    def centrality(
        self, network: NetworkInput, *, measure: CentralityMeasure, first: int = 20, shown: Flags | None = None
    ) -> tuple[ActorScore, ...]:
        """The first actors by a measure (see `registry.ranking`)."""
        projected, found = self._network(network), self._computed(network, measure)
        return registry.ranking(projected, measure, found.column, margin=found.margin, first=first, shown=shown)

    def scores(self, network: NetworkInput, *, measure: CentralityMeasure) -> Floats:
        """A measure of every actor of the snapshot (see `registry.of_actors`)."""
        return registry.of_actors(self._network(network), self._computed(network, measure).column)

    def _computed(self, network: NetworkInput, measure: CentralityMeasure) -> Scores:
        projected = self._network(network)
        key = (projected.content, measure, self._engines.name)
        found = self._scores.get(key)
        if found is None:
            found = registry.computed(projected, measure, self._engines)
            self._scores.put(key, found, 2 * found.column.nbytes)
        return found

    def coverage(self, network: NetworkInput, *, by: CoverageKey = CoverageKey.HELIX) -> tuple[CoverageCell, ...]:
        """Which helices or challenges each municipality reaches."""
        return coverage.coverage(self._snapshot, network, by)

    def municipality_gaps(self, network: NetworkInput, *, confidence: float = 0.9) -> tuple[MunicipalityGap, ...]:
        """Each municipality's ties against what one would expect."""
        return gaps.municipality_gaps(self._snapshot, network, confidence)

    def municipality_gap(self, network: NetworkInput, *, municipality: str, confidence: float = 0.9) -> MunicipalityGap:
        """The same for one municipality."""
        return gaps.municipality_gap(self._snapshot, network, municipality, confidence)

    def suggestions(
        self,
        network: NetworkInput,
        *,
        for_: str | None = None,
        municipality: str | None = None,
        closing: SuggestionAim = SuggestionAim.ANY,
        first: int = 20,
    ) -> tuple[TieSuggestion, ...]:
        """Ties that are missing and would be worth making."""
        learnt = self._learnt.get(network.key)
        if learnt is None:
            learnt = Suggestions(self._snapshot, network)
            self._learnt.put(network.key, learnt, 1)
        return learnt.of(for_=for_, municipality=municipality, closing=closing, first=first)

    def suggestion_quality(self, network: NetworkInput) -> SuggestionQuality:
        """How well suggestions find ties that were hidden."""
        return prediction.quality(self._snapshot, at_actors(network))

    def teams(
        self,
        network: NetworkInput,
        *,
        challenge: str | None = None,
        competences: Sequence[str] | None = None,
        include: Sequence[str] | None = None,
        size: int | None = None,
        first: int = 5,
    ) -> tuple[TeamSuggestion, ...]:
        """Actors that together cover competences and are close to one another."""
        return teams.teams(
            self._snapshot,
            network,
            challenge=challenge,
            competences=competences,
            include=include,
            size=size,
            first=first,
        )

    def compare(
        self, network: NetworkInput, *, with_: NetworkInput, graph: Snapshot | None = None
    ) -> NetworkComparison:
        """What is other in another network, of the graph as it is or of another."""
        if network.level is not with_.level:
            raise BadValue(
                "The networks are of different levels.",
                place="with",
                hint=f"Compare with one of {network.level.value}.",
            )
        other = self._real(with_) if graph is None else project(graph, with_)
        return comparing.compare(self._network(network), other)

    def timeline(self, network: NetworkInput, *, first: int, last: int) -> tuple[YearSummary, ...]:
        """One summary a year."""
        return comparing.timeline(self._snapshot, network, first, last)

    def _supposing(self, network: NetworkInput) -> "Answers":
        """Answers about the graph as if it were so."""
        assert network.supposed
        found = self._supposed.get(network.key)
        if found is None:
            supposed = suppose(self._snapshot, network, network.supposed)
            found = Answers(supposed, self._scores, engines=self._engines, real=self._network)
            self._supposed.put(network.key, found, 1)
        return found

    def communities(self, network: NetworkInput, *, resolution: float = 1.0) -> tuple[Community, ...]:
        """Groups with more ties inside than chance would give them."""
        return communities.communities(self._network(network), resolution, self._engines)

    def rank_stability(
        self, network: NetworkInput, *, measure: CentralityMeasure, missing: float = 0.1, draws: int = 100
    ) -> RankStability | None:
        """How far a ranking holds when ties are missing."""
        engines = FASTEST if self._engines.sends else self._engines
        return stability.rank_stability(self._network(network), measure, missing=missing, draws=draws, engines=engines)

    def resilience(
        self, network: NetworkInput, *, without: tuple[str, ...] = (), first: int = 20
    ) -> tuple[ResilienceLoss, ...]:
        """What the network loses without some actors."""
        return resilience.resilience(self._network(network), without, first=first, engines=self._engines)

    def bridges(self, network: NetworkInput, *, first: int = 20) -> tuple[Bridge, ...]:
        """Ties whose loss parts a component."""
        return resilience.bridges(self._network(network), first)

    def municipality_ways(self, network: NetworkInput) -> tuple[MunicipalityWays, ...]:
        """On how many actors each municipality hangs."""
        return resilience.municipality_ways(self._snapshot, network)

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
