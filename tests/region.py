"""A small region to reason about, as rows of a batch.

    municipalities   goteborg (600,000 inhabitants, on the river) and ale (population and position unknown) are the
                     region's own, boras lies outside
    seats            goteborg: chalmers, gu, lindholmen, brg, gr, volvo, tvilling-a, tvilling-b
                     ale: almi      boras: kluster      none: natverk, konstig, tom

    collaborations   chalmers ─RESEARCH 3.5, 2018 to 2019-06─ volvo        chalmers ─PROJECT 1, unknown to unknown, of elbil─ volvo
                     chalmers ─PARTNERSHIP 0.125, 2020-02-29 on─ gu        gu ─EDUCATION 1, until 2010─ lindholmen
                     lindholmen ─OTHER 1, 2018-04 on─ tvilling-b           ale ─PARTNERSHIP 2, 2018-04-12 on─ boras
    affiliations     volvo and gu are MEMBER of kluster, ale MEMBER of gr, goteborg OWNER of brg (share 1) and
                     lindholmen (share 0.3333), almi FUNDER of tvilling-a, chalmers COORDINATOR of natverk, lindholmen HOST of kluster
    initiatives      elbil (2018 to 2020-06, challenge kompetens, needs batteri): LEAD chalmers, PARTNER volvo and gu
                     yta (no dates, no lead): HOST lindholmen
    agreement        avtal, of spring 2018 (2018-04), between brg and gr, on growth
    services         yesbox of brg in goteborg and ale; lots of almi, nowhere
    competences      batteri: chalmers (source rapport), volvo (no source) are competent in it, almi looks for it; robotik: nobody
    challenges       kompetens (elbil); naringsliv: no initiative

Names hold å, ä, ö and an é; tvilling-a and tvilling-b have the same one; konstig's holds quotes, a backslash, a line
end, U+2028, U+0001 and an emoji. tom has nothing but what must be there. Every field that can be null is null somewhere
and known elsewhere.
"""

from collections.abc import Mapping

from graph_api.model.changes import Batch, Link, Row

AWKWARD = "Å\"'\\\n\u2028\u0001😀<&>\u007f"


def actor(slug: str, name: str, kind: str, helix: str, seat: str | None = None, **facts: object) -> Row:
    """A whole actor."""
    known = {"id": f"actor:{slug}", "slug": slug, "name": name, "kind": kind, "helix": helix, "regionWide": False}
    return known | {"municipality": seat and f"actor:{seat}", "sources": ["source:statistik"]} | facts


def collaboration(one: str, other: str, kind: str, strength: float = 1.0, **facts: object) -> Row:
    """A direct tie; the ends are given in id order."""
    since = f":{facts['since']}" if facts.get("since") else ""
    id_ = f"collaboration:{one}:{other}:{kind.lower()}{since}"
    ends = {"from": f"actor:{one}", "to": f"actor:{other}"}
    return {"id": id_, **ends, "kind": kind, "strength": strength, "sources": ["source:rapport"], **facts}


def affiliation(one: str, other: str, kind: str, **facts: object) -> Row:
    """A directed tie."""
    since = f":{facts['since']}" if facts.get("since") else ""
    id_ = f"affiliation:{one}:{other}:{kind.lower()}{since}"
    return {"id": id_, "from": f"actor:{one}", "to": f"actor:{other}", "kind": kind, **facts}


def participation(who: str, what: str, role: str, **facts: object) -> Row:
    """An actor's part in an initiative."""
    ends = {"actor": f"actor:{who}", "initiative": f"initiative:{what}"}
    return {"id": f"participation:{who}:{what}", **ends, "role": role, **facts}


def named(entity: str, slug: str, name: str, **facts: object) -> Row:
    """A thing with a slug and a name."""
    return {"id": f"{entity}:{slug}", "slug": slug, "name": name, **facts}


ACTORS = [
    actor(
        "goteborg",
        "Göteborgs Stad",
        "MUNICIPALITY",
        "GOVERNMENT",
        nameEn="City of Gothenburg",
        longitude=11.9746,
        latitude=57.7089,
        code="1480",
        population=600_000,
        populationOn="2024-12-31",
        placeName="Göteborg",
        town="Göteborg",
        inRegion=True,
        foundedIn=1621,
    ),
    actor("ale", "Ale kommun", "MUNICIPALITY", "GOVERNMENT", code="1440", placeName="Ale", inRegion=True),
    actor(
        "boras",
        "Borås Stad",
        "MUNICIPALITY",
        "GOVERNMENT",
        longitude=12.9401,
        latitude=57.7210,
        population=114_000,
        inRegion=False,
    ),
    actor(
        "chalmers",
        "Chalmers tekniska högskola",
        "UNIVERSITY",
        "ACADEMIA",
        "goteborg",
        nameEn="Chalmers University of Technology",
        description="Högskola för teknik.",
        descriptionEn="A university of technology.",
        website="https://www.chalmers.se",
        foundedIn=1829,
        longitude=11.9790,
        latitude=57.6896,
    ),
    actor(
        "gu",
        "Göteborgs universitet",
        "UNIVERSITY",
        "ACADEMIA",
        "goteborg",
        foundedIn=1891,
        description="Säte i staden.",
    ),
    actor(
        "lindholmen",
        "Lindholmen Science Park",
        "SCIENCE_PARK",
        "HYBRID",
        "goteborg",
        longitude=11.9384,
        latitude=57.7065,
    ),
    actor(
        "brg",
        "Business Region Göteborg",
        "DEVELOPMENT_COMPANY",
        "GOVERNMENT",
        "goteborg",
        regionWide=True,
        foundedIn=1999,
    ),
    actor("gr", "Göteborgsregionen", "MUNICIPAL_ASSOCIATION", "GOVERNMENT", "goteborg", regionWide=True),
    actor(
        "volvo",
        "Volvo",
        "BUSINESS",
        "INDUSTRY",
        "goteborg",
        organisationNumber="556012-5790",
        industries=["lastbilar", "bussar"],
        employees=100_000,
        foundedIn=1927,
        website="https://www.volvogroup.com/",
    ),
    actor("tvilling-a", "Tvillingarna AB", "BUSINESS", "INDUSTRY", "goteborg", employees=3, industries=[]),
    actor("tvilling-b", "Tvillingarna AB", "BUSINESS", "INDUSTRY", "goteborg"),
    actor("almi", "Almi Väst", "CAPITAL_ACTOR", "CAPITAL", "ale"),
    actor("kluster", "Älvklustret", "CLUSTER", "HYBRID", "boras", foundedIn=2010),
    actor("natverk", "Nätverket Öst", "NETWORK", "CIVIL_SOCIETY"),
    actor("konstig", AWKWARD, "OTHER", "CIVIL_SOCIETY", description=AWKWARD, website=AWKWARD),
    actor("tom", "Ideell Förening Café", "OTHER", "CIVIL_SOCIETY", sources=[]),
]

