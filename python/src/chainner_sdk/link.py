"""Linking an environment: from then on a chaiNNer that runs in it shows every installed package."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from .environment import Environment
from .installed import normalised
from .problem import PackageError, Problem
from .receipt import HOOK, LAST_START, LOADING, RECEIPT, Receipt, digest
from .session import Lead
from .source import Checkout

LINE = 'import sys; exec("try:\\n import chainner_sdk._start\\nexcept Exception: pass")\n'
"""The start-up file. Without chainner-sdk, whatever the reason, it does nothing."""


@dataclass(frozen=True)
class Plan:
    """What would be written."""

    environment: Environment
    receipt: Receipt

    @property
    def files(self) -> dict[Path, str]:
        """Path to content. The receipt comes first: whatever happens, it is known what there is to be removed."""
        directory = self.environment.site_packages
        return {directory / RECEIPT: self.receipt.text(), directory / HOOK: LINE}

    @property
    def is_done(self) -> bool:
        """Whether all of it is there already."""
        return all(_content(file) == text.encode() for file, text in self.files.items())


def plan(
    environment: Environment, version: str, sources: tuple[str, ...] | None, replacing: tuple[str, ...] | None = None
) -> Plan:
    """What linking an environment would write.

    ``sources`` are source checkouts, ``replacing`` names of packages whose nodes run in place of others; ``None`` leaves those
    given before. Raises :class:`PackageError` if it cannot work there.
    """
    sdk = require(environment, version)
    hook = environment.site_packages / HOOK
    before = Receipt.read(environment.site_packages)
    present = _content(hook)
    if present is not None and not _is_ours(present, before):
        raise PackageError(_not_ours(hook))
    receipt = replace(
        before,
        sdk=sdk,
        files={HOOK: digest(LINE.encode())},
        sources=before.sources if sources is None else sources,
    )
    if replacing is not None:
        receipt = replace(receipt, replace=_present(replacing, environment, receipt.sources))
    return Plan(environment, receipt)


def _present(names: tuple[str, ...], environment: Environment, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The packages as they are spelled in the environment, each once."""
    checkouts = (Checkout.at(Path(directory)).name for directory in sources)
    known = {normalised(name): name for name in (*checkouts, *environment.packages)}
    for name in names:
        if normalised(name) not in known:
            what = f"There is no node package {name!r} whose nodes could run in place of others"
            fix = f'install it: "{environment.python}" -m pip install {name}; or give its sources: link --source DIR'
            raise PackageError(
                Problem(what, str(environment.prefix), "an installed package", ", ".join(known.values()) or "none", fix)
            )
    return tuple(dict.fromkeys(known[normalised(name)] for name in names))


def link(plan: Plan) -> None:
    """Writes what is planned and verifies that it works. Raises :class:`PackageError`, and leaves nothing, if it does not."""
    before = {file: _content(file) for file in plan.files}
    try:
        for file, text in plan.files.items():
            _write(file, text.encode())
    except OSError as error:
        _put_back(before)
        fix = "run it as a user who may write there, or link an environment of your own"
        expected = "a file that can be written"
        raise PackageError(Problem("The environment cannot be linked", str(error.filename), expected, str(error), fix)) from error
    after = Environment.of(plan.environment.python)
    if not after.armed or after.said:
        _put_back(before)
        raise PackageError(
            Problem(
                "The environment was not linked: Python does not read the start-up file as it should",
                str(plan.environment.site_packages / HOOK),
                "it to be read without a word",
                after.said or "not read",
                "see that Python is not started with -S or -E by a wrapper; then report this as a bug of chainner-sdk",
            )
        )


def lead(environment: Environment, name: str, session: Path, lock: Path) -> Path:
    """Leads a linked environment to the session of a package; returns the file that does.

    Raises :class:`PackageError` if the environment is not linked as it should be.
    """
    for fault in faults(environment):
        raise PackageError(replace(fault, fix=(fault.fix or "").replace("python -m", f'"{environment.python}" -m')))
    found = Lead.to(name, environment.site_packages)
    try:
        _write(found.file, found.text(session, lock).encode())
    except OSError as error:
        fix = "run it as a user who may write there, or link an environment of your own"
        what = "The environment cannot be told of the session"
        raise PackageError(Problem(what, str(found.file), "a file that can be written", str(error), fix)) from error
    return found.file


