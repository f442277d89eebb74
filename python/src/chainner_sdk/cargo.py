"""The tool ``cargo chainner``, called from Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_TAIL = 40
"""How many of the last lines that the tool said are repeated in an error."""


class ToolError(Exception):
    """The tool is not there, or did not do what it was asked."""

    def __init__(self, expected: str, got: str, fix: str | None = None) -> None:
        super().__init__(f"expected {expected}, got {got}")
        self.expected = expected
        self.got = got
        self.fix = fix
        """What to do, if that is plain."""


def run(directory: Path, *arguments: str, loud: bool = False) -> list[str]:
    """Runs ``cargo chainner`` in a directory; returns the lines of its standard output.

    What it says on the way is kept for the error, or, if ``loud``, also shown while it runs. Raises :class:`ToolError`.
    """
    program = find()
    if program is None:
        raise ToolError("cargo on PATH or in ~/.cargo/bin", "none", "install Rust: https://rustup.rs")
    command = " ".join(("cargo chainner", *arguments[:1]))
    try:
        code, out, said = _ran([program, "chainner", *arguments], directory, loud)
    except OSError as error:
        raise ToolError(f"{program} to start", str(error)) from error
    if "no such command: `chainner`" in said:
        raise ToolError("the command `cargo chainner`", "none", "install the tool: cargo install cargo-chainner")
    if code == 2 and "unrecognized subcommand" in said:
        fix = "install a newer tool: cargo install cargo-chainner"
        raise ToolError(f"a tool that knows `{command}`", "an older one", fix)
    if code != 0:
        tail = "\n".join(said.strip().splitlines()[-_TAIL:])
        got = f"exit code {code}; what it said stands above" if loud or not tail else tail
        raise ToolError(f"`{command}` to succeed", got)
    return [line.strip() for line in out.splitlines() if line.strip()]


def made(directory: Path, suffix: str, *arguments: str, loud: bool = False) -> Path:
    """Runs a command that names what it has made on its standard output, and returns the one with the suffix.

    Raises :class:`ToolError`.
    """
    lines = run(directory, *arguments, loud=loud)
    named = [line for line in lines if line.endswith(suffix)]
    if not named:
        raise ToolError(f"`cargo chainner {arguments[0]}` to name a {suffix} file", "\n".join(lines) or "nothing")
    return directory / named[-1]


def find() -> str | None:
    """Cargo; an app that was not started from a terminal does not have it on its PATH."""
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    return shutil.which("cargo") or shutil.which("cargo", path=str(home / "bin"))


def _ran(command: list[str], directory: Path, loud: bool) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    # A file instead of a pipe, so that nothing has to read both at once.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
        with subprocess.Popen(
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as process:
            said = []
            for line in process.stderr or ():
                said.append(line)
                if loud:
                    sys.stderr.write(line)
                    sys.stderr.flush()
        out.seek(0)
        return process.returncode, out.read(), "".join(said)
