"""The standard nodes against the app's own: `examples/standard`, node by node.

    python3 benches/standard.py [--only TEXT] [--sizes 512 1080p 4K] [--rounds N]

Builds the package and measures it in a virtual environment under `target/`, in turns with its peer: the real
node's enforced call where `CHAINNER_REPO` names a checkout of chaiNNer (and `CHAINNER_PYTHON` an interpreter
that has what it needs; by default the one that runs this), else the same in numpy and OpenCV. Before it is
measured each result is compared with the peer's, and with that for a strided copy of the images. Prints a table
of medians (with `--best`, of shortest times) and ratios: times are this machine's, the ratios are what can be
compared. The last column is the time of a copy of as many bytes into fresh memory, by as many threads as there
are cores, over the node's.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
TARGET = ROOT / "target" / "standard"
SIZES = {"512": (512, 512), "1080p": (1080, 1920), "4K": (2160, 3840)}
PREFIX = "chainner_native"


def build() -> Path:
    """Builds the wheel and unpacks it; returns the directory to import it from."""
    dist, unpacked = TARGET / "dist", TARGET / "packages"
    for directory in (dist, unpacked):
        shutil.rmtree(directory, ignore_errors=True)
    command = ["cargo", "chainner", "build", "--package", "chainner-native", "--out", dist]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for wheel in dist.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
    return unpacked


def interpreter() -> str:
    """One that has the peer."""
    if os.environ.get("CHAINNER_REPO"):
        return os.environ.get("CHAINNER_PYTHON", sys.executable)
    environment = TARGET / "environment"
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        packages = ["numpy", "opencv-python-headless", "scipy"]
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


class Pictures:
    """Images of one size, made when they are asked for: noise on smooth colours, as photographs have."""

    def __init__(self, height: int, width: int) -> None:
        self.size = (height, width)
        self.made: dict = {}

    def __getitem__(self, name: str):
        if name not in self.made:
            image = self._make(name)
            image.setflags(write=False)
            self.made[name] = image
        return self.made[name]

    def _smooth(self, seed: int, channels: int):
        import numpy as np

        height, width = self.size
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        noise = np.random.default_rng(seed).random((height, width, channels), dtype=np.float32)
        waves = [np.sin(x / (31 + 7 * c) + seed) * np.cos(y / (23 + 5 * c)) for c in range(channels)]
        return np.clip(np.dstack(waves).reshape(height, width, channels) * 0.35 + 0.5 + (noise - 0.5) * 0.1, 0, 1)

    def files(self, ending: str) -> str:
        """A directory of twelve of them, written by OpenCV."""
        import cv2
        import numpy as np

        if ending not in self.made:
            self.made[ending] = directory = tempfile.TemporaryDirectory()
            for number in range(12):
                image = np.rint(self[f"rgb{number % 3 + 1}"] * 255).astype(np.uint8)
                assert cv2.imwrite(f"{directory.name}/{number}.{ending}", image)
        return self.made[ending].name

    def _make(self, name: str):
        import numpy as np

        kind = name.rstrip("0123456789")
        seed = int(name[len(kind) :] or 1)
        height, width = self.size
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        if kind == "gray":
            return np.ascontiguousarray(self._smooth(seed, 1)[:, :, 0])
        if kind == "small":
            return np.ascontiguousarray(self._smooth(seed, 3).astype(np.float32)[: height // 4, : width // 4])
        if kind == "palette":
            return np.random.default_rng(seed).random((1, 8, 3), dtype=np.float32)
        if kind == "mask":
            return (np.hypot(x % 97 - 48, y % 97 - 48) < 30).astype(np.float32)
        channels = {"rgb": 3, "border": 3, "rgba": 4, "soft": 4}[kind]
        image = self._smooth(seed, channels).astype(np.float32)
        if kind == "soft":
            image[:, :, 3] = np.clip(1.4 - np.hypot(x % 257 - 128, y % 257 - 128) / 90, 0, 1)
        if kind == "border":
            edge = height // 12
            frame = np.ones((height, width), bool)
            frame[edge:-edge, edge:-edge] = False
            image[frame] = 0
        return image


class Peer:
    """The app's nodes, or their numpy and OpenCV likes."""

    def __init__(self) -> None:
        repository = os.environ.get("CHAINNER_REPO")
        self.real = None
        if repository:
            source = Path(repository) / "backend" / "src"
            sys.path.insert(0, str(source))
            os.chdir(source)
            import logging

            logging.disable(logging.CRITICAL)
            import packages.chaiNNer_standard  # noqa: F401
            import process
            from api import registry

            registry.load_nodes(str(source / "server.py"))
            self.real = (process, registry.get_node)

    def call(self, case, native_inputs: list):
        """A function that makes the result; `None` if there is no peer."""
        if self.real is None:
            if case.peer is None:
                return None
            given = [value for value in native_inputs if value is not None][: len(case.inputs)]
            return lambda: case.peer(*given)
        process, get_node = self.real
        area, _, name = case.node.rpartition(":")
        node = get_node(f"chainner:{area or 'image'}:{name}")
        if node.kind not in ("regularNode", "generator", "collector"):
            return None  # Nor does the app run it by itself.

        def run():
            result = process.run_node(node, None, list(native_inputs), "bench")
            if hasattr(result, "collector"):
                return collected(process, node, result.collector, native_inputs[0])
            return items(node, result.generator) if hasattr(result, "generator") else result.output

        return run


