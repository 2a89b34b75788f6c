"""The root of what is live: names, arguments, descriptions. `PlannedSchema.stream` answers it, change by change."""

from collections.abc import Mapping
from typing import Any

from graph_api.model.changes import Change
from graph_api.model.vocabulary import ChangeAction, NodeKind
from graph_api.resolvers.context import Context
from graph_api.schema.bind import Argument, Resolver, field, object_type

object_type(
    "GraphChange",
    [
        field("id", "strawberry.ID", doc="Of the change; whoever saw it last goes on after it."),
        field("revision", "int", doc="The revision that it made, with others."),
        field("at", "DateTime", doc="When it was made."),
        field("action", "ChangeAction", doc="What was done."),
        field("kind", "NodeKind", doc="Of what kind the thing is."),
        field("nodeId", "strawberry.ID", doc="The id of the thing."),
        field("node", "Optional[Node]", doc="The thing as it is when the change is told; null where it is gone."),
    ],
    doc="A change of the graph.",
)
Subscription = object_type(
    "Subscription",
    [
        field(
            "graphChanged",
            "GraphChange",
            {
                "types": Argument("Optional[list[NodeKind]]", doc="Only changes of these kinds of things."),
                "since": Argument("Optional[int]", doc="A revision that was seen."),
                "after": Argument("Optional[strawberry.ID]", doc="The last change that was seen."),
            },
            "Each change of the graph, once and in order: first what happened since the revision or after the change that is"
            " given, then what happens.",
        )
    ],
    doc="What is told as it happens.",
)


def _told(_: Context, change: Any, __: Mapping[str, Any]) -> Change:
    """The event of a subscription's execution is the change itself."""
    assert isinstance(change, Change)
    return change


def _action(_: Context, change: Any, __: Mapping[str, Any]) -> ChangeAction:
    return ChangeAction(change.action)


def _kind(_: Context, change: Any, __: Mapping[str, Any]) -> NodeKind:
    return NodeKind(change.kind)


def _node(_: Context, change: Any, __: Mapping[str, Any]) -> str:
    return str(change.node_id)


ANSWERS: Mapping[str, Resolver] = {
    "Subscription.graphChanged": _told,
    "GraphChange.action": _action,
    "GraphChange.kind": _kind,
    "GraphChange.node": _node,
}
