"""A folder of the files that `exchange.rows` describes → one batch, or every fault in them.

In: the folder, or the files by their names, read line by line. Out: `Batch` with the rows as they stand, or `BadFiles` with a `Fault` for each thing
that is wrong, by file and line. Knows no store: what a reference names must be in the files themselves.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from rapidfuzz import process

from graph_api.errors import BadValue, Cell, InputError
from graph_api.exchange.rows import FILES, Column, File, file_of, link_of, slug_of, tie_id
from graph_api.model.catalogue import CATALOGUE, Entity, Pair
from graph_api.model.changes import Batch, Link, Row
from graph_api.model.values import span
from graph_api.model.vocabulary import ActorKind

MUNICIPALITY = ActorKind.MUNICIPALITY.name


class FaultCode(Enum):
    """What can be wrong with files; the value says it in general."""

    MISSING_FILE = "A file is not there."
    UNKNOWN_FILE = "A CSV file has a name that no file has."
    EMPTY_FILE = "A file has not even a header."
    NOT_UTF8 = "A line is not text in UTF-8."
    NOT_CSV = "A line cannot be taken apart into cells."
    MISSING_COLUMN = "The header lacks a column."
    UNKNOWN_COLUMN = "The header has a column that the file does not have."
    DOUBLE_COLUMN = "The header has a column twice."
    WRONG_CELL_COUNT = "A line has more or fewer cells than the header."
    MISSING_VALUE = "A cell is empty that must not be."
    BAD_VALUE = (
        "A cell does not have the form of its column: a date, a number, a value of a closed list, a text, a slug."
    )
    DOUBLE_ID = "Two rows of a file have the same slug or id."
    DOUBLE_TIE = "Two ties have the same ends, kind and since, two participations the same actor and initiative, or two links the same things."
    DOUBLE_REFERENCE = "A list names a thing twice."
    SELF_TIE = "A tie joins an actor to itself."
    UNKNOWN_REFERENCE = "A reference names a thing that is not there."
    NOT_A_MUNICIPALITY = "A reference names an actor of another kind where only a municipality can stand."
    NO_SOURCE = "A fact names no source."
    WRONG_ORDER = "Something ends before it begins."
    WRONG_KIND = "A fact stands at an actor of a kind that does not have it."
    HALF_POSITION = "A longitude without a latitude, or the other way round."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    code: FaultCode
    file: str
    line: int | None
    """The header is line 1."""
    column: str | None
    value: str
    """The cell as it stands; empty where there is none."""
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{Cell(self.file, self.line, self.column)}: {self.message}{hint} [{self.code.name}]"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Facts of a row that do not go together, wherever the row came from."""

    code: FaultCode
    column: str
    value: str
    """As a cell."""
    message: str
    hint: str | None = None


def flaws(entity: Entity, row: Row, broken: Set[str] = frozenset()) -> Iterator[Flaw]:
    """What is wrong between the facts of a row.

    Args:
        broken: columns that have a fault of their own; nothing is said of them.
    """
    kind = row.get("kind")
    for column in file_of(entity).columns:
        fact = column.field
        if not fact or not fact.kinds or not kind or column.name in broken:
            continue
        has = str(kind) in {one.name for one in fact.kinds}
        known = row.get(column.name) not in (None, [])
        if known and not has:
            hint = f"Only {', '.join(one.name for one in fact.kinds)} has it."
            message = f"An actor of kind {kind} does not have this."
            yield Flaw(FaultCode.WRONG_KIND, column.name, column.write(row[column.name]), message, hint)
        elif has and fact.required and not known:
            yield Flaw(FaultCode.MISSING_VALUE, column.name, "", "The cell is empty.", column.doc)
    if entity.active:
        begin, end = entity.active
        first, last = row.get(begin), row.get(end)
        if first and last and span(str(last))[1] < span(str(first))[0]:
            message = f'"{last}" is before {begin}, which is {first}.'
            yield Flaw(FaultCode.WRONG_ORDER, end, str(last), message)
    if entity.near and not broken & {"longitude", "latitude"}:
        empty = [name for name in ("longitude", "latitude") if row.get(name) is None]
        if len(empty) == 1:
            message = "The position has only one of longitude and latitude."
            yield Flaw(FaultCode.HALF_POSITION, empty[0], "", message, "Give both or none.")
    if kind == MUNICIPALITY and "municipality" not in broken and row.get("municipality") != row.get("id"):
        slug = slug_of(str(row.get("municipality") or ""))
        message, hint = "A municipality has its seat in itself.", f'Write "{row.get("slug")}".'
        yield Flaw(FaultCode.NOT_A_MUNICIPALITY, "municipality", slug, message, hint)
    if entity.ends and row.get(entity.ends[0]) and row.get(entity.ends[0]) == row.get(entity.ends[1]):
        slug = slug_of(str(row[entity.ends[1]]))
        yield Flaw(FaultCode.SELF_TIE, entity.ends[1], slug, "The tie joins the actor to itself.")


