"""A writer killed in the middle of 20,000 rows leaves all of them or none, and the next one reads and writes as if nothing had been."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph_api.model.changes import Batch
from graph_api.stores.sqlite.store import SqliteStore
from tests.region import actor, collaboration

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROUNDS, ACTORS, TIES = 20, 200, 20_000

CHILD = """
import asyncio, sys
from pathlib import Path
from graph_api.stores.sqlite.store import SqliteStore
from tests.faults.test_killed import ties

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    for line in sys.stdin:
        batch = ties(int(line))
        print("begin", flush=True)
        await store.write(batch, None, "test")
        print("end", flush=True)

asyncio.run(main())
"""


def ties(round_: int) -> Batch:
    """So many ties as no other round has."""
    kinds = ("PARTNERSHIP", "PROJECT", "RESEARCH", "EDUCATION", "OTHER")
    made = []
    for number in range(TIES):
        pair, year = divmod(number, 10)
        one, other = divmod(pair, ACTORS - 1)
        ends = sorted((f"a{one:03}", f"a{other if other < one else other + 1:03}"))
        # A pair is met from both sides: the kind tells them apart.
        kind = kinds[(round_ % 2) * 2 + (other < one)]
        made.append(collaboration(*ends, kind, since=f"{1000 + 10 * round_ + year}", sources=[]))
    return Batch({"Collaboration": made})


def log_size(path: Path) -> int:
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


async def test_a_killed_writer_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Power, memory and patience end at any moment: 20 of them, each seen to lie within a write."""
    path, rng = tmp_path / "graph.db", random.Random()
    store = SqliteStore(path)
    actors = [actor(f"a{n:03}", f"Namn {n}", "OTHER", "HYBRID", sources=[]) for n in range(ACTORS)]
    revision = await store.write(Batch({"Actor": actors}), None, "test")
    await store.close()

    rows = halves = 0
    for round_ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdin
        assert child.stdout
        child.stdin.write(f"{round_}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "begin\n"
        # What does not fit into memory goes to the log: from then on the write is in the file, and not yet committed.
        began, before = time.monotonic(), log_size(path)
        while log_size(path) <= before and time.monotonic() - began < 30:
            time.sleep(0.001)
        assert log_size(path) > before
        time.sleep(rng.uniform(0, 0.4))
        child.kill()
        left = child.communicate()[0]
        halves += left == ""

        store = SqliteStore(path)
        info = await store.info()
        wrong = await store.check()
        await store.close()

        assert wrong == []
        assert info.counts["Actor"] == ACTORS
        assert (info.counts["Collaboration"], info.revision) in [(rows, revision), (rows + TIES, revision + 1)]
        assert left == "" or info.revision == revision + 1
        rows, revision = info.counts["Collaboration"], info.revision

    # Else the moments were chosen badly, and nothing was tested.
    assert halves >= 3
