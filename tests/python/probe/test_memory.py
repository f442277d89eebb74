"""Memory of images: owned by their arrays, and kept for the next image when those are gone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import probe
import pytest

CORE = getattr(np, "_core", None) or np.core
HANDLERS = tuple(int(part) for part in np.__version__.split(".")[:2]) >= (1, 22)
needs_handlers = pytest.mark.skipif(not HANDLERS, reason="numpy before 1.22 frees such memory itself")


def image(height: int = 512, width: int = 512, value: float = 0.25) -> np.ndarray:
    return np.full((height, width, 3), value, np.float32)


def address(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


@needs_handlers
def test_freed_images_are_written_into_again():
    given = image()
    first = probe.invert(given)
    assert first.flags.owndata
    assert CORE.multiarray.get_handler_name(first) == "chainner_sdk"
    where = address(first)
    del first
    second = probe.invert(given)
    assert address(second) == where
    third = probe.invert(given)
    assert address(third) != where, "the second lives"


def test_small_images_are_numpys_to_free():
    small = probe.invert(image(4, 4))
    assert small.flags.owndata
    if HANDLERS:
        assert CORE.multiarray.get_handler_name(small) is None


def test_views_keep_the_memory():
    view = probe.invert(image())[::2, 1:]
    others = [probe.invert(image(value=number / 8)) for number in range(8)]
    del others
    probe.invert(image(value=0.5))
    assert (view == 0.75).all()


def test_an_array_may_be_resized():
    array = probe.invert(image())
    array.resize((1024, 512, 3), refcheck=False)
    assert (array[:512] == 0.75).all()
    assert (array[512:] == 0).all()
    where = address(array)
    del array
    assert all((probe.invert(image(value=number / 8)) == 1 - number / 8).all() for number in range(8)), where


def test_write_flag_is_the_owners():
    array = probe.invert(image())
    array.setflags(write=False)
    array.setflags(write=True)
    array[0, 0, 0] = 1


def test_threads_have_images_of_their_own():
    wrong = []

    def work(value: float) -> None:
        kept = []
        for turn in range(60):
            kept.append(probe.invert(image(256 + turn % 3, 512, value)))
            if len(kept) == 3 and not (kept.pop(turn % 3) == 1 - value).all():
                wrong.append((value, turn))

    threads = [threading.Thread(target=work, args=(number / 4,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what is in memory")
def test_ten_thousand_calls_leak_nothing():
    given = image(300, 400)
    for _ in range(100):
        probe.invert(given)
    before = resident()
    for _ in range(10_000):
        probe.invert(given)
    assert resident() - before < 64 << 20, "ten thousand images are 14 GB"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_frees_and_makes_images():
    before = probe.invert(image())
    child = os.fork()
    if child == 0:
        del before
        ok = all((probe.invert(image(value=number / 8)) == 1 - number / 8).all() for number in range(4))
        os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (before == 0.75).all()


def addresses_with(pool: str) -> subprocess.CompletedProcess[str]:
    script = (
        "import numpy as np, probe\n"
        "array = probe.invert(np.zeros((512, 512, 3), np.float32))\n"
        "core = getattr(np, '_core', None) or np.core\n"
        "print(array.flags.owndata, getattr(core.multiarray, 'get_handler_name', lambda _: None)(array))\n"
    )
    environment = {**os.environ, "CHAINNER_SDK_POOL_MIB": pool}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True)


def test_the_pool_can_be_turned_off():
    off = addresses_with("0")
    assert off.stdout.split() == ["True", "None"]
    assert off.stderr == ""


@needs_handlers
def test_what_is_no_bound_is_told():
    wrong = addresses_with("lots")
    assert wrong.stdout.split() == ["True", "chainner_sdk"]
    assert 'CHAINNER_SDK_POOL_MIB is "lots", but a whole number of MiB is expected' in wrong.stderr
