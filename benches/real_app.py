"""The real app with and without a package: what `benches/photographs.py` and `benches/starting.py` share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from standard import ROOT, build

sys.path.insert(0, str(ROOT / "python" / "tests"))

from hosts import Backend
from site_packages import Site

PACKAGE = "chainner_native"


def repository() -> Path:
    """The checkout of chaiNNer to measure with."""
    named = os.environ.get("CHAINNER_REPO")
    if not named:
        sys.exit("set CHAINNER_REPO to a checkout of chaiNNer, and CHAINNER_PYTHON to its interpreter")
    return Path(named)


def backend() -> Backend:
    """The part of the app that runs nodes."""
    return Backend("app", repository() / "backend" / "src")


def in_the_apps_interpreter() -> None:
    """Starts the script anew in an interpreter that has what the app needs, unless it is that already."""
    wanted = os.environ.get("CHAINNER_PYTHON", sys.executable)
    if Path(wanted).absolute() != Path(sys.executable).absolute():
        os.execv(wanted, [wanted, *sys.argv])


def environment(place: Path, *, packages: Path | None) -> Site:
    """A fresh environment with all that the app needs, chainner-sdk of this checkout, and the native nodes."""
    shutil.rmtree(place, ignore_errors=True)
    site = Site.fresh(place, share_all=True)
    sdk = site.directory / "chainner_sdk"
    sdk.unlink(missing_ok=True)
    sdk.symlink_to(ROOT / "python" / "src" / "chainner_sdk", target_is_directory=True)
    for entry in (packages or build()).iterdir():
        target = site.directory / entry.name
        if target.is_symlink():
            target.unlink()
        shutil.copytree(entry, target, dirs_exist_ok=True)
    return site
