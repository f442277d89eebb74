"""Order of versions."""

from __future__ import annotations

import re


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version, e.g. ``(0, 1, 0)`` for ``0.1.0-beta.2``; compares as releases do.

    Pre-releases count as the release that they come before: they carry its interface.
    """
    numbers = re.match(r"\d+(\.\d+)*", version)
    if numbers is None:
        raise ValueError(f"{version!r} is not a version")
    parts = [int(part) for part in numbers.group().split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
