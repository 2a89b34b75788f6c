"""Settings → store → schema → routes. The composition root: nothing else wires parts together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

from graph_api.analysis.worker import Analyst, Progress
from graph_api.config import Settings
from graph_api.errors import BadValue
from graph_api.http import export, pages
from graph_api.http.graphql import GraphQLRoute, Terms
from graph_api.http.identity import Tokens
from graph_api.http.persisted import Persisted, registered
from graph_api.http.streaming import Lines, LiveRoute
from graph_api.plan.bounds import Bounds
from graph_api.plan.select import Limits
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema import mutation, query
from graph_api.schema.planned import Allowance, PlannedSchema
from graph_api.stores.base import RunsMeasures, Store
from graph_api.stores.past import Past


def schema_of(store: Store, settings: Settings) -> PlannedSchema:
    """The schema over a store, within the limits of the settings."""
    limits = Limits(page_default=settings.page_size_default, page_max=settings.page_size_max)
    allowance = Allowance(
        limits=limits,
        bounds=Bounds(
            bytes=settings.document_bytes_max,
            tokens=settings.document_tokens_max,
            aliases=settings.aliases_max,
            directives=settings.directives_max,
        ),
        rows_max=settings.rows_max,
        values_max=settings.values_max,
        result_bytes_max=settings.result_bytes_max,
        depth_max=settings.depth_max,
        cache_bytes=settings.document_cache_bytes,
        answers_bytes=settings.answer_cache_bytes,
        introspection=settings.introspection,
    )
    return PlannedSchema(store, {**query.ANSWERS, **mutation.ANSWERS}, allowance)


def context_of(store: Store, settings: Settings, progress: Progress | None = None) -> Context:
    """What requests share; `progress` is told how far a long analysis has come."""
    analyst = Analyst(
        workers=settings.analysis_workers_max,
        time_limit=settings.analysis_seconds_max,
        memory_limit=settings.analysis_bytes_max,
        queue_limit=settings.analysis_queue_max,
        engine=settings.analysis_engine,
        compute=store.compute if isinstance(store, RunsMeasures) else None,
        progress=progress,
    )
    return Context(store, Snapshots(store, Past(store)), analyst, Feed(store))


async def ready(store: Store, settings: Settings) -> None:
    """Make sure that the store can do what the settings ask of it.

    Raises:
        BadValue: analyses are to be computed in the database, and this one cannot.
    """
    if settings.analysis_engine != "gds":
        return
    lacking = await store.lacking() if isinstance(store, RunsMeasures) else None
    if lacking is None:
        message, hint = (
            "gds computes in Neo4j, and the store is embedded.",
            "Choose auto, or name a Neo4j by SAMVERKAN_STORE.",
        )
    elif lacking:
        message = f"Neo4j lacks {', '.join(lacking)}."
        hint = "Install Graph Data Science and allow its procedures (docs/guide-neo4j.md), or choose auto."
    else:
        return
    raise BadValue(message, place="SAMVERKAN_ANALYSIS_ENGINE", hint=hint)


def application(store: Store, settings: Settings) -> Starlette:
    """The server over an open store; it closes the store when it ends."""
    context, schema, tokens = context_of(store, settings), schema_of(store, settings), Tokens(settings.tokens)
    lines = Lines(settings.connections_max)
    terms = Terms(settings.body_bytes_max, settings.body_seconds_max, settings.batch_max)
    persisted = Persisted(settings.persisted_cache_bytes, _registered(schema, settings.documents))
    graphql = GraphQLRoute(
        schema, context, terms, persisted=persisted, lines=lines, ide=pages.graphiql(), tokens=tokens
    )
    live = LiveRoute(
        schema,
        context,
        lines,
        persisted=persisted,
        message_bytes_max=settings.body_bytes_max,
        operations_max=settings.connection_operations_max,
        tokens=tokens,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await context.close()
            await store.close()

    routes = [
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", live),
        *export.ROUTES,
        *pages.routes(settings.seed),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(CompressMiddleware)])
    app.state.store = store
    return app


# What the library does not know; and events are small and must not wait for others.
add_compress_type("application/graphql-response+json")
remove_compress_type("text/event-stream")


def _registered(schema: PlannedSchema, path: Path | None) -> Mapping[str, str] | None:
    """The registered documents, each of which fits the schema."""
    if path is None:
        return None
    documents = registered(path)
    for name, text in documents.items():
        for error in schema.documents.get(text).errors:
            hint = "Mend it, or take it out."
            raise BadValue(f'The document "{name}" is not in order: {error.message}', place=path, hint=hint)
    return documents
