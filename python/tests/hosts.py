"""Backends to test against: the stand-in, and real ones if ``CHAINNER_REPO`` names checkouts of chaiNNer."""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_packages import Site

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Backend:
    """A backend that can be started."""

    name: str
    source: Path
    program: str = "server.py"

    @property
    def is_real(self) -> bool:
        return not self.source.is_relative_to(HERE)

    @property
    def has_transformers(self) -> bool:
        return self.has_new_executor

    @property
    def shows_progress(self) -> bool:
        """Whether it shows what a node says of its progress; the release v0.25.1 only checks whether the run is to stop."""
        return self.has_new_executor

    @property
    def has_new_executor(self) -> bool:
        return (self.source / "process_new.py").exists()

    @property
    def stock(self) -> dict[str, Any]:
        """Nodes of the backend itself that do the same in all of them."""
        if not self.is_real:
            return {name: f"standin:{name}" for name in ("color", "planar", "view", "separate", "seed", "opacity")}
        return {
            "planar": "chainner:image:split_transparency",
            "color": "chainner:utility:color",
            "view": "chainner:image:view",
            "separate": "chainner:utility:separate_color",
            "seed": "chainner:utility:derive_seed",
            "opacity": "chainner:image:opacity",
        }


def backends() -> list[Backend]:
    found = [Backend("stand-in", HERE / "standin/backend/src")]
    for repository in filter(None, os.environ.get("CHAINNER_REPO", "").split(os.pathsep)):
        source = Path(repository) / "backend/src"
        found += [Backend(f"{Path(repository).name}-worker", source), Backend(f"{Path(repository).name}-host", source, "run.py")]
    return found


@dataclass
class Host:
    """A running backend."""

    backend: Backend
    url: str
    log: Path
    pid: int
    kinds: dict[str, str] = field(default_factory=dict)
    """The kinds of nodes by their schema ids."""
    events: queue.Queue[tuple[str, dict[str, Any]]] = field(default_factory=queue.Queue)

    @classmethod
    @contextmanager
    def running(cls, backend: Backend, site: Site, place: Path) -> Iterator[Host]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = place / "log"
        # As the app starts it, except that its dependency manager changes no package and nothing is written to the checkout.
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CHECK_LEVEL"))}
        variables |= {"PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1", "PIP_DRY_RUN": "1"}
        command = [site.python, backend.program, str(port), "--storage-dir", place / "storage"]
        if (backend.source / "logger.py").exists():
            command += ["--logs-dir", place / "logs"]
        for name in ("storage", "logs"):
            (place / name).mkdir()
        with log.open("wb") as output:
            process = subprocess.Popen(command, cwd=backend.source, env=variables, stdout=output, stderr=subprocess.STDOUT)
        host = cls(backend, f"http://127.0.0.1:{port}", log, process.pid)
        try:
            host._wait(process)
            threading.Thread(target=host._listen, daemon=True).start()
            yield host
        finally:
            if backend.program == "run.py" and process.poll() is None:
                host._shut_down()
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 240
        while True:
            assert process.poll() is None, f"the backend ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"the backend does not answer:\n{self.said()}"
            try:
                if self.get("/nodes")["nodes"]:
                    return
            except (OSError, ValueError, KeyError):
                pass
            time.sleep(0.1)

    def _shut_down(self) -> None:
        with suppress(OSError):
            self.post("/shutdown", {})

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=240) as answer:
            return json.load(answer)

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=900 if self.backend.is_real else 60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def run(self, *chain: dict[str, Any], new: bool = False, **keys: Any) -> tuple[int, Any]:
        """Runs a chain of items made by :func:`item`."""
        options = {"options": {}, "sendBroadcastData": True, "useExperimentalFeatures": new}
        if not self.kinds:
            self.kinds |= {node["schemaId"]: node["kind"] for node in self.get("/nodes")["nodes"]}
        data = [{**one, "nodeType": self.kinds.get(one["schemaId"], "regularNode")} for one in chain]
        return self.post("/run", {"data": data, **options, **keys})

    def _listen(self) -> None:
        try:
            with urllib.request.urlopen(self.url + "/sse") as stream:
                name = ""
                for line in stream:
                    key, _, value = line.decode("utf-8").strip().partition(": ")
                    if key == "event":
                        name = value
                    elif key == "data":
                        self.events.put((name, json.loads(value)))
        except OSError:
            pass

    def drain(self) -> None:
        """Forgets the events so far: the backend has one queue for all who ever listen."""
        time.sleep(0.2)
        while not self.events.empty():
            self.events.get_nowait()

    def event(self, name: str, node_id: str | None = None) -> dict[str, Any]:
        """The next event of a name, and of a node if one is given."""
        deadline = time.monotonic() + 20
        while True:
            found, data = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            if found == name and node_id in (None, data.get("nodeId")):
                return data


def item(node_id: str, schema_id: str, *inputs: Any) -> dict[str, Any]:
    """A node of a chain. Inputs are values, or edges made by :func:`edge`."""
    values = [one if isinstance(one, Edge) else {"type": "value", "value": one} for one in inputs]
    return {"id": node_id, "schemaId": schema_id, "inputs": values}


class Edge(dict[str, Any]):
    """An edge from another node."""


def edge(node_id: str, index: int = 0) -> Edge:
    return Edge(type="edge", id=node_id, index=index)
