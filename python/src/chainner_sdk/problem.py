"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One fault, in the words of the person who has to mend it."""

    what: str
    """What is wrong, naming the package or node."""
    where: str | None = None
    """File, directory or entry point."""
    expected: str | None = None
    """What should have been there."""
    got: str | None = None
    """What was there."""
    fix: str | None = None
    """What to do, if possible a command."""

    def __str__(self) -> str:
        parts = {"where": self.where, "expected": self.expected, "got": self.got, "fix": self.fix}
        lines = [self.what]
        for key, text in parts.items():
            if text is not None:
                lines.append(f"  {key + ':':<10}" + text.replace("\n", "\n" + " " * 12))
        return "\n".join(lines)

    def sentence(self) -> str:
        """The same in one line, for places that show only one."""
        text = self.what
        if self.where is not None:
            text += f" ({self.where})"
        if self.expected is not None:
            text += f": expected {self.expected}"
        if self.got is not None:
            text += f"{':' if self.expected is None else ','} got {self.got}"
        if self.fix is not None:
            text += f"; {self.fix}"
        return " ".join(text.split())

    def as_json(self) -> dict[str, str | None]:
        """The problem as an object of a JSON document."""
        return asdict(self)


class PackageError(Exception):
    """Something is wrong with one package."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
