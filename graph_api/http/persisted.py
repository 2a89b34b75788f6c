"""Documents that are known by a hash or a name: those that clients left here, and those that alone are allowed.

Takes what a request says of its document; gives its text. The first are Apollo's automatic persisted queries: a client sends the SHA-256 of a text,
and the text with it once. The second come from a folder or file, as relay-compiler, graphql-codegen and Apollo write them. Knows no schema.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from graph_api.errors import BadValue, InputError

ENDINGS = (".graphql", ".gql")


class PersistedQueryNotFound(InputError):
    """No document with this hash is known here; the client sends it once with its hash."""

    code, status = "PERSISTED_QUERY_NOT_FOUND", 404


class PersistedQueryNotSupported(InputError):
    """Persisted queries are switched off, or the request speaks of another version of them."""

    code, status = "PERSISTED_QUERY_NOT_SUPPORTED", 400


class NotRegistered(InputError):
    """Only registered documents are answered here, and this is none."""

    code, status = "DOCUMENT_NOT_REGISTERED", 403


class WrongHash(InputError):
    """The hash is not that of the document beside it."""

    code = "WRONG_HASH"


class Persisted:
    """Documents by hash or name.

    Args:
        bytes_max: memory for the texts that clients leave here; 0 takes none.
        registered: by name and hash, the only documents that are answered; None: any is.
    """

    def __init__(self, bytes_max: int, registered: Mapping[str, str] | None = None) -> None:
        self.bytes_max, self.registered = bytes_max, registered
        self._allowed = None if registered is None else frozenset(registered.values())
        self._left: OrderedDict[str, str] = OrderedDict()
        self._bytes = 0

    def text(self, query: str | None, document_id: str | None, extensions: Mapping[str, Any]) -> str | None:
        """The document that a request names or holds; None where it does neither.

        Raises:
            NotRegistered, PersistedQueryNotFound, PersistedQueryNotSupported, WrongHash: as these say.
        """
        named = document_id.removeprefix("sha256:") if document_id is not None else self._hash(extensions)
        if self._allowed is not None and self.registered is not None:
            text = query if query is not None else self.registered.get(named or "")
            if text is None and named is None:
                return None
            if text not in self._allowed:
                raise NotRegistered(
                    "Only registered documents are answered here.", hint="Register it, or send the id of one that is."
                )
            return text
        if named is None:
            return query
        if self.bytes_max == 0:
            raise PersistedQueryNotSupported("PersistedQueryNotSupported")
        if query is None:
            if named not in self._left:
                # Clients look for these very words.
                raise PersistedQueryNotFound("PersistedQueryNotFound")
            self._left.move_to_end(named)
            return self._left[named]
        if _sha256(query) != named.lower():
            raise WrongHash("The hash is not that of the document.", hint="Send the SHA-256 of its UTF-8, in hex.")
        return query

    def keep(self, text: str) -> None:
        """Remember a document that came with its hash and is in order."""
        if self._allowed is not None:
            return
        key, size = _sha256(text), len(text)
        if key in self._left or size > self.bytes_max:
            return
        self._left[key] = text
        self._bytes += size
        while self._bytes > self.bytes_max:
            self._bytes -= len(self._left.popitem(last=False)[1])

    def _hash(self, extensions: Mapping[str, Any]) -> str | None:
        given = extensions.get("persistedQuery")
        if given is None:
            return None
        if not isinstance(given, dict) or given.get("version") != 1 or not isinstance(given.get("sha256Hash"), str):
            raise PersistedQueryNotSupported("PersistedQueryNotSupported")
        return str(given["sha256Hash"])


def registered(path: Path) -> Mapping[str, str]:
    """The documents of a folder or file: by the name that it gives them and by their SHA-256.

    A folder holds one document a file, `.graphql` or `.gql`, and the file's name is its name; `.json` is an object of texts by name, or Apollo's
    manifest with `operations`.

    Raises:
        BadValue: it cannot be read, is of another form, or gives a name twice.
    """
    found: dict[str, str] = {}
    try:
        for place, name, text in _documents(path):
            if found.setdefault(name, text) != text:
                raise BadValue(f'Two documents have the name "{name}".', place=place, hint="Rename one.")
            found[_sha256(text)] = text
    except (OSError, ValueError) as error:
        hint = "Name a folder of .graphql files, such a file, or a .json of texts by name."
        raise BadValue(f"The registered documents cannot be read: {error}.", place=path, hint=hint) from error
    return found


def _documents(path: Path) -> Iterator[tuple[Path, str, str]]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in (*ENDINGS, ".json"):
                yield from _documents(file)
    elif path.suffix == ".json":
        held = orjson.loads(path.read_bytes())
        if isinstance(held, dict) and isinstance(held.get("operations"), list):
            held = {one.get("id"): one.get("body") for one in held["operations"] if isinstance(one, dict)}
        if not isinstance(held, dict) or not all(isinstance(text, str) for text in held.values()):
            raise ValueError("it holds no texts by name")
        for name, text in held.items():
            yield path, str(name).removeprefix("sha256:"), text
    else:
        yield path, path.stem, path.read_text("utf-8")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
