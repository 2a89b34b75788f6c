"""Network → communities: groups with more ties inside than chance would give them.

By the Louvain method with refinement (Blondel et al., J. Stat. Mech. P10008, 2008), networkit's where it is installed, else NetworkX's, or by what
another choice of engines has. Takes a network and a resolution, returns records. Knows no other analysis.
"""

import math

import numpy as np

from graph_api.analysis.projection import Longs, Network
from graph_api.analysis.registry import FASTEST, Engines
from graph_api.errors import BadValue
from graph_api.model.results import Community, HelixShare
from graph_api.model.vocabulary import Helix

_FEW_TIES = 20_000
"""Up to so many the method runs several times, over the actors in other orders, and the best division is taken."""
_RUNS = 10


def communities(network: Network, resolution: float = 1.0, engines: Engines = FASTEST) -> tuple[Community, ...]:
    """The communities of a network, the largest first; equal ones by their first actor's id, so that the same network has the same numbers.

    Args:
        resolution: above 1 finds more and smaller ones, below 1 fewer and larger ones (Reichardt and Bornholdt 2006).
    Raises:
        BadValue: `resolution` is not a number above 0.
    """
    if not (resolution > 0 and math.isfinite(resolution)):
        raise BadValue(
            f"resolution is {resolution}.",
            place="resolution",
            hint="It is above 0; 1 is usual, more gives smaller communities.",
        )
    if not len(network.a):
        return ()
    found = engines.communities(network, resolution, _RUNS if len(network.a) <= _FEW_TIES else 1)
    label = max(found, key=lambda division: modularity(network, division, resolution))
    return _records(network, label, modularity(network, label, resolution))


def modularity(network: Network, label: Longs, resolution: float = 1.0) -> float:
    """Σ_c (W_c/W - γ (S_c/2W)²): W_c strength inside community c, S_c its actors' strengths added up, W all strength.

    Newman and Girvan, Physical Review E 69:026113 (2004); γ by Reichardt and Bornholdt, 74:016110 (2006). 0 without ties.
    """
    total = float(network.strength.sum())
    if not total:
        return 0.0
    inside = float(network.strength[label[network.a] == label[network.b]].sum()) / total
    share = np.bincount(label, network.total_strength) / (2 * total)
    return inside - resolution * float((share**2).sum())


def _records(network: Network, label: Longs, quality: float) -> tuple[Community, ...]:
    tied = np.flatnonzero(network.degree)
    _, first, group = np.unique(label[tied], return_index=True, return_inverse=True)
    size = np.bincount(group)
    within = label[network.a] == label[network.b]
    ends = np.concatenate([network.a[within], network.b[within]])
    strength = np.bincount(ends, np.tile(network.strength[within], 2), network.size)[tied]
    # Rounded, so that sums of the same strengths in another order are equal.
    order = np.lexsort((tied, -strength.round(9), group))
    members = np.split(tied[order], np.cumsum(size)[:-1])
    helices, helix = list(Helix), network.snapshot.actors.helix[network.nodes]
    records = []
    for index, number in enumerate(np.lexsort((first, -size)).tolist(), 1):
        count = np.bincount(helix[members[number]], minlength=len(helices)) / size[number]
        shares = [HelixShare(helices[h], float(count[h])) for h in np.argsort(-count, kind="stable") if count[h]]
        records.append(Community(index, int(size[number]), network.ids(members[number]), tuple(shares), quality))
    return tuple(records)
