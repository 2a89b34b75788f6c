"""The root of writes: inputs, payloads and fields of every entity, made from the catalogue, and the functions behind them in `ANSWERS`."""

from collections.abc import Mapping
from typing import Any

import strawberry

from graph_api.exchange.rows import Column, file_of
from graph_api.model.catalogue import CATALOGUE, Entity
from graph_api.resolvers import writes
from graph_api.resolvers.context import Context
from graph_api.schema.bind import Argument, InputField, Resolver, field, input_type, object_type
from graph_api.schema.inputs import annotation

REQUIRED = strawberry.UNSET
_EXPECTED = InputField(
    "Optional[int]", "A revision since which it must not have changed; else nothing is written: CONFLICT."
)
_LEFT = "A key that is left out leaves the fact as it is, null makes it unknown."

input_type(
    "PositionInput",
    {
        "longitude": InputField("float", "In degrees, east of Greenwich."),
        "latitude": InputField("float", "In degrees, north of the equator."),
    },
    doc="Longitude and latitude in WGS 84.",
)
input_type(
    "ActorCompetenceInput",
    {
        "competence": InputField("strawberry.ID", "The id of the competence."),
        "source": InputField("Optional[strawberry.ID]", "Where that was read."),
    },
    doc="A competence that an actor has or needs.",
)


def _type(column: Column) -> str:
    if column.field is None:
        return "list[strawberry.ID]" if column.listed else "strawberry.ID"
    return annotation(column.field.type)


def _facts(entity: Entity, *, new: bool) -> dict[str, InputField]:
    """The facts, references and lists of an entity's inputs; of one for what is new, those must be given that are always known."""
    fields: dict[str, InputField] = {}
    for column in file_of(entity).columns:
        if column.name in ("id", "latitude"):
            continue
        if column.name == "longitude":
            fields["position"] = InputField("Optional[PositionInput]", entity.field("position").doc)
            continue
        preset = column.name in writes.DEFAULTS.get(entity.name, {})
        needed = new and column.required and column.target != "Source" and not preset
        fields[column.name] = InputField(_type(column) if needed else f"Optional[{_type(column)}]", column.doc)
    for name in writes.own_links(entity):
        doc = f"{entity.relation(name).doc} What is not in the list goes."
        fields[name] = InputField("Optional[list[ActorCompetenceInput]]", doc)
    return fields


def _of(entity: Entity) -> None:
    name, noun = entity.name, entity.prefix
    own = InputField("strawberry.ID", f"The id of the {noun}.")
    input_type(f"Create{name}Input", _facts(entity, new=True), doc=f"A new {noun}; relations by id.")
    changed = {key: of for key, of in _facts(entity, new=False).items() if key != "slug"}
    input_type(
        f"Update{name}Input",
        {"id": own, "expectedRevision": _EXPECTED, **changed},
        doc=f"What is otherwise of the {noun}. {_LEFT}",
    )
    made_of = "slug" if entity.ends is None else "ends, kind and since" if entity.ends[0] == "from" else "ends"
    either = InputField("Optional[strawberry.ID]", f"Its id; it may be left out where the {made_of} say it.")
    input_type(
        f"Upsert{name}Input",
        {"id": either, **_facts(entity, new=False)},
        doc=f"The {noun} as it is to be; new, or changed where it is there. {_LEFT}",
    )
    _payload(
        f"{name}Payload", {noun: (f"Optional[{name}]", f"The {noun} as it is now; null where something is wrong.")}
    )


def _payload(name: str, own: Mapping[str, tuple[str, str]]) -> None:
    fields = [field(key, of, doc=doc) for key, (of, doc) in own.items()]
    fields += [
        field("revision", "Optional[int]", doc="The graph's revision since; null where something is wrong."),
        field("userErrors", "list[UserError]", doc="All that is wrong; then nothing was written."),
    ]
    object_type(name, fields, doc="What came of a write.")


