"""Address → store. The only module that names every store."""

from pathlib import Path

from graph_api.errors import BadValue
from graph_api.stores.base import Store
from graph_api.stores.sqlite.store import SqliteStore


def open_store(address: str, database: Path, *, deadline: float) -> Store:
    """The store at an address: `sqlite:FILE`; empty for the embedded one in `database`.

    Raises:
        BadValue: no store has such an address.
        StoreError: the store cannot be opened.
    """
    scheme, _, rest = address.partition(":")
    if not address:
        return SqliteStore(database, deadline=deadline)
    if scheme == "sqlite" and rest:
        return SqliteStore(Path(rest.removeprefix("//")), deadline=deadline)
    raise BadValue(f"No store is at {scheme}:…", place="store", hint="Write sqlite:FILE.")
