"""Helix mixing: what chance would make of it, on networks whose answer is known."""

from itertools import combinations, product

import networkx as nx  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest

from graph_api.analysis import mixing
from graph_api.analysis.mixing import helix_mixing
from graph_api.analysis.projection import NetworkInput, project
from graph_api.model.results import HelixMixing
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import Helix, NetworkLevel, NetworkTie, ParticipationRole
from tests.analysis.region import Actor, Initiative, Tie, small, snapshot

INDUSTRY, ACADEMIA = Helix.INDUSTRY, Helix.ACADEMIA
DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def cells(graph: Snapshot, network: NetworkInput = DIRECT) -> dict[tuple[Helix, Helix], HelixMixing]:
    return {(cell.from_, cell.to): cell for cell in helix_mixing(graph, network)}


def two_helices(ties: list[tuple[str, str]]) -> Snapshot:
    """Actors of industry (i…) and academia (u…)."""
    slugs = sorted({slug for tie in ties for slug in tie})
    return snapshot([Actor(s, INDUSTRY if s[0] == "i" else ACADEMIA) for s in slugs], [Tie(*tie) for tie in ties])


def of(number: int) -> str:
    """An actor of industry or academia in turn."""
    return f"{'iu'[number % 2]}{number:02}"


def apart() -> Snapshot:
    """Twelve of each, each tied to half of its own and to nobody else but for one pair."""
    ties = [(f"{h}{a:02}", f"{h}{b:02}") for h in "iu" for a, b in combinations(range(12), 2) if (a + b) % 2]
    return two_helices([*ties, ("i00", "u00")])


def test_helices_that_keep_apart_are_told_from_chance() -> None:
    found = cells(apart())
    inside, across = found[INDUSTRY, INDUSTRY], found[ACADEMIA, INDUSTRY]

    assert (inside.observed, across.observed) == (36, 1)
    assert inside.z_score is not None
    assert across.z_score is not None
    assert inside.z_score > 4
    assert across.z_score < -4
    assert across.adjusted_p_value is not None
    assert across.adjusted_p_value < 0.05


def test_what_is_expected_adds_up_to_what_is_there() -> None:
    """Chance shares out as many ties as there are."""
    found = helix_mixing(apart(), DIRECT)

    assert sum(cell.expected for cell in found) == pytest.approx(73)


def test_a_tie_counts_with_its_strength_unless_the_network_is_unweighted() -> None:
    """As everywhere else: observed is the sum of what the network shows."""
    network = project(small(), NetworkInput())
    weighted, plain = (helix_mixing(small(), NetworkInput(weighted=flag)) for flag in (True, False))

    assert sum(cell.observed for cell in weighted) == pytest.approx(network.strength.sum())
    assert sum(cell.observed for cell in plain) == len(network.links.u)


def test_common_initiatives_are_drawn_as_initiatives() -> None:
    """One large initiative of businesses makes 28 ties; that is one thing which happened, and chance would make as many."""
    graph = snapshot(
        [Actor(f"i{n}") for n in range(8)] + [Actor(f"u{n}", ACADEMIA) for n in range(8)],
        initiatives=[
            Initiative("large", [(f"i{n}", ParticipationRole.PARTNER) for n in range(8)]),
            *(
                Initiative(f"x{n}", [(f"u{n}", ParticipationRole.LEAD), (f"i{n}", ParticipationRole.LEAD)])
                for n in range(8)
            ),
        ],
    )
    found = cells(graph, NetworkInput((NetworkTie.CO_PARTICIPATION,), weighted=False))

    assert found[INDUSTRY, INDUSTRY].observed == 28
    assert sum(cell.expected for cell in found.values()) == pytest.approx(36)
    z = found[INDUSTRY, INDUSTRY].z_score
    assert z is not None
    assert abs(z) < 5


def test_below_thirty_ties_nothing_is_said_of_chance() -> None:
    """z and p would be figures about nothing."""
    found = cells(two_helices([("i1", "u1"), ("i2", "u2"), ("i1", "u2")]))

    assert found[ACADEMIA, INDUSTRY].observed == 3
    assert found[ACADEMIA, INDUSTRY].expected > 0
    assert {(c.z_score, c.p_value, c.adjusted_p_value) for c in found.values()} == {(None, None, None)}


def test_degrees_that_leave_nothing_to_chance_say_nothing() -> None:
    """A star of 40 rays is the only network of its degrees."""
    found = cells(two_helices([("u0", f"i{n:02}") for n in range(40)]))

    assert found[ACADEMIA, INDUSTRY].observed == found[ACADEMIA, INDUSTRY].expected == 40
    assert {(c.z_score, c.p_value, c.adjusted_p_value) for c in found.values()} == {(None, None, None)}


def test_a_network_without_ties_or_actors_has_nothing_but_zeros() -> None:
    alone = helix_mixing(snapshot([Actor("a")]), DIRECT)

    assert helix_mixing(snapshot([]), DIRECT) == ()
    assert [(c.from_, c.to, c.observed, c.expected, c.z_score) for c in alone] == [(INDUSTRY, INDUSTRY, 0, 0, None)]


def test_the_level_of_municipalities_is_that_of_actors_here() -> None:
    """All municipalities are of one helix."""
    network = NetworkInput(DIRECT.ties, level=NetworkLevel.MUNICIPALITY)

    assert helix_mixing(small(), network) == helix_mixing(small(), DIRECT)


def test_every_pair_of_helices_could_be_significant_alone() -> None:
    """p is never below 2/(draws + 1), and the smallest of n is multiplied by n."""
    pairs = 21
    draws = int(2 * pairs / mixing.LEVEL)

    assert 2 / (draws + 1) * pairs <= mixing.LEVEL


def test_too_many_direct_ties_are_held_against_the_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer by another way, near enough: sums of many strengths are normal."""
    graph = nx.gnm_random_graph(100, 500, seed=2)
    actors = [Actor(of(n), INDUSTRY if n % 2 == 0 else ACADEMIA) for n in range(100)]
    region = snapshot(actors, [Tie(of(a), of(b), 1.0 + (a + b) % 3) for a, b in graph.edges])
    drawn = helix_mixing(region, DIRECT)
    monkeypatch.setattr(mixing, "WORK", 0)
    derived = helix_mixing(region, DIRECT)

    for one, other in zip(drawn, derived, strict=True):
        assert other.expected == pytest.approx(one.expected, rel=0.05)
        assert other.z_score == pytest.approx(one.z_score, abs=0.4)
        assert other.p_value == pytest.approx(one.p_value, abs=0.2)


def test_networks_drawn_by_chance_are_seldom_far_from_it() -> None:
    """Calibration: of 36 pairs in 12 networks without mixing, one in twenty may fall below 0.05, and few do."""
    p_values = []
    for seed in range(12):
        graph = nx.gnm_random_graph(40, 100, seed=seed)
        region = two_helices([(of(a), of(b)) for a, b in graph.edges])
        p_values += [cell.p_value for cell in helix_mixing(region, DIRECT)]

    assert np.mean([p is not None and p < 0.05 for p in p_values]) < 0.12


def test_the_same_question_has_the_same_answer() -> None:
    assert helix_mixing(apart(), DIRECT) == helix_mixing(apart(), DIRECT)


def test_pairs_come_in_the_order_of_helix() -> None:
    found = [(cell.from_, cell.to) for cell in helix_mixing(small(), NetworkInput())]
    order = list(Helix)
    present = sorted({helix for pair in found for helix in pair}, key=order.index)

    assert found == [(one, other) for one, other in product(present, present) if order.index(one) <= order.index(other)]
