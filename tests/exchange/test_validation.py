"""Faults in files: the seed broken in twelve ways, and a small region in every other."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_api.exchange.rows import FILES
from graph_api.exchange.validation import BadFiles, FaultCode, check, read
from tests.exchange import region

SEED = Path(__file__).parents[2] / "seed"
Table = list[list[str]]


def put(key: str, column: str, value: str) -> Callable[[Table], int]:
    """Sets a cell of the row that begins so; the line that it is on."""

    def change(table: Table) -> int:
        place = next(place for place, row in enumerate(table) if row[0] == key)
        table[place][table[0].index(column)] = value
        return place + 1

    return change


def repeat(key: str, **cells: str) -> Callable[[Table], int]:
    """Adds the row that begins so once more, at the end, with other cells."""

    def change(table: Table) -> int:
        row = list(next(row for row in table if row[0] == key))
        for column, value in cells.items():
            row[table[0].index(column)] = value
        table.append(row)
        return len(table)

    return change


def shorten(key: str) -> Callable[[Table], int]:
    """Takes the last cell from the row that begins so."""

    def change(table: Table) -> int:
        place = next(place for place, row in enumerate(table) if row[0] == key)
        table[place].pop()
        return place + 1

    return change


TIE = "collaboration:abro-foretagsforening:vasttrafik:knowledge_exchange"
OWNER = "affiliation:rise:sspa:owner"
BROKEN = {
    "a tie to an actor that is not there": (
        "collaborations.csv",
        put(TIE, "to", "vastrafik"),
        "to",
        FaultCode.UNKNOWN_REFERENCE,
    ),
    "an actor twice": ("actors.csv", repeat("chalmers"), "slug", FaultCode.DOUBLE_ID),
    "a tie twice, from the other end": (
        "collaborations.csv",
        repeat(TIE, id="", **{"from": "vasttrafik", "to": "abro-foretagsforening"}),
        "to",
        FaultCode.DOUBLE_TIE,
    ),
    "a tie to itself": ("affiliations.csv", put(OWNER, "to", "rise"), "to", FaultCode.SELF_TIE),
    "a month that no year has": ("initiatives.csv", put("accel", "start", "2022-13"), "start", FaultCode.BAD_VALUE),
    "a day that no month has": (
        "sources.csv",
        put("2d-tech", "accessed", "2026-02-29"),
        "accessed",
        FaultCode.BAD_VALUE,
    ),
    "an end before the beginning": ("initiatives.csv", put("accel", "end", "2022-04"), "end", FaultCode.WRONG_ORDER),
    "a kind that is none": ("actors.csv", put("chalmers", "kind", "SCHOOL"), "kind", FaultCode.BAD_VALUE),
    "a fact without a source": (
        "participations.csv",
        put("participation:abb:electricity", "sources", ""),
        "sources",
        FaultCode.NO_SOURCE,
    ),
    "a seat in what is no municipality": (
        "actors.csv",
        put("chalmers", "municipality", "rise"),
        "municipality",
        FaultCode.NOT_A_MUNICIPALITY,
    ),
    "a share above 1": ("affiliations.csv", put(OWNER, "share", "80"), "share", FaultCode.BAD_VALUE),
    "a row that is cut off": ("actor_competence.csv", shorten("2d-tech"), None, FaultCode.WRONG_CELL_COUNT),
}
"""File, what is changed in it, and the column and code of the one fault that follows."""


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_in_the_seed_is_named_by_file_line_and_column(case: str, tmp_path: Path) -> None:
    """Whoever mends the data must find the cell without searching for it, and not be sent to cells that are right."""
    name, change, column, code = BROKEN[case]
    folder = tmp_path / "seed"
    shutil.copytree(SEED, folder)
    table = list(csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8"))))
    line = change(table)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)

    assert [(fault.code, fault.file, fault.line, fault.column) for fault in check(folder)] == [
        (code, str(folder / name), line, column)
    ]


SMALL = {
    "another kind's fact": (
        "actors",
        ",true,,,,,,,,,,,page",
        ",true,1440,,,,,,,,,,page",
        3,
        "code",
        FaultCode.WRONG_KIND,
    ),
    "half a position": ("actors", "12.05,57.9", "12.05,", 2, "latitude", FaultCode.HALF_POSITION),
    "a municipality with its seat elsewhere": (
        "actors",
        ",ale,page\nclub",
        ",,page\nclub",
        2,
        "municipality",
        FaultCode.NOT_A_MUNICIPALITY,
    ),
    "a municipality neither in nor out": ("actors", "Nol,true", "Nol,", 2, "inRegion", FaultCode.MISSING_VALUE),
    "no name": ("challenges", "Kompetens,", ",", 2, "name", FaultCode.MISSING_VALUE),
    "a link without source": ("actor_need", "energy,page", "energy,", 2, "source", FaultCode.NO_SOURCE),
    "a link twice": ("actor_need", "page\n", "page\nlab,energy,page\n", 3, "competence", FaultCode.DOUBLE_TIE),
    "a participation twice": (
        "participations",
        "page\n",
        "page\n,lab,test-bed,HOST,,,page\n",
        3,
        "initiative",
        FaultCode.DOUBLE_TIE,
    ),
    "an id twice": (
        "affiliations",
        "Is on the board,page\n",
        "Is on the board,page\naffiliation:lab:club:member,ale,club,MEMBER,,,,,,page\n",
        3,
        "id",
        FaultCode.DOUBLE_ID,
    ),
    "an actor in a list twice": ("agreements", "ale;lab", "ale;ale", 2, "parties", FaultCode.DOUBLE_REFERENCE),
    "a service where no municipality is": (
        "services",
        "lab,ale",
        "lab,lab",
        2,
        "municipalities",
        FaultCode.NOT_A_MUNICIPALITY,
    ),
    "an agreement that ends before it is signed": (
        "agreements",
        ",2020,",
        ",2018-03,",
        2,
        "until",
        FaultCode.WRONG_ORDER,
    ),
    "a column too few": (
        "competences",
        "slug,name,nameEn\nenergy,Energi,Energy",
        "slug,name\nenergy,Energi",
        1,
        "nameEn",
        FaultCode.MISSING_COLUMN,
    ),
    "a column that is not known": (
        "challenges",
        "sources\n",
        "sources,colour\n",
        1,
        "colour",
        FaultCode.UNKNOWN_COLUMN,
    ),
    "a column twice": ("challenges", "sources\n", "sources,name\n", 1, "name", FaultCode.DOUBLE_COLUMN),
    "semicolons for commas": (
        "actor_need",
        "actor,competence,source",
        "actor;competence;source",
        1,
        None,
        FaultCode.NOT_CSV,
    ),
    "a quote that is not closed": ("challenges", "Kompetens,", '"Kompetens,', 2, None, FaultCode.NOT_CSV),
    "an empty file": ("actor_need", region.FILES["actor_need.csv"], "", None, None, FaultCode.EMPTY_FILE),
}
"""File, a text in it, what stands there instead, and line, column and code of the one fault that follows."""


@pytest.mark.parametrize("case", SMALL)
def test_a_fault_in_the_small_region_is_found_alone(case: str, tmp_path: Path) -> None:
    """One mistake gives one fault, and not a second one that follows from it."""
    name, old, new, line, column, code = SMALL[case]
    text = region.FILES[f"{name}.csv"]
    assert text.count(old) == 1
    folder = region.folder(tmp_path, **{name: text.replace(old, new)})

    assert [(Path(fault.file).name, fault.line, fault.column, fault.code) for fault in check(folder)] == [
        (f"{name}.csv", line, column, code)
    ]


def test_a_missing_file_and_an_unknown_one_are_named(tmp_path: Path) -> None:
    """A file with a slip in its name would be passed over in silence otherwise."""
    folder = region.folder(tmp_path)
    (folder / "challenges.csv").rename(folder / "challenge.csv")
    faults = check(folder)

    assert [(Path(fault.file).name, fault.code) for fault in faults] == [
        ("challenge.csv", FaultCode.UNKNOWN_FILE),
        ("challenges.csv", FaultCode.MISSING_FILE),
    ]
    assert faults[0].hint == 'Did you mean "challenges.csv"?'


def test_a_file_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path) -> None:
    """Spreadsheets save Swedish letters in older codes, where å would become another letter."""
    folder = region.folder(tmp_path)
    (folder / "services.csv").write_bytes(region.FILES["services.csv"].encode("latin-1"))
    faults = check(folder)

    assert [(fault.line, fault.code) for fault in faults] == [(2, FaultCode.NOT_UTF8)]
    assert faults[0].hint == "Save the file as CSV UTF-8."


def test_every_fault_code_is_met_by_a_case() -> None:
    """A check that no file trips over is no check."""
    met = {case[-1] for case in (*BROKEN.values(), *SMALL.values())} | {
        FaultCode.MISSING_FILE,
        FaultCode.UNKNOWN_FILE,
        FaultCode.NOT_UTF8,
    }

    assert met == set(FaultCode)


def test_a_fault_is_printed_as_place_message_hint_and_code(tmp_path: Path) -> None:
    """The text alone must be enough to mend it."""
    folder = region.folder(tmp_path, affiliations=region.FILES["affiliations.csv"].replace("lab,club", "lab,clubb"))

    assert [str(fault) for fault in check(folder)] == [
        f'{folder / "affiliations.csv"}, line 2, column "to": no actor has the slug "clubb". Did you mean "club"? [UNKNOWN_REFERENCE]'
    ]


def test_all_faults_are_told_at_once_in_order_of_place(tmp_path: Path) -> None:
    """To mend one, and then be told of the next, is a day's work in a file of thousands."""
    folder = region.folder(
        tmp_path,
        sources=region.FILES["sources.csv"].replace("2026-11", "soon"),
        actors=region.FILES["actors.csv"].replace("NETWORK,HYBRID", "CLAN,HYBRID").replace(",1998,", ",0,"),
    )

    assert [(Path(fault.file).name, fault.line, fault.column) for fault in check(folder)] == [
        ("actors.csv", 3, "kind"),
        ("actors.csv", 4, "foundedIn"),
        ("sources.csv", 2, "accessed"),
    ]


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    """That is how a spreadsheet saves CSV."""
    folder = region.folder(tmp_path)
    plain = read(folder)
    for name, text in region.FILES.items():
        (folder / name).write_text(text, encoding="utf-8-sig", newline="\r\n")

    assert read(folder) == plain


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """Names say what a column is, not its place."""
    plain = read(region.folder(tmp_path))
    folder = region.folder(tmp_path, actor_need="source,competence,actor\npage,energy,lab\n")

    assert read(folder).links == plain.links


