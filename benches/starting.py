"""What the native nodes add to the start of the app.

    CHAINNER_REPO=… CHAINNER_PYTHON=… python3 benches/starting.py [--rounds N]

Prints the time of `import chainner_native` in a fresh interpreter, and that of the app's loading of its nodes
with and without the packages linked, in turns: medians of fresh processes with compiled bytecode.
"""

from __future__ import annotations

import argparse
import statistics

from real_app import PACKAGE, backend, environment, in_the_apps_interpreter
from standard import TARGET

IMPORT = f"""
import time
start = time.perf_counter()
import {PACKAGE}
print(time.perf_counter() - start)
"""
LOAD = """
import os, sys, time
os.chdir(sys.argv[1])
sys.path.insert(0, sys.argv[1])
import logging
logging.disable(logging.CRITICAL)
from api import registry
import packages.chaiNNer_standard
start = time.perf_counter()
registry.load_nodes(os.path.join(sys.argv[1], "server.py"))
print(time.perf_counter() - start, len(registry.nodes))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-build", action="store_true", help="measure what was built before")
    arguments = parser.parse_args()
    in_the_apps_interpreter()
    site = environment(TARGET / "app", packages=TARGET / "packages" if arguments.no_build else None)
    links = {"unlinked": ("unlink",), "linked": ("link",), "in place": ("link", "--replace", PACKAGE)}
    imports: list[float] = []
    loads: dict[str, list[float]] = {which: [] for which in links}
    counts = {}
    for turn in range(arguments.rounds + 1):
        seconds = {"import": float(site.run("-c", IMPORT).stdout)}
        for which, link in links.items():
            site.sdk(*link)
            taken, nodes = site.run("-c", LOAD, str(backend().source), PYTHONDONTWRITEBYTECODE="").stdout.split()[-2:]
            seconds[which], counts[which] = float(taken), int(nodes)
        if turn:  # The first writes bytecode.
            imports.append(seconds["import"])
            for which, series in loads.items():
                series.append(seconds[which])
    site.sdk("unlink")
    print(f"import {PACKAGE}: {statistics.median(imports) * 1e3:.1f} ms")
    for which, series in loads.items():
        median, growth = statistics.median(series), statistics.median(series) - statistics.median(loads["unlinked"])
        print(f"load_nodes, {which}: {median * 1e3:.0f} ms, {counts[which]} nodes ({growth * 1e3:+.0f} ms)")


if __name__ == "__main__":
    main()
