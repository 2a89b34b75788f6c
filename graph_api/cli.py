"""The command `samverkan`: words to calls, results to tables or JSON.

Each verb opens the store, does one thing, prints what people read on standard output (or JSON with --json) and what it is doing on standard error.
Knows how to say things in Swedish and English; computes nothing itself.

Exit codes: 0 done; 1 a check found faults; 2 bad input; 3 the store cannot serve; 4 an analysis could not be finished.
"""

import asyncio
import gc
import logging
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import orjson
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from graph_api import __version__
from graph_api.config import Settings, cache_folder, data_folder, load
from graph_api.errors import AnalysisError, BadValue, Conflict, SamverkanError, StoreAway, StoreBusy, StoreError
from graph_api.model.vocabulary import CentralityMeasure, GapVerdict, GroupBy, Language, SuggestionAim
from graph_api.stores.base import Store
from graph_api.stores.neo4j.local import LONG_TERM, NEWEST

if TYPE_CHECKING:
    from graph_api.exchange.moving import Contents
    from graph_api.stores.open import Address

Result = TypeVar("Result")

app = typer.Typer(
    name="samverkan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Map a region's collaboration: who works with whom, which municipality is under-connected, and the graph for other tools.",
    epilog="Exit codes: 0 done; 1 a check found faults; 2 bad input; 3 the store cannot serve; 4 an analysis could not be finished.",
)
out, err = Console(highlight=False), Console(stderr=True, highlight=False)
if not out.is_terminal:
    out.width = 120  # a pipe or a file has no width of its own

