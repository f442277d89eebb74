"""The whole chain from a wheel to a node in the app, examined link by link."""

from __future__ import annotations

import importlib.metadata
import sys
from dataclasses import dataclass
from typing import Any

from . import __version__, link
from .environment import Environment
from .installed import GROUP
from .last_start import LastStart, summary
from .loading import discover
from .native import here
from .problem import Problem
from .receipt import HOOK, Receipt
from .replacement import Replacement, as_known, chosen


@dataclass(frozen=True)
class Report:
    """What was found."""

    facts: dict[str, str]
    packages: tuple[str, ...]
    last_start: LastStart | None
    replacements: tuple[Replacement, ...]
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        lines = [f"{name + ':':<12} {text}" for name, text in self.facts.items()]
        lines += [f"{'package:':<12} {text}" for text in self.packages or ("none installed",)]
        if self.last_start is None:
            lines.append(f"{'last start:':<12} none since the environment was linked")
        else:
            nodes = sum(package["nodes"] for package in self.last_start.packages)
            shown = f"{counted(nodes, 'node')} of {counted(len(self.last_start.packages), 'package')}"
            lines.append(f"{'last start:':<12} {self.last_start.time}, {shown} in {self.last_start.app}")
        lines += [f"{'replacement:':<12} {one}" for one in self.replacements]
        for problem in self.problems:
            lines += ["", f"problem: {problem}"]
        lines += ["", f"{counted(len(self.problems), 'problem')} found" if self.problems else "no problems found"]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The report as an object of a JSON document."""
        return {
            "facts": self.facts,
            "packages": list(self.packages),
            "last_start": None if self.last_start is None else self.last_start.as_json(),
            "replacements": [one.as_json() for one in self.replacements],
            "problems": [problem.as_json() for problem in self.problems],
        }


def examine() -> Report:
    """Examines the running environment."""
    environment = Environment.of(sys.executable)
    receipt = Receipt.read(environment.site_packages)
    catalogue = discover()
    last = LastStart.read(environment.site_packages)
    problems = [*link.faults(environment), *catalogue.all_problems(), *_start_up_files_of_wheels()]
    problems += chosen(catalogue, receipt.replace)[1]
    if last is not None and last.packages == tuple(map(summary, catalogue)):
        # What only the running app could see; with other packages than now it would be old news.
        problems += [problem for problem in last.problems if problem not in problems]
    facts = {
        "sdk": __version__,
        "python": f"{here()}, {environment.python}",
        "numpy": environment.numpy or "none",
        "link": str(environment.site_packages / HOOK) if receipt.files else "not linked",
    }
    if receipt.sources:
        facts["sources"] = ", ".join(receipt.sources)
    packages = tuple(
        f"{package.name} {package.version} ({package.origin.value}), {counted(len(package.nodes), 'node')}, {package.directory}"
        for package in catalogue
    )
    return Report(facts, packages, last, tuple(as_known(catalogue, receipt.replace, last)), tuple(problems))


def counted(number: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _start_up_files_of_wheels() -> list[Problem]:
    """A node package has no business at the start of every Python."""
    found = []
    for entry in importlib.metadata.entry_points(group=GROUP):
        for file in (entry.dist.files if entry.dist is not None else None) or ():
            if file.suffix in (".pth", ".start"):
                name = entry.dist.metadata["Name"] if entry.dist is not None else entry.name
                what = f"{name} runs code at every start of Python"
                fix = f"uninstall {name} and tell its authors: `python -m chainner_sdk link` is all that is needed"
                found.append(Problem(what, str(file.locate()), "no start-up file in a node package", str(file), fix))
    return found
