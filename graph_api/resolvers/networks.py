"""Fields that are answered over a network: paths, neighbourhood, the network itself, analyses.

Each turns its arguments into a `NetworkInput` on the present snapshot (a `where` is a read of the store), calls, and returns a record of ids.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

import numpy as np

from graph_api.analysis.projection import Network, NetworkInput, Supposed
from graph_api.analysis.whatif import suppose
from graph_api.errors import BadValue, NotFound
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.results import (
    ActorPath,
    ActorScore,
    Bridge,
    Community,
    CoverageCell,
    MunicipalityGap,
    MunicipalityWays,
    NetworkComparison,
    NetworkSummary,
    RankStability,
    ResilienceLoss,
    Subgraph,
    SuggestionQuality,
    TeamSuggestion,
    TieSuggestion,
    YearSummary,
)
from graph_api.model.snapshot import Flags, Floats, Scores, Snapshot
from graph_api.model.values import ActorId, check_first
from graph_api.model.vocabulary import (
    CentralityMeasure,
    CoverageKey,
    GroupBy,
    NetworkLevel,
    NetworkTie,
    RegionWideActors,
    ServiceAudience,
    SuggestionAim,
)
from graph_api.plan import cursor
from graph_api.plan.aliases import compared, may_be_merged, renamed
from graph_api.plan.arguments import filter_of
from graph_api.plan.nodes import Page, Score, Values, plain
from graph_api.plan.select import Scored
from graph_api.resolvers import paths
from graph_api.resolvers.context import Context
from graph_api.stores.base import Store

Arguments = Mapping[str, Any]
Listed = TypeVar("Listed", bound=Enum)
Answer = TypeVar("Answer")


def _item(listed: type[Listed], value: object, default: Listed) -> Listed:
    return default if value is None else listed(plain(value))


async def _flags(store: Store, snapshot: Snapshot, where: object) -> Flags | None:
    """Which actors of the snapshot a where-input holds for, in the store that holds it; None where it is not given."""
    if where is None:
        return None
    asked = filter_of(CATALOGUE["Actor"], where)
    if may_be_merged(compared(asked), {}):
        asked = renamed(asked, (await store.aliases())[0], {})
    ids = await store.matching(asked, {})
    return np.fromiter((id_ in ids for id_ in snapshot.actors.ids), dtype=np.bool_, count=len(snapshot.actors.ids))


async def network_input(store: Store, snapshot: Snapshot, given: Arguments | None) -> NetworkInput:
    """The network that an argument asks for; what is left out or null is by default."""
    asked = given or {}
    ties = asked.get("ties")
    return NetworkInput(
        ties=None if ties is None else tuple(NetworkTie(plain(tie)) for tie in ties),
        actors=await _flags(store, snapshot, asked.get("where")),
        as_of=asked.get("asOf"),
        level=_item(NetworkLevel, asked.get("level"), NetworkLevel.ACTOR),
        region_wide_actors=_item(RegionWideActors, asked.get("regionWideActors"), RegionWideActors.APART),
        weighted=asked.get("weighted") is not False,
        backbone=asked.get("backbone"),
    )


async def _network(context: Context, given: Arguments | None) -> Network:
    snapshot, store = await context.snapshots.at((given or {}).get("atRevision"))
    asked = await network_input(store, snapshot, given)
    # In a thread: a projection takes tens of milliseconds on a large graph.
    return await asyncio.to_thread(context.networks.of, snapshot, asked)


async def _by_any_id(context: Context, ask: Callable[[Mapping[str, str]], Awaitable[Answer]]) -> Answer:
    """The answer to a question that names actors; where an id is not known, once more by what it became."""
    try:
        return await ask({})
    except NotFound:
        aliases, _ = await context.store.aliases()
        if not aliases:
            raise
        return await ask(aliases)


def _number(value: object, default: int) -> int:
    return default if value is None else cast("int", value)


async def shortest_paths(context: Context, _: object, given: Arguments) -> tuple[ActorPath, ...]:
    """Query.shortestPaths"""
    network = await _network(context, given.get("network"))
    longest, first = _number(given.get("maxLength"), 6), _number(given.get("first"), 10)

    async def ask(to: Mapping[str, str]) -> tuple[ActorPath, ...]:
        ends = [to.get(given[end], given[end]) for end in ("from", "to")]
        return await asyncio.to_thread(paths.shortest_paths, network, *ends, max_length=longest, first=first)

    return await _by_any_id(context, ask)


async def neighbourhood(context: Context, _: object, given: Arguments) -> Subgraph:
    """Query.neighbourhood"""
    network = await _network(context, given.get("network"))
    radius, first = _number(given.get("radius"), 1), _number(given.get("first"), 200)

    async def ask(to: Mapping[str, str]) -> Subgraph:
        of = [to.get(id_, id_) for id_ in given["of"]]
        return await asyncio.to_thread(paths.neighbourhood, network, of, radius=radius, first=first)

    return await _by_any_id(context, ask)


async def whole_network(context: Context, _: object, given: Arguments) -> Subgraph:
    """Query.network"""
    network = await _network(context, given.get("network"))
    return await asyncio.to_thread(paths.whole, network, first=_number(given.get("first"), 2000))


# ------------------------------------------------------------------------------------------------ analyses
@dataclass(frozen=True, slots=True)
class Analysis:
    """What the fields of an analysis are computed on."""

    snapshot: Snapshot
    network: NetworkInput
    store: Store
    """That holds the graph of the snapshot."""

    @property
    def revision(self) -> int:
        return self.snapshot.revision


async def analysis(context: Context, _: object, given: Arguments) -> Analysis:
    """Query.analysis"""
    asked = given.get("network")
    snapshot, store = await context.snapshots.at((asked or {}).get("atRevision"))
    return Analysis(snapshot, await network_input(store, snapshot, asked), store)


async def summary(context: Context, of: Analysis, _: Arguments) -> NetworkSummary:
    """Analysis.summary"""
    return cast("NetworkSummary", await context.analyst.run(of.snapshot, "summary", network=of.network))


async def centrality(context: Context, of: Analysis, given: Arguments) -> tuple[ActorScore, ...]:
    """Analysis.centrality"""
    listed = await _flags(of.store, of.snapshot, given.get("where"))
    measure, first = CentralityMeasure(plain(given["measure"])), _number(given.get("first"), 20)
    found = await context.analyst.run(
        of.snapshot, "centrality", network=of.network, measure=measure, first=first, shown=listed
    )
    return cast("tuple[ActorScore, ...]", found)


async def scores(context: Context, asked: Scored, values: Values) -> dict[str, Scores]:
    """Actor.centrality, and orders by it: what a planned read takes as its input, each at its place."""
    snapshot = await context.snapshots.present()
    return {score.place: await _scores(context, snapshot, score, pages, values) for score, pages in asked}


async def _scores(context: Context, snapshot: Snapshot, score: Score, pages: Sequence[Page], values: Values) -> Scores:
    given = score.network.of(values)

    def key(revision: object) -> tuple[object, ...]:
        return revision, score.measure, repr(given)

    cursors = [(page, bound) for page in pages for bound in (page.after, page.before) if bound is not None]
    for page, bound in cursors:
        revision = cursor.read(bound.of(values), page.bound_to(values), page.numbers)[-1]
        kept = context.scores.get(key(revision))
        if kept is not None and revision != snapshot.revision:
            return replace(kept, earlier=True)
    # Who has which score then, at the present revision of what it is shown with.
    arguments = cast("Arguments | None", given) or {}
    earlier = arguments.get("atRevision")
    then, store = (snapshot, context.store) if earlier is None else await context.snapshots.at(earlier)
    asked = await network_input(store, then, arguments)
    column = await context.analyst.run(then, "scores", network=asked, measure=CentralityMeasure(score.measure))
    found = Scores(snapshot.revision, then.actors.ids, cast("Floats", column))
    context.scores.put(key(snapshot.revision), found, found.values.nbytes)
    return found


def _confidence(given: Arguments) -> float:
    value = given.get("confidence")
    return 0.9 if value is None else float(value)


class Gap:
    """A municipality's gap, which knows the analysis that it belongs to: some of its fields are other questions about the same network."""

    __slots__ = ("of", "record")

    def __init__(self, of: Analysis, record: MunicipalityGap) -> None:
        self.of, self.record = of, record

    def __getattr__(self, name: str) -> object:
        return getattr(self.record, name)


