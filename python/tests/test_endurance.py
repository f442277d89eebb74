"""What a backend bears: slow nodes, long sequences, a thousand accidents."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chainner_sdk.installed import installed
from hosts import edge, item

if TYPE_CHECKING:
    from hosts import Host

pytestmark = pytest.mark.skipif(
    "probe" not in {one.name for one in installed()[0]}, reason="the native test package probe is not installed"
)
SUCCESS = (200, {"type": "success"})


def test_the_backend_answers_while_a_slow_node_runs(host: Host, new: bool) -> None:
    runs = threading.Thread(target=host.run, args=[item("w", "probe:context:work", 100, 20)], kwargs={"new": new})
    start = time.monotonic()
    runs.start()
    host.event("node-start", "w")
    took = []
    while runs.is_alive() and time.monotonic() - start < 1.5:
        asked = time.monotonic()
        status = host.get("/status")
        took.append(time.monotonic() - asked)
        assert "running" in str(status), status
        time.sleep(0.02)
    assert runs.is_alive(), "it answers before the node has ended"
    runs.join()
    assert time.monotonic() - start > 1.9
    print(f"{host.backend.name}, {'new' if new else 'old'} executor: {len(took)} answers in at most {max(took) * 1000:.0f} ms")


def memory(host: Host) -> int:
    """Resident memory of the backend and the processes that it has started, in bytes."""
    total, pending = 0, [host.pid]
    while pending:
        process = Path("/proc", str(pending.pop()))
        try:
            total += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for task in (process / "task").iterdir():
                pending += map(int, (task / "children").read_text().split())
        except OSError:  # it has ended
            continue
    return total


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_ten_thousand_items_need_no_more_memory_than_a_few(host: Host, new: bool, tmp_path: Path) -> None:
    side, most = 64, 10_000
    one = side * side * 3 * 4

    def run(count: int) -> None:
        out = tmp_path / f"out-{count}"
        chain = [
            item("s", "probe:sequences:squares", count, side),
            item("i", "puppet:image", 1, 1, 1),
            item("m", "probe:sequences:mean", edge("s"), edge("i")),
            item("w", "puppet:write", str(out), edge("m")),
        ]
        assert host.run(*chain, new=new, sendBroadcastData=False) == SUCCESS
        host.drain()

    run(500)
    before = memory(host)
    highest, done = 0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.05):
            highest = max(highest, memory(host))

    watches = threading.Thread(target=watch)
    watches.start()
    start = time.monotonic()
    run(most)
    took = time.monotonic() - start
    done.set()
    watches.join()
    grown = highest - before
    print(f"{host.backend.name}: {most} images of {one} bytes, {grown / 2**20:+.1f} MiB, {took / most * 1e6:.0f} µs an item")
    assert grown < most * one / 8


FAULTS = ["panic", "panic_on_a_worker", "node_error", "not_a_number"]


def accident(random_: random.Random, place: Path) -> tuple[list[dict[str, Any]], bool]:
    """A chain that goes wrong, and whether it is to be stopped in its midst."""
    shape: list[Any] = [random_.randint(1, 40), random_.randint(1, 40), 3]
    values: list[Any] = ["none", random_.randint(0, 5), random_.random(), None]
    image: Any = edge("i")
    between: list[dict[str, Any]] = []
    kinds = ["missing", "dtype", "huge", "nan", "panic", "channels", "abort", "items", "text", "handle", "nothing"]
    # A stop takes the app three seconds, whatever it runs.
    kind = random_.choices(kinds, [0.2 if kind == "abort" else 1 for kind in kinds])[0]
    if kind == "missing":
        values[3] = str(place / f"missing-{random_.random()}.png")
    elif kind == "dtype":
        image = random_.choice([7, "an image", None, edge("k", random_.randint(0, 8))])
        between = [item("k", "puppet:all_kinds")]
    elif kind == "huge":
        values[random_.choice([1, 2])] = random_.choice([1e300, -1e300, 10**40, -(10**40), 2**63, 1e30])
    elif kind == "nan":
        between = [item("f", "puppet:floats")]
        values[random_.choice([1, 2])] = edge("f", random_.randint(0, 1))
    elif kind == "panic":
        values[0] = random_.choice(FAULTS)
    elif kind == "channels":
        shape[2] = random_.choice([1, 2, 4, 5])
    elif kind == "abort":
        return [item(f"stop-{random_.random()}", "probe:context:endless", 20)], True
    elif kind == "items":
        count = item("g", "probe:sequences:count", 9, *random_.choice([(4, None), (None, 4), (4, 5)]), random_.randint(0, 1), 0)
        return [
            count,
            item("t", "probe:sequences:total", edge("g"), 0, None, 0),
            item("w", "puppet:write", os.devnull, edge("t")),
        ], False
    elif kind == "text":
        values[random_.choice([0, 1, 2])] = random_.choice(["\0", "ß" * 1000, "", "{}", "-inf"])
    elif kind == "handle":
        between = [item("k", "probe:all:make_token", 3)]
        image = edge("k")
    chain = [item("i", "puppet:image", *shape), *between, item("a", "probe:context:accident", image, *values)]
    return [*chain, item("w", "puppet:write", os.devnull, edge("a"))], False


def test_accidents_leave_the_backend_serving(host: Host, tmp_path: Path) -> None:
    seed = int(os.environ.get("CHAINNER_ACCIDENT_SEED", random.SystemRandom().randrange(2**32)))
    count = int(os.environ.get("CHAINNER_ACCIDENTS", "1000" if host.backend.is_real else "120"))
    print(f"CHAINNER_ACCIDENT_SEED={seed}, {count} accidents on {host.backend.name}")
    random_ = random.Random(seed)
    codes: dict[int, int] = {}
    for number in range(count):
        new = host.backend.has_new_executor and random_.random() < 0.5
        chain, is_stopped = accident(random_, tmp_path)
        if is_stopped:
            code = stopped(host, chain, new)
        else:
            code, answer = host.run(*chain, new=new)
            assert code == 200 or answer["exception"], f"accident {number} of seed {seed} is told without a text: {chain}"
        codes[code] = codes.get(code, 0) + 1
        if not host.events.empty():
            host.events.queue.clear()
    print(f"answers: {codes}")
    assert codes[500] > count / 3, "most were accidents"
    assert set(codes) == {200, 500}
    out = tmp_path / "out"
    chain = [
        item("i", "puppet:image", 8, 6, 3),
        item("a", "probe:context:accident", edge("i"), "none", 2, 0.5, None),
        item("w", "puppet:write", str(out), edge("a")),
    ]
    for new in {False, host.backend.has_new_executor}:
        assert host.run(*chain, new=new) == SUCCESS, f"after {count} accidents of seed {seed}"
    assert out.read_text().count("array float32 (6, 8, 3) writeable=False contiguous=True") == 1 + host.backend.has_new_executor
    assert host.get("/nodes")["nodes"]


def stopped(host: Host, chain: list[dict[str, Any]], new: bool) -> int:
    """The answer to a run that is stopped in its midst."""
    answers: list[int] = []
    runs = threading.Thread(target=lambda: answers.append(host.run(*chain, new=new)[0]))
    runs.start()
    host.event("node-start", chain[0]["id"])
    assert host.post("/kill", {})[0] == 200
    runs.join()
    return answers[0]
