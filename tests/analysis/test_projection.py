"""Projection: who is tied to whom, how strongly and by what, worked out by hand on the small region."""

from typing import Any

import numpy as np
import pytest

from graph_api.analysis.projection import NetworkInput, project, seats, shared, works_on
from graph_api.errors import BadValue, NotFound
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import (
    AffiliationKind,
    Language,
    NetworkLevel,
    NetworkTie,
    ParticipationRole,
    RegionWideActors,
)
from tests.analysis.region import Actor, Agreement, Bond, Initiative, Tie, municipality, small, snapshot

PARTNER, FUNDER = ParticipationRole.PARTNER, ParticipationRole.FUNDER


def strengths(graph: Snapshot | None = None, **asked: Any) -> dict[tuple[str, str], float]:
    """Strength by pair of slugs, in the network that is asked for."""
    network = project(graph or small(), NetworkInput(**asked))
    return {
        (tie.from_.removeprefix("actor:"), tie.to.removeprefix("actor:")): tie.strength
        for tie in network.ties(np.arange(len(network.a)))
    }


def only(kind: NetworkTie, graph: Snapshot | None = None, **asked: Any) -> dict[tuple[str, str], float]:
    """The same, by one kind of tie."""
    return strengths(graph, ties=(kind,), **asked)


def test_a_collaboration_ties_its_two_ends_with_its_own_strength() -> None:
    """What a source says of a tie's strength is what the network shows."""
    assert only(NetworkTie.COLLABORATION) == {
        ("adal", "afirm"): 1,
        ("afirm", "bfirm"): 2,
        ("bdal", "bfirm"): 1,
        ("afirm", "uni"): 1,
        ("bdal", "uni"): 1,
        ("out", "uni"): 1,
    }


def test_those_who_only_pay_for_an_initiative_are_not_tied_by_it() -> None:
    """A funder of forty projects would be the hub of every network without meeting anyone."""
    found = only(NetworkTie.CO_PARTICIPATION)

    assert found == {("bfirm", "uni"): 1, ("adal", "bdal"): 0.5, ("adal", "cdal"): 0.5, ("bdal", "cdal"): 0.5}


def test_a_funder_that_also_takes_part_is_tied() -> None:
    """Paying does not undo taking part."""
    graph = snapshot(
        [Actor("a"), Actor("b"), Actor("c")],
        initiatives=[Initiative("x", [("a", FUNDER), ("a", PARTNER), ("b", PARTNER), ("c", FUNDER)])],
    )

    assert only(NetworkTie.CO_PARTICIPATION, graph) == {("a", "b"): 1}


def test_an_initiative_of_n_gives_each_of_its_pairs_one_part_in_n_minus_1() -> None:
    """Newman 2001: each actor spreads one unit an initiative, so that a programme of forty does not drown a pair."""
    graph = snapshot(
        [Actor(slug) for slug in "abcd"],
        initiatives=[
            Initiative("big", [(slug, PARTNER) for slug in "abcd"]),
            Initiative("pair", [("a", PARTNER), ("b", PARTNER)]),
        ],
    )
    found = only(NetworkTie.CO_PARTICIPATION, graph)

    assert found[("a", "b")] == pytest.approx(1 / 3 + 1)
    assert found[("c", "d")] == pytest.approx(1 / 3)


def test_an_initiative_of_one_ties_nobody() -> None:
    graph = snapshot([Actor("a")], initiatives=[Initiative("x", [("a", PARTNER)])])

    assert only(NetworkTie.CO_PARTICIPATION, graph) == {}


def test_members_of_a_body_are_tied_among_themselves_and_not_to_it() -> None:
    """Common membership joins members; the tie to the body is MEMBERSHIP's."""
    found = only(NetworkTie.CO_MEMBERSHIP)

    assert found[("afirm", "uni")] == 0.5
    assert found[("adal", "cdal")] == pytest.approx(1 / 3)
    assert not any("ring" in pair or "klubb" in pair for pair in found)