WORDS = {
    Language.SV: {
        "page": "Sida",
        "graphql": "GraphQL",
        "export": "Export",
        "stop": "Avsluta med Ctrl+C.",
        "data": "Data",
        "municipality": "Kommun",
        "actors": "Aktörer",
        "observed": "Kopplingar",
        "expected": "Väntat",
        "ratio": "Kvot",
        "interval": "Intervall",
        "sources": "Källor",
        "verdict": "Bedömning",
        "lowest": "Bland tre lägsta",
        "count": "Antal",
        "what": "Vad",
        "revision": "revision",
        GapVerdict.STRONGLY_UNDER_CONNECTED.value: "tydligt underkopplad",
        GapVerdict.UNDER_CONNECTED.value: "underkopplad",
        GapVerdict.UNDECIDED.value: "oavgjort",
        GapVerdict.WELL_CONNECTED.value: "väl kopplad",
        GapVerdict.TOO_LITTLE_DATA.value: "för lite data",
        "Actor": "aktörer",
        "Collaboration": "samarbeten",
        "Affiliation": "anknytningar",
        "Initiative": "insatser",
        "Participation": "deltaganden",
        "Challenge": "utmaningar",
        "Competence": "kompetenser",
        "Agreement": "avtal",
        "Service": "tjänster",
        "Source": "källor",
        "sound": "Inga fel i {}.",
        "faults": "{} fel i {}.",
        "written": "Skrev {}.",
        "loaded": "Läste in {}: revision {}.",
        "unchanged": "{} fanns redan; inget ändrades.",
        "runs": "Neo4j {} är igång: 127.0.0.1:{}, process {}, data i {}.",
        "runs already": "Neo4j {} var redan igång: 127.0.0.1:{}, process {}, data i {}.",
        "down": "Ingen Neo4j är igång med data i {}.",
        "copied": "Kopierade {} rader från {} till {}; båda innehåller detsamma.",
        "interrupted": "Avbrutet. Målet innehåller början av kopian; samma kommando med --resume fortsätter.",
        "to do": "Återstår: {}",
        "done": "Klart: {}",
        "current": "{} är redan av denna version.",
        "name": "Namn",
        "created": "Skapad",
        "token": "Ny nyckel för {}; den visas bara nu.",
        "revoked": "Nyckeln för {} gäller inte längre.",
        "density": "täthet",
        "components": "komponenter",
        "isolates": "utan kopplingar",
        "degree": "medelgrad",
        "clustering": "klustring",
        "rank": "Rang",
        "actor": "Aktör",
        "score": "Värde",
        "brokers": "Mäklare mellan grupper: öppna par, och z mot slumpvisa grupper",
        "coordinator": "Samordnare",
        "itinerant": "Konsult",
        "gatekeeper": "Grindvakt",
        "liaison": "Sambandslänk",
        "total": "Alla par",
        "between": "Mellan",
        "and": "och",
        "likelihood": "Trolighet",
        "value": "Nytta",
        "why": "Varför",
        "quality": "{} kopplingar doldes. En dold hölls troligare än ett par utan koppling i {} % av fallen ({}–{}); {} av de 20 första var dolda.",
        "team": "Grupp",
        "cost": "Avstånd",
        "covered": "Täcker",
        "uncovered": "Saknar",
        "as it is": "Som det är",
        "as if": "Som om",
        "ties": "kopplingar",
        "year": "År",
        "unknown": "Okänt år",
        "connected": "med kopplingar",
        "largest": "i största komponenten",
        "no year": "Inget är känt från de åren.",
        "nothing": "Inga.",
    },
    Language.EN: {
        "page": "Page",
        "graphql": "GraphQL",
        "export": "Export",
        "stop": "Stop with Ctrl+C.",
        "data": "Data",
        "municipality": "Municipality",
        "actors": "Actors",
        "observed": "Ties",
        "expected": "Expected",
        "ratio": "Ratio",
        "interval": "Interval",
        "sources": "Sources",
        "verdict": "Verdict",
        "lowest": "Among the three lowest",
        "count": "Count",
        "what": "What",
        "revision": "revision",
        GapVerdict.STRONGLY_UNDER_CONNECTED.value: "clearly under-connected",
        GapVerdict.UNDER_CONNECTED.value: "under-connected",
        GapVerdict.UNDECIDED.value: "undecided",
        GapVerdict.WELL_CONNECTED.value: "well connected",
        GapVerdict.TOO_LITTLE_DATA.value: "too little data",
        "Actor": "actors",
        "Collaboration": "collaborations",
        "Affiliation": "affiliations",
        "Initiative": "initiatives",
        "Participation": "participations",
        "Challenge": "challenges",
        "Competence": "competences",
        "Agreement": "agreements",
        "Service": "services",
        "Source": "sources",
        "sound": "No faults in {}.",
        "faults": "{} faults in {}.",
        "written": "Wrote {}.",
        "loaded": "Loaded {}: revision {}.",
        "unchanged": "{} was there already; nothing changed.",
        "runs": "Neo4j {} runs: 127.0.0.1:{}, process {}, data in {}.",
        "runs already": "Neo4j {} ran already: 127.0.0.1:{}, process {}, data in {}.",
        "down": "No Neo4j runs with data in {}.",
        "copied": "Copied {} rows from {} to {}; both hold the same.",
        "interrupted": "Interrupted. The target holds the beginning of the copy; the same command with --resume continues.",
        "to do": "To do: {}",
        "done": "Done: {}",
        "current": "{} is of this version already.",
        "name": "Name",
        "created": "Created",
        "token": "A new token for {}; it is shown only now.",
        "revoked": "The token of {} is worth nothing any more.",
        "density": "density",
        "components": "components",
        "isolates": "without ties",
        "degree": "mean degree",
        "clustering": "clustering",
        "rank": "Rank",
        "actor": "Actor",
        "score": "Score",
        "brokers": "Brokers between groups: open pairs, and z against random groups",
        "coordinator": "Coordinator",
        "itinerant": "Itinerant",
        "gatekeeper": "Gatekeeper",
        "liaison": "Liaison",
        "total": "All pairs",
        "between": "Between",
        "and": "and",
        "likelihood": "Likelihood",
        "value": "Value",
        "why": "Why",
        "quality": "{} ties were hidden. One was held likelier than a pair without a tie in {} % of cases ({}–{}); {} of the first 20 were hidden.",
        "team": "Team",
        "cost": "Distances",
        "covered": "Covers",
        "uncovered": "Lacks",
        "as it is": "As it is",
        "as if": "As if",
        "ties": "ties",
        "year": "Year",
        "unknown": "Unknown year",
        "connected": "with ties",
        "largest": "in the largest component",
        "no year": "Nothing is known of those years.",
        "nothing": "None.",
    },
}

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", help="Address of the store: sqlite:FILE or neo4j://user@host:7687/database; else the embedded one."
    ),
]
DatabaseOption = Annotated[
    Path | None, typer.Option("--database", help="File of the embedded store; else in the user's data folder.")
]
LanguageOption = Annotated[str | None, typer.Option("--language", help="SV or EN: of tables and sentences.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of a table.")]


@dataclass(frozen=True, slots=True)
class Saying:
    """How a verb speaks."""

    language: Language

    def __call__(self, word: str, *values: object) -> str:
        return WORDS[self.language][word].format(*values)


def main() -> None:
    """Run the command; every error of ours becomes a line and an exit code."""
    # What the driver says while it tries again becomes an error of ours once it gives up.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    try:
        app(standalone_mode=True)
    except SamverkanError as error:
        err.print(f"samverkan: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(3 if isinstance(error, StoreError) else 4 if isinstance(error, AnalysisError) else 2)


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version, where that is all that is asked."""
    if version:
        out.print(__version__)
        raise typer.Exit


servers = typer.Typer(no_args_is_help=True, help="A Neo4j on this machine, for development: needs a JDK and Maven.")
app.add_typer(servers, name="neo4j")
tokens = typer.Typer(no_args_is_help=True, help="Tokens of those who may write to the graph.")
app.add_typer(tokens, name="token")


# ------------------------------------------------------------------------------------------------ shared steps
@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done, and for how long; nothing where nobody looks."""
    if not err.is_terminal:
        yield lambda text: err.print(text, markup=False)
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    ) as shown:
        task = shown.add_task("", total=None)
        yield lambda text: shown.update(task, description=text)


