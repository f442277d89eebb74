"""The native half of a package: the extension module ``_native`` beside its ``schema.json``."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import platform
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .problem import PackageError, Problem
from .version import release

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from .quarantine import Quarantine


@dataclass(frozen=True)
class Native:
    """A loaded native half."""

    file: Path
    sdk_version: str
    """Version of the SDK it was made with."""
    nodes: frozenset[str]
    """Schema ids of the nodes it can run."""
    call: Callable[..., Any]
    """``call(node_id, *values)``: the one pipeline of the SDK, enforcement included."""
    about: Callable[[str], dict[str, Any]]
    """``about(node_id)``: what the schema does not tell of a node."""
    feature_state: Callable[[str], tuple[bool, str | None]]
    """``feature_state(feature_id)``: whether a feature is there, and what to tell about it."""
    aborted: type[BaseException]
    """What ``call`` raises when a node stops because its run does."""


def load(name: str, module: str, directory: Path, reinstall: str, quarantine: Quarantine) -> Native:
    """Loads the native half of the package ``name`` from the directory of its module.

    ``reinstall`` says how to get a better one. Raises :class:`PackageError` if there is none, if it cannot be loaded, or if it
    needs a newer version of this package.
    """
    spec = importlib.machinery.PathFinder.find_spec(f"{module}._native", [str(directory)])
    if spec is None or spec.origin is None:
        raise PackageError(_missing(name, directory, reinstall))
    file = Path(spec.origin)
    try:
        with quarantine.loading(name, file, reinstall):
            loaded = _module(spec)
        native = Native(
            file,
            str(loaded.sdk_version),
            frozenset(loaded.nodes),
            loaded.call,
            loaded.about,
            loaded.feature_state,
            loaded.Aborted,
        )
    except (PackageError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a module may panic or exit while it is loaded, too
        raise PackageError(_not_loaded(name, file, error, reinstall)) from error
    if release(native.sdk_version) > release(__version__):
        raise PackageError(_too_new(name, native))
    return native


def _module(spec: importlib.machinery.ModuleSpec) -> ModuleType:
    # By file, not by name: the app's own top-level modules come first on sys.path, and names such as `nodes` are taken.
    present = sys.modules.get(spec.name)
    if present is not None and getattr(present, "__file__", None) == spec.origin:
        return present
    if spec.loader is None:
        raise ImportError(f"nothing can load {spec.origin}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # The package's own functions find this one instead of loading another.
    sys.modules.setdefault(spec.name, module)
    return module


def here() -> str:
    """The interpreter and platform that a native module has to fit."""
    libc = "-".join(part for part in platform.libc_ver() if part)
    system = sysconfig.get_platform() + (f", {libc}" if libc else "")
    return f"{platform.python_implementation()} {platform.python_version()} on {system}"


def _missing(name: str, directory: Path, reinstall: str) -> Problem:
    others = sorted(file.name for file in directory.glob("_native*"))
    return Problem(
        what=f"{name} cannot run its nodes: its native module is missing",
        where=str(directory),
        expected=f"_native with one of {', '.join(importlib.machinery.EXTENSION_SUFFIXES)} for {here()}",
        got=f"{', '.join(others)}, built for another platform" if others else "no such file",
        fix=reinstall,
    )


def _not_loaded(name: str, file: Path, error: BaseException, reinstall: str) -> Problem:
    return Problem(
        what=f"{name} cannot run its nodes: its native module cannot be loaded",
        where=str(file),
        expected=f"a module for {here()}",
        got=f"{type(error).__name__}: {error}",
        fix=reinstall,
    )


def _too_new(name: str, native: Native) -> Problem:
    return Problem(
        what=f"{name} cannot run its nodes: it was made with a newer chainner-sdk than the one in this environment",
        where=str(native.file),
        expected=f"a package made with chainner-sdk {__version__} or older",
        got=f"one made with chainner-sdk {native.sdk_version}",
        fix=f'upgrade chainner-sdk: "{sys.executable}" -m pip install --upgrade "chainner-sdk>={native.sdk_version}"',
    )
