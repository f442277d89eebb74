"""The time and size of a wheel: `cargo chainner build` against `maturin build --release`, in turns.

    python3 benches/build.py [ROUNDS]

The same crate (`benches/nodes`) built by both tools tells what the tool costs, one written by hand (`benches/peer`)
what the SDK weighs. Cold is an empty target directory with the crates downloaded; touched is one source file changed.
Times are this machine's; the ratios are what can be compared, those of CPU seconds even when others use the machine.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
PLACE = ROOT / "target" / "benches" / "build"
MATURIN = "maturin==1.16.0"


def main() -> None:
    """Builds in turns and prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    environment = PLACE / "environment"
    if not (environment / "bin" / "maturin").exists():
        venv.create(environment, with_pip=True)
        subprocess.run([environment / "bin" / "python", "-m", "pip", "install", "-q", MATURIN], check=True)
    subprocess.run(["cargo", "build", "-q", "--release", "-p", "cargo-chainner"], cwd=ROOT, check=True)
    tool = ROOT / "target" / "release" / "cargo-chainner"
    maturin = [environment / "bin" / "maturin", "build", "--release", "--quiet", "--strip", "-i", "python3.10"]
    nodes, peer = copies()
    commands = {
        "cargo chainner build": (nodes, [tool, "build", "--quiet", "--out"]),
        "maturin, the same crate": (nodes, [*maturin, "--features", "chainner-sdk/python", "--out"]),
        "maturin, written by hand": (peer, [*maturin, "--out"]),
    }
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    sizes = {}
    for number in range(rounds):
        for phase in ("cold", "touched", "nothing changed"):
            names = list(commands) if number % 2 == 0 else list(reversed(commands))
            for name in names:
                package, words = commands[name]
                target, out = PLACE / "target" / name.replace(" ", "-"), PLACE / "dist" / name.replace(" ", "-")
                if phase == "cold":
                    shutil.rmtree(target, ignore_errors=True)
                    shutil.rmtree(out, ignore_errors=True)
                if phase == "touched":
                    (package / "src" / "lib.rs").touch()
                times.setdefault((name, phase), []).append(measured([*words, out], package, target))
                sizes[name] = max(wheel.stat().st_size for wheel in out.glob("*.whl"))
                print(f"{name}, {phase}: {times[name, phase][-1]}", file=sys.stderr)

    print("| | cold s (CPU) | touched s (CPU) | nothing changed s | wheel KiB |\n|---|---|---|---|---|")
    for name in commands:
        cells = []
        for phase in ("cold", "touched", "nothing changed"):
            clock, cpu = (statistics.median(values) for values in zip(*times[name, phase], strict=True))
            cells.append(f"{clock:.1f} ({cpu:.1f})")
        print(f"| {name} | {' | '.join(cells)} | {sizes[name] / 1024:.0f} |")
    for other in list(commands)[1:]:
        ratios = []
        for phase in ("cold", "touched"):
            pairs = zip(times["cargo chainner build", phase], times[other, phase], strict=True)
            ours, theirs = zip(*pairs, strict=True)
            clock, cpu = (
                statistics.median(one[kind] / two[kind] for one, two in zip(ours, theirs, strict=True))
                for kind in (0, 1)
            )
            ratios.append(f"{phase} {clock:.2f}x (CPU {cpu:.2f}x)")
        size = sizes["cargo chainner build"] / sizes[other]
        print(f"\ncargo chainner build : {other} = {', '.join(ratios)}, size {size:.2f}x")


def copies() -> tuple[Path, Path]:
    """The packages, so that a touched file is no change of the checkout, and with a `[lib]` that maturin needs."""
    nodes, peer = PLACE / "nodes", PLACE / "peer"
    for package in (nodes, peer):
        shutil.rmtree(package, ignore_errors=True)
        shutil.copytree(BENCHES / package.name, package, ignore=shutil.ignore_patterns("target"))
    manifest = nodes / "Cargo.toml"
    text = manifest.read_text("utf-8").replace('path = "../../chainner-sdk"', f'path = "{ROOT / "chainner-sdk"}"')
    manifest.write_text(text + '\n[lib]\ncrate-type = ["cdylib", "rlib"]\n', "utf-8")
    (nodes / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n\n[project]\nname = "bench-nodes"\n'
        'version = "0.1.0"\nrequires-python = ">=3.10"\n\n'
        '[tool.maturin]\nbindings = "pyo3"\nmodule-name = "bench_nodes._native"\n',
        "utf-8",
    )
    return nodes, peer


def measured(words: list[str | Path], package: Path, target: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processors that a command takes."""
    quiet = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_NET_OFFLINE": "true", "CARGO_TERM_QUIET": "true"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(words, cwd=package, env=quiet, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(clock, 2), round(cpu, 2)


if __name__ == "__main__":
    main()
