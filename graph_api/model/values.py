"""Values with a form of their own: partial dates as spans of days.

A partial date is known to the year, the month or the day. It stands for the span from its first to its last day; all comparisons of the
API are made on those two days, written as ISO text, whose order by bytes is the order of time.
"""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NewType

from graph_api.errors import BadPage, BadValue

ActorId = NewType("ActorId", str)
MunicipalityId = NewType("MunicipalityId", str)
ChallengeId = NewType("ChallengeId", str)
CompetenceId = NewType("CompetenceId", str)
ServiceId = NewType("ServiceId", str)

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

FORM = "a year, a month or a day: 2018, 2018-04 or 2018-04-12"


def check_first(first: int, most: int | None = None) -> None:
    """Refuse a number of things to be listed that is none.

    Raises:
        BadPage: `first` is below 0, or above `most`.
    """
    if first < 0 or (most is not None and first > most):
        range_ = "0 or more" if most is None else f"0 to {most:,}"
        raise BadPage(f"first is {first}.", place="first", hint=f"It is {range_}.")


@lru_cache(10_000)
def span(text: str) -> tuple[str, str]:
    """First and last day of a partial date, as ISO text.

    Raises:
        BadValue: the text is not YYYY, YYYY-MM or YYYY-MM-DD, or names no day of the calendar.

    >>> span("2018-02")
    ('2018-02-01', '2018-02-28')
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise BadValue(f"{text!r} is not a date.", hint=f"Write {FORM}.")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_day = day or calendar.monthrange(first.year, month or 12)[1]
        return first.isoformat(), date(first.year, month or 12, last_day).isoformat()
    except ValueError as error:
        raise BadValue(f"{text!r} is no day of the calendar.", hint=f"Write {FORM}.") from error


def ordinal(day: str) -> int:
    """The number of an ISO day (1 January of year 1 is 1), for columns of numbers.

    >>> ordinal("2018-01-02") - ordinal("2018-01-01")
    1
    """
    return date.fromisoformat(day).toordinal()
