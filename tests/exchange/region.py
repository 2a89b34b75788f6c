"""A region of a few rows in files, and a store of lists for it.

Ale (municipality) ── PROJECT since 2018 ── Lab (institute in Ale)        Lab ── MEMBER ──> Club (network)
Ale is named as the lead of Test bed, in which Lab takes part             Lab is competent in Energy and looks for it
Ale and Lab have an agreement; Lab provides a service in Ale              all of it was read in Page
"""

from collections.abc import AsyncIterator
from pathlib import Path

from graph_api.model.changes import Batch, Link, Row

FILES = {
    "actors.csv": (
        "slug,name,nameEn,kind,helix,description,descriptionEn,website,foundedIn,longitude,latitude,regionWide,code,population,populationOn,"
        "placeName,town,inRegion,organisationNumber,industries,employees,municipality,sources\n"
        "ale,Ale kommun,,MUNICIPALITY,GOVERNMENT,,,,,12.05,57.9,false,1440,32446,2023-12-31,Ale,Nödinge-Nol,true,,,,ale,page\n"
        "club,Klubben,The Club,NETWORK,HYBRID,,,,,,,true,,,,,,,,,,,page\n"
        'lab,"Lab ""Å & Ö"" <1>",,RESEARCH_INSTITUTE,ACADEMIA,Mäter.,Measures.,https://lab.example?a=1&b=2,1998,,,false,,,,,,,,,,ale,page\n'
    ),
    "collaborations.csv": (
        "id,from,to,kind,strength,since,until,evidence,initiative,sources\n"
        "collaboration:ale:lab:project:2018,ale,lab,PROJECT,1.5,2018,2020-06,Built a house,test-bed,page\n"
    ),
    "affiliations.csv": (
        "id,from,to,kind,role,share,since,until,evidence,sources\naffiliation:lab:club:member,lab,club,MEMBER,board,,,,Is on the board,page\n"
    ),
    "initiatives.csv": (
        "slug,name,nameEn,description,descriptionEn,start,end,website,lead,sources,challenges,requiredCompetences\n"
        "test-bed,Testbädd,Test bed,,,2018,2019,,ale,page,skills,energy\n"
    ),
    "participations.csv": "id,actor,initiative,role,since,until,sources\nparticipation:lab:test-bed,lab,test-bed,PARTNER,,,page\n",
    "challenges.csv": "slug,name,nameEn,sources\nskills,Kompetens,Skills,page\n",
    "competences.csv": "slug,name,nameEn\nenergy,Energi,Energy\n",
    "agreements.csv": "slug,name,nameEn,signed,until,document,areas,sources,parties\npact,Avtal,,2018-04,2020,,growth;skills,page,ale;lab\n",
    "services.csv": "slug,name,nameEn,audience,sources,providers,municipalities\nadvice,Råd,Advice,ALL,page,lab,ale\n",
    "sources.csv": "slug,title,publisher,url,language,accessed\npage,A page,Someone,https://page.example,en,2026-11\n",
    "actor_competence.csv": "actor,competence,source\nlab,energy,page\n",
    "actor_need.csv": "actor,competence,source\nlab,energy,page\n",
}
"""Every file by its name, as an export writes it."""


def folder(at: Path, **changed: str) -> Path:
    """The region in a folder; `changed` gives a file another text, by its name without the ending."""
    for name, text in FILES.items():
        (at / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8", newline="")
    return at


class Held:
    """A batch that answers as a store does: in order of id, and with a revision."""

    def __init__(self, batch: Batch, *, revision: int = 1) -> None:
        self.batch = batch
        self.now = revision
        self.reads = 0

    async def rows(self, entity: str) -> AsyncIterator[Row]:
        for row in sorted(self.batch.things.get(entity, ()), key=lambda row: str(row["id"])):
            self.reads += 1
            yield row

    async def links(self, pair: str) -> AsyncIterator[Link]:
        for link in sorted(self.batch.links.get(pair, ()), key=lambda link: link[:2]):
            yield link

    async def revision(self) -> int:
        return self.now

    async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
        self.batch, self.now = batch, self.now + 1
        return self.now