object_type(
    "UserError",
    [
        field("message", "str", doc="What is wrong, and what would be right."),
        field("code", "UserErrorCode", doc="For programs."),
        field("field", "Optional[list[str]]", doc="Where in the arguments; an item of a list by its number from 0."),
    ],
    doc="One thing that is wrong with what was to be written.",
)
input_type(
    "DeleteInput",
    {"id": InputField("strawberry.ID", "The id of what goes, with its ties and links."), "expectedRevision": _EXPECTED},
    doc="What is deleted.",
)
input_type(
    "MergeActorsInput",
    {
        "keep": InputField("strawberry.ID", "The actor that stays."),
        "merge": InputField("list[strawberry.ID]", "Those that are the same; they go."),
        "expectedRevision": _EXPECTED,
    },
    doc="Actors that are one.",
)
for _entity in CATALOGUE.values():
    _of(_entity)
input_type(
    "GraphInput",
    {
        entity.plural: InputField(f"Optional[list[Upsert{entity.name}Input]]", entity.doc)
        for entity in CATALOGUE.values()
    },
    doc="Things of all kinds, which may name one another; 10,000 at most.",
)
_payload(
    "DeletePayload",
    {"deletedId": ("Optional[strawberry.ID]", "The id of what is gone; null where something is wrong.")},
)
_payload(
    "UpsertPayload",
    {
        "created": ("int", "How many are new."),
        "updated": ("int", "How many are otherwise than they were."),
        "unchanged": ("int", "How many were there like that already."),
    },
)
_payload("ChangePayload", {"change": ("Optional[Change]", "The first change of the new revision.")})


def _input(name: str, doc: str) -> Mapping[str, Argument]:
    return {"input": Argument(name, REQUIRED, doc)}


def _fields(entity: Entity) -> list[Any]:
    name, noun = entity.name, entity.prefix
    return [
        field(f"create{name}", f"{name}Payload", _input(f"Create{name}Input", "What it is."), f"A new {noun}."),
        field(
            f"update{name}", f"{name}Payload", _input(f"Update{name}Input", "What is otherwise."), f"Change a {noun}."
        ),
        field(
            f"delete{name}",
            "DeletePayload",
            _input("DeleteInput", "Which."),
            f"Delete a {noun}, with its ties and links.",
        ),
    ]


Mutation = object_type(
    "Mutation",
    [
        *(one for entity in CATALOGUE.values() for one in _fields(entity)),
        field(
            "mergeActors",
            "ActorPayload",
            _input("MergeActorsInput", "Which."),
            "Ties, memberships, participations and sources move; the old id answers as an alias.",
        ),
        field(
            "upsert",
            "UpsertPayload",
            {
                **_input("GraphInput", "The things."),
                "dryRun": Argument("Optional[bool]", default=False, doc="All is checked and counted, nothing is kept."),
                "expectedRevision": Argument(
                    "Optional[int]", doc="The graph's, if nothing may have been written since."
                ),
            },
            "Create or change by id, everything in one atomic call: the same call twice is one change.",
        ),
        field(
            "undo",
            "ChangePayload",
            {"changeId": Argument("strawberry.ID", REQUIRED, "The id of the change.")},
            "A new revision that sets back what one change did, where nothing later depends on it.",
        ),
    ],
    doc="Everything that can be written, with an editor's token.",
)


def _of_entity(answer: Any, entity: Entity) -> Resolver:
    def answered(context: Context, _: object, given: Mapping[str, Any]) -> object:
        return answer(context, entity, given)

    return answered


ANSWERS: Mapping[str, Resolver] = {
    **{
        f"Mutation.{verb}{entity.name}": _of_entity(answer, entity)
        for entity in CATALOGUE.values()
        for verb, answer in (("create", writes.create), ("update", writes.update), ("delete", writes.delete))
    },
    "Mutation.mergeActors": writes.merge_actors,
    "Mutation.upsert": writes.upsert,
    "Mutation.undo": writes.undo,
}
"""What answers them."""
