"""Network → ties between helices against those that chance would make.

Takes a network of actors, adds up the strengths of ties by the helices of their ends, and holds the sums against networks in which every actor has
as many ties and takes part in as much. Says whether helices meet more or less than their actors' activity explains; knows no cause.
"""

from itertools import combinations_with_replacement
from math import ceil

import numpy as np

from graph_api.analysis.coverage import HELICES
from graph_api.analysis.nullmodel import LEAST_TIES, Chance, Longs, Rewiring, against, benjamini_hochberg, by_stubs
from graph_api.analysis.projection import NetworkInput, at_actors
from graph_api.model.results import HelixMixing
from graph_api.model.snapshot import Floats, Snapshot

LEVEL = 0.05
"""Draws are so many that one pair alone could be significant at this level, all pairs considered."""
WORK = 20_000_000
"""Edges times draws at most; a network of direct ties above that is held against the closed form."""


def helix_mixing(snapshot: Snapshot, network: NetworkInput) -> tuple[HelixMixing, ...]:
    """All pairs of helices that the network has, in the order of Helix. The network is one of actors, whatever level is asked for. Strengths are
    added up; in an unweighted network what joins two actors is counted, so that chance has as much to share out as there is.

    Draws are 2·pairs/0.05, since p is never below 2/(draws + 1) and the smallest of n is multiplied by n: 840 for six helices.

    Raises:
        BadValue: as in `projection.project`.
    Cost: draws · (two rounds of swaps, and the pairs of all initiatives and bodies).
    """
    rewiring = Rewiring(snapshot, at_actors(network))
    actors = rewiring.network
    helix = snapshot.actors.helix[actors.nodes].astype(np.int64)
    pairs = list(combinations_with_replacement(np.unique(helix).tolist(), 2))
    one, other = (
        (np.array(column, np.int64) for column in zip(*pairs, strict=True)) if pairs else (np.zeros(0, np.int64),) * 2
    )
    weight = rewiring.weight
    observed = _sums(helix, weight, *rewiring.links)[one, other]
    draws = ceil(2 * len(pairs) / LEVEL)
    if rewiring.swapped * draws > WORK and rewiring.direct_alone:
        ties, sd = (matrix[one, other] for matrix in by_stubs(actors.degree, helix, len(HELICES)))
        # A sum of so many strengths, drawn by chance from those of the network.
        sd = np.sqrt(sd**2 * weight.mean() ** 2 + ties * weight.var())
        chance = Chance.normal(observed, ties * weight.mean(), sd)
    else:
        drawn = [_sums(helix, weight, *ends)[one, other] for ends in rewiring.draws(draws)]
        chance = against(observed, np.array(drawn).reshape(draws, len(pairs)))
    if len(actors.a) < LEAST_TIES:
        chance = Chance.unknown(chance.mean)
    adjusted = benjamini_hochberg(chance.p_value)
    return tuple(
        HelixMixing(
            from_=HELICES[first],
            to=HELICES[second],
            observed=float(observed[i]),
            expected=float(chance.mean[i]),
            z_score=known(chance.z_score[i]),
            p_value=known(chance.p_value[i]),
            adjusted_p_value=known(adjusted[i]),
        )
        for i, (first, second) in enumerate(pairs)
    )


def _sums(helix: Longs, weight: Floats, one: Longs, other: Longs) -> Floats:
    """Weight of the links between helices (and inside each: the diagonal)."""
    size = len(HELICES)
    ends = np.bincount(helix[one] * size + helix[other], weight, size**2).reshape(size, size).astype(np.float64)
    sums: Floats = ends + ends.T
    np.fill_diagonal(sums, ends.diagonal())
    return sums


def known(value: float) -> float | None:
    """The number, None where it is NaN."""
    return None if np.isnan(value) else float(value)
