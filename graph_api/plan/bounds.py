"""What a document may hold, known from its text and tree before the schema is looked at.

Checking a document against the schema takes longer the more often it asks for one key at one place: so what would keep the checker busy is refused
here. Fragments are unfolded, as an answer unfolds them. Knows no schema and no plan; what a plan costs is `cost`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Source,
)
from graphql.language.parser import Parser

from graph_api.errors import TooCostly

SELECTIONS_MAX = 5000
"""Fields and fragments of a document, unfolded."""
LEVELS_MAX = 100
"""Of braces inside one another: a connection takes up to four."""
COMPARISONS_MAX = 20_000
"""Pairs of selections that must be compared, since they share a key or come from two fragments: 200 at one place, 3 µs each."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a document may hold."""

    bytes: int = 100_000
    tokens: int = 5000
    aliases: int = 100
    directives: int = 100


def parsed(text: str, bounds: Bounds) -> DocumentNode:
    """The tree of a text.

    Raises:
        TooCostly: it is too long, or has too many tokens.
        GraphQLError: it is no GraphQL.
    """
    size = len(text) if len(text) > bounds.bytes else len(text.encode())
    if size > bounds.bytes:
        raise TooCostly(
            f"The document has {size:,} bytes; {bounds.bytes:,} are allowed.",
            hint="Send values in variables, or ask in several operations.",
        )
    parser = Parser(Source(text), max_tokens=bounds.tokens)
    try:
        return parser.parse_document()
    except GraphQLError as error:
        if parser.token_count <= bounds.tokens:
            raise
        raise TooCostly(
            f"The document has more than {bounds.tokens:,} tokens, which are the most that are allowed.",
            hint="Send values in variables, or ask in several operations.",
        ) from error


def check(tree: DocumentNode, bounds: Bounds) -> None:
    """Refuse a document that holds too much. Its fragments do not hold one another in a circle.

    Raises:
        TooCostly: says what was measured, and what is allowed.
    """
    fragments = {node.name.value: node for node in tree.definitions if isinstance(node, FragmentDefinitionNode)}
    walk = _Walk(fragments)
    for node in tree.definitions:
        if isinstance(node, OperationDefinitionNode):
            walk.directives += len(node.directives or ())
            walk.directives += sum(len(one.directives or ()) for one in node.variable_definitions or ())
            walk.place([node.selection_set], 1)
    # Those that nothing uses are an error, but the checker looks at them before it says so.
    for name, fragment in fragments.items():
        if name not in walk.met:
            walk.place([fragment.selection_set], 1)
    for measured, what, most, hint in (
        (walk.aliases, "aliases", bounds.aliases, "Ask for lists by a where, or in several operations."),
        (walk.directives, "directives", bounds.directives, "Ask in several operations."),
        (walk.comparisons, "selections of the same key to compare", COMPARISONS_MAX, "Ask for a key once at a place."),
    ):
        if measured > most:
            raise TooCostly(
                f"With its fragments unfolded the document has {measured:,} {what}; {most:,} are allowed.", hint=hint
            )


class _Walk:
    """Counts what a document holds; what is asked at one place is taken together, whichever fragment it comes from."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.met: set[str] = set()
        self.selections = self.aliases = self.directives = self.comparisons = 0

    def place(self, sets: Sequence[SelectionSetNode], level: int) -> None:
        if level > LEVELS_MAX:
            raise TooCostly(
                f"The document is nested more than {LEVELS_MAX} levels deep, which are the most that are allowed.",
                hint="Ask in several operations.",
            )
        times: Counter[str] = Counter()
        below: dict[str, list[SelectionSetNode]] = {}
        spread: set[str] = set()
        left = list(sets)
        while left:
            for node in left.pop().selections:
                self._count(node)
                if isinstance(node, FieldNode):
                    self.aliases += node.alias is not None
                    key = (node.alias or node.name).value
                    times[key] += 1
                    if node.selection_set:
                        below.setdefault(key, []).append(node.selection_set)
                elif isinstance(node, InlineFragmentNode):
                    left.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and (name := node.name.value) not in spread:
                    spread.add(name)
                    self.met.add(name)
                    if name in self.fragments:
                        left.append(self.fragments[name].selection_set)
        self.comparisons += sum(map(_pairs, times.values())) + _pairs(len(spread))
        for inner in below.values():
            self.place(inner, level + 1)

    def _count(self, node: SelectionNode) -> None:
        self.directives += len(node.directives or ())
        self.selections += 1
        if self.selections > SELECTIONS_MAX:
            raise TooCostly(
                f"With its fragments unfolded the document asks for more than {SELECTIONS_MAX:,} fields, which are the most"
                " that are allowed.",
                hint="Fragments that hold one another multiply. Ask in several operations.",
            )


def _pairs(things: int) -> int:
    return things * (things - 1) // 2