def collected(process, node, collector, sequence: list):
    """What the app's collector makes of a sequence."""
    step = SimpleNamespace(data=node, id="bench")
    for item in sequence:
        process.run_collector_iterate(step, [item], collector)
    return process.enforce_output(collector.on_complete(), node).output


def items(node, generator) -> Iterator[list]:
    """What the app makes of the items of a generator, one after another."""
    iterated = [output for output in node.outputs if output.id in node.single_iterable_output.outputs]
    for values in generator.supplier():
        if isinstance(values, Exception):
            raise values
        values = values if isinstance(values, (list, tuple)) else [values]
        yield [output.enforce(value) for output, value in zip(iterated, values, strict=True)]


def outputs(result) -> list:
    """The arrays and numbers of a result, or of all items of a sequence."""
    if isinstance(result, (Iterator, list, tuple)):
        return [value for item in result for value in outputs(item)]
    # A colour of the app is its samples.
    samples = getattr(result, "value", None)
    return list(samples) if isinstance(samples, (list, tuple)) else [result]


def difference(ours, theirs) -> float:
    """The largest difference of two results."""
    import numpy as np

    worst = 0.0
    for a, b in zip(outputs(ours), outputs(theirs), strict=True):
        if isinstance(a, np.ndarray):
            if a.shape != np.shape(b):
                return float("inf")
            worst = max(worst, float(np.abs(a - b).max()))
    return worst


