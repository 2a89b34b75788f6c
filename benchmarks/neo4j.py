"""Ours and the strongest peer on one Neo4j, side by side: `python -m benchmarks.neo4j [PART …]`. Exit code 1 where an aim is missed.

    load        ours by id beside a bare route that returns the same bytes: how much of the load is the load tool's own
    peer        ten operations over HTTP, ours and @neo4j/graphql in turns: answers a second and time; the answers are compared first
    driver      ours without shared statements beside Cypher by hand through the same driver, without a server
    statements  how many statements each operation is, by Neo4j's own account
    processes   1, 2 and 4 processes of ours on that Neo4j
    import      loads by the store beside one by plain UNWIND (see `benchmarks.importing`)

All but the last read a drawn region of 20,000 actors and 120,000 ties. Neo4j is started here, in a folder that is kept, unless the address of
another is given, whose database is empty or holds that region.
"""

import argparse
import asyncio
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import Any, TypeVar

import neo4j
import uvloop

from benchmarks import bare, importing, unwind
from benchmarks.graph import LARGE, Size, draw, folder
from benchmarks.load import Request, put
from benchmarks.load import ratio as ratio_of
from benchmarks.questions import BY_ID, COLLABORATORS, DEEP, DEEP_BY_KEYS, QUESTIONS, Question, Values, drawn, values
from benchmarks.serving import Server, started
from graph_api.config import cache_folder
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer

