"""The closed lists of the domain, by their outward names. Each value is its own name in the API, in CSV files and in the stores."""

from enum import Enum


class Helix(Enum):
    """The sphere of society an actor belongs to (Etzkowitz and Leydesdorff's helices, and those beside them)."""

    ACADEMIA = "ACADEMIA"
    INDUSTRY = "INDUSTRY"
    GOVERNMENT = "GOVERNMENT"
    CAPITAL = "CAPITAL"
    CIVIL_SOCIETY = "CIVIL_SOCIETY"
    HYBRID = "HYBRID"


TRIPLE_HELIX = (Helix.ACADEMIA, Helix.INDUSTRY, Helix.GOVERNMENT)


class ActorKind(Enum):
    """What an actor is; it decides the object type in the API."""

    MUNICIPALITY = "MUNICIPALITY"
    REGION = "REGION"
    MUNICIPAL_ASSOCIATION = "MUNICIPAL_ASSOCIATION"
    DEVELOPMENT_COMPANY = "DEVELOPMENT_COMPANY"
    AGENCY = "AGENCY"
    UNIVERSITY = "UNIVERSITY"
    RESEARCH_INSTITUTE = "RESEARCH_INSTITUTE"
    EDUCATION_PROVIDER = "EDUCATION_PROVIDER"
    SCIENCE_PARK = "SCIENCE_PARK"
    INCUBATOR = "INCUBATOR"
    CLUSTER = "CLUSTER"
    NETWORK = "NETWORK"
    BUSINESS = "BUSINESS"
    CAPITAL_ACTOR = "CAPITAL_ACTOR"
    OTHER = "OTHER"


class CollaborationKind(Enum):
    """What a direct, undirected tie between two actors is about."""

    PARTNERSHIP = "PARTNERSHIP"
    PROJECT = "PROJECT"
    RESEARCH = "RESEARCH"
    EDUCATION = "EDUCATION"
    SERVICE_DELIVERY = "SERVICE_DELIVERY"
    KNOWLEDGE_EXCHANGE = "KNOWLEDGE_EXCHANGE"
    OTHER = "OTHER"


class AffiliationKind(Enum):
    """What the first actor of a directed tie is to the second."""

    MEMBER = "MEMBER"
    OWNER = "OWNER"
    FUNDER = "FUNDER"
    COORDINATOR = "COORDINATOR"
    HOST = "HOST"


class ParticipationRole(Enum):
    """What an actor does in an initiative."""

    LEAD = "LEAD"
    PARTNER = "PARTNER"
    FUNDER = "FUNDER"
    HOST = "HOST"
    OTHER = "OTHER"


class ServiceAudience(Enum):
    """Whom a service is for."""

    NEW_BUSINESSES = "NEW_BUSINESSES"
    ESTABLISHED_BUSINESSES = "ESTABLISHED_BUSINESSES"
    RESEARCHERS = "RESEARCHERS"
    INVESTORS = "INVESTORS"
    JOB_SEEKERS = "JOB_SEEKERS"
    ALL = "ALL"


class Language(Enum):
    """A language of names, descriptions and explanations."""

    SV = "SV"
    EN = "EN"


class SortDirection(Enum):
    """Nulls come last ascending and first descending."""

    ASC = "ASC"
    DESC = "DESC"


class NodeKind(Enum):
    """The kinds of things that have an id of their own."""

    ACTOR = "ACTOR"
    COLLABORATION = "COLLABORATION"
    AFFILIATION = "AFFILIATION"
    INITIATIVE = "INITIATIVE"
    PARTICIPATION = "PARTICIPATION"
    CHALLENGE = "CHALLENGE"
    COMPETENCE = "COMPETENCE"
    AGREEMENT = "AGREEMENT"
    SERVICE = "SERVICE"
    SOURCE = "SOURCE"


