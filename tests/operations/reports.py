"""What became of random documents, for the end of the run."""

import os
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

SEED = int(os.environ.get("FUZZ_SEED") or f"{datetime.now(UTC):%Y%m%d}")
"""The day's."""

SEEN: dict[str, Counter[str]] = {}
"""By what was asked where: how many were answered, and the codes of the others."""


def answered(where: str, answer: Mapping[str, Any]) -> None:
    """Count it."""
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    for payload in (answer["data"] or {}).values() if "writes" in where else ():
        codes |= {error.get("code", "a user error") for error in payload.get("userErrors", ())}
    SEEN.setdefault(where, Counter()).update(codes or {"answered"})
