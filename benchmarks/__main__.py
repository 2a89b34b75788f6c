"""All questions of speed: `python -m benchmarks [--json] [--anew]`. Exit code 1 where an aim is missed.

Each aim is a ratio of two things measured in turns in one run, or a bound; none is a test, since a machine that does something else beside it
would fail it. How well the gap method finds gaps: `python -m benchmarks.gaps`.
"""

import argparse
import json
import sys
from dataclasses import asdict

from benchmarks import execution, nullmodel, reads, serving
from benchmarks.figures import Figure
from benchmarks.graph import LARGE, database


def line(figure: Figure) -> str:
    baseline = "" if figure.baseline is None else f"{figure.baseline:,.2f}"
    aim = "" if figure.aim is None else f"{'≥' if figure.at_least else '≤'} {figure.aim:g}"
    verdict = {None: "", True: "kept", False: "missed"}[figure.kept]
    ours = f"{figure.ours:,.2f} {figure.unit}"
    return f"{figure.what:<68} {ours:>14} {baseline:>10} {figure.value:>8.2f} {aim:>8} {verdict}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--anew", action="store_true", help="write the synthetic graph anew, and say how long that took"
    )
    given = parser.parse_args()
    found: list[Figure] = []
    if given.anew:
        seconds = database(LARGE, anew=True)[1]
        assert seconds is not None
        found.append(Figure("20,000 actors and 120,000 ties, written", "s", seconds, None, seconds, None))
    for measured in (execution, reads, serving, nullmodel):
        found += measured.figures()
    if given.json:
        print(json.dumps([asdict(figure) | {"kept": figure.kept} for figure in found], indent=2))
    else:
        print(f"{'what':<68} {'ours':>14} {'baseline':>10} {'value':>8} {'aim':>8}")
        print("\n".join(map(line, found)))
    return 1 if any(figure.kept is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