def test_who_joined_a_body_twice_is_one_member() -> None:
    """A member that left and came back does not change the others' weights."""
    graph = snapshot(
        [Actor("a"), Actor("b"), Actor("x")],
        bonds=[Bond("a", "x", since="2001"), Bond("a", "x", since="2010"), Bond("b", "x")],
    )

    assert only(NetworkTie.CO_MEMBERSHIP, graph) == {("a", "b"): 1}


@pytest.mark.parametrize(
    ("tie", "kind"),
    [
        (NetworkTie.MEMBERSHIP, AffiliationKind.MEMBER),
        (NetworkTie.OWNERSHIP, AffiliationKind.OWNER),
        (NetworkTie.FUNDING, AffiliationKind.FUNDER),
        (NetworkTie.COORDINATION, AffiliationKind.COORDINATOR),
        (NetworkTie.HOSTING, AffiliationKind.HOST),
    ],
)
def test_each_kind_of_affiliation_is_a_tie_of_its_own(tie: NetworkTie, kind: AffiliationKind) -> None:
    graph = snapshot(
        [Actor("a"), Actor("b"), Actor("c")], bonds=[Bond("b", "a", kind), Bond("c", "a", kind, "1990", "1991")]
    )

    assert only(tie, graph, as_of="2020") == {("a", "b"): 1}
    assert all(only(other, graph) == {} for other in NetworkTie if other not in (tie, NetworkTie.CO_MEMBERSHIP))


def test_parties_of_an_agreement_are_tied_by_it() -> None:
    assert only(NetworkTie.AGREEMENT) == {("adal", "bdal"): 0.5, ("adal", "uni"): 0.5, ("bdal", "uni"): 0.5}


def test_several_kinds_add_up_to_one_tie_that_names_them_all() -> None:
    """A view draws one line between two actors, and says what it is made of."""
    network = project(small(), NetworkInput())
    (tie,) = (t for t in network.ties(np.arange(len(network.a))) if (t.from_, t.to) == ("actor:bfirm", "actor:uni"))

    assert tie.strength == 1.5
    assert tie.kinds == (NetworkTie.CO_PARTICIPATION, NetworkTie.CO_MEMBERSHIP)
    assert tie.joined_by == ("affiliation:bfirm:ring:member", "affiliation:uni:ring:member", "initiative:lyft")


def test_unweighted_is_1_where_there_is_a_tie() -> None:
    assert set(strengths(weighted=False).values()) == {1}


def test_no_kind_is_no_tie() -> None:
    """An empty list asks for nothing, not for the default."""
    assert strengths(ties=()) == {}


def test_a_filter_hides_actors_and_changes_no_strength() -> None:
    """Two actors are as close whether or not one looks at a third."""
    graph = small()
    mask = np.array([actor in {"actor:adal", "actor:bdal"} for actor in graph.actors.ids])

    assert only(NetworkTie.CO_PARTICIPATION, graph, actors=mask) == {("adal", "bdal"): 0.5}
    assert project(graph, NetworkInput(actors=mask)).size == 2


# dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "tied"),
    [
        ("2017", False),
        ("2018", True),
        ("2018-03", False),
        ("2018-04", True),
        ("2020-06-30", True),
        ("2020-07", False),
        ("2021", False),
    ],
)
def test_a_tie_is_there_where_its_span_and_the_date_overlap(as_of: str, tied: bool) -> None:
    """since 2018-04 until 2020-06: a year that it touches counts, a month before or after does not."""
    graph = snapshot([Actor("a"), Actor("b")], [Tie("a", "b", 1, "2018-04", "2020-06")])

    assert bool(strengths(graph, as_of=as_of)) is tied


@pytest.mark.parametrize(("since", "until"), [(None, None), (None, "2030"), ("1990", None)])
def test_an_unknown_end_is_open(since: str | None, until: str | None) -> None:
    """Most sources say neither when a tie began nor that it ended."""
    graph = snapshot([Actor("a"), Actor("b")], [Tie("a", "b", 1, since, until)])

    assert strengths(graph, as_of="2018")


