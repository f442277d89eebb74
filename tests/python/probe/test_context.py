"""What nodes know of their run when Python users call them, and what a host tells them."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
import time

import numpy as np
import probe
import pytest
from probe import _native

SOON = 30


class Host:
    """What a host passes along."""

    def __init__(self, storage_dir=None, **settings):
        self.settings = settings
        self.storage_dir = storage_dir
        self.told = []
        self.cleanups = []
        self.state = 0

    def look(self, fraction):
        self.told.append(fraction)
        return self.state

    def add_cleanup(self, function):
        self.cleanups.append(function)


def test_a_node_with_a_context_is_an_ordinary_function(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAINNER_STORAGE_DIR", str(tmp_path))
    assert probe.work(3, milliseconds=0) == 3
    assert "ctx" not in probe.work.__doc__
    assert "threads: 4" in probe.settings()
    kept = probe.keep("a text")
    assert kept == tmp_path / "probe"
    assert (kept / "kept.txt").read_text() == "a text"
    left = tmp_path / "left"
    probe.leave(str(left))
    assert left.read_text() == "ran and cleaned up", "without a host, the run is over with the node"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_a_node_can_be_interrupted():
    timer = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        probe.endless(SOON)
    timer.join()
    assert time.monotonic() - start < SOON / 2


def test_a_host_stops_a_node():
    host = Host()
    timer = threading.Timer(0.1, setattr, [host, "state", 2])
    timer.start()
    start = time.monotonic()
    with pytest.raises(_native.Aborted, match="Endless: the run was stopped"):
        _native.call("probe:context:endless", SOON, context=host)
    print(f"stopped {time.monotonic() - start - 0.1:.3f} s after it was asked to")
    assert issubclass(_native.Aborted, RuntimeError)


def test_a_host_hears_of_progress_and_pauses():
    host = Host()
    threading.Timer(0.1, setattr, [host, "state", 1]).start()
    threading.Timer(0.6, setattr, [host, "state", 0]).start()
    start = time.monotonic()
    assert _native.call("probe:context:work", 20, 10, context=host) == 20
    assert time.monotonic() - start > 0.6
    told = [fraction for fraction in host.told if fraction is not None]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1


def test_settings_come_from_the_host(tmp_path):
    host = Host(tmp_path, fast=False, threads=7.0, ratio=0.25, mode="7", cache="", unknown=object())
    said = _native.call("probe:context:settings", context=host)
    assert said == "ProbeSettings { fast: false, threads: 7, ratio: 0.25, mode: Numbered, cache: None }"
    assert _native.call("probe:context:keep", "x", context=host) == tmp_path / "probe"


@pytest.mark.parametrize("calls", [True, False])
def test_cleanups_are_the_hosts_and_are_done_though_it_forgets_them(tmp_path, calls):
    host, left = Host(), tmp_path / "left"
    _native.call("probe:context:leave", str(left), False, context=host)
    assert left.read_text() == "ran"
    if calls:
        host.cleanups[0]()
        host.cleanups[0]()
    else:
        host.cleanups.clear()
    assert left.read_text() == "ran and cleaned up"


def test_faults_of_a_host_are_raised():
    class Broken(Host):
        def look(self, fraction):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _native.call("probe:context:endless", SOON, context=Broken())
    with pytest.raises(AttributeError, match="settings"):
        _native.call("probe:context:work", 1, 0, context=object())
    assert _native.call("probe:all:sink", 1.0, context=object()) is None, "who asks for no context is given none"


def test_steps_of_a_sequence_tell_the_host():
    host = Host()
    ticks = _native.call("probe:context:ticks", 1000, 1, context=host)
    assert [next(ticks), next(ticks)] == [0, 1]
    host.state = 2
    # What was prepared before is still given.
    with pytest.raises(_native.Aborted):
        list(itertools.islice(ticks, 10))
    assert host.told


def test_a_host_is_told_what_the_schema_leaves_out():
    assert _native.about("probe:context:work") == {"context": True, "lazy": [], "replaces": None}
    assert _native.about("probe:context:pick") == {"context": False, "lazy": [1, 2, 3], "replaces": None}
    assert _native.about("probe:image:invert")["replaces"] == "chainner:image:invert"
    with pytest.raises(KeyError, match="there is no node 'probe:none'"):
        _native.about("probe:none")


class Later:
    """A value that is worked out when asked for."""

    has_value = False

    def __init__(self, work):
        self._work = work

    @property
    def value(self):
        return self._work()


def test_lazy_inputs_are_asked_for_when_they_are_needed():
    def nobody_asks():
        raise AssertionError

    def pick(*values):
        return _native.call("probe:context:pick", *values)

    never = Later(nobody_asks)
    assert pick(True, never, Later(lambda: 7), never) == (7, 0)
    assert pick(True, never, Later(lambda: None), never) == (-1, 0)
    image = np.zeros((4, 9, 3), np.float32)[:, ::-1]
    assert pick(False, Later(lambda: -99), never, Later(lambda: image)) == (-10, 9)
    assert pick(False, 3, 4, None) == (3, 0), "the value itself will do"
    with pytest.raises(ValueError, match="Pick, input 'First Number': expected a number, got text 'x'"):
        pick(False, Later(lambda: "x"), never, never)
    with pytest.raises(RuntimeError, match="division by zero"):
        pick(False, Later(lambda: 1 / 0), never, never)


def test_item_types_are_told():
    assert "width" in probe.squares(2, size=5).item_types[0]
    assert probe.squares(2, size=5).item_types[1] is None
