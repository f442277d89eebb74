"""`cargo chainner dev` beside an app that goes on running: the stand-in, and with CHAINNER_REPO the real backends.

DEV_TOOL is the tool, DEV_PACKAGE a package of the node `quiet:all:add`, DEV_TARGET where cargo compiles.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "python/tests"))

from hosts import Host, backends, edge, item  # noqa: E402
from schemas import puppet  # noqa: E402
from site_packages import Site, puppet_native  # noqa: E402

TOOL = os.environ["DEV_TOOL"]
PACKAGE = Path(os.environ["DEV_PACKAGE"])
TARGET = Path(os.environ["DEV_TARGET"])
SESSIONS = TARGET / "chainner/dev"
NODE = "quiet:all:add"
PATIENCE = 900
"""Seconds until a test gives up: no time is a promise here."""

ADD = "pub fn add(a: f64, b: f64) -> f64 {\n    a + b\n}"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and /proc")


class Dev:
    """A running `cargo chainner dev`; `before` are words in front of the command."""

    def __init__(self, site: Site, place: Path, *pythons: object, before: Sequence[str] = ()) -> None:
        self.mark = str(uuid.uuid4())
        self.temporary = place / f"temporary {self.mark}"
        self.temporary.mkdir()
        environment = {**os.environ, "DEV_MARK": self.mark, "TMPDIR": str(self.temporary), "CARGO_NET_OFFLINE": "true"}
        options = ["--target-dir", TARGET, "--message-format", "json"]
        command = [*before, TOOL, "dev", "--python", site.python, *pythons, *options]
        self.log = self.temporary.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                list(map(str, command)), cwd=PACKAGE, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        self.lines: queue.Queue[dict | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def until(self, event: str) -> tuple[dict, list[dict]]:
        """The next event of this name, and what was told before it."""
        before = []
        deadline = time.monotonic() + PATIENCE
        while True:
            line = self.lines.get(timeout=deadline - time.monotonic())
            assert line is not None, f"it ended before `{event}`:\n{self.said()}"
            if line["reason"] == "chainner-dev" and line["event"] == event:
                return line, before
            before.append(line)

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def left(self) -> list[str]:
        """Processes that were started by it and still run."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"DEV_MARK={self.mark}".encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text("utf-8", "replace").replace("\0", " "))
            except OSError:
                pass
        return found


