"""What search passes between store and ranking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    text: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
