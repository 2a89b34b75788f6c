"""How much faster a planned operation is than the same schema executed field by field.

Planned: `PlannedSchema.execute` and the answer's bytes, with the read of the store. Field by field: graphql-core over dictionaries that are in memory
already, the document parsed before, no check and no store, and orjson; less than any server would do.
"""

import orjson
from graphql import build_schema, execute_sync, parse

from benchmarks.figures import Figure, compared, in_turns, run
from benchmarks.graph import SMALL, database
from graph_api.app import schema_of
from graph_api.config import Settings
from graph_api.schema.planned import encode
from graph_api.stores.sqlite.store import SqliteStore

DOCUMENT = "{ actors(first: 1000) { nodes { id slug name kind helix } } }"


async def _measured() -> list[Figure]:
    store = SqliteStore(database(SMALL)[0])
    schema = schema_of(store, Settings())

    async def planned() -> bytes:
        result = await schema.execute(DOCUMENT, None, None)
        return orjson.dumps({"data": result.data}, default=encode)

    answer = orjson.loads(await planned())
    types = orjson.loads(
        orjson.dumps((await schema.execute("{ actors(first: 1000) { nodes { __typename } } }")).data, default=encode)
    )
    nodes = [
        {**fact, **type_}
        for fact, type_ in zip(answer["data"]["actors"]["nodes"], types["actors"]["nodes"], strict=True)
    ]
    plain, document, root = build_schema(schema.as_str()), parse(DOCUMENT), {"actors": {"nodes": nodes}}

    async def by_field() -> bytes:
        return orjson.dumps({"data": execute_sync(plain, document, root).data})

    assert orjson.loads(await by_field()) == answer
    assert len(nodes) == 1000
    ours, baseline = await in_turns(planned, by_field)
    await store.close()
    return [compared("1,000 actors, 5 fields: planned, times faster", ours, baseline, 10, faster=True)]


def figures() -> list[Figure]:
    return run(_measured)
