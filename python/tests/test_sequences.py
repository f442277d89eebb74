"""Sequences in the app: made, folded and changed by native nodes, stepped by either executor."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chainner_sdk import load
from chainner_sdk.installed import installed
from hosts import edge, item

if TYPE_CHECKING:
    from pathlib import Path

    from hosts import Host

pytestmark = pytest.mark.skipif(
    "probe" not in {one.name for one in installed()[0]}, reason="the native test package probe is not installed"
)
SUCCESS = (200, {"type": "success"})


def wrote(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def at_rest(host: Host, place: Path) -> bool:
    """Whether all threads of nodes have ended, before long."""
    for attempt in range(100):
        out = place / f"at-work-{attempt}"
        assert host.run(item("a", "probe:sequences:at_work"), item("w", "puppet:write", str(out), edge("a"))) == SUCCESS
        if wrote(out) == ["builtins.int 0", *["builtins.NoneType None"] * 2]:
            return True
        time.sleep(0.1)
    return False


def total(node_id: str, numbers: Any, weights: Any = None, milliseconds: int = 0) -> dict[str, Any]:
    return item(node_id, "probe:sequences:total", numbers, 0.5, weights, milliseconds)


def count(node_id: str, to: int, failing: int | None = None, panicking: int | None = None, skip: int = 0, wait: int = 0) -> Any:
    return item(node_id, "probe:sequences:count", to, failing, panicking, skip, wait)


def test_a_sequence_is_made_and_folded(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [count("g", 10), total("t", edge("g")), item("w", "puppet:write", str(out), edge("t"), edge("t", 1))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[:2] == ["builtins.float 45.5", "builtins.int 10"]
    assert at_rest(host, tmp_path)


def test_outputs_that_are_no_sequence_come_beside_it(host: Host, new: bool, tmp_path: Path) -> None:
    if new and host.backend.is_real:
        pytest.skip("the new executor runs nothing behind what needs a static output of a generator and a collector's")
    out = tmp_path / "out"
    chain = [count("g", 10), total("t", edge("g")), item("w", "puppet:write", str(out), edge("t"), edge("g", 1), edge("g", 2))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out) == ["builtins.float 45.5", "builtins.str 'counted'", "builtins.int 10"]


def test_lengths_and_static_outputs_are_broadcast(host: Host, new: bool, tmp_path: Path) -> None:
    if new and host.backend.is_real:
        pytest.skip("the new executor tells of each item, and of no sequence")
    chain = [count("g", 7), total("t", edge("g")), item("w", "puppet:write", str(tmp_path / "out"), edge("t"))]
    assert host.run(*chain, new=new) == SUCCESS
    event = start_of_sequence(host, "g")
    length = event["sequenceTypes"]["0"]
    assert (length["name"], number(length["fields"]["length"])) == ("Sequence", 7)
    assert event["types"]["1"] == {"type": "string-literal", "value": "counted"}
    assert number(event["types"]["2"]) == 7


def test_item_types_are_broadcast(host: Host, new: bool, tmp_path: Path) -> None:
    if new and host.backend.is_real:
        pytest.skip("the new executor tells of each item, and of no sequence")
    chain = [
        item("s", "probe:sequences:squares", 3, 5),
        total("t", edge("s", 1)),
        item("w", "puppet:write", str(tmp_path / "out"), edge("t")),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    types = start_of_sequence(host, "s")["types"]
    assert types["0"] == {"type": "named", "name": "Image", "fields": {"width": 5, "height": 5, "channels": 3}}
    assert types.get("1") is None


def start_of_sequence(host: Host, node_id: str) -> dict[str, Any]:
    """What is broadcast when a sequence starts; there are broadcasts of its items, too."""
    while True:
        event = host.event("node-broadcast", node_id)
        if event["sequenceTypes"]:
            return event


def number(expression: Any) -> Any:
    return expression["value"] if isinstance(expression, dict) else expression


def test_progress_of_a_generator_counts_its_items(host: Host, new: bool, tmp_path: Path) -> None:
    chain = [count("g", 4, wait=60), total("t", edge("g")), item("w", "puppet:write", str(tmp_path / "out"), edge("t"))]
    assert host.run(*chain, new=new) == SUCCESS
    seen = []
    while True:
        name, data = host.events.get(timeout=20)
        if name == "node-progress" and data["nodeId"] == "g":
            seen.append((data["index"], data["total"]))
        if name == "node-finish" and data["nodeId"] == "w":
            break
    assert seen
    assert {total for _, total in seen} == {4}
    assert sorted(seen) == seen


def test_items_pass_through_other_nodes(host: Host, new: bool, tmp_path: Path) -> None:
    """An image node before, one between, and a side effect behind."""
    out = tmp_path / "out"
    chain = [
        item("s", "probe:sequences:squares", 4, 5),
        item("p", "probe:all:same", edge("s"), None),
        item("i", "puppet:image", 1, 1, 1),
        item("m", "probe:sequences:mean", edge("p"), edge("i")),
        item("w", "puppet:write", str(out), edge("m")),
        total("t", edge("s", 1)),
        item("x", "puppet:write", str(tmp_path / "sum"), edge("t")),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[0] == "array float32 (5, 5, 3) writeable=False contiguous=True"
    assert wrote(tmp_path / "sum")[0] == "builtins.float 6.5"


def test_pixels_of_a_chain_are_those_of_direct_calls(host: Host, new: bool, tmp_path: Path) -> None:
    """An image node, a generator, a collector, and a side effect behind; neither step changes a bit of what another gave."""
    out = tmp_path / "mean.npy"
    chain = [
        item("p", "probe:sequences:picture", 31, 17),
        item("d", "probe:sequences:darker", edge("p"), 5),
        item("i", "puppet:image", 1, 1, 1),
        item("m", "probe:sequences:mean", edge("d"), edge("i")),
        item("s", "puppet:save", str(out), edge("m")),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    probe = load("probe")
    picture = probe.call("probe:sequences:picture", 31, 17)
    mean = probe.call("probe:sequences:mean", None, np.full((1, 1), 0.5, np.float32))
    for image in probe.call("probe:sequences:darker", picture, 5):
        mean.push(image)
    expected = mean.finish()
    assert expected.shape == (17, 31, 3)
    # The mean of a picture and its half, third, fourth and fifth, by half.
    assert np.allclose(expected, picture * (1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 10, atol=1e-6)
    assert expected.std() > 0.05, "no two pixels are alike"
    assert np.array_equal(np.load(out), expected)
    assert at_rest(host, tmp_path)


def test_two_generators_are_stepped_together(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [count("g", 4), count("h", 4), total("t", edge("g"), edge("h")), item("w", "puppet:write", str(out), edge("t"))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[0] == "builtins.float 14.5", "0 + 1 + 4 + 9"


def test_a_collector_that_has_seen_enough(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [count("g", 500), item("f", "probe:sequences:few", edge("g"), 3), item("w", "puppet:write", str(out), edge("f"))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[0] == "builtins.int 3"


@pytest.mark.parametrize("wrong", [{"failing": 2}, {"panicking": 2}, {"panicking": 2, "skip": 1}])
def test_a_failed_item_stops_the_run(host: Host, new: bool, tmp_path: Path, wrong: dict[str, int]) -> None:
    out = tmp_path / "out"
    chain = [count("g", 10, **wrong), total("t", edge("g")), item("w", "puppet:write", str(out), edge("t"))]
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert ("2 is bad" if "failing" in wrong else "stumbled") in answer["exception"]
    assert "Count: " in answer["exception"]
    assert at_rest(host, tmp_path)


def test_failed_items_are_skipped_and_told_at_the_end(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [count("g", 10, failing=2, skip=1), total("t", edge("g")), item("w", "puppet:write", str(out), edge("t"))]
    code, answer = host.run(*chain, new=new)
    print(code, answer, wrote(out))
    assert code == 500
    assert re.match(r"Errors occurred during iteration:\s*[-•]\s*Count: 2 is bad", answer["exception"]), answer
    assert at_rest(host, tmp_path)


def test_errors_of_a_collector_stop_the_run(host: Host, new: bool, tmp_path: Path) -> None:
    for to, said in [(20, "stumbled"), (14, "stumbled")]:
        chain = [count("g", to), total("t", edge("g")), item("w", "puppet:write", str(tmp_path / "out"), edge("t"))]
        code, answer = host.run(*chain, new=new)
        assert code == 500
        assert said in answer["exception"]
        assert "Total: " in answer["exception"]
    chain = [item("s", "probe:sequences:squares", 3, 2), total("t", edge("s")), item("w", "puppet:write", "x", edge("t"))]
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert "Total, input 'Numbers': expected a number, got" in answer["exception"]
    assert not (tmp_path / "out").exists()
    assert at_rest(host, tmp_path)


def test_errors_before_the_first_item(host: Host, new: bool, tmp_path: Path) -> None:
    chain = [count("g", 13), total("t", edge("g")), item("w", "puppet:write", str(tmp_path / "out"), edge("t"))]
    code, answer = host.run(*chain, new=new)
    assert (code, answer["exception"]) == (500, "Count: not to thirteen")


def test_no_items_at_all(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [count("g", 0), total("t", edge("g")), item("w", "puppet:write", str(out), edge("t"))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[0] == "builtins.float 0.5"


def test_a_stopped_sequence_leaves_no_thread(host: Host, new: bool, tmp_path: Path) -> None:
    chain = [count("g", 10**6, wait=5), item("f", "probe:sequences:few", edge("g"), 10**6)]
    chain.append(item("w", "puppet:write", str(tmp_path / "out"), edge("f")))
    thread = threading.Thread(target=host.run, args=chain, kwargs={"new": new})
    thread.start()
    host.event("node-progress", "g")
    assert host.post("/kill", {})[0] == 200
    thread.join()
    assert not (tmp_path / "out").exists()
    assert at_rest(host, tmp_path)


def test_a_preview_of_a_generator_tells_its_length(host: Host) -> None:
    host.drain()
    body = {"id": "preview", "schemaId": "probe:sequences:count", "inputs": [9, None, None, 0, 0], "options": {}}
    assert host.post("/run/individual", body) == (200, {"success": True, "data": None})
    event = host.event("node-broadcast", "preview")
    assert number(event["sequenceTypes"]["0"]["fields"]["length"]) == 9


def test_a_sequence_becomes_another(host: Host, new: bool, tmp_path: Path) -> None:
    if not new:
        pytest.skip("the old executor knows no transformers")
    out = tmp_path / "out"
    chain = [
        count("g", 11),
        item("e", "probe:sequences:evens", edge("g"), 100),
        total("t", edge("e", 1)),
        item("w", "puppet:write", str(out), edge("t"), edge("t", 1)),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(out)[:2] == ["builtins.float 15.5", "builtins.int 6"]
    if not host.backend.is_real:
        assert start_of_sequence(host, "e")["sequenceTypes"]["0"]["name"] == "Sequence"
    chain[1] = item("e", "probe:sequences:sorted", edge("g"))
    chain[2:] = [total("t", edge("e")), item("w", "puppet:write", str(tmp_path / "sorted"), edge("t"))]
    assert host.run(*chain, new=new) == SUCCESS
    assert wrote(tmp_path / "sorted")[0] == "builtins.float 55.5"
    chain[:2] = [count("g", 1001), item("e", "probe:sequences:evens", edge("g"), 10**6)]
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert "stumbled" in answer["exception"]
    assert at_rest(host, tmp_path)


def test_a_transformer_that_cannot_begin_says_why(host: Host, new: bool, tmp_path: Path) -> None:
    if not new:
        pytest.skip("the old executor knows no transformers")
    if host.backend.is_real:
        pytest.skip("the app calls no transformer of an empty sequence")
    chain = [count("g", 0), item("e", "probe:sequences:sorted", edge("g")), total("t", edge("e"))]
    code, answer = host.run(*chain, item("w", "puppet:write", str(tmp_path / "out"), edge("t")), new=new)
    assert code == 500
    assert "Sorted: there is nothing to sort" in answer["exception"]
    assert at_rest(host, tmp_path)