COLLABORATIONS = [
    collaboration("chalmers", "volvo", "RESEARCH", 3.5, since="2018", until="2019-06", evidence="Avtal om forskning"),
    collaboration("chalmers", "volvo", "PROJECT", initiative="initiative:elbil"),
    collaboration("chalmers", "gu", "PARTNERSHIP", 0.125, since="2020-02-29", sources=[]),
    collaboration("gu", "lindholmen", "EDUCATION", until="2010"),
    collaboration("lindholmen", "tvilling-b", "OTHER", since="2018-04"),
    collaboration("ale", "boras", "PARTNERSHIP", 2.0, since="2018-04-12"),
]

THINGS: Mapping[str, list[Row]] = {
    "Source": [
        {
            "id": "source:rapport",
            "slug": "rapport",
            "title": "Årsrapport",
            "publisher": "Göteborgs universitet",
            "url": "https://gu.se/rapport",
            "language": "sv",
            "accessed": "2026-11",
        },
        {"id": "source:statistik", "slug": "statistik", "title": "Statistics", "language": "en"},
        {"id": "source:arkiv", "slug": "arkiv", "title": "Arkiv"},
    ],
    "Challenge": [
        named("challenge", "kompetens", "Kompetensförsörjning", nameEn="Supply of skills", sources=["source:arkiv"]),
        named("challenge", "naringsliv", "Näringslivsklimat"),
    ],
    "Competence": [
        named("competence", "batteri", "Batterier", nameEn="Batteries"),
        named("competence", "robotik", "Robotik"),
    ],
    "Actor": ACTORS,
    "Initiative": [
        named(
            "initiative",
            "elbil",
            "Elbilens år",
            nameEn="Year of the electric car",
            description="Batterier och fordon.",
            start="2018",
            end="2020-06",
            website="https://elbil.se",
            lead="actor:chalmers",
            challenges=["challenge:kompetens"],
            requiredCompetences=["competence:batteri"],
            sources=["source:rapport"],
        ),
        named("initiative", "yta", "Öppen yta"),
    ],
    "Collaboration": COLLABORATIONS,
    "Affiliation": [
        affiliation("volvo", "kluster", "MEMBER", since="2012-03", role="Styrelse", evidence="Lista"),
        affiliation("gu", "kluster", "MEMBER", since="2012", until="2016-12-31"),
        affiliation("ale", "gr", "MEMBER"),
        affiliation("goteborg", "brg", "OWNER", share=1.0, since="1999"),
        affiliation("goteborg", "lindholmen", "OWNER", share=0.3333),
        affiliation("almi", "tvilling-a", "FUNDER", sources=["source:arkiv"]),
        affiliation("chalmers", "natverk", "COORDINATOR"),
        affiliation("lindholmen", "kluster", "HOST", until="2030"),
    ],
    "Participation": [
        participation("chalmers", "elbil", "LEAD", since="2018-02"),
        participation("volvo", "elbil", "PARTNER", until="2019"),
        participation("gu", "elbil", "PARTNER", sources=["source:rapport"]),
        participation("lindholmen", "yta", "HOST"),
    ],
    "Agreement": [
        named(
            "agreement",
            "avtal",
            "Samverkansavtal",
            signed="2018-04",
            document="https://gr.se/avtal",
            areas=["tillväxt", 'an "area"'],
            parties=["actor:brg", "actor:gr"],
            sources=["source:rapport"],
        ),
        named("agreement", "gammalt", "Gammalt avtal", until="2001", areas=[]),
    ],
    "Service": [
        named(
            "service",
            "yesbox",
            "Yesbox",
            audience="NEW_BUSINESSES",
            providers=["actor:brg"],
            municipalities=["actor:goteborg", "actor:ale"],
        ),
        named("service", "lots", "Lots", audience="ALL", providers=["actor:almi"], sources=["source:arkiv"]),
    ],
}

LINKS: Mapping[str, list[Link]] = {
    "actor_competence": [
        ("actor:chalmers", "competence:batteri", "source:rapport"),
        ("actor:volvo", "competence:batteri", None),
    ],
    "actor_need": [("actor:almi", "competence:batteri", "source:statistik")],
}

REGION = Batch(THINGS, LINKS)