@pytest.mark.parametrize(
    ("own", "effort", "tied"),
    [
        (("2015", None), (None, "2018"), True),
        (("2019", None), (None, "2018"), False),
        (("2015", "2016"), ("2015", None), False),
        ((None, None), ("2019", None), False),
    ],
)
def test_taking_part_holds_where_both_its_own_span_and_the_initiatives_do(
    own: tuple[str | None, str | None], effort: tuple[str | None, str | None], tied: bool
) -> None:
    """An initiative that ended ties nobody, nor does a partner that left."""
    graph = snapshot(
        [Actor("a"), Actor("b")], initiatives=[Initiative("x", [("a", PARTNER, *own), ("b", PARTNER)], (), *effort)]
    )

    assert bool(only(NetworkTie.CO_PARTICIPATION, graph, as_of="2018")) is tied


def test_who_had_left_does_not_dilute_those_who_stay() -> None:
    graph = snapshot(
        [Actor(slug) for slug in "abc"],
        initiatives=[Initiative("x", [("a", PARTNER), ("b", PARTNER), ("c", PARTNER, None, "2010")])],
        agreements=[Agreement("y", "ab", "2019")],
    )

    assert only(NetworkTie.CO_PARTICIPATION, graph, as_of="2018") == {("a", "b"): 1}
    assert only(NetworkTie.AGREEMENT, graph, as_of="2018") == {}


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadValue):
        project(small(), NetworkInput(as_of="last year"))


# municipalities ------------------------------------------------------------------------------------------------------


def test_municipalities_are_tied_as_strongly_as_their_actors_together() -> None:
    """The map's lines: afirm–bfirm 2 and uni–bdal 1 join adal to bdal; out lies in utby."""
    found = only(NetworkTie.COLLABORATION, level=NetworkLevel.MUNICIPALITY)

    assert found == {("adal", "bdal"): 3, ("adal", "utby"): 1}


def test_a_municipality_without_ties_is_a_node_all_the_same() -> None:
    network = project(small(), NetworkInput(level=NetworkLevel.MUNICIPALITY))

    assert network.ids(range(network.size)) == ("actor:adal", "actor:bdal", "actor:cdal", "actor:utby")


def test_region_wide_actors_count_for_no_municipality_unless_by_seat() -> None:
    """BRG's ties are not Göteborg's unless one asks for it."""
    graph = small()
    tie: dict[str, Any] = {"ties": (NetworkTie.MEMBERSHIP,), "level": NetworkLevel.MUNICIPALITY}

    assert strengths(graph, **tie) == {("adal", "bdal"): 2}  # afirm and uni in ring, which is seated in bdal
    assert strengths(graph, **tie, region_wide_actors=RegionWideActors.BY_SEAT) == {
        ("adal", "bdal"): 3,
        ("adal", "cdal"): 1,
    }


def test_seats_leave_out_the_region_wide() -> None:
    graph = small()
    club = graph.actors.ids.index("actor:klubb")

    assert seats(graph, RegionWideActors.APART)[club] == -1
    assert graph.actors.ids[seats(graph, RegionWideActors.BY_SEAT)[club]] == "actor:adal"


# what all share ------------------------------------------------------------------------------------------------------


def test_bodies_and_initiatives_of_all_municipalities_are_found() -> None:
    """What every municipality belongs to says nothing of how one differs from another."""
    graph = small()

    assert shared(graph, NetworkInput()).names(graph, Language.SV) == ("Klubb", "All")


def test_what_all_share_can_be_left_out() -> None:
    graph = small()
    network = project(graph, NetworkInput(), without=shared(graph, NetworkInput()))
    pairs = {(tie.from_, tie.to) for tie in network.ties(np.arange(len(network.a)))}

    assert ("actor:adal", "actor:cdal") not in pairs
    assert ("actor:bfirm", "actor:uni") in pairs


def test_a_body_that_one_municipality_has_left_is_no_longer_shared() -> None:
    graph = snapshot(
        [municipality("a"), municipality("b"), Actor("x")], bonds=[Bond("a", "x"), Bond("b", "x", until="2010")]
    )

    assert len(shared(graph, NetworkInput()).bodies) == 1
    assert len(shared(graph, NetworkInput(as_of="2018")).bodies) == 0