def _address(settings: Settings, text: str = "", place: str = "store") -> "Address":
    """What an address says, or where the settings' store is."""
    from graph_api.stores.open import address

    text = text or settings.store.get_secret_value()
    return address(text, embedded=settings.database, password=settings.password(), place=place)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for what counts its rows; where nobody looks, a line for each thing that is begun."""
    if not err.is_terminal:
        said: list[str] = []

        def line(doing: str, _done: int, _of: int) -> None:
            if doing not in said:
                said.append(doing)
                err.print(doing, markup=False)

        yield line
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task("")
        yield lambda doing, done, of: shown.update(task, description=doing, completed=done, total=of)


@asynccontextmanager
async def _opened(settings: Settings, at: "Address | None" = None, *, filled: bool = True) -> AsyncIterator[Store]:
    """The store of the settings, or at another address, ready; filled with the region's data if it is empty."""
    async with _store(settings, at or _address(settings)) as store:
        await _patiently(store.ready, settings.store_wait_seconds)
        if filled and await store.revision() == 0:
            # Several processes may start on one empty store: the first fills it.
            with suppress(Conflict):
                await _fill(store, settings.seed, expected_revision=0)
        yield store


@asynccontextmanager
async def _store(settings: Settings, at: "Address", *, migrating: bool = True) -> AsyncIterator[Store]:
    """The store at an address, not ready yet."""
    from graph_api.stores.open import open_store

    store = open_store(
        at,
        deadline=settings.deadline_seconds,
        connections=settings.store_connections,
        acquire_seconds=settings.store_acquire_seconds,
        connect_seconds=settings.store_connect_seconds,
        retry_seconds=settings.store_retry_seconds,
        sharing=settings.store_sharing,
        migrating=migrating,
    )
    try:
        yield store
    finally:
        await store.close()


async def _patiently(call: Callable[[], Awaitable[Result]], seconds: float) -> Result:
    """What the call gives, tried again for so long while the store is away, or has only just started and is slow."""
    end = time.monotonic() + seconds
    while True:
        try:
            return await call()
        except (StoreAway, StoreBusy) as error:
            left = end - time.monotonic()
            if left <= 0:
                raise
            err.print(f"samverkan: {error.message} Waiting for it, {left:.0f} s at most.", markup=False, soft_wrap=True)
            await asyncio.sleep(min(1, left))


async def _fill(store: Store, folder: Path, expected_revision: int | None = None) -> int:
    from graph_api.exchange.loading import load as load_folder

    with _progress() as say:
        return await load_folder(store, folder, "samverkan seed", say, expected_revision)


