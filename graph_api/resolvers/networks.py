"""Fields that are answered over a network: paths, neighbourhood, the network itself, analyses.

Each turns its arguments into a `NetworkInput` on the present snapshot (a `where` is a read of the store), calls, and returns a record of ids.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

import numpy as np

from graph_api.analysis.projection import Network, NetworkInput
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.results import ActorPath, ActorScore, CoverageCell, MunicipalityGap, NetworkSummary, Subgraph
from graph_api.model.snapshot import Flags, Floats, Scores, Snapshot
from graph_api.model.vocabulary import (
    CentralityMeasure,
    CoverageKey,
    GroupBy,
    NetworkLevel,
    NetworkTie,
    RegionWideActors,
    ServiceAudience,
)
from graph_api.plan import cursor
from graph_api.plan.arguments import filter_of
from graph_api.plan.nodes import Page, Score, Values, plain
from graph_api.plan.select import Scored
from graph_api.resolvers import paths
from graph_api.resolvers.context import Context

Arguments = Mapping[str, Any]
Listed = TypeVar("Listed", bound=Enum)


def _item(listed: type[Listed], value: object, default: Listed) -> Listed:
    return default if value is None else listed(plain(value))


async def _flags(context: Context, snapshot: Snapshot, where: object) -> Flags | None:
    """Which actors of the snapshot a where-input holds for; None where it is not given."""
    if where is None:
        return None
    ids = await context.store.matching(filter_of(CATALOGUE["Actor"], where), {})
    return np.fromiter((id_ in ids for id_ in snapshot.actors.ids), dtype=np.bool_, count=len(snapshot.actors.ids))


async def network_input(context: Context, snapshot: Snapshot, given: Arguments | None) -> NetworkInput:
    """The network that an argument asks for; what is left out or null is by default."""
    asked = given or {}
    ties = asked.get("ties")
    return NetworkInput(
        ties=None if ties is None else tuple(NetworkTie(plain(tie)) for tie in ties),
        actors=await _flags(context, snapshot, asked.get("where")),
        as_of=asked.get("asOf"),
        level=_item(NetworkLevel, asked.get("level"), NetworkLevel.ACTOR),
        region_wide_actors=_item(RegionWideActors, asked.get("regionWideActors"), RegionWideActors.APART),
        weighted=asked.get("weighted") is not False,
        backbone=asked.get("backbone"),
    )


async def _network(context: Context, given: Arguments | None) -> Network:
    snapshot = await context.snapshots.present()
    asked = await network_input(context, snapshot, given)
    # In a thread: a projection takes tens of milliseconds on a large graph.
    return await asyncio.to_thread(context.networks.of, snapshot, asked)


def _number(value: object, default: int) -> int:
    return default if value is None else cast("int", value)


async def shortest_paths(context: Context, _: object, given: Arguments) -> tuple[ActorPath, ...]:
    """Query.shortestPaths"""
    network = await _network(context, given.get("network"))
    longest, first = _number(given.get("maxLength"), 6), _number(given.get("first"), 10)
    return await asyncio.to_thread(
        paths.shortest_paths, network, given["from"], given["to"], max_length=longest, first=first
    )


async def neighbourhood(context: Context, _: object, given: Arguments) -> Subgraph:
    """Query.neighbourhood"""
    network = await _network(context, given.get("network"))
    radius, first = _number(given.get("radius"), 1), _number(given.get("first"), 200)
    return await asyncio.to_thread(paths.neighbourhood, network, given["of"], radius=radius, first=first)


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

    @property
    def revision(self) -> int:
        return self.snapshot.revision


async def analysis(context: Context, _: object, given: Arguments) -> Analysis:
    """Query.analysis"""
    snapshot = await context.snapshots.present()
    return Analysis(snapshot, await network_input(context, snapshot, given.get("network")))


async def summary(context: Context, of: Analysis, _: Arguments) -> NetworkSummary:
    """Analysis.summary"""
    return cast("NetworkSummary", await context.analyst.run(of.snapshot, "summary", network=of.network))


async def centrality(context: Context, of: Analysis, given: Arguments) -> tuple[ActorScore, ...]:
    """Analysis.centrality"""
    listed = await _flags(context, of.snapshot, given.get("where"))
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
    asked = await network_input(context, snapshot, cast("Arguments | None", given))
    column = await context.analyst.run(snapshot, "scores", network=asked, measure=CentralityMeasure(score.measure))
    found = Scores(snapshot.revision, snapshot.actors.ids, cast("Floats", column))
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
    parameters = {"municipality": given["municipality"], "confidence": _confidence(given)}
    found = await context.analyst.run(of.snapshot, "municipality_gap", network=of.network, **parameters)
    return Gap(of, cast("MunicipalityGap", found))


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
