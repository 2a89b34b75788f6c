"""The server over HTTP: requests a second beside a bare route, memory, and the time from the command to the first answer."""

import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request as Call
from urllib.request import urlopen

from benchmarks import bare
from benchmarks.figures import Figure
from benchmarks.graph import LARGE, database
from benchmarks.load import Get, Request, rates, ratio

BY_ID = "query($id: ID!) { actor(id: $id) { id slug name kind helix } }"
COLLABORATORS = """query($id: ID!) { actor(id: $id) { id name collaborators(first: 20) { edges { kind strength since node { id name kind } } } } }"""
MEMORY = (
    "{ actors(first: 1000) { totalCount nodes { id slug name description kind helix foundedIn } } }",
    "{ actors(first: 50) { nodes { name collaborators(first: 20) { totalCount edges { kind node { name municipality { name } } } } } } }",
    "{ actors(first: 50, where: {collaborators: {some: {actor: {helix: {eq: ACADEMIA}}}}}) { totalCount nodes { name } } }",
    "{ collaborations(first: 1000, orderBy: {strength: DESC}) { totalCount nodes { id kind from { name } to { name } } } }",
    "{ actorsAggregate(groupBy: [HELIX, MUNICIPALITY]) { count helix municipality { name } } }",
    '{ search(query: "an", first: 20) { nodes { __typename } } }',
)  # fmt: skip
CASES = (
    ("actor by id", BY_ID, "actor:a000003", 0.45),
    # Of the actors with 20 ties or more, the one in the middle has 23.
    ("20 collaborators of 23, with edge fields", COLLABORATORS, "actor:a006200", 0.3),
    ("20 collaborators of 49, with edge fields", COLLABORATORS, "actor:a000003", 0.3),
)
STARTS = 3


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs beside us."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, query: str, /, **variables: object) -> bytes:
        body = json.dumps({"query": query, "variables": variables}).encode()
        call = Call(f"http://127.0.0.1:{self.port}/graphql", body, {"content-type": "application/json"})
        with urlopen(call, timeout=60) as answer:  # noqa: S310
            found: bytes = answer.read()
        assert b'"errors"' not in found, found
        return found

    def memory(self) -> dict[str, float]:
        """Megabytes by name of /proc: VmRSS is all, RssAnon its own, RssFile mapped files, which the system takes back where it needs room."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return {
            name: int(kb) / 1024 for name, kb in re.findall(r"^(VmRSS|RssAnon|RssFile):\s+(\d+) kB", text, re.MULTILINE)
        }


@contextmanager
def started(
    *command: str, program: str = sys.executable, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A command that says on standard output where it listens; ended at the end. The environment is added to ours."""
    process = subprocess.Popen(
        [program, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                yield Server(process, int(found[1]))
                return
        raise RuntimeError(f"{' '.join(command)} ended before it listened")
    finally:
        process.terminate()
        process.wait(10)


def serving(file: Path) -> list[str]:
    return ["-m", "graph_api", "serve", "--port", "0", "--database", str(file)]


def figures() -> list[Figure]:
    file, _ = database(LARGE)
    found = []
    with started(*serving(file)) as server:
        for what, query, actor, aim in CASES:
            variables = {"id": actor}
            answer = server.ask(query, **variables)
            with tempfile.NamedTemporaryFile() as fixed:
                fixed.write(answer)
                fixed.flush()
                with started("-m", bare.__name__, fixed.name) as plain:
                    body = json.dumps({"query": query, "variables": variables}).encode()
                    ours, baseline = rates(
                        [Request(server.port, "/graphql", body), Request(plain.port, "/graphql", body)]
                    )
            value, middle = ratio(ours, baseline), statistics.median
            found.append(Figure(f"{what}, over HTTP", "/s", middle(ours), middle(baseline), value, aim, at_least=True))
    return [*found, _known(file), *_memory(file), *_start()]


def _known(file: Path) -> Figure:
    """A GET of a persisted document with the tag of the answer, beside a bare route that sends this answer."""
    hash_ = hashlib.sha256(BY_ID.encode()).hexdigest()
    named = {"extensions": json.dumps({"persistedQuery": {"version": 1, "sha256Hash": hash_}})}
    path = "/graphql?" + urlencode({"variables": json.dumps({"id": "actor:a000003"}), **named})
    with started(*serving(file)) as server:
        # Once with its text, so that the server knows it.
        urlopen(f"http://127.0.0.1:{server.port}{path}&{urlencode({'query': BY_ID})}").close()
        with urlopen(f"http://127.0.0.1:{server.port}{path}") as answer, tempfile.NamedTemporaryFile() as fixed:
            fixed.write(answer.read())
            fixed.flush()
            with started("-m", bare.__name__, fixed.name) as plain:
                ours, baseline = rates([Get(server.port, path, answer.headers["etag"]), Get(plain.port, path)])
    value, middle = ratio(ours, baseline), statistics.median
    what = "persisted GET with a matching ETag, over HTTP"
    return Figure(what, "/s", middle(ours), middle(baseline), value, 0.7, at_least=True)


def _memory(file: Path) -> list[Figure]:
    with started(*serving(file)) as server:
        for query in MEMORY * 3:
            server.ask(query)
        used = server.memory()
    what = f"memory with 20,000 actors ({used['RssAnon']:.0f} own, {used['RssFile']:.0f} of files)"
    return [Figure(what, "MB", used["VmRSS"], None, used["VmRSS"], 250)]


def _start() -> list[Figure]:
    taken = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            with started(*serving(Path(folder) / "region.db")) as server:
                server.ask("{ actors(first: 1) { totalCount nodes { name } } }")
                taken.append(time.perf_counter() - start)
    middle = statistics.median(taken)
    return [Figure("cold serve to first answer, region's data loaded", "s", middle, None, middle, 3)]
