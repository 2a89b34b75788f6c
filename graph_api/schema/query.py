"""The root of reads: names, arguments, descriptions. Planned ones have no function; the others are tied to theirs in `RESOLVED`."""

from collections.abc import Mapping

import strawberry

import graph_api.schema.results  # noqa: F401 - annotations below name its types
from graph_api.model.catalogue import READ
from graph_api.resolvers import graph, networks
from graph_api.schema.bind import Argument, Resolver, field, object_type
from graph_api.schema.inputs import group_arguments, page_arguments

REQUIRED = strawberry.UNSET


object_type(
    "ActorAggregate",
    [
        field("kind", "Optional[ActorKind]", doc="Null where it was not asked for."),
        field("helix", "Optional[Helix]", doc="Null where it was not asked for."),
        field("municipality", "Optional[Municipality]", doc="Null where it was not asked for, or is unknown."),
        field("count", "int", doc="Actors of the group."),
        field("foundedInMin", "Optional[int]", doc="The earliest of the founding years that are known."),
        field("foundedInMax", "Optional[int]", doc="The latest of them."),
    ],
    doc="Actors counted by group.",
)
object_type(
    "CollaborationAggregate",
    [
        field("kind", "Optional[CollaborationKind]", doc="Null where it was not asked for."),
        field("helices", "Optional[list[Helix]]", doc="Of the two ends, in the order of their names."),
        field(
            "municipalities",
            "Optional[list[Municipality]]",
            doc="Of the two ends, in the order of their names; null where one is unknown.",
        ),
        field("year", "Optional[int]", doc="Of since."),
        field("count", "int", doc="Ties of the group."),
        field("strengthSum", "float", doc="Of their strengths."),
        field("strengthMin", "Optional[float]", doc="The least of them."),
        field("strengthMax", "Optional[float]", doc="The greatest of them."),
    ],
    doc="Direct ties counted by group.",
)

_ID = Argument("strawberry.ID", REQUIRED, "The id of the thing.")
_NETWORK = Argument("Optional[NetworkInput]", doc="Which ties make the network.")
_ONE = "Exactly one of the arguments is given; null where there is no such thing."

