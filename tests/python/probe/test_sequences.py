"""Sequences: made, folded and changed, by Python users and step by step."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import pathlib
import signal
import sys
import threading
import time

import numpy as np
import probe
import pytest
from probe import _native

SOON = 30


def at_rest() -> bool:
    """Whether all work has ended, before long."""
    gc.collect()
    patience = time.monotonic() + SOON
    while probe.at_work() > 0 and time.monotonic() < patience:
        time.sleep(0.001)
    return probe.at_work() == 0


@pytest.fixture(autouse=True)
def _leaves_nothing_behind():
    yield
    assert at_rest()


def total(numbers, base, weights, **how):
    # What follows an input with a default goes by name.
    return probe.total(numbers, base, weights=weights, **how)


def collector(*ignored):
    """The total, with anything for its iterated inputs."""
    numbers, weights = ignored or (None, None)
    return _native.call("probe:sequences:total", numbers, 0.5, weights, 0)


def test_a_generator_is_an_iterator():
    run = probe.count(10_000)
    assert iter(run) is run
    assert run.expected_length == 10_000
    assert run.fail_fast is True
    assert run.statics == ("counted", 10_000)
    assert list(run) == list(range(10_000))
    assert next(run, None) is None


def test_items_of_several_outputs_are_tuples():
    pairs = list(probe.squares(4, size=3))
    assert [number for _, number in pairs] == [0, 1, 2, 3]
    assert [float(image[0, 0, 0]) for image, _ in pairs] == [0, 0.25, 0.5, 0.75]
    assert all(image.flags.owndata and image.shape == (3, 3, 3) for image, _ in pairs)
    assert probe.squares(0, 1).statics == ()


def test_errors_of_items_are_raised():
    run = probe.count(5, failing=2)
    assert [next(run), next(run)] == [0, 1]
    with pytest.raises(RuntimeError, match=r"^Count: 2 is bad$"):
        next(run)
    assert list(run) == []


def test_errors_of_items_are_skipped():
    run = probe.count(5, failing=2, skip=True)
    assert run.fail_fast is False
    assert [next(run), next(run)] == [0, 1]
    with pytest.raises(RuntimeError, match="2 is bad"):
        next(run)
    assert list(run) == [3, 4]


def test_errors_before_the_items_are_raised_by_the_call():
    with pytest.raises(RuntimeError, match=r"^Count: not to thirteen$"):
        probe.count(13)
    with pytest.raises(ValueError, match="Count, input 'To': expected a whole number, got text 'x'"):
        probe.count("x")
    with pytest.raises(ValueError, match=r"Total, input 'Base': expected a number"):
        total([], "x", [])


@pytest.mark.parametrize("skip", [False, True])
def test_a_panic_on_the_thread_is_an_exception_and_the_end(skip):
    run = probe.count(5, panicking=1, skip=skip)
    assert next(run) == 0
    with pytest.raises(RuntimeError, match=r"^Count: the node panicked at .*sequences\.rs:\d+:\d+: .*stumbled"):
        next(run)
    assert list(run) == []


def test_closing_and_dropping_end_the_work():
    run = probe.count(2**31)
    assert next(run) == 0
    assert probe.at_work() == 1
    run.close()
    assert at_rest()
    assert list(run) == []
    run.close()
    run = probe.count(2**31)
    next(run)
    del run
    assert at_rest()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_starts_before_it_is_stepped():
    before = set(os.listdir("/proc/self/task"))
    runs = [probe.count(5), collector(), probe.evens([1], 1)]
    assert set(os.listdir("/proc/self/task")) <= before
    assert runs[0].expected_length == 5


def test_a_collector_takes_iterables():
    assert total([1, 2, 3], 0.5, [1, None, 10]) == (33.5, 3)
    assert total((number % 10 for number in range(10_000)), 0, itertools.repeat(1, 10_000)) == (45_000, 10_000)
    assert total(np.float32([1, 1000]), 0, {2: "x", 3: "y"}) == (302, 2)
    assert total([], 1, []) == (1, 0)
    assert probe.few(itertools.count(1), 3) == 6, "no more is taken than is wanted"


def test_images_are_collected():
    gain = np.ones((1, 1), np.float32)
    result = probe.mean((image[::-1] for image, _ in probe.squares(4, size=5)), gain)
    assert result.shape == (5, 5, 3)
    assert result == pytest.approx(0.375)
    with pytest.raises(RuntimeError, match="Mean: there are no images"):
        probe.mean([], gain)


def test_errors_of_a_collector_are_raised():
    with pytest.raises(RuntimeError, match=r"^Total: a negative number$"):
        total(itertools.repeat(-1), 0, itertools.repeat(1))
    with pytest.raises(RuntimeError, match=r"^Total: the node panicked at .*sequences\.rs.*stumbled"):
        total([13], 0, [1])
    with pytest.raises(ValueError, match=r"Total, input 'Numbers': expected a number, got text 'x'"):
        total(["x"], 0, [1])
    with pytest.raises(TypeError, match=r"^Total, input 'Weights': expected an iterable, got int$"):
        total([1], 0, 1)
    with pytest.raises(ValueError, match="zip"):
        total([1, 2], 0, [1])
    with pytest.raises(ZeroDivisionError):
        total((1 / number for number in [1, 0]), 0, [1, 1])


def test_a_collector_is_stepped():
    run = collector(None, np.zeros((2, 2), np.float32))
    for number in range(100):
        run.push(number % 10, 2)
    assert not run.is_over
    with pytest.raises(ValueError, match=r"Total, input 'Numbers': expected a number"):
        run.push("x", 2)
    with pytest.raises(RuntimeError, match="Total: expected at most 2 values an item, got 3"):
        run.push(1, 2, 3)
    assert run.finish() == (900.5, 100)
    assert run.is_over
    for step in [run.finish, lambda: run.push(1, 1)]:
        with pytest.raises(RuntimeError, match="it has been finished or closed"):
            step()


def test_a_stepped_collector_raises_at_the_next_step():
    run = collector()
    run.push(-1, None)

    def go_on():
        for _ in range(10**6):
            run.push(1, None)

    with pytest.raises(RuntimeError, match=r"^Total: a negative number$"):
        go_on()
    run = collector()
    run.push(-1, None)
    with pytest.raises(RuntimeError, match=r"^Total: a negative number$"):
        run.finish()


def test_a_dropped_collector_ends():
    run = collector()
    run.push(1, None)
    del run
    assert at_rest()
    run = collector()
    run.push(1, None)
    run.close()
    assert at_rest()
    assert run.is_over


def test_a_transformer_turns_one_sequence_into_another():
    run = probe.evens([number for number in range(20_000) if number != 1000], most=10**6)
    assert run.expected_length is None
    assert run.fail_fast is True
    assert run.statics == ("halves",)
    assert list(run) == [(2 * half, half) for half in range(10_000) if half != 500]
    taken = []
    run = probe.evens((taken.append(number) or number for number in itertools.count()), most=2)
    assert list(run) == [(0, 0), (2, 1)]
    assert len(taken) < 12, "no more is taken than is wanted"


def test_a_transformer_may_see_all_before_it_gives_any():
    run = probe.sorted([5, 3, 4])
    assert run.statics == (3,)
    assert run.expected_length == 3
    assert list(run) == [3, 4, 5]
    assert list(probe.sorted(iter([2, 1]))) == [1, 2]
    with pytest.raises(RuntimeError, match=r"^Sorted: there is nothing to sort$"):
        list(probe.sorted([]))
    with pytest.raises(RuntimeError, match=r"^Sorted: there is nothing to sort$"):
        _ = probe.sorted([]).statics


def test_errors_of_a_transformer_are_raised():
    run = probe.evens([0, 1000, 2], most=9)
    assert next(run) == (0, 0)
    with pytest.raises(RuntimeError, match=r"^Evens: the node panicked at .*stumbled"):
        next(run)
    assert list(run) == []
    run = probe.evens([0, "x"], most=9)
    with pytest.raises(ValueError, match=r"Evens, input 'Numbers': expected a whole number, got text 'x'"):
        list(run)
    assert list(run) == [], "a sequence with a gap is none"
    with pytest.raises(ZeroDivisionError):
        list(probe.evens((1 // number for number in [1, 0]), most=9))
    with pytest.raises(TypeError, match=r"Evens, input 'Numbers': expected an iterable, got NoneType"):
        probe.evens(None, most=9)


def test_sequences_of_sequences():
    assert total((half for _, half in probe.evens(probe.count(10), 9)), 0, itertools.repeat(1, 5)) == (10, 5)


def test_the_lock_is_free_while_an_item_is_waited_for():
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    list(probe.count(3, milliseconds=100))
    total([1, 2, 3], 0, [1, 1, 1], milliseconds=100)
    done.set()
    thread.join()
    assert len(ticks) > 50


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_waiting_can_be_interrupted():
    for work in [
        lambda: next(probe.count(1, milliseconds=SOON * 1000 // 10)),
        lambda: total([1], 0, [1], milliseconds=SOON * 1000 // 10),
    ]:
        timer = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
        start = time.monotonic()
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            work()
        timer.join()
        assert time.monotonic() - start < SOON / 10


def test_one_run_can_be_stepped_from_several_threads():
    run, items = probe.count(2000), []
    threads = [threading.Thread(target=lambda: items.extend(run)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(items) == list(range(2000))


def in_child(queue):
    queue.put(sum(number for _, number in probe.squares(20, size=200)))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_sequences_survive_forks(method):
    list(probe.squares(2, size=200))
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=in_child, args=[queue])
    child.start()
    try:
        assert queue.get(timeout=60) == 190
    finally:
        child.kill()
        child.join()


def test_only_one_keyword_is_known():
    with pytest.raises(TypeError, match="no keyword arguments but `collect` and `context`"):
        _native.call("probe:all:sink", 1.0, colect=True)
    assert _native.call("probe:all:sink", 1.0, collect=True) is None


def test_anything_is_an_item_and_comes_back_as_the_same_object():
    values = [object(), None, "text", np.zeros((2, 2), np.float32), 3]
    pairs = list(probe.enumerated(values, 5))
    assert [number for _, number in pairs] == [5, 6, 7, 8, 9]
    assert all(value is given for (value, _), given in zip(pairs, values, strict=True))


def test_an_output_that_is_no_sequence_may_stand_between_those_that_are():
    run = probe.listed(2)
    assert run.statics == (pathlib.Path("here"),)
    assert list(run) == [(0, "#0"), (1, "#1")]
    doc = probe.listed.__doc__
    assert doc.index("Number") < doc.index("Name") < doc.index("statics") < doc.index("Folder")
