"""Seeds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seed:
    value: int
