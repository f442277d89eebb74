"""Fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cargo_on_path import CargoOnPath
from site_packages import Site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environment(tmp_path: Path) -> Site:
    """An environment with chainner-sdk and numpy."""
    return Site.fresh(tmp_path / "environment")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A directory of packages that this interpreter finds, alone."""
    directory = tmp_path / "packages"
    directory.mkdir()
    import sys
    import sysconfig

    purelib = sysconfig.get_path("purelib")
    monkeypatch.setattr(sys, "path", [str(directory), *(place for place in sys.path if place != purelib)])
    return Site(directory)


@pytest.fixture
def cargo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CargoOnPath:
    """A checkout of `puppet` in `tmp_path / "checkout"`, and a cargo that builds it."""
    return CargoOnPath.in_place(tmp_path, monkeypatch)
