"""What is asked of a build with ``-C KEY=VALUE`` (``--config-settings``)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problem import PackageError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

SWITCHES = ("debug", "frozen", "locked", "offline")
"""Keys that are on or off."""
VALUES = ("jobs", "target", "target-dir")
"""Keys that have a value."""

_ON = frozenset({"", "1", "on", "true", "yes"})
_OFF = frozenset({"0", "false", "no", "off"})
_ONLY_BUILD = frozenset({"target"})
"""What metadata and sources have nothing to do with."""


@dataclass(frozen=True)
class Settings:
    """Options of ``cargo chainner``, in the order of their keys."""

    options: tuple[tuple[str, str | None], ...] = ()
    """Name and value; ``None`` for a switch that is on."""

    @classmethod
    def of(cls, config_settings: Mapping[str, str | list[str]] | None) -> Settings:
        """The options that the settings of a front-end stand for. Raises :class:`PackageError` for what is none."""
        options: list[tuple[str, str | None]] = []
        for given, values in sorted((config_settings or {}).items()):
            key = given.strip().removeprefix("--").replace("_", "-")
            value = _single(given, values)
            if key in SWITCHES:
                if _is_on(given, value):
                    options.append((key, None))
            elif key in VALUES:
                if not value:
                    raise _refused(f"The setting {given!r} has no value", f"-C {key}=…", "nothing", f"give one: -C {key}=…")
                options.append((key, value))
            else:
                raise _unknown(given, key)
        return cls(tuple(options))

    def arguments(self, command: str) -> list[str]:
        """The options as words of a command line."""
        words = []
        for name, value in self.options:
            if name not in _ONLY_BUILD or command == "build":
                words.append(f"--{name}" if value is None else f"--{name}={value}")
        return words


def _single(key: str, values: str | list[str]) -> str:
    several = [values] if isinstance(values, str) else list(values)
    if len(set(several)) != 1:
        got = ", ".join(map(repr, several)) or "nothing"
        raise _refused(f"The setting {key!r} has several values", "one", got, "give it once")
    return str(several[0]).strip()


def _is_on(key: str, value: str) -> bool:
    if value.lower() not in _ON | _OFF:
        raise _refused(f"The setting {key!r} is neither on nor off", "true or false", repr(value), f"-C {key}=true")
    return value.lower() in _ON


def _unknown(given: str, key: str) -> PackageError:
    known = (*SWITCHES, *VALUES)
    near = difflib.get_close_matches(key, known, n=1)
    fix = f"did you mean -C {near[0]}=…?" if near else "leave it out"
    return _refused("The build has no such setting", ", ".join(sorted(known)), repr(given), fix)


def _refused(what: str, expected: str, got: str, fix: str) -> PackageError:
    return PackageError(Problem(what, "config settings (-C, --config-settings)", expected, got, fix))