def test_actors_work_on_the_challenges_of_their_initiatives() -> None:
    graph = small()
    actor, challenge = works_on(graph, None)
    found = {(graph.actors.names[a], graph.challenge_names[c]) for a, c in zip(actor, challenge, strict=True)}

    assert found == {("Uni", "Skills"), ("Bfirm", "Skills"), ("Adal", "Growth"), ("Bdal", "Growth"), ("Cdal", "Growth")}


# edges of the arrays -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", NetworkLevel)
def test_a_graph_without_actors_is_a_network_without_nodes(level: NetworkLevel) -> None:
    network = project(snapshot([]), NetworkInput(level=level))

    assert network.size == len(network.a) == 0


def test_the_half_edges_of_a_node_lead_to_its_partners_in_order() -> None:
    """Paths come out in the order of ids because of this."""
    network = project(small(), NetworkInput(ties=(NetworkTie.COLLABORATION,)))
    uni = network.position("actor:uni")
    assert uni is not None
    near = network.neighbours[network.indptr[uni] : network.indptr[uni + 1]]

    assert network.ids(near) == ("actor:afirm", "actor:bdal", "actor:out")
    assert network.degree[uni] == 3
    assert network.total_strength[uni] == 3


def test_an_actor_that_the_graph_does_not_hold_is_an_error_and_one_outside_the_network_is_not() -> None:
    graph = small()
    network = project(graph, NetworkInput(actors=np.zeros(len(graph.actors.ids), np.bool_)))

    assert network.position("actor:uni") is None
    with pytest.raises(NotFound):
        network.position("actor:nobody")


# backbone ------------------------------------------------------------------------------------------------------------


def hub() -> Snapshot:
    """h has ties of strength 8, 1 and 1 to a, b and c; b and c are tied by 1."""
    return snapshot(
        [Actor(slug) for slug in "habc"],
        [Tie("h", "a", 8.0), Tie("h", "b"), Tie("h", "c"), Tie("b", "c")],
    )


def test_a_backbone_keeps_what_takes_an_unlikely_share() -> None:
    """By hand: 8 of 10 in one of three pieces, (1 - 0.8)² = 0.04; 1 of 10, 0.9² = 0.81, and 1 of 2 seen from b, 0.5; a has no other tie."""
    assert set(strengths(hub(), backbone=0.05)) == {("a", "h")}
    assert set(strengths(hub(), backbone=0.039)) == set()
    assert set(strengths(hub(), backbone=0.51)) == {("a", "h"), ("b", "h"), ("c", "h"), ("b", "c")}


def test_a_backbone_keeps_strengths_actors_and_what_joins() -> None:
    network = project(hub(), NetworkInput(backbone=0.05))
    (tie,) = network.ties(np.arange(len(network.a)))

    assert (tie.strength, tie.joined_by) == (8, ("collaboration:a:h:other",))
    assert network.size == 4
    assert network.degree.tolist() == [1, 0, 0, 1]


def test_a_backbone_is_chosen_by_strength_also_where_ties_are_then_alike() -> None:
    """An unweighted network has nothing to choose by."""
    assert strengths(hub(), backbone=0.05, weighted=False) == {("a", "h"): 1}


def test_two_who_know_only_each_other_are_no_backbone() -> None:
    """That all of one tie goes to one partner tells nothing."""
    assert strengths(snapshot([Actor("a"), Actor("b")], [Tie("a", "b", 5.0)]), backbone=0.99) == {}
    assert strengths(snapshot([]), backbone=0.05) == {}


@pytest.mark.parametrize("level", [0, 1, -0.1, 5, float("nan")])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(BadValue):
        project(small(), NetworkInput(backbone=level))


def test_networks_of_different_backbones_are_different() -> None:
    """Or one would be answered with the other's scores."""
    assert NetworkInput(backbone=0.05).key != NetworkInput().key
