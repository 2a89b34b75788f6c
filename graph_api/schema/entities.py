"""Object types, interfaces and connections of the catalogue's entities."""

from collections.abc import Sequence
from typing import Any

import strawberry

from graph_api.model.catalogue import CATALOGUE, CHANGE, HISTORY, PAIR, READ, Entity, Many
from graph_api.model.vocabulary import ActorKind, Language
from graph_api.schema import types
from graph_api.schema.bind import Argument, Described, field, object_type
from graph_api.schema.inputs import annotation, group_arguments, page_arguments

object_type(
    "Node",
    [field("id", "strawberry.ID", doc="Readable global id; opaque to clients.")],
    interface=True,
    doc="A thing with an id of its own.",
)
object_type(
    "Position",
    [
        field("longitude", "float", doc="In degrees, east of Greenwich."),
        field("latitude", "float", doc="In degrees, north of the equator."),
    ],
    doc="Longitude and latitude in WGS 84.",
)
object_type(
    "PageInfo",
    [
        field("hasNextPage", "bool", doc="Whether something follows; backward, whether before was given."),
        field("hasPreviousPage", "bool", doc="Whether something comes before; forward, whether after was given."),
        field("startCursor", "Optional[str]", doc="Of the first edge."),
        field("endCursor", "Optional[str]", doc="Of the last edge."),
    ],
    doc="Where a page lies in its connection.",
)

LANGUAGE = {"language": Argument("Optional[Language]", Language.SV, "Of the text; Swedish where there is no other.")}

CENTRALITY = {
    "measure": Argument("CentralityMeasure", strawberry.UNSET, "What is measured."),
    "network": Argument("Optional[NetworkInput]", doc="Which ties make the network."),
}


def _members(entity: Entity, kinds: tuple[ActorKind, ...]) -> list[Described]:
    """The fields of the entity that are of just these kinds of actors; none: of all."""
    fields = [
        field(
            one.name,
            annotation(one.type) if one.required else f"Optional[{annotation(one.type)}]",
            LANGUAGE if one.translated else None,
            one.doc,
        )
        for one in entity.fields
        if one.kinds == kinds
    ]
    if not kinds:
        for one in entity.ones:
            named = one.shown_as or one.target
            fields.append(field(one.name, named if one.required else f"Optional[{named}]", doc=one.doc))
    if entity.scored and not kinds:
        fields.append(
            field("centrality", "Optional[float]", CENTRALITY, "The score in a network; null where undefined.")
        )
    pages = [many for many in entity.many if many.kinds == kinds]
    if not kinds:
        if entity is CHANGE:
            fields.append(field("node", "Optional[Node]", doc="The thing as it is now; null where it is gone."))
        else:
            pages.append(HISTORY)
    fields += [
        field(
            many.aggregate,
            f"list[{many.target}Aggregate]",
            group_arguments(f"{many.where}Where", f"{many.target}GroupKey"),
            f"{many.doc.partition(';')[0].rstrip('.')}, counted by group.",
        )
        for many in pages
        if many.grouped
    ]
    return fields + [
        field(
            many.name,
            f"{many.connection}Connection",
            page_arguments(f"{many.where}Where", f"{many.where}Order"),
            many.doc,
        )
        for many in pages
    ]


def _connection(name: str, node: str, facts: Sequence[Described]) -> None:
    edge = [
        field("cursor", "str", doc="Where the edge lies, for after and before."),
        field("node", node, doc="The thing itself."),
    ]
    object_type(
        f"{name}Edge",
        [*edge, *facts],
        doc=f"A thing of a {name}Connection, with the facts of the tie that leads to it."
        if facts
        else f"A thing of a {name}Connection.",
    )
    object_type(
        f"{name}Connection",
        [
            field("edges", f"list[{name}Edge]", doc="The page's edges, in order."),
            field("nodes", f"list[{node}]", doc="The nodes of the edges."),
            field("pageInfo", "PageInfo", doc="Where the page lies."),
            field("totalCount", "int", doc="How many there are on all pages; counted only when asked for."),
        ],
        doc=f"A page of {node} things.",
    )


def _facts(many: Many) -> list[Described]:
    if many.tie:
        tie = CATALOGUE[many.tie]
        facts = [tie.field(name) for name in many.edge]
        own = field(tie.prefix, tie.name, doc="The tie as a thing of its own.")
        return [
            own,
            *(
                field(
                    one.name, annotation(one.type) if one.required else f"Optional[{annotation(one.type)}]", doc=one.doc
                )
                for one in facts
            ),
        ]
    one = PAIR[many.arms[0][0].table].one if many.edge else None
    return [field(one.name, f"Optional[{one.target}]", doc=one.doc)] if one else []


for _entity in READ.values():
    _base: Any = types.Node  # type: ignore[attr-defined]
    if _entity.types:
        _base = object_type(_entity.name, _members(_entity, ()), bases=(_base,), interface=True, doc=_entity.doc)
        for _name, _kinds in _entity.types.items():
            object_type(_name, _members(_entity, _kinds), bases=(_base,), doc=", ".join(kind.value for kind in _kinds))
    else:
        object_type(_entity.name, _members(_entity, ()), bases=(_base,), doc=_entity.doc)

_made: set[str] = set()
for _entity in CATALOGUE.values():
    for _many in _entity.many:
        if _many.connection not in _made:
            _made.add(_many.connection)
            _connection(_many.connection, _many.node or _many.target, _facts(_many))
for _entity in READ.values():
    if _entity.name not in _made and _entity.name != "Participation":
        _connection(_entity.name, _entity.name, [])

OBJECT_TYPES: tuple[Any, ...] = tuple(
    vars(types)[name] for entity in READ.values() for name in entity.types or (entity.name,)
)
"""Every concrete type of an entity: those that are met only behind an interface must be named to the schema."""
