"""Synergy of three helices: known tables and shuffled columns; services: which of them nothing joins."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from scipy import stats

from graph_api.analysis.projection import NetworkInput
from graph_api.analysis.synergy import (
    same_numbers,
    service_synergies,
    shuffled,
    transmission,
    triple_helix_synergy,
)
from graph_api.errors import BadPage
from graph_api.model.results import ServiceSynergy
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import Helix, NetworkTie, ParticipationRole, RegionWideActors, ServiceAudience
from tests.analysis.region import Actor, Agreement, Initiative, Service, Tie, municipality, snapshot

PARTNER, FUNDER = ParticipationRole.PARTNER, ParticipationRole.FUNDER
NEW, RUNNING, ALL = ServiceAudience.NEW_BUSINESSES, ServiceAudience.ESTABLISHED_BUSINESSES, ServiceAudience.ALL


def region(*cells: str, times: int = 10, role: ParticipationRole = PARTNER) -> Snapshot:
    """So many initiatives of each cell, named by those that take part: u(niversity), i(ndustry), g(overnment), h(ybrid)."""
    actors = [
        municipality("g"),
        Actor("u", Helix.ACADEMIA, seat="g"),
        Actor("i", seat="g"),
        Actor("h", Helix.HYBRID),
    ]
    initiatives = [Initiative(f"{cell}{n:03}", [(slug, role) for slug in cell]) for cell in cells for n in range(times)]
    return snapshot(actors, initiatives=initiatives)


# the formula ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "bits"),
    [
        ([1, 0, 0, 1, 0, 1, 1, 0], -1.0),  # the third takes part where one of the others alone does: XOR
        ([1, 0, 0, 0, 0, 0, 0, 1], 1.0),  # all three or none
        ([1, 1, 1, 1, 1, 1, 1, 1], 0.0),  # each as it likes
        ([2, 0, 0, 2, 1, 0, 0, 1], 0.0),  # two together, the third as it likes
    ],
)
def test_known_tables(table: list[int], bits: float) -> None:
    """Below 0 is synergy: what two do together does not follow from what each does."""
    assert transmission(np.array([table]) * 100, corrected=False)[0] == pytest.approx(bits, abs=1e-12)


def test_the_correction_is_of_each_entropy() -> None:
    """XOR over 400: three entropies with 2 cells, three pairs with 4, one triple with 4: (3·1 - 3·3 + 3)/(2·400·ln 2)."""
    table = np.array([[1, 0, 0, 1, 0, 1, 1, 0]]) * 100

    assert transmission(table)[0] == pytest.approx(-1 - 3 / (800 * np.log(2)))


def test_the_correction_takes_off_most_of_what_a_small_sample_adds() -> None:
    """Independent columns have 0 bits; forty of them seem to have more or less."""
    random = np.random.default_rng(1)
    cells = random.integers(8, size=(4000, 40))
    tables = np.stack([(cells == code).sum(axis=1) for code in range(8)], axis=1)

    assert abs(transmission(tables).mean()) < 0.4 * abs(transmission(tables, corrected=False).mean())


def test_shuffled_tables_are_those_of_shuffled_columns() -> None:
    """Counts are drawn directly; permuting the columns is the plain way."""
    table = np.array([[20, 10, 5, 8, 3, 6, 2, 9]])
    columns = np.repeat(np.arange(8), table[0])[:, np.newaxis] >> np.arange(3) & 1
    random = np.random.default_rng(2)
    plain = []
    for _ in range(500):
        mixed = np.stack([random.permutation(columns[:, axis]) for axis in range(3)], axis=1)
        plain.append(np.bincount(mixed @ (1, 2, 4), minlength=8))
    drawn = shuffled(table, 2000)

    assert (drawn.sum(axis=1) == 63).all()
    for axis in range(3):
        assert set(drawn[:, np.arange(8) >> axis & 1 == 1].sum(axis=1)) == {int(columns[:, axis].sum())}
    assert stats.ks_2samp(transmission(drawn), transmission(np.array(plain))).pvalue > 0.001
    np.testing.assert_allclose(drawn.mean(axis=0), np.mean(plain, axis=0), atol=0.6)


def test_no_shuffle_draws_from_nothing() -> None:
    """Every initiative with academia has industry, and none is without government but one."""
    assert (shuffled(np.array([[1, 0, 0, 0, 0, 0, 0, 39]]), 50) >= 0).all()


def test_tables_of_the_same_numbers_are_those_of_all_ways_to_give_out_helices() -> None:
    """Every matrix of 0 and 1 with the same sums of rows and columns counts once; here all are listed."""
    table = np.array([[1, 2, 0, 1, 1, 1, 1, 0]])
    rows = (np.repeat(np.arange(8), table[0])[:, np.newaxis] >> np.arange(3) & 1).sum(axis=1)
    wide = [[code for code in range(8) if code.bit_count() == number] for number in rows.tolist()]
    ways = Counter(
        tuple(np.bincount(codes, minlength=8).tolist())
        for codes in product(*wide)
        if all(sum(code >> bit & 1 for code in codes) == (4, 2, 3)[bit] for bit in range(3))
    )
    tables, chances = same_numbers(table)

    assert dict(zip(map(tuple, tables.tolist()), chances.tolist(), strict=True)) == pytest.approx(
        {found: count / ways.total() for found, count in ways.items()}
    )


# the region ----------------------------------------------------------------------------------------------------------


def test_either_or_is_synergy_and_told_from_chance() -> None:
    found = triple_helix_synergy(region("h", "ui", "ug", "ig"), NetworkInput())

    assert found.initiative_count == 40
    assert found.bits == pytest.approx(-1, abs=0.1)
    assert found.shuffled_mean == pytest.approx(0, abs=0.05)
    assert found.p_value is not None
    assert found.p_value < 0.01
    assert found.reason_sv is None


def test_synergy_that_is_of_the_numbers_alone_is_shown_as_such() -> None:
    """That each initiative has two helices or none is all there is to either-or: with these numbers there is no other table."""
    found = triple_helix_synergy(region("h", "ui", "ug", "ig"), NetworkInput())
    other = triple_helix_synergy(region("h", "ui", "ui", "ug", "u", "i", "g", "g"), NetworkInput())

    assert found.same_numbers_mean == pytest.approx(found.bits)
    assert found.same_numbers_p_value is None
    assert other.same_numbers_p_value is not None
    assert other.same_numbers_mean != pytest.approx(other.bits)


def test_a_municipality_has_the_initiatives_in_which_its_actors_take_part() -> None:
    """The helices are those of all who take part; in what is left to the municipality no one is missing from all three."""
    found = triple_helix_synergy(region("h", "ui", "ug", "ig"), NetworkInput())
    (own,) = found.by_municipality

    assert (own.municipality, own.initiative_count) == ("actor:g", 30)
    assert own.bits is not None
    assert own.bits > -1


@pytest.mark.parametrize(
    ("cells", "times", "reason"),
    [
        ((), 1, "0 initiatives have"),
        (("u",), 1, "1 initiative has"),
        (("ui", "g"), 10, "20 initiatives have"),
        (("ui", "h"), 20, "No one from government"),
        (("ug", "g", "ig"), 20, "Someone from government"),
    ],
)
def test_too_little_is_null_with_a_reason(cells: tuple[str, ...], times: int, reason: str) -> None:
    found = triple_helix_synergy(region(*cells, times=times), NetworkInput())

    assert (found.bits, found.shuffled_mean, found.p_value) == (None, None, None)
    assert found.reason_en is not None
    assert found.reason_en.startswith(reason)
    assert found.reason_sv


def test_paying_is_not_taking_part() -> None:
    assert triple_helix_synergy(region("ui", "g", role=FUNDER), NetworkInput()).initiative_count == 0


def test_the_selection_and_the_date_count() -> None:
    graph = region("ui", "g")
    mask = np.array([name != "actor:g" for name in graph.actors.ids])
    ended = snapshot([Actor("u", Helix.ACADEMIA)], initiatives=[Initiative("x", [("u", PARTNER)], end="2015")])

    assert triple_helix_synergy(graph, NetworkInput(actors=mask)).initiative_count == 10
    assert triple_helix_synergy(ended, NetworkInput(as_of="2016")).initiative_count == 0
    assert triple_helix_synergy(ended, NetworkInput(as_of="2015")).initiative_count == 1


def test_region_wide_actors_count_to_a_municipality_by_seat_alone() -> None:
    graph = snapshot(
        [municipality("m"), Actor("w", seat="m", region_wide=True)], initiatives=[Initiative("x", [("w", PARTNER)])]
    )
    counts = [
        triple_helix_synergy(graph, NetworkInput(region_wide_actors=where)).by_municipality[0].initiative_count
        for where in RegionWideActors
    ]

    assert counts == [0, 1]


# services ------------------------------------------------------------------------------------------------------------


def offers(*services: Service, ties: list[Tie] | None = None, agreements: list[Agreement] | None = None) -> Snapshot:
    """Municipalities m, n and o, and providers p, q and r."""
    places = [municipality(slug) for slug in "mno"]
    return snapshot(
        [*places, *(Actor(slug) for slug in "pqr")], ties or [], agreements=agreements or [], services=services
    )


def names(graph: Snapshot, **asked: object) -> list[str]:
    network = asked.pop("network", NetworkInput())
    found: tuple[ServiceSynergy, ...] = service_synergies(graph, network, **asked)  # type: ignore[arg-type]
    return ["+".join(service.removeprefix("service:") for service in pair.services) for pair in found]


def test_services_for_the_same_audience_are_paired() -> None:
    """A service for all is for everyone's audience."""
    graph = offers(
        Service("a", ["p"]),
        Service("b", ["q"]),
        Service("c", ["r"], audience=RUNNING),
        Service("d", ["m"], audience=ALL),
    )

    assert names(graph) == ["a+b", "a+d", "b+d", "c+d"]
    assert names(graph, audience=RUNNING) == ["c+d"]
    assert names(graph, audience=NEW) == ["a+b", "a+d", "b+d"]
    assert names(graph, audience=ServiceAudience.INVESTORS) == []


