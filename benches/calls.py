"""The cost of a call: the nodes of `benches/nodes` against the same functions written by hand (`benches/peer`).

    python3 benches/calls.py

Builds both, installs them into a virtual environment under `target/` and measures them alternately in one process.
Prints a table of medians and ratios. Times are this machine's; the ratios are what can be compared.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
TARGET = ROOT / "target" / "benches"


def build() -> Path:
    """Builds both packages; returns the interpreter of an environment that has them."""
    environment = TARGET / "environment"
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "numpy"], check=True)
    shared = {**os.environ, "CARGO_TARGET_DIR": str(TARGET)}
    dist = TARGET / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    subprocess.run(
        ["cargo", "chainner", "build", "--package", BENCHES / "nodes", "--out", dist, "--target-dir", TARGET],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(
        ["cargo", "build", "--release", "--manifest-path", BENCHES / "peer" / "Cargo.toml"],
        env={
            **shared,
            "PYO3_BUILD_EXTENSION_MODULE": "1",
            "PYO3_NO_PYTHON": "1",
        },
        check=True,
    )
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", *dist.glob("*.whl")],
        check=True,
    )
    packages = subprocess.check_output(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"], text=True
    )
    shutil.copy(TARGET / "release" / "libpeer.so", Path(packages.strip()) / "peer.abi3.so")
    return python


def measure() -> None:
    """Measures in the environment and prints the table."""
    import gc
    import statistics
    import time

    import bench_nodes
    import numpy as np
    import peer

    def each(functions: list, rounds: int, repeats: int) -> list[float]:
        """Median seconds per call of each function, measured in turns."""
        times: list[list[float]] = [[] for _ in functions]
        gc.disable()
        for round_number in range(rounds):
            order = range(len(functions)) if round_number % 2 else reversed(range(len(functions)))
            for index in order:
                function = functions[index]
                start = time.perf_counter()
                for _ in range(repeats):
                    function()
                times[index].append((time.perf_counter() - start) / repeats)
        gc.enable()
        return [statistics.median(series) for series in times]

    rows = []
    bench_nodes.add(1.0, 2.0)
    native = sys.modules["bench_nodes._native"].call
    ours, direct, by_hand = each(
        [
            lambda: bench_nodes.add(1.0, 2.0),
            lambda: native("bench_nodes:all:add", 1.0, 2.0),
            lambda: peer.add(1.0, 2.0),
        ],
        rounds=41,
        repeats=20_000,
    )
    rows.append(("add two numbers", ours, by_hand, "ns", 1e9))
    rows.append(("… without the Python function", direct, by_hand, "ns", 1e9))
    for name, shape in [
        ("identity 16×16 RGB", (16, 16, 3)),
        ("identity 512×512 RGB", (512, 512, 3)),
        ("identity 1080p RGB", (1080, 1920, 3)),
        ("identity 4K RGB", (2160, 3840, 3)),
    ]:
        image = np.random.default_rng(1).random(shape, dtype=np.float32)
        assert np.array_equal(bench_nodes.same(image), peer.same(image))
        repeats = max(1, 3_000_000 // image.size)
        ours, by_hand = each(
            [lambda image=image: bench_nodes.same(image), lambda image=image: peer.same(image)],
            rounds=31,
            repeats=repeats,
        )
        rows.append((name, ours, by_hand, "µs", 1e6))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{python}, numpy {np.__version__}, {os.cpu_count()} cores")
    print()
    print("| call | node | by hand | ratio | difference |")
    print("|---|---:|---:|---:|---:|")
    for name, ours, by_hand, unit, scale in rows:
        print(
            f"| {name} | {ours * scale:,.1f} {unit} | {by_hand * scale:,.1f} {unit} "
            f"| {ours / by_hand:.2f}× | {(ours - by_hand) * 1e6:+,.2f} µs |"
        )


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure()
    else:
        subprocess.run([build(), __file__, "--measure"], check=True)
