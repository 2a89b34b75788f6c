"""The API's own scalars, and its closed lists."""

from enum import Enum
from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

from graph_api.model import vocabulary
from graph_api.model.values import span
from graph_api.schema.bind import enum_type, put
from graph_api.schema.values import MEANINGS

PartialDate = NewType("PartialDate", str)
DateTime = NewType("DateTime", str)
JSON = NewType("JSON", object)


def _partial_date(value: object) -> str:
    span(str(value) if isinstance(value, str) else "")
    return str(value)


def _as_it_is(value: object) -> object:
    return value


put("PartialDate", PartialDate)
put("DateTime", DateTime)
put("JSON", JSON)

CONFIG = StrawberryConfig(
    auto_camel_case=False,
    scalar_map={
        PartialDate: strawberry.scalar(
            name="PartialDate",
            description="A calendar date known to the year, the month or the day: 2018, 2018-04 or 2018-04-12.",
            serialize=str,
            parse_value=_partial_date,
        ),
        DateTime: strawberry.scalar(
            name="DateTime", description="A moment, as RFC 3339 has it.", serialize=str, parse_value=str
        ),
        JSON: strawberry.scalar(
            name="JSON", description="Any value of JSON.", serialize=_as_it_is, parse_value=_as_it_is
        ),
    },
)
"""How Strawberry reads the types: names as they are, scalars as above."""

for _listed in vars(vocabulary).values():
    if isinstance(_listed, type) and issubclass(_listed, Enum) and _listed is not Enum:
        enum_type(_listed, MEANINGS[_listed.__name__])
