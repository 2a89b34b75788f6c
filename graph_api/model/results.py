"""What analyses, paths and network views return: frozen records that hold ids where the API shows things.

Field names are the API's in snake case; the line under a field is its description there. Knows no array, no engine, no language of the reader:
where a text is for people it is held in Swedish and in English. No float here is ever NaN or infinite: what is undefined is None.
"""

from dataclasses import dataclass

from graph_api.model.values import ActorId, ChallengeId, CompetenceId, MunicipalityId, ServiceId
from graph_api.model.vocabulary import GapVerdict, Helix, NetworkTie, ReasonKind


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of a network: what joins two actors, directly or by what both belong to or take part in. Undirected: from and to are in id order."""

    from_: ActorId
    """The end with the smaller id."""
    to: ActorId
    """The end with the greater id."""
    strength: float
    """Strengths of all that joins the two, added up; 1 in an unweighted network."""
    kinds: tuple[NetworkTie, ...]
    """The kinds of ties that join the two, in the order of NetworkTie."""
    joined_by: tuple[str, ...]
    """Ids of the collaborations, affiliations, initiatives and agreements that join the two, in id order."""


@dataclass(frozen=True, slots=True)
class ActorPath:
    """A shortest path between two actors."""

    actors: tuple[ActorId, ...]
    """From the first to the last, both included."""
    ties: tuple[Tie, ...]
    """The ties between them, in the order of the way."""
    length: int
    """Number of ties."""


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Some actors of a network and all ties among them."""

    actors: tuple[ActorId, ...]
    """The actors that are shown."""
    ties: tuple[Tie, ...]
    """All ties among the actors that are shown."""
    truncated: bool
    """True where there were more actors than were asked for."""
    actor_count: int
    """Actors of the whole, before it was cut."""
    tie_count: int
    """Ties of the whole, before it was cut."""


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """A network in some figures. Ties are counted, not weighted."""

    actor_count: int
    """Actors of the network, tied or not."""
    tie_count: int
    """Pairs of actors that are tied."""
    density: float | None
    """Share of the possible pairs that are tied; null below two actors."""
    component_count: int
    """Parts that no tie joins; an actor without ties is one."""
    largest_component_share: float | None
    """Share of the actors in the largest component; null without actors."""
    isolate_count: int
    """Actors without ties."""
    average_degree: float | None
    """Null without actors."""
    clustering: float | None
    """Mean over actors of the share of their partners' pairs that are tied, 0 below two partners (Watts and Strogatz 1998); null without actors."""
    average_path_length: float | None
    """Mean number of ties on the shortest path, over the pairs that are joined at all; null where none is."""
    assortativity_by_helix: float | None
    """From below 0 (ties lead to other helices) to 1 (all stay inside; Newman 2003); null where all tied actors are of one helix."""
    degree_centralisation: float | None
    """From 0 (all degrees alike) to 1 (a star; Freeman 1979); null below three actors."""


@dataclass(frozen=True, slots=True)
class ActorScore:
    """An actor's place in the network by one measure."""

    actor: ActorId
    """Whose score it is."""
    score: float
    """By the measure that was asked for."""
    rank: int
    """In the whole network, from 1; equal scores in the order of ids."""
    margin: float | None = None
    """Null where the score is exact. In a large network some are estimated: in 95 of 100 cases the exact one is no farther off than this."""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What a municipality reaches of a helix, or which of its actors work on a challenge. Exactly one of helix and challenge is given."""

    municipality: MunicipalityId
    """What reaches, or does not."""
    helix: Helix | None
    """What is reached, by helix; null by challenge."""
    challenge: ChallengeId | None
    """What is worked on, by challenge; null by helix."""
    direct: int
    """Helix: ties that have an end in the municipality and the other in the helix. Challenge: the municipality's actors that work on it."""
    within_two: int
    """Distinct actors of the helix, or that work on the challenge, within two ties of one of the municipality's actors (a challenge: its own too)."""
    covered: bool | None
    """Whether direct is above 0; null where the region has no such actor at all."""


@dataclass(frozen=True, slots=True)
class GapScaling:
    """A municipality's ratio and rank where ties are taken to grow with its people, not with its actors."""

    exponent: float
    """Ties of a municipality grow as its population to this power: 1, 1.12, and what the model itself found, with its actors beside."""
    ratio: float
    """As MunicipalityGap.ratio."""
    rank: int
    """As MunicipalityGap.rank."""


