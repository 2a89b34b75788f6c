"""The domain, said once: entities with their fields, references, relations and counts.

Types, filters, orders and connections of the API, tables and columns of the stores, headers of files and the reference pages are derived from
`CATALOGUE`. Knows no GraphQL, no SQL, no file. Its parts are compared by identity: each is declared once.

    Field       a fact of a thing                                     Actor.foundedIn
    One         a reference to one other thing                        Actor.municipality
    Pair        a many-to-many link, maybe with a reference           actor_competence(actor, competence, source)
    Many        a relation that a thing has to many, as a connection  Actor.collaborators
    Count       how many a relation has, kept by the writer, to sort by
    Entity      a kind of thing with an id

The change log is read like an entity, `CHANGE`, and written by the stores alone: it is no part of `CATALOGUE`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from graph_api.model.vocabulary import (
    ActorKind,
    AffiliationKind,
    ChangeAction,
    CollaborationKind,
    Helix,
    NodeKind,
    ParticipationRole,
    ServiceAudience,
)


class Scalar(Enum):
    """The types of facts that are not closed lists."""

    ID = "ID"
    TEXT = "String"
    TEXTS = "[String]"
    INT = "Int"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "PartialDate"
    POSITION = "Position"
    MOMENT = "DateTime"
    JSON = "JSON"


@cache
def snake(name: str) -> str:
    """The column of an outward name.

    >>> snake("foundedIn")
    'founded_in'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A fact of a thing."""

    name: str
    type: Scalar | type[Enum]
    doc: str
    required: bool = False
    translated: bool = False
    """Has an English form beside the Swedish one, which stands in where there is none."""
    filter: bool = False
    order: bool = False
    search: bool = False
    """Its words are found by search: a name if it is the entity's first such field, else a description."""
    kinds: tuple[ActorKind, ...] = ()
    """The kinds of actors that have it; any other actor fails a filter on it. Empty: all."""
    decimals: int = 6
    """Of a FLOAT: what is kept, so that both stores write the same text."""
    range: tuple[float, float] | None = None
    """Of numbers: the smallest and the largest."""

    @property
    def column(self) -> str:
        return snake(self.name)

    @property
    def sort_column(self) -> str:
        """Never null: what is unknown is the greatest, so that it comes last ascending and first descending."""
        return f"{self.column}_key" if self.type is Scalar.TEXT or not self.always else self.column

    @property
    def always(self) -> bool:
        """Every row has it; what is required of some kinds only is null for the others."""
        return self.required and not self.kinds

    @property
    def is_number(self) -> bool:
        return self.type in (Scalar.INT, Scalar.FLOAT, Scalar.BOOLEAN)


