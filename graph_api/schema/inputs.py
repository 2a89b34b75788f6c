"""Filters, wheres and orders, made from the catalogue."""

from enum import Enum

import graph_api.schema.scalars  # noqa: F401 - annotations below name its types
from graph_api.model.catalogue import CATALOGUE, READ, Entity, Field, Scalar
from graph_api.schema.bind import Argument, InputField, input_type

ORDERED = ("gt", "gte", "lt", "lte")
TEXTUAL = ("contains", "startsWith", "endsWith")
DOCS = {
    "eq": "Is this.",
    "ne": "Is known, and is not this.",
    "in": "Is one of these; of an empty list, nothing is.",
    "notIn": "Is known, and is none of these.",
    "isNull": "Is unknown (true) or known (false).",
    "gt": "Is greater, or later.",
    "gte": "Is this, or greater or later.",
    "lt": "Is less, or earlier.",
    "lte": "Is this, or less or earlier.",
    "contains": "Holds this, case and accents folded.",
    "startsWith": "Begins with this, case and accents folded.",
    "endsWith": "Ends in this, case and accents folded.",
}

_PYTHON = {
    Scalar.ID: "strawberry.ID",
    Scalar.TEXT: "str",
    Scalar.INT: "int",
    Scalar.FLOAT: "float",
    Scalar.BOOLEAN: "bool",
    Scalar.DATE: "PartialDate",
    Scalar.MOMENT: "DateTime",
    Scalar.JSON: "JSON",
}


def annotation(type_: Scalar | type[Enum]) -> str:
    """A field's type as Strawberry annotates it, without its nullability."""
    if isinstance(type_, Scalar):
        return {**_PYTHON, Scalar.TEXTS: "list[str]", Scalar.POSITION: "Position"}[type_]
    return type_.__name__


def filter_name(type_: Scalar | type[Enum]) -> str:
    """The filter of a field's type."""
    return f"{type_.value if isinstance(type_, Scalar) else type_.__name__}Filter"


def _filter(type_: Scalar | type[Enum]) -> None:
    of = annotation(type_)
    ops = {"eq": of, "ne": of}
    if type_ is not Scalar.BOOLEAN:
        ops |= {"in": f"list[{of}]", "notIn": f"list[{of}]", "isNull": "bool"}
    if type_ in (Scalar.INT, Scalar.FLOAT, Scalar.DATE):
        ops |= dict.fromkeys(ORDERED, of)
    if type_ is Scalar.TEXT:
        ops |= dict.fromkeys(TEXTUAL, of)
    doc = "What is unknown fails every comparison but isNull."
    input_type(
        filter_name(type_),
        {op: InputField(f"Optional[{annotated}]", DOCS[op]) for op, annotated in ops.items()},
        doc=doc,
    )


def _where(entity: Entity) -> None:
    own = f"{entity.name}Where"
    fields = {
        "AND": InputField(f"Optional[list[{own}]]", "All of these hold; of an empty list, all do."),
        "OR": InputField(f"Optional[list[{own}]]", "One of these holds; of an empty list, none does."),
        "NOT": InputField(f"Optional[{own}]", "This is known not to hold."),
    }
    fields |= {
        field.name: InputField(f"Optional[{filter_name(field.type)}]", _filter_doc(field))
        for field in entity.fields
        if field.filter
    }
    if entity.active:
        fields["activeOn"] = InputField(
            "Optional[PartialDate]", f"May have held then, by {entity.active[0]} and {entity.active[1]}."
        )
    if entity.near:
        fields["near"] = InputField("Optional[NearFilter]", "Within so many kilometres of a point.")
    if entity.ends == ("from", "to"):
        fields["actor"] = InputField(
            "Optional[ActorWhere]", "The actor at the other end; on the root field, at either end."
        )
    fields |= {
        one.name: InputField(f"Optional[{one.target}Where]", f"{one.doc} {{}} where there must be one.")
        for one in entity.ones
        if one.filter
    }
    fields |= {
        many.name: InputField(f"Optional[{many.where}Relation]", many.doc) for many in entity.many if many.filter
    }
    input_type(own, fields, doc=f"Which {entity.plural}: all of what is given must hold.")


def _filter_doc(field: Field) -> str:
    if not field.kinds:
        return field.doc
    return f"{field.doc} Of {' and '.join(kind.value for kind in field.kinds)} alone: any other actor fails it."


def _relation(name: str) -> None:
    where = f"Optional[{name}Where]"
    counts = {"where": InputField(where, "Only these count.")} | {
        op: InputField("Optional[int]", DOCS[op]) for op in ("eq", *ORDERED)
    }
    input_type(f"{name}Count", counts, doc="How many there are.")
    docs = {
        "some": "At least one satisfies it.",
        "every": "All satisfy it, or there are none.",
        "none": "None satisfies it.",
    }
    fields = {how: InputField(where, doc) for how, doc in docs.items()} | {
        "count": InputField(f"Optional[{name}Count]", "How many satisfy it.")
    }
    input_type(f"{name}Relation", fields, doc="What holds for the things, or ties, of a relation.")


