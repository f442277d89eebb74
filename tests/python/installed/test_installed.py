"""The wheels of the examples, installed: what a Python user meets."""

from __future__ import annotations

import importlib
import inspect
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest

MODULES = sorted({entry.value.split(":")[0] for entry in entry_points(group="chainner.packages")})
PICTURE = np.random.default_rng(7).random((48, 64, 3), dtype=np.float32)

import film_lab  # noqa: E402  (numpy is loaded first, as in the app)


def nodes(module):
    """The node functions of a package."""
    return [getattr(module, name) for name in module.__all__ if name != "schema"]


def test_every_example_is_found_by_its_entry_point():
    assert "film_lab" in MODULES


@pytest.mark.parametrize("name", MODULES)
def test_the_schema_is_the_file_of_the_wheel(name):
    module = importlib.import_module(name)
    schema = module.schema()
    file = Path(module.__file__).with_name("schema.json")
    assert schema == json.loads(file.read_text("utf-8"))
    assert list(schema) == ["categories", "nodes", "package"]
    assert len(schema["nodes"]) == len(nodes(module))
    schema["nodes"].clear()
    assert module.schema()["nodes"], "each call parses anew"


@pytest.mark.parametrize("name", MODULES)
def test_importing_loads_neither_numpy_nor_the_native_part(name):
    code = f"import sys, {name}; print('numpy' in sys.modules, '{name}._native' in sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert said.split() == ["False", "False"]


@pytest.mark.parametrize("name", MODULES)
def test_functions_are_documented_typed_and_picklable(name):
    module = importlib.import_module(name)
    stub = Path(module.__file__).with_suffix(".pyi").read_text("utf-8")
    assert Path(module.__file__).with_name("py.typed").exists()
    for function in nodes(module):
        assert function.__doc__
        assert function.__module__ == name
        assert f"def {function.__name__}(" in stub
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        for parameter in signature.parameters.values():
            assert parameter.annotation is not inspect.Parameter.empty
        assert pickle.loads(pickle.dumps(function)) is function


def test_arguments_go_by_position_by_name_and_by_default():
    by_name = film_lab.vignette(image=PICTURE, amount=2.5)
    by_position = film_lab.vignette(PICTURE, 2.5)
    assert np.array_equal(by_name, by_position)
    assert not np.array_equal(by_name, film_lab.vignette(PICTURE))
    assert np.array_equal(film_lab.vignette(PICTURE, amount=0), PICTURE)
    with pytest.raises(TypeError, match="image"):
        film_lab.vignette()
    with pytest.raises(TypeError, match="amuont"):
        film_lab.vignette(PICTURE, amuont=1)


def test_numbers_are_clamped_as_in_the_app():
    assert np.array_equal(film_lab.vignette(PICTURE, amount=1e9), film_lab.vignette(PICTURE, amount=8.0))


def test_errors_name_node_input_expected_and_got():
    with pytest.raises(ValueError, match="Vignette, input 'Amount': expected a number, got text 'much'"):
        film_lab.vignette(PICTURE, amount="much")
    with pytest.raises(ValueError, match=r"input 'Image': expected an image.*array of uint8 with shape \(48, 64, 3\)"):
        film_lab.vignette((PICTURE * 255).astype(np.uint8))
    with pytest.raises(ValueError, match=r"input 'Shape': expected one of 'round'.*got text 'square'"):
        film_lab.vignette(PICTURE, shape="square")
    with pytest.raises(ValueError, match="input 'Amount': expected a number, got NaN"):
        film_lab.vignette(PICTURE, amount=float("nan"))


LAYOUTS = {
    "contiguous": lambda a: a,
    "upside down": lambda a: a[::-1],
    "mirrored": lambda a: a[:, ::-1],
    "every other pixel": lambda a: a[:, ::2],
    "column by column": np.asfortranarray,
    "planes": lambda a: np.ascontiguousarray(a.transpose(2, 0, 1)).transpose(1, 2, 0),
    "turned": lambda a: a.transpose(1, 0, 2),
    "two-dimensional gray": lambda a: np.ascontiguousarray(a[..., 0]),
    "two-dimensional view": lambda a: a[..., 1],
    "gray with an axis": lambda a: np.ascontiguousarray(a[..., :1]),
    "unaligned": lambda a: unaligned(a),
    "with opacity": lambda a: np.dstack([a, a[..., 0]]),
    "one pixel": lambda a: a[:1, :1],
}


def unaligned(array):
    memory = np.zeros(array.nbytes + 1, np.uint8)
    moved = memory[1:].view(np.float32).reshape(array.shape)
    moved[...] = array
    assert not moved.flags.aligned
    return moved


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("read_only", [False, True])
def test_any_layout_gives_the_same_picture_and_stays_untouched(layout, read_only):
    array = LAYOUTS[layout](PICTURE.copy())
    before = array.copy()
    array.setflags(write=not read_only)
    result = film_lab.vignette(array)
    plain = np.ascontiguousarray(before)
    assert np.array_equal(result, film_lab.vignette(plain))
    assert np.array_equal(array, before)
    assert result.shape == (before.shape[:2] if before.ndim == 3 and before.shape[2] == 1 else before.shape)


@pytest.mark.parametrize("shape", [(3, 5), (3, 5, 3), (900, 700, 4)])
def test_results_own_their_memory(shape):
    result = film_lab.vignette(np.ones(shape, np.float32))
    assert result.dtype == np.float32
    assert result.flags.owndata
    assert result.base is None
    assert result.flags.c_contiguous
    assert result.flags.aligned
    result.setflags(write=False)
    result.setflags(write=True)
    result[...] = 0


def test_results_are_finite_and_within_0_and_1():
    odd = PICTURE.copy()
    odd[0, 0] = [np.nan, np.inf, -np.inf]
    odd[1, 1] = [-5, 0.5, 5]
    result = film_lab.vignette(odd)
    assert np.isfinite(result).all()
    assert result.min() >= 0
    assert result.max() <= 1


def resident_mib() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_given_back():
    picture = np.ones((1000, 1000, 3), np.float32)
    film_lab.vignette(picture)
    before = resident_mib()
    for _ in range(100):
        film_lab.vignette(picture)
    assert resident_mib() - before < 60, "100 results of 11 MiB each are freed"


def in_child(queue, picture):
    queue.put(float(film_lab.vignette(picture).sum()))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_nodes_run_in_child_processes(method):
    picture = np.ones((600, 600, 3), np.float32)
    here = float(film_lab.vignette(picture).sum())
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=in_child, args=(queue, picture))
    child.start()
    assert queue.get(timeout=60) == here
    child.join()


def test_threads_may_call_at_once():
    results = [None] * 8

    def work(index):
        results[index] = film_lab.vignette(PICTURE, amount=float(index))

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(results))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for index, result in enumerate(results):
        assert np.array_equal(result, film_lab.vignette(PICTURE, amount=float(index)))


def test_a_missing_native_part_says_what_to_do(tmp_path):
    import shutil

    shutil.copytree(Path(film_lab.__file__).parent, tmp_path / "film_lab")
    for native in (tmp_path / "film_lab").glob("_native*"):
        native.unlink()
    code = "import film_lab; print(len(film_lab.schema()['nodes'])); film_lab.vignette(None)"
    said = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 1
    assert int(said.stdout) == len(film_lab.schema()["nodes"]), "the schema is there all the same"
    assert "missing" in said.stderr
    assert "reinstall" in said.stderr