_fields = [
    field("node", "Optional[Node]", {"id": _ID}, "The thing with this id, or null."),
    field(
        "nodes",
        "list[Optional[Node]]",
        {"ids": Argument("list[strawberry.ID]", REQUIRED, "The ids of the things.")},
        "The things with these ids, in their order; null where there is none.",
    ),
    field(
        "actor",
        "Optional[Actor]",
        {"id": Argument("Optional[strawberry.ID]", doc="Its id."), "slug": Argument("Optional[str]", doc="Its slug.")},
        f"One actor. {_ONE}",
    ),
    field(
        "municipality",
        "Optional[Municipality]",
        {
            "code": Argument("Optional[str]", doc="By Statistics Sweden, four digits."),
            "slug": Argument("Optional[str]", doc="Its slug."),
        },
        f"One municipality. {_ONE}",
    ),
    field(
        "initiative",
        "Optional[Initiative]",
        {"id": Argument("Optional[strawberry.ID]", doc="Its id."), "slug": Argument("Optional[str]", doc="Its slug.")},
        f"One initiative. {_ONE}",
    ),
    field(
        "municipalities",
        "MunicipalityConnection",
        page_arguments("ActorWhere", "ActorOrder"),
        "The region's own; others are among actors.",
    ),
    *(
        field(
            entity.plural,
            f"{entity.name}Connection",
            page_arguments(f"{entity.name}Where", f"{entity.name}Order"),
            entity.doc,
        )
        for entity in READ.values()
        if entity.name != "Participation"
    ),
    field(
        "actorsAggregate",
        "list[ActorAggregate]",
        group_arguments("ActorWhere", "ActorGroupKey"),
        "Actors counted by group, in the store.",
    ),
    field(
        "collaborationsAggregate",
        "list[CollaborationAggregate]",
        group_arguments("CollaborationWhere", "CollaborationGroupKey"),
        "Direct ties counted by group, in the store.",
    ),
    field(
        "search",
        "Optional[SearchConnection]",
        {
            "query": Argument("str", REQUIRED, "Words."),
            "types": Argument("Optional[list[NodeKind]]", doc="Only these kinds of things."),
            "first": Argument("Optional[int]", 20, "So many at most."),
            "after": Argument("Optional[str]", doc="Only what comes after this cursor."),
        },
        "Full-text search by name and description: accents and case folded, word beginnings matched, small typing errors forgiven, best first.",
    ),
    field(
        "shortestPaths",
        "Optional[list[ActorPath]]",
        {
            "from": Argument("strawberry.ID", REQUIRED, "The actor at which the paths begin."),
            "to": Argument("strawberry.ID", REQUIRED, "The actor at which they end."),
            "network": _NETWORK,
            "maxLength": Argument("Optional[int]", 6, "Of ties."),
            "first": Argument("Optional[int]", 10, "So many at most."),
        },
        "All shortest paths between two actors in a network, at most maxLength ties long, in order of their ids.",
    ),
    field(
        "neighbourhood",
        "Optional[Subgraph]",
        {
            "of": Argument("list[strawberry.ID]", REQUIRED, "The actors in the middle."),
            "radius": Argument("Optional[int]", 1, "In ties."),
            "network": _NETWORK,
            "first": Argument("Optional[int]", 200, "So many actors at most."),
        },
        "The actors within so many ties of some actors and the ties among them, nearest first, then by id: what a network view draws.",
    ),
    field(
        "network",
        "Optional[Subgraph]",
        {"network": _NETWORK, "first": Argument("Optional[int]", 2000, "So many actors at most.")},
        "The whole network, strongest actors first where it must be cut.",
    ),
    field("graph", "GraphInfo", doc="What the store holds: counts, the revision, when it last changed."),
    field("analysis", "Optional[Analysis]", {"network": _NETWORK}, "What the network tells."),
]
Query = object_type("Query", _fields, doc="Everything that can be read.")


ANSWERS: Mapping[str, Resolver] = {
    "Query.graph": graph.graph,
    "Query.search": graph.search_page,
    "Query.shortestPaths": networks.shortest_paths,
    "Query.neighbourhood": networks.neighbourhood,
    "Query.network": networks.whole_network,
    "Query.analysis": networks.analysis,
    "Analysis.summary": networks.summary,
    "Analysis.centrality": networks.centrality,
    "Analysis.municipalityGaps": networks.municipality_gaps,
    "Analysis.municipalityGap": networks.municipality_gap,
    "Analysis.coverage": networks.coverage,
    "Analysis.suggestions": networks.suggestions,
    "Analysis.suggestionQuality": networks.suggestion_quality,
    "Analysis.teams": networks.teams,
    "Analysis.whatIf": networks.what_if,
    "Analysis.compare": networks.compare,
    "Analysis.timeline": networks.timeline,
    "MunicipalityGap.suggestions": networks.gap_suggestions,
    "SuggestionReason.text": networks.in_language("text"),
    "Analysis.communities": networks.communities,
    "Analysis.rankStability": networks.rank_stability,
    "Analysis.resilience": networks.resilience,
    "Analysis.bridges": networks.bridges,
    "Analysis.municipalityWays": networks.municipality_ways,
    "Community.actors": networks.members,
    "Analysis.helixMixing": networks.helix_mixing,
    "Analysis.brokerage": networks.brokerage,
    "Analysis.groupIndices": networks.group_indices,
    "Analysis.tripleHelixSynergy": networks.triple_helix_synergy,
    "Analysis.serviceSynergies": networks.service_synergies,
    "MunicipalityGap.explanation": networks.in_language("explanation"),
    "MunicipalityGap.nullModelZScore": networks.null_model_z_score,
    "MunicipalityGap.nullModelPValue": networks.null_model_p_value,
    "TripleHelixSynergy.reason": networks.in_language("reason"),
    "ServiceSynergy.text": networks.in_language("text"),
}
"""The fields that are not planned, and what answers them."""