@dataclass(frozen=True, slots=True)
class MunicipalityGap:
    """How a municipality's ties to the region's others compare with what its size, kinds of actors and position would lead one to expect."""

    municipality: MunicipalityId
    """Which one."""
    rank: int
    """Place in the list, from 1: most probably among the three lowest first."""
    actor_count: int
    """Actors counted to the municipality, tied or not."""
    population: int | None
    """Inhabitants."""
    observed: int
    """Pairs of actors tied across the municipality's border, one of them in it, the other in another of the region's municipalities."""
    observed_region_wide: int
    """Its ties to region-wide actors: shown, not judged."""
    observed_outside: int
    """Its ties to actors outside the region or without a known seat: shown, not judged."""
    expected: float | None
    """What its size, kinds of actors and position would lead one to expect; null where there is too little data."""
    ratio: float | None
    """Observed to expected ties, the region's median municipality being 1."""
    ratio_low: float | None
    """Lower end of the plausible range of the ratio at the asked confidence."""
    ratio_high: float | None
    """Upper end of it."""
    ratio_for_size: float | None
    """The ratio when nothing is allowed for distance: few ties for its size, even where remoteness explains it."""
    z_score: float | None
    """Standardised shortfall; below 0 is fewer than expected."""
    probability_lowest_three: float | None
    """Chance of being among the three lowest ratios, given the uncertainty."""
    rank_low: int | None
    """Plausible ranks by ratio, 1 the lowest, at the asked confidence: the first."""
    rank_high: int | None
    """The last of them."""
    verdict: GapVerdict
    """What the range of the ratio allows to say."""
    scalings: tuple[GapScaling, ...]
    """How the ratio and rank hold when ties grow with people to the power of 1, of 1.12, and as fitted; none where there is too little data."""
    robust: bool
    """Whether all scalings give the same verdict."""
    under_connected: bool
    """Whether ratio_high is below 1 at the asked confidence."""
    source_count: int
    """How many sources speak of the municipality's actors: few may mean that little is known rather than little is done."""
    well_documented: bool
    """At least 15 sources, and at least half as many an actor as the median municipality."""
    missing_helices: tuple[Helix, ...]
    """Helices of the region to which none of its actors has a tie."""
    missing_challenges: tuple[ChallengeId, ...]
    """Challenges of the region on which none of its actors works."""
    explanation_sv: str
    """Why, in a sentence or some, with the uncertainty, in Swedish."""
    explanation_en: str
    """The same in English."""


@dataclass(frozen=True, slots=True)
class SuggestionReason:
    """Why a tie is suggested."""

    kind: ReasonKind
    """What sort of reason."""
    text_sv: str
    """In a sentence, in Swedish."""
    text_en: str
    """The same in English."""
    actors: tuple[ActorId, ...]
    """The actors, beside the two, that the sentence speaks of: common partners, the strongest first, ten at most; the municipality of a gap."""


@dataclass(frozen=True, slots=True)
class TieSuggestion:
    """A tie that is missing and would be worth making. Likely is not the same as useful: both are shown."""

    from_: ActorId
    """The actor that was asked for; else the end with the smaller id."""
    to: ActorId
    """The other end."""
    score: float
    """likelihood · (1 + value): suggestions are in this order."""
    likelihood: float
    """Chance that the two are tied, if one in ten of what joins actors were missing from the record. Learnt from ties hidden on purpose."""
    value: float
    """The rise of log ratio of each municipality with fewer ties than expected, plus 1 for each missing helix it brings and need it meets."""
    reasons: tuple[SuggestionReason, ...]
    """Why; at least one."""


@dataclass(frozen=True, slots=True)
class SuggestionQuality:
    """How well the suggestions find ties that were hidden from them."""

    hidden_ties: int
    """Pairs that lost all that joined them, when one in ten participations, memberships and direct ties was hidden."""
    auc: float
    """Chance that a hidden tie is held likelier than a pair that is not tied (area under the ROC curve): 0.5 is guessing, 1 is perfect."""
    auc_low: float
    """Lower end of its 90 % interval, by bootstrap of what was hidden."""
    auc_high: float
    """Upper end of it."""
    precision_at20: float
    """Share of hidden ties among the 20 pairs held likeliest."""


