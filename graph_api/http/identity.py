"""Who asks: the token of a request → the name of an editor. Tokens are made, listed and revoked here, too.

A token is 256 random bits; the file holds its SHA-256, so whoever reads the file cannot write to the graph. The file is read anew when it changes,
by every process that serves. Knows no operation.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from graph_api.errors import BadValue, InputError, NotFound

PREFIX = "samverkan_"
"""By which a token that was published by mistake is found."""
NAME_MAX = 100
"""Most characters of a token's name."""


class Unauthenticated(InputError):
    """The request has a token that is none, or no longer one."""

    code, status = "UNAUTHENTICATED", 401


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token."""

    name: str
    created: str
    """RFC 3339, in UTC."""
    sha256: str


class Tokens:
    """The tokens of a file, which need not be there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._known: Mapping[str, Token] = {}

    def editor(self, authorization: bytes) -> str:
        """The name of the editor whose token the header holds.

        Raises:
            Unauthenticated: it holds none that is known.
        """
        scheme, _, token = authorization.decode("latin-1").partition(" ")
        # Found by its hash: how long that takes tells nothing of any token.
        found = self._tokens().get(_hash(token.strip())) if scheme.lower() == "bearer" else None
        if found is None:
            hint = "Send Authorization: Bearer and a token that samverkan token create made, or no such header."
            raise Unauthenticated("The token is not known here.", hint=hint)
        return found.name

    def every(self) -> list[Token]:
        """All of them, by name."""
        return sorted(self._tokens().values(), key=lambda token: token.name)

    def create(self, name: str) -> str:
        """A new token, which is told this once.

        Raises:
            BadValue: there is one with this name, or it is no name.
        """
        if not 0 < len(name) <= NAME_MAX or name != name.strip() or not name.isprintable():
            hint = f"At most {NAME_MAX} characters, without blanks at its ends. It stands in the change log."
            raise BadValue(f'"{name}" is no name for a token.', hint=hint)
        if any(token.name == name for token in self.every()):
            raise BadValue(f'There is a token with the name "{name}".', hint="Revoke it first, or take another name.")
        token = PREFIX + secrets.token_urlsafe(32)
        created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._write([*self.every(), Token(name, created, _hash(token))])
        return token

    def revoke(self, name: str) -> None:
        """Make a token worthless, at once.

        Raises:
            NotFound: there is none with this name.
        """
        left = [token for token in self.every() if token.name != name]
        if len(left) == len(self.every()):
            raise NotFound(f'There is no token with the name "{name}".', hint="samverkan token list shows all.")
        self._write(left)

    def _tokens(self) -> Mapping[str, Token]:
        try:
            stat = self.path.stat()
            if (seen := (stat.st_mtime_ns, stat.st_ino)) != self._seen:
                tokens = [Token(**known) for known in orjson.loads(self.path.read_bytes())]
                self._known, self._seen = {token.sha256: token for token in tokens}, seen
        except FileNotFoundError:
            self._known, self._seen = {}, None
        except (OSError, ValueError, TypeError) as error:
            raise BadValue(f"The tokens cannot be read: {error}.", place=self.path, hint="Look at the file.") from error
        return self._known

    def _write(self, tokens: list[Token]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        beside.touch(0o600, exist_ok=False)
        beside.write_bytes(orjson.dumps([asdict(token) for token in tokens], option=orjson.OPT_INDENT_2))
        beside.replace(self.path)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
