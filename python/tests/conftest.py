"""Fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cargo_on_path import CargoOnPath
from hosts import Backend, Host, backends
from schemas import document, double, node, output, port, puppet
from site_packages import Site, double_native, puppet_native

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


BROKEN = "this is not the file that it should be"


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A linked environment with the package `puppet`, broken ones, and everything that this environment has."""
    site = Site.fresh(tmp_path_factory.mktemp("linked") / "environment", share_all=True)
    site.install("puppet", puppet(), puppet_native())
    site.install("a-broken-schema", BROKEN)
    site.install("no-schema", None)
    site.install("z-twin", renamed(puppet(), "z_twin"), puppet_native())
    foreign = renamed(puppet(), "foreign")
    foreign["nodes"] = [{**node, "schemaId": node["schemaId"].replace("puppet", "foreign")} for node in foreign["nodes"]]
    foreign["package"]["features"] = []
    foreign["nodes"][0]["inputs"][0]["kind"] = "knob"
    site.install("foreign", foreign, BROKEN)
    thief = [node(schema_id, [], []) for schema_id in ("chainner:image:view", "standin:view", "thief:own")]
    site.install("thief", document("thief", thief), puppet_native())
    sequence = {"type": "named", "name": "Sequence", "fields": {"length": "uint"}}
    iterated = {
        "iteratorInputs": [{"id": 0, "inputs": [0], "sequenceType": sequence}],
        "iteratorOutputs": [{"id": 0, "outputs": [0], "sequenceType": sequence}],
    }
    later = node("later:transformer", [port(0, "In")], [output(0, "Out")], kind="transformer", **iterated)
    site.install("later", document("later", [later, node("later:regular", [], [])]), puppet_native())
    (site.directory / "puppet/loud.py").write_text("raise RuntimeError('loud was imported')")
    site.install("double", double(), double_native())
    link = site.sdk("link", "--replace", "double")
    assert "verified" in link.stderr
    return site


def renamed(schema: dict[str, Any], package_id: str) -> dict[str, Any]:
    schema["package"]["id"] = package_id
    return schema


@pytest.fixture(scope="session", params=backends(), ids=lambda backend: backend.name)
def host(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    backend: Backend = request.param
    with Host.running(backend, site, tmp_path_factory.mktemp(backend.name)) as running:
        yield running


@pytest.fixture(params=["old", "new"])
def new(request: pytest.FixtureRequest, host: Host) -> bool:
    """Whether the new executor is asked for."""
    if request.param == "new" and not host.backend.has_new_executor:
        pytest.skip(f"{host.backend.name} has no new executor")
    host.drain()
    return request.param == "new"