@dataclass(frozen=True, slots=True)
class TeamSuggestion:
    """Actors that together cover the competences and already are close to one another."""

    actors: tuple[ActorId, ...]
    """Those that must be included, those that cover a competence, those that connect them, those that bring a helix: in this order."""
    covered: tuple[CompetenceId, ...]
    """The asked competences that one of them has."""
    uncovered: tuple[CompetenceId, ...]
    """The others: nobody in the network has them, or the team would grow too large."""
    communication_cost: float
    """Sum of distances within the team, in ties (Kargar and An 2011); an unreachable pair counts as the number of actors."""
    helices: tuple[Helix, ...]
    """The helices of the team."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """The network of one year: what may have held in it."""

    year: int
    """Which one."""
    summary: NetworkSummary
    """The network in some figures."""
    unknown_share: float
    """Share of the ties whose year is unknown: they count in every year; 0 without ties."""


@dataclass(frozen=True, slots=True)
class NetworkComparison:
    """What is other in a second network than in a first."""

    before: NetworkSummary
    """The first network in some figures."""
    after: NetworkSummary
    """The second."""
    appeared: tuple[Tie, ...]
    """Ties of the second alone, the strongest first, 1,000 at most."""
    vanished: tuple[Tie, ...]
    """Ties of the first alone, the strongest first, 1,000 at most."""
    risers: tuple[ActorScore, ...]
    """The 20 actors of both that are tied to so many actors more (score); rank: by number of partners in the second network."""
    fallers: tuple[ActorScore, ...]
    """The 20 actors of both that are tied to so many actors fewer (score, below 0)."""


@dataclass(frozen=True, slots=True)
class HelixShare:
    """How many of a group are of one helix."""

    helix: Helix
    """Which helix."""
    share: float
    """Above 0; all shares of a group add up to 1."""


@dataclass(frozen=True, slots=True)
class Community:
    """Actors with more ties among one another than chance would give them. An actor without ties belongs to none."""

    index: int
    """From 1: the largest first, equal ones by their first actor's id."""
    size: int
    """Number of its actors."""
    actors: tuple[ActorId, ...]
    """Those with most strength inside first, then by id."""
    helix_shares: tuple[HelixShare, ...]
    """The helices of its actors, the greatest share first."""
    modularity: float
    """Of the whole division, at the asked resolution: the share of strength inside communities less what chance would put there."""


@dataclass(frozen=True, slots=True)
class RankStability:
    """How far a ranking holds when ties are missing at random."""

    spearman_mean: float
    """Mean rank correlation (Spearman) between the ranking with all ties and those with some missing."""
    spearman_low: float
    """The value that 5 of 100 draws stay below."""
    top10_overlap: float
    """Mean share of the ten first actors who stay among the ten first."""


@dataclass(frozen=True, slots=True)
class ResilienceLoss:
    """What a network loses without some actors. Ties are counted, not weighted."""

    actors: tuple[ActorId, ...]
    """Who is missing, in id order."""
    disconnected_actors: int
    """Remaining actors that are cut off from the largest remaining part of what they were joined to."""
    largest_component_share: float
    """Share of the remaining actors in the largest component; 0 where nobody remains."""
    efficiency_loss: float
    """Share of the efficiency that is lost, the missing actors' own part too: the mean of 1/distance over all pairs (Latora and Marchiori 2001)."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which a component of a network falls apart. What joins two actors is one tie, of however many things it is made."""

    tie: Tie
    """The tie."""
    cut_off: int
    """Actors on the smaller side of it."""


@dataclass(frozen=True, slots=True)
class MunicipalityWays:
    """On how many actors it hangs that a municipality is joined to the region's others, directly or by actors in between."""

    municipality: MunicipalityId
    """Which one."""
    ways: int
    """Ways from its actors to those of the others that share no actor, not at the ends either; 0 where none leads there."""
    actors: tuple[ActorId, ...]
    """As many actors without whom no way is left, in id order: of such sets the one nearest to the municipality, whose own actors count too."""


