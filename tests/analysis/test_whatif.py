"""What if: the same as a graph that holds the ties, and an error for each change that changes nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.regions import simulate
from graph_api.analysis.projection import NetworkInput, Supposed, project
from graph_api.analysis.questions import Answers
from graph_api.analysis.whatif import suppose
from graph_api.errors import BadValue, NotFound, SamverkanError
from graph_api.model.results import MunicipalityGap, NetworkComparison, NetworkSummary
from graph_api.model.vocabulary import CentralityMeasure, NetworkLevel, NetworkTie
from tests.analysis.region import Actor, Tie, edges, municipality, path, small, snapshot

DIRECT = NetworkInput((NetworkTie.COLLABORATION,))


def test_a_supposed_tie_is_as_one_that_is_there() -> None:
    """Every question is answered as over a graph that really holds it."""
    real = Answers(edges([("a", "b"), ("b", "c"), ("a", "c")], "d"))
    supposed = replace(DIRECT, supposed=Supposed((("actor:c", "actor:a", 1.0),)))
    found = Answers(edges([("a", "b"), ("b", "c")], "d"))

    for question, parameters in {
        "summary": {},
        "centrality": {"measure": CentralityMeasure.BETWEENNESS},
        "coverage": {},
        "municipality_gaps": {},
        "timeline": {"first": 2000, "last": 2001},
    }.items():
        assert found.of(question, supposed, **parameters) == real.of(question, DIRECT, **parameters)  # type: ignore[arg-type]


def test_a_removed_tie_is_as_one_that_was_never_there() -> None:
    real = Answers(edges([("a", "b")], "c"))
    supposed = replace(DIRECT, supposed=Supposed(removed=("collaboration:b:c:other",)))

    assert Answers(path("a", "b", "c")).of("summary", supposed) == real.of("summary", DIRECT)


def test_an_affiliation_can_be_removed() -> None:
    """uni leaves the ring, and its common memberships with it."""
    network = NetworkInput((NetworkTie.CO_MEMBERSHIP,), supposed=Supposed(removed=("affiliation:uni:ring:member",)))
    before = Answers(small()).of("summary", NetworkInput((NetworkTie.CO_MEMBERSHIP,)))
    after = Answers(small()).of("summary", network)

    assert isinstance(before, NetworkSummary)
    assert isinstance(after, NetworkSummary)
    assert before.tie_count - after.tie_count == 2  # uni–afirm and uni–bfirm


def test_a_tie_may_be_replaced_by_a_stronger_one() -> None:
    graph = path("a", "b")
    changed = suppose(graph, DIRECT, Supposed((("actor:a", "actor:b", 5.0),), ("collaboration:a:b:other",)))

    assert project(changed, DIRECT).strength.tolist() == [5.0]


def test_the_graph_itself_stays_as_it_was() -> None:
    """Whoever asks next must not see another's supposition."""
    answers = Answers(small())
    before = answers.of("summary", DIRECT)
    answers.of("summary", replace(DIRECT, supposed=Supposed((("actor:cdal", "actor:uni", 1.0),))))

    assert answers.of("summary", DIRECT) == before


def test_a_supposed_tie_is_joined_by_nothing_that_can_be_read() -> None:
    """It has no id; an empty one would be looked up in the store."""
    answers = Answers(small())
    supposed = replace(DIRECT, supposed=Supposed((("actor:cdal", "actor:uni", 1.0),)))
    found = answers.of("compare", supposed, with_=DIRECT)

    assert isinstance(found, NetworkComparison)
    assert [(tie.from_, tie.to, tie.joined_by) for tie in found.vanished] == [("actor:cdal", "actor:uni", ())]
    assert found.appeared == ()


def test_a_tie_between_actors_joins_their_municipalities() -> None:
    network = replace(DIRECT, level=NetworkLevel.MUNICIPALITY, supposed=Supposed((("actor:cdal", "actor:uni", 1.0),)))
    found = Answers(small()).of("summary", network)
    before = Answers(small()).of("summary", replace(network, supposed=None))

    assert isinstance(found, NetworkSummary)
    assert isinstance(before, NetworkSummary)
    assert found.tie_count == before.tie_count + 1


