"""Python environments, asked by starting their interpreter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .problem import PackageError, Problem

# Isolated, as the app starts its interpreter: neither PYTHONPATH nor the user's own site-packages count.
_ISOLATED = "-I"
_QUESTION = """
import json, site, sys, sysconfig
def version(name):
    try:
        from importlib.metadata import version
        return version(name)
    except Exception:
        return None
def packages():
    try:
        from importlib.metadata import entry_points
        return sorted({entry.dist.metadata["Name"] for entry in entry_points(group="chainner.packages")})
    except Exception:
        return []
places = site.getsitepackages()
purelib = sysconfig.get_path("purelib")
print(json.dumps({
    "executable": sys.executable,
    "version": list(sys.version_info[:3]),
    "implementation": sys.implementation.name,
    "prefix": sys.prefix,
    "site_packages": purelib if purelib in places or not places else places[0],
    "sdk": version("chainner-sdk"),
    "numpy": version("numpy"),
    "packages": packages(),
    "armed": any(type(finder).__module__ == "chainner_sdk._start" for finder in sys.meta_path),
}))
"""


@dataclass(frozen=True)
class Environment:
    """An environment, as its own interpreter sees it when the app starts it."""

    python: Path
    version: tuple[int, int, int]
    implementation: str
    prefix: Path
    site_packages: Path
    sdk: str | None
    """Version of chainner-sdk in it."""
    numpy: str | None
    """Version of numpy in it."""
    armed: bool
    """Whether the start-up file was read and did its work."""
    packages: tuple[str, ...]
    """Names of the installed distributions that say that they hold a node package."""
    said: str
    """What the interpreter wrote to the standard error output while it started, which should be nothing."""

    @classmethod
    def of(cls, python: str | os.PathLike[str]) -> Environment:
        """The environment of an interpreter. Raises :class:`PackageError` if it does not answer."""
        command = [os.fspath(python), _ISOLATED, "-c", _QUESTION]
        what = "The interpreter does not answer"
        fix = "give the path of a Python 3.10 or newer, e.g. --python venv/bin/python"
        if not os.fspath(python):
            raise PackageError(Problem(what, None, "the path of a Python interpreter", "nothing", fix))
        if Path(python).is_dir() and shutil.which(python) is None:
            found = [place for place in _in_environment(Path(python)) if place.is_file()]
            fix = f"give its interpreter: --python {found[0]}" if found else fix
            raise PackageError(Problem(what, str(python), "a Python interpreter", "a directory", fix))
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120, check=False)
            answer = json.loads(done.stdout.strip().splitlines()[-1])
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PackageError(Problem(what, str(python), "a Python interpreter", str(error), fix)) from error
        except (ValueError, IndexError) as error:
            said = _beginning(done.stderr) or _beginning(done.stdout) or f"exit code {done.returncode}"
            raise PackageError(Problem(what, str(python), "an answer", said, fix)) from error
        major, minor, micro = answer["version"]
        return cls(
            Path(answer["executable"]),
            (major, minor, micro),
            answer["implementation"],
            Path(answer["prefix"]),
            Path(answer["site_packages"]),
            answer["sdk"],
            answer["numpy"],
            answer["armed"],
            tuple(answer.get("packages", ())),
            done.stderr.strip(),
        )

    @property
    def title(self) -> str:
        """The environment in a few words."""
        return f"{self.implementation} {'.'.join(map(str, self.version))} in {self.prefix}"

    def run_sdk(self, *arguments: str) -> int:
        """Runs ``python -m chainner_sdk`` there, and returns how it ended."""
        return subprocess.run([str(self.python), _ISOLATED, "-m", "chainner_sdk", *arguments], check=False).returncode


def _in_environment(directory: Path) -> tuple[Path, ...]:
    return tuple(directory / name for name in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"))


def _beginning(said: str, lines: int = 3, width: int = 160) -> str:
    """What a program said first: one that is no interpreter may well repeat the whole question."""
    return "\n".join(line if len(line) <= width else f"{line[:width]}…" for line in said.strip().splitlines()[:lines])


def python_of_app(directory: Path) -> Path:
    """The interpreter that the app keeps for itself, below its data folder or, if portable, its own folder."""
    candidates = [
        place / executable
        for place in (directory / "python" / "python", directory / "python", directory)
        for executable in ("python.exe", "bin/python3.11", "bin/python3", "bin/python")
    ]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    if not directory.is_dir():
        fix = "give the app's data folder, which has `python/python` in it (settings of the app, Python), or --python PATH"
        raise PackageError(Problem("There is no chaiNNer there", str(directory), "a directory", "no such directory", fix))
    checkout = any((directory / place / "server.py").is_file() for place in ("backend/src", "src", "."))
    fix = (
        "a checkout of chaiNNer has no interpreter of its own: give the one that you start it with, --python PATH"
        if checkout
        else "give the folder that has `python/python` in it (settings of the app, Python), or --python PATH"
    )
    raise PackageError(Problem("chaiNNer has no interpreter there", str(directory), str(candidates[1]), "no such file", fix))