@dataclass(frozen=True, slots=True)
class HelixMixing:
    """Ties between two helices, or inside one, against those expected by chance: every actor keeps its number of ties."""

    from_: Helix
    """In the order of Helix."""
    to: Helix
    """The same as from for ties inside a helix."""
    observed: float
    """Strengths of the ties between the two, added up; in an unweighted network, how often something joins two of their actors."""
    expected: float
    """Their mean over networks in which every actor has as many ties, by chance."""
    z_score: float | None
    """Observed less expected, in sd of those networks; null below 30 ties, and where the degrees leave nothing to chance."""
    p_value: float | None
    """Two-sided: how often chance is as far out; null where z_score is."""
    adjusted_p_value: float | None
    """Of all pairs of helices together (Benjamini-Hochberg): below 0.05, one in twenty of such findings is false."""


@dataclass(frozen=True, slots=True)
class BrokerageZScores:
    """Counts of roles against random assignment of the groups, in sd; null where chance has no choice, and below 30 ties."""

    coordinator: float | None
    """Of coordinator."""
    itinerant: float | None
    """Of itinerant."""
    gatekeeper: float | None
    """Of gatekeeper."""
    representative: float | None
    """Of representative."""
    liaison: float | None
    """Of liaison."""
    total: float | None
    """Always null: which pairs are open does not depend on groups."""


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Between whom an actor stands: pairs of its partners that are not tied to each other, by their groups (Gould and Fernandez 1989)."""

    actor: ActorId
    """The broker."""
    coordinator: int
    """Both partners are of its own group."""
    itinerant: int
    """Both are of one other group."""
    gatekeeper: int
    """One is of its own group, the other of another."""
    representative: int
    """The same as gatekeeper: ties have no direction."""
    liaison: int
    """All three are of different groups."""
    total: int
    """Open pairs, each once: coordinator + itinerant + gatekeeper + liaison."""
    z_scores: BrokerageZScores
    """Against random assignment of the groups."""


@dataclass(frozen=True, slots=True)
class GroupIndex:
    """How far a group's ties lead out of it. Groups without ties are left out."""

    group: str
    """The helix, the kind, or the municipality's id."""
    municipality: MunicipalityId | None
    """The group itself; null by helix and by kind."""
    internal: float
    """Tied pairs inside the group."""
    external: float
    """Tied pairs with one end in it."""
    ei_index: float
    """(external - internal)/(external + internal): -1 all inside, 1 all outside (Krackhardt and Stern 1988)."""
    expected_ei_index: float | None
    """The mean under random assignment of groups: small groups are external by arithmetic."""
    p_value: float | None
    """Two-sided: how often random assignment is as far out; null below 30 ties, and where chance has no choice."""


@dataclass(frozen=True, slots=True)
class MunicipalitySynergy:
    """The synergy in the initiatives in which a municipality's actors take part."""

    municipality: MunicipalityId
    """Whose actors."""
    bits: float | None
    """As TripleHelixSynergy.bits; null below 30 initiatives, and where a helix takes part in all or none."""
    initiative_count: int
    """Initiatives in which an actor counted to it takes part."""


@dataclass(frozen=True, slots=True)
class TripleHelixSynergy:
    """Mutual information of academia, industry and government over initiatives (Leydesdorff, Park and Lengyel 2014)."""

    bits: float | None
    """Below 0 is synergy: what two do together does not follow from what each does. Null where there are too few initiatives."""
    shuffled_mean: float | None
    """Mean where each helix takes part in as many initiatives, by chance."""
    p_value: float | None
    """Two-sided: how often chance is as far out."""
    same_numbers_mean: float | None
    """Mean where, besides, as many initiatives have none, one, two or three of the helices, by chance."""
    same_numbers_p_value: float | None
    """Two-sided, exact: how often that is as far out. Null also where the numbers leave chance no choice."""
    initiative_count: int
    """Initiatives with a known participant."""
    reason_sv: str | None
    """Why bits is null, in the asked language."""
    reason_en: str | None
    """The same in English."""
    by_municipality: tuple[MunicipalitySynergy, ...]
    """The region's own, in the order of ids."""


@dataclass(frozen=True, slots=True)
class ServiceSynergy:
    """Two services of different providers for the same audience that nothing joins yet."""

    services: tuple[ServiceId, ...]
    """The two, in the order of ids."""
    shared_municipalities: tuple[MunicipalityId, ...]
    """Where both are offered."""
    text_sv: str
    """What they have in common and who would have to meet, in the asked language."""
    text_en: str
    """The same in English."""
