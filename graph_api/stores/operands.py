"""What the operators of a filter compare, the same in every store: names of comparisons, bounds, and what becomes of a value first.

Knows no statement: a compiler spells the comparison, and binds what these functions make of a value.
"""

from graph_api.model.text import fold
from graph_api.model.values import span

COMPARISONS = {"eq": "=", "ne": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
"""By outward operator; SQL and Cypher spell them alike."""
UNIQUE = ("id", "slug")
"""Fields of which a value names one thing."""
MOMENT_BEFORE_ALL, MOMENT_AFTER_ALL = "", "9999-12-31"
DIAMETER_KM = 2 * 6371.0088
DEGREE_KM = 111.19
"""Of latitude, rounded down: 111.195."""


def folded(value: object) -> str:
    """As texts are compared without case and accents."""
    return fold(str(value))


def first_day(value: object) -> str:
    """Of a partial date."""
    return span(str(value))[0]


def last_day(value: object) -> str:
    """Of a partial date."""
    return span(str(value))[1]