async def municipality_gaps(context: Context, of: Analysis, given: Arguments) -> list[Gap]:
    """Analysis.municipalityGaps"""
    found = await context.analyst.run(
        of.snapshot, "municipality_gaps", network=of.network, confidence=_confidence(given)
    )
    return [Gap(of, gap) for gap in cast("tuple[MunicipalityGap, ...]", found)]


async def municipality_gap(context: Context, of: Analysis, given: Arguments) -> Gap:
    """Analysis.municipalityGap"""

    async def ask(to: Mapping[str, str]) -> Gap:
        id_ = to.get(given["municipality"], given["municipality"])
        parameters = {"municipality": id_, "confidence": _confidence(given)}
        found = await context.analyst.run(of.snapshot, "municipality_gap", network=of.network, **parameters)
        return Gap(of, cast("MunicipalityGap", found))

    return await _by_any_id(context, ask)


async def _by_chance(context: Context, gap: Gap) -> tuple[float | None, float | None]:
    # Asked for by each municipality, computed once for all.
    found = await context.analyst.run(gap.of.snapshot, "gaps_by_chance", network=gap.of.network)
    return cast("Mapping[str, tuple[float | None, float | None]]", found)[gap.record.municipality]


async def null_model_z_score(context: Context, gap: Gap, _: Arguments) -> float | None:
    """MunicipalityGap.nullModelZScore"""
    return (await _by_chance(context, gap))[0]