class BadFiles(InputError):
    """Files have faults; nothing of them was taken."""

    code, status = "BAD_FILES", 422

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults), hint="Nothing was written.")


def read(files: Path | Mapping[str, Path | BinaryIO]) -> Batch:
    """The rows of a folder, or of files by their names, as they stand.

    A folder must have every file. Of files by name only those given are read, and references to what is not among them are not judged.

    Raises:
        BadFiles: with all faults, in order of file and line.
    """
    reading = _Reading()
    reading.read(files)
    reading.check()
    if reading.faults:
        order = list(FILES)
        raise BadFiles(sorted(reading.faults, key=lambda fault: (_rank(order, fault.file), fault.line or 0)))
    return reading.batch()


def check(folder: Path) -> list[Fault]:
    """Every fault of a folder; none means that it can be loaded."""
    try:
        read(folder)
    except BadFiles as error:
        return error.faults
    return []


def _rank(order: list[str], file: str) -> int:
    name = Path(file).name
    return order.index(name) if name in order else -1


@dataclass(slots=True)
class _Line:
    """A row with the place where it was read."""

    number: int
    row: dict[str, object]
    broken: set[str]
    """Columns whose cell has a fault already."""


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    faults: list[Fault] = field(default_factory=list)
    lines: dict[str, list[_Line]] = field(default_factory=lambda: {name: [] for name in FILES})
    known: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By file: ids, and the lines where they stand."""
    unread: set[str] = field(default_factory=lambda: set(FILES))
    """Files that were not or could not be read: references to their things are not judged."""
    paths: dict[str, str] = field(default_factory=dict)
    municipalities: set[str] = field(default_factory=set)
    near: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """What an unknown slug is nearest to, by file and slug: the same one is often met in many lines."""

    # ---- reading: bytes → cells → values

    def read(self, files: Path | Mapping[str, Path | BinaryIO]) -> None:
        if isinstance(files, Path):
            self.paths = {name: str(files / name) for name in FILES}
            present = {path.name: path for path in sorted(files.glob("*.csv"))}
            for name in [name for name in FILES if name not in present]:
                self.fault(FaultCode.MISSING_FILE, name, message="The file is missing.")
            sources: Mapping[str, Path | BinaryIO] = present
        else:
            self.paths = {name: str(source) if isinstance(source, Path) else name for name, source in files.items()}
            sources = files
        for name, source in sources.items():
            if name not in FILES:
                self.paths[name] = str(source) if isinstance(source, Path) else name
                hint = _did_you_mean(_closest(name, FILES)) or f"The files are {', '.join(FILES)}."
                self.fault(FaultCode.UNKNOWN_FILE, name, message="No file has this name.", hint=hint)
            elif isinstance(source, Path):
                with source.open("rb") as stream:
                    self.read_file(FILES[name], stream)
            else:
                self.read_file(FILES[name], source)

    def read_file(self, file: File, stream: BinaryIO) -> None:
        cells = csv.reader(self.decoded(file, stream), strict=True)
        try:
            header = next(cells, None)
            if header is None:
                if not self.faults or self.faults[-1].file != self.paths[file.name]:
                    self.fault(
                        FaultCode.EMPTY_FILE,
                        file.name,
                        message="The file is empty.",
                        hint=f"Its header is {','.join(file.header)}",
                    )
                return
            places = self.header(file, header)
            if places is None:
                return
            self.unread.discard(file.name)
            number = cells.line_num + 1
            for row in cells:
                if row:
                    self.line(file, places, number, row)
                number = cells.line_num + 1
        except csv.Error as error:
            self.unread.add(file.name)
            self.fault(
                FaultCode.NOT_CSV,
                file.name,
                cells.line_num,
                message=f"The line cannot be taken apart into cells: {error}.",
            )

    def decoded(self, file: File, stream: BinaryIO) -> Iterator[str]:
        for number, raw in enumerate(stream, 1):
            try:
                yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                self.unread.add(file.name)
                byte = raw[error.start]
                message = f"The line is not text in UTF-8: byte {error.start + 1} of it is 0x{byte:02X}."
                self.fault(FaultCode.NOT_UTF8, file.name, number, message=message, hint="Save the file as CSV UTF-8.")
                return

    def header(self, file: File, header: list[str]) -> list[Column] | None:
        """The columns in the order of the file; None if they are not those of the file."""
        before = len(self.faults)
        columns = {column.name: column for column in file.columns}
        if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
            message = "The cells are not separated by commas."
            self.fault(
                FaultCode.NOT_CSV, file.name, 1, value=header[0], message=message, hint="Save the file with commas."
            )
            return None
        for place, name in enumerate(header):
            if name not in columns:
                hint = _did_you_mean(_closest(name, columns)) or f"The columns are {', '.join(columns)}."
                self.fault(
                    FaultCode.UNKNOWN_COLUMN,
                    file.name,
                    1,
                    name,
                    value=name,
                    message="The file has no such column.",
                    hint=hint,
                )
            elif name in header[:place]:
                self.fault(
                    FaultCode.DOUBLE_COLUMN, file.name, 1, name, value=name, message="The column is there twice."
                )
        for name in [name for name in columns if name not in header]:
            self.fault(
                FaultCode.MISSING_COLUMN, file.name, 1, name, message="The column is missing.", hint="It may be empty."
            )
        return [columns[name] for name in header] if len(self.faults) == before else None

    def line(self, file: File, columns: list[Column], number: int, cells: list[str]) -> None:
        if len(cells) != len(columns):
            message = f"The line has {len(cells)} cells, the header {len(columns)}."
            hint = "Put a text with a comma in quotes."
            self.fault(FaultCode.WRONG_CELL_COUNT, file.name, number, message=message, hint=hint)
        line = _Line(number, {}, set())
        for column, text in zip(columns, cells, strict=False):
            try:
                line.row[column.name] = column.read(text)
            except BadValue as error:
                line.broken.add(column.name)
                self.fault(
                    FaultCode.BAD_VALUE,
                    file.name,
                    number,
                    column.name,
                    value=text,
                    message=error.message,
                    hint=error.hint,
                )
                continue
            if column.required and not text:
                line.broken.add(column.name)
                code, message = FaultCode.MISSING_VALUE, "The cell is empty."
                if column.target == "Source":
                    code, message = FaultCode.NO_SOURCE, "The fact has no source."
                self.fault(code, file.name, number, column.name, message=message, hint=column.doc)
        self.identify(file, line)
        if len(cells) == len(columns):
            self.lines[file.name].append(line)

    def identify(self, file: File, line: _Line) -> None:
        """Gives the row its id, in id order where the tie has no direction, and notes it."""
        entity, row = file.of, line.row
        if isinstance(entity, Pair):
            return
        if entity.ends is None:
            if not row.get("slug"):
                return
            row["id"] = f"{entity.prefix}:{row['slug']}"
        elif not all(row.get(end) for end in entity.ends):
            return
        else:
            near, far = entity.ends
            if not entity.directed and str(row[near]) > str(row[far]):
                row[near], row[far] = row[far], row[near]
            row["id"] = row.get("id") or tie_id(entity, row)
        first = self.known[file.name].setdefault(str(row["id"]), line.number)
        if first != line.number:
            column = "id" if entity.ends else "slug"
            text = str(row[column])
            message = f'"{text}" is on line {first} already.'
            # A tie met twice is said once, by its ends.
            if not (entity.ends and row["id"] == tie_id(entity, row)):
                self.fault(FaultCode.DOUBLE_ID, file.name, line.number, column, value=text, message=message)

    # ---- checking: what holds between cells, rows and files

    def check(self) -> None:
        actors = self.lines[_file_name("Actor")]
        self.municipalities = {str(line.row.get("id")) for line in actors if line.row.get("kind") == MUNICIPALITY}
        for name, file in FILES.items():
            ties: dict[str, int] = {}
            for line in self.lines[name]:
                self.check_references(file, line)
                if isinstance(file.of, Pair):
                    self.check_double(
                        file,
                        line,
                        ties,
                        ":".join(str(part) for part in link_of(file.of, line.row)[:2]),
                        file.of.right[0],
                    )
                    continue
                for flaw in flaws(file.of, line.row, line.broken):
                    self.fault(
                        flaw.code,
                        name,
                        line.number,
                        flaw.column,
                        value=flaw.value,
                        message=flaw.message,
                        hint=flaw.hint,
                    )
                if file.of.ends and all(line.row.get(end) for end in file.of.ends):
                    self.check_double(file, line, ties, tie_id(file.of, line.row), file.of.ends[1])

    def check_double(self, file: File, line: _Line, ties: dict[str, int], key: str, column: str) -> None:
        first = ties.setdefault(key, line.number)
        if first != line.number:
            value = slug_of(str(line.row[column]))
            message = f"The same is on line {first} already."
            hint = "Leave one of them, with the sources of both."
            self.fault(FaultCode.DOUBLE_TIE, file.name, line.number, column, value=value, message=message, hint=hint)

    def check_references(self, file: File, line: _Line) -> None:
        for column in file.columns:
            if column.field is not None or column.name in line.broken or not (value := line.row.get(column.name)):
                continue
            ids = [str(one) for one in value] if isinstance(value, list) else [str(value)]
            for place, one in enumerate(ids):
                slug = slug_of(one)
                target = _file_name(column.target)
                if one in ids[:place]:
                    message = f'"{slug}" is in the list twice.'
                    self.fault(
                        FaultCode.DOUBLE_REFERENCE, file.name, line.number, column.name, value=slug, message=message
                    )
                elif one not in self.known[target] and target not in self.unread:
                    noun = column.target.lower()
                    article = "an" if noun[0] in "aeiou" else "a"
                    hint = _did_you_mean(self.closest(target, slug)) or f"Add {article} {noun} with it, or correct it."
                    message = f'no {noun} has the slug "{slug}".'
                    self.fault(
                        FaultCode.UNKNOWN_REFERENCE,
                        file.name,
                        line.number,
                        column.name,
                        value=slug,
                        message=message,
                        hint=hint,
                    )
                elif column.municipality and one not in self.municipalities and target not in self.unread:
                    message = f'"{slug}" is not a municipality.'
                    self.fault(
                        FaultCode.NOT_A_MUNICIPALITY, file.name, line.number, column.name, value=slug, message=message
                    )

    def closest(self, target: str, slug: str) -> str | None:
        if (target, slug) not in self.near:
            self.near[target, slug] = _closest(slug, [slug_of(one) for one in self.known[target]])
        return self.near[target, slug]

    # ---- results

    def fault(
        self,
        code: FaultCode,
        file: str,
        line: int | None = None,
        column: str | None = None,
        *,
        message: str,
        value: str = "",
        hint: str | None = None,
    ) -> None:
        self.faults.append(Fault(code, self.paths.get(file, file), line, column, value, message, hint))

    def batch(self) -> Batch:
        things: dict[str, list[Row]] = {}
        links: dict[str, list[Link]] = {}
        for name, file in FILES.items():
            if isinstance(file.of, Pair):
                links[file.of.name] = [link_of(file.of, line.row) for line in self.lines[name]]
            else:
                things[file.of.name] = [line.row for line in self.lines[name]]
        return Batch(things, links)


def _file_name(entity: str) -> str:
    return file_of(CATALOGUE[entity]).name


def _closest(word: str, words: Iterable[str]) -> str | None:
    found = process.extractOne(word, list(words), score_cutoff=75)
    return found[0] if found else None


def _did_you_mean(word: str | None) -> str | None:
    return f'Did you mean "{word}"?' if word else None
