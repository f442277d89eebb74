"""A ``cargo`` for tests, which packs what lies in a checkout."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import puppet
from site_packages import puppet_native

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

METADATA = "Metadata-Version: 2.4\nName: puppet\nVersion: 0.1.0\nRequires-Python: >=3.10\n\n# Puppet\n\nGrüße\n"

PROGRAM = f"""#!{sys.executable}
import json, pathlib, sys, zipfile

here = pathlib.Path.cwd()
with (here / "target/calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
if (here / "fault").exists():
    sys.exit((here / "fault").read_text())
assert sys.argv[1] == "chainner", sys.argv
command, *words = sys.argv[2:]
out = pathlib.Path(next(words[index + 1] for index, word in enumerate(words) if word in ("--out", "--out-dir")))
out.mkdir(parents=True, exist_ok=True)
metadata = {METADATA!r}.encode()
if command == "build":
    made = out / "puppet-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as wheel:
        for file in (here / "module").iterdir():
            wheel.write(file, "puppet/" + file.name)
        wheel.writestr("puppet-0.1.0.dist-info/METADATA", metadata)
    (out / "schema.json").touch()
    print(made)
    print(out / "schema.json")
elif command == "metadata":
    made = out / "puppet-0.1.0.dist-info"
    (made / "licenses").mkdir(parents=True)
    (made / "METADATA").write_bytes(metadata)
    (made / "entry_points.txt").write_text("[chainner.packages]\\npuppet = puppet\\n")
    (made / "licenses/LICENSE").write_text("free")
    print(made)
elif command == "sdist":
    made = out / "puppet-0.1.0.tar.gz"
    made.touch()
    print(made)
else:
    print("error: unrecognized subcommand", command, file=sys.stderr)
    sys.exit(2)
print("said on the way", file=sys.stderr)
"""


@dataclass(frozen=True)
class CargoOnPath:
    """A checkout with a `cargo` that packs its directory `module`, or fails with the text of its file `fault`."""

    checkout: Path

    @classmethod
    def in_place(cls, place: Path, monkeypatch: pytest.MonkeyPatch) -> CargoOnPath:
        """A checkout of `puppet`."""
        checkout = place / "checkout"
        for directory in ("module", "src", "target"):
            (checkout / directory).mkdir(parents=True)
        manifest = '[package]\nname = "puppet"\nversion = "0.1.0"\n\n[dependencies]\nname = "x"\n'
        (checkout / "Cargo.toml").write_text(manifest)
        (checkout / "src/lib.rs").write_text("// nodes\n")
        (checkout / "module/__init__.py").write_text("__version__ = '0.1.0'\ntold = __file__\n")
        (checkout / "module/__init__.pyi").write_text("__version__: str\n")
        (checkout / "module/py.typed").touch()
        (checkout / "module/schema.json").write_text(json.dumps(puppet()))
        (checkout / "module/_native.py").write_text(puppet_native())
        programs = place / "programs"
        programs.mkdir()
        (programs / "cargo").write_text(PROGRAM, "utf-8")
        (programs / "cargo").chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        return cls(checkout)

    @property
    def commands(self) -> list[list[str]]:
        """What it was asked, each without the word `chainner`."""
        calls = self.checkout / "target/calls"
        return [json.loads(line)[1:] for line in calls.read_text().splitlines()] if calls.exists() else []

    @property
    def calls(self) -> int:
        """How often it has built."""
        return sum(command[0] == "build" for command in self.commands)
