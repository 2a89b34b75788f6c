"""Wait for a server and ask it once for each of its addresses: `python3 scripts/probe.py http://127.0.0.1:8000 [process id]`.

Exit code 1, and why, where the server ends or says nothing for ten minutes, or where an address does not answer as it should.
"""

from __future__ import annotations

import json
import os
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PATIENCE_SECONDS = 600


def main(base: str, process: str | None = None) -> int:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            status(base + "/")
            break
        except (URLError, ConnectionError, TimeoutError) as error:
            if process is not None and not runs(int(process)):
                print(f"probe: the server ended before it answered ({error})")
                return 1
            if time.monotonic() > end:
                print(f"probe: no answer from {base} within {PATIENCE_SECONDS} s ({error})")
                return 1
            time.sleep(0.2)

    query = json.dumps({"query": "{ graph { revision actorCount collaborationCount } }"}).encode()
    with urlopen(Request(base + "/graphql", query, {"content-type": "application/json"}), timeout=30) as answer:  # noqa: S310
        graph = json.load(answer)["data"]["graph"]
    faults = [name for name, count in graph.items() if count < 1]
    print(f"probe: {base}/graphql answers: {graph}")
    for address in ("/", "/export/graph.graphml"):
        code, size = status(base + address)
        print(f"probe: {base}{address} answers {code}, {size} bytes")
        faults += [address] if code != 200 or size == 0 else []
    if faults:
        print(f"probe: not as it should be: {', '.join(faults)}")
    return 1 if faults else 0


def status(address: str) -> tuple[int, int]:
    """Status and size of what the address answers."""
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310
            return answer.status, len(answer.read())
    except HTTPError as error:
        return error.code, 0


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