def test_what_joins_the_providers_joins_the_services() -> None:
    """A provider in common, a tie, and an agreement, which counts unless other ties are asked for."""
    two = (Service("a", ["p"]), Service("b", ["q"]))

    assert names(offers(Service("a", ["p", "q"]), Service("b", ["q"]))) == []
    assert names(offers(*two, ties=[Tie("p", "q")])) == []
    assert names(offers(*two, agreements=[Agreement("x", ["p", "q"])])) == []
    assert names(
        offers(*two, agreements=[Agreement("x", ["p", "q"])]), network=NetworkInput((NetworkTie.COLLABORATION,))
    ) == ["a+b"]
    assert names(offers(*two, ties=[Tie("p", "r"), Tie("r", "q")])) == ["a+b"]


def test_what_every_municipality_belongs_to_joins_nothing() -> None:
    """All are members of GR; that their services know of each other does not follow."""
    common = Initiative("everyone", [(slug, PARTNER) for slug in "mno"])
    graph = snapshot(
        [municipality(slug) for slug in "mno"],
        initiatives=[common],
        services=[Service("a", ["m"]), Service("b", ["n"])],
    )

    assert names(graph) == ["a+b"]


def test_most_municipalities_in_common_come_first() -> None:
    graph = offers(Service("a", ["p"], "m"), Service("b", ["q"], "mn"), Service("c", ["r"], "mno"))
    first = service_synergies(graph, NetworkInput())[0]

    assert names(graph) == ["b+c", "a+b", "a+c"]
    assert first.shared_municipalities == ("actor:m", "actor:n")
    assert names(graph, first=1) == ["b+c"]
    with pytest.raises(BadPage):
        service_synergies(graph, NetworkInput(), first=-1)


def test_the_text_says_who_would_have_to_meet() -> None:
    (found,) = service_synergies(offers(Service("a", ["p"], "m"), Service("b", ["q", "r"], "m", ALL)), NetworkInput())

    assert (
        found.text_sv
        == "A och B vänder sig till dem som startar företag, båda i M. Inget känt förbinder P med Q och R."
    )
    assert found.text_en == "A and B are for those who start a business, both in M. Nothing known joins P to Q and R."


def test_a_service_whose_provider_is_not_selected_is_left_out() -> None:
    graph = offers(Service("a", ["p"]), Service("b", ["q"]), Service("c", []))
    mask = np.array([name != "actor:q" for name in graph.actors.ids])

    assert names(graph) == ["a+b"]
    assert names(graph, network=NetworkInput(actors=mask)) == []
    assert names(snapshot([])) == []
