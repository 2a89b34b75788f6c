"""Every setting: name, type, default, and one sentence.

Takes environment variables (`SAMVERKAN_PORT` for `port`) and what the command line gives, which goes before them; gives a frozen
`Settings`. Knows no store, no HTTP and no command line. `docs/reference/settings.md` is made from here by `scripts/reference.py`.
"""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import (
    BeforeValidator,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph_api.errors import BadValue
from graph_api.model.vocabulary import Language

PREFIX = "SAMVERKAN_"


_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else None
"""Where the package runs from a checkout: that folder."""


def seed_folder() -> Path:
    """The folder of the region's own data: the checkout's `seed/`, else the one within the installed package."""
    return (_CHECKOUT or _PACKAGE) / "seed"


def data_folder() -> Path:
    """Where the user's graphs are kept."""
    return user_data_path("samverkan", appauthor=False)


def cache_folder() -> Path:
    """Where what can be fetched again is kept."""
    return user_cache_path("samverkan", appauthor=False)


def _database() -> Path:
    return data_folder() / "samverkan.db"


def _tokens() -> Path:
    return data_folder() / "tokens.json"


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


AnalysisEngine = Literal["auto", "networkx", "gds"]
LogLevel = Literal["critical", "error", "warning", "info", "debug"]


class Settings(BaseSettings):
    """What a deployment may choose. Make one by `load`, which turns a bad value into one clear line."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that it listens on; 0 takes a free one.")
    store: SecretStr = Field(
        default=SecretStr(""),
        description="Address of the store, such as `neo4j://user@host:7687/neo4j`; empty means the embedded one, in `database`.",
    )
    store_password: SecretStr = Field(
        default=SecretStr(""), description="Password of the store's user, where the address has none."
    )
    store_password_file: Path | None = Field(
        default=None, description="File that holds this password instead; a line end after it does not count."
    )
    store_connections: PositiveInt = Field(
        default=16, description="Most connections that a process keeps to the server of a store."
    )
    store_connect_seconds: PositiveFloat = Field(
        default=5, description="Time after which an attempt to connect to that server is given up."
    )
    store_acquire_seconds: PositiveFloat = Field(
        default=5, description="Time that a read or a write waits for a free connection, connecting included."
    )
    store_retry_seconds: NonNegativeFloat = Field(
        default=10, description="Time within which a write that met a lock or a lost connection is tried again."
    )
    store_wait_seconds: NonNegativeFloat = Field(
        default=0, description="Time that a start waits for a server that is not there yet; 0 ends at once."
    )
    store_sharing: bool = Field(
        default=True,
        description="Whether reads of Neo4j share: cheap ones that come together a statement, the others what was found at the same revision.",
    )
    database: Path = Field(
        default_factory=_database,
        description="File of the embedded store; made, with its folder, where it is missing.",
        json_schema_extra={"default": "`samverkan.db` in the user's data folder"},
    )
    tokens: Path = Field(
        default_factory=_tokens,
        description="File of the tokens of those who may write, as hashes; `samverkan token create` makes it.",
        json_schema_extra={"default": "`tokens.json` in the user's data folder"},
    )
    seed: Path = Field(
        default_factory=seed_folder,
        description="Folder of the tables from which an empty store is filled.",
        json_schema_extra={"default": "the region's data that the package brings"},
    )
    language: Annotated[Language, BeforeValidator(_upper)] = Field(
        default=Language.SV, description="Language of the pages and of the command's sentences: SV or EN."
    )
    page_size_default: NonNegativeInt = Field(
        default=25, description="Entries of a page where neither `first` nor `last` is given."
    )
    page_size_max: PositiveInt = Field(default=1000, description="Largest `first` or `last`; a larger one is refused.")
    rows_max: PositiveInt = Field(
        default=50_000, description="Most rows that one operation could return by its page sizes; more is refused."
    )
    values_max: PositiveInt = Field(
        default=1_000_000, description="Most values that these rows could show: rows times what each is asked for."
    )
    result_bytes_max: PositiveInt = Field(
        default=32_000_000, description="Largest answer that is read for one operation, in bytes before compression."
    )
    depth_max: PositiveInt = Field(default=10, description="Most levels of connections and relations in an operation.")
    aliases_max: NonNegativeInt = Field(
        default=100, description="Most aliases of a GraphQL document, its fragments unfolded."
    )
    directives_max: NonNegativeInt = Field(
        default=100, description="Most directives of a GraphQL document, its fragments unfolded."
    )
    body_bytes_max: PositiveInt = Field(default=1_000_000, description="Largest body of a request, in bytes.")
    body_seconds_max: PositiveFloat = Field(default=10, description="Time within which a request's body must be there.")
    batch_max: NonNegativeInt = Field(
        default=0, description="Most operations that one request may hold as a list; 0 takes no lists."
    )
    documents: Path | None = Field(
        default=None,
        description="Folder or file of registered documents: where it is given, no others are answered.",
    )
    persisted_cache_bytes: NonNegativeInt = Field(
        default=4_000_000,
        description="Memory, in bytes, for documents that clients send once and then name by hash; 0 keeps none.",
    )
    connections_max: NonNegativeInt = Field(
        default=5000, description="Most WebSockets and event streams that a process keeps open at once."
    )
    connection_operations_max: PositiveInt = Field(
        default=20, description="Most operations that one WebSocket runs at once."
    )
    document_bytes_max: PositiveInt = Field(default=100_000, description="Largest GraphQL document, in bytes.")
    document_tokens_max: PositiveInt = Field(default=5000, description="Most tokens of a GraphQL document.")
    document_cache_bytes: NonNegativeInt = Field(
        default=16_000_000, description="Memory, in bytes, for documents that are parsed, checked and planned already."
    )
    answer_cache_bytes: NonNegativeInt = Field(
        default=16_000_000,
        description="Memory, in bytes, for answers of search, paths and analyses, kept while the graph does not change; 0: none are.",
    )
    deadline_seconds: PositiveFloat = Field(default=10, description="Time after which a read is given up.")
    analysis_seconds_max: PositiveFloat = Field(default=30, description="Time after which an analysis is given up.")
    analysis_workers_max: PositiveInt = Field(
        default=1, description="Most processes that compute analyses; each takes a core while it does."
    )
    analysis_bytes_max: int = Field(
        default=4_000_000_000,
        ge=1_000_000_000,
        description="Largest address space of such a process, in bytes; an analysis that needs more is given up.",
    )
    analysis_engine: Annotated[AnalysisEngine, BeforeValidator(_lower)] = Field(
        default="auto",
        description="What computes measures and communities: `auto` the fastest engine for each, `networkx` the reference, `gds` Graph Data "
        "Science in the store's Neo4j what it can, the others as `auto`.",
    )
    analysis_queue_max: NonNegativeInt = Field(
        default=8, description="Most analyses that wait for a worker; one more is refused."
    )
    introspection: bool = Field(default=True, description="Whether the schema may be asked for by GraphQL.")
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = Field(
        default="info", description="Least severe message that is logged: critical, error, warning, info or debug."
    )

    def password(self) -> str:
        """The password of the store's user, from the variable or from the file; empty where neither is given.

        Raises:
            BadValue: both are given, or the file cannot be read.
        """
        file, given = self.store_password_file, self.store_password.get_secret_value()
        if file is None:
            return given
        place = f"{PREFIX}STORE_PASSWORD_FILE"
        if given:
            raise BadValue(f"{PREFIX}STORE_PASSWORD is given, too.", place=place, hint="Give one of them.")
        try:
            return file.read_text("utf-8").removesuffix("\n").removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            # What a decoder says would quote the file.
            why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            raise BadValue(f"{file} cannot be read: {why}.", place=place, hint="Look at its rights.") from None


def load(**given: object) -> Settings:
    """Settings from the environment, under what is given by name; None means not given.

    Raises:
        BadValue: one or more values do not fit; the message has a line for each, which names the variable or the option.

    >>> load(port=9000).port
    9000
    """
    known = {name: value for name, value in given.items() if value is not None}
    try:
        # The values come from outside and are checked here; their static types say nothing.
        return Settings(**known)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = [(str(fault["loc"][0]), fault["msg"]) for fault in error.errors()]
    lines = [f"{_place(name, name in known)}: {message}." for name, message in faults]
    raise BadValue("\n".join(lines), hint="docs/reference/settings.md lists what each setting takes.")


def _place(name: str, given: bool) -> str:
    return f"--{name.replace('_', '-')}" if given else f"{PREFIX}{name.upper()}"
