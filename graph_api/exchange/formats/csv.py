"""Rows → the files of `exchange.rows` as CSV: UTF-8 without a byte order mark, commas, quotes only where needed, lines that end with a line feed.

Knows no store: whoever calls hands in the rows, in the order in which they are to stand.
"""

import csv
import io
from collections.abc import AsyncGenerator, AsyncIterable

from graph_api.exchange.rows import File
from graph_api.model.changes import Row

CHUNK = 64 * 1024
"""About as many characters are handed out at once."""


async def stream(file: File, rows: AsyncIterable[Row]) -> AsyncGenerator[bytes, None]:
    """The file in chunks, header first; links come as `rows.link_row` gives them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(file.header)
    async for row in rows:
        writer.writerow(file.cells(row))
        if text.tell() > CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