def unlink(environment: Environment) -> list[Path]:
    """Removes what :func:`link` wrote, this version's or another's; returns the removed files.

    Raises :class:`PackageError`, and removes nothing, if a file is not as it was written.
    """
    directory = environment.site_packages
    receipt = Receipt.read(directory)
    hooks = {directory / name: written for name, written in receipt.files.items()}
    hooks.setdefault(directory / HOOK, "")
    for file in hooks:
        present = _content(file)
        if present is not None and not _is_ours(present, receipt, file.name):
            raise PackageError(_not_ours(file))
    removed = []
    leads = [lead.file for lead in Lead.all(directory)]
    for file in [*hooks, *leads, directory / LAST_START, directory / LOADING, receipt.file]:
        try:
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            fix = "run it as a user who may write there"
            raise PackageError(Problem("The environment cannot be unlinked", str(file), None, str(error), fix)) from error
        removed.append(file)
    return removed


def require(environment: Environment, version: str) -> str:
    """The version of chainner-sdk in an environment. Raises :class:`PackageError` if it cannot be there, or is not."""
    if environment.version < (3, 10, 0) or environment.implementation != "cpython":
        raise PackageError(
            Problem(
                "Node packages cannot be used there: its Python is not supported",
                str(environment.python),
                "CPython 3.10 or newer",
                environment.title,
                "give another with --python PATH",
            )
        )
    if environment.sdk is None:
        raise PackageError(
            Problem(
                f"chainner-sdk is not installed in {environment.prefix}",
                str(environment.python),
                "a chainner-sdk that it finds without PYTHONPATH",
                "none",
                f'"{environment.python}" -m pip install "chainner-sdk>={version}"',
            )
        )
    return environment.sdk


def faults(environment: Environment) -> list[Problem]:
    """What is wrong with the link of an environment."""
    hook = environment.site_packages / HOOK
    receipt = Receipt.read(environment.site_packages)
    present = _content(hook)
    again = "`python -m chainner_sdk link`"
    if present is None:
        what = "The environment is not linked: a chaiNNer that runs in it does not show the installed packages"
        return [Problem(what, str(hook), "the start-up file", "no such file", again)]
    if not _is_ours(present, receipt):
        return [_not_ours(hook)]
    found = []
    if not receipt.file.exists():
        found.append(Problem("The link has no receipt", str(receipt.file), "a receipt", "no such file", again))
    elif not receipt.files:
        what = "The receipt of the link cannot be read"
        fix = f"{again}, with `--source DIR` for each source checkout that it had"
        found.append(Problem(what, str(receipt.file), "as it was written", "another text", fix))
    if not environment.armed:
        what = "The start-up file does nothing"
        got = "it was not read, or chainner-sdk could not be imported"
        found.append(Problem(what, str(hook), "it to wait for the app", got, "reinstall chainner-sdk"))
    if environment.said:
        what = "Python does not start quietly"
        found.append(Problem(what, str(environment.python), "no output", environment.said, "mend the file that is named"))
    return found


def _is_ours(content: bytes, receipt: Receipt, name: str = HOOK) -> bool:
    """Whether a start-up file is as some version of :func:`link` wrote it."""
    return receipt.files.get(name) == digest(content) or content == LINE.encode()


def _not_ours(hook: Path) -> Problem:
    return Problem(
        "The start-up file is not as it was written",
        str(hook),
        LINE.strip(),
        (_content(hook) or b"").decode("utf-8", "replace").strip(),
        "look at it, and delete it by hand if you do not need it",
    )


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _write(file: Path, content: bytes) -> None:
    # Beside it and renamed: another interpreter that starts meanwhile reads all of it or nothing.
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _put_back(before: dict[Path, bytes | None]) -> None:
    for file, content in before.items():
        with contextlib.suppress(OSError):
            if content is None:
                file.unlink(missing_ok=True)
            else:
                _write(file, content)
