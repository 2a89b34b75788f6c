"""How well the gap method finds planted gaps, beside plainer rankings: `python -m benchmarks.gaps`.

Prints, for regions of 400 and of 1,500 actors with three planted gaps: recall among the three lowest, the share of 90 % intervals that hold the
true ratio (of all municipalities, and of the planted ones), the share of planted gaps that are flagged, and flags that are wrong (true ratio not
below 1), a region. Then the same flags for regions without any planted gap. Regions: see `benchmarks.regions`.
"""

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.regions import MUNICIPALITIES, Region, simulate
from graph_api.analysis.gaps import fit, judge, region_of
from graph_api.analysis.projection import NetworkInput

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One region as the method saw it; one entry a municipality."""

    region: Region
    scores: dict[str, Floats]
    """By name of the ranking, lower is more lacking."""
    covered: NDArray[np.bool_]
    flagged: NDArray[np.bool_]
    strongly: NDArray[np.bool_]

    def recall(self, ranking: str) -> float:
        """Share of the planted among the three lowest."""
        return len(set(np.argsort(self.scores[ranking], kind="stable")[:3]) & set(self.region.planted)) / 3


def trial(seed: int, actors: int, *, planted: bool = True, confidence: float = 0.9) -> Trial:
    """Simulate a region and judge it."""
    region = simulate(seed, actors, planted=planted)
    seen = region_of(region.snapshot, NetworkInput())
    judged = judge(fit(seen), np.arange(MUNICIPALITIES), confidence)
    degree = np.bincount(seen.row, seen.actors.degree, MUNICIPALITIES)
    population = region.snapshot.actors.population[:MUNICIPALITIES]
    across = np.bincount(
        seen.row[np.concatenate([seen.actors.a[seen.across], seen.actors.b[seen.across]])], minlength=13
    )
    return Trial(
        region,
        {
            "model": -judged.lowest_three + 1e-6 * judged.ratio,
            "ties across an actor": across / seen.count,
            "degree an actor": degree / seen.count,
            "degree an inhabitant": degree / population,
            "degree": degree.astype(np.float64),
        },
        (judged.low <= region.truth) & (region.truth <= judged.high),
        judged.high < 1,
        judged.below_strong > 0.9,
    )


def report(regions: int, actors: int) -> None:
    trials = [trial(seed, actors) for seed in range(regions)]
    planted = [np.isin(np.arange(MUNICIPALITIES), one.region.planted) for one in trials]
    ties = np.mean([len(one.region.snapshot.collaborations.ids) for one in trials])
    print(f"\n{regions} regions of {actors} actors and {ties:.0f} ties, three gaps planted")
    for ranking in trials[0].scores:
        print(f"  recall among the three lowest, {ranking}: {np.mean([one.recall(ranking) for one in trials]):.2f}")
    print(f"  90 % intervals that hold the truth: {np.mean([one.covered for one in trials]):.3f}")
    of_planted = np.concatenate([one.covered[p] for one, p in zip(trials, planted, strict=True)])
    print(f"  … of the planted ones: {of_planted.mean():.3f}")
    for name, flags in (("under-connected", [t.flagged for t in trials]), ("strongly", [t.strongly for t in trials])):
        found = np.mean([flag[p].mean() for flag, p in zip(flags, planted, strict=True)])
        false = np.mean([(flag & (one.region.truth >= 1)).sum() for flag, one in zip(flags, trials, strict=True)])
        print(f"  {name}: {found:.2f} of the planted, {false:.2f} wrong a region")
    plain = [trial(seed, actors, planted=False) for seed in range(regions)]
    for name, flags in (("under-connected", [t.flagged for t in plain]), ("strongly", [t.strongly for t in plain])):
        print(f"  without any gap, {name}: {np.mean([flag.sum() for flag in flags]):.2f} flags a region")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Recall, coverage and false alarms of the gap method on simulated regions."
    )
    parser.add_argument("--regions", type=int, default=50)
    parser.add_argument("--actors", type=int, nargs="*", default=[400, 1500])
    asked = parser.parse_args()
    for actors in asked.actors:
        report(asked.regions, actors)


if __name__ == "__main__":
    main()
