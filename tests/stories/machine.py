"""The machines of a story: an author's without Python, and an environment in which chaiNNer runs."""

from __future__ import annotations

import contextlib
import http.server
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from story import expect

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "python/tests"))

from hosts import Host, backends, edge, item  # noqa: E402
from schemas import document, node, output, port  # noqa: E402
from site_packages import Site  # noqa: E402

__all__ = ["NATIVE", "ROOT", "App", "Author", "Done", "Site", "edge", "ids", "index", "item", "wheels"]

COMPILERS = "cargo rustc rustdoc rustfmt cc gcc ld ld.bfd as ar ranlib strip uname sh env git".split()
"""What compiling needs, and nothing else."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    command: str
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """All that it said."""
        return self.out + self.err

    def says(self, *patterns: str) -> Done:
        """Expects what it said to match regular expressions."""
        for pattern in patterns:
            expect(
                re.search(pattern, self.text, re.MULTILINE), f"`{self.command}` to say /{pattern}/", self.text.strip()
            )
        return self


def run(command: list[object], at: Path, environment: dict[str, str], code: int | None = 0) -> Done:
    """Runs a command and expects an exit code; of `None`, any but 0."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=at, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
    )
    result = Done(" ".join([Path(words[0]).name, *words[1:]]), done.returncode, done.stdout, done.stderr)
    fits = done.returncode != 0 if code is None else done.returncode == code
    expect(
        fits,
        f"`{result.command}` to end with {'a failure' if code is None else code}, not {done.returncode}",
        result.text,
    )
    return result


class Author:
    """Someone with cargo and without Python."""

    def __init__(self, place: Path) -> None:
        self.path = place / "programs"
        self.path.mkdir()
        for program in COMPILERS:
            found = shutil.which(program)
            if found is not None:
                (self.path / program).symlink_to(Path(found).resolve() if program == "git" else found)
        kept = ("HOME", "CARGO_HOME", "RUSTUP_HOME", "CARGO_TARGET_DIR", "TMPDIR", "LANG", "RUSTUP_TOOLCHAIN")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {"PATH": str(self.path), "CARGO_TERM_COLOR": "never", "CARGO_NET_OFFLINE": "true"}

    def run(self, *words: object, at: Path, code: int | None = 0, **environment: str) -> Done:
        """Runs a program of theirs."""
        program = shutil.which(str(words[0]), path=str(self.path))
        expect(program is not None, f"a program {words[0]}", "none on PATH")
        return run([program, *words[1:]], at, {**self.environment, **environment}, code)

    def chainner(self, *words: object, at: Path, code: int | None = 0, **environment: str) -> Done:
        """Runs `cargo chainner`."""
        return self.run("cargo", "chainner", *words, at=at, code=code, **environment)

    def install_tool(self, at: Path) -> Done:
        """Installs the tool of this checkout as a user would, from its directory."""
        # The profile and directory of the tests, so that little is compiled; in release it is the same.
        target = os.environ.get("STORY_TOOL_TARGET_DIR", str(ROOT / "target"))
        words = ["install", "--debug", "--locked", "--path", ROOT / "cargo-chainner", "--root", at / "tool"]
        done = self.run("cargo", *words, "--target-dir", target, at=at)
        (self.path / "cargo-chainner").symlink_to(
            at / "tool/bin" / f"cargo-chainner{'.exe' if os.name == 'nt' else ''}"
        )
        return done

    def new(self, name: str, at: Path, *words: str) -> tuple[Path, Done]:
        """Makes a package, with the versions of this checkout, so that nothing has to be fetched."""
        done = self.chainner("new", name, *words, "--sdk-path", ROOT, at=at)
        shutil.copy(ROOT / "Cargo.lock", at / name / "Cargo.lock")
        return at / name, done

    def has_command(self, name: str) -> bool:
        """Whether the tool has a command."""
        return re.search(rf"^  {name}\b", self.chainner("--help", at=self.path).out, re.MULTILINE) is not None

    def has_option(self, command: str, option: str) -> bool:
        """Whether a command of the tool has an option."""
        if not self.has_command(command):
            return False
        return re.search(rf"{option}(?![\w-])", self.chainner(command, "--help", at=self.path).out) is not None


def wheels(done: Done, at: Path) -> list[Path]:
    """The wheels that `build` names."""
    return [at / line for line in done.out.splitlines() if line.endswith(".whl")]


