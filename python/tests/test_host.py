"""A backend that knows nothing of us shows and runs our packages: the same for the stand-in and for the real ones."""

from __future__ import annotations

import base64
import importlib.util
import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from chainner_sdk.installed import installed
from hosts import edge, item
from schemas import puppet

if TYPE_CHECKING:
    from pathlib import Path

    from hosts import Host
    from site_packages import Site

INSTALLED = {one.name for one in installed()[0]}
FILM_LAB = pytest.mark.skipif("film-lab" not in INSTALLED, reason="the example film-lab is not installed")
PROBE = pytest.mark.skipif("probe" not in INSTALLED, reason="the native test package probe is not installed")
RED = '{"kind": "rgb", "values": [1, 0.5, 0.25]}'


def wrote(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def schemas() -> dict[str, dict[str, Any]]:
    """The packages that have to be shown whole."""
    found = {one.name: json.loads((one.directory / "schema.json").read_bytes()) for one in installed()[0]}
    return {"puppet": puppet(), **found}


def test_nodes_are_published_verbatim(host: Host) -> None:
    answer = host.get("/nodes")
    nodes = {node["schemaId"]: node for node in answer["nodes"]}
    categories = [category["id"] for category in answer["categories"]]
    for name, schema in schemas().items():
        for one in schema["nodes"]:
            if one["kind"] != "transformer" or host.backend.has_transformers:
                assert nodes[one["schemaId"]] == one, name
        for category in schema["categories"]:
            assert category in answer["categories"]
            assert category["id"] in categories
    assert len(nodes) == len(answer["nodes"]), "no id twice"


def test_packages_are_published_verbatim(host: Host) -> None:
    packages = {package["id"]: package for package in host.get("/packages")}
    for schema in schemas().values():
        shown = packages[schema["package"]["id"]]
        for key, value in schema["package"].items():
            if key in shown:
                assert shown[key] == value
            else:
                assert key in ("disabled", "disabledReason"), "only what an older app does not know is left out"


def test_stock_nodes_are_still_there(host: Host) -> None:
    nodes = {node["schemaId"] for node in host.get("/nodes")["nodes"]}
    assert nodes.issuperset(host.backend.stock.values())


def test_ids_of_the_app_stay_with_the_app(host: Host) -> None:
    nodes = {node["schemaId"]: node for node in host.get("/nodes")["nodes"]}
    assert "thief:own" in nodes
    assert nodes[host.backend.stock["view"]]["category"] != "puppet (tests)"
    assert f"The schema id {host.backend.stock['view']} belongs to chaiNNer" in host.said()


def test_a_broken_package_costs_only_itself(host: Host, site: Site) -> None:
    packages = {package["id"] for package in host.get("/packages")}
    assert {"puppet", "foreign", "z_twin"} <= packages
    said = host.said() + "".join(file.read_text("utf-8") for file in host.log.parent.glob("logs/*"))
    for name in ("a-broken-schema", "no-schema", "foreign:image is left out", "claimed by puppet 1.0 and z-twin 1.0"):
        assert name in said.replace("The node ", "").replace(" of foreign", ""), name
    report = site.sdk("doctor", code=1).stdout
    for name in ("a-broken-schema", "no-schema", "foreign:image", "claimed by puppet 1.0 and z-twin 1.0"):
        assert name in report
    assert str(host.backend.source.resolve()) in report.partition("last start:")[2]


def test_an_ill_formed_node_is_left_out_and_the_others_are_shown(host: Host) -> None:
    nodes = {node["schemaId"] for node in host.get("/nodes")["nodes"]}
    assert "foreign:image" not in nodes
    assert "foreign:write" in nodes


def test_a_node_known_by_its_schema_only_says_why_and_what_to_do(host: Host, new: bool, tmp_path: Path) -> None:
    code, answer = host.run(item("w", "foreign:write", str(tmp_path / "out"), 1), new=new)
    assert code == 500
    assert "native module cannot be loaded" in answer["exception"]
    assert "SyntaxError" in answer["exception"]
    assert "pip install --force-reinstall foreign" in answer["exception"]
    if not new:
        assert answer["source"]["schemaId"] == "foreign:write"


def test_features_tell_whether_nodes_can_run(host: Host) -> None:
    states = [state for state in host.get("/features") if state["featureId"] == "puppet_native"]
    assert len(states) == 1, "the app knows them by this id alone, the first by name has it"
    assert states[0] == {"packageId": "puppet", "featureId": "puppet_native", "enabled": True, "details": "puppet 1.0"}


def test_values_arrive_as_they_were_sent(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sent = [7, 7.5, "text", RED]
    for value in sent:
        assert host.run(item("w", "puppet:write", str(out), value), new=new)[0] == 200
    assert wrote(out) == [
        line for value in sent for line in (f"builtins.{type(value).__name__} {value!r}", *["builtins.NoneType None"] * 2)
    ]


def test_outputs_become_what_other_nodes_of_the_app_expect(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [item("k", "puppet:all_kinds")]
    chain += [item(f"w{index}", "puppet:write", str(out), *(edge("k", index + more) for more in range(3))) for index in (0, 3, 6)]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    assert sorted(wrote(out)) == sorted(
        [
            "builtins.int 7",
            "builtins.float 2.5",
            "builtins.str 'text'",
            "builtins.bool True",
            "pathlib.Path /rolls",
            "nodes.impl.color.color.Color {'kind': 'rgb', 'values': [1.0, 0.5, 0.25]}",
            "nodes.impl.color.color.Color {'kind': 'grayscale', 'values': [0.5]}",
            "nodes.impl.color.color.Color {'kind': 'rgba', 'values': [1.0, 0.5, 0.25, 0.125]}",
            "nodes.utils.seed.Seed Seed(value=-3)",
        ]
    )


def test_broadcasts_carry_types_of_all_kinds(host: Host, new: bool, tmp_path: Path) -> None:
    host.run(item("k", "puppet:all_kinds"), item("w", "puppet:write", str(tmp_path / "out"), edge("k")), new=new)
    event = host.event("node-broadcast", "k")
    types = event["types"]
    assert {key: literal(value) for key, value in types.items() if value is not None} == {
        "0": 7,
        "1": 2.5,
        "2": {"type": "string-literal", "value": "text"},
        "4": {"type": "named", "name": "Directory", "fields": {"path": {"type": "string-literal", "value": "/rolls"}}},
    }
    assert set(event["data"].values()) == {None}
    assert set(types) == set("012345678")


def literal(expression: Any) -> Any:
    """A number, in either of the two ways that it may be written."""
    if isinstance(expression, dict) and expression["type"] == "numeric-literal":
        return expression["value"]
    return expression


def test_numbers_that_json_lacks_do_not_end_the_stream(host: Host, new: bool, tmp_path: Path) -> None:
    host.run(item("f", "puppet:floats"), item("w", "puppet:write", str(tmp_path / "out"), edge("f")), new=new)
    types = host.event("node-broadcast", "f")["types"]
    assert {key: literal(value) for key, value in types.items()} == {"0": "inf", "1": "NaN"}
    host.run(item("w", "puppet:write", str(tmp_path / "out"), 1), new=new)
    assert host.event("node-finish", "w")


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_images_are_frozen_broadcast_and_shown(host: Host, new: bool, channels: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [item("i", "puppet:image", 600, 400, channels), item("w", "puppet:write", str(out), edge("i"))]
    assert host.run(*chain, new=new)[0] == 200
    shape = (400, 600) if channels == 1 else (400, 600, channels)
    assert wrote(out)[0] == f"array float32 {shape} writeable=False contiguous=True"
    event = host.event("node-broadcast", "i")
    size = {"width": 600, "height": 400, "channels": channels}
    assert event["types"]["0"] == {"type": "named", "name": "Image", "fields": size}
    data = event["data"]["0"]
    assert {key: data[key] for key in size} == size
    if importlib.util.find_spec("cv2") is None:
        assert data["previews"] == []
        return
    first = data["previews"][0]
    assert (first["width"], first["height"]) == (600, 400)
    kind, _, encoded = first["url"].partition(";base64,")
    assert kind == "data:image/png"
    assert base64.b64decode(encoded).startswith(b"\x89PNG")


def test_the_app_can_view_our_image(host: Host, new: bool) -> None:
    assert host.run(item("i", "puppet:image", 64, 48, 3), item("v", host.backend.stock["view"], edge("i")), new=new)[0] == 200


def test_colors_go_to_the_app_and_come_from_it(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [
        item("c", host.backend.stock["color"], RED),
        item("w", "puppet:write", str(out), edge("c")),
        item("k", "puppet:all_kinds"),
        item("s", host.backend.stock["separate"], edge("k", 5), 0),
        item("x", "puppet:write", str(tmp_path / "parts"), edge("s", 0), edge("s", 1), edge("s", 2)),
    ]
    if not host.backend.is_real:
        chain[3]["inputs"].pop()
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    assert wrote(out)[0] == "nodes.impl.color.color.Color {'kind': 'rgb', 'values': [1.0, 0.5, 0.25]}"
    red, green, blue = (float(line.split()[-1]) for line in wrote(tmp_path / "parts"))
    assert red > green > blue, "red is red"


def test_seeds_go_to_the_app_and_come_from_it(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [item("k", "puppet:all_kinds"), item("s", host.backend.stock["seed"], edge("k", 8))]
    assert host.run(*chain, item("w", "puppet:write", str(out), edge("s")), new=new) == (200, {"type": "success"})
    assert wrote(out)[0].startswith("nodes.utils.seed.Seed Seed(value=")


def test_errors_tell_the_node_and_its_inputs(host: Host, new: bool, tmp_path: Path) -> None:
    chain = [
        item("i", "puppet:image", 64, 48, 4),
        item("k", "puppet:all_kinds"),
        item("f", "puppet:fail", "value", edge("i"), edge("k", 5), "a", edge("k", 3), edge("k", 4)),
    ]
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert answer["exception"] == "it is wrong"
    event = host.event("execution-error")
    assert event["exception"] == "it is wrong"
    if new:
        return  # the new executor has no source of any error
    assert answer["source"] == event["source"]
    assert answer["source"] == {
        "nodeId": "f",
        "schemaId": "puppet:fail",
        "inputs": {
            "0": {"type": "literal", "value": "value"},
            "1": {"type": "formatted", "formatString": "RGBA Image 64x48"},
            "2": {"type": "formatted", "formatString": "RGB Color"},
            "3": {"type": "literal", "value": "a"},
            "4": {"type": "literal", "value": 1},
            "5": {"type": "literal", "value": "/rolls"},
        },
    }


@pytest.mark.parametrize(("how", "said"), [("empty", "Fail failed with AssertionError"), ("panic", "panicked at src/lib.rs:1")])
def test_every_failure_is_an_ordinary_error_with_a_text(host: Host, new: bool, how: str, said: str) -> None:
    code, answer = host.run(
        item("i", "puppet:image", 1, 1, 3), item("f", "puppet:fail", how, edge("i"), RED, "a", edge("i"), edge("i")), new=new
    )
    assert code == 500
    assert said in answer["exception"]
    assert host.get("/nodes")["nodes"]


def test_a_preview_runs_one_node(host: Host) -> None:
    host.drain()
    body = {"id": "preview", "schemaId": "puppet:image", "inputs": [30, 20, 1], "options": {}}
    assert host.post("/run/individual", body) == (200, {"success": True, "data": None})
    event = host.event("node-broadcast", "preview")
    assert event["types"]["0"]["fields"] == {"width": 30, "height": 20, "channels": 1}
    host.post("/clear-cache/individual", {"id": "preview"})


def test_a_preview_that_fails_says_why(host: Host) -> None:
    body = {"id": "preview", "schemaId": "foreign:write", "inputs": ["x", 1, 2, 3], "options": {}}
    code, answer = host.post("/run/individual", body)
    assert code == 200
    assert answer["success"] is False
    assert "native module" in answer["error"]


def test_nodes_run_beside_the_event_loop(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    thread = threading.Thread(target=host.run, args=[item("w", "puppet:wait", 1.0, str(out))], kwargs={"new": new})
    thread.start()
    host.event("node-start", "w")
    start = time.perf_counter()
    host.get("/health")
    assert time.perf_counter() - start < 0.9, "the backend answers meanwhile"
    thread.join()
    assert wrote(out) == ["builtins.bool False"], "not in the main thread"


def test_a_run_can_be_paused_and_resumed(host: Host, new: bool, tmp_path: Path) -> None:
    runs = slow_run(host, new, tmp_path)
    assert host.post("/pause", {})[0] == 200
    time.sleep(1.2)
    before = len(wrote(tmp_path / "out")) if (tmp_path / "out").exists() else 0
    assert before < 4
    time.sleep(0.6)
    assert len(wrote(tmp_path / "out")) == before, "nothing runs meanwhile"
    assert host.post("/resume", {})[0] == 200
    runs.join()
    assert len(wrote(tmp_path / "out")) == 4


def test_a_run_can_be_stopped(host: Host, new: bool, tmp_path: Path) -> None:
    runs = slow_run(host, new, tmp_path)
    assert host.post("/kill", {})[0] == 200
    runs.join()
    assert len(wrote(tmp_path / "out")) < 4
    assert host.run(item("w", "puppet:write", str(tmp_path / "after"), 1), new=new)[0] == 200, "the next run starts"


def slow_run(host: Host, new: bool, place: Path) -> threading.Thread:
    """A run of four nodes that take a while, as soon as the first has started."""
    chain = [item(f"w{index}", "puppet:wait", 0.4, str(place / "out")) for index in range(4)]
    thread = threading.Thread(target=host.run, args=chain, kwargs={"new": new})
    thread.start()
    host.event("node-start")
    return thread


@FILM_LAB
def test_native_nodes_enforce_and_run_in_the_app(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [
        item("c", host.backend.stock["color"], RED),
        item("i", "puppet:image", 64, 48, 3),
        item("n", "film_lab:emulsion:negative", edge("i"), "picked", edge("c"), 0.6, 1),
        item("g", "film_lab:emulsion:grain", edge("n"), "silver", 4, 1.5, 40, edge("s")),
        item("s", host.backend.stock["seed"], 7),
        item("v", "film_lab:light:vignette", edge("g"), 1e9, "round", 1),
        item("w", "puppet:write", str(out), edge("v"), edge("n", 1), edge("n", 2)),
    ]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    image, base, density = wrote(out)
    assert image == "array float32 (48, 64, 3) writeable=False contiguous=True"
    assert base == "nodes.impl.color.color.Color {'kind': 'rgb', 'values': [1.0, 0.5, 0.25]}"
    assert density.startswith("builtins.float ")


def test_images_of_the_app_come_in_any_layout(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [
        item("i", "puppet:image", 8, 6, 4),
        item("p", host.backend.stock["planar"], edge("i")),
        item("w", "puppet:write", str(out), edge("p")),
    ]
    if "film-lab" in INSTALLED:
        chain += [item("v", "film_lab:light:vignette", edge("p"), 1, "round", 1), item("x", "puppet:write", str(out), edge("v"))]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    shapes = {line for line in wrote(out) if line.startswith("array")}
    assert "array float32 (6, 8, 3) writeable=False contiguous=False" in shapes, "as it comes"
    assert "film-lab" not in INSTALLED or "array float32 (6, 8, 3) writeable=False contiguous=True" in shapes, "as it goes"


def test_nodes_that_the_app_is_too_old_for_are_left_out(host: Host) -> None:
    nodes = {one["schemaId"]: one for one in host.get("/nodes")["nodes"]}
    assert "later:regular" in nodes
    assert ("later:transformer" in nodes) is host.backend.has_transformers
    if host.backend.has_transformers:
        shown = nodes["later:transformer"]
        assert shown["iteratorInputs"][0]["sequenceType"]["name"] == "Sequence"
        assert shown["kind"] == "transformer"


def test_no_file_of_ours_is_imported_by_the_app(host: Host) -> None:
    assert "loud" not in host.said()


@PROBE
def test_every_value_reaches_a_native_node_as_its_declaration_says(host: Host, new: bool, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "a.txt"
    file.touch()
    values = [2.5, 0.126, 12.0, 0, edge("k", 3), 7, edge("c"), edge("s"), None, "words", str(file), str(tmp_path)]
    chain = [
        item("k", "puppet:all_kinds"),
        item("i", "puppet:image", 5, 4, 1),
        item("c", host.backend.stock["color"], RED),
        item("s", host.backend.stock["seed"], 7),
        item("e", "probe:all:echo", *values, edge("i"), edge("c")),
        item("w", "puppet:write", str(out), edge("e")),
    ]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    echo = wrote(out)[0].removeprefix("builtins.str ").strip("'").split("|")
    assert echo[:7] == ["3", "0.13", "12", "false", "true", "Numbered", "RGB colour #ff8040"]
    assert int(echo[7]) == 7 or host.backend.is_real, "the app's own node derives another"
    assert echo[8:12] == ["None", 'Some("words")', 'Some(Some("a.txt"))', "Some(true)"]
    assert echo[12].startswith("Some(ImageView(Grayscale image 5")
    assert "r: 1.0, g: 0.5, b: 0.25" in echo[13]


@PROBE
def test_every_value_leaves_a_native_node_as_the_app_expects(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [item("g", "probe:all:give", str(tmp_path)), item("r", "probe:all:reseed", 41)]
    chain += [item(f"w{index}", "puppet:write", str(out), *(edge("g", index + more) for more in range(3))) for index in (0, 3)]
    chain += [item("x", "puppet:write", str(out), edge("g", 6), edge("g", 7), edge("r"))]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    assert sorted(wrote(out)) == sorted(
        [
            "array float32 (2, 3) writeable=False contiguous=True",
            "builtins.int -4",
            f"builtins.int {2**64 - 1}",
            "builtins.float 0.10000000149011612",
            "builtins.str 'Grüße'",
            "builtins.bool True",
            "nodes.impl.color.color.Color {'kind': 'rgba', 'values': [0.25, 0.5, 0.75, 1.0]}",
            f"pathlib.Path {tmp_path}",
            "nodes.utils.seed.Seed Seed(value=42)",
        ]
    )


@PROBE
@pytest.mark.parametrize(
    "how", ["panic_here", "panic_on_a_worker", "panic_with_a_number", "own_error", "node_error", "empty_image"]
)
def test_every_native_failure_is_told_with_its_node(host: Host, new: bool, how: str) -> None:
    chain = [item("f", "probe:all:fail", how), item("v", host.backend.stock["view"], edge("f"))]
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert "Fail (on purpose)" in answer["exception"]
    if not new:
        assert answer["source"]["inputs"] == {"0": {"type": "literal", "value": how}}


@FILM_LAB
def test_native_errors_name_node_and_input(host: Host, new: bool) -> None:
    chain = [item("i", "puppet:image", 64, 48, 3), item("v", "film_lab:light:vignette", edge("i"), "much", "round", 1)]
    code, answer = host.run(*chain, item("x", host.backend.stock["view"], edge("v")), new=new)
    assert code == 500
    assert "Vignette, input 'Amount': expected a number, got text 'much'" in answer["exception"]
    if not new:
        assert answer["source"]["inputs"]["0"] == {"type": "formatted", "formatString": "RGB Image 64x48"}


@PROBE
def test_handles_of_an_authors_type_pass_through_the_app(host: Host, new: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chain = [
        item("m", "probe:all:make_token", 7),
        item("n", "probe:all:make_token", 4),
        item("s", "probe:all:same", edge("m"), None),
        item("r", "probe:all:read_token", edge("s"), edge("n")),
        item("w", "puppet:write", str(out), edge("r")),
    ]
    assert host.run(*chain, new=new) == (200, {"type": "success"})
    assert wrote(out)[0] == "builtins.int 11"
    chain[2] = item("s", "puppet:image", 2, 2, 3)
    code, answer = host.run(*chain, new=new)
    assert code == 500
    assert "Read Token, input 'Token'" in answer["exception"]
    if not new:
        assert answer["source"]["inputs"]["1"]["type"] == "unknown", "what an author has made has no words of the app"


@PROBE
def test_an_authors_check_disables_a_feature_and_its_nodes(host: Host) -> None:
    """The front end refuses to run a node whose feature is disabled; the backend only tells."""
    states = {state["featureId"]: state for state in host.get("/features")}
    disabled = {"packageId": "probe", "featureId": "probe_scanner", "enabled": False, "details": "No scanner was found."}
    assert states["probe_scanner"] == disabled
    nodes = {one["schemaId"]: one for one in host.get("/nodes")["nodes"]}
    assert nodes["probe:all:scan"]["features"] == ["probe_scanner"]