def _run(
    settings: Settings,
    work: Callable[[Store], Awaitable[Result]],
    *,
    filled: bool = True,
    loop: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> Result:
    async def run() -> Result:
        async with _opened(settings, filled=filled) as store:
            return await work(store)

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(run())


def _json(value: object) -> None:
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


# ------------------------------------------------------------------------------------------------ verbs
@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on; 0 takes a free one.")] = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
    wait: Annotated[
        float | None,
        typer.Option("--store-wait-seconds", help="How long to wait for the store's server if it is not there yet."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Serve the graph: the page, GraphQL and the export.

    The first time, an empty store is filled with the region's data; later it keeps what is there.
    """
    import uvicorn
    from uvicorn.loops.auto import auto_loop_factory

    from graph_api.app import application, ready

    settings = load(host=host, port=port, database=database, store=store, store_wait_seconds=wait, language=language)
    say, at = Saying(settings.language), _address(settings)
    listening = _listen(settings.host, settings.port)

    async def work(opened: Store) -> None:
        await ready(opened, settings)
        config = uvicorn.Config(
            application(opened, settings),
            log_level="warning" if settings.log_level == "info" else settings.log_level,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=5,
            ws_max_size=settings.body_bytes_max,
            # Deflate takes 50 kB a connection, and what is told is small.
            ws_per_message_deflate=False,
        )
        host = settings.host if ":" not in settings.host else f"[{settings.host}]"
        for word, path in (("page", "/"), ("graphql", "/graphql"), ("export", "/export/graph.graphml")):
            out.print(f"{say(word):<8} http://{host}:{listening.getsockname()[1]}{path}", soft_wrap=True)
        out.print(f"{say('data'):<8} {at}", soft_wrap=True, markup=False)
        out.print(say("stop"))
        # What is there by now stays. To look through it for what could go held up all requests for 60 ms, three times a second under load.
        gc.collect()
        gc.freeze()
        await uvicorn.Server(config).serve(sockets=[listening])

    # All in one loop: a store's connections belong to the loop in which they were made.
    _run(settings, work, loop=auto_loop_factory())


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address; one that cannot be had ends the command with exit code 2."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        err.print(
            f"samverkan: {host}:{port} cannot be listened on: {error.strerror}. Choose another by --port.",
            style="red",
            markup=False,
        )
        raise typer.Exit(2) from error
    return listening


@app.command()
def seed(
    folder: Annotated[Path | None, typer.Argument(help="Folder of tables; else the region's own.")] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Only look for faults: broken references, doubles, impossible dates, facts without source."
        ),
    ] = False,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load a folder of tables into the store, over what is there; or check it."""
    from graph_api.exchange.validation import check as faults_of

    settings = load(database=database, store=store, language=language)
    say, folder = Saying(settings.language), folder or settings.seed
    if check:
        faults = faults_of(folder)
        if as_json:
            _json(
                [
                    {
                        name: _plain(getattr(fault, name))
                        for name in ("file", "line", "column", "value", "message", "hint", "code")
                    }
                    for fault in faults
                ]
            )
        else:
            for fault in faults:
                out.print(str(fault), markup=False, soft_wrap=True)
            out.print(
                say("faults", len(faults), folder) if faults else say("sound", folder), markup=False, soft_wrap=True
            )
        raise typer.Exit(1 if faults else 0)

    async def work(opened: Store) -> tuple[int, int]:
        return await opened.revision(), await _fill(opened, folder)

    before, after = _run(settings, work, filled=False)
    if as_json:
        _json({"revision": after, "changed": after != before})
    else:
        out.print(
            say("loaded", folder, after) if after != before else say("unchanged", folder), markup=False, soft_wrap=True
        )


def _plain(value: object) -> object:
    return getattr(value, "value", value)


@app.command()
def export(
    path: Annotated[
        Path,
        typer.Argument(
            help="File or folder to write; the ending names the format: graph.graphml; a folder: the tables as CSV."
        ),
    ],
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
) -> None:
    """Write the graph to a file for Gephi, Cytoscape, R or Python. Where it fails nothing half-written stays."""
    from graph_api.exchange.registry import export as write

    settings = load(database=database, store=store, language=language)

    async def work(opened: Store) -> None:
        with _progress() as doing:
            doing(str(path))
            await write(opened, path)

    _run(settings, work)
    out.print(Saying(settings.language)("written", path), markup=False, soft_wrap=True)


@app.command()
def gaps(
    confidence: Annotated[float, typer.Option("--confidence", help="Of the intervals: above 0, below 1.")] = 0.9,
    explain: Annotated[bool, typer.Option("--explain", help="Say why, in sentences, under the table.")] = False,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which municipalities are under-connected, most probably the lowest first, and how sure that is."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    found = _analysis(settings, GAPS, confidence=confidence)
    if as_json:
        _json(found)
        return
    figures = ("actors", "observed", "expected", "ratio", "interval", "lowest", "sources")
    table = _table(say, "", found, "municipality", *figures, "verdict", right=figures)
    for column in table.columns:
        column.no_wrap = column.header != say("lowest")
    for gap in found["municipalityGaps"]:
        counts = (_figure(gap[name], 0, say.language) for name in ("observed", "expected"))
        ratio, low, high = (_figure(gap[name], 2, say.language) for name in ("ratio", "ratioLow", "ratioHigh"))
        name = gap["municipality"]["placeName"] or gap["municipality"]["name"]
        table.add_row(
            name,
            str(gap["actorCount"]),
            *counts,
            ratio,
            f"{low} – {high}",
            _share(gap["probabilityLowestThree"]),
            str(gap["sourceCount"]),
            say(gap["verdict"]),
        )
    out.print(table)
    if explain:
        for gap in found["municipalityGaps"]:
            out.print(f"\n{gap['explanation']}", markup=False)


GAPS = """query($confidence: Float, $language: Language) { analysis { revision municipalityGaps(confidence: $confidence) {
  municipality { id name placeName } rank actorCount population observed observedRegionWide observedOutside expected ratio ratioLow ratioHigh
  ratioForSize zScore probabilityLowestThree rankLow rankHigh verdict underConnected sourceCount wellDocumented missingHelices
  missingChallenges { id name(language: $language) } explanation(language: $language) } } }"""


@app.command()
def centrality(
    measure: Annotated[CentralityMeasure, typer.Argument(case_sensitive=False, help="What is measured.")],
    first: Annotated[int, typer.Option("--first", help="So many actors.")] = 20,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which actors stand out in the network by a measure."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    found = _analysis(settings, CENTRALITY, measure=measure.value, first=first)
    if as_json:
        _json(found)
        return
    table = _table(say, measure.value, found, "rank", "actor", "score")
    decimals = 0 if all(one["score"].is_integer() for one in found["centrality"]) else 4
    for one in found["centrality"]:
        table.add_row(str(one["rank"]), one["actor"]["name"], _figure(one["score"], decimals, say.language))
    out.print(table)


CENTRALITY = """query($measure: CentralityMeasure!, $first: Int, $language: Language) { analysis { revision
  centrality(measure: $measure, first: $first) { rank score actor { id name(language: $language) } } } }"""


@app.command()
def brokers(
    group_by: Annotated[
        GroupBy,
        typer.Option("--group-by", case_sensitive=False, help="What makes the groups between which they stand."),
    ] = GroupBy.HELIX,
    first: Annotated[int, typer.Option("--first", help="So many actors.")] = 20,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which actors stand between groups, and in what role: pairs of partners that have no tie to each other.

    Gatekeeper is representative as well: ties have no direction. After each count stands its z-score where the groups are assigned at random.
    """
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    found = _analysis(settings, BROKERS, by=group_by.value, first=first)
    if as_json:
        _json(found)
        return
    roles = ("coordinator", "itinerant", "gatekeeper", "liaison")
    table = _table(say, say("brokers"), found, "actor", *roles, "total", right=(*roles, "total"))
    for one in found["brokerage"]:
        counts = (f"{one[role]} ({_figure(one['zScores'][role], 1, say.language)})" for role in roles)
        table.add_row(one["actor"]["name"], *counts, str(one["total"]))
    out.print(table if found["brokerage"] else say("nothing"))


BROKERS = """query($by: GroupBy!, $first: Int, $language: Language) { analysis { revision
  brokerage(groupBy: $by, first: $first) { actor { id name(language: $language) } coordinator itinerant gatekeeper representative liaison total
    zScores { coordinator itinerant gatekeeper representative liaison total } } } }"""


@app.command()
def suggest(
    for_: Annotated[str | None, typer.Option("--for", help="Only ties of this actor: its id or slug.")] = None,
    closing: Annotated[
        SuggestionAim, typer.Option("--closing", case_sensitive=False, help="Only ties that close such a gap.")
    ] = SuggestionAim.ANY,
    first: Annotated[int, typer.Option("--first", help="So many ties, at most 1,000.")] = 10,
    quality: Annotated[
        bool, typer.Option("--quality", help="Also how well hidden ties are found: how far to trust the list.")
    ] = False,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which ties are missing and would be worth making, and why."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    of = None if for_ is None else _id("actor", for_)
    found = _analysis(settings, SUGGEST, **{"for": of}, closing=closing.value, first=first, quality=quality)
    if as_json:
        _json(found)
        return
    table = _table(say, "", found, "between", "and", "likelihood", "value", "why", right=("likelihood", "value"))
    for one in found["suggestions"]:
        figures = (_figure(one[name], 2, say.language) for name in ("likelihood", "value"))
        why = "\n".join(reason["text"] for reason in one["reasons"])
        table.add_row(one["from"]["name"], one["to"]["name"], *figures, why, end_section=True)
    out.print(table if found["suggestions"] else say("nothing"))
    if quality:
        measured = found["suggestionQuality"]
        shares = (round(100 * measured[name]) for name in ("auc", "aucLow", "aucHigh"))
        out.print(
            say("quality", measured["hiddenTies"], *shares, round(20 * measured["precisionAt20"])), soft_wrap=True
        )


SUGGEST = """query($for: ID, $closing: SuggestionAim, $first: Int, $quality: Boolean!, $language: Language) { analysis { revision
  suggestions(for: $for, closing: $closing, first: $first) { from { id name(language: $language) } to { id name(language: $language) }
    score likelihood value reasons { kind text(language: $language) actors { id } } }
  suggestionQuality @include(if: $quality) { hiddenTies auc aucLow aucHigh precisionAt20 } } }"""


@app.command()
def team(
    competences: Annotated[
        list[str] | None, typer.Argument(help="Competences that are to be covered: ids or slugs.", show_default=False)
    ] = None,
    challenge: Annotated[
        str | None, typer.Option("--challenge", help="Cover what this challenge asks for: its id or slug.")
    ] = None,
    include: Annotated[
        list[str] | None, typer.Option("--include", help="An actor that the team has, by id or slug; may be repeated.")
    ] = None,
    size: Annotated[int | None, typer.Option("--size", help="Members, at most.")] = None,
    first: Annotated[int, typer.Option("--first", help="So many teams, at most 100.")] = 5,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Actors that together cover competences, are close to one another and span the helices."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    found = _analysis(
        settings,
        TEAM,
        competences=[_id("competence", one) for one in competences or ()],
        challenge=None if challenge is None else _id("challenge", challenge),
        include=[_id("actor", one) for one in include or ()],
        size=size,
        first=first,
    )
    if as_json:
        _json(found)
        return
    table = _table(say, "", found, "team", "cost", "covered", "uncovered", right=("cost",))
    for one in found["teams"]:
        names = ["\n".join(thing["name"] for thing in one[what]) for what in ("actors", "covered", "uncovered")]
        table.add_row(names[0], _figure(one["communicationCost"], 0, say.language), *names[1:], end_section=True)
    out.print(table if found["teams"] else say("nothing"))


TEAM = """query($competences: [ID!], $challenge: ID, $include: [ID!], $size: Int, $first: Int, $language: Language) { analysis { revision
  teams(competences: $competences, challenge: $challenge, include: $include, size: $size, first: $first) { actors { id name(language: $language) }
    covered { id name(language: $language) } uncovered { id name(language: $language) } communicationCost helices } } }"""


@app.command()
def whatif(
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help="Two actors by id or slug, and a strength if it is not 1: ale-kommun,volvo-cars,2."),
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", help="The id of a collaboration or an affiliation.")
    ] = None,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """The network and the municipalities' ratios as if ties were added or removed; nothing is written."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    data = _analysis(settings, WHATIF, add=[_tie(text) for text in add or ()], remove=list(remove or ()))
    if as_json:
        _json(data)
        return
    now, then = data, data["whatIf"]
    table = _table(say, "", data, "what", "as it is", "as if", right=("as it is", "as if"))
    for word, name, decimals in (
        ("ties", "tieCount", 0),
        ("components", "componentCount", 0),
        ("isolates", "isolateCount", 0),
        ("clustering", "clustering", 3),
    ):
        table.add_row(say(word), *(_figure(of["summary"][name], decimals, say.language) for of in (now, then)))
    table.add_section()
    after = {gap["municipality"]["id"]: gap for gap in then["municipalityGaps"]}
    for gap in now["municipalityGaps"]:
        pair = (gap, after[gap["municipality"]["id"]])
        place = gap["municipality"]["placeName"] or gap["municipality"]["name"]
        table.add_row(f"{say('ratio')} {place}", *(_figure(of["ratio"], 3, say.language) for of in pair))
    out.print(table)


WHATIF = """query($add: [TieInput!], $remove: [ID!], $language: Language) { analysis { revision ...figures
  whatIf(add: $add, remove: $remove) { ...figures } } }
fragment figures on Analysis { summary { actorCount tieCount componentCount isolateCount clustering }
  municipalityGaps { municipality { id name(language: $language) placeName } observed expected ratio ratioLow ratioHigh verdict } }"""


@app.command()
def timeline(
    from_: Annotated[int, typer.Argument(metavar="FROM", help="The first year.")],
    to: Annotated[int, typer.Argument(help="The last, at most a hundred years in all.")],
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """The network year by year, with the share of ties whose year is unknown."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    found = _analysis(settings, TIMELINE, **{"from": from_}, to=to)
    if as_json:
        _json(found)
        return
    columns = ("year", "ties", "unknown", "connected", "largest", "degree")
    table = _table(say, "", found, *columns, right=columns)
    for one in found["timeline"]:
        summary = one["summary"]
        table.add_row(
            str(one["year"]),
            str(summary["tieCount"]),
            _share(one["unknownShare"]),
            str(summary["actorCount"] - summary["isolateCount"]),
            _share(summary["largestComponentShare"]),
            _figure(summary["averageDegree"], 1, say.language),
        )
    out.print(table if found["timeline"] else say("no year"))


TIMELINE = """query($from: Int!, $to: Int!) { analysis { revision timeline(from: $from, to: $to) { year unknownShare
  summary { actorCount tieCount density componentCount largestComponentShare isolateCount averageDegree clustering } } } }"""


def _analysis(settings: Settings, query: str, **variables: object) -> Any:
    """The analysis of an operation that may name its language."""
    if "$language" in query:
        variables["language"] = settings.language.value
    return _ask(settings, query, variables)["analysis"]


def _table(say: Saying, title: str, found: Any, *words: str, right: Sequence[str] = ()) -> Table:
    """A table with these columns, over which the revision stands."""
    heading = f"{title}, {say('revision')}" if title else say("revision").capitalize()
    table = Table(title=f"{heading} {found['revision']}", title_justify="left")
    for word in words:
        table.add_column(say(word), justify="right" if word in right else "left")
    return table


def _id(kind: str, text: str) -> str:
    """An id; of a slug alone, that of such a thing."""
    return text if ":" in text else f"{kind}:{text}"


def _tie(text: str) -> dict[str, object]:
    match text.split(","):
        case [from_, to]:
            return {"from": _id("actor", from_), "to": _id("actor", to)}
        case [from_, to, strength]:
            with suppress(ValueError):
                return {"from": _id("actor", from_), "to": _id("actor", to), "strength": float(strength)}
    raise BadValue(f"{text!r} is no tie.", place="--add", hint="Write two actors: ale-kommun,volvo-cars.")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{round(100 * value)} %"


def _figure(value: float | None, decimals: int, language: Language) -> str:
    if value is None:
        return "–"
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language is Language.SV else text


@app.command()
def stats(
    database: DatabaseOption = None,
    store: StoreOption = None,
    hashed: Annotated[
        bool, typer.Option("--hash", help="Also a hash of all that is held, the same on every store: to be cited.")
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the store holds, and the network in some figures."""
    settings = load(database=database, store=store, language=language)
    say = Saying(settings.language)
    counts = " ".join(f"{name[0].lower()}{name[1:]}Count" for name in _entities())
    figures = "density componentCount isolateCount averageDegree clustering"
    data = _ask(
        settings,
        f"{{ graph {{ revision changedAt {counts} store version }} analysis {{ summary {{ actorCount tieCount {figures} }} }} }}",
    )
    digest = _run(settings, _contents).digest if hashed else None
    if as_json:
        _json({**data, "hash": digest} if digest else data)
        return
    table = Table(title=f"{say('revision')} {data['graph']['revision']}", title_justify="left")
    table.add_column(say("what"))
    table.add_column(say("count"), justify="right")
    for name in _entities():
        table.add_row(say(name), str(data["graph"][f"{name[0].lower()}{name[1:]}Count"]))
    table.add_section()
    summary = data["analysis"]["summary"]
    for word, name, decimals in (
        ("components", "componentCount", 0),
        ("isolates", "isolateCount", 0),
        ("degree", "averageDegree", 1),
        ("density", "density", 4),
        ("clustering", "clustering", 2),
    ):
        table.add_row(say(word), _figure(summary[name], decimals, say.language))
    out.print(table)
    if digest:
        out.print(digest)


async def _contents(store: Store) -> "Contents":
    from graph_api.exchange.moving import contents

    with _bar() as bar:
        return await contents(store, bar)


@app.command(name="copy")
def copy_(
    to: Annotated[str, typer.Option("--to", help="Address of the target, such as neo4j://user@host:7687/database.")],
    from_: Annotated[
        str, typer.Option("--from", help="Address of the source, such as sqlite:FILE; else the store of the settings.")
    ] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue a copy that was interrupted: the target may hold its beginning.")
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the whole graph from a store to another, and check that both hold the same.

    The change log is not copied: the target's begins with the copy, one entry a row. Nothing else may write to either meanwhile. A copy that was
    interrupted has left its beginning in the target; the same command with --resume finishes it.
    """
    from graph_api.stores.open import File

    settings = load(language=language)
    say, source, target = Saying(settings.language), _address(settings, from_, "from"), _address(settings, to, "to")
    if source.same(target):
        raise BadValue("Source and target are the same.", place="to", hint="Name another target.")
    if isinstance(source, File) and not source.path.is_file():
        raise BadValue(f"No database is at {source}.", place="from", hint="Look at the path.")

    async def work() -> "Contents":
        from graph_api.exchange.moving import copy

        async with (
            _opened(settings, source, filled=False) as one,
            _opened(settings, target, filled=False) as other,
        ):
            with _bar() as bar:
                return await copy(one, other, resume=resume, on_progress=bar)

    try:
        held = asyncio.run(work())
    except KeyboardInterrupt:
        err.print(say("interrupted"), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(130) from None
    if as_json:
        _json({"counts": held.counts, "hash": held.digest})
    else:
        out.print(say("copied", sum(held.counts.values()), source, target), markup=False, soft_wrap=True)
        out.print(held.digest)


@app.command()
def check(
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
) -> None:
    """Look for damage in the store: files, references that lead nowhere, what is kept twice and differs. Changes nothing."""
    settings = load(database=database, store=store, language=language)
    say, at = Saying(settings.language), _address(settings)
    wrong = _run(settings, lambda opened: opened.check(), filled=False)
    for fault in wrong:
        out.print(fault, markup=False, soft_wrap=True)
    out.print(say("faults", len(wrong), at) if wrong else say("sound", at), markup=False, soft_wrap=True)
    raise typer.Exit(1 if wrong else 0)


@app.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: name what is to be done, with exit code 1 if anything is.")
    ] = False,
    database: DatabaseOption = None,
    store: StoreOption = None,
    language: LanguageOption = None,
) -> None:
    """Bring a store that an older version has written to this one. Make a backup first.

    The embedded store is also brought to this version by every other command that opens it; one behind a server by this command alone.
    """
    settings = load(database=database, store=store, language=language)
    say, at = Saying(settings.language), _address(settings)

    async def work() -> Sequence[str]:
        async with _store(settings, at, migrating=not check) as opened:
            return await _patiently(lambda: opened.migrate(check=check), settings.store_wait_seconds)

    steps = asyncio.run(work())
    for step in steps:
        out.print(say("to do" if check else "done", step), markup=False, soft_wrap=True)
    if not steps:
        out.print(say("current", at), markup=False, soft_wrap=True)
    raise typer.Exit(1 if check and steps else 0)


def _entities() -> tuple[str, ...]:
    from graph_api.model.catalogue import CATALOGUE

    return tuple(CATALOGUE)


@app.command()
def schema() -> None:
    """Print the schema of the GraphQL API in SDL."""
    from graph_api.schema.printing import printed

    sys.stdout.write(printed())


HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of its data; else in the user's data folder.")]


@servers.command()
def up(
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="Port of 127.0.0.1 to listen on; the first time 7687."),
    ] = None,
    home: HomeOption = None,
    version: Annotated[
        str | None, typer.Option("--version", help=f"{NEWEST} or {LONG_TERM}; of a home that is there, its own.")
    ] = None,
    gds: Annotated[
        bool, typer.Option("--gds", help=f"With Graph Data Science, for SAMVERKAN_ANALYSIS_ENGINE=gds; of {NEWEST}.")
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Start a Neo4j that stays, and print the address for SAMVERKAN_STORE, password included.

    The first time, its jars are fetched from Maven Central.
    """
    from graph_api.stores.neo4j import daemon

    say, folder = Saying(load(language=language).language), _home(home)
    before = daemon.found(folder)
    already = before is not None and before.running
    with _progress() as doing:
        found = daemon.up(folder, version, port, cache_folder(), doing, gds=gds)
    if as_json:
        _json({"version": found.version, "pid": found.pid, "address": found.address, "already": already})
        return
    word = "runs already" if already else "runs"
    out.print(say(word, found.version, found.port, found.pid, found.home), markup=False, soft_wrap=True)
    out.print(f"SAMVERKAN_STORE={found.address}", markup=False, soft_wrap=True)


@servers.command()
def down(home: HomeOption = None, language: LanguageOption = None) -> None:
    """Stop it; its data stay."""
    from graph_api.stores.neo4j import daemon

    say, folder = Saying(load(language=language).language), _home(home)
    found = daemon.found(folder)
    if found:
        daemon.down(found)
    out.print(say("down", folder), markup=False, soft_wrap=True)


@servers.command()
def status(home: HomeOption = None, language: LanguageOption = None, as_json: JsonOption = False) -> None:
    """Say whether it runs; exit code 3 where it does not."""
    from graph_api.stores.neo4j import daemon
    from graph_api.stores.neo4j.local import answers

    say, folder = Saying(load(language=language).language), _home(home)
    found = daemon.found(folder)
    running = found is not None and found.running and answers(found.port)
    if as_json:
        known = {"version": found.version, "pid": found.pid, "port": found.port} if found and running else {}
        _json({"running": running, "home": str(folder), **known})
    elif found and running:
        out.print(say("runs", found.version, found.port, found.pid, folder), markup=False, soft_wrap=True)
    else:
        out.print(say("down", folder), markup=False, soft_wrap=True)
    raise typer.Exit(0 if running else 3)


@tokens.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose it is, for the change log.")], language: LanguageOption = None
) -> None:
    """Make a token and print it, this once; the server takes it at once."""
    from graph_api.http.identity import Tokens

    settings = load(language=language)
    token = Tokens(settings.tokens).create(name)
    err.print(Saying(settings.language)("token", name), markup=False, soft_wrap=True)
    out.print(token, markup=False, soft_wrap=True)


@tokens.command(name="list")
def list_(language: LanguageOption = None, as_json: JsonOption = False) -> None:
    """Show the names of all tokens, and when each was made."""
    from graph_api.http.identity import Tokens

    settings = load(language=language)
    found = Tokens(settings.tokens).every()
    if as_json:
        _json([{"name": token.name, "created": token.created} for token in found])
        return
    say = Saying(settings.language)
    table = Table(say("name"), say("created"))
    for token in found:
        table.add_row(token.name, token.created)
    out.print(table)


@tokens.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Of the token, as the list shows it.")], language: LanguageOption = None
) -> None:
    """Make a token worthless, at once."""
    from graph_api.http.identity import Tokens

    settings = load(language=language)
    Tokens(settings.tokens).revoke(name)
    out.print(Saying(settings.language)("revoked", name), markup=False, soft_wrap=True)


def _home(home: Path | None) -> Path:
    return (home or data_folder() / "neo4j").resolve()


def _ask(settings: Settings, query: str, variables: dict[str, Any] | None = None) -> Any:
    """The data of an operation on the store, by the same schema that the server answers with."""

    async def work(store: Store) -> object:
        from graph_api.app import context_of, ready, schema_of
        from graph_api.schema.planned import encode

        def told(question: str, done: int, of: int) -> None:
            if err.is_terminal:
                doing(f"{question} {done}/{of}")

        await ready(store, settings)
        context = context_of(store, settings, told)
        try:
            result = await schema_of(store, settings).execute(query, variables, context)
        finally:
            await context.close()
        for error in result.errors or ():
            if isinstance(error.original_error, SamverkanError):
                raise error.original_error
            raise AnalysisError(error.message)
        return orjson.loads(orjson.dumps(result.data, default=encode))

    with _progress() as doing:
        doing("…")
        return cast("Any", _run(settings, work))
