"""The API's own scalars, and its closed lists."""

from enum import Enum
from typing import NewType

import strawberry

from graph_api.model import vocabulary
from graph_api.model.values import span
from graph_api.schema.bind import enum_type, put

PartialDate = NewType("PartialDate", str)
DateTime = NewType("DateTime", str)


def _partial_date(value: object) -> str:
    span(str(value) if isinstance(value, str) else "")
    return str(value)


put(
    "PartialDate",
    strawberry.scalar(
        PartialDate,
        name="PartialDate",
        description="A calendar date known to the year, the month or the day: 2018, 2018-04 or 2018-04-12.",
        serialize=str,
        parse_value=_partial_date,
    ),
)
put(
    "DateTime",
    strawberry.scalar(
        DateTime, name="DateTime", description="A moment, as RFC 3339 has it.", serialize=str, parse_value=str
    ),
)

for _listed in vars(vocabulary).values():
    if isinstance(_listed, type) and issubclass(_listed, Enum) and _listed is not Enum:
        enum_type(_listed)