async def null_model_p_value(context: Context, gap: Gap, _: Arguments) -> float | None:
    """MunicipalityGap.nullModelPValue"""
    return (await _by_chance(context, gap))[1]


async def coverage(context: Context, of: Analysis, given: Arguments) -> tuple[CoverageCell, ...]:
    """Analysis.coverage"""
    by = _item(CoverageKey, given.get("by"), CoverageKey.HELIX)
    return cast(
        "tuple[CoverageCell, ...]", await context.analyst.run(of.snapshot, "coverage", network=of.network, by=by)
    )


async def communities(context: Context, of: Analysis, given: Arguments) -> tuple[Community, ...]:
    """Analysis.communities"""
    resolution = 1.0 if given.get("resolution") is None else float(given["resolution"])
    found = await context.analyst.run(of.snapshot, "communities", network=of.network, resolution=resolution)
    return cast("tuple[Community, ...]", found)


def members(_: Context, community: Community, given: Arguments) -> tuple[ActorId, ...]:
    """Community.actors"""
    first = _number(given.get("first"), 20)
    check_first(first)
    return community.actors[:first]


async def rank_stability(context: Context, of: Analysis, given: Arguments) -> RankStability | None:
    """Analysis.rankStability"""
    missing = 0.1 if given.get("missing") is None else float(given["missing"])
    parameters = {"measure": CentralityMeasure(plain(given["measure"])), "missing": missing}
    found = await context.analyst.run(
        of.snapshot, "rank_stability", network=of.network, draws=_number(given.get("draws"), 100), **parameters
    )
    return cast("RankStability | None", found)


async def resilience(context: Context, of: Analysis, given: Arguments) -> tuple[ResilienceLoss, ...]:
    """Analysis.resilience"""
    first = _number(given.get("first"), 20)

    async def ask(to: Mapping[str, str]) -> object:
        without = tuple(to.get(id_, id_) for id_ in given.get("without") or ())
        return await context.analyst.run(of.snapshot, "resilience", network=of.network, without=without, first=first)

    return cast("tuple[ResilienceLoss, ...]", await _by_any_id(context, ask))


async def bridges(context: Context, of: Analysis, given: Arguments) -> tuple[Bridge, ...]:
    """Analysis.bridges"""
    first = _number(given.get("first"), 20)
    return cast(
        "tuple[Bridge, ...]", await context.analyst.run(of.snapshot, "bridges", network=of.network, first=first)
    )


async def municipality_ways(context: Context, of: Analysis, _: Arguments) -> tuple[MunicipalityWays, ...]:
    """Analysis.municipalityWays"""
    found = await context.analyst.run(of.snapshot, "municipality_ways", network=of.network)
    return cast("tuple[MunicipalityWays, ...]", found)


def explanation(_: Context, gap: MunicipalityGap, given: Arguments) -> str:
    """MunicipalityGap.explanation"""
    return gap.explanation_en if plain(given.get("language")) == "EN" else gap.explanation_sv


async def helix_mixing(context: Context, of: Analysis, _: Arguments) -> object:
    """Analysis.helixMixing"""
    return await context.analyst.run(of.snapshot, "helix_mixing", network=of.network)


async def brokerage(context: Context, of: Analysis, given: Arguments) -> object:
    """Analysis.brokerage"""
    by, first = _item(GroupBy, given.get("groupBy"), GroupBy.HELIX), _number(given.get("first"), 20)
    return await context.analyst.run(of.snapshot, "brokerage", network=of.network, by=by, first=first)


async def group_indices(context: Context, of: Analysis, given: Arguments) -> object:
    """Analysis.groupIndices"""
    by = _item(GroupBy, given.get("groupBy"), GroupBy.HELIX)
    return await context.analyst.run(of.snapshot, "group_indices", network=of.network, by=by)


async def triple_helix_synergy(context: Context, of: Analysis, _: Arguments) -> object:
    """Analysis.tripleHelixSynergy"""
    return await context.analyst.run(of.snapshot, "triple_helix_synergy", network=of.network)


