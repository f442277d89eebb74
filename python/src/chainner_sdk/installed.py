"""Installed wheels of node packages, found by their entry points."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import editable, schema
from .problem import PackageError, Problem

GROUP = "chainner.packages"


@dataclass(frozen=True)
class Installed:
    """A distribution that says it holds a node package."""

    name: str
    module: str
    version: str
    directory: Path

    @property
    def checkout(self) -> Path | None:
        """The source checkout that it is a link to, if it was installed with ``pip install -e``."""
        return editable.checkout_of(self.directory)

    @cached_property
    def reinstall(self) -> str:
        """How to get it anew."""
        built = f" (this is {self.version} for {self.tags})" if self.tags else ""
        if self.tags == "py3-none-any":
            # The wheel without native code, which pip takes where no other fits.
            sources = f'"{sys.executable}" -m pip install --force-reinstall --no-binary {self.name} {self.name}'
            return (
                f"no wheel of it fits this platform{built}: ask its author for one, or build it from its sources, for which Rust "
                f"and cargo-chainner are needed: {sources}"
            )
        return f'reinstall it for this platform{built}: "{sys.executable}" -m pip install --force-reinstall {self.name}'

    @property
    def tags(self) -> str:
        """What the installed wheel was built for, e.g. ``cp310-abi3-win_amd64``, or nothing if it does not say."""
        try:
            wheel = importlib.metadata.distribution(self.name).read_text("WHEEL") or ""
        except importlib.metadata.PackageNotFoundError:
            return ""
        return ", ".join(re.findall(r"^Tag: *(\S+)", wheel, re.MULTILINE))


def normalised(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> tuple[list[Installed], list[Problem]]:
    """The node packages of this environment by name, and what was wrong with those that could not be found."""
    found: dict[tuple[str, str], Installed] = {}
    problems = []
    for entry in importlib.metadata.entry_points(group=GROUP):
        try:
            one = _installed(entry)
        except PackageError as error:
            problems.append(error.problem)
        except Exception as error:
            what = f"The entry point {entry.name!r} of the group {GROUP!r} cannot be read"
            got = f"{type(error).__name__}: {error}"
            problems.append(Problem(what, str(entry), "`module = module`", got, "reinstall its distribution"))
        else:
            found.setdefault((normalised(one.name), one.module), one)
    return [found[key] for key in sorted(found)], problems


def _installed(entry: importlib.metadata.EntryPoint) -> Installed:
    distribution = entry.dist
    name = distribution.metadata["Name"] if distribution is not None else entry.name
    version = distribution.version if distribution is not None else "unknown"
    module = entry.module
    places = []
    if distribution is not None:
        # Beside its metadata, whatever else has the same name: the app's own modules come first on sys.path.
        places.append(Path(str(distribution.locate_file(module.replace(".", "/")))))
    if not (places and (places[0] / schema.FILE).is_file()):
        spec = importlib.util.find_spec(module)
        places += [Path(place) for place in (spec.submodule_search_locations or ())] if spec is not None else []
    for place in places:
        if (place / schema.FILE).is_file():
            return Installed(name, module, version, place.resolve())
    raise PackageError(
        Problem(
            what=f"{name} {version} says that it holds a node package, but there is none",
            where=str(places[0]) if places else f"entry point {entry.name} = {entry.value}",
            expected=f"{schema.FILE} in the module {module}",
            got="no such file" if places else "no such module",
            fix=f'reinstall it: "{sys.executable}" -m pip install --force-reinstall {name}',
        )
    )
