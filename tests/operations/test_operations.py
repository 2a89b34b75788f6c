"""Golden operations over the real region: question, answer, plan and statements side by side, a folder each.

A golden file only says that nothing changed; what must hold is asserted by hand, in lines `# expect: PATH OP VALUE` of the question: a dotted path
into the answer (`length` of a list or an object's keys), one of == != < <= > >= contains, and a JSON value. `UPDATE_GOLDEN=1` rewrites the files.
"""

import json
import operator
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph_api import __version__
from graph_api.plan.explain import explain
from tests.operations.region import Region

FOLDER = Path(__file__).parent
OPERATIONS = sorted(path.parent for path in FOLDER.glob("*/operation.graphql"))
STATEMENT_BYTES_MAX = 20_000

OPS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "contains": operator.contains,
}


# ------------------------------------------------------------------------------------------------ golden files
def rewrites(environment: Mapping[str, str]) -> bool:
    """Whether golden files are written anew; never in CI, where that would make every answer right."""
    if environment.get("UPDATE_GOLDEN") != "1":
        return False
    if environment.get("CI", "").lower() in ("1", "true"):
        raise RuntimeError("Golden files are not rewritten in CI. Rewrite them where you can read what changed.")
    return True


def differs(file: Path, text: str) -> str | None:
    """Why the text is not what the file holds, unless it is; writes it where that is asked for."""
    if rewrites(os.environ):
        if text:
            file.write_text(text, encoding="utf-8")
        else:
            file.unlink(missing_ok=True)
    known = file.read_text(encoding="utf-8") if file.exists() else ""
    if known == text:
        return None
    return f"{file.parent.name}/{file.name} is otherwise:\n{text}"


# ------------------------------------------------------------------------------------------------ expectations
def expectations(question: str) -> list[str]:
    return re.findall(r"^# expect: (.+)$", question, re.MULTILINE)


def at(answer: Any, path: str) -> Any:
    """What lies at a dotted path; `length` counts, unless an object has a key of that name."""
    for step in path.split("."):
        if step == "length" and not (isinstance(answer, dict) and "length" in answer):
            answer = len(answer)
        else:
            answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


def holds(answer: Any, expectation: str) -> bool:
    path, op, value = expectation.split(" ", 2)
    return OPS[op](at(answer, path), json.loads(value))


# ------------------------------------------------------------------------------------------------ statements
TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|[()]|\b(?:SELECT|FROM|CROSS JOIN|LEFT JOIN|WHERE|ORDER BY|GROUP BY|LIMIT|UNION ALL|UNION)\b"
    r"|\w+|[^\w'\"()]+"
)
BREAKS = frozenset(
    {"SELECT", "FROM", "CROSS JOIN", "LEFT JOIN", "WHERE", "ORDER BY", "GROUP BY", "LIMIT", "UNION ALL", "UNION"}
)


def laid_out(sql: str) -> str:
    """The statement with a line a clause, each SELECT within another two spaces deeper."""
    tokens = TOKEN.findall(sql)
    assert "".join(tokens) == sql, "nothing of a statement is lost"
    lines, line = [], ""
    depths: list[bool] = []
    for number, token in enumerate(tokens):
        if token == "(":
            depths.append(tokens[number + 1] == "SELECT")
        elif token == ")":
            depths.pop()
        # A clause of the SELECT whose bracket is the last open one; within a function's brackets it stays in its line.
        if token in BREAKS and (not depths or depths[-1]):
            lines.append(line.rstrip())
            line = "  " * sum(depths)
        line += token
    return "\n".join([*lines[1:], line.rstrip()]) + "\n"


CYPHER_BREAKS = re.compile(
    r"(?<!STARTS)(?<!ENDS)(?<!OPTIONAL) (?=OPTIONAL MATCH |MATCH |WITH |RETURN |ORDER BY |UNWIND |\})"
    r"|(?<=[\[,])(?=(?:CASE WHEN \w+\.kind IN .*? THEN )?(?:COLLECT|COUNT) \{)"
)


def laid_out_cypher(text: str) -> str:
    """The statement with a line a clause, each subquery two spaces deeper."""
    lines, depth = [], 0
    for line in CYPHER_BREAKS.split(text):
        depth -= line.startswith("}")
        lines.append("  " * depth + line)
        depth += line.count("{") - line.count("}") + line.startswith("}")
    return "\n".join(lines) + "\n"


STATEMENTS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "sqlite": ("sqlite.sql", laid_out),
    "neo4j": ("neo4j.cypher", laid_out_cypher),
}
"""By store: the file of its statements, and how they are laid out."""