async def service_synergies(context: Context, of: Analysis, given: Arguments) -> object:
    """Analysis.serviceSynergies"""
    asked = given.get("audience")
    audience = None if asked is None else ServiceAudience(plain(asked))
    first = _number(given.get("first"), 20)
    return await context.analyst.run(
        of.snapshot, "service_synergies", network=of.network, audience=audience, first=first
    )


def in_language(name: str) -> Callable[[Context, object, Arguments], object]:
    """What answers a field that a record holds in Swedish and in English."""

    def answer(_: Context, record: object, given: Arguments) -> object:
        return getattr(record, f"{name}_en" if plain(given.get("language")) == "EN" else f"{name}_sv")

    return answer


# ------------------------------------------------------------------------------------------------ suggestions, what if and when
async def gap_suggestions(context: Context, gap: Gap, given: Arguments) -> tuple[TieSuggestion, ...]:
    """MunicipalityGap.suggestions"""
    found = await context.analyst.run(
        gap.of.snapshot,
        "suggestions",
        network=gap.of.network,
        municipality=gap.record.municipality,
        first=_number(given.get("first"), 5),
    )
    return cast("tuple[TieSuggestion, ...]", found)


async def suggestions(context: Context, of: Analysis, given: Arguments) -> tuple[TieSuggestion, ...]:
    """Analysis.suggestions"""
    closing = _item(SuggestionAim, given.get("closing"), SuggestionAim.ANY)
    for_, first = given.get("for"), _number(given.get("first"), 20)

    async def ask(to: Mapping[str, str]) -> object:
        parameters = {"for_": None if for_ is None else to.get(for_, for_), "closing": closing, "first": first}
        return await context.analyst.run(of.snapshot, "suggestions", network=of.network, **parameters)

    return cast("tuple[TieSuggestion, ...]", await _by_any_id(context, ask))


async def suggestion_quality(context: Context, of: Analysis, _: Arguments) -> SuggestionQuality:
    """Analysis.suggestionQuality"""
    return cast("SuggestionQuality", await context.analyst.run(of.snapshot, "suggestion_quality", network=of.network))


async def teams(context: Context, of: Analysis, given: Arguments) -> tuple[TeamSuggestion, ...]:
    """Analysis.teams"""
    competences, include = given.get("competences"), given.get("include")

    async def ask(to: Mapping[str, str]) -> object:
        return await context.analyst.run(
            of.snapshot,
            "teams",
            network=of.network,
            challenge=given.get("challenge"),
            competences=None if competences is None else tuple(competences),
            include=None if include is None else tuple(to.get(id_, id_) for id_ in include),
            size=given.get("size"),
            first=_number(given.get("first"), 5),
        )

    return cast("tuple[TeamSuggestion, ...]", await _by_any_id(context, ask))


async def what_if(context: Context, of: Analysis, given: Arguments) -> Analysis:
    """Analysis.whatIf"""
    if of.network.supposed is not None:
        raise BadValue(
            "A what-if stands inside another.", place="whatIf", hint="Add and remove all ties in the outer one."
        )

    async def ask(to: Mapping[str, str]) -> Supposed:
        added = tuple(
            (
                to.get(tie["from"], tie["from"]),
                to.get(tie["to"], tie["to"]),
                1.0 if tie.get("strength") is None else float(tie["strength"]),
            )
            for tie in given.get("add") or ()
        )
        supposed = Supposed(added, tuple(given.get("remove") or ()))
        # Once here, so that what is wrong is said once and not by each field; the worker does it for itself.
        await asyncio.to_thread(suppose, of.snapshot, of.network, supposed)
        return supposed

    return replace(of, network=replace(of.network, supposed=await _by_any_id(context, ask)))


async def compare(context: Context, of: Analysis, given: Arguments) -> NetworkComparison:
    """Analysis.compare"""
    asked, snapshot, store = given["with"], of.snapshot, of.store
    revision = asked.get("atRevision")
    # Both are of the present as it was when the analysis began, whatever is written meanwhile.
    if revision is not None or store is not context.store:
        snapshot, store = await context.snapshots.at(revision)
    other = await network_input(store, snapshot, asked)
    graph = None if snapshot is of.snapshot else snapshot
    found = await context.analyst.run(of.snapshot, "compare", network=of.network, with_=other, graph=graph)
    return cast("NetworkComparison", found)


async def timeline(context: Context, of: Analysis, given: Arguments) -> tuple[YearSummary, ...]:
    """Analysis.timeline"""
    found = await context.analyst.run(
        of.snapshot, "timeline", network=of.network, first=given["from"], last=given["to"]
    )
    return cast("tuple[YearSummary, ...]", found)