def _order(entity: Entity) -> None:
    direction = "Optional[SortDirection]"
    fields = {field.name: InputField(direction, field.doc) for field in entity.fields if field.order}
    fields |= {
        count.name: InputField(direction, f"How many {entity.relation(count.relation).name} there are.")
        for count in entity.counts
    }
    if entity.ends == ("from", "to"):
        fields["actor"] = InputField("Optional[ActorOrder]", "The other end; on the root field, from.")
    fields |= {one.name: InputField(f"Optional[{one.target}Order]", one.doc) for one in entity.ones if one.order}
    if entity.scored:
        fields["centrality"] = InputField("Optional[CentralityOrder]", "The score in a network.")
    input_type(
        f"{entity.name}Order",
        fields,
        one_of=True,
        doc=f"One key of an order of {entity.plural}; nulls come last ascending, first descending.",
    )


for _type in dict.fromkeys(field.type for entity in READ.values() for field in entity.fields if field.filter):
    _filter(_type)
_NEAR = {
    "longitude": "Of the point, in degrees (WGS 84).",
    "latitude": "Of the point, in degrees (WGS 84).",
    "kilometres": "The largest distance.",
}
input_type(
    "NearFilter",
    {name: InputField("float", doc) for name, doc in _NEAR.items()},
    doc="A circle on the ground; distances by haversine on a sphere of 6,371.0088 km.",
)
for _entity in READ.values():
    _where(_entity)
    _order(_entity)
for _name in dict.fromkeys(many.where for entity in CATALOGUE.values() for many in entity.many if many.filter):
    _relation(_name)
input_type(
    "NetworkInput",
    {
        "ties": InputField(
            "Optional[list[NetworkTie]]",
            "What makes a tie; by default direct collaboration, common initiatives and common memberships.",
        ),
        "where": InputField("Optional[ActorWhere]", "Only these actors."),
        "asOf": InputField("Optional[PartialDate]", "Only what may have held on that date."),
        "atRevision": InputField("Optional[int]", "The graph as it was at an earlier revision."),
        "level": InputField(
            "Optional[NetworkLevel]", "Analyse actors, or municipalities with their actors' ties summed.", "ACTOR"
        ),
        "regionWideActors": InputField(
            "Optional[RegionWideActors]",
            "Where actors that work for the whole region count in figures by municipality.",
            "APART",
        ),
        "backbone": InputField(
            "Optional[float]",
            "Keep only ties significant by the disparity filter at this level, between 0 and 1 (Serrano, Boguñá and Vespignani 2009).",
        ),
        "weighted": InputField("Optional[bool]", "Use the strength of ties; else each tie is 1.", True),
    },
    doc="Which ties make the network. By default: direct collaboration, common initiatives and common memberships, all actors, all years.",
)
input_type(
    "CentralityOrder",
    {
        "measure": InputField("CentralityMeasure", "What is measured."),
        "direction": InputField("SortDirection", "Which come first; actors without a score are last ascending."),
        "network": InputField("Optional[NetworkInput]", "Which ties make the network."),
    },
    doc="An order by a measure of centrality.",
)


input_type(
    "TieInput",
    {
        "from": InputField("strawberry.ID", "The id of an actor."),
        "to": InputField("strawberry.ID", "The id of another."),
        "strength": InputField("Optional[float]", "Above 0.", 1.0),
    },
    doc="A direct tie between two actors that is not there.",
)


def page_arguments(where: str, order: str) -> dict[str, Argument]:
    """The arguments of a connection."""
    return {
        "where": Argument(f"Optional[{where}]", doc="Which of them."),
        "orderBy": Argument(
            f"Optional[list[{order}]]",
            doc="Keys of the order, the first first; by default the name (a source's title), else the id.",
        ),
        "first": Argument(
            "Optional[int]",
            doc="So many from the beginning, or after the cursor: 0 to 1,000; 25 where neither first nor last is given.",
        ),
        "after": Argument("Optional[str]", doc="Only what comes after this cursor."),
        "last": Argument("Optional[int]", doc="So many from the end, or before the cursor."),
        "before": Argument("Optional[str]", doc="Only what comes before this cursor."),
    }


def group_arguments(where: str, keys: str) -> dict[str, Argument]:
    """The arguments of an aggregate."""
    return {
        "where": Argument(f"Optional[{where}]", doc="Only these are counted."),
        "groupBy": Argument(
            f"Optional[list[{keys}]]", doc="A group is a combination of the asked keys; without any, one group."
        ),
    }
