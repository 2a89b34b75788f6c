"""Analyses over HTTP: how soon the region's gaps are answered, and what an analysis leaves to the other queries: `python -m benchmarks.analysing`.

Gaps are asked on the region's data of a server that has one core: anew each time, by a confidence that nobody asked for before, and again from the
cache. Throughput is that of `actor` by id on the synthetic graph, alone and while a worker computes betweenness, in turns; load, server and worker
share two cores.
"""

import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import orjson

from benchmarks.__main__ import line
from benchmarks.figures import Figure
from benchmarks.graph import LARGE, database
from benchmarks.load import Request, put, ratio
from benchmarks.serving import BY_ID, serving, started
from graph_api.cli import GAPS

BETWEENNESS = "query($on: PartialDate) { analysis(network: {asOf: $on}) { centrality(measure: BETWEENNESS, first: 1) { score } } }"
TIMES, ROUNDS, SECONDS = 31, 5, 1.5


def _taken(connection: HTTPConnection, confidence: float) -> float:
    """Milliseconds until all of the answer is there."""
    body = orjson.dumps({"query": GAPS, "variables": {"confidence": confidence}})
    start = time.perf_counter()
    connection.request("POST", "/graphql", body, {"content-type": "application/json"})
    found = connection.getresponse().read()
    taken = (time.perf_counter() - start) * 1000
    assert b'"errors"' not in found, found
    return taken


def _gaps() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        command = serving(Path(folder) / "region.db")
        with started("-c", "0", sys.executable, *command, program="taskset") as server:
            connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
            # The first answer waits for the snapshot and the worker.
            _taken(connection, 0.5)
            anew = [_taken(connection, 0.6 + number / 1000) for number in range(TIMES)]
            kept = [_taken(connection, 0.6 + number / 1000) for number in range(TIMES)]
            connection.close()
    found = []
    for what, taken, aim in (("computed", anew, 100.0), ("from the cache", kept, 5.0)):
        middle = statistics.median(taken)
        found.append(Figure(f"the region's gaps, {what}, over HTTP, one core", "ms", middle, None, middle, aim))
    return found


def _throughput() -> Figure:
    with started(*serving(database(LARGE)[0])) as server, ThreadPoolExecutor(1) as asker:
        body = orjson.dumps({"query": BY_ID, "variables": {"id": "actor:a000003"}})
        request = Request(server.port, "/graphql", body)
        server.ask(BETWEENNESS, on="1980")
        alone, beside = [], []
        for number in range(ROUNDS):
            alone.append(put([[request]], seconds=SECONDS).rate)
            # Another year, so that nothing is known of it.
            analysis = asker.submit(server.ask, BETWEENNESS, on=str(2000 + number))
            time.sleep(0.5)
            rate = put([[request]], seconds=SECONDS).rate
            if analysis.done():
                raise RuntimeError("the analysis ended before the load did")
            beside.append(rate)
            analysis.result()
    value, middle = ratio(beside, alone), statistics.median
    what = "actor by id while betweenness is computed, beside the same alone"
    return Figure(what, "/s", middle(beside), middle(alone), value, 0.8, at_least=True)


def figures() -> list[Figure]:
    return [*_gaps(), _throughput()]


if __name__ == "__main__":
    print("\n".join(map(line, figures())))
