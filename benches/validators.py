"""How many of the broken wheels each public validator finds, beside `cargo chainner verify`.

    python3 benches/validators.py

Packs the 65 broken wheels of `cargo-chainner/tests/verify.rs`, installs the validators into a virtual environment under
`target/`, shows every wheel to each of them, and prints a table: the codes of ours, and who refuses the wheel. The good
wheel is the control: who refuses it counts for nothing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "target" / "benches" / "validators"
PACKAGES = [
    "twine==7.0.0",
    "check-wheel-contents==0.6.3",
    "installer==1.1.0",
    "wheel==0.48.0",
    "wheel-inspect==1.7.2",
    "abi3audit==0.0.26",
    "auditwheel==6.8.2",
    "uv==0.13.9",
    "pip==26.3",
]


def main() -> None:
    """Shows the wheels around and prints the table."""
    programs = environment()
    wheels = PLACE / "wheels"
    test = ["cargo", "test", "-q", "-p", "cargo-chainner", "--test", "verify", "every_mutation"]
    subprocess.run(test, cwd=ROOT, env={**os.environ, "BROKEN_WHEELS": str(wheels)}, check=True, stdout=sys.stderr)
    subprocess.run(["cargo", "build", "-q", "-p", "cargo-chainner"], cwd=ROOT, check=True)
    rows = json.loads((wheels / "table.json").read_text("utf-8"))
    judges = validators(programs)
    caught: dict[str, list[str]] = {name: [] for name in judges}
    lines = []
    for row in rows:
        wheel = wheels / row["row"] / row["file"]
        refused = [name for name, accepts in judges.items() if not accepts(wheel)]
        for name in refused:
            caught[name].append(row["row"])
        lines.append((row, refused))
        print(f"{row['row']} {len(refused)} of {len(judges)}", file=sys.stderr)

    print("| row | mutation | codes | found by |\n|---|---|---|---|")
    harmful = [row for row, _ in lines if row["codes"]]
    for row, refused in lines:
        pypi = " (--pypi)" if row["pypi"] else ""
        print(f"| {row['row']} | {row['what']}{pypi} | {', '.join(row['codes'])} | {', '.join(refused)} |")
    print(f"\n| validator | found, of {len(harmful)} faults | harmless changes refused |\n|---|---|---|")
    for name, refused in caught.items():
        if "00" in refused:
            print(f"| {name} | refuses the good wheel | |")
            continue
        found = [row for row in harmful if row["row"] in refused]
        print(f"| {name} | {len(found)} | {len(refused) - len(found)} |")
    print("\nWhat `verify` tells as a warning is not counted; the test above proves that each fault has its code.")


def environment() -> Path:
    """The directory of the validators' programs."""
    directory = PLACE / "environment"
    if not (directory / "complete").exists():
        venv.create(directory, with_pip=True, clear=True)
        subprocess.run([directory / "bin" / "python", "-m", "pip", "install", "-q", *PACKAGES], check=True)
        (directory / "complete").touch()
    return directory / "bin"


def glibc(platform: str) -> tuple[int, int]:
    """The glibc of a manylinux tag; (0, 0) for any other tag."""
    match = re.match(r"manylinux_(\d+)_(\d+)_", platform)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def validators(programs: Path) -> dict[str, Callable[[Path], bool]]:
    """What each validator thinks of a wheel."""

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_COLOR": "1"}
        return subprocess.run(words, capture_output=True, text=True, errors="replace", check=False, env=quiet)

    def accepts(*words: str | Path) -> Callable[[Path], bool]:
        return lambda wheel: run(*words, wheel).returncode == 0

    def into(*words: str | Path) -> Callable[[Path], bool]:
        """As `accepts`, with a fresh directory for what is unpacked."""

        def judge(wheel: Path) -> bool:
            with tempfile.TemporaryDirectory() as directory:
                return run(*words, directory, wheel).returncode == 0

        return judge

    def wheel_inspect(wheel: Path) -> bool:
        said = run(programs / "wheel2json", wheel)
        return said.returncode == 0 and json.loads(said.stdout).get("valid") is True

    def auditwheel(wheel: Path) -> bool:
        """Its exit code says little; what counts is that its own answer is not newer than the tag of the wheel."""
        said = run(programs / "python", "-m", "auditwheel", "show", "--json", wheel)
        if said.returncode != 0:
            return False
        report = json.loads(said.stdout)
        platforms = wheel.name.removesuffix(".whl").rsplit("-", 1)[-1].split(".")
        promised = max(glibc(platform) for platform in platforms)
        return glibc("linux") < glibc(report["overall_tag"]) <= promised and not report["external_libs"]

    python = programs / "python"
    pip = (python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target")
    uv = (programs / "uv", "pip", "install", "-q", "--offline", "--no-index", "--no-deps", "--no-cache")
    return {
        "twine": accepts(programs / "twine", "check", "--strict"),
        "check-wheel-contents": accepts(programs / "check-wheel-contents", "--no-config"),
        "installer": into(python, "-m", "installer", "--validate-record", "all", "--no-compile-bytecode", "--destdir"),
        "wheel unpack": into(programs / "wheel", "unpack", "-d"),
        "wheel-inspect": wheel_inspect,
        "abi3audit": accepts(programs / "abi3audit", "--strict"),
        "auditwheel": auditwheel,
        "pip install": into(*pip),
        "uv pip install": into(*uv, "--python", python, "--target"),
        "cargo chainner verify": accepts(ROOT / "target" / "debug" / "cargo-chainner", "verify", "--pypi", "-q"),
    }


if __name__ == "__main__":
    main()