class App:
    """An environment that has what chaiNNer needs, and chaiNNer: the real one of `CHAINNER_REPO`, else the stand-in."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.backend = next((one for one in backends() if one.is_real), backends()[0])
        self.site = Site.fresh(place / "environment", share_all=True)
        # Links into the interpreter's own environment: pip must not remove a package through them.
        ours = {"chainner-sdk", *(entry.dist.metadata["Name"] for entry in node_packages() if entry.dist is not None)}
        for entry in list(self.site.directory.iterdir()):
            name = entry.name.split("-")[0].replace("_", "-")
            if name in ours:
                entry.unlink()
        (place / "links").mkdir()
        words = [
            "wheel",
            "-q",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            "-w",
            place / "links",
            ROOT / "python",
        ]
        self.pip(*words)
        self.starts = 0
        files = self.site.install("story-files", story_files(), STORY_FILES)
        expect(files.is_dir(), "a package of the story")

    @property
    def environment(self) -> dict[str, str]:
        """Variables without those of the caller's Python, and without cargo."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CARGO", "PIP_"))}
        path = [str(self.site.python.parent), "/usr/bin", "/bin"]
        return {
            **kept,
            "PATH": os.pathsep.join(path),
            "PYTHONNOUSERSITE": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "CARGO_HOME": str(self.place / "no cargo"),
        }

    def python(self, *words: object, code: int | None = 0, at: Path | None = None, **environment: str) -> Done:
        """Runs the interpreter."""
        return run([self.site.python, *words], at or self.place, {**self.environment, **environment}, code)

    def pip(self, *words: object) -> Done:
        """Runs pip in the environment."""
        return self.python("-m", "pip", *words)

    def sdk(self, *words: object, code: int | None = 0, **environment: str) -> Done:
        """Runs `python -m chainner_sdk`."""
        return self.python("-m", "chainner_sdk", *words, code=code, **environment)

    def installed(self) -> set[str]:
        """Names and versions as pip lists them."""
        return set(self.pip("list", "--format", "freeze").out.splitlines())

    def files(self) -> set[str]:
        """What lies in `site-packages`."""
        return self.site.names()

    @contextlib.contextmanager
    def running(self) -> Iterator[Host]:
        """chaiNNer's backend, started anew."""
        self.starts += 1
        place = self.place / f"start {self.starts}"
        place.mkdir()
        with Host.running(self.backend, self.site, place) as host:
            yield host

    def git_status(self) -> str | None:
        """What git says of the app's checkout; `None` if it is the stand-in."""
        if not self.backend.is_real:
            return None
        status = ["git", "-C", self.backend.source, "status", "--porcelain"]
        return run(status, self.place, dict(os.environ)).out

    def last_start(self) -> dict[str, Any]:
        """What the app's process noted at its last start."""
        return json.loads((self.site.directory / "chainner_sdk_link.last_start.json").read_text("utf-8"))


def node_packages() -> list[importlib.metadata.EntryPoint]:
    """The node packages of the running interpreter."""
    return list(importlib.metadata.entry_points(group="chainner.packages"))


def ids(host: Host) -> set[str]:
    """The nodes that a backend shows."""
    return {one["schemaId"] for one in host.get("/nodes")["nodes"]}


NATIVE = """
sdk_version = "0.1.0"


class Aborted(BaseException):
    pass


def about(_node_id):
    return {"context": False}


def feature_state(_feature_id):
    return True, None

"""
"""What every native half has, besides `nodes` and `call`."""

STORY_FILES = f"""
import numpy
{NATIVE}
nodes = ("story_files:read", "story_files:write")


def call(node_id, path, *image):
    if node_id == "story_files:read":
        return numpy.load(path)
    numpy.save(path, image[0])
"""
"""The native half of a package that reads and writes images as they are."""


def story_files() -> dict[str, Any]:
    """Its schema."""
    read = node("story_files:read", [port(0, "Path")], [output(0, "Image", "Image")])
    write = node("story_files:write", [port(0, "Path"), port(1, "Image", "Image")], [], hasSideEffects=True)
    return document("story_files", [read, write])


@contextlib.contextmanager
def index(folder: Path) -> Iterator[str]:
    """Serves a folder over HTTP, as `python -m http.server` does; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    def handler(*arguments: Any) -> Quiet:
        return Quiet(*arguments, directory=str(folder))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