@dataclass(frozen=True, slots=True, eq=False)
class One:
    """A reference to one other thing."""

    name: str
    target: str
    doc: str
    required: bool = False
    filter: bool = False
    order: bool = False
    shown_as: str = ""
    """The outward type where it is narrower than the target."""

    @property
    def column(self) -> str:
        return snake(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A many-to-many link between two entities; each column is the entity's name in lower case, or `municipality`."""

    name: str
    left: tuple[str, str]
    right: tuple[str, str]
    """(column, entity)"""
    one: One | None = None
    listed_as: str = ""
    """The column of the left entity's file that lists the right ones; empty: the link has a file of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """From a thing to others by one table: of an entity, where the reference `near` names the thing, or of a pair."""

    table: str
    near: str
    far: str
    kind: Enum | None = None
    """Only rows of this kind."""
    by_id: bool = False
    """`near` holds the thing's id, and no reference to its row: the thing may be gone."""


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """A relation of a thing to many things, shown as a connection."""

    name: str
    target: str
    connection: str
    """Name of the connection type, without the ending."""
    arms: tuple[tuple[Step, ...], ...]
    """Ways to the target; a row of each is an edge. Several ways of one step: a tie without direction. Longer ways: each target is met once."""
    doc: str
    tie: str = ""
    """The entity whose row is the tie itself: its where and order speak of it, its facts stand on the edge."""
    edge: tuple[str, ...] = ()
    """Facts of the tie, or references of the pair, that stand on the edge."""
    filter: bool = False
    kinds: tuple[ActorKind, ...] = ()
    node: str = ""
    """The outward node type where it is narrower than the target."""
    grouped: bool = False
    """Its things may be counted by group, too."""

    @property
    def distinct(self) -> bool:
        return any(len(arm) > 1 for arm in self.arms)

    @property
    def where(self) -> str:
        return self.tie or self.target

    @property
    def aggregate(self) -> str:
        """Outward name of the field that counts its things by group."""
        return f"{self.name}Aggregate"


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """How many a relation has; a column that the writer keeps, to sort by."""

    name: str
    relation: str

    @property
    def column(self) -> str:
        return snake(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A kind of thing with an id."""

    name: str
    plural: str
    """Name of its connection at the root and of its file."""
    doc: str
    fields: tuple[Field, ...]
    ones: tuple[One, ...] = ()
    many: tuple[Many, ...] = ()
    counts: tuple[Count, ...] = ()
    types: Mapping[str, tuple[ActorKind, ...]] | None = None
    """Object types of an interface, and the kinds that make each."""
    ends: tuple[str, str] | None = None
    """Of a tie: the names of the references to its ends."""
    directed: bool = True
    active: tuple[str, str] | None = None
    """The fields between which it holds: activeOn."""
    near: bool = False
    newest_first: bool = False
    """Its default order is by revision, the last one first."""
    scored: bool = False
    """Each has a score by each measure of centrality, to show and to sort by."""

    @property
    def table(self) -> str:
        return snake(self.name)

    @property
    def prefix(self) -> str:
        """What its ids begin with."""
        return self.name.lower()

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def one(self, name: str) -> One:
        return next(one for one in self.ones if one.name == name)

    def relation(self, name: str) -> Many:
        return next(many for many in self.many if many.name == name)

    @property
    def searched(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.search)

    @property
    def default_order(self) -> str:
        """name, for a source its title, for a tie its id, for a change its revision."""
        if self.newest_first:
            return "revision"
        return next((field.name for field in self.fields if field.name in ("name", "title")), "id")


_KINDS = ActorKind
MUNICIPALITY = (_KINDS.MUNICIPALITY,)
BUSINESS = (_KINDS.BUSINESS,)


def _id(
    doc: str = "Readable global id: kind of thing, colon, what makes it unique, such as actor:chalmers. It never changes.",
) -> Field:
    return Field("id", Scalar.ID, doc, required=True, filter=True, order=True)


def _slug() -> Field:
    return Field(
        "slug",
        Scalar.TEXT,
        "Short readable name, unique among its kind: small letters, digits and hyphens.",
        required=True,
        filter=True,
    )


def _name(of: str) -> Field:
    doc = f"The name of the {of} in the asked language; Swedish where there is no other."
    return Field("name", Scalar.TEXT, doc, required=True, translated=True, filter=True, order=True, search=True)


def _date(name: str, doc: str, *, order: bool = True) -> Field:
    return Field(name, Scalar.DATE, doc, filter=True, order=order)


def _sources(table: str) -> Many:
    return Many(
        "sources",
        "Source",
        "Source",
        ((Step(f"{table}_source", table, "source"),),),
        "Where the facts come from.",
        filter=table == "collaboration",
    )


def _affiliated(name: str, kind: AffiliationKind, *, outward: bool, doc: str) -> Many:
    near, far = ("from", "to") if outward else ("to", "from")
    edge = ("role", "share", "since", "until")
    return Many(
        name,
        "Actor",
        "Affiliated",
        ((Step("affiliation", near, far, kind),),),
        doc,
        tie="Affiliation",
        edge=edge,
        filter=True,
    )


def _to_actor(name: str, table: str, near: str, doc: str) -> Many:
    return Many(name, "Actor", "Actor", ((Step(table, near, "actor"),),), doc, filter=True)


_SPEAKS_OF_ACTOR = (
    (Step("actor_source", "actor", "source"),),
    (Step("collaboration", "from", "pk"), Step("collaboration_source", "collaboration", "source")),
    (Step("collaboration", "to", "pk"), Step("collaboration_source", "collaboration", "source")),
    (Step("affiliation", "from", "pk"), Step("affiliation_source", "affiliation", "source")),
    (Step("affiliation", "to", "pk"), Step("affiliation_source", "affiliation", "source")),
    (Step("participation", "actor", "pk"), Step("participation_source", "participation", "source")),
    (Step("agreement_party", "actor", "agreement"), Step("agreement_source", "agreement", "source")),
)


def _reversed(arms: tuple[tuple[Step, ...], ...]) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(Step(step.table, step.far, step.near, step.kind) for step in reversed(arm)) for arm in arms)


ACTOR = Entity(
    "Actor",
    "actors",
    "An organisation that takes part in the region's collaboration.",
    fields=(
        _id(),
        _slug(),
        _name("actor"),
        Field("kind", ActorKind, "What the actor is.", required=True, filter=True, order=True),
        Field("helix", Helix, "The sphere of society that it belongs to.", required=True, filter=True, order=True),
        Field(
            "description",
            Scalar.TEXT,
            "What the actor is and does, in a sentence or two.",
            translated=True,
            search=True,
        ),
        Field("website", Scalar.TEXT, "Address of its pages.", filter=True),
        Field("foundedIn", Scalar.INT, "The year in which it was founded.", filter=True, order=True, range=(1, 9999)),
        Field("position", Scalar.POSITION, "Where it is; of a municipality, its main town."),
        Field(
            "regionWide",
            Scalar.BOOLEAN,
            "Works for the whole region or country by mandate, such as BRG, GR, VGR and authorities.",
            required=True,
            filter=True,
        ),
        Field("code", Scalar.TEXT, "By Statistics Sweden, four digits.", filter=True, kinds=MUNICIPALITY),
        Field(
            "population", Scalar.INT, "Inhabitants.", filter=True, order=True, kinds=MUNICIPALITY, range=(0, 2**31 - 1)
        ),
        Field("populationOn", Scalar.DATE, "The date of the population figure.", kinds=MUNICIPALITY),
        Field("placeName", Scalar.TEXT, "Of the place, without 'kommun' or 'stad': Ale.", kinds=MUNICIPALITY),
        Field("town", Scalar.TEXT, "Its main town.", kinds=MUNICIPALITY),
        Field("inRegion", Scalar.BOOLEAN, "One of the region's own.", required=True, filter=True, kinds=MUNICIPALITY),
        Field(
            "organisationNumber",
            Scalar.TEXT,
            "By the Swedish Companies Registration Office.",
            filter=True,
            kinds=BUSINESS,
        ),
        Field("industries", Scalar.TEXTS, "What the business works in.", kinds=BUSINESS),
        Field("employees", Scalar.INT, "How many work there.", filter=True, kinds=BUSINESS, range=(0, 2**31 - 1)),
    ),
    ones=(
        One(
            "municipality",
            "Actor",
            "The municipality in which the actor has its seat.",
            filter=True,
            order=True,
            shown_as="Municipality",
        ),
    ),
    many=(
        Many(
            "collaborators",
            "Actor",
            "Collaborator",
            ((Step("collaboration", "from", "to"),), (Step("collaboration", "to", "from"),)),
            "Direct collaboration ties; the edge carries the tie's own facts.",
            tie="Collaboration",
            edge=("kind", "strength", "since", "until"),
            filter=True,
            grouped=True,
        ),
        _affiliated(
            "memberOf",
            AffiliationKind.MEMBER,
            outward=True,
            doc="Clusters, networks, associations and bodies that it is a member of.",
        ),
        _affiliated("members", AffiliationKind.MEMBER, outward=False, doc="Its members."),
        _affiliated("owns", AffiliationKind.OWNER, outward=True, doc="What it owns, wholly or in part."),
        _affiliated("ownedBy", AffiliationKind.OWNER, outward=False, doc="Its owners."),
        _affiliated("funds", AffiliationKind.FUNDER, outward=True, doc="What it funds."),
        _affiliated("fundedBy", AffiliationKind.FUNDER, outward=False, doc="Its funders."),
        _affiliated("coordinates", AffiliationKind.COORDINATOR, outward=True, doc="What it coordinates."),
        _affiliated("coordinatedBy", AffiliationKind.COORDINATOR, outward=False, doc="Its coordinators."),
        _affiliated("hosts", AffiliationKind.HOST, outward=True, doc="What it hosts."),
        _affiliated("hostedBy", AffiliationKind.HOST, outward=False, doc="Its hosts."),
        Many(
            "initiatives",
            "Initiative",
            "Participation",
            ((Step("participation", "actor", "initiative"),),),
            "Development initiatives that the actor leads or takes part in; the edge carries the role.",
            tie="Participation",
            edge=("role",),
            filter=True,
        ),
        Many(
            "agreements",
            "Agreement",
            "Agreement",
            ((Step("agreement_party", "actor", "agreement"),),),
            "Written agreements that it is a party to.",
            filter=True,
        ),
        Many(
            "services",
            "Service",
            "Service",
            ((Step("service_provider", "actor", "service"),),),
            "Services that it provides.",
            filter=True,
        ),
        Many(
            "competences",
            "Competence",
            "ActorCompetence",
            ((Step("actor_competence", "actor", "competence"),),),
            "What the actor is competent in.",
            edge=("source",),
            filter=True,
        ),
        Many(
            "needs",
            "Competence",
            "ActorCompetence",
            ((Step("actor_need", "actor", "competence"),),),
            "What the actor looks for.",
            edge=("source",),
            filter=True,
        ),
        Many(
            "sources",
            "Source",
            "Source",
            _SPEAKS_OF_ACTOR,
            "Where the facts on this actor come from: its own row and every tie, participation or agreement of which it is an end.",
            filter=True,
        ),
        Many(
            "actors",
            "Actor",
            "Actor",
            ((Step("actor", "municipality", "pk"),),),
            "The actors with their seat there, itself among them.",
            kinds=MUNICIPALITY,
            grouped=True,
        ),
    ),
    counts=(Count("collaboratorCount", "collaborators"), Count("initiativeCount", "initiatives")),
    scored=True,
    types={
        "Municipality": (_KINDS.MUNICIPALITY,),
        "PublicOrganisation": (_KINDS.REGION, _KINDS.MUNICIPAL_ASSOCIATION, _KINDS.DEVELOPMENT_COMPANY, _KINDS.AGENCY),
        "AcademicInstitution": (_KINDS.UNIVERSITY, _KINDS.RESEARCH_INSTITUTE, _KINDS.EDUCATION_PROVIDER),
        "SciencePark": (_KINDS.SCIENCE_PARK, _KINDS.INCUBATOR),
        "Cluster": (_KINDS.CLUSTER,),
        "ActorNetwork": (_KINDS.NETWORK,),
        "Business": (_KINDS.BUSINESS,),
        "CapitalActor": (_KINDS.CAPITAL_ACTOR,),
        "OtherActor": (_KINDS.OTHER,),
    },
    near=True,
)

COLLABORATION = Entity(
    "Collaboration",
    "collaborations",
    "A direct tie between two actors. Undirected: from and to are in id order. Unique by ends, kind and since.",
    fields=(
        _id(),
        Field("kind", CollaborationKind, "What it is about.", required=True, filter=True, order=True),
        Field(
            "strength",
            Scalar.FLOAT,
            "Above 0, at most 3 decimals; 1 where nothing is known.",
            required=True,
            filter=True,
            order=True,
            decimals=3,
            range=(0.001, 1e9),
        ),
        _date("since", "When it began."),
        _date("until", "When it ended."),
        Field("evidence", Scalar.TEXT, "What the source says, in a line.", filter=True),
    ),
    ones=(
        One("from", "Actor", "The end with the smaller id.", required=True),
        One("to", "Actor", "The end with the greater id.", required=True),
        One("initiative", "Initiative", "The initiative that the tie belongs to.", filter=True),
    ),
    many=(_sources("collaboration"),),
    ends=("from", "to"),
    directed=False,
    active=("since", "until"),
)

AFFILIATION = Entity(
    "Affiliation",
    "affiliations",
    "From is a member, owner, funder, coordinator or host of to. Unique by ends, kind and since.",
    fields=(
        _id(),
        Field("kind", AffiliationKind, "What from is to to.", required=True, filter=True, order=True),
        Field("role", Scalar.TEXT, "In the source's own words.", filter=True),
        Field(
            "share",
            Scalar.FLOAT,
            "Of ownership, above 0, at most 1.",
            filter=True,
            order=True,
            decimals=4,
            range=(0.0001, 1),
        ),
        _date("since", "When it began."),
        _date("until", "When it ended."),
        Field("evidence", Scalar.TEXT, "What the source says, in a line."),
    ),
    ones=(
        One("from", "Actor", "The member, owner, funder, coordinator or host.", required=True, filter=True),
        One("to", "Actor", "What it is a member, owner, funder, coordinator or host of.", required=True, filter=True),
    ),
    many=(_sources("affiliation"),),
    ends=("from", "to"),
    active=("since", "until"),
)

INITIATIVE = Entity(
    "Initiative",
    "initiatives",
    "A development initiative (utvecklingsinsats): project, programme, testbed or joint effort.",
    fields=(
        _id(),
        _slug(),
        _name("initiative"),
        Field("description", Scalar.TEXT, "What it is about.", translated=True, search=True),
        _date("start", "When it began."),
        _date("end", "When it ended."),
        Field("website", Scalar.TEXT, "Address of its pages."),
    ),
    ones=(One("lead", "Actor", "The one that leads; it also is a participant as LEAD.", filter=True),),
    many=(
        Many(
            "participants",
            "Actor",
            "Participant",
            ((Step("participation", "initiative", "actor"),),),
            "Those that take part; the edge carries the role.",
            tie="Participation",
            edge=("role",),
            filter=True,
        ),
        Many(
            "challenges",
            "Challenge",
            "Challenge",
            ((Step("initiative_challenge", "initiative", "challenge"),),),
            "The challenges that it works on.",
            filter=True,
        ),
        Many(
            "requiredCompetences",
            "Competence",
            "Competence",
            ((Step("initiative_competence", "initiative", "competence"),),),
            "What it needs.",
            filter=True,
        ),
        _sources("initiative"),
    ),
    counts=(Count("participantCount", "participants"),),
    active=("start", "end"),
)

PARTICIPATION = Entity(
    "Participation",
    "participations",
    "An actor's part in an initiative. Unique by actor and initiative.",
    fields=(
        _id(),
        Field("role", ParticipationRole, "What it does there.", required=True, filter=True, order=True),
        Field("since", Scalar.DATE, "When it joined."),
        Field("until", Scalar.DATE, "When it left."),
    ),
    ones=(
        One("actor", "Actor", "The one that takes part.", required=True, filter=True, order=True),
        One("initiative", "Initiative", "What it takes part in.", required=True, filter=True, order=True),
    ),
    many=(_sources("participation"),),
    ends=("actor", "initiative"),
    active=("since", "until"),
)

CHALLENGE = Entity(
    "Challenge",
    "challenges",
    "A regional challenge: the business climate, the supply of skills, planning for growth, and the areas beside them.",
    fields=(_id(), _slug(), _name("challenge")),
    many=(
        Many(
            "initiatives",
            "Initiative",
            "Initiative",
            ((Step("initiative_challenge", "challenge", "initiative"),),),
            "The initiatives that work on it.",
            filter=True,
        ),
        Many(
            "actors",
            "Actor",
            "Actor",
            ((Step("initiative_challenge", "challenge", "initiative"), Step("participation", "initiative", "actor")),),
            "Those that take part in its initiatives.",
            grouped=True,
        ),
        _sources("challenge"),
    ),
    counts=(Count("initiativeCount", "initiatives"),),
)

COMPETENCE = Entity(
    "Competence",
    "competences",
    "What an actor can be competent in, or look for.",
    fields=(_id(), _slug(), _name("competence")),
    many=(
        _to_actor("actors", "actor_competence", "competence", "Those that are competent in it."),
        _to_actor("neededBy", "actor_need", "competence", "Those that look for it."),
        Many(
            "initiatives",
            "Initiative",
            "Initiative",
            ((Step("initiative_competence", "competence", "initiative"),),),
            "The initiatives that need it.",
        ),
    ),
    counts=(Count("actorCount", "actors"),),
)

AGREEMENT = Entity(
    "Agreement",
    "agreements",
    "A written agreement between actors, such as the one between BRG and GR of spring 2018.",
    fields=(
        _id(),
        _slug(),
        _name("agreement"),
        _date("signed", "When it was signed."),
        _date("until", "When it ends or ended.", order=False),
        Field("document", Scalar.TEXT, "Address of its text."),
        Field("areas", Scalar.TEXTS, "What it is about.", required=True),
    ),
    many=(_to_actor("parties", "agreement_party", "agreement", "Those that signed it."), _sources("agreement")),
    active=("signed", "until"),
)

SERVICE = Entity(
    "Service",
    "services",
    "An offer to the local business life, such as Yesbox or a municipality's own for new businesses.",
    fields=(
        _id(),
        _slug(),
        _name("service"),
        Field("audience", ServiceAudience, "Whom it is for.", required=True, filter=True, order=True),
    ),
    many=(
        _to_actor("providers", "service_provider", "service", "Those that provide it."),
        Many(
            "municipalities",
            "Actor",
            "Municipality",
            ((Step("service_municipality", "service", "municipality"),),),
            "Where it is offered.",
            filter=True,
            node="Municipality",
        ),
        _sources("service"),
    ),
)

SOURCE = Entity(
    "Source",
    "sources",
    "A page or document in which facts were read.",
    fields=(
        _id(),
        _slug(),
        Field("title", Scalar.TEXT, "Its title.", required=True, filter=True, order=True, search=True),
        Field("publisher", Scalar.TEXT, "Who published it.", filter=True, order=True),
        Field("url", Scalar.TEXT, "Its address.", filter=True),
        Field("language", Scalar.TEXT, "Its language, as two letters (ISO 639-1).", filter=True),
        _date("accessed", "When it was read, where that was noted."),
    ),
    many=(Many("actors", "Actor", "Actor", _reversed(_SPEAKS_OF_ACTOR), "What it speaks of."),),
)

CATALOGUE: Mapping[str, Entity] = {
    entity.name: entity
    for entity in (
        ACTOR,
        COLLABORATION,
        AFFILIATION,
        INITIATIVE,
        PARTICIPATION,
        CHALLENGE,
        COMPETENCE,
        AGREEMENT,
        SERVICE,
        SOURCE,
    )
}
"""Every entity by its outward name."""

MERGED = ACTOR.name
"""The things that are merged, whose ids then answer as others'."""

CHANGE = Entity(
    "Change",
    "changes",
    "One recorded change: before and after are the facts as JSON.",
    fields=(
        _id("Opaque; changes of a revision are in the order of their ids."),
        Field(
            "revision", Scalar.INT, "The revision that it made, with others.", required=True, filter=True, order=True
        ),
        Field("at", Scalar.MOMENT, "When it was made.", required=True),
        Field("by", Scalar.TEXT, "Who made it: the name of a token, or of a command.", required=True, filter=True),
        Field("action", ChangeAction, "What was done.", required=True, filter=True),
        Field("kind", NodeKind, "Of what kind the thing is.", required=True, filter=True),
        Field("nodeId", Scalar.ID, "The id of the thing.", required=True, filter=True),
        Field("before", Scalar.JSON, "Its facts before; null of what is new. Of a link (`pair`): both ends."),
        Field("after", Scalar.JSON, "Its facts since; null of what is gone."),
    ),
    newest_first=True,
)
"""The change log."""

HISTORY = Many(
    "history",
    "Change",
    "Change",
    ((Step("change", "node_id", "pk", by_id=True),),),
    "Who changed what and when, newest first.",
)
"""The changes of a thing; every entity has it."""

READ: Mapping[str, Entity] = {**CATALOGUE, CHANGE.name: CHANGE}
"""What can be read as things with an id."""

_FOUND_IN = One("source", "Source", "Where that was read.")

PAIRS: tuple[Pair, ...] = (
    *(
        Pair(f"{entity.table}_source", (entity.table, entity.name), ("source", "Source"), listed_as="sources")
        for entity in CATALOGUE.values()
        if entity.name not in ("Competence", "Source")
    ),
    Pair("actor_competence", ("actor", "Actor"), ("competence", "Competence"), one=_FOUND_IN),
    Pair("actor_need", ("actor", "Actor"), ("competence", "Competence"), one=_FOUND_IN),
    Pair("initiative_challenge", ("initiative", "Initiative"), ("challenge", "Challenge"), listed_as="challenges"),
    Pair(
        "initiative_competence",
        ("initiative", "Initiative"),
        ("competence", "Competence"),
        listed_as="requiredCompetences",
    ),
    Pair("agreement_party", ("agreement", "Agreement"), ("actor", "Actor"), listed_as="parties"),
    Pair("service_provider", ("service", "Service"), ("actor", "Actor"), listed_as="providers"),
    Pair("service_municipality", ("service", "Service"), ("municipality", "Actor"), listed_as="municipalities"),
)
"""Every link without an id of its own."""

PAIR: Mapping[str, Pair] = {pair.name: pair for pair in PAIRS}


def entity_of(type_name: str) -> Entity:
    """The entity that an outward object or interface type shows."""
    return _BY_TYPE[type_name]


def _types() -> Iterator[tuple[str, Entity]]:
    for entity in READ.values():
        yield entity.name, entity
        for name in entity.types or ():
            yield name, entity


_BY_TYPE = dict(_types())
TABLES: Mapping[str, Entity] = {entity.table: entity for entity in CATALOGUE.values()}
