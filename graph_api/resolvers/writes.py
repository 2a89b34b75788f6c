"""Mutations: what an editor wants → one write to the store, and every fault in it at once.

Each field makes an edit (`model.changes.Edit`), which the store asks what it does once it sees what is there: so a missing key leaves a fact as
it is, and nobody writes between the look and the change. Rules of values and of facts between one another are those of files (`exchange`).
Knows no store and no schema; returns ids, whose things are read when the operation ends.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from graph_api.errors import BadValue, Conflict, Duplicate, InputError, NotFound
from graph_api.exchange.loading import LEAD, with_leads
from graph_api.exchange.rows import Column, file_of, tie_id
from graph_api.exchange.validation import FaultCode, flaws
from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS, Entity, Pair
from graph_api.model.changes import Batch, Change, Edit, Link, Row, There, change_id, end_of, place_of
from graph_api.model.vocabulary import UserErrorCode
from graph_api.plan.nodes import plain
from graph_api.resolvers.context import Context

Arguments = Mapping[str, Any]
Path = tuple[str, ...]

THINGS_MAX = 10_000
"""Most things of one upsert."""
CHANGES_AT_ONCE = 1000
"""So many changes are read from the log at a time."""
STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class UserError:
    """One thing that is wrong with what was to be written."""

    message: str
    code: UserErrorCode
    field: Path | None = None
    """Where in the arguments; an item of a list by its number from 0."""


class Faulty(Exception):
    """What was to be written has faults; nothing was written. Meets no client: the faults stand in the payload."""

    def __init__(self, faults: Sequence[UserError]) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults


class Payload:
    """What a mutation answers: the thing by its id, the revision, the faults."""

    def __init__(
        self, own: Mapping[str, object], revision: int | None = None, user_errors: Sequence[UserError] = ()
    ) -> None:
        self.revision, self.user_errors = revision, user_errors
        self.__dict__.update(own)


# ------------------------------------------------------------------------------------------------ create and update
@dataclass(frozen=True, slots=True)
class Item:
    """A thing to be written: what is said of it, and where that stands."""

    entity: Entity
    given: Arguments
    path: Path
    create: bool
    """Whether it may be new."""
    update: bool
    """Whether it may be there."""

    @property
    def id(self) -> str | None:
        """Its id, or the one that it gets; None where what makes one is missing."""
        if self.given.get("id") is not None:
            return str(self.given["id"])
        if self.entity.ends is None:
            slug = self.given.get("slug")
            return None if slug is None else f"{self.entity.prefix}:{slug}"
        ends = self.ends(self.given, {})
        made = {**{name: plain(value) for name, value in self.given.items()}, **ends}
        return tie_id(self.entity, made) if len(ends) == 2 and (made.get("kind") or not self._has_kind) else None

    @property
    def _has_kind(self) -> bool:
        return any(fact.name == "kind" for fact in self.entity.fields)

    def ends(self, row: Row, aliases: Mapping[str, str]) -> dict[str, str]:
        """Its ends, in the order of their ids where it has no direction; not those that are missing."""
        found = [(end, str(row[end])) for end in self.entity.ends or () if row.get(end) is not None]
        ids = [aliases.get(id_, id_) for _, id_ in found]
        if not self.entity.directed and len(ids) == 2:
            ids.sort()
        return dict(zip([end for end, _ in found], ids, strict=True))


def own_links(entity: Entity) -> dict[str, Pair]:
    """The links with a file of their own that an entity's inputs list, by the name of the relation."""
    return {
        many.name: PAIR[many.arms[0][0].table]
        for many in entity.many
        if (pair := PAIR.get(many.arms[0][0].table))
        and pair.one
        and pair.left[1] == entity.name
        and len(many.arms) == 1
    }