class ChangeAction(Enum):
    """What was done to a thing."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"
    IMPORTED = "IMPORTED"


class UserErrorCode(Enum):
    """What is wrong with what was to be written."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    DUPLICATE = "DUPLICATE"
    FORBIDDEN = "FORBIDDEN"


class ActorGroupKey(Enum):
    """By what actors are counted."""

    KIND = "KIND"
    HELIX = "HELIX"
    MUNICIPALITY = "MUNICIPALITY"


class CollaborationGroupKey(Enum):
    """By what collaborations are counted; a pair is in order, year is that of since."""

    KIND = "KIND"
    HELIX_PAIR = "HELIX_PAIR"
    MUNICIPALITY_PAIR = "MUNICIPALITY_PAIR"
    YEAR = "YEAR"


class NetworkTie(Enum):
    """What makes a tie of a network."""

    COLLABORATION = "COLLABORATION"
    CO_PARTICIPATION = "CO_PARTICIPATION"
    CO_MEMBERSHIP = "CO_MEMBERSHIP"
    MEMBERSHIP = "MEMBERSHIP"
    OWNERSHIP = "OWNERSHIP"
    FUNDING = "FUNDING"
    COORDINATION = "COORDINATION"
    HOSTING = "HOSTING"
    AGREEMENT = "AGREEMENT"


class NetworkLevel(Enum):
    """Actors, or municipalities with their actors' ties summed."""

    ACTOR = "ACTOR"
    MUNICIPALITY = "MUNICIPALITY"


class RegionWideActors(Enum):
    """Where actors that work for the whole region count in figures by municipality."""

    APART = "APART"
    BY_SEAT = "BY_SEAT"


class CentralityMeasure(Enum):
    """The measures of an actor's place in the network."""

    DEGREE = "DEGREE"
    STRENGTH = "STRENGTH"
    BETWEENNESS = "BETWEENNESS"
    CLOSENESS = "CLOSENESS"
    HARMONIC = "HARMONIC"
    EIGENVECTOR = "EIGENVECTOR"
    PAGERANK = "PAGERANK"
    KATZ = "KATZ"
    CORE_NUMBER = "CORE_NUMBER"
    CLUSTERING = "CLUSTERING"
    CONSTRAINT = "CONSTRAINT"
    EFFECTIVE_SIZE = "EFFECTIVE_SIZE"


class CoverageKey(Enum):
    """What a municipality reaches: helices or challenges."""

    HELIX = "HELIX"
    CHALLENGE = "CHALLENGE"


class SuggestionAim(Enum):
    """What a suggested tie is to close."""

    ANY = "ANY"
    MUNICIPALITY_GAP = "MUNICIPALITY_GAP"
    HELIX_GAP = "HELIX_GAP"
    COMPETENCE_NEED = "COMPETENCE_NEED"


class ReasonKind(Enum):
    """Why a tie is suggested."""

    COMMON_COLLABORATORS = "COMMON_COLLABORATORS"
    COMPLEMENTARY_COMPETENCE = "COMPLEMENTARY_COMPETENCE"
    SHARED_CHALLENGE = "SHARED_CHALLENGE"
    CLOSES_MUNICIPALITY_GAP = "CLOSES_MUNICIPALITY_GAP"
    CLOSES_HELIX_GAP = "CLOSES_HELIX_GAP"
    NEARBY = "NEARBY"


class GroupBy(Enum):
    """What makes a group of actors."""

    HELIX = "HELIX"
    MUNICIPALITY = "MUNICIPALITY"
    KIND = "KIND"


class GapVerdict(Enum):
    """How a municipality is connected, as far as the data tell."""

    STRONGLY_UNDER_CONNECTED = "STRONGLY_UNDER_CONNECTED"
    UNDER_CONNECTED = "UNDER_CONNECTED"
    UNDECIDED = "UNDECIDED"
    WELL_CONNECTED = "WELL_CONNECTED"
    TOO_LITTLE_DATA = "TOO_LITTLE_DATA"
