"""The hooks by which pip, uv and build make wheels of a package; the real front-ends run them in the system tests."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import chainner_sdk
from cargo_on_path import METADATA
from chainner_sdk import NodeUnavailableError, Origin, build
from site_packages import puppet_native

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cargo_on_path import CargoOnPath
    from site_packages import Site

WHEEL = "puppet-0.1.0-py3-none-any.whl"
HOOKS: list[Callable[..., object]] = [
    build.get_requires_for_build_wheel,
    build.get_requires_for_build_sdist,
    build.get_requires_for_build_editable,
]


@pytest.fixture(autouse=True)
def in_the_checkout(cargo: CargoOnPath, monkeypatch: pytest.MonkeyPatch) -> None:
    """Front-ends call the hooks in the directory of the package; modules of one test are not those of another."""
    monkeypatch.chdir(cargo.checkout)
    for name in [name for name in sys.modules if name.partition(".")[0] == "puppet"]:
        monkeypatch.delitem(sys.modules, name)
    sys.modules.pop("puppet", None)


def test_a_wheel_is_all_that_a_build_leaves(cargo: CargoOnPath, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build.build_wheel(str(tmp_path / "new/wheels")) == WHEEL
    assert [file.name for file in (tmp_path / "new/wheels").iterdir()] == [WHEEL]
    told = capfd.readouterr()
    assert told.err == "said on the way\n", "what the tool says is seen while it builds"
    assert not told.out


def test_the_sources_are_packed(cargo: CargoOnPath, tmp_path: Path) -> None:
    assert build.build_sdist(str(tmp_path / "dist")) == "puppet-0.1.0.tar.gz"
    assert [file.name for file in (tmp_path / "dist").iterdir()] == ["puppet-0.1.0.tar.gz"]


def test_metadata_is_written_without_a_build(cargo: CargoOnPath, tmp_path: Path) -> None:
    assert build.prepare_metadata_for_build_wheel(str(tmp_path / "wheel")) == "puppet-0.1.0.dist-info"
    assert (tmp_path / "wheel/puppet-0.1.0.dist-info/METADATA").read_text("utf-8") == METADATA
    assert cargo.calls == 0


@pytest.mark.parametrize("hook", HOOKS)
def test_nothing_has_to_be_installed_for_a_build(hook: Callable[..., object]) -> None:
    assert hook({}) == []


def test_settings_are_options_of_the_tool(cargo: CargoOnPath, tmp_path: Path) -> None:
    settings = {"debug": "true", "--locked": "", "offline": "OFF", "target_dir": "x y", "jobs": ["2", "2"], "target": "t"}
    build.build_wheel(str(tmp_path / "dist"), settings)
    (words,) = cargo.commands
    assert words[3:] == ["--locked", "--debug", "--jobs=2", "--target=t", "--target-dir=x y"]
    build.prepare_metadata_for_build_wheel(str(tmp_path / "dist"), settings)
    assert "--target=t" not in cargo.commands[-1], "metadata is the same for all"
    assert "--debug" in cargo.commands[-1], "so that nothing is compiled twice"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"relase": "1"}, ["no such setting", "'relase'", "expected:", "leave it out"]),
        ({"ofline": "1"}, ["'ofline'", "did you mean -C offline=…?"]),
        ({"debug": "maybe"}, ["'debug' is neither on nor off", "'maybe'"]),
        ({"jobs": ""}, ["'jobs' has no value", "-C jobs=…"]),
        ({"target-dir": ["a", "b"]}, ["several values", "'a', 'b'"]),
        ({"target-dir": []}, ["several values", "nothing"]),
    ],
)
@pytest.mark.parametrize("hook", HOOKS)
def test_a_setting_that_is_none_is_refused(
    hook: Callable[..., object], settings: dict[str, str], said: list[str], cargo: CargoOnPath
) -> None:
    with pytest.raises(SystemExit) as told:
        hook(settings)
    for part in said:
        assert part in str(told.value)
    assert not cargo.commands


def test_a_directory_without_a_package_is_refused(cargo: CargoOnPath, monkeypatch: pytest.MonkeyPatch) -> None:
    # Cargo itself would take the package above.
    monkeypatch.chdir(cargo.checkout / "src")
    with pytest.raises(
        SystemExit, match=r"There is no node package to build(?s:.*)src(?s:.*)no such file(?s:.*)cargo chainner new"
    ):
        build.get_requires_for_build_wheel()
    (cargo.checkout / "src/Cargo.toml").write_text("[workspace]\nmembers = []\n")
    with pytest.raises(SystemExit, match=r"one without a name in \[package\]"):
        build.get_requires_for_build_wheel()


@pytest.mark.parametrize("table", ["[project]\nname = 'puppet'\n", "[build-system]\n\n[project.urls]\n"])
def test_metadata_in_two_places_is_refused(cargo: CargoOnPath, table: str) -> None:
    (cargo.checkout / "pyproject.toml").write_text(table)
    with pytest.raises(SystemExit, match=r"puppet has metadata in two places(?s:.*)Cargo\.toml(?s:.*)take \[project\] out"):
        build.get_requires_for_build_wheel()
    (cargo.checkout / "pyproject.toml").write_text("[build-system]\n# [project] is not here\n")
    assert build.get_requires_for_build_wheel() == []


def test_a_missing_cargo_is_told_with_the_fix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path / "empty"))
    for hook in (build.build_wheel, build.build_sdist, build.prepare_metadata_for_build_wheel, build.build_editable):
        with pytest.raises(SystemExit, match=r"error: puppet cannot be built(?s:.*)cargo on PATH(?s:.*)https://rustup\.rs"):
            hook(str(tmp_path / "dist"))
    assert not list((tmp_path / "dist").iterdir())


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("error: no such command: `chainner`", "cargo install cargo-chainner"),
        ("error[E0425]: cannot find value `imge`", "run it by itself: `cargo chainner build` in "),
    ],
)
def test_a_build_that_fails_says_why_and_leaves_nothing(
    cargo: CargoOnPath, tmp_path: Path, fault: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (cargo.checkout / "fault").write_text(fault)
    with pytest.raises(SystemExit) as told:
        build.build_wheel(str(tmp_path / "dist"))
    assert said in str(told.value)
    assert fault in capfd.readouterr().err
    assert not list((tmp_path / "dist").iterdir())


def test_an_older_tool_is_told(cargo: CargoOnPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "programs/cargo"
    program.write_text(program.read_text().replace('"sdist"', '"tsids"'))
    with pytest.raises(SystemExit, match=r"knows `cargo chainner sdist`(?s:.*)install a newer tool"):
        build.build_sdist(str(tmp_path / "dist"))


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match="puppet cannot be written"):
        build.build_wheel(str(tmp_path / "file/dist"))


def unpacked(wheel: Path, site: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)


def editable(tmp_path: Path, packages: Site) -> Path:
    """Installs the checkout as pip -e does."""
    name = build.build_editable(str(tmp_path / "dist"))
    assert name == WHEEL
    unpacked(tmp_path / "dist" / name, packages.directory)
    return tmp_path / "dist" / name


def test_an_editable_wheel_is_whole_and_brings_no_start_up_file(cargo: CargoOnPath, packages: Site, tmp_path: Path) -> None:
    with zipfile.ZipFile(editable(tmp_path, packages)) as archive:
        names = archive.namelist()
        assert not [name for name in names if name.endswith((".pth", ".start"))]
        record = "puppet-0.1.0.dist-info/RECORD"
        rows = {path: (digest, size) for path, digest, size in csv.reader(archive.read(record).decode().splitlines())}
        assert sorted(rows) == sorted(names)
        for name in set(names) - {record}:
            digest = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=")
            assert rows[name] == (f"sha256={digest}", str(len(archive.read(name))))
        metadata = archive.read("puppet-0.1.0.dist-info/METADATA").decode()
        assert archive.read("puppet-0.1.0.dist-info/licenses/LICENSE") == b"free"
        assert "Tag: py3-none-any\n" in archive.read("puppet-0.1.0.dist-info/WHEEL").decode()
    needed = f"Requires-Dist: chainner-sdk>={chainner_sdk.__version__}\n"
    assert metadata == METADATA.replace("\n\n# Puppet", f"\n{needed}\n# Puppet")
    build.prepare_metadata_for_build_editable(str(tmp_path / "metadata"))
    assert (tmp_path / "metadata/puppet-0.1.0.dist-info/METADATA").read_text("utf-8") == metadata


def test_metadata_without_a_body_can_need_the_sdk_too(tmp_path: Path) -> None:
    file = tmp_path / "METADATA"
    file.write_text("Name: x\nVersion: 1\n")
    build.editable_wheel.require_sdk(file)
    assert file.read_text() == f"Name: x\nVersion: 1\nRequires-Dist: chainner-sdk>={chainner_sdk.__version__}\n"


def test_an_editable_module_is_that_of_the_checkout(cargo: CargoOnPath, packages: Site, tmp_path: Path) -> None:
    editable(tmp_path, packages)
    module = importlib.import_module("puppet")
    assert str(cargo.checkout / "target/chainner-sdk/puppet") in module.told, "files beside it are found"
    assert module.__version__ == "0.1.0"
    assert "become" not in vars(module)
    native = importlib.import_module("puppet._native")
    assert native.call("puppet:all_kinds")[0] == 7
    assert cargo.calls == 1, "built when it was installed, and not again"


def test_an_editable_package_is_loaded_from_its_sources(cargo: CargoOnPath, packages: Site, tmp_path: Path) -> None:
    editable(tmp_path, packages)
    for package in (chainner_sdk.load("puppet"), next(iter(chainner_sdk.discover([])))):
        assert package.origin is Origin.SOURCE
        assert package.call("puppet:all_kinds")[0] == 7
        assert not package.problems
    (cargo.checkout / "module/_native.py").write_text(puppet_native() + "\nedited = True\n")
    chainner_sdk.load("puppet")
    assert cargo.calls == 2


def test_an_editable_package_that_does_not_build_keeps_its_nodes(cargo: CargoOnPath, packages: Site, tmp_path: Path) -> None:
    editable(tmp_path, packages)
    (cargo.checkout / "fault").write_text("error[E0425]: cannot find value `imge`")
    package = chainner_sdk.load("puppet")
    assert package.origin is Origin.SCHEMA
    assert package.nodes
    with pytest.raises(NodeUnavailableError, match=r"sources do not build.*E0425"):
        package.call("puppet:all_kinds")
    with pytest.raises(ImportError, match=r"sources do not build(?s:.*)E0425"):
        importlib.import_module("puppet")


def test_an_editable_package_whose_checkout_is_gone_keeps_its_nodes(
    cargo: CargoOnPath, packages: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editable(tmp_path, packages)
    monkeypatch.chdir(tmp_path)
    cargo.checkout.rename(tmp_path / "moved")
    package = chainner_sdk.load("puppet")
    assert (package.origin, package.version) == (Origin.SCHEMA, "0.1.0")
    assert package.nodes
    with pytest.raises(
        NodeUnavailableError, match=r"checkout that it was installed from is gone.*checkout.*no such file.*pip install -e"
    ):
        package.call("puppet:all_kinds")
    with pytest.raises(ImportError, match="pip uninstall puppet"):
        importlib.import_module("puppet")


def test_a_link_that_says_nothing_is_told(packages: Site) -> None:
    directory = packages.install("puppet", None)
    (directory / "__init__.py").write_text(chainner_sdk.editable.MODULE)
    (directory / "checkout.json").write_text("{}")
    with pytest.raises(ImportError, match=r"checkout\.json does not say where the sources of puppet are"):
        importlib.import_module("puppet")


def test_a_version_is_that_of_the_workspace_if_it_says_so(cargo: CargoOnPath) -> None:
    from chainner_sdk.source import Checkout

    manifest = cargo.checkout / "Cargo.toml"
    manifest.write_text('[package]\nname = "puppet"\nversion.workspace = true\n')
    assert Checkout.at(cargo.checkout).version == "unknown"
    (cargo.checkout.parent / "Cargo.toml").write_text('[workspace]\n\n[workspace.package]\nversion = "3.1.0"\n')
    assert Checkout.at(cargo.checkout).version == "3.1.0"
