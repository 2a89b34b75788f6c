"""A synthetic region → a store's file, the same for the same size and seed.

Ties are drawn by preferential attachment (Barabási and Albert 1999, Science 286:509): one end of seven ties in ten goes to
those that have ties already, so that a few actors have many and most have a handful, as in the region's own graph. Files are
kept in the system's folder for temporary files, by size and seed.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from graph_api.exchange.rows import tie_id
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch, Link, Row
from graph_api.model.vocabulary import ActorKind, CollaborationKind, Helix
from graph_api.stores.sqlite.store import SqliteStore

KINDS = [
    *[(ActorKind.BUSINESS, Helix.INDUSTRY)] * 6,
    (ActorKind.UNIVERSITY, Helix.ACADEMIA),
    (ActorKind.RESEARCH_INSTITUTE, Helix.ACADEMIA),
    (ActorKind.CLUSTER, Helix.HYBRID),
    (ActorKind.AGENCY, Helix.GOVERNMENT),
]
LETTERS = "abcdefghijklmnoprstuvyåäö"
WORDS = 400
CHALLENGES = 12
COMPETENCES = 40
SOURCES = 200


@dataclass(frozen=True, slots=True)
class Size:
    """How much of what is drawn, and from which seed."""

    actors: int
    ties: int
    municipalities: int = 49
    initiatives: int = 1000
    seed: int = 7

    @property
    def name(self) -> str:
        parts = (self.actors, self.ties, self.municipalities, self.initiatives, CHALLENGES, self.seed)
        return "-".join(map(str, parts))


SMALL = Size(1_000, 5_000, initiatives=100)
LARGE = Size(20_000, 120_000)


def draw(size: Size) -> Batch:
    """The region as one batch."""
    dice = random.Random(size.seed)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(4, 10))) for _ in range(WORDS)]
    sources: list[Row] = [
        {"id": f"source:s{i}", "slug": f"s{i}", "title": f"Sida {i}", "publisher": dice.choice(words).title()}
        for i in range(SOURCES)
    ]
    competences: list[Row] = [
        {"id": f"competence:c{i}", "slug": f"c{i}", "name": words[i].title()} for i in range(COMPETENCES)
    ]
    challenges: list[Row] = [
        {"id": f"challenge:u{i}", "slug": f"u{i}", "name": f"{words[-1 - i].title()} {i}"} for i in range(CHALLENGES)
    ]
    actors = [_actor(dice, size, words, number) for number in range(size.actors)]
    initiatives: list[Row] = [
        {
            "id": f"initiative:i{i}",
            "slug": f"i{i}",
            "name": f"{dice.choice(words).title()} {i}",
            "start": str(dice.randint(2005, 2025)),
            "sources": [f"source:s{dice.randrange(SOURCES)}"],
            # Not drawn: whatever is drawn after it stays as it was.
            "challenges": [f"challenge:u{i % CHALLENGES}"],
        }
        for i in range(size.initiatives)
    ]
    parts = {
        (dice.randrange(size.actors), dice.randrange(size.initiatives)): dice.choice(("PARTNER", "FUNDER", "HOST"))
        for _ in range(size.initiatives * 12)
    }
    participations: list[Row] = [
        {
            "id": f"participation:a{a:06d}:i{i}",
            "actor": f"actor:a{a:06d}",
            "initiative": f"initiative:i{i}",
            "role": role,
        }
        for (a, i), role in parts.items()
    ]
    competent: list[Link] = [
        (f"actor:a{actor:06d}", f"competence:c{c}", f"source:s{dice.randrange(SOURCES)}")
        for actor in range(size.actors)
        for c in dice.sample(range(COMPETENCES), dice.randint(0, 4))
    ]
    return Batch(
        things={
            "Source": sources,
            "Challenge": challenges,
            "Competence": competences,
            "Actor": actors,
            "Initiative": initiatives,
            "Collaboration": _ties(dice, size),
            "Participation": participations,
        },
        links={"actor_competence": competent},
    )


def _actor(dice: random.Random, size: Size, words: list[str], number: int) -> Row:
    row: dict[str, object] = {
        "id": f"actor:a{number:06d}",
        "slug": f"a{number:06d}",
        "name": f"{dice.choice(words).title()} {dice.choice(words)} {number}",
        "regionWide": False,
        "foundedIn": dice.randint(1850, 2024) if dice.random() < 0.9 else None,
        "description": " ".join(dice.choices(words, k=8)),
        "sources": [f"source:s{dice.randrange(SOURCES)}"],
    }
    if number % 3 == 0:
        row["nameEn"] = f"{row['name']} EN"
    if dice.random() < 0.9:
        row |= {"longitude": round(11.5 + 1.5 * dice.random(), 6), "latitude": round(57.2 + dice.random(), 6)}
    if number < size.municipalities:
        facts = {"kind": "MUNICIPALITY", "helix": "GOVERNMENT", "code": f"{1400 + number}", "inRegion": number < 13}
        return {**row, **facts, "population": dice.randint(9_000, 600_000)}
    kind, helix = dice.choice(KINDS)
    seat = f"actor:a{dice.randrange(size.municipalities):06d}" if dice.random() < 0.95 else None
    return {**row, "kind": kind.value, "helix": helix.value, "municipality": seat}


def _ties(dice: random.Random, size: Size) -> list[Row]:
    kinds = [kind.value for kind in CollaborationKind]
    ends = list(range(min(50, size.actors)))
    met: set[tuple[int, int]] = set()
    ties: list[Row] = []
    while len(ties) < size.ties:
        one = dice.choice(ends) if dice.random() < 0.7 else dice.randrange(size.actors)
        a, b = sorted((one, dice.randrange(size.actors)))
        if a == b or (a, b) in met:
            continue
        met.add((a, b))
        ends += (a, b)
        row: dict[str, object] = {
            "from": f"actor:a{a:06d}",
            "to": f"actor:a{b:06d}",
            "kind": dice.choice(kinds),
            "strength": dice.randint(1, 50) / 10,
            "since": str(dice.randint(1990, 2024)) if dice.random() < 0.7 else None,
            "sources": [f"source:s{dice.randrange(SOURCES)}"],
        }
        ties.append({"id": tie_id(CATALOGUE["Collaboration"], row), **row})
    return ties


def folder() -> Path:
    """Where files are kept between runs."""
    return Path(tempfile.gettempdir()) / "samverkan-benchmarks"


def database(size: Size, *, anew: bool = False) -> tuple[Path, float | None]:
    """A store's file of this size, and the seconds that writing took, or None where it was there already."""
    file = folder() / f"{size.name}.db"
    if file.exists() and not anew:
        return file, None
    file.parent.mkdir(parents=True, exist_ok=True)
    batch = draw(size)
    with tempfile.TemporaryDirectory(dir=file.parent) as making:
        made = Path(making) / file.name
        seconds = asyncio.run(_write(made, batch))
        made.replace(file)
    return file, seconds


async def _write(file: Path, batch: Batch) -> float:
    store = SqliteStore(file)
    try:
        start = time.perf_counter()
        await store.write(batch, expected_revision=None, by="benchmark")
        return time.perf_counter() - start
    finally:
        await store.close()