PEER = Path(__file__).parent / "peers" / "neo4j_graphql"
PARTS = ("load", "peer", "driver", "statements", "processes", "import")
CONNECTIONS = (8, 32)
UNSHARED = {"SAMVERKAN_STORE_SHARING": "false", "SAMVERKAN_ANSWER_CACHE_BYTES": "0"}
PROCESSES = (1, 2, 4)
MEMORY = {"server.memory.pagecache.size": "256m"}
COUNTED = """
CALL db.stats.retrieve('QUERIES') YIELD data WHERE NOT data.query STARTS WITH 'CALL db.stats'
RETURN sum(data.invocationSummary.invocationCount)
"""
COLUMNS = {
    "load": ("ours", "bare"),
    "peer": ("ours", "ours, unshared", "peer, untold", "peer"),
    "driver": ("ours, unshared", "driver"),
    "processes": tuple(map(str, PROCESSES)),
    "statements": ("ours", "peer"),
}
"""Contenders by part, as they stand in its table. Untold: the peer's documents without what is written into them for Neo4j's planner."""
MEAN = 6
"""How many times the peer's rate ours is to be by the geometric mean of the ten."""
HUGE = Size(200_000, 1_200_000, initiatives=10_000)
Sets = Mapping[str, Sequence[Values]]
Who = TypeVar("Who")
Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one operation at so many connections: of each contender a rate, and times in milliseconds."""

    part: str
    operation: str
    connections: int
    rates: Mapping[str, float]
    ratio: float
    """Of the first contender's rate to the last one's, of processes the last to the first: the median of the rounds' ratios."""
    p50: Mapping[str, float]
    p99: Mapping[str, float]
    aim: float | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How much is measured."""

    rounds: int
    seconds: float


# ------------------------------------------------------------------------------------------------ servers
@contextmanager
def local(heap: str) -> Iterator[str]:
    """The address of a Neo4j that holds the region, in a folder that is kept."""
    home = Home(folder() / f"neo4j-{NEWEST}-{LARGE.name}", settings=MEMORY)
    with LocalServer(NEWEST, cache_folder(), home, heap=heap):
        filled(home.address)
        yield home.address


def filled(address: str) -> None:
    """Write the region where nothing is."""
    asyncio.run(importing.prepared(address))
    with importing.connected(address) as driver:
        found = driver.execute_query("MATCH (n:Actor) RETURN count(n)", database_="neo4j").records[0][0]
        if found not in (0, LARGE.actors):
            raise SystemExit(f"The database holds {found} actors already; give the address of an empty one.")
        if not found:
            unwind.loaded(driver, draw(LARGE))


@contextmanager
def ours(address: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    with started(
        "-m", "graph_api", "serve", "--port", "0", environment={"SAMVERKAN_STORE": address, **(environment or {})}
    ) as server:
        yield server


@contextmanager
def peer(address: str) -> Iterator[Server]:
    """Its packages are installed as the lock file says, where they are not there."""
    if not (PEER / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit"], cwd=PEER, check=True, stdout=sys.stderr)
    with started(str(PEER / "server.js"), address, program="node", environment={"NODE_ENV": "production"}) as server:
        yield server


def asked(server: Server, query: str, variables: Mapping[str, object]) -> Any:
    return json.loads(server.ask(query, **variables))["data"]


def region(server: Server) -> Sets:
    """What is asked for, by name of the question."""
    sets = drawn(draw(LARGE), lambda query, variables: asked(server, query, variables))
    return {**sets, DEEP_BY_KEYS.name: sets[DEEP.name]}


def requests(server: Server, query: str, sets: Sequence[Mapping[str, object]]) -> list[Request]:
    return [Request(server.port, "/graphql", json.dumps({"query": query, "variables": each}).encode()) for each in sets]


def against_bare(address: str, shape: Shape) -> Iterator[Row]:
    with ours(address) as us, tempfile.NamedTemporaryFile() as file:
        given = [each.ours for each in region(us)[BY_ID.name]]
        file.write(us.ask(BY_ID.ours, **given[0]))
        file.flush()
        with started("-m", bare.__name__, file.name) as plain:
            for connections in CONNECTIONS:
                contenders = {"ours": requests(us, BY_ID.ours, given), "bare": requests(plain, BY_ID.ours, given)}
                yield in_turns("load", BY_ID.name, connections, contenders, shape)


# ------------------------------------------------------------------------------------------------ peer
def compared(question: Question, sets: Sequence[Values], us: Server, them: Server) -> None:
    """Stops at the first answer of the peer that has other facts than ours."""
    for each in sets:
        mine = question.rows(asked(us, question.ours, each.ours))
        theirs = question.their_rows(asked(them, question.theirs, each.theirs))
        _equal(question, each, mine, theirs, "the peer")


def _equal(question: Question, each: Values, mine: Any, theirs: Any, whose: str) -> None:
    if mine != theirs:
        shown = "\n".join(
            f"{who}: {json.dumps(found, ensure_ascii=False)[:2000]}" for who, found in (("ours", mine), (whose, theirs))
        )
        raise SystemExit(f"{question.name}, {dict(each.ours)}: the answers differ.\n{shown}")


def against_peer(address: str, shape: Shape) -> Iterator[Row]:
    """Of the aims: the ratio, and that our slowest answers come sooner than the peer's."""
    with ours(address) as us, ours(address, UNSHARED) as alone, peer(address) as them:
        sets = region(us)
        for question in (*QUESTIONS, DEEP_BY_KEYS):
            compared(question, sets[question.name], us, them)
        for question in (*QUESTIONS, DEEP_BY_KEYS):
            our_sets, their_sets = ([getattr(each, who) for each in sets[question.name]] for who in ("ours", "theirs"))
            contenders = {
                "ours": requests(us, question.ours, our_sets),
                "ours, unshared": requests(alone, question.ours, our_sets),
                "peer, untold": requests(them, question.theirs_untold, their_sets),
                "peer": requests(them, question.theirs, their_sets),
            }
            if question.theirs_untold == question.theirs or question is DEEP_BY_KEYS:
                del contenders["peer, untold"]
            for connections in CONNECTIONS:
                four = connections == 32 and question in (BY_ID, COLLABORATORS)
                aim = None if question is DEEP_BY_KEYS else 4.0 if four else 2.0
                row = in_turns("peer", question.name, connections, contenders, shape)
                kept = None if aim is None else row.ratio >= aim and row.p99["ours"] < row.p99["peer"]
                yield replace(row, aim=aim, kept=kept)


def in_turns(part: str, name: str, connections: int, contenders: Mapping[str, Sequence[Request]], shape: Shape) -> Row:
    """Rounds in which each contender is loaded in turn; the ratio is that of the table's first to its last."""
    turns = {
        who: partial(put, [asks], connections=connections, seconds=shape.seconds) for who, asks in contenders.items()
    }
    loads = rounds(turns, shape)
    return Row(
        part,
        name,
        connections,
        {who: median(load.rate for load in found) for who, found in loads.items()},
        ratio_of(*([load.rate for load in loads[who]] for who in (COLUMNS[part][0], COLUMNS[part][-1]))),
        {who: median(load.quantile(0.5) for load in found) for who, found in loads.items()},
        {who: median(load.quantile(0.99) for load in found) for who, found in loads.items()},
    )


