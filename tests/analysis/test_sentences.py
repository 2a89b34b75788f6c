"""Sentences: each verdict in each language, with its figures, and nothing that the data cannot say."""

from dataclasses import replace

import pytest

from graph_api.analysis.sentences import (
    Estimate,
    Finding,
    Told,
    common_partners,
    english,
    gap_closed,
    helix_brought,
    near,
    need_met,
    same_seat,
    shared_challenges,
    swedish,
)
from graph_api.model.vocabulary import GapVerdict, Helix

FINDING = Finding(
    name_sv="Ale kommun",
    name_en="Ale Municipality",
    verdict=GapVerdict.UNDER_CONNECTED,
    observed=12,
    estimate=Estimate(expected=25.26, ratio=0.475, low=0.311, high=0.704, ratio_for_size=0.4, confidence=0.9),
    actor_count=16,
    region_ties=256,
    region_municipalities=13,
    region_wide=3,
    outside=1,
    shared_sv=("GR", "Yrkesnätet", "Vårdcollege"),
    shared_en=("GR", "The Net", "Care College"),
    population_known=True,
    sources=14,
    well_documented=False,
)


def test_the_swedish_sentence_names_all_figures() -> None:
    """What a planner copies into a report must stand on its own."""
    assert swedish(FINDING) == (
        "Ale kommun har färre förbindelser med regionens övriga kommuner än dess storlek, slag av aktörer och läge ger skäl att vänta sig: "
        "12 förbindelser mot 25 förväntade, kvot 0,47 (osäkerhetsintervall 90\u00a0%: 0,31–0,70). Utan hänsyn till avståndet är kvoten 0,40. "
        "Utanför bedömningen står 3 förbindelser med regionövergripande aktörer, 1 förbindelse med aktörer utanför regionen eller utan känt "
        "säte och det som alla regionens kommuner deltar i (GR, Yrkesnätet och Vårdcollege). "
        "Uppgifterna bygger på 14 källor, vilket är lite: få kända förbindelser kan betyda att lite är känt, inte att lite görs."
    )


def test_the_english_sentence_names_all_figures() -> None:
    assert english(FINDING) == (
        "Ale Municipality has fewer ties to the region's other municipalities than its size, kinds of actors and position would lead one to "
        "expect: 12 ties against 25 expected, ratio 0.47 (90% interval 0.31–0.70). When nothing is allowed for distance the ratio is 0.40. "
        "Not counted in this judgement: 3 ties to region-wide actors, 1 tie to actors outside the region or without a known seat and what all "
        "of the region's municipalities take part in (GR, The Net and Care College). "
        "The figures rest on 14 sources, which is little: few known ties may mean that little is known rather than little is done."
    )


@pytest.mark.parametrize(
    ("verdict", "sv", "en"),
    [
        (GapVerdict.STRONGLY_UNDER_CONNECTED, "har klart färre förbindelser", "has clearly fewer ties"),
        (GapVerdict.UNDER_CONNECTED, "har färre förbindelser", "has fewer ties"),
        (GapVerdict.UNDECIDED, "Det går inte att avgöra", "It cannot be told"),
        (GapVerdict.WELL_CONNECTED, "har fler förbindelser", "has more ties"),
    ],
)
def test_each_verdict_has_its_own_words(verdict: GapVerdict, sv: str, en: str) -> None:
    finding = replace(FINDING, verdict=verdict)
    others = [replace(FINDING, verdict=other) for other in GapVerdict if other is not verdict]

    assert sv in swedish(finding)
    assert en in english(finding)
    assert swedish(finding) not in map(swedish, others) or verdict is GapVerdict.UNDECIDED
    assert "0,31–0,70" in swedish(finding)
    assert "0.31–0.70" in english(finding)


@pytest.mark.parametrize(
    ("changes", "sv", "en"),
    [
        ({"actor_count": 0}, "inga aktörer med säte där", "no actors with their seat there"),
        (
            {"region_municipalities": 3},
            "aktörer finns i 3 av regionens kommuner, och minst 4 behövs",
            "3 of the region's municipalities have",
        ),
        ({"region_ties": 29}, "finns 29 förbindelser, och minst 30 behövs", "there are 29 ties between"),
        ({"region_ties": 1}, "finns 1 förbindelse, och", "there is 1 tie between"),
        ({"region_ties": 0}, "finns inga förbindelser, och", "there are no ties between"),
    ],
)
def test_too_little_data_says_what_is_missing(changes: dict[str, int], sv: str, en: str) -> None:
    """The reader learns what to collect."""
    finding = replace(FINDING, verdict=GapVerdict.TOO_LITTLE_DATA, estimate=None, **changes)  # type: ignore[arg-type]

    assert swedish(finding).startswith("Underlaget är för litet för en bedömning av Ale kommun")
    assert english(finding).startswith("There is too little data to judge Ale Municipality")
    assert sv in swedish(finding)
    assert en in english(finding)
    assert "kvot" not in swedish(finding)
    assert "ratio" not in english(finding)