class Put:
    """Things created or changed, all or none."""

    def __init__(self, items: Sequence[Item], expected: Mapping[str, Mapping[str, int]]) -> None:
        self.items, self.expected = items, expected
        self.wanted: dict[str, set[str]] = defaultdict(set)
        self.whole: Mapping[str, Collection[str]] = {}
        self.linked: dict[str, set[str]] = defaultdict(set)
        self.ids: list[str] = []
        """Of the items, once written."""
        self.log: Sequence[tuple[str, str, str]] = ()
        for item in items:
            self._want(item)

    def _want(self, item: Item) -> None:
        entity, given = item.entity, item.given
        if item.id is not None:
            self.wanted[entity.name].add(item.id)
        for column in file_of(entity).columns:
            if column.field is None and (value := given.get(column.name)):
                self.wanted[column.target].update(value if column.listed else [value])
        for name, pair in own_links(entity).items():
            if given.get(name) is not None and item.id is not None:
                self.linked[pair.name].add(item.id)
            for link in given.get(name) or ():
                self.wanted[pair.right[1]].add(link[pair.right[0]])
                if pair.one and link.get(pair.one.name):
                    self.wanted[pair.one.target].add(link[pair.one.name])
        if entity.name == "Initiative" and given.get("lead") and item.id:
            self.wanted["Participation"].add(_part(str(given["lead"]), item.id))

    def wrote(self, log: Sequence[tuple[str, str, str]]) -> None:
        self.log = log

    # ---- within the write
    def batch(self, there: There) -> Batch:
        """Rows and links.

        Raises:
            Faulty: with all faults.
        """
        return _Putting(self, there).batch()


def _part(actor: str, initiative: str) -> str:
    """The id of a participation."""
    return tie_id(CATALOGUE["Participation"], {"actor": actor, "initiative": initiative})


