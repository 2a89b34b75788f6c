"""Coverage: which helices and challenges a municipality reaches, by hand on the small region and by brute force on random ones."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.analysis.coverage import HELICES, coverage, table
from graph_api.analysis.projection import NetworkInput, project
from graph_api.model.results import CoverageCell
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import CoverageKey, Helix, NetworkLevel, NetworkTie, ParticipationRole, RegionWideActors
from tests.analysis.region import Actor, Initiative, Tie, municipality, small, snapshot

DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def cells(graph: Snapshot, network: NetworkInput, by: CoverageKey) -> dict[tuple[str, str], CoverageCell]:
    found = {}
    for cell in coverage(graph, network, by):
        key = cell.helix.value if cell.helix else (cell.challenge or "").removeprefix("challenge:")
        found[cell.municipality.removeprefix("actor:"), key] = cell
    return found


def test_a_helix_is_reached_by_the_ties_that_lead_to_it() -> None:
    """adal's actors are adal, afirm and uni; to firms lead adal–afirm, afirm–bfirm, afirm–uni (seen from uni) and uni–out."""
    found = cells(small(), DIRECT, CoverageKey.HELIX)

    assert found["adal", "INDUSTRY"].direct == 4
    assert found["adal", "ACADEMIA"].direct == 1
    assert found["adal", "GOVERNMENT"].direct == 2  # afirm–adal and uni–bdal
    assert found["cdal", "INDUSTRY"].direct == 0


def test_a_tie_inside_a_municipality_and_a_helix_is_one_tie() -> None:
    """It has an end in the helix seen from either side."""
    graph = snapshot([municipality("m"), Actor("f", seat="m"), Actor("g", seat="m")], [Tie("f", "g")])

    assert cells(graph, DIRECT, CoverageKey.HELIX)["m", "INDUSTRY"].direct == 1
    assert cells(graph, DIRECT, CoverageKey.HELIX)["m", "INDUSTRY"].within_two == 2


def test_within_two_counts_actors_and_not_ways() -> None:
    """bdal's actors are bdal and bfirm, which reach each other, and afirm, out, adal, uni. Going to uni and back reaches nobody new."""
    found = cells(small(), DIRECT, CoverageKey.HELIX)

    assert found["bdal", "INDUSTRY"].within_two == 3
    assert found["bdal", "ACADEMIA"].within_two == 1
    assert found["bdal", "GOVERNMENT"].within_two == 2  # adal, by bfirm–afirm–adal, and bdal from bfirm


def test_a_helix_that_the_region_has_not_is_not_missing() -> None:
    """No municipality can be blamed for the lack of what is nowhere; a partner outside does not change that."""
    found = cells(small(), DIRECT, CoverageKey.HELIX)

    assert found["cdal", "CAPITAL"].covered is None
    assert found["cdal", "ACADEMIA"].covered is False
    assert found["bdal", "ACADEMIA"].covered is True


def test_region_wide_actors_are_reached_though_they_count_for_no_municipality() -> None:
    graph = small()
    member = NetworkInput((NetworkTie.MEMBERSHIP,))
    apart = cells(graph, member, CoverageKey.HELIX)
    by_seat = cells(
        graph, NetworkInput((NetworkTie.MEMBERSHIP,), region_wide_actors=RegionWideActors.BY_SEAT), CoverageKey.HELIX
    )

    assert apart["cdal", "HYBRID"].direct == 1
    assert apart["adal", "GOVERNMENT"].direct == 0
    assert by_seat["adal", "GOVERNMENT"].direct == 3  # klubb's own members adal, bdal, cdal


def test_a_challenge_is_reached_by_working_on_it() -> None:
    """bdal has bfirm in lyft; adal has uni; adal's grant to lyft is not work; cdal has nobody there."""
    found = cells(small(), DIRECT, CoverageKey.CHALLENGE)

    assert [found[m, "skills"].direct for m in ("adal", "bdal", "cdal")] == [1, 1, 0]
    assert [found[m, "growth"].covered for m in ("adal", "bdal", "cdal")] == [True, True, True]
    assert found["cdal", "skills"].covered is False
    assert found["adal", "skills"].within_two == 2


def test_a_challenge_on_which_nobody_works_is_not_missing() -> None:
    assert cells(small(), DIRECT, CoverageKey.CHALLENGE)["adal", "untouched"].covered is None


def test_work_counts_on_its_date() -> None:
    graph = snapshot(
        [municipality("m"), municipality("n")],
        initiatives=[
            Initiative("x", [("m", ParticipationRole.LEAD), ("n", ParticipationRole.LEAD, "2020", None)], ["c"], "2015")
        ],
        challenges=["c"],
    )
    then = cells(graph, NetworkInput(as_of="2016"), CoverageKey.CHALLENGE)

    assert (then["m", "c"].direct, then["n", "c"].direct) == (1, 0)
    assert cells(graph, NetworkInput(as_of="2014"), CoverageKey.CHALLENGE)["m", "c"].covered is None


def test_a_region_without_municipalities_has_no_cells() -> None:
    assert (
        coverage(snapshot([Actor("a"), Actor("b")], [Tie("a", "b")]), NetworkInput(level=NetworkLevel.MUNICIPALITY))
        == ()
    )


@settings(deadline=None, max_examples=40)
@given(
    seats=st.lists(st.tuples(st.sampled_from(["m", "n", None]), st.sampled_from(Helix)), min_size=1, max_size=7),
    chosen=st.sets(st.integers(0, 35), max_size=14),
)
def test_counts_are_those_of_going_through_all_actors(seats: list[tuple[str | None, Helix]], chosen: set[int]) -> None:
    """Sparse products are the clever way; this is the plain one."""
    actors = [municipality("m"), municipality("n")] + [
        Actor(f"x{i}", helix, seat=seat) for i, (seat, helix) in enumerate(seats)
    ]
    pairs = [pair for i, pair in enumerate(combinations(range(len(actors)), 2)) if i in chosen]
    graph = snapshot(actors, [Tie(actors[a].slug, actors[b].slug) for a, b in pairs])
    found = table(project(graph, DIRECT), DIRECT, CoverageKey.HELIX)
    near = {i: {b if a == i else a for a, b in pairs if i in (a, b)} for i in range(len(actors))}

    for row, place in enumerate("mn"):
        own = {i for i, actor in enumerate(actors) if actor.seat == place}
        two = {k for i in own for j in near[i] for k in near[j] | {j} if k != i}
        for key, helix in enumerate(HELICES):
            of = {i for i, actor in enumerate(actors) if actor.helix is helix}
            direct = sum(1 for a, b in pairs if (a in own and b in of) or (b in own and a in of))
            assert found.direct[row, key] == direct
            assert found.within_two[row, key] == len(two & of)
    assert found.present.dtype == np.bool_