def copy_time(byte_count: int, rounds: int, clock: Callable[[], float], middle: Callable) -> float:
    """Seconds of a copy of so many bytes read and written, half each, into fresh memory by all cores."""
    import numpy as np

    source = np.ones(max(byte_count // 8, 1), np.float32)
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:

        def copy() -> None:
            target = np.empty_like(source)
            parts = zip(np.array_split(target, cores), np.array_split(source, cores), strict=True)
            list(pool.map(lambda part: np.copyto(*part), parts))

        return middle(timed([copy], rounds, clock)[0])


def timed(functions: list, rounds: int, clock: Callable[[], float] = time.perf_counter) -> list[list[float]]:
    """Seconds per call of each function, measured in turns."""
    times: list[list[float]] = [[] for _ in functions]
    gc.disable()
    for turn in range(rounds):
        order = range(len(functions)) if turn % 2 else reversed(range(len(functions)))
        for index in order:
            start = clock()
            result = functions[index]()
            if isinstance(result, Iterator):
                deque(result, maxlen=0)
            times[index].append(clock() - start)
            del result
    gc.enable()
    return times


def complete(schema: dict, case, pictures: Pictures, strided: bool = False) -> list:
    """One value for each input: those of the case, then the defaults."""
    import numpy as np

    def meant(value):
        if value in ("@width", "@height"):
            return pictures.size[value == "@width"]
        if isinstance(value, str) and value.startswith("@."):
            return pictures.files(value[2:])
        if isinstance(value, str) and value.startswith("@"):
            image = pictures[value[1:]]
            # Every other column of an image of twice the width.
            return np.repeat(image, 2, axis=1)[:, ::2] if strided else image
        return value

    values = []
    for index, declared in enumerate(schema["inputs"]):
        value = meant(case.inputs[index]) if index < len(case.inputs) else None
        values.append(declared.get("def") if value is None else value)
    if case.sequence:
        values[0] = [meant(item) for item in case.sequence]
    return values


def arrays(values: list) -> Iterator:
    """The arrays among values, and in sequences of them."""
    import numpy as np

    for value in values:
        if isinstance(value, list):
            yield from arrays(value)
        elif isinstance(value, np.ndarray):
            yield value


def measure(arguments: argparse.Namespace) -> None:
    """Measures in the environment and prints the table."""
    import numpy as np

    sys.path.insert(0, str(BENCHES))
    from standard_cases import all_cases

    clock = time.process_time if arguments.cpu else time.perf_counter
    peer = Peer()
    schema = json.loads((TARGET / "packages" / PREFIX / "schema.json").read_text())
    nodes = {node["schemaId"]: node for node in schema["nodes"]}
    import chainner_native

    chainner_native.__dir__()
    getattr(chainner_native, dir(chainner_native)[0], None)
    import importlib

    native_call = importlib.import_module(f"{PREFIX}._native").call

    def native(schema_id: str, *values):
        collects = nodes[schema_id]["kind"] == "collector"
        return native_call(schema_id, *values, collect=True) if collects else native_call(schema_id, *values)

    whose = "the app's node" if peer.real else "numpy/OpenCV"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{python}, numpy {np.__version__}, {os.cpu_count()} cores; peer: {whose}\n")
    print(f"| node | size | {whose}, ms | native, ms | ratio | of a copy |")
    print("|---|---|---:|---:|---:|---:|")
    made: dict[str, Pictures] = {}
    ratios: dict[str, list[tuple[float, str]]] = {}
    for case in all_cases():
        if arguments.only and not any(only in case.label for only in arguments.only):
            continue
        area, _, name = case.node.rpartition(":")
        schema_id = f"{PREFIX}:{area or 'image'}:{name}"
        if schema_id not in nodes:
            print(f"not in the package: {case.node}", file=sys.stderr)
            continue
        for size in (size for size in case.sizes if size in arguments.sizes):
            pictures = made.setdefault(size, Pictures(*SIZES[size]))
            values = complete(nodes[schema_id], case, pictures)
            call = peer.call(case, values)
            ours = outputs(native(schema_id, *values))
            strided = native(schema_id, *complete(nodes[schema_id], case, pictures, strided=True))
            assert difference(ours, strided) == 0, f"{case.label}: another result for strided images"
            del strided
            notes = ""
            functions = [lambda schema_id=schema_id, values=values: native(schema_id, *values)]
            if call:
                worst = difference(ours, call())
                notes = f" (differs by {worst:.2g})" if worst > arguments.tolerance else ""
                functions.append(call)
            moved = sum(array.nbytes for array in arrays([*values, *outputs(ours)]))
            del ours
            first = timed(functions, 1, clock)
            # Of what takes seconds, two calls tell enough.
            rounds = min(arguments.rounds or 25, max(3, int(1.5 / max(first[-1][0], 1e-4))))
            series = timed(functions, 1 if first[-1][0] > 1 else rounds, clock)
            middle = min if arguments.best else statistics.median
            times = [middle(once + more) for once, more in zip(first, series, strict=True)]
            ratio = times[1] / times[0] if call else None
            if ratio and not case.view:
                ratios.setdefault(size, []).append((ratio, case.label))
            share = copy_time(moved, 7, clock, middle) / times[0]
            theirs, compared = (f"{times[1] * 1e3:,.2f}", f"{ratio:.1f}×") if call else ("–", "–")
            label = case.label + " (a view)" * case.view + notes
            print(
                f"| {label} | {size} | {theirs} | {times[0] * 1e3:,.2f} | {compared} "
                f"| {share:.0%}{'' if case.pointwise else ' '} |",
                flush=True,
            )
    summarise(ratios)


def summarise(ratios: dict[str, list[tuple[float, str]]]) -> None:
    """Prints the mean of the nodes at each size, each the mean of its calls, and what is slower; then all nodes."""
    nodes: dict[str, dict[str, list[float]]] = {}
    print()
    for size, series in ratios.items():
        for ratio, label in series:
            nodes.setdefault(label.split()[0], {}).setdefault(size, []).append(ratio)
        means = [statistics.geometric_mean(of[size]) for of in nodes.values() if size in of]
        of_calls = statistics.geometric_mean([ratio for ratio, _ in series])
        below = [f"{label} {ratio:.2f}×" for ratio, label in series if ratio < 1]
        print(
            f"{size}: geometric mean {statistics.geometric_mean(means):.1f}× of {len(means)} nodes, "
            f"{of_calls:.1f}× of {len(series)} calls, {len(below)} below 1×"
        )
        print("".join(f"    {one}\n" for one in below), end="")
    print(f"\n| node | calls | {' | '.join(ratios)} |")
    print(f"|---|---:|{'---:|' * len(ratios)}")

    def mean(of: dict[str, list[float]]) -> float:
        return statistics.geometric_mean([ratio for series in of.values() for ratio in series])

    for node, of in sorted(nodes.items(), key=lambda entry: mean(entry[1]), reverse=True):
        columns = [f"{min(of[size]):.1f}× – {max(of[size]):.1f}×" if size in of else "" for size in ratios]
        calls = max(len(series) for series in of.values())
        print(f"| {node.replace('_', ' ')} | {calls} | {' | '.join(columns)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="cases whose label contains one of these")
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    parser.add_argument("--rounds", type=int, help="calls of each, by default as many as fit into some seconds")
    parser.add_argument(
        "--cpu", action="store_true", help="time of all processors together, which tells more while the machine is busy"
    )
    parser.add_argument(
        "--best", action="store_true", help="the shortest times instead of the medians, for when others use the machine"
    )
    parser.add_argument("--tolerance", type=float, default=1e-4, help="differences up to here are not mentioned")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--no-build", action="store_true", help="measure what was built before")
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments)
        return
    packages = TARGET / "packages" if arguments.no_build else build()
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    subprocess.run([interpreter(), __file__, "--measure", *sys.argv[1:]], env=environment, check=True)


if __name__ == "__main__":
    main()