def variables(folder: Path) -> dict[str, Any]:
    """What an operation is asked with."""
    given = folder / "variables.json"
    return dict(json.loads(given.read_text(encoding="utf-8"))) if given.exists() else {}


# ------------------------------------------------------------------------------------------------ tests
@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in OPERATIONS])
def test_answer_plan_and_statements_are_as_written(region: Region, folder: Path) -> None:
    """Whoever changes the planner or a compiler sees at a glance what that does to real questions."""
    question = (folder / "operation.graphql").read_text(encoding="utf-8")
    answer, statements = region.ask(question, variables(folder))
    prepared = region.prepared(question)
    texts = [text for _, text in statements]

    assert [line for line in expectations(question) if not holds(answer, line)] == []
    assert same_answer(folder / "answer.json", answer) is None
    assert differs(folder / "plan.txt", explain(prepared.roots)) is None
    file, layout = STATEMENTS[region.store.name]
    assert differs(folder / file, "\n".join(map(layout, texts))) is None
    assert max((len(text.encode()) for text in texts), default=0) <= STATEMENT_BYTES_MAX
    # All planned roots are one statement, whatever their number; all things that computed answers name are one more.
    reads = ["read"] if prepared.roots else []
    assert [what for what, _ in statements] in ([reads] if prepared.rest is None else [reads, [*reads, "references"]])


def same_answer(file: Path, answer: Any) -> str | None:
    """As `differs`; figures of an analysis may differ in their last digits from machine to machine."""
    text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    if file.exists() and not rewrites(os.environ) and rounded(json.loads(file.read_text("utf-8"))) == rounded(answer):
        return None
    return differs(file, text)


def rounded(value: Any) -> Any:
    """With floats to nine digits, and pairs instead of objects, so that the order of keys counts."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return [(key, rounded(item)) for key, item in value.items()] if isinstance(value, dict) else value


def test_the_graph_says_which_store_it_is_in(region: Region) -> None:
    """The one answer in which stores differ."""
    answer, _ = region.ask("{ graph { store version changedAt } }")

    found = answer["data"]["graph"]
    assert (found["store"], found["version"]) == (region.store.name, __version__)
    assert datetime.fromisoformat(found["changedAt"]) <= datetime.now(UTC)


def test_there_are_enough_of_them() -> None:
    """Each root with what could go wrong in it, and twenty searches."""
    names = [folder.name for folder in OPERATIONS]

    assert len(names) >= 60
    assert sum(name.startswith("search_") for name in names) >= 20
    assert sum("# expect:" in (folder / "operation.graphql").read_text("utf-8") for folder in OPERATIONS) >= 60


def test_every_root_field_is_asked(region: Region) -> None:
    """A new root joins the golden operations, or this fails."""
    query = region.schema._schema.query_type
    assert query
    asked = "\n".join((folder / "operation.graphql").read_text("utf-8") for folder in OPERATIONS)

    assert [name for name in query.fields if not re.search(rf"\b{name}\b", asked)] == []


def test_golden_files_are_not_rewritten_in_ci() -> None:
    """A run that writes what it should compare would call every answer right."""
    assert not rewrites({"CI": "true"})
    assert rewrites({"UPDATE_GOLDEN": "1"})
    with pytest.raises(RuntimeError, match="not rewritten in CI"):
        rewrites({"UPDATE_GOLDEN": "1", "CI": "true"})


@pytest.mark.parametrize(
    ("expectation", "verdict"),
    [
        ("data.a.0 == 4", True),
        ("data.a.length == 2", True),
        ("data.a.1 != null", False),
        ('data.b contains "öte"', True),
        ("data.length == 2", True),
        ("data.a.0 < 4", False),
    ],
)
def test_expectations_can_fail(expectation: str, verdict: bool) -> None:
    """A check that cannot fail is none."""
    assert holds({"data": {"a": [4, None], "b": "Göteborg"}}, expectation) is verdict


def test_a_statement_laid_out_is_the_same_statement() -> None:
    """What is read in the golden file is what was run: only white space was added."""
    sql = "SELECT a,(SELECT group_concat(x,',' ORDER BY y) FROM t WHERE b='FROM ( it' AND c IN (SELECT 1)) FROM u"

    assert re.sub(r"\s+", " ", laid_out(sql)).replace("( ", "(").strip() == sql.replace("( it", "(it")
    assert laid_out(sql).splitlines()[1:3] == ["  SELECT group_concat(x,',' ORDER BY y)", "  FROM t"]
