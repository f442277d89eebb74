"""Every sort of value into and out of a node, and every way to fail."""

from __future__ import annotations

import math
import threading
from pathlib import Path, PurePath

import numpy as np
import probe
import pytest

START = "0|0.5|nothing|true|false|Plain|RGB colour #ff8000|3|None|None|None|None|None|None"


def echoed(**values) -> list[str]:
    return probe.echo(**{"wired": False, **values}).split("|")


def test_defaults_arrive():
    assert probe.echo(wired=False) == START


@pytest.mark.parametrize(
    ("name", "value", "arrives"),
    [
        ("whole", 2.5, "3"),
        ("whole", True, "1"),
        ("whole", -1e30, "-10"),
        ("whole", 10**40, "10"),
        ("whole", np.int64(4), "4"),
        ("whole", np.uint8(4), "4"),
        ("fraction", 0.3, "0.3"),
        ("fraction", 0.126, "0.13"),
        ("fraction", 1, "1"),
        ("fraction", math.inf, "1"),
        ("fraction", np.float32(0.5), "0.5"),
        ("text", "äöü €", "äöü €"),
        ("text", "", ""),
        ("text", "x" * 30, "x" * 20),
        ("text", 12.0, "12"),
        ("text", Path("a/b"), str(PurePath("a/b"))),
        ("flag", 0, "false"),
        ("flag", np.bool_(False), "false"),
        ("wired", 1, "true"),
        ("mode", 7, "Numbered"),
        ("mode", 7.0, "Numbered"),
        ("mode", "plain", "Plain"),
        ("color", "#fff", "RGB colour #ffffff"),
        ("color", (0.5,), "grey colour #80"),
        ("color", [1, 0, 0, 1], "RGBA colour #ff0000ff"),
        ("color", '{"kind": "rgb", "values": [0, 0, 1]}', "RGB colour #0000ff"),
        ("seed", -5, "-5"),
        ("seed", "12", "12"),
        ("optional_number", 1, "Some(1.0)"),
        ("optional_text", 0.5, 'Some("0.5")'),
        ("optional_directory", ".", "Some(true)"),
        ("optional_picture", "#000000", None),
        ("optional_image", np.zeros((4, 5), np.float32), "Some(ImageView(Grayscale image 5×4))"),
        ("optional_picture", (0.0, 0.0, 0.0), None),
    ],
)
def test_values_arrive_as_the_app_would_pass_them(name, value, arrives):
    place = list(probe.echo.__code__.co_varnames).index(name)
    if arrives is None:
        assert "Color" in probe.echo(wired=False, **{name: value}).split("|", place)[place]
    else:
        assert echoed(**{name: value})[place] == arrives


class Color:
    """Stands in for the host's class: known by what it can do."""

    def to_json(self):
        return {"kind": "grayscale", "values": [0.25]}


class HostSeed:
    value = 99


def test_the_hosts_own_classes_are_understood():
    assert echoed(color=Color())[6] == "grey colour #40"
    assert echoed(seed=HostSeed())[7] == "99"


def test_files_and_directories_have_to_be_there(tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("x")
    assert echoed(optional_file=file)[10] == 'Some(Some("note.txt"))'
    assert echoed(optional_file=str(file))[10] == 'Some(Some("note.txt"))'
    with pytest.raises(ValueError, match=r"expected an existing file, got .*, which does not exist"):
        probe.echo(wired=False, optional_file=tmp_path / "none.txt")
    with pytest.raises(ValueError, match="which is not a file"):
        probe.echo(wired=False, optional_file=tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("whole", "1", "Echo, input 'Whole': expected a whole number, got text '1'"),
        ("whole", math.nan, "expected a whole number, got NaN"),
        ("whole", None, "expected a whole number.*required"),
        ("fraction", [1.0], "expected a number, got a list of 1 number"),
        ("fraction", {}, "expected a number, got an object of type dict"),
        ("flag", 2, "expected yes or no"),
        ("wired", None, "Wired.*required"),
        ("mode", "none", "expected one of 'plain', 7, got text 'none'"),
        ("color", "red", "#rrggbb"),
        ("color", (1, 2), "a list of 2 numbers"),
        ("seed", "x", "expected a seed"),
        ("optional_image", np.zeros((2, 2, 3)), "array of float64"),
        ("optional_image", "#000", "expected an image, got text"),
        ("optional_image", np.zeros((0, 2, 3), np.float32), "expected an image, got RGB image 2×0"),
    ],
)
def test_what_an_input_does_not_take_is_told(name, value, message):
    with pytest.raises(ValueError, match=message):
        probe.echo(**{"wired": False, name: value})


def test_everything_comes_out_as_pythons_own(tmp_path):
    image, whole, large, fraction, text, flag, color, directory = probe.give(tmp_path)
    assert image.tolist() == [[0, 1, 1], [1, 1, 1]]
    assert image.flags.owndata
    assert (type(whole), whole) == (int, -4)
    assert (type(large), large) == (int, 2**64 - 1)
    assert type(fraction) is float
    assert fraction == pytest.approx(0.1)
    assert text == "Grüße"
    assert flag is True
    assert color == (0.25, 0.5, 0.75, 1.0)
    assert directory == tmp_path
    assert isinstance(directory, Path)
    assert probe.reseed(41) == 42
    assert probe.sink(1.0) is None


def test_contiguous_arrays_are_borrowed_and_others_are_not():
    array = np.zeros((8, 8, 3), np.float32)
    assert probe.address(array) == array.ctypes.data
    array.setflags(write=False)
    assert probe.address(array) == array.ctypes.data
    assert probe.address(array[2:]) == array[2:].ctypes.data
    gray = np.zeros((8, 8), np.float32)
    assert probe.address(gray) == gray.ctypes.data
    assert probe.address(array[:, ::-1]) != array[:, ::-1].ctypes.data


def test_the_lock_is_free_while_a_node_runs():
    met = []
    threads = [threading.Thread(target=lambda: met.append(probe.meet())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == [True, True], "with the lock held, the second call would wait for the first"


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("panic_here", r"Fail \(on purpose\): the node panicked at .*src.lib\.rs:\d+:\d+: here\n.*report it"),
        ("panic_on_a_worker", r"the node panicked at .*src.lib\.rs:\d+:\d+: on a worker"),
        ("panic_with_a_number", "the node panicked.*no message"),
        ("own_error", r"Fail \(on purpose\): the count cannot be read: invalid digit"),
        ("node_error", r"Fail \(on purpose\): there is nothing to do$"),
        ("blame_input", r"Fail \(on purpose\), input 'How': too bright"),
        ("empty_image", "output 'Image'.*at least one pixel.*empty image"),
        ("wrong_channels", "output 'Image' is declared as an image with 3 channels, but the node returned RGBA"),
    ],
)
def test_every_failure_is_an_ordinary_exception_with_name_place_and_message(how, message):
    with pytest.raises(RuntimeError, match=message) as caught:
        probe.fail(how)
    assert isinstance(caught.value, Exception)
    # And nothing is broken afterwards.
    assert probe.reseed(1) == 2


def test_the_native_call_says_what_it_needs():
    from probe import _native

    assert "probe:all:echo" in _native.nodes
    with pytest.raises(KeyError, match="there is no node 'x'"):
        _native.call("x")
    with pytest.raises(TypeError, match="needs the id"):
        _native.call()
    with pytest.raises(TypeError):
        _native.call(1)
    with pytest.raises(RuntimeError, match="expected at most 1 values, got 2"):
        _native.call("probe:all:sink", 1, 2)
