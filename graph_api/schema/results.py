"""Object types of what resolvers return, made from the records of `model.results`: an id becomes the thing, a name camel
case, the line under a field its description. A text held in two languages becomes one field with `language`.
"""

import ast
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import strawberry

from graph_api.model import results
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.values import ActorId, ChallengeId, CompetenceId, MunicipalityId, ServiceId
from graph_api.schema import types
from graph_api.schema.bind import Argument, Described, field, object_type, put
from graph_api.schema.entities import LANGUAGE

THINGS = {
    ActorId: "Actor",
    MunicipalityId: "Municipality",
    ChallengeId: "Challenge",
    CompetenceId: "Competence",
    ServiceId: "Service",
}
UNIONS: Mapping[tuple[str, str], str] = {("Tie", "joined_by"): "JoinedBy"}
"""Record and field that hold ids of things of several kinds."""
ARGUMENTS: Mapping[tuple[str, str], Mapping[str, Argument]] = {
    ("Community", "actors"): {"first": Argument("Optional[int]", 20, "So many at most.")},
}
"""Record and field that takes arguments; a function answers it."""


def _first(default: int, doc: str = "So many at most.") -> Mapping[str, Argument]:
    return {"first": Argument("Optional[int]", default, doc)}


ASKED: Mapping[str, Sequence[Described]] = {
    "MunicipalityGap": [
        field(
            "nullModelZScore",
            "Optional[float]",
            doc="Inward (below 0) or outward, given every actor's degree (degree-preserving null model): not a verdict. Null below 30 ties.",
        ),
        field("nullModelPValue", "Optional[float]", doc="Two-sided: how often chance is as far out."),
        field(
            "suggestions",
            "Optional[list[TieSuggestion]]",
            _first(5),
            "Ties that would close its gap, or bring a helix that it misses; none where it has no gap.",
        ),
    ],
}
"""By record: fields that it does not hold, since they cost more than all the others; computed where they are asked for."""

SEARCHED = [name for entity in CATALOGUE.values() if entity.searched for name in entity.types or (entity.name,)]


def _union(name: str, members: list[str], doc: str) -> None:
    joined: Any = Union.__getitem__(tuple(vars(types)[member] for member in members))
    put(name, Annotated[joined, strawberry.union(name, description=doc)])


def camel(name: str) -> str:
    """The outward name of a record's field.

    >>> camel("ratio_low")
    'ratioLow'
    """
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.title() for part in rest)


