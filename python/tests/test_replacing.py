"""Nodes that run in place of the app's own: saved chains run natively without an edit, where the link asks for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chainner_sdk.installed import installed
from hosts import Backend, Host, backends, edge, item
from schemas import document, double, node, puppet
from site_packages import Site, double_native, puppet_native

if TYPE_CHECKING:
    from pathlib import Path

SUCCESS = (200, {"type": "success"})
STANDIN = backends()[0]
OURS = "array float32 (4, 5, 3) writeable=False contiguous=True"
PROBE = pytest.mark.skipif(
    "probe" not in {one.name for one in installed()[0]}, reason="the native test package probe is not installed"
)


def wrote(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def run(host: Host, place: Path, new: bool = False) -> str:
    """What a saved chain with the app's node gives; the app's own gives a fourth channel, ours does not."""
    out = place / "out"
    out.unlink(missing_ok=True)
    chain = [
        item("i", "puppet:image", 5, 4, 3),
        item("o", host.backend.stock["opacity"], edge("i"), 50),
        item("w", "puppet:write", str(out), edge("o")),
    ]
    assert host.run(*chain, new=new) == SUCCESS
    return wrote(out)[0]


def test_a_saved_chain_runs_our_node(host: Host, new: bool, tmp_path: Path) -> None:
    assert run(host, tmp_path, new) == OURS


def test_a_preview_runs_our_node(host: Host) -> None:
    body = {"id": "p", "schemaId": host.backend.stock["opacity"], "inputs": [None, 13], "options": {}}
    answer = host.post("/run/individual", body)[1]
    assert "it is unlucky" in answer["error"], "the app's own would have missed an image"


def test_errors_of_our_node_name_the_node_of_the_chain(host: Host, new: bool) -> None:
    original = host.backend.stock["opacity"]
    chain = [item("i", "puppet:image", 5, 4, 3), item("o", original, edge("i"), 13)]
    code, answer = host.run(*chain, item("v", host.backend.stock["view"], edge("o")), new=new)
    assert (code, answer["exception"]) == (500, "it is unlucky")
    if not new:
        assert answer["source"]["schemaId"] == original


def test_what_is_asked_for_and_what_became_of_it_is_shown(host: Host, site: Site) -> None:
    ours, other = ("app", "standin") if host.backend.is_real else ("standin", "app")
    rows = {row["name"]: row for row in json.loads(site.sdk("status", "--json", code=1).stdout)}
    found = {one["node"].removeprefix("double:"): one["obstacle"] for one in rows["double"]["replacements"]}
    assert found == {
        f"{ours}_opacity": None,
        f"{ours}_again": f"double:{ours}_opacity runs in its place already",
        f"{ours}_color": "its input 1 (Color) has the kind color, and ours generic",
        **dict.fromkeys((f"{other}_opacity", f"{other}_again", f"{other}_color", "nowhere"), "chaiNNer has no such node"),
        "itself": "it belongs to the same package",
    }
    original = host.backend.stock["opacity"]
    status = site.sdk("status", code=1).stdout
    assert f"{original} by double:{ours}_opacity: replaced" in status.splitlines()
    assert "nobody:has:this by double:nowhere: not replaced: chaiNNer has no such node" in status.splitlines()
    report = site.sdk("doctor", code=1).stdout
    assert f"replacement: {original} by double:{ours}_opacity: replaced" in report
    assert f"problem: double:{ours}_again does not run in place of {original}: double:{ours}_opacity runs in" in report
    assert "in place of nobody:has:this" not in report.partition("problem:")[2], "an app may have other nodes"
    said = host.said() + "".join(file.read_text("utf-8") for file in host.log.parent.glob("logs/*"))
    assert f"double:{ours}_again does not run in place of {original}" in said


def test_the_app_shows_its_own_node_as_before(host: Host, tmp_path: Path) -> None:
    if host.backend.program != "server.py":
        pytest.skip("the worker alone answers the same")
    plain = Site.fresh(tmp_path / "plain", share_all=True)
    (tmp_path / "host").mkdir()
    with Host.running(host.backend, plain, tmp_path / "host") as other:
        before = {one["schemaId"]: one for one in other.get("/nodes")["nodes"]}
    after = {one["schemaId"]: one for one in host.get("/nodes")["nodes"]}
    original = host.backend.stock["opacity"]
    assert after[original] == before[original]
    assert list(before) == [node_id for node_id in after if node_id in before], "nor is there another order"


@PROBE
def test_a_native_node_gives_what_the_original_gave(host: Host, new: bool, site: Site, tmp_path: Path) -> None:
    """Probe is not asked to replace anything in this environment: the two run beside each other, see below for in place."""
    if not host.backend.is_real:
        pytest.skip("the stand-in has no such node")
    files = []
    for schema_id in ("chainner:image:invert", "probe:image:invert"):
        files.append(tmp_path / f"{schema_id.replace(':', '-')}.npy")
        chain = [
            item("i", "probe:sequences:picture", 9, 7),
            item("n", schema_id, edge("i")),
            item("w", "puppet:save", str(files[-1]), edge("n")),
        ]
        assert host.run(*chain, new=new) == SUCCESS
    import numpy as np

    theirs, ours = map(np.load, files)
    assert theirs.shape == ours.shape == (7, 9, 3)
    assert np.abs(theirs - ours).max() < 1e-6


@PROBE
@pytest.mark.parametrize("backend", [one for one in backends() if one.program == "server.py"], ids=lambda one: one.name)
def test_native_nodes_run_in_place_of_the_apps(backend: Backend, tmp_path: Path) -> None:
    linked = Site.fresh(tmp_path / "environment", share_all=True)
    linked.install("puppet", puppet(), puppet_native())
    linked.sdk("link", "--replace", "probe")
    assert "by probe:image:invert: not replaced: chaiNNer has not been started since" in linked.sdk("status").stdout
    (tmp_path / "host").mkdir()
    with Host.running(backend, linked, tmp_path / "host") as host:
        inverted = [item("n", "probe:image:inverted"), item("w", "puppet:write", str(tmp_path / "count"), edge("n"))]
        if backend.is_real:
            chain = [item("i", "probe:sequences:picture", 9, 7), item("v", "chainner:image:invert", edge("i"))]
            assert host.run(*chain, item("x", "puppet:save", str(tmp_path / "x.npy"), edge("v"))) == SUCCESS
        assert host.run(*inverted) == SUCCESS
    assert wrote(tmp_path / "count")[0] == f"builtins.int {int(backend.is_real)}"
    status = linked.sdk("status").stdout
    if backend.is_real:
        assert "chainner:image:invert by probe:image:invert: replaced" in status
        assert "by probe:image:opacity: not replaced: it has 2 inputs, and probe:image:opacity 1" in status
        assert "does not run in place of chainner:image:opacity" in linked.sdk("doctor", code=1).stdout
    else:
        assert "chainner:image:invert by probe:image:invert: not replaced: chaiNNer has no such node" in status


def test_the_app_is_given_back_its_nodes(environment: Site, tmp_path: Path) -> None:
    environment.install("puppet", puppet(), puppet_native())
    environment.install("double", double(), double_native())

    def result(*words: str) -> str:
        environment.sdk(*words)
        place = tmp_path / str(len(list(tmp_path.iterdir())))
        place.mkdir()
        with Host.running(STANDIN, environment, place) as host:
            return run(host, place)

    theirs = OURS.replace("3)", "4)")
    assert result("link") == theirs, "it has to be asked for"
    assert result("link", "--replace", "Double") == OURS
    assert result("link", "--source", str(checkout(tmp_path))) == OURS, "what is not spoken of stays as it is"
    assert "replacements" in environment.sdk("status", "--json").stdout
    assert result("link", "--no-replace", "--no-sources") == theirs
    assert "replaced" not in environment.sdk("status").stdout
    environment.sdk("unlink")
    assert not [name for name in environment.names() if name.startswith("chainner_sdk_link")]


def checkout(place: Path) -> Path:
    directory = place / "checkout"
    directory.mkdir()
    (directory / "Cargo.toml").write_text('[package]\nname = "puppet"\nversion = "1.0.0"\n')
    return directory


def test_a_package_that_cannot_replace_is_told(environment: Site) -> None:
    refused = environment.sdk("link", "--replace", "dubble", code=1)
    assert "There is no node package 'dubble'" in refused.stderr
    assert "got:      none" in refused.stderr
    assert not [name for name in environment.names() if name.startswith("chainner_sdk_link")], "nothing is written"
    environment.install("double", double(), double_native())
    environment.install("puppet", puppet(), puppet_native())
    environment.sdk("link", "--replace", "puppet", "--replace", "double")
    for command in ("status", "doctor"):
        told = environment.sdk(command, code=1)
        assert "puppet is to run in place of other nodes, but none of its nodes says of which" in told.stdout + told.stderr
    environment.uninstall("double")
    told = environment.sdk("status", code=1).stderr
    assert "double is to run in place of other nodes, but there is no such package" in told


def fit(original: dict[str, Any], ours: dict[str, Any]) -> str | None:
    """Whether one node could stand for another."""
    from types import SimpleNamespace

    from chainner_sdk.bridge.misfit import misfit, shape_in_app
    from chainner_sdk.bridge.nodes import Verbatim

    keys = ("inputs", "outputs", "iteratorInputs", "iteratorOutputs")
    ports = [list(map(Verbatim, original[key])) for key in keys]
    known = SimpleNamespace(
        kind=original["kind"],
        features=original["features"],
        inputs=ports[0],
        outputs=ports[1],
        iterable_inputs=ports[2],
        iterable_outputs=ports[3],
    )
    return misfit(shape_in_app(known), SimpleNamespace(id="ours", schema=ours))  # type: ignore[arg-type]


def test_what_saved_chains_know_has_to_fit() -> None:
    def choice(*values: str) -> dict[str, Any]:
        return {"kind": "dropdown", "options": [{"option": value, "value": value} for value in values]}

    sound = next(one for one in puppet()["nodes"] if one["schemaId"] == "puppet:fail")
    assert fit(sound, sound) is None

    def changed(index: int, where: str = "inputs", **keys: Any) -> dict[str, Any]:
        ports = [{**port, **(keys if place == index else {})} for place, port in enumerate(sound[where])]
        return {**sound, where: ports}

    assert fit(sound, changed(1, id=7)) == "its input 2 (Image) has the id 1, and ours 7"
    assert fit(sound, changed(2, kind="generic")) == "its input 3 (Color) has the kind color, and ours generic"
    assert fit(changed(1, optional=True), sound) == "its input 2 (Image) may stay empty, and ours not"
    assert fit(sound, changed(1, optional=True)) is None, "more may be accepted"
    assert (
        fit(changed(3, **choice("a", "b")), changed(3, **choice("a"))) == "its input 4 (Choice) has the option 'b', and ours not"
    )
    assert fit(changed(3, **choice("a")), changed(3, **choice("b", "a"))) is None
    assert fit(sound, {**sound, "inputs": sound["inputs"][:-1]}) == "it has 6 inputs, and ours 5"
    assert fit(sound, {**sound, "kind": "generator"}) == "it is a regularNode, and ours a generator"
    assert fit(sound, {**sound, "features": ["scanner"]}) == "ours needs the feature scanner, and it does not"
    iterated = {**sound, "iteratorInputs": [{"id": 0, "inputs": [1], "sequenceType": "any"}]}
    assert fit(sound, iterated) == "other inputs of it are iterated than of ours"
    assert fit(iterated, iterated) is None
    empty = node("double:empty", [], [])
    assert fit(empty, document("double", [empty])["nodes"][0]) is None