@contextmanager
def developing(site: Site, place: Path, *pythons: object):
    dev = Dev(site, place, *pythons)
    try:
        yield dev
    finally:
        if dev.process.poll() is None:
            dev.process.send_signal(signal.SIGTERM)
            dev.process.wait(PATIENCE)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A linked environment with a node that writes what it gets."""
    site = Site.fresh(tmp_path / "environment", share_all=True)
    site.install("puppet", puppet(), puppet_native())
    site.sdk("link")
    return site


@pytest.fixture(autouse=True)
def source():
    """The source of the package, as it was before and is afterwards."""
    file = PACKAGE / "src/lib.rs"
    text = file.read_text("utf-8")
    assert ADD in text
    yield text
    file.write_text(text, "utf-8")
    for more in PACKAGE.glob("src/*.swp"):
        more.unlink()


def write(text: str) -> None:
    """Saves the source as editors do: beside it, then renamed."""
    fresh = PACKAGE / "src/lib.rs~"
    fresh.write_text(text, "utf-8")
    fresh.replace(PACKAGE / "src/lib.rs")


def answer(host: Host, place: Path, *values: object) -> str:
    """What the node gives in the app."""
    out = place / "out"
    out.unlink(missing_ok=True)
    chain = [item("n", NODE, *values), item("w", "puppet:write", str(out), edge("n"))]
    assert host.run(*chain) == (200, {"type": "success"}), host.said()
    return out.read_text("utf-8").splitlines()[0]


def inputs(host: Host) -> list[str]:
    (node,) = (node for node in host.get("/nodes")["nodes"] if node["schemaId"] == NODE)
    return [port["label"] for port in node["inputs"]]


def first(lines: list[dict], reason: str) -> dict:
    return next(line for line in lines if line["reason"] == reason)


@pytest.mark.parametrize("backend", backends(), ids=lambda backend: backend.name)
def test_an_app_that_runs_takes_each_good_build(backend, site: Site, tmp_path: Path, source: str) -> None:
    before = site.names()
    with developing(site, tmp_path) as dev:
        watching, _ = dev.until("watching")
        assert len(watching["environments"]) == 1
        built, _ = dev.until("built")
        assert (built["build"], built["nodes"], built["schema_changed"]) == (1, 1, False)
        place = tmp_path / "app"
        place.mkdir()
        with Host.running(backend, site, place) as host:
            assert answer(host, tmp_path, 2, 3) == "builtins.float 5.0"

            # What no compiler reads is not heard of.
            (PACKAGE / "src/.lib.rs.swp").write_text("")
            write(source.replace("a + b", "a * b"))
            changed, _ = dev.until("changed")
            assert [Path(file).name for file in changed["files"]] == ["lib.rs"]
            built, told = dev.until("built")
            assert (built["build"], built["schema_changed"]) == (2, False)
            assert not [line for line in told if line["reason"] == "chainner-change"]
            assert answer(host, tmp_path, 2, 3) == "builtins.float 6.0"

            write(source.replace("a + b", "a + c"))
            failed, told = dev.until("failed")
            assert (failed["build"], failed["last"]) == (3, 2)
            assert "CH0009" in [line.get("id") for line in told]
            assert "cannot find value `c`" in dev.said()
            assert answer(host, tmp_path, 2, 3) == "builtins.float 6.0", "the last good build stays"

            write(source + "pub fm")
            _, told = dev.until("failed")
            assert "CH0009" in [line.get("id") for line in told], "the compiler tells, not the tool"

            # A wider node: chains stay as they are, and the new code runs.
            write(source.replace("a: f64", '#[input(label = "Left")] a: f64').replace("a + b", "a - b"))
            built, told = dev.until("built")
            assert built["schema_changed"] is True
            change, verdict = first(told, "chainner-change"), first(told, "chainner-verdict")
            assert (change["level"], change["kind"], change["place"]) == ("none", "input-look", NODE)
            assert (verdict["verdict"], verdict["level"]) == ("free", "none")
            assert answer(host, tmp_path, 2, 3) == "builtins.float -1.0"
            assert inputs(host) == ["A", "B"], "the app shows a changed schema after a restart"

            # Called as before, another node would get the wrong values.
            write(
                source.replace(ADD, "pub fn add(b: f64, #[input(default = 7.0)] c: f64, a: f64) -> f64 { a / b + c }")
            )
            built, told = dev.until("built")
            last, verdict = built["build"], first(told, "chainner-verdict")
            assert verdict["level"] == "breaking"
            assert (verdict["verdict"], verdict["satisfied"]) == ("unreleased", False)
            assert answer(host, tmp_path, 2, 3) == "builtins.float -1.0", "the node runs as it was registered"
            assert "runs as before until chaiNNer is restarted: it has 2 inputs" in host.said()

            kept = {Path(line).name for line in (SESSIONS / "quiet/builds").iterdir()}
            assert len(kept) == 2, "old builds are removed"
            assert {name.rpartition("-")[2] for name in kept} == {str(last), str(last - 1)}

            assert dev.stop() == 130, dev.said()
            assert answer(host, tmp_path, 2, 3) == "builtins.float -1.0", "the app goes on with what it has loaded"
        _, told = dev.until("stopped")
        finished = dev.lines.get(timeout=PATIENCE)
        assert (finished["reason"], finished["exit"]) == ("chainner-finished", 130)
        assert nothing_left(dev, site) == before


def nothing_left(dev: Dev, site: Site) -> set[str]:
    """Expects that all is as before; what is in the environment, without what the app wrote."""
    assert dev.left() == []
    assert not SESSIONS.exists()
    assert list(dev.temporary.iterdir()) == []
    return site.names() - {"chainner_sdk_link.last_start.json"}


@pytest.mark.parametrize("earlier", [0, 1], ids=["the first", "a later"])
def test_a_change_while_it_builds_is_built_once_more(earlier: int, site: Site, tmp_path: Path, source: str) -> None:
    with developing(site, tmp_path) as dev:
        if earlier:
            dev.until("built")
        write(source.replace("a + b", "a + b + 1.0"))
        dev.until("building")
        # Cargo has yet to start: whichever text the first of the builds has, the second has this one.
        write(source.replace("a + b", "a + b + 2.0"))
        dev.until("building")
        while True:
            line = dev.lines.get(timeout=PATIENCE)
            assert line is not None, dev.said()
            if line.get("event") in ("built", "unchanged"):
                break
        script = f"import chainner_sdk; print(chainner_sdk.load('quiet').call({NODE!r}, 1, 2))"
        assert site.run("-c", script).stdout.strip() == "5.0"
        assert dev.stop() == 130


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_stopped_while_it_compiles_it_leaves_nothing(how, site: Site, tmp_path: Path, source: str) -> None:
    before = site.names()
    with developing(site, tmp_path) as dev:
        dev.until("built")
        # A compilation that does not end by itself.
        (PACKAGE / "build.rs").write_text("fn main() { std::thread::sleep(std::time::Duration::from_secs(100_000)); }")
        try:
            dev.until("building")
            deadline = time.monotonic() + PATIENCE
            while not any("build-script-build" in command for command in dev.left()):
                assert time.monotonic() < deadline, dev.said()
                time.sleep(0.05)
            assert dev.stop(how) == 130
        finally:
            (PACKAGE / "build.rs").unlink()
        assert nothing_left(dev, site) == before


def test_one_session_for_each_package(site: Site, tmp_path: Path) -> None:
    with developing(site, tmp_path) as dev:
        dev.until("watching")
        second = Dev(site, tmp_path)
        assert second.process.wait(PATIENCE) == 1
        said = f"`cargo chainner dev` is running for package `quiet` already (process {dev.process.pid})"
        assert f"error[CH1401]: {said}" in second.said()
        assert dev.process.poll() is None
        assert [name for name in site.names() if ".dev." in name] == ["chainner_sdk_link.dev.quiet.json"]
        assert dev.stop() == 130


def test_what_a_killed_session_left_has_no_effect(site: Site, tmp_path: Path) -> None:
    before = site.names()
    with developing(site, tmp_path) as dev:
        dev.until("built")
        assert site.sdk("status").stdout.count("source") == 1
        dev.process.kill()
        dev.process.wait()
        said = site.sdk("status", code=1)
        assert "quiet" not in said.stdout
        assert "was killed has left a file, which has no effect" in said.stderr
    with developing(site, tmp_path) as dev:
        dev.until("built")
        assert "quiet" in site.sdk("status").stdout
        assert dev.stop() == 130
        assert nothing_left(dev, site) == before


def test_without_a_linked_environment_it_says_what_to_do(site: Site, tmp_path: Path) -> None:
    site.sdk("unlink")
    before = site.names()
    dev = Dev(site, tmp_path)
    assert dev.process.wait(PATIENCE) == 1
    assert "error[CH1402]" in dev.said()
    assert f'"{site.python}" -m chainner_sdk link' in dev.said()
    assert nothing_left(dev, site) == before


def test_environments_that_go_are_told_and_the_last_ends_it(site: Site, tmp_path: Path) -> None:
    other = Site.fresh(tmp_path / "other")
    other.sdk("link")
    with developing(site, tmp_path, other.python) as dev:
        watching, _ = dev.until("watching")
        assert len(watching["environments"]) == 2
        dev.until("built")
        shutil.rmtree(tmp_path / "other")
        lost, _ = dev.until("lost")
        assert str(tmp_path / "other") in lost["environment"]
        assert "it is not there any more" in dev.said()
        assert dev.process.poll() is None, "there is another"
        assert "chainner_sdk_link.dev.quiet.json" in site.sdk("unlink").stdout
        assert dev.process.wait(PATIENCE) == 1
        assert "error[CH1403]" in dev.said()
        assert "it was unlinked" in dev.said()
        nothing_left(dev, site)


@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_a_system_that_watches_no_more_is_told_with_the_fix(limit: str, site: Site, tmp_path: Path) -> None:
    # In a namespace of its own, so that no other program meets the limit.
    inside = f'echo 0 > /proc/sys/user/{limit} && exec "$@"'
    namespace = ["unshare", "--user", "--map-root-user", "sh", "-c", inside, "sh"]
    try:
        subprocess.run([*namespace, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no namespace can be made here: {error}")
    before = site.names()
    dev = Dev(site, tmp_path, before=namespace)
    assert dev.process.wait(PATIENCE) == 1
    assert "error[CH1404]" in dev.said()
    assert "`--poll`" in dev.said()
    assert "fs.inotify.max_user_watches" in dev.said()
    assert nothing_left(dev, site) == before


def test_a_package_that_is_installed_too_gives_way_and_comes_back(site: Site, tmp_path: Path, source: str) -> None:
    script = f"import chainner_sdk; p = chainner_sdk.load('quiet'); print(p.origin.value, p.call({NODE!r}, 1, 2))"
    with developing(site, tmp_path) as dev:
        built, _ = dev.until("built")
        installed = Path(built["directory"])
        native = next(installed.glob("_native*"))
        directory = site.install("quiet", (installed / "schema.json").read_text("utf-8"))
        (directory / native.name).write_bytes(native.read_bytes())
        place = tmp_path / "app"
        place.mkdir()
        assert dev.stop() == 130
        assert site.run("-c", script).stdout.split() == ["installed", "3.0"]
        with Host.running(backends()[0], site, place) as host:
            assert answer(host, tmp_path, 1, 2) == "builtins.float 3.0"
            # The app runs already, with the installed one.
            write(source.replace("a + b", "a + b + 10.0"))
            with developing(site, tmp_path) as again:
                again.until("built")
                assert answer(host, tmp_path, 1, 2) == "builtins.float 13.0"
                assert site.run("-c", script).stdout.split() == ["source", "13.0"]
                assert again.stop() == 130
        assert site.run("-c", script).stdout.split() == ["installed", "3.0"]