def _docs() -> Mapping[str, Mapping[str, str]]:
    """The line under each field, by class."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(results)).body:
        if isinstance(node, ast.ClassDef):
            lines = found[node.name] = {}
            for one, after in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(one, ast.AnnAssign)
                    and isinstance(one.target, ast.Name)
                    and isinstance(after, ast.Expr)
                    and isinstance(after.value, ast.Constant)
                ):
                    lines[one.target.id] = str(after.value.value)
    return found


def _annotation(type_: Any, union: str | None) -> str:
    if get_origin(type_) in (Union, UnionType):
        inner = next(part for part in get_args(type_) if part is not NoneType)
        return f"Optional[{_annotation(inner, union)}]"
    if get_origin(type_) is tuple:
        return f"list[{_annotation(get_args(type_)[0], union)}]"
    return union or THINGS.get(type_) or type_.__name__


def _object(record: type, docs: Mapping[str, str]) -> None:
    hints = get_type_hints(record)
    made: list[Described] = []
    for one in fields(record):
        if one.name.endswith("_en") and f"{one.name[:-3]}_sv" in hints:
            continue
        doc = docs.get(one.name)
        if one.name.endswith("_sv"):
            made.append(field(camel(one.name[:-3]), _annotation(hints[one.name], None), LANGUAGE, doc))
        else:
            place = (record.__name__, one.name)
            made.append(
                field(camel(one.name), _annotation(hints[one.name], UNIONS.get(place)), ARGUMENTS.get(place), doc)
            )
    object_type(record.__name__, [*made, *ASKED.get(record.__name__, ())], doc=record.__doc__)


_union("SearchHit", SEARCHED, "What search finds.")
_union("JoinedBy", ["Collaboration", "Affiliation", "Initiative", "Agreement"], "What joins two actors in a network.")
for _name, _lines in _docs().items():
    _object(vars(results)[_name], _lines)

object_type(
    "SearchEdge",
    [
        field("cursor", "str", doc="Where the edge lies, for after."),
        field("node", "SearchHit", doc="The thing itself."),
        field("score", "float", doc="1 for a whole name, less for what matches more loosely."),
    ],
    doc="A thing that search found.",
)
object_type(
    "SearchConnection",
    [
        field("edges", "list[SearchEdge]", doc="The page's hits with their scores, in order."),
        field("nodes", "list[SearchHit]", doc="The things of the edges."),
        field("pageInfo", "PageInfo", doc="Where the page lies."),
        field("totalCount", "int", doc="How many there are on all pages."),
        field("correctedQuery", "Optional[str]", doc="Where the query was corrected."),
    ],
    doc="A page of what search found, best first.",
)
object_type(
    "GraphInfo",
    [
        field("revision", "int", doc="One more with every write."),
        field("changedAt", "Optional[DateTime]", doc="When it was last written."),
        *(
            field(f"{entity.prefix}Count", "int", doc=f"How many {entity.plural} there are.")
            for entity in CATALOGUE.values()
        ),
        field("store", "str", doc="What keeps the graph."),
        field("version", "str", doc="Of Samverkan."),
    ],
    doc="What the store holds: counts, the revision, when it last changed.",
)
_GROUP_BY = Argument("GroupBy", "HELIX", "What makes a group.")
_CONFIDENCE = Argument("Optional[float]", 0.9, "Of the intervals: above 0.5, below 1.")
object_type(
    "Analysis",
    [
        field("revision", "int", doc="The graph's revision that the figures were computed on."),
        field("summary", "Optional[NetworkSummary]", doc="The network in some figures."),
        field(
            "centrality",
            "Optional[list[ActorScore]]",
            {
                "measure": Argument("CentralityMeasure", strawberry.UNSET, "What is measured."),
                "first": Argument("Optional[int]", 20, "So many at most."),
                "where": Argument(
                    "Optional[ActorWhere]",
                    doc="Only these actors are listed; the ranks stay those of the whole network.",
                ),
            },
            "Highest first (constraint: lowest first). Actors for which it is undefined are left out.",
        ),
        field(
            "municipalityGaps",
            "Optional[list[MunicipalityGap]]",
            {"confidence": _CONFIDENCE},
            "Under-connected municipalities. Most probably among the lowest first.",
        ),
        field(
            "municipalityGap",
            "Optional[MunicipalityGap]",
            {
                "municipality": Argument("strawberry.ID", strawberry.UNSET, "The id of the municipality."),
                "confidence": _CONFIDENCE,
            },
            "Of one municipality.",
        ),
        field(
            "coverage",
            "Optional[list[CoverageCell]]",
            {"by": Argument("CoverageKey", "HELIX", "Helices or challenges.")},
            "Municipality by helix or by challenge: which are reached, in how many ties.",
        ),
        field(
            "suggestions",
            "Optional[list[TieSuggestion]]",
            {
                "for": Argument("Optional[strawberry.ID]", doc="Only ties of this actor."),
                "closing": Argument("Optional[SuggestionAim]", "ANY", "Only ties that close such a gap."),
                **_first(20, "So many at most: 0 to 1,000."),
            },
            "Ties that are missing and would be worth making, with reasons. Never one that is there in any form, or of an actor founded after asOf.",
        ),
        field(
            "suggestionQuality",
            "Optional[SuggestionQuality]",
            doc="How well the suggestions find ties that were hidden from them.",
        ),
        field(
            "teams",
            "Optional[list[TeamSuggestion]]",
            {
                "challenge": Argument(
                    "Optional[strawberry.ID]",
                    doc="Asks for the competences that its initiatives require, and that actors at work on it look for.",
                ),
                "competences": Argument("Optional[list[strawberry.ID]]", doc="To be covered, beside the challenge's."),
                "include": Argument("Optional[list[strawberry.ID]]", doc="Actors that each team has."),
                "size": Argument("Optional[int]", doc="Members, at most; what does not fit stays uncovered."),
                **_first(5, "So many at most: 0 to 100."),
            },
            "Actors that together cover the competences and already are close to one another.",
        ),
        field(
            "whatIf",
            "Optional[Analysis]",
            {
                "add": Argument("Optional[list[TieInput]]", doc="Direct ties that are not there."),
                "remove": Argument(
                    "Optional[list[strawberry.ID]]",
                    doc="Ids of collaborations and affiliations of the network; they go before others are added.",
                ),
            },
            "The same analysis as if these ties were added or removed; nothing is written. Not inside another whatIf.",
        ),
        field(
            "compare",
            "Optional[NetworkComparison]",
            {"with": Argument("NetworkInput", strawberry.UNSET, "The other network, of the graph as it is.")},
            "What appeared, vanished, rose and fell from this network to another.",
        ),
        field(
            "timeline",
            "Optional[list[YearSummary]]",
            {
                "from": Argument("int", strawberry.UNSET, "The first year."),
                "to": Argument("int", strawberry.UNSET, "The last, at most a hundred years in all."),
            },
            "One summary a year, whatever asOf says; years before anything is known to have begun are left out.",
        ),
        field(
            "communities",
            "Optional[list[Community]]",
            {"resolution": Argument("Optional[float]", 1.0, "Above 0: more finds more and smaller communities.")},
            "Groups of actors with more ties among one another than chance would give them, the largest first.",
        ),
        field(
            "rankStability",
            "Optional[RankStability]",
            {
                "measure": Argument("CentralityMeasure", strawberry.UNSET, "What is ranked by."),
                "missing": Argument("Optional[float]", 0.1, "Share of the ties that is missing: above 0, below 1."),
                "draws": Argument("Optional[int]", 100, "Random losses that are tried: from 1 to 1,000."),
            },
            "How far the ranking by a measure holds when so large a share of ties is missing at random; null where there is no ranking.",
        ),
        field(
            "resilience",
            "Optional[list[ResilienceLoss]]",
            {
                "without": Argument("Optional[list[strawberry.ID]]", doc="Actors that are taken out together."),
                "first": Argument("Optional[int]", 20, "So many losses at most."),
            },
            "What the network loses without these actors; without any: the worst single losses.",
        ),
        field(
            "bridges",
            "Optional[list[Bridge]]",
            _first(20),
            "Ties whose loss parts a component; those that cut off most actors first.",
        ),
        field(
            "municipalityWays",
            "Optional[list[MunicipalityWays]]",
            doc="On how many actors it hangs that each municipality is joined to the others; the fewest first.",
        ),
        field(
            "helixMixing",
            "Optional[list[HelixMixing]]",
            doc="Helix by helix: observed ties against those expected by chance.",
        ),
        field(
            "brokerage",
            "Optional[list[Brokerage]]",
            {"groupBy": _GROUP_BY, "first": Argument("Optional[int]", 20, "So many at most.")},
            "Brokerage roles of Gould and Fernandez between groups; most open pairs first.",
        ),
        field(
            "groupIndices",
            "Optional[list[GroupIndex]]",
            {"groupBy": _GROUP_BY},
            "The E-I index of each group that has ties.",
        ),
        field(
            "tripleHelixSynergy",
            "Optional[TripleHelixSynergy]",
            doc="Mutual information of academia, industry and government over initiatives; below 0 is synergy "
            "(Leydesdorff, Park and Lengyel 2014).",
        ),
        field(
            "serviceSynergies",
            "Optional[list[ServiceSynergy]]",
            {
                "audience": Argument(
                    "Optional[ServiceAudience]", doc="Only services for this audience, and those for all."
                ),
                "first": Argument("Optional[int]", 20, "So many at most."),
            },
            "Pairs of services of different providers for the same audience that nothing joins yet; most municipalities in common first.",
        ),
    ],
    doc="What the network tells: its figures, its central actors, and where it has gaps.",
)