def test_a_tie_without_an_id_is_given_one_with_its_ends_in_order(tmp_path: Path) -> None:
    """Who writes a file by hand need not know how ids are made, nor which end comes first."""
    cells = "collaboration:ale:lab:project:2018,ale,lab"
    folder = region.folder(tmp_path, collaborations=region.FILES["collaborations.csv"].replace(cells, ",lab,ale"))
    (tie,) = read(folder).things["Collaboration"]

    assert (tie["id"], tie["from"], tie["to"]) == ("collaboration:ale:lab:project:2018", "actor:ale", "actor:lab")


def test_rows_are_as_a_store_takes_them(tmp_path: Path) -> None:
    """Every value has its own type from here on."""
    batch = read(region.folder(tmp_path))
    actor, initiative = batch.things["Actor"][0], batch.things["Initiative"][0]

    assert (actor["id"], actor["longitude"], actor["population"], actor["inRegion"], actor["nameEn"]) == (
        "actor:ale",
        12.05,
        32446,
        True,
        None,
    )
    assert (initiative["lead"], initiative["challenges"], initiative["requiredCompetences"]) == (
        "actor:ale",
        ["challenge:skills"],
        ["competence:energy"],
    )
    assert batch.links["actor_need"] == [("actor:lab", "competence:energy", "source:page")]


def test_files_may_be_given_one_by_one_as_streams() -> None:
    """An upload is a stream and may hold some of the files; what its references name may be elsewhere."""
    batch = read({"actor_need.csv": io.BytesIO(region.FILES["actor_need.csv"].encode())})

    assert batch.links["actor_need"] == [("actor:lab", "competence:energy", "source:page")]


def test_files_with_a_fault_are_refused_whole_and_say_so(tmp_path: Path) -> None:
    """Whoever reads the message must know what became of the rows that were right."""
    with pytest.raises(BadFiles, match="Nothing was written") as refused:
        read(region.folder(tmp_path, competences="slug,name,nameEn\nenergy,,\n"))

    assert [fault.code for fault in refused.value.faults] == [FaultCode.MISSING_VALUE]


def test_the_small_region_has_every_file_and_no_fault(tmp_path: Path) -> None:
    """The cases above break something that was whole."""
    assert set(region.FILES) == set(FILES)
    assert check(region.folder(tmp_path)) == []
