"""The same document answered by graphql-core, a resolver a field, over the twin's lists.

Takes the schema as text, so that nothing of the planned one runs: no planner, no statement, no Strawberry. Where-inputs
and orders are read by the same code as in the planner; what they mean is the twin's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import orjson
from graphql import GraphQLResolveInfo, GraphQLSchema, execute_sync, get_named_type, parse

from graph_api.analysis.projection import NetworkInput
from graph_api.analysis.questions import Answers
from graph_api.model.catalogue import CATALOGUE, CHANGE, HISTORY, PAIR, Entity, Field, Many, One
from graph_api.model.snapshot import Scores, Snapshot
from graph_api.model.vocabulary import CentralityMeasure, NetworkTie
from graph_api.plan.arguments import filter_of, order_of, score_of
from graph_api.plan.nodes import All, Given, Group, Page, Score
from graph_api.plan.select import GROUPS, LOOKUPS, PAGES
from tests.reference import Found, Thing, Twin


class FieldByField:
    """Answers documents over a twin."""

    def __init__(self, schema: GraphQLSchema, twin: Twin, snapshot: Snapshot) -> None:
        # The regions are put there past the store's writer: their log is empty. The twin is other tests' too, and stays as it is.
        self.schema, self.twin, self.snapshot = schema, replace(twin, things={**twin.things, CHANGE.name: {}}), snapshot
        self.known: dict[str, Scores] = {}

    def answer(self, text: str, variables: Mapping[str, Any]) -> bytes:
        """The JSON of `data`."""
        result = execute_sync(
            self.schema,
            parse(text),
            variable_values=dict(variables),
            field_resolver=self._resolve,
            type_resolver=lambda thing, _info, _type: thing.type,
        )
        assert not result.errors, result.errors
        return orjson.dumps(result.data)

    def _resolve(self, source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if source is None:
            return self._root(info, arguments)
        if isinstance(source, Thing):
            return self._member(source, info, arguments)
        return source[info.field_name]

    def _root(self, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Any:
        name = info.field_name
        if name in PAGES:
            entity, scope = PAGES[name]
            return self._page(info, entity, None, None, arguments, scope or All(()))
        if name in GROUPS:
            return self._groups(GROUPS[name], None, None, arguments)
        if name == "node":
            return self.twin.thing(arguments["id"])
        if name == "nodes":
            return list(map(self.twin.thing, arguments["ids"]))
        if name == "_entities":
            return [self.twin.thing(representation["id"]) for representation in arguments["representations"]]
        entity, by, scope = LOOKUPS[name]
        ((key, value),) = [(key, arguments[key]) for key in by if arguments.get(key) is not None]
        found = [thing for thing in self.twin.things[entity.name].values() if thing.row[key] == value]
        return next((thing for thing in found if self.twin.holds(scope, thing, {}) is True), None)

    def _member(self, thing: Thing, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Any:
        if grouped := next((many for many in thing.entity.many if many.aggregate == info.field_name), None):
            return self._groups(CATALOGUE[grouped.target], grouped, thing, arguments)
        every: tuple[Field | One | Many, ...] = (*thing.entity.fields, *thing.entity.ones, *thing.entity.many)
        if info.field_name == HISTORY.name:
            return self._page(info, CHANGE, None, None, arguments, All(()))
        if info.field_name == "centrality":
            score = score_of(arguments)
            return self.twin.score(score, thing, self._values([score]))
        member = next(member for member in every if member.name == info.field_name)
        if isinstance(member, One):
            return self.twin.referred(thing, member)
        if isinstance(member, Many):
            return self._page(info, CATALOGUE[member.target], member, thing, arguments, All(()))
        return thing.fact(member, english=member.translated and arguments.get("language") == "EN")

    def _groups(self, entity: Entity, relation: Many | None, parent: Thing | None, arguments: Mapping[str, Any]) -> Any:
        keys = tuple(dict.fromkeys(arguments.get("groupBy") or ()))
        where = filter_of(CATALOGUE[relation.where] if relation else entity, arguments.get("where"), relation)
        empty = dict.fromkeys(("kind", "helix", "municipality", "helices", "municipalities", "year"))
        group = Group("", entity, relation, keys, where, ())
        return [empty | found for found in self.twin.groups(group, {}, parent)]

    def _page(
        self,
        info: GraphQLResolveInfo[Any],
        entity: Entity,
        relation: Many | None,
        parent: Thing | None,
        arguments: Mapping[str, Any],
        scope: Any,
    ) -> Any:
        first, last = arguments.get("first"), arguments.get("last")
        where = filter_of(CATALOGUE[relation.where] if relation else entity, arguments.get("where"), relation)
        after, before = (
            None if arguments.get(name) is None else Given(arguments[name]) for name in ("after", "before")
        )
        page = Page(
            connection=get_named_type(info.return_type).name,
            entity=entity,
            relation=relation,
            where=All((scope, where)),
            order=order_of(entity, relation, arguments.get("orderBy")),
            size=Given(last if last is not None else 25 if first is None else first),
            backward=last is not None,
            after=after,
            before=before,
            parts=(),
        )
        return self._connection(self.twin.page(page, self._values(page.scores), parent), relation)

    def _values(self, asked: Iterable[Score]) -> Mapping[str, Any]:
        """Scores, each at its place."""
        return {score.place: self._scores(score) for score in asked}

    def _scores(self, score: Score) -> Scores:
        if score.place not in self.known:
            given: Any = score.network.of({}) or {}
            part = filter_of(CATALOGUE["Actor"], given.get("where"))
            actors = [self.twin.holds(part, actor, {}) is True for actor in self.twin.things["Actor"].values()]
            ties = given.get("ties")
            network = NetworkInput(
                ties=None if ties is None else tuple(map(NetworkTie, ties)),
                actors=np.array(actors),
                weighted=given.get("weighted") is not False,
            )
            column = Answers(self.snapshot).scores(network, measure=CentralityMeasure(score.measure))
            self.known[score.place] = Scores(self.snapshot.revision, self.snapshot.actors.ids, column)
        return self.known[score.place]

    def _connection(self, found: Found, relation: Many | None) -> Mapping[str, Any]:
        edges = []
        for met, cursor in zip(found.rows, found.cursors, strict=True):
            edge: dict[str, Any] = {"cursor": cursor, "node": met.node}
            if relation and relation.tie and met.tie:
                edge |= {CATALOGUE[relation.tie].prefix: met.tie} | {name: met.tie.row[name] for name in relation.edge}
            elif relation and relation.edge:
                one = PAIR[relation.arms[0][0].table].one
                assert one is not None
                edge[one.name] = self.twin.things[one.target][met.refers] if met.refers else None
            edges.append(edge)
        return {
            "edges": edges,
            "nodes": [met.node for met in found.rows],
            "totalCount": found.total,
            "pageInfo": {
                "hasNextPage": found.has_next,
                "hasPreviousPage": found.has_previous,
                "startCursor": found.cursors[0] if found.cursors else None,
                "endCursor": found.cursors[-1] if found.cursors else None,
            },
        }