class _Putting:
    """One try of a `Put`."""

    def __init__(self, put: Put, there: There) -> None:
        self.put, self.there = put, there
        self.faults: list[UserError] = []
        self.rows: dict[str, dict[str, Row]] = defaultdict(dict)
        """By entity and id: what is to be written."""
        self.links: dict[str, list[Link]] = defaultdict(list)
        self.unlinked: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def batch(self) -> Batch:
        self.put.ids = []
        for item in self.put.items:
            self._row(item)
        for item, id_ in zip(self.put.items, self.put.ids, strict=True):
            self._check(item, id_)
        if self.faults:
            raise Faulty(self.faults)
        batch = Batch(
            {name: list(rows.values()) for name, rows in self.rows.items()},
            self.links,
            unlinked=self.unlinked,
            expected={
                name: {self._kept(id_): revision for id_, revision in those.items()}
                for name, those in self.put.expected.items()
            },
        )
        return self._led(batch) if "Initiative" in batch.things else batch

    def _fault(self, path: Path, message: str, code: UserErrorCode = UserErrorCode.INVALID) -> None:
        self.faults.append(UserError(message, code, path))

    def _kept(self, id_: str) -> str:
        return self.there.aliases.get(id_, id_)

    # ---- rows
    def _row(self, item: Item) -> None:
        entity, path = item.entity, item.path
        known_faults = len(self.faults)
        if (own := item.id) is None:
            missing = (
                "slug"
                if entity.ends is None
                else next((end for end in (*entity.ends, "kind") if item.given.get(end) is None), "id")
            )
            self._fault((*path, missing), "It is missing: an id is made of it.")
            self.put.ids.append("")
            return
        id_ = self._kept(own)
        self.put.ids.append(id_)
        before = self.there.things.get(entity.name, {}).get(id_)
        if entity.ends and before is None and not item.given.get("id"):
            id_ = self.put.ids[-1] = tie_id(entity, {**_plain(item.given), **item.ends(item.given, self.there.aliases)})
        where = (*path, "id" if "id" in item.given else "slug" if entity.ends is None else entity.ends[1])
        if before is None and not item.create:
            self._fault(where, f"There is no {entity.prefix} with the id {own}.", UserErrorCode.NOT_FOUND)
            return
        if before is not None and not item.update:
            self._fault(where, f"{id_} is there already.", UserErrorCode.DUPLICATE)
            return
        if id_ in self.rows[entity.name]:
            self._fault(where, f"{id_} is in the list twice.", UserErrorCode.DUPLICATE)
            return
        row: dict[str, object] = {**(before or {}), **self._facts(item), "id": id_}
        row |= item.ends(row, self.there.aliases)
        if before is None:
            for name, value in DEFAULTS.get(entity.name, {}).items():
                if row.get(name) is None:
                    row[name] = value
        if row.get("kind") == "MUNICIPALITY" and row.get("municipality") is None:
            row["municipality"] = id_
        self.rows[entity.name][id_] = row
        if before is None and "id" in item.given and entity.ends is None and row.get("slug") is None:
            row["slug"] = id_.partition(":")[2]
        self._links(item, id_)
        self._together(item, row, {fault.field[-1] for fault in self.faults[known_faults:] if fault.field})

    def _facts(self, item: Item) -> dict[str, object]:
        """What is said of the thing, as a row keeps it."""
        found: dict[str, object] = {}
        for column in file_of(item.entity).columns:
            if column.name in ("longitude", "latitude"):
                if "position" in item.given:
                    position: Mapping[str, object] = item.given["position"] or {}
                    value = position.get(column.name)
                    found[column.name] = self._fit(column, value, (*item.path, "position", column.name))
            elif column.name in item.given and column.name != "id":
                given = plain(item.given[column.name])
                found[column.name] = self._fit(column, given, (*item.path, column.name))
        return found

    def _fit(self, column: Column, value: object, path: Path) -> object:
        if column.field is None and value is not None:
            # One that a merge took away stands for what it became.
            value = [self._kept(id_) for id_ in value] if isinstance(value, list) else self._kept(str(value))
        needed = column.required and column.target != "Source"
        if value is None and not needed:
            return [] if column.listed else None
        if isinstance(value, list) and column.listed:
            one = replace(column, listed=False)
            return [self._fit(one, id_, (*path, str(number))) for number, id_ in enumerate(value)]
        try:
            kept = None if value is None else column.fit(value)
        except BadValue as error:
            self._fault(path, f"{error.message} {error.hint or ''}".strip())
            return None
        if kept in (None, "") and needed:
            self._fault(path, f"It must be known. {column.doc}")
        return kept

    def _links(self, item: Item, id_: str) -> None:
        for name, pair in own_links(item.entity).items():
            given = item.given.get(name)
            if name not in item.given:
                continue
            assert pair.one is not None
            links: dict[str, Link] = {}
            for number, link in enumerate(given or ()):
                path = (*item.path, name, str(number))
                right, refers = self._kept(link[pair.right[0]]), link.get(pair.one.name)
                self._known(pair.right[1], right, (*path, pair.right[0]))
                if refers is not None:
                    self._known(pair.one.target, self._kept(refers), (*path, pair.one.name))
                if right in links:
                    self._fault((*path, pair.right[0]), f"{right} is in the list twice.", UserErrorCode.DUPLICATE)
                links[right] = (id_, right, refers)
            self.links[pair.name] += links.values()
            had = (link for link in self.there.links.get(pair.name, ()) if link[0] == id_)
            self.unlinked[pair.name] += [link[:2] for link in had if link[1] not in links]

    # ---- what holds between things
    def _known(self, target: str, id_: str, path: Path) -> Row | None:
        row = self.rows[target].get(id_) or self.there.things.get(target, {}).get(id_)
        if row is None:
            self._fault(path, f"There is no {target.lower()} with the id {id_}.", UserErrorCode.NOT_FOUND)
        return row

    def _check(self, item: Item, id_: str) -> None:
        """That what a row names is there, and is what it should be."""
        row = self.rows[item.entity.name].get(id_)
        if row is None:
            return
        for column in file_of(item.entity).columns:
            if column.field is not None or column.name not in item.given:
                continue
            value = row.get(column.name)
            ids = value if isinstance(value, list) else [] if value is None else [value]
            for number, one in enumerate(ids):
                if one is None:
                    continue  # it has a fault already
                path = (*item.path, column.name, *((str(number),) if column.listed else ()))
                named = self._known(column.target, str(one), path)
                if named is not None and column.municipality and named.get("kind") != "MUNICIPALITY":
                    self._fault(path, f"{one} is no municipality.")

    def _together(self, item: Item, row: Row, broken: Set[str]) -> None:
        for column in file_of(item.entity).columns:
            needed = column.required and column.target != "Source"
            if needed and column.name not in item.given and row.get(column.name) in (None, ""):
                self._fault((*item.path, column.name), f"It is missing. {column.doc}")
        for flaw in flaws(item.entity, row, broken):
            inner = ("position", flaw.column) if flaw.column in ("longitude", "latitude") else (flaw.column,)
            message = "It is missing." if flaw.code is FaultCode.MISSING_VALUE else flaw.message
            self._fault((*item.path, *inner), f"{message} {flaw.hint or ''}".strip())

    def _led(self, batch: Batch) -> Batch:
        """The lead of an initiative is a participant as LEAD."""
        parts = {str(row["id"]): row for row in batch.things.get("Participation", ())}
        for initiative in batch.things["Initiative"]:
            own = _part(str(initiative.get("lead")), str(initiative["id"]))
            if own not in parts and (known := self.there.things.get("Participation", {}).get(own)):
                parts[own] = known
        return with_leads(replace(batch, things={**batch.things, "Participation": list(parts.values())}))


