"""A story: steps in the order of a person's day, each with a verdict of its own."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any


class Broken(Exception):
    """A promise of the story is not kept."""


class Blocked(Exception):
    """A step needs what an earlier one did not make."""


def expect(holds: object, promise: str, got: object = "") -> None:
    """A promise of the story."""
    if not holds:
        raise Broken(f"expected {promise}" + (f", got: {got}" if got != "" else ""))


class Story:
    """Methods called `step_N` are its steps, and the first lines of their docstrings their titles.

    What a step makes for later ones are attributes. A step that finds a part of the story without a command for it says
    `self.not_yet(...)`, and goes on with the rest.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._missing: list[str] = []

    def __getattr__(self, name: str) -> Any:
        raise Blocked(f"needs `{name}`, which an earlier step did not make")

    def not_yet(self, why: str) -> None:
        """Part of the story has nothing yet that could be tested."""
        self._missing.append(why)

    def close(self) -> None:
        """Ends what still runs."""

    @classmethod
    def steps(cls) -> list[int]:
        """The numbers of the steps."""
        return sorted(int(name.removeprefix("step_")) for name in dir(cls) if name.startswith("step_"))

    def tell(self, allow_missing: bool) -> int:
        """Runs the steps, prints their verdicts, and returns the exit code."""
        counts = dict.fromkeys(("passed", "not yet", "failed", "blocked"), 0)
        try:
            for number in self.steps():
                step = getattr(self, f"step_{number}")
                title = step.__doc__.splitlines()[0]
                self._missing = []
                start = time.monotonic()
                verdict, reasons = self._verdict(step)
                counts[verdict] += 1
                name, seconds = f"{type(self).__name__}.{number}", time.monotonic() - start
                print(f"{name:<6} {verdict:<8} {title} [{seconds:.1f} s]", flush=True)
                for reason in reasons:
                    print("".join(f"           {line}\n" for line in reason.splitlines()), end="", flush=True)
        finally:
            self.close()
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
        print(f"{sum(counts.values())} steps: {told}")
        return 1 if counts["failed"] or counts["blocked"] or (counts["not yet"] and not allow_missing) else 0

    def _verdict(self, step: Any) -> tuple[str, list[str]]:
        try:
            step()
        except (Broken, Blocked) as error:
            return "blocked" if isinstance(error, Blocked) else "failed", [str(error), *self._missing]
        except Exception:
            return "failed", [traceback.format_exc(), *self._missing]
        return ("not yet" if self._missing else "passed"), self._missing


def main(story: type[Story]) -> int:
    """The command line of a story."""
    parser = argparse.ArgumentParser(description=story.__doc__)
    parser.add_argument("--allow-missing", action="store_true", help="what is not there yet is no failure")
    parser.add_argument("--place", type=Path, help="directory to keep what is made (default: a temporary one)")
    options = parser.parse_args()
    if options.place is not None:
        if options.place.exists():
            # What lies there could make a step pass.
            parser.error(f"--place: {options.place} is there already; give a directory that is to be made")
        options.place.mkdir(parents=True)
        return story(options.place.resolve()).tell(options.allow_missing)
    place = Path(tempfile.mkdtemp(prefix=f"story-{story.__name__.lower()}-")).resolve()
    try:
        return story(place).tell(options.allow_missing)
    finally:
        shutil.rmtree(place, ignore_errors=True)