@pytest.mark.parametrize(
    ("sources", "sv", "en"),
    [(0, "inga angivna källor.", "no named sources."), (1, "1 källa.", "1 source."), (40, "40 källor.", "40 sources.")],
)
def test_sources_are_counted_in_words_that_agree(sources: int, sv: str, en: str) -> None:
    finding = replace(FINDING, sources=sources, well_documented=True)

    assert swedish(finding).endswith(f"Uppgifterna bygger på {sv}")
    assert english(finding).endswith(f"The figures rest on {en}")


def test_nothing_left_out_is_not_mentioned() -> None:
    finding = replace(FINDING, region_wide=0, outside=0, shared_sv=(), shared_en=())

    assert "Utanför bedömningen" not in swedish(finding)
    assert "Not counted" not in english(finding)


@pytest.mark.parametrize(("confidence", "sv", "en"), [(0.5, "50\u00a0%", "50%"), (0.975, "97,5\u00a0%", "97.5%")])
def test_the_confidence_is_the_one_that_was_asked_for(confidence: float, sv: str, en: str) -> None:
    assert FINDING.estimate
    finding = replace(FINDING, estimate=replace(FINDING.estimate, confidence=confidence))

    assert f"osäkerhetsintervall {sv}:" in swedish(finding)
    assert f"({en} interval" in english(finding)


def test_small_expectations_keep_a_decimal() -> None:
    assert FINDING.estimate
    finding = replace(FINDING, observed=0, estimate=replace(FINDING.estimate, expected=3.24))

    assert "inga förbindelser mot 3,2 förväntade" in swedish(finding)
    assert "no ties against 3.2 expected" in english(finding)


@pytest.mark.parametrize("verdict", GapVerdict)
def test_no_sentence_claims_a_cause(verdict: GapVerdict) -> None:
    """Data of ties do not tell why; a word that does would be quoted."""
    estimate = None if verdict is GapVerdict.TOO_LITTLE_DATA else FINDING.estimate
    finding = replace(FINDING, verdict=verdict, estimate=estimate, population_known=False)

    for word in ("because", "due to", "cause", "leads to", "since ", "should"):
        assert word not in english(finding)
    for word in ("på grund av", "beror", "därför", "eftersom", "orsak", "leder till", "borde"):
        assert word not in swedish(finding)


ALE = Told("Ale kommun", "Ale Municipality")


@pytest.mark.parametrize(
    ("told", "sv", "en"),
    [
        (common_partners([ALE]), "Båda har förbindelser med Ale kommun.", "Both have ties to Ale Municipality."),
        (
            common_partners([Told(name, name) for name in "ABCDEF"]),
            "Båda har förbindelser med A, B, C och 3 till.",
            "Both have ties to A, B, C and 3 more.",
        ),
        (
            need_met(ALE, Told("Energi", "Energy"), Told("RISE", "RISE")),
            "Ale kommun söker kompetensen Energi, som RISE har.",
            "Ale Municipality looks for the competence Energy, which RISE has.",
        ),
        (
            shared_challenges([Told("X", "Y"), Told("Z", "W")]),
            "Båda arbetar med utmaningarna X och Z.",
            "Both work on the challenges Y and W.",
        ),
        (
            gap_closed(ALE, 1, 0.484, 0.512),
            "Ale kommun har 1 förbindelse med övriga kommuner, kvot 0,48; en till skulle höja den till omkring 0,51.",
            "Ale Municipality has 1 tie to the other municipalities, ratio 0.48; one more would raise it to about 0.51.",
        ),
        (same_seat(ALE), "Båda har sitt säte i Ale kommun.", "Both have their seat in Ale Municipality."),
        (near(0.2), "De har sina säten omkring 1 km från varandra.", "Their seats are about 1 km apart."),
    ],
)
def test_a_reason_is_a_sentence_in_each_language(told: Told, sv: str, en: str) -> None:
    """It is read without the figures beside it, so it names what it speaks of."""
    assert (told.sv, told.en) == (sv, en)


@pytest.mark.parametrize("helix", Helix)
def test_every_helix_has_a_name_in_a_sentence(helix: Helix) -> None:
    told = helix_brought(ALE, helix)

    assert told.sv.startswith("Ingen aktör i Ale kommun har någon känd förbindelse med ")
    assert told.en.startswith("No actor in Ale Municipality has a known tie to ")
