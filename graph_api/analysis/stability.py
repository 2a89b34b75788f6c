"""Network + measure → how far its ranking holds when ties are missing.

A public record misses ties, and nobody knows which. So some of those that are there are taken out at random, again and again, and each ranking is
compared with the one by all of them. Knows no measure's formula.
"""

import numpy as np

from graph_api.analysis import registry
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Network
from graph_api.analysis.registry import FASTEST, Engines
from graph_api.errors import BadValue
from graph_api.model.results import RankStability
from graph_api.model.snapshot import Floats
from graph_api.model.vocabulary import CentralityMeasure

DRAWS_MAX = 1_000
_TOP = 10


def rank_stability(
    network: Network,
    measure: CentralityMeasure,
    *,
    missing: float = 0.1,
    draws: int = 100,
    engines: Engines = FASTEST,
) -> RankStability | None:
    """Rank correlations and the overlap of the ten first, over random losses of ties, the same at every call.

    Compared are the actors for which the measure is defined with all ties and with those that are left. A draw after which nothing can be ranked
    counts as a correlation of 0.

    Returns:
        None where there is no ranking to begin with: fewer than two actors with a score, or all scores alike.
    Raises:
        BadValue: `missing` is not between 0 and 1, or `draws` not between 1 and 1,000.
    Cost: `draws` times that of the measure.
    Source: E. Costenbader and T. Valente, Social Networks 25:283 (2003).
    """
    if not 0 < missing < 1:
        raise BadValue(
            f"missing is {missing}.", place="missing", hint="It is a share of the ties, above 0 and below 1."
        )
    if not 1 <= draws <= DRAWS_MAX:
        raise BadValue(f"draws is {draws}.", place="draws", hint=f"It is from 1 to {DRAWS_MAX:,}.")
    whole = registry.computed(network, measure, engines).column
    if _spearman(whole, whole) is None:
        return None
    top = set(registry.ordered(measure, whole)[:_TOP].tolist())
    ties, gone = len(network.a), round(missing * len(network.a))
    correlations, overlaps = [], []
    for draw in steps(range(draws)):
        kept = np.ones(ties, np.bool_)
        kept[np.random.default_rng(draw).choice(ties, gone, replace=False)] = False
        part = registry.computed(network.only(kept), measure, engines).column
        correlations.append(_spearman(whole, part) or 0.0)
        overlaps.append(len(top & set(registry.ordered(measure, part)[:_TOP].tolist())) / len(top))
    return RankStability(
        spearman_mean=float(np.mean(correlations)),
        spearman_low=float(np.quantile(correlations, 0.05)),
        top10_overlap=float(np.mean(overlaps)),
    )


def _spearman(one: Floats, other: Floats) -> float | None:
    """Correlation of the ranks of those that have both scores; None where either does not tell them apart."""
    both = np.isfinite(one) & np.isfinite(other)
    ranks = np.stack([_ranks(one[both]), _ranks(other[both])])
    away = ranks - ranks.mean(axis=1, keepdims=True) if ranks.size else ranks
    spread = float(np.sqrt((away[0] ** 2).sum() * (away[1] ** 2).sum()))
    return float((away[0] * away[1]).sum()) / spread if spread else None


def _ranks(scores: Floats) -> Floats:
    """From 0; equal scores (to 12 digits) share their mean rank."""
    _, place, count = np.unique(
        [float(f"{score:.12g}") for score in scores.tolist()], return_inverse=True, return_counts=True
    )
    before = np.cumsum(count) - count
    return (before + (count - 1) / 2)[place]
