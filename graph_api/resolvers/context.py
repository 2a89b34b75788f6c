"""What a request carries to the functions that answer its fields."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_api.stores.base import Store

if TYPE_CHECKING:
    from graph_api.resolvers.analysis import Engine


@dataclass(frozen=True, slots=True)
class Context:
    """The store and the engine of analyses; one for all requests, since nothing in it is of one alone."""

    store: Store
    engine: "Engine"
