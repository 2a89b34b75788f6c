"""How well hidden ties are found, beside each single score: `python -m benchmarks.suggestions`.

A tenth of what joins actors is hidden, the model learns from the rest alone, and all pairs that are not tied in it are ranked. Prints the area under
the ROC curve and the share of hidden ties among the 20 ranked highest, as means, with the seeds in which the area is above that of every single
score. On the region's data, on simulated regions (see `benchmarks.regions`), and on two networks that NetworkX ships: Davis's Southern women, by
what they attended together (of the three the nearest to collaboration), and who meets whom in Les Misérables (not collaboration at all).
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import networkx as nx  # type: ignore[import-untyped]
import numpy as np

from benchmarks.regions import simulate
from graph_api.analysis.prediction import FEATURES, Ranking, ranking
from graph_api.analysis.projection import NetworkInput
from graph_api.exchange.loading import load
from graph_api.model.snapshot import (
    UNKNOWN_SINCE,
    UNKNOWN_UNTIL,
    Actors,
    Affiliations,
    Collaborations,
    Snapshot,
    Spans,
)
from graph_api.model.vocabulary import ActorKind, AffiliationKind, Helix
from graph_api.stores.sqlite.store import SqliteStore

SEED = Path(__file__).resolve().parents[1] / "seed"


async def region() -> Snapshot:
    """The region's own data."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "region.db")
        await load(store, SEED, by="benchmark")
        found = await store.snapshot()
        await store.close()
        return found


def women() -> tuple[Snapshot, NetworkInput]:
    """Davis, Gardner and Gardner (1941): 18 women and 14 events; an event is a body, to have attended it a membership."""
    graph = nx.davis_southern_women_graph()
    attended = [(a, b) if a in graph.graph["top"] else (b, a) for a, b in graph.edges]
    snapshot = _snapshot(sorted(graph), [], attended)
    shown = np.array([name in graph.graph["top"] for name in sorted(graph)])
    return snapshot, NetworkInput(actors=shown)


def miserables() -> tuple[Snapshot, NetworkInput]:
    """Knuth (1993): 77 characters, tied where they meet in a chapter."""
    graph = nx.les_miserables_graph()
    return _snapshot(sorted(graph), graph.edges, []), NetworkInput()


def _snapshot(names: Sequence[str], ties: Iterable[tuple[str, str]], members: Iterable[tuple[str, str]]) -> Snapshot:
    """Actors of one kind and place, tied as said."""
    number = {name: i for i, name in enumerate(names)}
    count, none = len(names), simulate(0).snapshot
    pairs = np.array(sorted(sorted((number[a], number[b])) for a, b in ties), np.int32).reshape(-1, 2)
    bonds = np.array(sorted((number[a], number[b]) for a, b in members), np.int32).reshape(-1, 2)
    return replace(
        none,
        actors=Actors(
            ids=tuple(f"actor:{i:04}" for i in range(count)),
            names=tuple(names),
            names_en=tuple(names),
            kind=np.full(count, list(ActorKind).index(ActorKind.OTHER), np.int16),
            helix=np.full(count, list(Helix).index(Helix.CIVIL_SOCIETY), np.int16),
            municipality=np.full(count, -1, np.int32),
            region_wide=np.zeros(count, np.bool_),
            in_region=np.zeros(count, np.bool_),
            population=np.full(count, -1, np.int32),
            founded=np.full(count, -1, np.int32),
            longitude=np.full(count, np.nan),
            latitude=np.full(count, np.nan),
        ),
        collaborations=Collaborations(
            tuple(f"collaboration:{a:04}:{b:04}:other" for a, b in pairs),
            pairs[:, 0],
            pairs[:, 1],
            np.zeros(len(pairs), np.int16),
            np.ones(len(pairs)),
            _open(len(pairs)),
        ),
        affiliations=Affiliations(
            tuple(f"affiliation:{a:04}:{b:04}:member" for a, b in bonds),
            bonds[:, 0],
            bonds[:, 1],
            np.full(len(bonds), list(AffiliationKind).index(AffiliationKind.MEMBER), np.int16),
            _open(len(bonds)),
        ),
    )


def _open(rows: int) -> Spans:
    since, until = np.full(rows, UNKNOWN_SINCE, np.int32), np.full(rows, UNKNOWN_UNTIL, np.int32)
    return Spans(since, since, until, until)


def report(what: str, found: Sequence[Ranking]) -> None:
    """A line for the model and one for each score that tells anything."""
    hidden = np.mean([one.hidden.sum() for one in found])
    rate = np.mean([one.hidden.mean() for one in found])
    print(f"\n{what}: {len(found)} draws, {hidden:.0f} of {len(found[0].hidden):,} pairs hidden, {rate:.4f}")
    lines = {"the model": [one.chance for one in found]}
    for column, name in enumerate(FEATURES):
        columns = [np.nan_to_num(one.features[:, column]) for one in found]
        if any(np.ptp(values) for values in columns):
            # Near is likely, far is not.
            lines[name] = [-values if name == "distance" else values for values in columns]
    areas = {
        name: [one.placed(s).mean() for one, s in zip(found, scores, strict=True)] for name, scores in lines.items()
    }
    for name, scores in lines.items():
        precision = np.mean([one.precision(score, 20) for one, score in zip(found, scores, strict=True)])
        print(
            f"  {name:<22} area {np.mean(areas[name]):.3f} (sd {np.std(areas[name]):.3f})   of the first 20: {precision:.2f}"
        )
    best = np.max([areas[name] for name in lines if name != "the model"], axis=0)
    print(f"  above every single score in {int((np.array(areas['the model']) > best).sum())} of {len(found)}")
    print(f"  mean chance over the share that was hidden: {np.mean([one.chance.mean() for one in found]) / rate:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Area under the ROC curve and precision of suggested ties.")
    parser.add_argument("--draws", type=int, default=20, help="of what is hidden, and simulated regions")
    draws = range(parser.parse_args().draws)
    own = asyncio.run(region())
    report("The region's data", [ranking(own, NetworkInput(), seed) for seed in draws])
    for actors in (400, 1500):
        report(
            f"Simulated regions of {actors} actors",
            [ranking(simulate(seed, actors).snapshot, NetworkInput(), seed) for seed in draws],
        )
    for what, (snapshot, network) in (("Southern women", women()), ("Les Misérables", miserables())):
        report(what, [ranking(snapshot, network, seed) for seed in draws])


if __name__ == "__main__":
    main()
