"""What if against the analysis itself, and a timeline against its years, on the region's data; nothing is kept from one call to the next."""

from dataclasses import replace

from benchmarks.figures import Figure, compared, in_turns, run
from benchmarks.suggestions import region
from graph_api.analysis.projection import NetworkInput, Supposed
from graph_api.analysis.questions import Answers

ANALYSIS = ("summary", "municipality_gaps", "coverage")
SUPPOSED = Supposed((("actor:ale-kommun", "actor:volvo-cars", 1.0),))
YEARS = range(2000, 2025)


async def _measured() -> list[Figure]:
    snapshot, network = await region(), NetworkInput()

    async def analysis() -> None:
        answers = Answers(snapshot)
        for question in ANALYSIS:
            answers.of(question, network)

    async def what_if() -> None:
        answers = Answers(snapshot)
        for question in ANALYSIS:
            answers.of(question, replace(network, supposed=SUPPOSED))

    async def timeline() -> None:
        Answers(snapshot).of("timeline", network, first=YEARS[0], last=YEARS[-1])

    async def years() -> None:
        answers = Answers(snapshot)
        for year in YEARS:
            answers.of("summary", replace(network, as_of=str(year)))

    supposed, real = await in_turns(what_if, analysis)
    line, single = await in_turns(timeline, years, rounds=5)
    return [
        compared("what if: figures, gaps and coverage, against the same of what is", supposed, real, 1.2),
        compared(f"timeline of {len(YEARS)} years, against a summary each", line, single, 1.0),
    ]


def figures() -> list[Figure]:
    return run(_measured)
