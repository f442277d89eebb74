"""Environments for tests: an interpreter of their own, and packages written or shared into them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """A ``site-packages`` directory, with an interpreter if it is that of an environment."""

    directory: Path
    python: Path = Path(sys.executable)

    @classmethod
    def fresh(cls, place: Path, *, share_all: bool = False) -> Site:
        """An environment that has chainner-sdk and numpy, or all that this one has, but none of its start-up files."""
        venv.create(place, with_pip=False)
        python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = cls(Path(subprocess.check_output([python, "-I", "-c", ask], text=True).strip()), python)
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            wanted = share_all or entry.name.split("-")[0] in ("numpy", "numpy.libs", "chainner_sdk")
            if wanted and entry.suffix != ".pth" and not entry.name.startswith(("chainner_sdk_link", "__pycache__")):
                target = site.directory / entry.name
                if not target.exists():
                    target.symlink_to(entry.resolve(), target_is_directory=entry.is_dir())
        return site

    def install(self, name: str, schema: Any, native: str | None = None, version: str = "1.0", module: str | None = None) -> Path:
        """Writes a package as pip would install it; returns the directory of its module."""
        module = module or name.replace("-", "_")
        directory = self.directory / module
        directory.mkdir(parents=True)
        (directory / "__init__.py").write_text("")
        if schema is not None:
            text = schema if isinstance(schema, str) else json.dumps(schema, indent=2, ensure_ascii=False)
            (directory / "schema.json").write_text(text, "utf-8")
        if native is not None:
            (directory / "_native.py").write_text(native, "utf-8")
        info = self.directory / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[chainner.packages]\n{module} = {module}\n")
        return directory

    def uninstall(self, module: str) -> None:
        """Takes a package away again."""
        for place in (self.directory / module, *self.directory.glob(f"{module}-*.dist-info")):
            shutil.rmtree(place, ignore_errors=True)

    def run(self, *arguments: object, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the interpreter and expects an exit code."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        variables |= {"PYTHONNOUSERSITE": "1", **environment}
        command = [str(self.python), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, env=variables, cwd=self.directory, check=False)
        assert done.returncode == code, f"{command}\nended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def sdk(self, *arguments: object, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs ``python -m chainner_sdk``."""
        return self.run("-m", "chainner_sdk", *arguments, code=code, **environment)

    def names(self) -> set[str]:
        """What is in the directory."""
        return {entry.name for entry in self.directory.iterdir() if entry.name != "__pycache__"}


def puppet_native() -> str:
    """The source of the native half of the package ``puppet``."""
    return (HERE / "packages/puppet/_native.py").read_text("utf-8")


def double_native() -> str:
    """The source of the native half of the package ``double``."""
    return (HERE / "packages/double/_native.py").read_text("utf-8")
