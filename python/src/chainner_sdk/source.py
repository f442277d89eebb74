"""Source checkouts: node packages under development, built when they have changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from . import cargo, schema
from .problem import PackageError, Problem

_SKIPPED = frozenset({"target", "dist", "node_modules", "__pycache__"})
_PATH = re.compile(r"""\bpath\s*=\s*["']([^"'\n]+)["']""")
_NAME = re.compile(r"""^name\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_VERSION = re.compile(r"""^version\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)

_NO_PACKAGE = "There is no node package in a directory that was given as a source checkout"
_LEAVE_IT_OUT = "give the directory of the package's Cargo.toml, or take it out: `python -m chainner_sdk link` without it"


@dataclass(frozen=True)
class Checkout:
    """A directory with the ``Cargo.toml`` of a node package."""

    directory: Path
    name: str
    version: str

    @classmethod
    def at(cls, directory: Path, fix: str = _LEAVE_IT_OUT, what: str = _NO_PACKAGE) -> Checkout:
        """The checkout in a directory. Raises :class:`PackageError` if there is none; ``fix`` and ``what`` are its words."""
        directory = Path(directory).expanduser().absolute()
        manifest = directory / "Cargo.toml"
        try:
            text = manifest.read_text("utf-8")
        except OSError as error:
            got = "no such file" if not manifest.exists() else str(error)
            raise PackageError(Problem(what, str(directory), "a Cargo.toml of a package", got, fix)) from error
        # Python 3.10 has no reader of TOML; what is asked for stands on lines of its own, as cargo writes them.
        section = re.search(r"^\[package\]\s*$(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
        name = _NAME.search(section[1]) if section is not None else None
        if section is None or name is None:
            got = "one without a name in [package]"
            raise PackageError(Problem(what, str(directory), "a Cargo.toml of a package", got, fix))
        version = _VERSION.search(section[1])
        checkout = cls(directory, name[1], version[1] if version is not None else "unknown")
        return checkout if version is not None else replace(checkout, version=checkout._version_of_workspace())

    @property
    def module(self) -> str:
        """Name of the Python module that it becomes."""
        return self.name.replace("-", "_")

    @property
    def rebuild(self) -> str:
        """How a person builds it."""
        return f"build it to see why: `cargo chainner build --debug` in {self.directory}"

    @property
    def root(self) -> Path:
        """The workspace that it belongs to, or itself."""
        for directory in self.directory.parents:
            manifest = directory / "Cargo.toml"
            if manifest.is_file() and re.search(r"^\[workspace\b", manifest.read_text("utf-8"), re.MULTILINE):
                return directory
        return self.directory

    def _version_of_workspace(self) -> str:
        text = (self.root / "Cargo.toml").read_text("utf-8")
        section = re.search(r"^\[workspace\.package\]\s*$(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
        version = _VERSION.search(section[1]) if section is not None else None
        return version[1] if version is not None else "unknown"

    @property
    def _builds(self) -> Path:
        return self.root / "target" / "chainner-sdk" / self.module

    def built(self) -> Path | None:
        """Directory of the module of the last build that went well."""
        record = self._record()
        directory = Path(record.get("directory", "")) if record else None
        return directory if directory is not None and (directory / schema.FILE).is_file() else None

    def schema_directory(self) -> Path | None:
        """Directory of the newest ``schema.json`` at hand, without building."""
        candidates = [self.built(), self.directory / "dist", self.directory, self.directory / self.module]
        return next((place for place in candidates if place is not None and (place / schema.FILE).is_file()), None)

    def is_stale(self) -> bool:
        """Whether a source was changed, added or removed since the last build."""
        record = self._record()
        return self.built() is None or record is None or record.get("sources") != self._fingerprint()

    def build(self, *options: str, loud: bool = False) -> Path:
        """Builds it if it is stale; returns the directory of the module. Raises :class:`PackageError` if it does not build.

        ``options`` are more of ``cargo chainner build``; ``loud`` shows what that says.
        """
        sources = self._fingerprint()
        record, built = self._record(), self.built()
        if built is not None and record is not None and record.get("sources") == sources:
            return built
        wheel = self._wheel(options, loud)
        directory = self._unpack(wheel)
        text = json.dumps({"sources": sources, "directory": str(directory)}, indent=2)
        (self._builds / "build.json").write_text(text + "\n", "utf-8")
        return directory

    def _record(self) -> dict[str, str] | None:
        try:
            record = json.loads((self._builds / "build.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) else None

    def _wheel(self, options: tuple[str, ...], loud: bool) -> Path:
        try:
            self._builds.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PackageError(self._not_built("a directory that can be written to", str(error), self.rebuild)) from error
        words = ["build", *dict.fromkeys(("--debug", *options)), "--out", str(self._builds / "dist")]
        try:
            return cargo.made(self.directory, ".whl", *words, loud=loud)
        except cargo.ToolError as error:
            raise PackageError(self._not_built(error.expected, error.got, error.fix or self.rebuild)) from error

    def _unpack(self, wheel: Path) -> Path:
        # A directory for each build: a library that a running app has loaded must not change under it.
        try:
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()[:16]
            place = self._builds / digest
            if not (place / self.module / schema.FILE).is_file():
                fresh = Path(tempfile.mkdtemp(prefix="unpacking-", dir=self._builds))
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(fresh, [name for name in archive.namelist() if name.startswith(f"{self.module}/")])
                shutil.rmtree(place, ignore_errors=True)
                fresh.rename(place)
        except (OSError, zipfile.BadZipFile) as error:
            raise PackageError(self._not_built(f"a wheel at {wheel}", str(error), self.rebuild)) from error
        for old in self._builds.iterdir():
            if old.is_dir() and old not in (place, self._builds / "dist"):
                shutil.rmtree(old, ignore_errors=True)
        return place / self.module

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for file in sorted(self._sources()):
            status = file.stat()
            digest.update(f"{file}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        return digest.hexdigest()

    def _sources(self) -> set[Path]:
        """Every file that the build could read: those of the package, and of what it names by path."""
        files: set[Path] = set()
        seen: set[Path] = set()
        pending = [self.directory]
        root = self.root
        for name in ("Cargo.toml", "Cargo.lock"):
            if (root / name).is_file():
                files.add(root / name)
        if root != self.directory:
            pending += _named_by_path(root)
        while pending:
            directory = pending.pop()
            if directory in seen:
                continue
            seen.add(directory)
            for parent, directories, names in os.walk(directory):
                directories[:] = [name for name in directories if name not in _SKIPPED and not name.startswith(".")]
                files.update(Path(parent, name) for name in names if not name.startswith("."))
            pending += _named_by_path(directory)
        return files

    def _not_built(self, expected: str, got: str, fix: str) -> Problem:
        return Problem(f"{self.name} cannot run its nodes: its sources do not build", str(self.directory), expected, got, fix)


def _named_by_path(directory: Path) -> list[Path]:
    manifest = directory / "Cargo.toml"
    named = (Path(os.path.normpath(directory / path)) for path in _PATH.findall(manifest.read_text("utf-8")))
    return [path for path in named if (path / "Cargo.toml").is_file()]