DEFAULTS: Mapping[str, Row] = {
    "Collaboration": {STRENGTH: 1.0},
    "Actor": {"regionWide": False},
    "Agreement": {"areas": []},
}
"""What is kept of a new thing where nothing is said."""


def _plain(given: Arguments) -> dict[str, object]:
    return {name: plain(value) for name, value in given.items()}


# ------------------------------------------------------------------------------------------------ delete, merge, undo
class Delete:
    """A thing, with its ties and links."""

    def __init__(self, entity: Entity, given: Arguments) -> None:
        self.entity, self.id = entity, str(given["id"])
        expected = given.get("expectedRevision")
        self.expected = {} if expected is None else {entity.name: {self.id: int(expected)}}
        self.wanted: Mapping[str, Collection[str]] = {entity.name: [self.id]}
        self.whole: Mapping[str, Collection[str]] = {}
        self.linked: Mapping[str, Collection[str]] = {}

    def batch(self, there: There) -> Batch:
        if self.id not in there.things[self.entity.name]:
            raise _one_fault(f"There is no {self.entity.prefix} with the id {self.id}.", UserErrorCode.NOT_FOUND, "id")
        return Batch(deleted=[self.id], expected=self.expected)

    def wrote(self, log: Sequence[tuple[str, str, str]]) -> None:
        """Nothing is made of it."""


def _one_fault(message: str, code: UserErrorCode, *path: str) -> Faulty:
    return Faulty([UserError(message, code, ("input", *path))])


