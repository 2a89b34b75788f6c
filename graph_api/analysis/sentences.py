"""Findings → what they mean in a few sentences, in Swedish and in English.

Takes the figures of one municipality and returns text that names them with their uncertainty, what was left out, and on how many sources they
rest. Says what was observed and what its like would lead one to expect; claims no cause. Knows no array and no model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_api.model.vocabulary import GapVerdict, Helix, ServiceAudience

_NBSP = "\u00a0"


NAMED = 3
"""Names of a list that are spelled out."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the model says of a municipality's ties."""

    expected: float
    ratio: float
    low: float
    high: float
    ratio_for_size: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a municipality's ties across its border, and what was left out of it."""

    name_sv: str
    name_en: str
    verdict: GapVerdict
    observed: int
    estimate: Estimate | None
    """None where there is too little data."""
    actor_count: int
    region_ties: int
    """Ties between all of the region's municipalities."""
    region_municipalities: int
    """Municipalities with actors."""
    region_wide: int
    outside: int
    shared_sv: tuple[str, ...]
    """Names of what every municipality belongs to."""
    shared_en: tuple[str, ...]
    population_known: bool
    sources: int
    well_documented: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Two services for the same audience that nothing joins, by names in one language."""

    services: tuple[str, str]
    audience: ServiceAudience
    providers: tuple[Sequence[str], Sequence[str]]
    municipalities: Sequence[str]
    """Where both are offered."""


def swedish(finding: Finding) -> str:
    """The finding in Swedish.

    >>> _ties_sv(0), _ties_sv(1), _number(1234.5, 1, ",")
    ('inga förbindelser', '1 förbindelse', '1234,5')
    """
    name, estimate = finding.name_sv, finding.estimate
    if estimate is None:
        sentences = [f"Underlaget är för litet för en bedömning av {name}: {_too_little_sv(finding)}."]
        sentences.append(f"{name} har {_ties_sv(finding.observed)} med regionens övriga kommuner.")
    else:
        sentences = [f"{_claim_sv(name, finding.verdict)}: {_figures_sv(finding.observed, estimate)}."]
        if finding.verdict is GapVerdict.STRONGLY_UNDER_CONNECTED:
            sentences.append("Sannolikheten att kvoten ligger under 0,75 är mer än nio på tio.")
        if finding.verdict is GapVerdict.UNDECIDED:
            sentences.append("Intervallet rymmer 1, så underlaget räcker inte för att säga vilket.")
        sentences.append(f"Utan hänsyn till avståndet är kvoten {_number(estimate.ratio_for_size, 2, ',')}.")
    if not finding.population_known and estimate is not None:
        sentences.append("Folkmängden är okänd och har räknats som regionens genomsnitt.")
    left_out = []
    if finding.region_wide:
        left_out.append(f"{_ties_sv(finding.region_wide)} med regionövergripande aktörer")
    if finding.outside:
        left_out.append(f"{_ties_sv(finding.outside)} med aktörer utanför regionen eller utan känt säte")
    if finding.shared_sv:
        left_out.append(f"det som alla regionens kommuner deltar i ({_some(finding.shared_sv, 'och', 'till')})")
    if left_out:
        sentences.append(f"Utanför bedömningen står {_listed(left_out, 'och')}.")
    return " ".join([*sentences, _sources_sv(finding)])


def english(finding: Finding) -> str:
    """The finding in English.

    >>> _ties_en(0), _ties_en(1), _number(1234.5, 1, ".")
    ('no ties', '1 tie', '1234.5')
    """
    name, estimate = finding.name_en, finding.estimate
    if estimate is None:
        sentences = [f"There is too little data to judge {name}: {_too_little_en(finding)}."]
        sentences.append(f"{name} has {_ties_en(finding.observed)} to the region's other municipalities.")
    else:
        sentences = [f"{_claim_en(name, finding.verdict)}: {_figures_en(finding.observed, estimate)}."]
        if finding.verdict is GapVerdict.STRONGLY_UNDER_CONNECTED:
            sentences.append("There are more than nine chances in ten that the ratio is below 0.75.")
        if finding.verdict is GapVerdict.UNDECIDED:
            sentences.append("The interval contains 1, so the data do not tell which.")
        sentences.append(
            f"When nothing is allowed for distance the ratio is {_number(estimate.ratio_for_size, 2, '.')}."
        )
    if not finding.population_known and estimate is not None:
        sentences.append("Its population is unknown and was taken as the region's average.")
    left_out = []
    if finding.region_wide:
        left_out.append(f"{_ties_en(finding.region_wide)} to region-wide actors")
    if finding.outside:
        left_out.append(f"{_ties_en(finding.outside)} to actors outside the region or without a known seat")
    if finding.shared_en:
        left_out.append(
            f"what all of the region's municipalities take part in ({_some(finding.shared_en, 'and', 'more')})"
        )
    if left_out:
        sentences.append(f"Not counted in this judgement: {_listed(left_out, 'and')}.")
    return " ".join([*sentences, _sources_en(finding)])


_AUDIENCES = {
    ServiceAudience.NEW_BUSINESSES: ("dem som startar företag", "those who start a business"),
    ServiceAudience.ESTABLISHED_BUSINESSES: ("företag som är i gång", "businesses that are running"),
    ServiceAudience.RESEARCHERS: ("forskare", "researchers"),
    ServiceAudience.INVESTORS: (
        "dem som investerar eller etablerar sig i regionen",
        "those who invest or establish themselves in the region",
    ),
    ServiceAudience.JOB_SEEKERS: ("dem som söker arbete", "those who look for work"),
    ServiceAudience.ALL: ("alla", "everyone"),
}
_HELICES = {
    Helix.ACADEMIA: ("akademin", "academia"),
    Helix.INDUSTRY: ("näringslivet", "industry"),
    Helix.GOVERNMENT: ("det offentliga", "government"),
}
"""The three of the synergy."""


def offers_sv(offers: Offers) -> str:
    """Two services in Swedish."""
    one, other = (_some(names, "och", "till") for names in offers.providers)
    where = f", båda i {_some(offers.municipalities, 'och', 'till')}" if offers.municipalities else ""
    return (
        f"{offers.services[0]} och {offers.services[1]} vänder sig till {_AUDIENCES[offers.audience][0]}{where}. "
        f"Inget känt förbinder {one} med {other}."
    )


def offers_en(offers: Offers) -> str:
    """Two services in English."""
    one, other = (_some(names, "and", "more") for names in offers.providers)
    where = f", both in {_some(offers.municipalities, 'and', 'more')}" if offers.municipalities else ""
    return (
        f"{offers.services[0]} and {offers.services[1]} are for {_AUDIENCES[offers.audience][1]}{where}. "
        f"Nothing known joins {one} to {other}."
    )


def few_initiatives(count: int, least: int) -> tuple[str, str]:
    """Too few initiatives for a synergy, in Swedish and English."""
    swedish = "insats" if count == 1 else "insatser"
    english = "initiative has a known participant" if count == 1 else "initiatives have a known participant"
    return (
        f"{count} {swedish} har en känd deltagare, och minst {least} behövs.",
        f"{count} {english}, and at least {least} are needed.",
    )


def constant_helix(helix: Helix, *, everywhere: bool) -> tuple[str, str]:
    """A helix that takes part in all initiatives or in none, in Swedish and English."""
    swedish, english = _HELICES[helix]
    if everywhere:
        return f"Ur {swedish} deltar någon i alla insatser.", f"Someone from {english} takes part in every initiative."
    return f"Ur {swedish} deltar ingen i någon insats.", f"No one from {english} takes part in any initiative."


def _claim_sv(name: str, verdict: GapVerdict) -> str:
    than = "än dess storlek, slag av aktörer och läge ger skäl att vänta sig"
    match verdict:
        case GapVerdict.STRONGLY_UNDER_CONNECTED:
            return f"{name} har klart färre förbindelser med regionens övriga kommuner {than}"
        case GapVerdict.UNDER_CONNECTED:
            return f"{name} har färre förbindelser med regionens övriga kommuner {than}"
        case GapVerdict.WELL_CONNECTED:
            return f"{name} har fler förbindelser med regionens övriga kommuner {than}"
        case _:
            return f"Det går inte att avgöra om {name} har fler eller färre förbindelser med regionens övriga kommuner {than}"


def _claim_en(name: str, verdict: GapVerdict) -> str:
    than = "than its size, kinds of actors and position would lead one to expect"
    match verdict:
        case GapVerdict.STRONGLY_UNDER_CONNECTED:
            return f"{name} has clearly fewer ties to the region's other municipalities {than}"
        case GapVerdict.UNDER_CONNECTED:
            return f"{name} has fewer ties to the region's other municipalities {than}"
        case GapVerdict.WELL_CONNECTED:
            return f"{name} has more ties to the region's other municipalities {than}"
        case _:
            return (
                f"It cannot be told whether {name} has more or fewer ties to the region's other municipalities {than}"
            )


def _figures_sv(observed: int, estimate: Estimate) -> str:
    ratio, low, high = (_number(value, 2, ",") for value in (estimate.ratio, estimate.low, estimate.high))
    level = f"{_percent(estimate.confidence, ',')}{_NBSP}%"
    return f"{_ties_sv(observed)} mot {_expected(estimate, ',')} förväntade, kvot {ratio} (osäkerhetsintervall {level}: {low}–{high})"


def _figures_en(observed: int, estimate: Estimate) -> str:
    ratio, low, high = (_number(value, 2, ".") for value in (estimate.ratio, estimate.low, estimate.high))
    level = f"{_percent(estimate.confidence, '.')}%"
    return f"{_ties_en(observed)} against {_expected(estimate, '.')} expected, ratio {ratio} ({level} interval {low}–{high})"


def _too_little_sv(finding: Finding) -> str:
    if not finding.actor_count:
        return "inga aktörer med säte där finns i urvalet"
    if finding.region_municipalities < 4:
        return f"aktörer finns i {finding.region_municipalities} av regionens kommuner, och minst 4 behövs"
    return f"mellan regionens kommuner finns {_ties_sv(finding.region_ties)}, och minst 30 behövs"


def _too_little_en(finding: Finding) -> str:
    if not finding.actor_count:
        return "no actors with their seat there are in the selection"
    if finding.region_municipalities < 4:
        return f"{finding.region_municipalities} of the region's municipalities have actors, and at least 4 are needed"
    verb = "is" if finding.region_ties == 1 else "are"
    return (
        f"there {verb} {_ties_en(finding.region_ties)} between the region's municipalities, and at least 30 are needed"
    )


def _sources_sv(finding: Finding) -> str:
    count = finding.sources
    basis = "inga angivna källor" if not count else f"{count} källa" if count == 1 else f"{count} källor"
    if finding.well_documented:
        return f"Uppgifterna bygger på {basis}."
    return f"Uppgifterna bygger på {basis}, vilket är lite: få kända förbindelser kan betyda att lite är känt, inte att lite görs."


def _sources_en(finding: Finding) -> str:
    count = finding.sources
    basis = "no named sources" if not count else f"{count} source" if count == 1 else f"{count} sources"
    if finding.well_documented:
        return f"The figures rest on {basis}."
    return f"The figures rest on {basis}, which is little: few known ties may mean that little is known rather than little is done."


def _ties_sv(count: int) -> str:
    return "inga förbindelser" if not count else "1 förbindelse" if count == 1 else f"{count} förbindelser"


def _ties_en(count: int) -> str:
    return "no ties" if not count else "1 tie" if count == 1 else f"{count} ties"


def _listed(parts: Sequence[str], last: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _some(names: Sequence[str], last: str, more: str) -> str:
    """The first names, and how many there are beside them: a sentence that lists forty is not read.

    >>> _some(["GR", "BRG", "VGR", "RISE", "Chalmers"], "and", "more")
    'GR, BRG, VGR and 2 more'
    """
    if len(names) <= NAMED + 1:
        return _listed(names, last)
    return f"{', '.join(names[:NAMED])} {last} {len(names) - NAMED} {more}"


def _expected(estimate: Estimate, point: str) -> str:
    return _number(estimate.expected, 1 if estimate.expected < 10 else 0, point)


def _percent(share: float, point: str) -> str:
    return f"{100 * share:.4g}".replace(".", point)


def _number(value: float, decimals: int, point: str) -> str:
    return f"{value:.{decimals}f}".replace(".", point)