def test_the_draws_are_the_same_so_that_a_difference_is_the_ties_doing() -> None:
    """Ten ties from a municipality to others raise its ratio; a tie that leads nowhere near leaves all ratios alone."""
    graph = simulate(1).snapshot
    home = graph.actors.municipality
    ids, answers = graph.actors.ids, Answers(graph)

    def ratios(supposed: Supposed | None) -> list[float | None]:
        found: Any = answers.of("municipality_gaps", replace(DIRECT, supposed=supposed))
        assert all(isinstance(gap, MunicipalityGap) for gap in found)
        return [gap.ratio for gap in sorted(found, key=lambda gap: gap.municipality)]

    tied = set(zip(graph.collaborations.a.tolist(), graph.collaborations.b.tolist(), strict=True))
    mine = np.flatnonzero(home == 3).tolist()
    other = np.flatnonzero(home == 5).tolist()
    new = [(a, b) for a in mine for b in other if (min(a, b), max(a, b)) not in tied][:10]
    inner = next((a, b) for a in mine for b in mine if a < b and (a, b) not in tied)
    plain = ratios(None)
    lifted = ratios(Supposed(tuple((ids[a], ids[b], 1.0) for a, b in new)))

    assert lifted[3] is not None
    assert plain[3] is not None
    assert lifted[3] > plain[3] * 1.05
    assert ratios(Supposed(((ids[inner[0]], ids[inner[1]], 1.0),))) == plain
    assert ratios(Supposed()) == plain


@pytest.mark.parametrize(
    ("added", "removed", "error", "names"),
    [
        ((("actor:adal", "actor:nobody", 1.0),), (), NotFound, "actor:nobody"),
        ((("actor:adal", "actor:adal", 1.0),), (), BadValue, "actor:adal"),
        ((("actor:afirm", "actor:adal", 1.0),), (), BadValue, "actor:afirm – actor:adal"),
        ((("actor:cdal", "actor:uni", 1.0), ("actor:uni", "actor:cdal", 1.0)), (), BadValue, "actor:uni – actor:cdal"),
        ((("actor:cdal", "actor:uni", 0.0),), (), BadValue, "strength"),
        ((("actor:cdal", "actor:uni", -1.0),), (), BadValue, "strength"),
        ((("actor:cdal", "actor:uni", float("nan")),), (), BadValue, "strength"),
        ((), ("collaboration:adal:uni:other",), NotFound, "collaboration:adal:uni:other"),
        ((), ("participation:uni:lyft",), NotFound, "participation:uni:lyft"),
        ((), ("collaboration:adal:afirm:other",) * 2, BadValue, "twice"),
        ((), ("affiliation:uni:klubb:member",), BadValue, "makes no tie"),
    ],
)
def test_a_change_that_changes_nothing_is_named(
    added: tuple[tuple[str, str, float], ...], removed: tuple[str, ...], error: type[SamverkanError], names: str
) -> None:
    """Else a typing error would look like a tie without effect."""
    with pytest.raises(error, match=names) as met:
        suppose(small(), DIRECT, Supposed(added, removed))
    assert met.value.place == ("add" if added else "remove")


def test_what_the_network_leaves_out_cannot_be_changed() -> None:
    """By date, by kind of tie, and by where."""
    graph = snapshot([municipality("m"), Actor("a"), Actor("b")], [Tie("a", "b", 1, "2010", "2012")])
    new = Supposed((("actor:a", "actor:b", 1.0),))

    with pytest.raises(BadValue, match="tied already"):
        suppose(graph, NetworkInput(as_of="2011"), new)
    assert len(suppose(graph, NetworkInput(as_of="2015"), new).collaborations.a) == 2
    with pytest.raises(BadValue, match="does not hold on 2015"):
        suppose(graph, NetworkInput(as_of="2015"), Supposed(removed=("collaboration:a:b:other:2010",)))
    with pytest.raises(BadValue, match="leaves direct ties out"):
        suppose(graph, NetworkInput((NetworkTie.AGREEMENT,)), new)
    with pytest.raises(BadValue, match="outside this network"):
        suppose(graph, NetworkInput(as_of="2015", actors=np.array([True, False, True])), new)
