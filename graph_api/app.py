"""Settings → store → schema → routes. The composition root: nothing else wires parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.analysis.worker import Analyst
from graph_api.config import Settings
from graph_api.http import export, pages
from graph_api.http.graphql import GraphQLRoute
from graph_api.plan.bounds import Bounds
from graph_api.plan.select import Limits
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema import mutation, query
from graph_api.schema.planned import Allowance, PlannedSchema
from graph_api.stores.base import Store


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
        introspection=settings.introspection,
    )
    return PlannedSchema(store, {**query.ANSWERS, **mutation.ANSWERS}, allowance)


def context_of(store: Store, settings: Settings) -> Context:
    """What requests share."""
    analyst = Analyst(time_limit=settings.analysis_seconds_max, queue_limit=settings.analysis_queue_max)
    return Context(store, Snapshots(store), analyst, Feed(store))


def application(store: Store, settings: Settings) -> Starlette:
    """The server over an open store; it closes the store when it ends."""
    context = context_of(store, settings)
    graphql = GraphQLRoute(
        schema_of(store, settings), context, body_bytes_max=settings.body_bytes_max, ide=pages.graphiql()
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await context.analyst.close()
            await store.close()

    routes = [Route("/graphql", graphql), *export.ROUTES, *pages.routes(settings.seed)]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.store = store
    return app
