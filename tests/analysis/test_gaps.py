"""The gap model: its edges by hand, its verdicts at their borders, and its coverage on regions whose gaps are known."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize

from benchmarks.gaps import trial
from benchmarks.regions import MUNICIPALITIES, simulate
from graph_api.analysis.gaps import (
    fit,
    judge,
    municipality_gap,
    municipality_gaps,
    null_model,
    region_of,
    verdict,
    well_documented,
)
from graph_api.analysis.projection import NetworkInput
from graph_api.errors import BadValue, NotFound
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import ActorKind, GapVerdict, Helix, NetworkTie, RegionWideActors
from tests.analysis.region import Actor, Bond, Tie, municipality, small, snapshot


def ring(without: str = "", places: int = 6, firms: int = 4) -> Snapshot:
    """Municipalities m0 … with firms, every firm tied to the firm of the same number in each other place, but for one place."""
    names = [f"m{i}" for i in range(places)]
    actors = [municipality(name, 10_000, (12 + i / 10, 57.7)) for i, name in enumerate(names)]
    actors += [Actor(f"{name}f{k}", seat=name) for name in names for k in range(firms)]
    ties = [
        Tie(f"{one}f{k}", f"{other}f{k}")
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        for k in range(firms)
        if without not in (one, other)
    ]
    return snapshot(actors, ties)


# too little ----------------------------------------------------------------------------------------------------------


def test_a_tiny_region_is_told_that_there_is_too_little() -> None:
    """No figure is better than a figure that rests on six ties."""
    found = municipality_gaps(small(), NetworkInput())

    assert [gap.verdict for gap in found] == [GapVerdict.TOO_LITTLE_DATA] * 3
    assert {(gap.expected, gap.ratio, gap.ratio_low, gap.z_score, gap.rank_low) for gap in found} == {(None,) * 5}
    assert not any(gap.under_connected for gap in found)
    assert [gap.municipality for gap in found] == ["actor:adal", "actor:bdal", "actor:cdal"]


@pytest.mark.parametrize(("places", "firms", "enough"), [(4, 5, True), (4, 4, False), (3, 12, False), (6, 2, True)])
def test_it_takes_thirty_ties_and_four_municipalities(places: int, firms: int, enough: bool) -> None:
    """4 places with 5 firms make 30 ties, with 4 only 24; 3 places make 36 and are too few all the same."""
    found = municipality_gaps(ring(places=places, firms=firms), NetworkInput())

    assert all((gap.verdict is not GapVerdict.TOO_LITTLE_DATA) is enough for gap in found)


def test_a_graph_without_municipalities_has_no_gaps() -> None:
    assert municipality_gaps(snapshot([Actor("a")]), NetworkInput()) == ()


# what is counted -----------------------------------------------------------------------------------------------------


def test_observed_counts_pairs_across_the_border_once() -> None:
    """afirm–bfirm is tied directly and in ring, bfirm–uni in ring and in lyft; adal–bdal only by what all share."""
    found = municipality_gap(small(), NetworkInput(), "actor:adal")

    assert found.observed == 3  # afirm–bfirm, uni–bfirm, uni–bdal
    assert found.observed_outside == 1  # uni–out
    assert found.observed_region_wide == 0
    assert found.actor_count == 3


def test_ties_to_region_wide_actors_are_shown_beside() -> None:
    """A municipality that works with BRG alone is not tied to its neighbours by that."""
    member = NetworkInput((NetworkTie.MEMBERSHIP,))
    apart = municipality_gap(small(), member, "actor:cdal")
    by_seat = municipality_gap(small(), replace(member, region_wide_actors=RegionWideActors.BY_SEAT), "actor:cdal")

    assert (apart.observed, apart.observed_region_wide) == (0, 1)
    assert (by_seat.observed, by_seat.observed_region_wide) == (1, 0)


def test_isolates_count_to_a_municipalitys_size() -> None:
    """Many actors without ties is the very thing that is looked for."""
    assert municipality_gap(small(), NetworkInput(), "actor:cdal").actor_count == 1


def test_only_what_holds_on_the_date_counts() -> None:
    graph = snapshot([municipality("a"), municipality("b")], [Tie("a", "b", 1, "2018", "2019")])

    assert [
        municipality_gap(graph, NetworkInput(as_of=year), "actor:a").observed for year in ("2017", "2018", "2020")
    ] == [0, 1, 0]


def test_strengths_do_not_count() -> None:
    graph = ring()
    heavy = replace(graph, collaborations=replace(graph.collaborations, strength=graph.collaborations.strength * 7))

    assert municipality_gaps(heavy, NetworkInput()) == municipality_gaps(graph, NetworkInput())


def test_an_id_that_is_no_municipality_of_the_region_is_an_error() -> None:
    for name in ("actor:nobody", "actor:uni", "actor:utby"):
        with pytest.raises(NotFound):
            municipality_gap(small(), NetworkInput(), name)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 90, math.nan])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(BadValue):
        municipality_gaps(small(), NetworkInput(), confidence)


# what comes out ------------------------------------------------------------------------------------------------------


def test_a_municipality_with_actors_and_no_ties_has_a_finite_interval_and_comes_first() -> None:
    """Nothing observed is informative, and not infinitely so."""
    lowest = municipality_gaps(ring(without="m3"), NetworkInput())[0]

    assert (lowest.municipality, lowest.observed, lowest.rank) == ("actor:m3", 0, 1)
    assert lowest.ratio_low is not None
    assert lowest.ratio_high is not None
    assert 0 < lowest.ratio_low < lowest.ratio_high < 1
    assert lowest.expected is not None
    assert 5 < lowest.expected < 100
    assert lowest.verdict is GapVerdict.STRONGLY_UNDER_CONNECTED
    assert lowest.under_connected


def test_municipalities_that_are_alike_are_undecided() -> None:
    found = municipality_gaps(ring(), NetworkInput())

    assert {gap.verdict for gap in found} == {GapVerdict.UNDECIDED}
    assert [gap.rank for gap in found] == [1, 2, 3, 4, 5, 6]
    assert all(gap.ratio == pytest.approx(1, abs=0.15) for gap in found)


def test_parts_that_nothing_joins_are_judged_all_the_same() -> None:
    """Counts of pairs need no connected network."""
    graph = ring(places=8)
    keep = np.array(
        [(a // 5 < 4) == (b // 5 < 4) for a, b in zip(graph.collaborations.a, graph.collaborations.b, strict=True)]
    )
    ends = replace(
        graph.collaborations,
        ids=tuple(name for name, kept in zip(graph.collaborations.ids, keep, strict=True) if kept),
        a=graph.collaborations.a[keep],
        b=graph.collaborations.b[keep],
        kind=graph.collaborations.kind[keep],
        strength=graph.collaborations.strength[keep],
        spans=type(graph.collaborations.spans)(
            *(getattr(graph.collaborations.spans, f)[keep] for f in graph.collaborations.spans.__slots__)
        ),
    )
    found = municipality_gaps(replace(graph, collaborations=ends), NetworkInput())

    assert all(gap.ratio is not None and math.isfinite(gap.ratio) for gap in found)


def test_an_unknown_population_or_position_is_no_obstacle() -> None:
    """A municipality without a figure is taken as the average one, and its sentence says so."""
    graph = ring(without="m3")
    people, east = graph.actors.population.copy(), graph.actors.longitude.copy()
    m2 = graph.actors.ids.index("actor:m2")
    people[m2], east[m2] = -1, math.nan
    found = municipality_gap(
        replace(graph, actors=replace(graph.actors, population=people, longitude=east)), NetworkInput(), "actor:m2"
    )

    assert found.population is None
    assert found.ratio is not None
    assert math.isfinite(found.ratio)
    assert "Folkmängden är okänd" in found.explanation_sv


def test_a_municipality_without_actors_is_listed_last_with_its_reason() -> None:
    """A filter may leave a place empty; it is not dropped, and it is not the worst."""
    graph = ring()
    mask = np.array(["m3" not in name for name in graph.actors.ids])
    last = municipality_gaps(graph, NetworkInput(actors=mask))[-1]

    assert (last.municipality, last.verdict, last.ratio, last.rank) == ("actor:m3", GapVerdict.TOO_LITTLE_DATA, None, 6)
    assert "no actors" in last.explanation_en


def test_the_same_question_has_the_same_answer() -> None:
    assert municipality_gaps(ring(), NetworkInput()) == municipality_gaps(ring(), NetworkInput())


def test_a_higher_confidence_is_a_wider_interval() -> None:
    narrow, wide = (municipality_gap(ring(), NetworkInput(), "actor:m1", confidence) for confidence in (0.5, 0.95))

    assert wide.ratio_low is not None
    assert narrow.ratio_low is not None
    assert wide.ratio_high is not None
    assert narrow.ratio_high is not None
    assert wide.ratio_low < narrow.ratio_low < narrow.ratio_high < wide.ratio_high


def test_what_all_municipalities_belong_to_changes_no_verdict_and_is_named() -> None:
    """GR has thirteen members: 78 pairs that say nothing of any of them."""
    graph = ring(without="m3")
    actors = [municipality(f"m{i}", 10_000, (12 + i / 10, 57.7)) for i in range(6)]
    actors += [Actor(f"m{i}f{k}", seat=f"m{i}") for i in range(6) for k in range(4)]
    club = Actor("klubb", Helix.HYBRID, ActorKind.NETWORK)
    ends = [name.split(":")[1:3] for name in graph.collaborations.ids]
    ties = [Tie(one, other) for one, other in ends]
    with_club = snapshot([*actors, club], ties, [Bond(f"m{i}", "klubb") for i in range(6)])
    before, after = (municipality_gap(g, NetworkInput(), "actor:m3") for g in (graph, with_club))

    assert after.observed == before.observed == 0
    assert after.ratio == before.ratio
    assert "(Klubb)" in after.explanation_sv


def test_remote_places_have_few_ties_for_their_size_and_not_for_their_distance() -> None:
    """Both readings are shown: what planning sees, and what distance leads one to expect."""
    random = np.random.default_rng(1)
    where = [(12.0 + 0.1 * i, 57.7) for i in range(7)] + [(14.6, 57.7)]
    actors = [municipality(f"m{i}", 10_000, place) for i, place in enumerate(where)]
    actors += [Actor(f"m{i}f{k:02}", seat=f"m{i}") for i in range(8) for k in range(12)]
    ties = [
        Tie(f"m{i}f{k:02}", f"m{j}f{n:02}")
        for i in range(8)
        for j in range(i + 1, 8)
        for k in range(12)
        for n in range(12)
        if random.random() < 0.12 * math.exp(-9 * abs(where[i][0] - where[j][0]) / 10)
    ]
    remote = municipality_gap(snapshot(actors, ties), NetworkInput(), "actor:m7")

    assert remote.ratio_for_size is not None
    assert remote.ratio is not None
    assert remote.ratio_for_size < 0.8 * remote.ratio


# verdicts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "below", "expected"),
    [
        (0.3, 0.7, 0.901, GapVerdict.STRONGLY_UNDER_CONNECTED),
        (0.3, 0.999, 0.9, GapVerdict.UNDER_CONNECTED),
        (0.3, 1.0, 0.9, GapVerdict.UNDECIDED),
        (1.0, 3.0, 0.0, GapVerdict.UNDECIDED),
        (1.001, 3.0, 0.0, GapVerdict.WELL_CONNECTED),
    ],
)
def test_a_verdict_turns_exactly_where_the_contract_says(
    low: float, high: float, below: float, expected: GapVerdict
) -> None:
    assert verdict(low, high, below) is expected


def test_well_documented_needs_fifteen_sources_and_half_the_usual_number_an_actor() -> None:
    sources, actors = np.array([15, 14, 15, 100, 0]), np.array([15, 7, 31, 100, 0])

    assert well_documented(sources, actors).tolist() == [True, False, False, True, False]


# the model -----------------------------------------------------------------------------------------------------------


def test_the_mode_is_that_of_a_general_optimiser() -> None:
    """Newton's method on five entries a pair is the clever way; SciPy's BFGS on the formula is the plain one."""
    from graph_api.analysis import gaps

    region = region_of(simulate(3).snapshot, NetworkInput())
    pairs = gaps._pairs(region, None)
    weight = np.linspace(0.3, 1, len(pairs.tied))
    ours, precision = gaps._newton(pairs, weight, np.zeros(len(pairs.prior)))
    design = np.zeros((len(pairs.tied), len(pairs.prior)))
    design[np.arange(len(design)), pairs.columns] = pairs.values

    def depth(mode: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        x = pairs.offset + design @ mode
        return float(-(weight * (pairs.tied * x - np.exp(x))).sum() + (pairs.prior * mode**2).sum() / 2)

    plain = optimize.minimize(depth, np.zeros(len(ours)), method="L-BFGS-B", options={"maxfun": 100_000, "ftol": 1e-14})

    np.testing.assert_allclose(ours, plain.x, atol=5e-3)
    mean = weight * pairs.mean(ours)
    np.testing.assert_allclose(precision, design.T @ (design * mean[:, np.newaxis]) + np.diag(pairs.prior), atol=1e-9)


def test_draws_have_the_moments_that_were_asked_for() -> None:
    """Ratios are to the median municipality, so that the median of the ratios is near 1."""
    region = region_of(simulate(5).snapshot, NetworkInput())
    judged = judge(fit(region), np.arange(MUNICIPALITIES), 0.9)

    assert np.median(judged.ratio) == pytest.approx(1, abs=0.05)
    assert judged.lowest_three.sum() == pytest.approx(3)
    assert (judged.low < judged.ratio).all()
    assert (judged.ratio < judged.high).all()
    assert (judged.rank_low <= judged.rank_high).all()


def test_nine_of_ten_intervals_hold_the_truth_and_the_planted_gaps_are_found() -> None:
    """The promise of the whole page: 100 simulated regions of 400 actors, by another model than the fitted one."""
    trials = [trial(seed, 400) for seed in range(1000, 1100)]
    recall = {name: np.mean([one.recall(name) for one in trials]) for name in ("model", "degree")}

    assert 0.85 <= np.mean([one.covered for one in trials]) <= 0.95
    assert recall["model"] >= 0.80
    assert recall["degree"] < 0.55
    assert np.mean([(one.flagged & (one.region.truth >= 1)).sum() for one in trials]) < 0.1


# scalings and chance -------------------------------------------------------------------------------------------------


def test_scalings_that_agree_are_robust() -> None:
    """Equal places with equally many firms: people in the place of actors change nothing."""
    found = municipality_gaps(ring(without="m3"), NetworkInput())

    for gap in found:
        assert [scaling.exponent for scaling in gap.scalings][:2] == [1, 1.12]
        assert gap.scalings[0].ratio == pytest.approx(gap.scalings[1].ratio, rel=1e-9)
        assert gap.scalings[0].ratio == pytest.approx(gap.scalings[2].ratio, abs=0.02)
        assert gap.robust


def test_the_last_scaling_is_the_verdicts_own() -> None:
    """Its exponent is what was found beside the number of actors: 1 + β."""
    found = municipality_gaps(simulate(3).snapshot, NetworkInput())

    assert [gap.scalings[2].ratio for gap in found] == [gap.ratio for gap in found]
    assert [gap.scalings[2].rank for gap in found] == [gap.rank for gap in found]
    assert {gap.scalings[2].exponent for gap in found} == {found[0].scalings[2].exponent}
    assert sorted(gap.scalings[0].rank for gap in found) == list(range(1, 14))


def test_a_place_with_many_people_and_few_actors_lacks_ties_for_its_people() -> None:
    """As many ties as its actors should have: enough for them, too few for a hundred times as many inhabitants. So the verdict is not robust."""
    graph = ring(places=8, firms=6)
    people = graph.actors.population.copy()
    people[graph.actors.ids.index("actor:m2")] *= 100
    crowded = replace(graph, actors=replace(graph.actors, population=people))
    gap = municipality_gap(crowded, NetworkInput(), "actor:m2")

    assert gap.scalings[0].ratio < 0.1
    assert gap.scalings[1].ratio < gap.scalings[0].ratio
    assert not gap.robust


def test_too_little_data_is_scaled_in_no_way() -> None:
    assert {(gap.scalings, gap.robust) for gap in municipality_gaps(small(), NetworkInput())} == {((), False)}


def test_ties_that_lead_inward_are_below_chance() -> None:
    """m0's firms know each other; all others are tied across. Degrees are what they are; where the ties lead is what is told."""
    graph = ring(without="m0", places=5, firms=6)
    inner = [Tie(f"m0f{one}", f"m0f{other}") for one in range(6) for other in range(one)]
    names = [name.removeprefix("actor:") for name in graph.actors.ids]
    ends = [(names[a], names[b]) for a, b in zip(graph.collaborations.a, graph.collaborations.b, strict=True)]
    actors = [municipality(f"m{i}") for i in range(5)] + [
        Actor(f"m{i}f{k}", seat=f"m{i}") for i in range(5) for k in range(6)
    ]
    found = null_model(snapshot(actors, [Tie(*pair) for pair in ends] + inner), NetworkInput())
    (inward, small_p), others = found["actor:m0"], [found[f"actor:m{i}"] for i in range(1, 5)]

    assert inward is not None
    assert small_p is not None
    assert inward < -4
    assert small_p < 0.01
    assert all(z is not None and z > 0 for z, _ in others)


def test_ties_to_region_wide_actors_and_to_the_outside_are_not_swapped() -> None:
    """As in the verdict: what is shown beside it plays no part."""
    graph = ring()
    found = null_model(graph, NetworkInput())
    actors = [municipality("m9", in_region=False), Actor("wide", seat="m0", region_wide=True)]
    rows = [municipality(f"m{i}", 10_000, (12 + i / 10, 57.7)) for i in range(6)]
    rows += [Actor(f"m{i}f{k}", seat=f"m{i}") for i in range(6) for k in range(4)]
    names = [name.removeprefix("actor:") for name in graph.actors.ids]
    ties = [Tie(names[a], names[b]) for a, b in zip(graph.collaborations.a, graph.collaborations.b, strict=True)]
    beside = [Tie("wide", f"m{i}f0") for i in range(6)] + [Tie("m9", "m1f1")]

    assert null_model(snapshot([*rows, *actors], [*ties, *beside]), NetworkInput()) == found


def test_of_few_ties_nothing_is_said() -> None:
    assert set(null_model(small(), NetworkInput()).values()) == {(None, None)}
    assert null_model(snapshot([Actor("a")]), NetworkInput()) == {}
