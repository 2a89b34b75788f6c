"""Suggested ties: what may never be suggested, what each reason says, and the rise of a ratio against a real what-if."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.regions import simulate
from graph_api.analysis.gaps import region_of
from graph_api.analysis.projection import NetworkInput, Supposed, project
from graph_api.analysis.questions import Answers
from graph_api.analysis.suggestions import Suggestions, lift
from graph_api.errors import BadPage, NotFound, TooLittleData
from graph_api.model.results import MunicipalityGap, TieSuggestion
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import AffiliationKind, Helix, NetworkTie, ParticipationRole, ReasonKind, SuggestionAim
from tests.analysis.region import Actor, Bond, Initiative, Tie, municipality, small, snapshot

DIRECT = NetworkInput((NetworkTie.COLLABORATION,))
PARTNER = ParticipationRole.PARTNER


def region() -> Snapshot:
    """Six municipalities with four firms each, tied by number, but m0's firms only inside; uni in m1 is tied to its four firms.

    m0f0 looks for energy, which m3f0 has. m2f0 and m4f1 take part in initiatives of skills. m5f0 owns m4f3. m1f3 was founded in 2019.
    """
    names = [f"m{i}" for i in range(6)]
    actors = [municipality(name, 10_000, (12 + i, 57.7)) for i, name in enumerate(names)]
    has, needs, founded = {"m3f0": ["energy"]}, {"m0f0": ["energy"]}, {"m1f3": 2019}
    for name in names:
        for k in range(4):
            slug = f"{name}f{k}"
            actors.append(
                Actor(slug, seat=name, has=has.get(slug, ()), needs=needs.get(slug, ()), founded=founded.get(slug, -1))
            )
    actors.append(Actor("uni", Helix.ACADEMIA, seat="m1"))
    ties = [
        Tie(f"{one}f{k}", f"{other}f{k}")
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        for k in range(4)
        if one != "m0"
    ]
    ties += [Tie("m0f0", f"m0f{k}") for k in range(1, 4)] + [Tie("uni", f"m1f{k}") for k in range(4)]
    return snapshot(
        actors,
        [*ties, Tie("m0f0", "m1f0")],
        [Bond("m5f0", "m4f3", AffiliationKind.OWNER)],
        [Initiative("i", [("m2f0", PARTNER)], ["skills"]), Initiative("j", [("m4f1", PARTNER)], ["skills"])],
        challenges=["skills"],
    )


@pytest.fixture(scope="module")
def learnt() -> Suggestions:
    return Suggestions(region(), DIRECT)


@pytest.fixture(scope="module")
def everything(learnt: Suggestions) -> tuple[TieSuggestion, ...]:
    return learnt.of(first=1000)


def ends(found: tuple[TieSuggestion, ...]) -> set[frozenset[str]]:
    return {frozenset((one.from_.removeprefix("actor:"), one.to.removeprefix("actor:"))) for one in found}


def of_pair(learnt: Suggestions, one: str, other: str) -> TieSuggestion:
    found = learnt.of(for_=f"actor:{one}", first=1000)
    return next(suggestion for suggestion in found if suggestion.to == f"actor:{other}")


def test_never_an_actor_with_itself_nor_what_is_tied_in_any_way(everything: tuple[TieSuggestion, ...]) -> None:
    """An owner is no news to its company, though this network is of direct ties alone."""
    found = ends(everything)
    graph = region()
    every = project(graph, replace(DIRECT, ties=tuple(NetworkTie)))
    there = {
        frozenset(id_.removeprefix("actor:") for id_ in (every.id(a), every.id(b)))
        for a, b in zip(every.a.tolist(), every.b.tolist(), strict=True)
    }

    assert len(found) > 20
    assert all(len(pair) == 2 for pair in found)
    assert found & there == set()
    assert frozenset(("m4f3", "m5f0")) in there


def test_no_pair_is_suggested_twice(everything: tuple[TieSuggestion, ...]) -> None:
    found = everything

    assert len(ends(found)) == len(found)


def test_who_was_not_founded_at_the_date_is_not_suggested() -> None:
    at = {year: ends(Suggestions(region(), replace(DIRECT, as_of=year)).of(first=1000)) for year in ("2018", "2019")}

    assert not any("m1f3" in pair for pair in at["2018"])
    assert any("m1f3" in pair for pair in at["2019"])


def test_every_suggestion_says_why_in_both_languages(everything: tuple[TieSuggestion, ...]) -> None:
    for suggestion in everything:
        assert {reason.kind for reason in suggestion.reasons} - {ReasonKind.NEARBY}
        for reason in suggestion.reasons:
            assert reason.text_sv.endswith(".")
            assert reason.text_en.endswith(".")
            assert reason.text_sv != reason.text_en


def test_the_score_is_of_chance_and_value_and_orders_the_list(
    learnt: Suggestions, everything: tuple[TieSuggestion, ...]
) -> None:
    found = everything

    assert all(one.score == pytest.approx(one.likelihood * (1 + one.value)) for one in found)
    assert all(0 < one.likelihood < 1 and one.value >= 0 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert learnt.of(first=7) == found[:7]
    assert learnt.of(first=0) == ()


def test_a_met_need_names_who_looks_for_what(learnt: Suggestions) -> None:
    found = of_pair(learnt, "m0f0", "m3f0")
    reason = next(one for one in found.reasons if one.kind is ReasonKind.COMPLEMENTARY_COMPETENCE)

    assert reason.text_en == "M0F0 looks for the competence Energy, which M3F0 has."
    assert reason.text_sv == "M0F0 söker kompetensen Energy, som M3F0 har."
    assert ends(learnt.of(closing=SuggestionAim.COMPETENCE_NEED)) == {frozenset(("m0f0", "m3f0"))}


def test_common_partners_are_named_with_their_ids(learnt: Suggestions) -> None:
    found = of_pair(learnt, "m0f0", "uni")
    reason = next(one for one in found.reasons if one.kind is ReasonKind.COMMON_COLLABORATORS)

    assert reason.actors == ("actor:m1f0",)
    assert reason.text_en == "Both have ties to M1F0."


def test_a_shared_challenge_is_named(learnt: Suggestions) -> None:
    found = of_pair(learnt, "m2f0", "m4f1")

    assert "Båda arbetar med utmaningen Skills." in [reason.text_sv for reason in found.reasons]


def test_only_gaps_are_closed_where_that_is_asked_for(learnt: Suggestions) -> None:
    """m0 has one tie across where the others have sixteen and more: a tie of it to elsewhere closes a gap, an inner one does not."""
    pairs = ends(learnt.of(closing=SuggestionAim.MUNICIPALITY_GAP, first=1000))
    low = {f"m{row}" for row in np.flatnonzero(learnt.lift.rise > 0)}

    assert "m0" in low
    assert pairs
    for pair in pairs:
        homes = {"m1" if slug == "uni" else slug[:2] for slug in pair}
        assert len(homes) == 2
        assert homes & low


def test_a_municipality_gets_what_closes_its_own_gap(learnt: Suggestions) -> None:
    found = learnt.of(municipality="actor:m0", first=50)

    assert all(one.from_.startswith("actor:m0") for one in found)
    assert all(one.value > 0 for one in found)
    kinds = {reason.kind for one in found for reason in one.reasons}
    assert {ReasonKind.CLOSES_MUNICIPALITY_GAP, ReasonKind.CLOSES_HELIX_GAP} <= kinds


def test_a_missing_helix_is_brought_by_who_belongs_to_it(learnt: Suggestions) -> None:
    """Nobody of m0 is tied to academia; uni would be the first."""
    found = of_pair(learnt, "m0f1", "uni")
    reason = next(one for one in found.reasons if one.kind is ReasonKind.CLOSES_HELIX_GAP)

    assert reason.text_en == "No actor in M0 has a known tie to academia."
    assert reason.text_sv == "Ingen aktör i M0 har någon känd förbindelse med akademin."
    assert reason.actors == ("actor:m0",)


def test_the_rise_of_a_ratio_is_near_that_of_a_real_what_if() -> None:
    """The sentence names a ratio after one tie more; the model with the tie in it gives nearly that."""
    graph = simulate(2).snapshot
    region, answers = region_of(graph, DIRECT), Answers(graph)
    told = lift(region, DIRECT)
    home, ids = graph.actors.municipality, graph.actors.ids
    tied = set(zip(graph.collaborations.a.tolist(), graph.collaborations.b.tolist(), strict=True))

    low = np.flatnonzero(told.rise > 0)[:4]
    assert len(low) == 4
    for row in low.tolist():
        one, other = next(
            (a, b)
            for a in np.flatnonzero(home == row).tolist()
            for b in np.flatnonzero((home != row) & (told.rise[home] == 0)).tolist()
            if (min(a, b), max(a, b)) not in tied
        )
        supposed = replace(DIRECT, supposed=Supposed(((ids[one], ids[other], 1.0),)))
        after = answers.of("municipality_gap", supposed, municipality=ids[row])
        assert isinstance(after, MunicipalityGap)
        assert after.ratio is not None
        rise = np.log(after.ratio / told.before[row])
        assert 0.5 * rise < told.rise[row] < 2 * rise


def test_bad_input_is_named(learnt: Suggestions) -> None:
    with pytest.raises(NotFound, match="actor:nobody") as met:
        learnt.of(for_="actor:nobody")
    assert met.value.place == "for"
    with pytest.raises(NotFound, match="actor:uni"):
        learnt.of(municipality="actor:uni")
    for first in (-1, 1001):
        with pytest.raises(BadPage):
            learnt.of(first=first)
    with pytest.raises(TooLittleData):
        Suggestions(small(), NetworkInput())


def test_an_actor_outside_the_network_gets_nothing() -> None:
    """It is in the graph, so that it is no error."""
    graph = region()
    without = np.array([id_ != "actor:uni" for id_ in graph.actors.ids])

    assert Suggestions(graph, replace(DIRECT, actors=without)).of(for_="actor:uni") == ()


def test_questions_learn_once_for_a_network() -> None:
    """The list, an actor's and thirteen municipalities' are one model."""
    answers = Answers(region())
    first = answers.of("suggestions", DIRECT, first=3)

    assert first == Suggestions(region(), DIRECT).of(first=3)
    assert answers._learnt.nbytes == 1
    answers.of("suggestions", DIRECT, municipality="actor:m0")
    assert answers._learnt.nbytes == 1