def rounds(turns: Mapping[Who, Callable[[], Measured]], shape: Shape) -> dict[Who, list[Measured]]:
    """What each turn measured, a figure a round; the first round warms and is not counted."""
    found: dict[Who, list[Measured]] = {who: [] for who in turns}
    for number in range(shape.rounds + 1):
        for who, turn in turns.items():
            measured = turn()
            if number:
                found[who].append(measured)
    return found


# ------------------------------------------------------------------------------------------------ driver
async def _by_hand(driver: neo4j.AsyncDriver, text: str, sets: Sequence[Mapping[str, object]], seconds: float) -> float:
    """Answers a second of a text, by as many sessions as there are connections at least, each with one statement at a time."""
    until = time.perf_counter() + seconds

    async def worker(number: int) -> int:
        done = 0
        async with driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS, fetch_size=-1) as session:
            while time.perf_counter() < until:
                result = await session.run(text, {"c": sets[(number + done) % len(sets)]})
                record = await result.single(strict=True)
                assert record[0] is not None
                done += 1
        return done

    start = time.perf_counter()
    done = await asyncio.gather(*(worker(number * len(sets) // CONNECTIONS[0]) for number in range(CONNECTIONS[0])))
    return sum(done) / (time.perf_counter() - start)


def against_driver(address: str, shape: Shape) -> Iterator[Row]:
    """Ours without sharing, over HTTP, beside the statement alone."""
    uri, auth = importing.place(address)

    async def connect() -> neo4j.AsyncDriver:
        return neo4j.AsyncGraphDatabase.driver(
            uri, auth=auth, notifications_min_severity="OFF", telemetry_disabled=True
        )

    with ours(address, UNSHARED) as us, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sets, driver = region(us), runner.run(connect())
        for question in QUESTIONS:
            asked_for = sets[question.name]
            for each in asked_for:
                mine = values(question.rows(asked(us, question.ours, each.ours)))
                record = runner.run(_once(driver, question.by_hand, each.by_hand))
                _equal(question, each, mine, record, "by hand")
            asks = requests(us, question.ours, [each.ours for each in asked_for])
            hand = [each.by_hand for each in asked_for]

            def over_http(asks: Sequence[Request]) -> float:
                return put([asks], connections=CONNECTIONS[0], seconds=shape.seconds).rate

            def by_hand(text: str, hand: Sequence[Mapping[str, object]]) -> float:
                return runner.run(_by_hand(driver, text, hand, shape.seconds))

            turns = {"ours, unshared": partial(over_http, asks), "driver": partial(by_hand, question.by_hand, hand)}
            found = rounds(turns, shape)
            rates = {who: median(measured) for who, measured in found.items()}
            ratio = ratio_of(found["ours, unshared"], found["driver"])
            yield Row("driver", question.name, CONNECTIONS[0], rates, ratio, {}, {}, 0.8, ratio >= 0.8)
        runner.run(driver.close())


async def _once(driver: neo4j.AsyncDriver, text: str, given: Mapping[str, object]) -> Any:
    found = await driver.execute_query(text, c=dict(given), database_="neo4j")
    return found.records[0][0]


# ------------------------------------------------------------------------------------------------ statements, processes
def statements(address: str, _: Shape) -> Iterator[Row]:
    """Statements an operation, by Neo4j's own account; the aim is one, and one more for references."""
    with ours(address) as us, peer(address) as them, importing.connected(address) as driver:
        sets = region(us)
        for question in QUESTIONS:
            counts = {}
            for who, server, query, given in (
                ("ours", us, question.ours, [each.ours for each in sets[question.name]]),
                ("peer", them, question.theirs, [each.theirs for each in sets[question.name]]),
            ):
                # A process reads the vocabulary of a revision once.
                asked(server, query, given[0])
                counted = given[1:] or given
                for step in ("stop", "clear", "collect"):
                    driver.execute_query(f"CALL db.stats.{step}('QUERIES')", database_="neo4j")
                for each in counted:
                    asked(server, query, each)
                counts[who] = driver.execute_query(COUNTED, database_="neo4j").records[0][0] / len(counted)
            yield Row(
                "statements", question.name, 1, counts, counts["ours"] / counts["peer"], {}, {}, 2, counts["ours"] <= 2
            )


def processes(address: str, shape: Shape) -> Iterator[Row]:
    """The same load on one process of ours and on several."""
    with ExitStack() as stack:
        servers = [stack.enter_context(ours(address)) for _ in range(PROCESSES[-1])]
        sets, connections = region(servers[0]), CONNECTIONS[-1]
        for question in QUESTIONS:
            asks = [requests(server, question.ours, [each.ours for each in sets[question.name]]) for server in servers]
            turns = {
                str(count): partial(put, asks[:count], connections=connections, seconds=shape.seconds)
                for count in PROCESSES
            }
            loads = rounds(turns, shape)
            rates = {who: [load.rate for load in found] for who, found in loads.items()}
            yield Row(
                "processes",
                question.name,
                connections,
                {who: median(found) for who, found in rates.items()},
                ratio_of(rates[str(PROCESSES[-1])], rates[str(PROCESSES[0])]),
                {who: median(load.quantile(0.5) for load in found) for who, found in loads.items()},
                {who: median(load.quantile(0.99) for load in found) for who, found in loads.items()},
            )


# ------------------------------------------------------------------------------------------------ tables
def told(row: Row) -> str:
    """A line of a table."""
    columns = COLUMNS[row.part]
    rates = " ".join(f"{f'{row.rates[who]:,.0f}' if who in row.rates else '':>14}" for who in columns)
    times = " ".join(f"{row.p50[who]:>7.1f} /{row.p99[who]:>7.1f}" if who in row.p50 else " " * 16 for who in columns)
    aim = "" if row.aim is None else f"{row.aim:g}"
    verdict = {None: "", True: "kept", False: "missed"}[row.kept]
    return f"{row.operation:<46} {row.connections:>4} {rates} {row.ratio:>7.2f} {aim:>4} {verdict:<6} {times if row.p50 else ''}"


def head(part: str, *, times: bool) -> str:
    """The names of a table's columns; times are the median and the slowest of a hundred."""
    rates = " ".join(f"{who:>14}" for who in COLUMNS[part])
    taken = " ".join(f"{who:>16}" for who in COLUMNS[part]) if times else ""
    return f"\n{part:<46} {'con':>4} {rates} {'ratio':>7} {'aim':>4} {'':<6} {taken}".rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.neo4j", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="what to measure; by default all but import")
    parser.add_argument("--address", default="", help="of a Neo4j, as for --store; by default one is started")
    parser.add_argument("--heap", default="1g", help="of the Neo4j that is started")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of a contender's turn")
    parser.add_argument(
        "--large", action="store_true", help="import 200,000 actors and 1.2 million ties, not 20,000 and 120,000"
    )
    parser.add_argument("--json", type=Path, help="a file for what was measured")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    parts, shape = given.parts or PARTS[:-1], Shape(given.rounds, given.seconds)
    measures = {
        "load": against_bare,
        "peer": against_peer,
        "driver": against_driver,
        "statements": statements,
        "processes": processes,
    }
    rows: list[Row] = []
    imports: list[importing.Import] = []
    if reading := [measures[part] for part in measures if part in parts]:
        with ExitStack() as stack:
            if given.address:
                filled(given.address)
            at = given.address or stack.enter_context(local(given.heap))
            for measure in reading:
                rows += shown(measure(at, shape))
    missed = [row.kept for row in rows].count(False)
    for connections in CONNECTIONS:
        ten = [row for row in rows if row.part == "peer" and row.connections == connections and row.aim]
        if ten:
            mean = math.exp(fmean(math.log(row.ratio) for row in ten))
            missed += mean < MEAN
            print(f"geometric mean of the ten at {connections} connections: {mean:.2f}, aim {MEAN:g}")
    if "import" in parts:
        # One transaction keeps all that it changed in memory: the huge region is written in parts.
        ways, size = (importing.WAYS[1:], HUGE) if given.large else (importing.WAYS, LARGE)
        imports = importing.imports(ways, size, given.heap)
        for found in imports:
            print(
                f"import by {found.way}: {found.seconds:.1f} s; writer {found.writer:,.0f} MB, Neo4j {found.server:,.0f} MB"
            )
        missed += any(found.seconds > 2 * imports[-1].seconds for found in imports)
    if given.json:
        measured = {"rows": [asdict(row) for row in rows], "imports": [asdict(found) for found in imports]}
        given.json.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")
    return 1 if missed else 0


def shown(rows: Iterator[Row]) -> list[Row]:
    """The rows, each printed when it is measured."""
    found: list[Row] = []
    for row in rows:
        if not found:
            print(head(row.part, times=bool(row.p50)))
        print(told(row), flush=True)
        found.append(row)
    return found


if __name__ == "__main__":
    sys.exit(main())
