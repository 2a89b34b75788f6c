"""Reads of a large graph: three levels beside the SQL that one would write by hand, and a late page beside the first."""

from pathlib import Path

import apsw
import orjson

from benchmarks.figures import Figure, compared, in_turns, run
from benchmarks.graph import LARGE, database
from graph_api.app import schema_of
from graph_api.config import Settings
from graph_api.schema.planned import PlannedSchema, encode
from graph_api.stores.sqlite.store import SqliteStore

THREE_LEVELS = """query($slug: String!) { municipality(slug: $slug) { name actors(first: 25) { nodes { name
  collaborators(first: 10) { edges { kind strength node { name competences(first: 10) { nodes { name } } } } } } } } }"""
BY_HAND = """
SELECT CAST(concat('{"municipality":{"name":',json_quote(m.name),',"actors":{"nodes":[',(
 SELECT group_concat(concat('{"name":',json_quote(a.name),',"collaborators":{"edges":[',(
  SELECT group_concat(concat('{"kind":',json_quote(t.kind),',"strength":',t.strength,',"node":{"name":',json_quote(x.name),
   ',"competences":{"nodes":[',(SELECT group_concat(concat('{"name":',json_quote(c.name),'}'),',') FROM (
    SELECT n.name FROM actor_competence p CROSS JOIN competence n ON n.pk=p.competence WHERE p.actor=x.pk ORDER BY n.name_key,n.id LIMIT 10) c),
   ']}}}'),',') FROM (
   SELECT e.tie,n.pk FROM (SELECT "to" AS other,pk AS tie FROM collaboration WHERE "from"=a.pk
    UNION ALL SELECT "from",pk FROM collaboration WHERE "to"=a.pk) e CROSS JOIN actor n ON n.pk=e.other
   ORDER BY n.name_key,n.id,e.tie LIMIT 10) r CROSS JOIN actor x ON x.pk=r.pk CROSS JOIN collaboration t ON t.pk=r.tie),']}}'),',')
 FROM (SELECT pk,name FROM actor WHERE municipality=m.pk ORDER BY name_key,id LIMIT 25) a),']}}}') AS BLOB)
FROM actor m WHERE m.slug=?
"""
PAGE = """query($after: String) { actors(first: 25, after: $after) { nodes { id name kind helix } pageInfo { endCursor hasNextPage } } }"""
SLUGS = [f"a{number:06d}" for number in range(13)]


async def _bytes(schema: PlannedSchema, query: str, **variables: object) -> bytes:
    result = await schema.execute(query, variables, None)
    assert not result.errors, result.errors
    return orjson.dumps(result.data, default=encode)


async def _measured(file: Path) -> list[Figure]:
    store, connection = SqliteStore(file), apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    connection.execute("PRAGMA mmap_size=1073741824; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY")
    schema = schema_of(store, Settings())

    async def planned() -> None:
        for slug in SLUGS:
            await _bytes(schema, THREE_LEVELS, slug=slug)

    async def by_hand() -> None:
        for slug in SLUGS:
            connection.execute(BY_HAND, (slug,)).fetchone()

    for slug in SLUGS:
        text = connection.execute(BY_HAND, (slug,)).get
        assert orjson.loads(text) == orjson.loads(await _bytes(schema, THREE_LEVELS, slug=slug)), slug
    three, hand = await in_turns(planned, by_hand)

    cursors: list[str | None] = [None]
    for _ in range(399):
        page = orjson.loads(await _bytes(schema, PAGE, after=cursors[-1]))
        cursors.append(page["actors"]["pageInfo"]["endCursor"])
    late, first = await in_turns(
        lambda: _bytes(schema, PAGE, after=cursors[-1]), lambda: _bytes(schema, PAGE, after=None), times=20
    )
    connection.close()
    await store.close()
    return [
        compared("municipality, 25 actors, 10 collaborators, competences; by hand in SQL", three, hand, 2),
        compared("page 400 beside page 1", late, first, 1.2),
    ]


def figures() -> list[Figure]:
    file, _ = database(LARGE)
    return run(lambda: _measured(file))
