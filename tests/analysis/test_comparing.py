"""Two networks beside each other, and a network year by year: held to sets of pairs and to single years."""

from dataclasses import replace

import numpy as np
import pytest

from graph_api.analysis.comparing import compare, dated, timeline
from graph_api.analysis.measures import summary
from graph_api.analysis.projection import NetworkInput, project
from graph_api.analysis.questions import Answers
from graph_api.errors import BadValue
from graph_api.model.results import NetworkComparison
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import NetworkLevel, NetworkTie, ParticipationRole
from tests.analysis.region import Actor, Agreement, Bond, Initiative, Tie, path, small, snapshot

PARTNER = ParticipationRole.PARTNER


def years() -> Snapshot:
    """a–b in 2010–2012, b–c from 2012, c–d of unknown beginning; a and d sign a pact in 2011."""
    return snapshot(
        [Actor(slug) for slug in "abcd"],
        [Tie("a", "b", 2, "2010", "2012"), Tie("b", "c", 1, "2012-06"), Tie("c", "d", 1, None, "2011")],
        agreements=[Agreement("pact", ["a", "d"], "2011-05-02")],
    )


def at(year: str) -> NetworkInput:
    return NetworkInput(as_of=year)


def test_what_appears_and_vanishes_between_two_years() -> None:
    """The first question of a yearly follow-up."""
    graph = years()
    found = compare(project(graph, at("2010")), project(graph, at("2013")))

    assert [(tie.from_, tie.to) for tie in found.appeared] == [("actor:b", "actor:c")]
    assert [(tie.from_, tie.to) for tie in found.vanished] == [("actor:a", "actor:b"), ("actor:c", "actor:d")]
    assert (found.before.tie_count, found.after.tie_count) == (2, 1)


def test_risers_and_fallers_are_told_by_how_many_partners_more() -> None:
    """With their rank in the second network; who keeps as many is in neither list."""
    graph = years()
    found = compare(project(graph, at("2010")), project(graph, at("2013")))

    assert [(one.actor, one.score, one.rank) for one in found.risers] == []
    assert [(one.actor, one.score, one.rank) for one in found.fallers] == [("actor:a", -1.0, 3), ("actor:d", -1.0, 4)]


def test_a_network_is_like_itself() -> None:
    network = project(small(), NetworkInput())
    found = compare(network, network)

    assert (found.appeared, found.vanished, found.risers, found.fallers) == ((), (), (), ())
    assert found.before == found.after == summary(network)


def test_turning_the_comparison_round_swaps_its_halves() -> None:
    direct, common = (
        project(small(), NetworkInput((tie,))) for tie in (NetworkTie.COLLABORATION, NetworkTie.CO_MEMBERSHIP)
    )
    there, back = compare(direct, common), compare(common, direct)

    assert (there.appeared, there.vanished) == (back.vanished, back.appeared)
    assert {(one.actor, one.score) for one in there.risers} == {(one.actor, -one.score) for one in back.fallers}


def test_actors_of_one_network_alone_neither_rise_nor_fall() -> None:
    """Who was filtered away has not lost its partners."""
    graph = path("a", "b", "c")
    whole, part = project(graph, NetworkInput()), project(graph, NetworkInput(actors=np.array([False, True, True])))
    found = compare(whole, part)

    assert [one.actor for one in found.fallers] == ["actor:b"]
    assert [(tie.from_, tie.to) for tie in found.vanished] == [("actor:a", "actor:b")]


def test_networks_of_two_graphs_are_compared_by_the_ids_of_their_actors() -> None:
    """What was recorded since an earlier revision: an actor more moves all places, and nothing else has changed."""
    before = path("b", "d", "c", "e")
    after = path("a", "b", "d", "c")
    found = Answers(before).of("compare", with_=NetworkInput(), graph=after)
    assert isinstance(found, NetworkComparison)

    assert [(tie.from_, tie.to) for tie in found.appeared] == [("actor:a", "actor:b")]
    assert [(tie.from_, tie.to) for tie in found.vanished] == [("actor:c", "actor:e")]
    assert [(one.actor, one.score) for one in found.risers] == [("actor:b", 1.0)]
    assert [(one.actor, one.score) for one in found.fallers] == [("actor:c", -1.0)]
    assert (found.before, found.after) == tuple(summary(project(graph, NetworkInput())) for graph in (before, after))


def test_networks_of_different_levels_cannot_be_compared() -> None:
    with pytest.raises(BadValue, match="levels"):
        Answers(small()).of("compare", NetworkInput(), with_=NetworkInput(level=NetworkLevel.MUNICIPALITY))


def test_a_timeline_is_one_summary_a_year() -> None:
    """Each year equals the network of that date, whatever date was asked for beside."""
    graph, kinds = years(), (NetworkTie.COLLABORATION, NetworkTie.AGREEMENT)
    found = timeline(graph, NetworkInput(kinds, as_of="1999"), 2010, 2013)

    assert [year.year for year in found] == [2010, 2011, 2012, 2013]
    assert [year.summary for year in found] == [
        summary(project(graph, NetworkInput(kinds, as_of=str(year)))) for year in range(2010, 2014)
    ]
    assert [year.summary.tie_count for year in found] == [2, 3, 3, 2]
    assert [year.unknown_share for year in found] == [pytest.approx(share) for share in (1 / 2, 1 / 3, 0, 0)]


def test_years_before_all_data_are_an_empty_answer() -> None:
    """They would show nothing but the ties whose beginning nobody knows."""
    graph = years()

    assert timeline(graph, NetworkInput(), 1200, 1250) == ()
    assert [year.year for year in timeline(graph, NetworkInput(), 2008, 2010)] == [2010]
    assert timeline(path("a", "b"), NetworkInput(), 2000, 2020) == ()
    assert timeline(snapshot([]), NetworkInput(), 2000, 2020) == ()


@pytest.mark.parametrize(("first", "last"), [(2020, 2019), (0, 10), (9990, 10_000), (1900, 2000), (-5, 5)])
def test_years_that_are_none_or_too_many_are_refused(first: int, last: int) -> None:
    with pytest.raises(BadValue):
        timeline(years(), NetworkInput(), first, last)


def test_a_tie_is_dated_by_what_joins_it() -> None:
    """A common initiative by its start, or by both parts; a common membership by both memberships; the earliest thing that is known is enough."""
    graph = snapshot(
        [Actor(slug) for slug in "abcdef"],
        [Tie("e", "f")],
        [Bond("a", "f", since="2001"), Bond("b", "f", since="2002"), Bond("c", "f")],
        [
            Initiative("started", [("a", PARTNER), ("d", PARTNER)], start="2010"),
            Initiative("parts", [("b", PARTNER, "2011", None), ("d", PARTNER, "2012", None), ("c", PARTNER)]),
        ],
        [Agreement("pact", ["e", "f"], "2018")],
    )
    network = project(graph, replace(NetworkInput(), ties=tuple(NetworkTie)))
    known = {
        "".join(network.id(node)[-1] for node in (network.a[edge], network.b[edge]))
        for edge in np.flatnonzero(dated(network))
    }

    assert known == {"ab", "ad", "bd", "ef", "af", "bf"}