class Merge:
    """Actors that are one: all that names the others names the one that stays, and so do their ids."""

    def __init__(self, given: Arguments) -> None:
        self.keep, self.merged = str(given["keep"]), [str(id_) for id_ in given["merge"]]
        self.revision = given.get("expectedRevision")
        self.wanted: Mapping[str, Collection[str]] = {}
        self.whole: Mapping[str, Collection[str]] = {"Actor": [self.keep, *self.merged]}
        self.linked: Mapping[str, Collection[str]] = {}

    def wrote(self, log: Sequence[tuple[str, str, str]]) -> None:
        """Nothing is made of it."""

    def batch(self, there: There) -> Batch:
        actors, keep = there.things["Actor"], there.aliases.get(self.keep, self.keep)
        faults = []
        if keep not in actors:
            faults.append(
                UserError(f"There is no actor with the id {keep}.", UserErrorCode.NOT_FOUND, ("input", "keep"))
            )
        for number, id_ in enumerate(self.merged):
            path = ("input", "merge", str(number))
            if id_ not in actors:
                faults.append(UserError(f"There is no actor with the id {id_}.", UserErrorCode.NOT_FOUND, path))
            elif id_ == keep or id_ in self.merged[:number]:
                faults.append(UserError(f"{id_} is named twice.", UserErrorCode.INVALID, path))
        if not self.merged:
            faults.append(UserError("No actor is named.", UserErrorCode.INVALID, ("input", "merge")))
        if faults:
            raise Faulty(faults)
        self.keep = keep
        expected = {} if self.revision is None else {"Actor": dict.fromkeys([keep, *self.merged], int(self.revision))}
        moved, doubles = self._moved(there)
        return Batch(
            moved,
            self._links(there),
            deleted=doubles,
            merged=dict.fromkeys(self.merged, keep),
            expected=expected,
        )

    def _moved(self, there: There) -> tuple[dict[str, list[Row]], list[str]]:
        """The rows that are otherwise, and the ids of ties that are another's double, or lead nowhere but back."""
        to = dict.fromkeys(self.merged, self.keep)
        actors = there.things["Actor"]
        sources = sorted({source for id_ in (self.keep, *self.merged) for source in _listed(actors[id_], "sources")})
        moved: dict[str, list[Row]] = {"Actor": [{**actors[self.keep], "sources": sources}]}
        doubles: list[str] = []
        for name, rows in there.things.items():
            entity = CATALOGUE[name]
            named = [one.name for one in entity.ones if one.target == "Actor"]
            lists = [
                pair.listed_as for pair in PAIRS if pair.listed_as and pair.left[1] == name and pair.right[1] == "Actor"
            ]
            kept: dict[object, dict[str, object]] = {}
            # What names the one that stays comes first: of doubles it is the one that is kept.
            order = sorted(rows.values(), key=lambda row: (any(row[one] in to for one in named), str(row["id"])))
            for row in order:
                if name == "Actor" and (row["id"] == self.keep or row["id"] in to):
                    continue
                new = {**row, **{one: to.get(str(row[one]), row[one]) for one in named}}
                new |= {key: sorted({to.get(id_, id_) for id_ in _listed(row, key)}) for key in lists}
                if entity.ends is None:
                    if new != row:
                        moved.setdefault(name, []).append(new)
                    continue
                near, far = entity.ends
                if new[near] == new[far]:
                    doubles.append(str(row["id"]))
                    continue
                if not entity.directed and str(new[near]) > str(new[far]):
                    new[near], new[far] = new[far], new[near]
                key = new[near], new[far], new.get("kind"), new.get("since") if "kind" in new else None
                if key in kept:
                    doubles.append(str(row["id"]))
                    _unite(kept[key], new)
                else:
                    kept[key] = new
            moved.setdefault(name, []).extend(row for row in kept.values() if row != rows[str(row["id"])])
        return moved, doubles

    def _links(self, there: There) -> dict[str, list[Link]]:
        """The links of those that go, at the one that stays."""
        found: dict[str, list[Link]] = {}
        for name, links in there.links.items():
            known = {link[1] for link in links if link[0] == self.keep}
            new = {
                link[1]: (self.keep, link[1], link[2])
                for link in links
                if link[0] in self.merged and link[1] not in known
            }
            found[name] = list(new.values())
        return found


def _listed(row: Row, key: str) -> list[str]:
    value = row.get(key)
    return [str(id_) for id_ in value] if isinstance(value, list) else []


def _unite(kept: dict[str, object], double: Row) -> None:
    """Give a tie what its double knows more: facts that it lacks, sources, the lead."""
    for name, value in double.items():
        if kept.get(name) is None:
            kept[name] = value
    kept["sources"] = sorted({*_listed(kept, "sources"), *_listed(double, "sources")})
    if double.get("role") == LEAD:
        kept["role"] = LEAD


