"""A store → a file or a folder: which ending is which format, and what that format carries.

In: a store's rows and the path or format asked for. Out: chunks of bytes, or files on disk. What is written is the graph at one revision: where it
changes meanwhile, the attempt is given up and no whole file is left behind. Knows no particular store.
"""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from graph_api.errors import BadValue, StoreError
from graph_api.exchange.citation import heading
from graph_api.exchange.formats import csv, graphml
from graph_api.exchange.rows import FILES, File, link_row
from graph_api.model.catalogue import Pair
from graph_api.model.changes import Link, Row

ATTEMPTS = 3


class Rows(Protocol):
    """What a store must do to be exported."""

    def rows(self, entity: str) -> AsyncIterator[Row]:
        """All things of an entity, in order of id."""
        ...

    def links(self, pair: str) -> AsyncIterator[Link]:
        """All links of a pair that has a file of its own, in order of left and right id."""
        ...

    async def revision(self) -> int:
        """Grows with every write."""
        ...


class GraphChanged(StoreError):
    """The graph was changed while it was being written out; asked again, the file will be whole."""

    code = "GRAPH_CHANGED"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one file."""

    name: str
    media_type: str
    carries: str
    """What of the graph it can hold, for the documentation."""
    chunks: Callable[[Rows, int], AsyncGenerator[bytes, None]]


def _graphml(store: Rows, revision: int) -> AsyncGenerator[bytes, None]:
    return graphml.stream({name: store.rows(name) for name in graphml.ENTITIES}, heading(revision))


FORMATS: Mapping[str, Format] = {
    ".graphml": Format(
        "GraphML", "application/graphml+xml", "All actors and ties with their facts and sources.", _graphml
    ),
}
"""By ending. A path without an ending is a folder of CSV files, which carries everything."""


def stream(store: Rows, chosen: Format, revision: int) -> AsyncGenerator[bytes, None]:
    """The graph in a format, in chunks.

    Args:
        revision: the store's, asked just before.
    Raises:
        GraphChanged: the store moved on; the last chunk was not given, so that no reader takes the file for whole.
    """
    return _at(revision, store, chosen.chunks(store, revision))


async def export(store: Rows, path: Path) -> None:
    """Writes the graph to a path: by its ending a file, without one a folder of CSV files.

    The file appears, or takes the place of an older one, when it is whole. In a folder the files of `exchange.rows` do, and others stay.

    Raises:
        BadValue: no format has the ending, or the place cannot be written to.
        GraphChanged: the graph changed during each of several attempts; nothing was written.
    """
    if path.suffix and path.suffix not in FORMATS:
        hint = f"Known are {', '.join(FORMATS)}, and a folder for CSV files."
        raise BadValue(f'No format has the ending "{path.suffix}".', place=path, hint=hint)
    folder = path.parent if path.suffix else path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".export-") as made:
            for file in await _write(store, path, Path(made)):
                file.replace(folder / file.name)
    except OSError as error:
        raise BadValue(
            f"The place cannot be written to: {error.strerror}.", place=path, hint="Nothing was written."
        ) from error


async def _write(store: Rows, path: Path, folder: Path) -> list[Path]:
    """Writes what the path asks for into a folder, again where the graph changed meanwhile; the files."""
    attempt = 0
    while True:
        attempt += 1
        revision = await store.revision()
        if path.suffix:
            files = {path.name: FORMATS[path.suffix].chunks(store, revision)}
        else:
            files = {name: csv.stream(file, _rows(store, file)) for name, file in FILES.items()}
        try:
            for name, chunks in files.items():
                with (folder / name).open("wb") as made:
                    async for chunk in _at(revision, store, chunks):
                        made.write(chunk)
            return [folder / name for name in files]
        except GraphChanged:
            if attempt == ATTEMPTS:
                raise


async def _rows(store: Rows, file: File) -> AsyncIterator[Row]:
    if isinstance(file.of, Pair):
        async for link in store.links(file.of.name):
            yield link_row(file.of, link)
    else:
        async for row in store.rows(file.of.name):
            yield row


async def _at(revision: int, store: Rows, chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The chunks, the last of them only if the store still is at the revision."""
    held = b""
    async with contextlib.aclosing(chunks) as given:
        async for chunk in given:
            if held:
                yield held
            held = chunk
    if await store.revision() != revision:
        raise GraphChanged("The graph was changed while it was being written out.", hint="Ask again.")
    yield held
