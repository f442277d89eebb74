"""Calls the nodes of an installed package with cases of which the results are known.
Written and run by `cargo chainner test`."""

import importlib
import inspect
import json
import sys
from pathlib import Path

import numpy as np

TOLERANCE = 1e-4


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_bytes())
    module = importlib.import_module(plan["module"])
    for number, case in enumerate(plan["cases"][int(sys.argv[2]) :], int(sys.argv[2])):
        say(at=number)
        for problem in problems(module, case):
            say(case=number, problem=problem)
    say(done=True)


def say(**what: object) -> None:
    print("chainner:" + json.dumps(what), flush=True)


def problems(module, case):
    for layout in ("contiguous", "padded rows", "reversed", "columns first"):
        given, images = arguments(module, case, layout)
        if layout != "contiguous" and not images:
            return
        before = [image.copy() for image in images]
        try:
            results = called(module, case, given)
        except Exception as error:
            if case["expected"] is not None:
                yield f"raises {type(error).__name__}: {error}"
            return
        if case["expected"] is None:
            yield "gives a result, where the native library gives an error"
            return
        for image, copy in zip(images, before, strict=False):
            if not np.array_equal(image, copy, equal_nan=True):
                yield f"changes its input ({layout})"
        found = list(differences(case, results))
        for problem in found:
            yield problem if layout == "contiguous" else f"{problem} ({layout} input)"
        if found:
            return


def function_of(module, case):
    # Names that Python has a use for of its own end with an underscore.
    name = case["function"]
    return getattr(module, f"{name}_", None) or getattr(module, name)


def arguments(module, case, layout):
    names = list(inspect.signature(function_of(module, case)).parameters)
    images = []

    def value(of):
        kind, what = next(iter(of.items()))
        if kind == "image":
            array = laid_out(what, layout)
            images.append(array)
            return array
        if kind == "items":
            return [value(item) for item in what]
        if kind == "made":
            made = called(module, what, arguments(module, what, "contiguous")[0])
            return made[what["output"]]
        if kind == "float":
            return float(what)
        return what

    return {name: value(of) for name, of in zip(names, case["arguments"], strict=False)}, images


def laid_out(image, layout):
    height, width, channels = image["shape"]
    shape = (height, width) if channels == 1 else (height, width, channels)
    array = np.fromfile(image["file"], dtype="<f4").reshape(shape)
    if layout == "columns first":
        return np.asfortranarray(array)
    if layout == "reversed":
        return np.ascontiguousarray(array[::-1, ::-1])[::-1, ::-1]
    if layout == "padded rows":
        padded = np.full((height, width + 3, *shape[2:]), 7.0, np.float32)
        padded[:, :width] = array
        return padded[:, :width]
    return array


def called(module, case, given):
    result = function_of(module, case)(**given)
    if case["iterated"]:
        items = []
        for item in result:
            items.append(item if case["iterated"] > 1 else (item,))
            if len(items) == case["most"]:
                break
        return [items, *result.statics]
    if case["outputs"] == 0:
        return []
    return list(result) if case["outputs"] > 1 else [result]


def differences(case, results):
    expected = case["expected"]
    if len(expected) != len(results):
        yield f"gives {len(results)} results, expected {len(expected)}"
        return
    for label, known, result in zip(case["labels"], expected, results, strict=False):
        yield from (f"output '{label}': {what}" for what in difference(known, result))


def difference(known, result):
    kind, what = next(iter(known.items()))
    if kind == "items":
        if len(what) != len(result):
            yield f"{len(result)} items, expected {len(what)}"
            return
        for number, (item, values) in enumerate(zip(what, result, strict=False)):
            for one, value in zip(item, values, strict=False):
                yield from (f"item {number}: {text}" for text in difference(one, value))
    elif kind == "image":
        if not isinstance(result, np.ndarray) or result.dtype != np.float32:
            yield f"expected a float32 array, got {getattr(result, 'dtype', type(result).__name__)}"
            return
        height, width, channels = what["shape"]
        shape = (height, width) if channels == 1 else (height, width, channels)
        if result.shape != shape:
            yield f"expected an array of shape {shape}, got {result.shape}"
            return
        wanted = np.fromfile(what["file"], dtype="<f4").reshape(shape)
        worst = float(np.max(np.abs(wanted - result), initial=0.0))
        if not worst <= TOLERANCE:
            yield f"samples differ from those of the native library by up to {worst:g}"
    elif kind == "float":
        wanted = float(what)
        if not (wanted == result or (wanted != wanted and result != result)) and not (
            abs(wanted - result) <= TOLERANCE * max(abs(wanted), abs(result))
        ):
            yield f"expected {wanted}, got {result}"
    elif kind == "color":
        components = [float(part) for part in (result if hasattr(result, "__iter__") else [result])]
        if len(components) != len(what) or max(abs(a - b) for a, b in zip(components, what, strict=False)) > TOLERANCE:
            yield f"expected the colour {what}, got {result}"
    elif kind == "value":
        if str(result) != str(what) if isinstance(what, str) else result != what:
            yield f"expected {what!r}, got {result!r}"


main()
