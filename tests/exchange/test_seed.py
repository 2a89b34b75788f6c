"""The seed: how much it holds, and facts picked by hand from the data that it was rewritten from."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from graph_api.exchange.rows import FILES
from graph_api.exchange.validation import check, read
from graph_api.model.changes import Batch, Row

SEED = Path(__file__).parents[2] / "seed"
REGION = {
    "ale-kommun": "1440",
    "alingsas-kommun": "1489",
    "goteborgs-stad": "1480",
    "harryda-kommun": "1401",
    "kungalv-kommun": "1482",
    "kungsbacka-kommun": "1384",
    "lerum-kommun": "1441",
    "lilla-edet-kommun": "1462",
    "molndal-kommun": "1481",
    "ockero-kommun": "1407",
    "partille-kommun": "1402",
    "stenungsund-kommun": "1415",
    "tjorn-kommun": "1419",
}
"""The 13 members of the Göteborg Region and their codes by Statistics Sweden."""


@pytest.fixture(scope="module")
def seed() -> Batch:
    return read(SEED)


def row(batch: Batch, identifier: str) -> Row:
    rows: Sequence[Row] = batch.things[
        next(name for name in batch.things if name.lower() == identifier.partition(":")[0])
    ]
    return next(row for row in rows if row["id"] == identifier)


def known(facts: Row) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value not in (None, [])}


def test_the_seed_has_no_fault() -> None:
    """What samverkan seed --check says in CI."""
    assert check(SEED) == []


def test_the_seed_holds_all_that_was_compiled(seed: Batch) -> None:
    """780 actors, 1,538 ties, 359 initiatives with 1,740 participations, 912 sources: nothing lost, nothing added."""
    counts = {name: len(rows) for name, rows in seed.things.items()}
    links = {name: len(pairs) for name, pairs in seed.links.items()}

    assert counts.pop("Collaboration") + counts["Affiliation"] == 1538
    assert counts == {
        "Actor": 780,
        "Affiliation": 861,
        "Initiative": 359,
        "Participation": 1740,
        "Challenge": 6,
        "Competence": 16,
        "Agreement": 46,
        "Service": 36,
        "Source": 912,
    }
    assert links == {"actor_competence": 180, "actor_need": 17}


def test_kinds_of_ties_are_as_many_as_were_compiled(seed: Batch) -> None:
    """A kind that was mistaken for another would leave the sum as it is."""
    ties = Counter(tie["kind"] for tie in (*seed.things["Collaboration"], *seed.things["Affiliation"]))

    assert ties == {
        "PROJECT": 296,
        "PARTNERSHIP": 145,
        "EDUCATION": 94,
        "RESEARCH": 49,
        "SERVICE_DELIVERY": 46,
        "KNOWLEDGE_EXCHANGE": 45,
        "OTHER": 2,
        "MEMBER": 408,
        "FUNDER": 184,
        "OWNER": 168,
        "HOST": 60,
        "COORDINATOR": 41,
    }


def test_the_thirteen_municipalities_are_the_region(seed: Batch) -> None:
    """Every figure by municipality rests on it; eight others take part but lie outside."""
    municipalities = [actor for actor in seed.things["Actor"] if actor["kind"] == "MUNICIPALITY"]
    own = [actor for actor in municipalities if actor["inRegion"]]

    assert {actor["slug"]: actor["code"] for actor in own} == REGION
    assert len(municipalities) - len(own) == 8
    assert all(
        actor["population"] and actor["populationOn"] == "2023-12-31" and actor["longitude"] and actor["latitude"]
        for actor in own
    )


def test_the_population_of_the_region_is_its_municipalities_sum(seed: Batch) -> None:
    """Gaps are measured by inhabitant."""
    assert (
        sum(actor["population"] for actor in seed.things["Actor"] if isinstance(actor["population"], int)) == 1_080_980
    )


def test_a_municipality_holds_what_two_files_said_of_it(seed: Batch) -> None:
    """Facts and their sources, of the actor, of its population and of its position."""
    assert known(row(seed, "actor:goteborgs-stad")) == {
        "id": "actor:goteborgs-stad",
        "slug": "goteborgs-stad",
        "name": "Göteborgs Stad",
        "nameEn": "City of Gothenburg",
        "kind": "MUNICIPALITY",
        "helix": "GOVERNMENT",
        "description": "Göteborg är en av de tretton kommunerna i Göteborgsregionen.",
        "descriptionEn": "Göteborg is one of the thirteen municipalities of the Göteborg region.",
        "website": "https://goteborg.se",
        "longitude": 11.96679,
        "latitude": 57.70716,
        "regionWide": False,
        "code": "1480",
        "population": 604616,
        "populationOn": "2023-12-31",
        "placeName": "Göteborg",
        "town": "Göteborg",
        "inRegion": True,
        "municipality": "actor:goteborgs-stad",
        "sources": ["source:geonames", "source:gr-english", "source:gr-folkmangd-2023"],
    }


def test_the_agreement_of_brg_and_gr_is_whole(seed: Batch) -> None:
    """The one that the project was begun for: its day, its parties, and six areas of which one holds a comma."""
    agreement = row(seed, "agreement:samverkansavtal-brg-gr-2018")

    assert (agreement["signed"], agreement["parties"]) == (
        "2018-03-08",
        ["actor:business-region-goteborg", "actor:goteborgsregionen"],
    )
    assert agreement["areas"] == [
        "kompetensförsörjning och attraktionskraft",
        "samhällsplanering",
        "företagsklimat och innovationskraft",
        "analys",
        "kunskapsöverföring och nätverk",
        "dialog med regionala, nationella och internationella organ",
    ]


@pytest.mark.parametrize(
    ("identifier", "facts"),
    [
        (
            "collaboration:alingsas-kommun:goteborgs-universitet:education:1998",
            {
                "strength": 1.0,
                "since": "1998",
                "evidence": "Students of lighting came to experiment in town",
                "sources": ["source:lights-story"],
            },
        ),
        (
            "affiliation:ale-kommun:business-region-goteborg:funder:2000",
            {"evidence": "Yearly grant to BRG", "sources": ["source:gr-avtal"]},
        ),
        (
            "initiative:electricity",
            {"lead": "actor:volvo-group", "start": "2015-06", "challenges": ["challenge:planera-for-tillvaxt"]},
        ),
        ("participation:vasttrafik:electricity", {"role": "PARTNER", "sources": ["source:electricity-partners"]}),
        ("service:yesbox-service", {"audience": "NEW_BUSINESSES", "providers": ["actor:business-region-goteborg"]}),
        ("competence:gron-kemi", {"name": "Hållbar kemi", "nameEn": "Sustainable chemistry"}),
        ("source:brg-samverkan", {"publisher": "Business Region Göteborg", "language": "sv", "accessed": None}),
    ],
)
def test_a_fact_is_as_it_was_compiled(identifier: str, facts: dict[str, object], seed: Batch) -> None:
    """A sample by hand, one of each kind."""
    found = row(seed, identifier)

    assert {name: found[name] for name in facts} == facts


def test_shares_of_ownership_are_numbers_and_other_roles_stay(seed: Batch) -> None:
    """80 % in a text can be neither filtered nor summed."""
    owners = [tie for tie in seed.things["Affiliation"] if tie["kind"] == "OWNER"]
    others = [tie["role"] for tie in seed.things["Affiliation"] if tie["role"]]

    assert sorted(tie["share"] for tie in owners if isinstance(tie["share"], float)) == [
        0.04,
        0.08,
        0.08,
        0.5,
        0.5,
        0.8,
        1.0,
    ]
    assert Counter(others) == {"principal": 5, "board": 2, "founder": 1}


def test_no_day_of_access_is_made_up(seed: Batch) -> None:
    """Nobody noted it."""
    assert {source["accessed"] for source in seed.things["Source"]} == {None}


def test_every_source_is_named_by_a_fact(seed: Batch) -> None:
    """A source of nothing is a leftover."""
    named = {source for rows in seed.things.values() for facts in rows for source in listed(facts)}
    named |= {source for links in seed.links.values() for _, _, source in links if source}

    assert named == {source["id"] for source in seed.things["Source"]}


def listed(facts: Row) -> list[str]:
    sources = facts.get("sources", [])
    return sources if isinstance(sources, list) else []


def test_no_cell_holds_an_address_or_number_of_a_person() -> None:
    """The seed is about organisations: no personal data."""
    texts = "\n".join((SEED / name).read_text(encoding="utf-8") for name in FILES)

    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+", texts) == []
    assert re.findall(r"(?:\+46|\b0\d{1,3}-)[ \d]{6,}|\b(?:19|20)\d{6}-\d{4}\b", texts) == []


def test_the_borders_are_those_of_the_thirteen() -> None:
    """The map joins them by code."""
    features = orjson.loads((SEED / "geography" / "municipalities.geojson").read_bytes())["features"]

    assert {feature["properties"]["code"] for feature in features} == set(REGION.values())
