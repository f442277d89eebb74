"""What a native half has: ``nodes``, ``sdk_version``, ``call``. It enforces nothing: it gets what the bridge passes on."""

import pathlib
import threading
import time

import numpy as np

sdk_version = "0.1.0"


class Aborted(RuntimeError):  # noqa: N818
    """The run was stopped."""


class Panic(BaseException):
    """As pyo3's, no ordinary exception."""


def image(width, height, channels):
    shape = (height, width) if channels == 1 else (height, width, channels)
    return np.full(shape, 0.5, np.float32)


def look(value):
    if isinstance(value, np.ndarray):
        flags = value.flags
        return f"array {value.dtype} {value.shape} writeable={flags.writeable} contiguous={flags.c_contiguous}"
    if isinstance(value, pathlib.Path):
        return f"pathlib.Path {value}"
    kind = type(value)
    if hasattr(value, "to_json"):
        return f"{kind.__module__}.{kind.__name__} {value.to_json()}"
    return f"{kind.__module__}.{kind.__name__} {value!r}"


def write(path, *values):
    with pathlib.Path(path).open("a", encoding="utf-8") as file:
        for value in values:
            file.write(look(value) + "\n")


def save(path, image):
    with pathlib.Path(path).open("wb") as file:
        np.save(file, image)


def wait(seconds, path):
    time.sleep(seconds)
    write(path, threading.current_thread() is threading.main_thread())


def fail(how, _image, _color, _choice, _yes, _path):
    raise {"value": ValueError("it is wrong"), "empty": AssertionError(), "panic": Panic("panicked at src/lib.rs:1")}[how]


def all_kinds():
    return 7, 2.5, "text", True, pathlib.Path("/rolls"), (1.0, 0.5, 0.25), (0.5,), (1.0, 0.5, 0.25, 0.125), -3


_RUN = {
    "puppet:image": image,
    "puppet:write": write,
    "puppet:save": save,
    "puppet:wait": wait,
    "puppet:fail": fail,
    "puppet:all_kinds": all_kinds,
    "puppet:floats": lambda: (float("inf"), float("nan")),
}
nodes = tuple(_RUN)


def about(_node_id):
    return {"context": False}


def feature_state(_feature_id):
    return True, None


def call(node_id, *values):
    return _RUN[node_id](*values)
