"""What `cargo chainner dev` builds, as an environment and an app that goes on running see it; the tool is played here.

The real one is in `tests/python/dev` of the checkout.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

import chainner_sdk
from chainner_sdk import Origin
from chainner_sdk.receipt import Receipt
from chainner_sdk.session import Lead, is_held, sessions
from schemas import document, node, number, output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from site_packages import Site

fcntl = pytest.importorskip("fcntl", reason="the lock is played with flock")

GIVE = "story:give"
OTHER = "story:other"


def native(value: int, *, context: bool = False, sdk: str = "0.1.0") -> str:
    """The source of a native half whose nodes give a value."""
    return f"""
sdk_version = {sdk!r}
nodes = ({GIVE!r}, {OTHER!r})
class Aborted(BaseException): ...
def about(_): return {{"context": {context}}}
def feature_state(_): return True, "state {value}"
def call(node_id, *values, **how): return {value}, *values
"""


def schema(inputs: int = 1, *, other: bool = True, **keys: Any) -> dict[str, Any]:
    ports = [number(index, f"N{index}") for index in range(inputs)]
    nodes = [node(GIVE, ports, [output(0, "Out")], **keys), node(OTHER, [], [output(0, "Out")])]
    return document("story", nodes[: 2 if other else 1])


class Tool:
    """The part of `cargo chainner dev`."""

    def __init__(self, place: Path, site_packages: Path, name: str = "story-nodes") -> None:
        self.directory = place / "session"
        self.directory.mkdir(parents=True)
        self.lock = place / "session.lock"
        self.name = name
        self.built = 0
        self.lead = Lead.to(name, site_packages)
        self.lead.file.write_text(self.lead.text(self.directory, self.lock))
        self.held: BinaryIO | None = self.lock.open("wb")
        fcntl.flock(self.held, fcntl.LOCK_EX)

    def build(self, source: str, document: dict[str, Any], version: int = 1) -> Path:
        """Publishes a build; returns the directory of its module."""
        self.built += 1
        module = self.directory / f"builds/{self.built}/story_nodes"
        module.mkdir(parents=True)
        (module / "schema.json").write_text(json.dumps(document))
        (module / "_native.py").write_text(source)
        record = {"v": version, "name": self.name, "module": "story_nodes", "version": "0.2.0", "build": self.built}
        fresh = self.directory / "fresh"
        fresh.write_text(json.dumps({**record, "directory": str(module)}))
        fresh.replace(self.directory / "session.json")
        return module

    def kill(self) -> None:
        """Ends, whatever it has left."""
        if self.held is not None:
            self.held.close()
            self.held = None


@pytest.fixture
def tool(packages: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tool]:
    """A session of `story-nodes`, in an environment where nothing is installed."""
    for name in [name for name in sys.modules if name.endswith("._native")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(Receipt, "here", lambda: Receipt(packages.directory))
    tool = Tool(tmp_path / "target", packages.directory)
    yield tool
    tool.kill()


def test_what_is_being_developed_comes_first(tool: Tool, packages: Site) -> None:
    packages.install("story-nodes", schema(), native(1))
    assert chainner_sdk.load("story-nodes").call(GIVE, 5) == (1, 5), "nothing is built yet"
    built = tool.build(native(2), schema())
    for package in (chainner_sdk.load("story-nodes"), chainner_sdk.load("story_nodes"), *chainner_sdk.discover()):
        assert (package.origin, package.version, package.directory) == (Origin.SOURCE, "0.2.0", built)
        assert package.call(GIVE, 5) == (2, 5)
    tool.lead.file.unlink()
    assert chainner_sdk.load("story-nodes").origin is Origin.INSTALLED


def test_it_need_not_be_installed(tool: Tool) -> None:
    tool.build(native(2), schema())
    assert [package.name for package in chainner_sdk.discover()] == ["story-nodes"]
    app = Running()
    assert app.run() == (2,)
    assert app.live.package() is app.package, "what was loaded at the start is not loaded again"


def test_a_session_that_is_over_has_no_effect_and_is_told(tool: Tool, packages: Site) -> None:
    packages.install("story-nodes", schema(), native(1))
    tool.build(native(2), schema())
    assert is_held(tool.lock)
    tool.kill()
    assert not is_held(tool.lock)
    catalogue = chainner_sdk.discover()
    assert [package.origin for package in catalogue] == [Origin.INSTALLED]
    (problem,) = catalogue.all_problems()
    assert str(tool.lead.file) in str(problem.fix)
    tool.lock.unlink()
    assert sessions(packages.directory) == ([], [tool.lead.fault()])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"session": 7}', '{"session": "/nowhere", "lock": "/nowhere.lock"}'])
def test_a_file_that_leads_nowhere_is_told(tool: Tool, text: str) -> None:
    tool.build(native(2), schema())
    tool.lead.file.write_text(text)
    assert len(chainner_sdk.discover()) == 0
    assert len(chainner_sdk.discover().problems) == 1


def test_a_session_of_a_newer_tool_is_left_alone(tool: Tool) -> None:
    tool.build(native(2), schema(), version=2)
    assert sessions(tool.lead.file.parent) == ([], [])


def test_a_build_that_cannot_be_loaded_gives_way_to_the_wheel(tool: Tool, packages: Site) -> None:
    packages.install("story-nodes", schema(), native(1))
    tool.build("raise RuntimeError('no')", schema())
    package = chainner_sdk.load("story-nodes")
    assert package.origin is Origin.INSTALLED


class Running:
    """An app that has registered what there was at its start."""

    def __init__(self) -> None:
        from chainner_sdk.bridge.live import Live

        self.package = chainner_sdk.load("story-nodes")
        self.live = Live(self.package)

    def run(self, node_id: str = GIVE, *values: int) -> Any:
        return self.live.node(self.package.nodes[node_id])(*values)


def test_an_app_that_runs_takes_each_build_that_can_be_loaded(
    tool: Tool, packages: Site, caplog: pytest.LogCaptureFixture
) -> None:
    packages.install("story-nodes", schema(), native(1))
    app = Running()
    assert app.run() == (1,)
    tool.build(native(2), schema())
    assert app.run() == (2,)
    assert app.live.package().native.feature_state("x") == (True, "state 2")  # type: ignore[union-attr]
    tool.build("raise RuntimeError('no')", schema())
    assert app.run() == (2,)
    assert "build 2 of story-nodes is left out" in caplog.text
    assert caplog.text.count("is left out") == 1
    app.run()
    assert caplog.text.count("is left out") == 1, "a build is tried once"
    tool.build(native(3, sdk="99.0.0"), schema())
    assert app.run() == (2,), "one made with a newer SDK is none that can be loaded"
    tool.build(native(4), schema())
    assert app.run() == (4,)
    tool.lead.file.unlink()
    tool.kill()
    assert app.run() == (4,), "what is loaded stays"


def test_an_app_takes_a_session_that_follows_another(tool: Tool, packages: Site, tmp_path: Path) -> None:
    packages.install("story-nodes", schema(), native(1))
    app = Running()
    tool.build(native(2), schema())
    assert app.run() == (2,)
    tool.lead.file.unlink()
    tool.kill()
    again = Tool(tmp_path / "again", packages.directory)
    assert app.run() == (2,)
    again.build(native(3), schema())
    assert app.run() == (3,)
    again.kill()


@pytest.mark.parametrize(
    ("document", "source", "why"),
    [
        (schema(2), native(2), "it has 1 inputs"),
        (schema(kind="generator"), native(2), "it is a regularNode"),
        (schema(features=["scanner"]), native(2), "needs the feature scanner"),
        (schema(), native(2, context=True), "it asks for a context"),
    ],
)
def test_a_node_that_is_called_otherwise_runs_as_before_and_others_do_not(
    tool: Tool, packages: Site, caplog: pytest.LogCaptureFixture, document: dict[str, Any], source: str, why: str
) -> None:
    packages.install("story-nodes", schema(), native(1))
    app = Running()
    tool.build(source, document)
    assert app.run(GIVE, 5) == (1, 5)
    assert why in caplog.text
    assert f"{GIVE} runs as before until chaiNNer is restarted" in caplog.text
    if "context" not in why:
        assert app.run(OTHER) == (2,)
    tool.build(native(3), schema(description="Other words."))
    assert app.run(GIVE, 5) == (3, 5)
    assert Running().run(GIVE, 5) == (3, 5)


def test_a_node_that_went_runs_as_before(tool: Tool, packages: Site, caplog: pytest.LogCaptureFixture) -> None:
    packages.install("story-nodes", schema(), native(1))
    app = Running()
    tool.build(native(2), schema(other=False))
    assert (app.run(GIVE), app.run(OTHER)) == ((2,), (1,))
    assert f"{OTHER} runs as before until chaiNNer is restarted: it is not there any more" in caplog.text


def test_only_a_linked_environment_is_led_to_a_session_and_unlinked_it_forgets(environment: Site, tmp_path: Path) -> None:
    words = ["dev", "--name", "Story_Nodes", "--session", tmp_path / "s", "--lock", tmp_path / "s.lock"]
    before = environment.names()
    answer = json.loads(environment.sdk(*words, code=1).stdout)
    assert "is not linked" in answer["problem"]["what"]
    assert answer["problem"]["fix"] == f'`"{environment.python}" -m chainner_sdk link`'
    assert environment.names() == before
    environment.sdk("link")
    answer = json.loads(environment.sdk(*words).stdout)
    assert answer["file"] == str(environment.directory / "chainner_sdk_link.dev.story-nodes.json")
    assert str(environment.python.parent.parent) in answer["title"]
    assert json.loads(Lead.to("story-nodes", environment.directory).file.read_text())["session"] == str(tmp_path / "s")
    assert answer["file"] in environment.sdk("unlink").stdout
    assert environment.names() == before