class Undo:
    """A change set back, with what went with it where it was a deletion."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        """The change itself first."""
        self.wanted: dict[str, set[str]] = defaultdict(set)
        self.whole: dict[str, set[str]] = defaultdict(set)
        self.linked: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            entity = _entity(change)
            pair = _pair(change)
            made = change.before is None and pair is None
            (self.whole if made else self.wanted)[entity.name].add(change.node_id)
            if pair:
                self.linked[pair.name].add(change.node_id)

    def wrote(self, log: Sequence[tuple[str, str, str]]) -> None:
        """Nothing is made of it."""

    def batch(self, there: There) -> Batch:
        things: dict[str, list[Row]] = defaultdict(list)
        links: dict[str, list[Link]] = defaultdict(list)
        unlinked: dict[str, list[tuple[str, str]]] = defaultdict(list)
        deleted: list[str] = []
        for change in self.changes:
            entity, id_ = _entity(change), change.node_id
            if pair := _pair(change):
                fact = change.after or change.before or {}
                ends = str(fact[pair.left[0]]), str(fact[pair.right[0]])
                assert pair.one is not None
                now = next((link for link in there.links.get(pair.name, ()) if link[:2] == ends), None)
                was = None if change.after is None else (*ends, change.after[pair.one.name])
                if now != was:
                    raise _later(id_)
                if change.before is None:
                    unlinked[pair.name].append(ends)
                else:
                    links[pair.name].append((*ends, change.before[pair.one.name]))  # type: ignore[arg-type]  # an id or null
                continue
            if there.things[entity.name].get(id_) != change.after:
                raise _later(id_)
            if change.before is not None:
                things[entity.name].append(change.before)
                continue
            others = [row for rows in there.things.values() for row in rows if row != id_]
            others += [f"{link[0]} and {link[1]}" for found in there.links.values() for link in found]
            if others:
                raise _one_conflict(f"{id_} is named by {others[0]}.")
            deleted.append(id_)
        return Batch(things, links, deleted, unlinked)


def _later(id_: str) -> Faulty:
    return _one_conflict(f"{id_} was changed again since.")


def _one_conflict(message: str) -> Faulty:
    return Faulty([UserError(f"{message} Undo that first.", UserErrorCode.CONFLICT, ("changeId",))])


def _entity(change: Change) -> Entity:
    return next(entity for entity in CATALOGUE.values() if entity.table.upper() == change.kind)


def _pair(change: Change) -> Pair | None:
    """Of a change of a link: which."""
    fact = change.after or change.before or {}
    return PAIR[str(fact["pair"])] if "pair" in fact else None


def _names(row: Row | None, id_: str) -> bool:
    """Whether a row, or a link, names a thing."""
    return row is not None and any(
        value == id_ or (isinstance(value, list) and id_ in value) for key, value in row.items() if key != "id"
    )


async def _undoing(context: Context, id_: str) -> list[Change]:
    """The change, and of a deletion all that went with it."""
    revision, _ = place_of(id_)
    number = int(id_.rpartition(":")[2])
    found = await context.store.changes((revision, change_id(revision, number - 1)), 1)
    if not found or found[0].id != id_:
        message = f"There is no change with the id {id_}."
        raise Faulty([UserError(message, UserErrorCode.NOT_FOUND, ("changeId",))])
    changes, place = list(found), end_of(revision - 1)
    while found[0].action == "DELETED":
        portion = await context.store.changes(place, CHANGES_AT_ONCE)
        same = [change for change in portion if change.revision == revision]
        lost = found[0].node_id
        changes += [one for one in same if one.id != id_ and _names(one.before, lost) and not _names(one.after, lost)]
        if not portion or portion[-1].revision > revision:
            break
        place = portion[-1].place
    return changes


# ------------------------------------------------------------------------------------------------ fields
FORBIDDEN = UserError(
    "To write, send an editor's token: Authorization: Bearer … (samverkan token create makes one).",
    UserErrorCode.FORBIDDEN,
)


async def _written(
    context: Context, edit: Edit, expected: int | None = None, *, rehearsed: bool = False
) -> tuple[int | None, Sequence[UserError]]:
    """The revision, or what is wrong."""
    if context.editor is None:
        return None, [FORBIDDEN]
    try:
        return await context.store.write(edit, expected, context.editor, rehearsed=rehearsed), ()
    except Faulty as error:
        return None, error.faults
    except InputError as error:
        return None, [_as_fault(error)]


def _as_fault(error: InputError) -> UserError:
    code, path = UserErrorCode.INVALID, None
    match error:
        case Conflict():
            code, path = UserErrorCode.CONFLICT, ("input", "expectedRevision")
        case NotFound():
            code = UserErrorCode.NOT_FOUND
        case Duplicate():
            code = UserErrorCode.DUPLICATE
    return UserError(f"{error.message} {error.hint or ''}".strip(), code, path)


async def _put(context: Context, item: Item) -> Payload:
    expected = item.given.get("expectedRevision")
    known = {} if expected is None else {item.entity.name: {str(item.id): int(expected)}}
    edit = Put([item], known)
    revision, faults = await _written(context, edit)
    return Payload({item.entity.prefix: None if revision is None else edit.ids[0]}, revision, faults)


async def create(context: Context, entity: Entity, given: Arguments) -> Payload:
    """Mutation.createX"""
    return await _put(context, Item(entity, given["input"], ("input",), create=True, update=False))


async def update(context: Context, entity: Entity, given: Arguments) -> Payload:
    """Mutation.updateX"""
    return await _put(context, Item(entity, given["input"], ("input",), create=False, update=True))


async def delete(context: Context, entity: Entity, given: Arguments) -> Payload:
    """Mutation.deleteX"""
    edit = Delete(entity, given["input"])
    revision, faults = await _written(context, edit)
    return Payload({"deleted_id": None if revision is None else edit.id}, revision, faults)


async def merge_actors(context: Context, _: object, given: Arguments) -> Payload:
    """Mutation.mergeActors"""
    edit = Merge(given["input"])
    revision, faults = await _written(context, edit)
    return Payload({"actor": None if revision is None else edit.keep}, revision, faults)


async def upsert(context: Context, _: object, given: Arguments) -> Payload:
    """Mutation.upsert"""
    items = [
        Item(entity, one, ("input", entity.plural, str(number)), create=True, update=True)
        for entity in CATALOGUE.values()
        for number, one in enumerate(given["input"].get(entity.plural) or ())
    ]
    nothing = {"created": 0, "updated": 0, "unchanged": 0}
    if len(items) > THINGS_MAX:
        message = f"{len(items):,} things; {THINGS_MAX:,} can be written at once."
        return Payload(nothing, user_errors=[UserError(message, UserErrorCode.INVALID, ("input",))])
    edit, rehearsed = Put(items, {}), given.get("dryRun") is True
    revision, faults = await _written(context, edit, given.get("expectedRevision"), rehearsed=rehearsed)
    if revision is None:
        return Payload(nothing, user_errors=faults)
    own = set(edit.ids)
    made = {id_ for action, _, id_ in edit.log if action == "CREATED"} & own
    changed = ({id_ for action, _, id_ in edit.log if action == "UPDATED"} & own) - made
    counts = {"created": len(made), "updated": len(changed), "unchanged": len(own) - len(made) - len(changed)}
    return Payload(counts, revision)


async def undo(context: Context, _: object, given: Arguments) -> Payload:
    """Mutation.undo"""
    if context.editor is None:
        return Payload({"change": None}, user_errors=[FORBIDDEN])
    try:
        edit = Undo(await _undoing(context, given["changeId"]))
    except Faulty as error:
        return Payload({"change": None}, user_errors=error.faults)
    except BadValue as error:
        fault = UserError(error.message, UserErrorCode.NOT_FOUND, ("changeId",))
        return Payload({"change": None}, user_errors=[fault])
    revision, faults = await _written(context, edit)
    return Payload({"change": None if revision is None else change_id(revision, 1)}, revision, faults)
