"""What native nodes know of their run in the app: progress, whether to stop, settings, a folder, the end."""

from __future__ import annotations

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
SOON = 2.0
"""Seconds that a loaded machine may take for what takes 40 ms."""


def soon(host: Host) -> float:
    """How long a run may take to answer that it is stopped: the app takes its time for that, whatever it runs."""
    return 20.0 if host.backend.is_real else SOON


def wrote(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def eventually(is_so: Any, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Running:
    """A run on a thread of its own."""

    def __init__(self, host: Host, *chain: Any, **keys: Any) -> None:
        self.answer: Any = None
        self.ended = 0.0

        def run() -> None:
            self.answer = host.run(*chain, **keys)
            self.ended = time.monotonic()

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def join(self) -> Any:
        self._thread.join()
        return self.answer


def test_progress_is_shown(host: Host, new: bool) -> None:
    if not host.backend.shows_progress:
        pytest.skip(f"{host.backend.name} shows no progress of a node's own")
    assert host.run(item("w", "probe:context:work", 40, 25), new=new) == SUCCESS
    seen = []
    while True:
        name, data = host.events.get(timeout=20)
        if name == "node-progress":
            assert (data["nodeId"], data["total"]) == ("w", 0)
            seen.append(data["progress"])
        if name == "node-finish":
            break
    assert len(seen) >= 4
    assert seen == sorted(seen)
    assert seen[0] < 0.5 < seen[-1] <= 1, "both parts are of one whole"


def test_a_loop_on_all_threads_is_stopped(host: Host, new: bool) -> None:
    running = Running(host, item("e", "probe:context:endless", 30), new=new)
    host.event("node-start", "e")
    time.sleep(0.2)
    start = time.monotonic()
    code, _ = host.post("/kill", {})
    code, answer = code, running.join()
    took = running.ended - start
    print(f"stopped after {took * 1000:.0f} ms")
    assert code == 200
    assert took < soon(host)
    if new:
        # The new executor takes every stop that a node hears of for an error.
        assert answer[0] in (200, 500)
        assert "nobody stopped it" not in str(answer)
    else:
        assert answer == SUCCESS
    assert host.run(item("w", "probe:context:work", 1, 0), new=new) == SUCCESS, "the next run starts"


def test_what_is_behind_a_stopped_node_does_not_run(host: Host, new: bool, tmp_path: Path) -> None:
    running = Running(
        host, item("e", "probe:context:endless", 30), item("w", "puppet:write", str(tmp_path / "out"), edge("e")), new=new
    )
    host.event("node-start", "e")
    time.sleep(0.2)
    host.post("/kill", {})
    running.join()
    assert not (tmp_path / "out").exists()


def test_a_node_is_paused_in_its_midst(host: Host, new: bool) -> None:
    running = Running(host, item("w", "probe:context:work", 60, 20), new=new)
    host.event("node-progress" if host.backend.shows_progress else "node-start", "w")
    assert host.post("/pause", {})[0] == 200
    time.sleep(0.5)
    host.drain()
    time.sleep(1.5)
    assert host.events.empty(), "no progress meanwhile"
    assert running.ended == 0.0, "it would be through by now"
    assert host.post("/resume", {})[0] == 200
    assert running.join() == SUCCESS
    while host.backend.shows_progress and host.event("node-progress", "w")["progress"] <= 0.5:
        pass


def test_a_paused_node_is_stopped(host: Host, new: bool) -> None:
    running = Running(host, item("e", "probe:context:endless", 30), new=new)
    host.event("node-start", "e")
    assert host.post("/pause", {})[0] == 200
    time.sleep(0.3)
    assert host.post("/kill", {})[0] == 200
    running.join()
    assert host.run(item("w", "probe:context:work", 1, 0), new=new) == SUCCESS


def test_settings_are_those_of_the_app(host: Host, new: bool, tmp_path: Path) -> None:
    chain = [item("s", "probe:context:settings"), item("w", "puppet:write", str(tmp_path / "out"), edge("s"))]
    options = {"fast": False, "threads": 9, "ratio": 0.25, "mode": "7", "cache": str(tmp_path)}
    given = [
        {},
        {"probe": options},
        {"probe": {**options, "threads": 7000, "ratio": 1, "mode": "square", "cache": ""}},
        {"probe": {"fast": 1}},
    ]
    for options in given:
        assert host.run(*chain, new=new, options=options) == SUCCESS
    defaults = "fast: true, threads: 4, ratio: 0.5, mode: Plain, cache: None"
    expected = [
        defaults,
        f'fast: false, threads: 9, ratio: 0.25, mode: Numbered, cache: Some(CacheDir("{tmp_path}"))',
        "fast: false, threads: 64, ratio: 1.0, mode: Plain, cache: None",
        defaults,
    ]
    said = [line for line in wrote(tmp_path / "out") if "ProbeSettings" in line]
    assert said == [f"builtins.str 'ProbeSettings {{ {one} }}'" for one in expected]


def test_a_folder_is_kept(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [item("k", "probe:context:keep", "a text"), item("w", "puppet:write", str(out), edge("k"))]
    assert host.run(*chain, new=new) == SUCCESS
    folder = Path(wrote(out)[0].removeprefix("pathlib.Path "))
    assert folder == host.log.parent / "storage/probe"
    assert (folder / "kept.txt").read_text() == "a text"


def test_what_is_left_is_cleaned_up_at_the_end(host: Host, new: bool, tmp_path: Path) -> None:
    left = tmp_path / "left"
    running = Running(host, item("l", "probe:context:leave", str(left), 0), item("e", "probe:context:work", 10, 50), new=new)
    assert running.join() == SUCCESS
    assert wrote(left) == ["ran and cleaned up"]


def test_what_is_left_by_a_run_that_fails_is_cleaned_up_too(host: Host, new: bool, tmp_path: Path) -> None:
    left = tmp_path / "left"
    code, answer = host.run(item("l", "probe:context:leave", str(left), 1), new=new)
    assert (code, answer["exception"]) == (500, "Leave: it fails")
    assert eventually(lambda: wrote(left) == ["ran and cleaned up"])


def test_nothing_waits_for_progress_in_a_preview(host: Host) -> None:
    body = {"id": "preview", "schemaId": "probe:context:work", "inputs": [3, 1], "options": {}}
    assert host.post("/run/individual", body) == (200, {"success": True, "data": None})


def test_a_preview_is_stopped_by_the_next_one(host: Host) -> None:
    answers = []

    def preview(schema_id: str, *inputs: Any) -> None:
        body = {"id": "preview", "schemaId": schema_id, "inputs": inputs, "options": {}}
        answers.append(host.post("/run/individual", body))

    first = threading.Thread(target=preview, args=["probe:context:endless", 10])
    first.start()
    time.sleep(0.5)
    if host.backend.is_real:
        start = time.monotonic()
        preview("probe:context:work", 1, 0)
        first.join()
        assert time.monotonic() - start < 5
    first.join()
    assert all("nobody stopped it" not in str(answer) for answer in answers) or not host.backend.is_real
    assert host.get("/nodes")["nodes"]


def test_what_a_node_does_not_ask_for_is_not_worked_out(host: Host, new: bool, tmp_path: Path) -> None:
    if new:
        pytest.skip("the new executor works everything out before")
    out = tmp_path / "out"
    fails = item("f", "probe:all:fail", "node_error")
    for second, said in [(1, "builtins.float 0.5"), (0, "builtins.float 10.0")]:
        chain = [
            fails,
            item("p", "probe:context:pick", second, 99 if not second else edge("f"), 0.5, edge("f") if second else None),
        ]
        assert host.run(*chain, item("w", "puppet:write", str(out), edge("p")), new=new) == SUCCESS
        assert wrote(out)[-3] == said
    chain[1] = item("p", "probe:context:pick", 0, 1, None, edge("f"))
    code, answer = host.run(*chain, item("w", "puppet:write", str(out), edge("p")), new=new)
    assert code == 500
    assert "there is nothing to do" in answer["exception"]


def test_lazy_values_are_enforced_as_others_are(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    image = item("i", "puppet:image", 7, 5, 3)
    chain = [
        image,
        item("p", "probe:context:pick", 0, -99, None, edge("i")),
        item("w", "puppet:write", str(out), edge("p"), edge("p", 1)),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[:2] == ["builtins.float -10.0", "builtins.int 7"]
    chain[1] = item("p", "probe:context:pick", 0, "much", None, edge("i"))
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert "Pick, input 'First Number': expected a number, got text 'much'" in answer["exception"]


def test_a_sequence_hears_of_a_stop(host: Host, new: bool, tmp_path: Path) -> None:
    """An item, or a fold, that takes longer than a stop may."""
    chain = [
        item("t", "probe:context:ticks", 1000, 1),
        item("s", "probe:context:slow_sum", edge("t"), 300),
        item("w", "puppet:write", str(tmp_path / "out"), edge("s")),
    ]
    running = Running(host, *chain, new=new)
    host.event("node-progress", "t")
    start = time.monotonic()
    assert host.post("/kill", {})[0] == 200
    running.join()
    assert running.ended - start < soon(host)
    assert not (tmp_path / "out").exists()

    def rests() -> bool:
        out = tmp_path / f"rests-{time.monotonic()}"
        assert host.run(item("a", "probe:sequences:at_work"), item("w", "puppet:write", str(out), edge("a"))) == SUCCESS
        return wrote(out)[0] == "builtins.int 0"

    assert eventually(rests)


def test_a_sequence_with_a_context_runs_to_its_end(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [
        item("t", "probe:context:ticks", 20, 5),
        item("s", "probe:context:slow_sum", edge("t"), 5),
        item("w", "puppet:write", str(out), edge("s")),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[0] == "builtins.int 190"
