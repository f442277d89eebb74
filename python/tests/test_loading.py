"""Installed wheel, else source checkout, else schema only."""

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import chainner_sdk
from chainner_sdk import NodeUnavailableError, Origin, PackageError
from chainner_sdk.source import Checkout
from schemas import document, node, port, puppet
from site_packages import Site, puppet_native

if TYPE_CHECKING:
    from pathlib import Path

    from cargo_on_path import CargoOnPath


@pytest.fixture(autouse=True)
def fresh_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Native halves loaded by one test are not those of another."""
    for name in [name for name in sys.modules if name.endswith("._native")]:
        monkeypatch.delitem(sys.modules, name)


def test_an_installed_wheel_runs(packages: Site) -> None:
    packages.install("puppet", puppet(), puppet_native())
    package = chainner_sdk.load("puppet")
    assert package.origin is Origin.INSTALLED
    assert (package.name, package.module, package.version, package.id) == ("puppet", "puppet", "1.0", "puppet")
    assert package.schema == puppet()
    assert not package.problems
    assert package.call("puppet:all_kinds")[0] == 7
    assert package.nodes["puppet:image"](2, 3, 3).shape == (3, 2, 3)
    assert package.nodes["puppet:image"].name == "Image"


@pytest.mark.parametrize("name", ["two-words", "two_words", "Two.Words"])
def test_a_package_is_known_by_the_name_of_its_distribution_and_of_its_module(packages: Site, name: str) -> None:
    packages.install("two-words", puppet(), puppet_native())
    assert chainner_sdk.load(name).module == "two_words"


def test_the_wheel_comes_before_the_checkout(packages: Site, cargo: CargoOnPath) -> None:
    packages.install("puppet", puppet(), puppet_native())
    assert chainner_sdk.load("puppet", source=cargo.checkout).origin is Origin.INSTALLED
    assert cargo.calls == 0


def test_the_checkout_comes_before_the_schema(packages: Site, cargo: CargoOnPath) -> None:
    packages.install("puppet", puppet())
    package = chainner_sdk.load("puppet", source=cargo.checkout)
    assert package.origin is Origin.SOURCE
    assert package.version == "0.1.0"
    assert package.call("puppet:all_kinds")[0] == 7
    assert next(iter(chainner_sdk.discover([cargo.checkout]))).origin is Origin.SOURCE


def test_a_checkout_is_built_when_it_is_stale_and_only_then(packages: Site, cargo: CargoOnPath) -> None:
    def load() -> Path:
        package = chainner_sdk.load("puppet", source=cargo.checkout)
        assert package.origin is Origin.SOURCE
        return package.directory

    first = load()
    assert load() == first
    assert cargo.calls == 1
    (cargo.checkout / "src/lib.rs").write_text("// other nodes\n")
    (cargo.checkout / "module/_native.py").write_text(puppet_native() + "\nedited = True\n")
    assert Checkout.at(cargo.checkout).is_stale()
    second = load()
    assert cargo.calls == 2
    assert second != first, "a running app may have loaded the first"
    (cargo.checkout / "src/more.rs").touch()
    load()
    assert cargo.calls == 3
    (cargo.checkout / "src/more.rs").unlink()
    load()
    assert cargo.calls == 4


def test_a_dependency_by_path_makes_a_checkout_stale(packages: Site, cargo: CargoOnPath, tmp_path: Path) -> None:
    kernels = tmp_path / "kernels"
    kernels.mkdir()
    (kernels / "Cargo.toml").write_text('[package]\nname = "kernels"\n')
    with (cargo.checkout / "Cargo.toml").open("a") as manifest:
        manifest.write('kernels = { path = "../kernels" }\n')
    chainner_sdk.load("puppet", source=cargo.checkout)
    (kernels / "lib.rs").touch()
    assert Checkout.at(cargo.checkout).is_stale()


def test_a_checkout_that_does_not_build_is_known_by_its_last_schema(packages: Site, cargo: CargoOnPath) -> None:
    chainner_sdk.load("puppet", source=cargo.checkout)
    (cargo.checkout / "fault").write_text("error[E0425]: cannot find value `imge`")
    package = chainner_sdk.load("puppet", source=cargo.checkout)
    assert package.origin is Origin.SCHEMA
    with pytest.raises(NodeUnavailableError, match=r"sources do not build.*E0425.*cargo chainner build"):
        package.call("puppet:all_kinds")


def test_a_checkout_that_was_never_built_and_does_not_is_told(packages: Site, cargo: CargoOnPath) -> None:
    (cargo.checkout / "fault").write_text("error: no such command: `chainner`")
    with pytest.raises(PackageError, match="cargo install cargo-chainner"):
        chainner_sdk.load("puppet", source=cargo.checkout)
    catalogue = chainner_sdk.discover([cargo.checkout, cargo.checkout / "nothing"])
    assert len(catalogue) == 0
    assert len(catalogue.problems) == 2


def test_a_checkout_without_cargo_says_so(
    packages: Site, cargo: CargoOnPath, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path))
    with pytest.raises(PackageError, match=r"rustup\.rs"):
        chainner_sdk.load("puppet", source=cargo.checkout)


def test_without_a_native_half_the_nodes_are_there_and_say_why_they_do_not_run(packages: Site) -> None:
    directory = packages.install("puppet", puppet())
    package = chainner_sdk.load("puppet")
    assert package.origin is Origin.SCHEMA
    assert list(package.nodes) == [one["schemaId"] for one in puppet()["nodes"]]
    with pytest.raises(NodeUnavailableError, match=r"native module.*missing.*no such file.*reinstall") as told:
        package.nodes["puppet:image"](1, 1, 1)
    assert str(directory) in str(told.value)
    for tag, said in (
        ("cp310-abi3-win_amd64", r"reinstall it for this platform \(this is 1\.0 for cp310-abi3-win_amd64\)"),
        ("py3-none-any", r"no wheel of it fits this platform \(this is 1\.0 for py3-none-any\).* --no-binary puppet"),
    ):
        (directory.parent / "puppet-1.0.dist-info/WHEEL").write_text(f"Wheel-Version: 1.0\nTag: {tag}\n")
        with pytest.raises(NodeUnavailableError, match=said):
            chainner_sdk.load("puppet").call("puppet:image", 1, 1, 1)
    (directory / "_native.pyd").touch()
    with pytest.raises(NodeUnavailableError, match=r"_native\.pyd, built for another platform"):
        chainner_sdk.load("puppet").call("puppet:image", 1, 1, 1)


def test_a_native_half_that_cannot_be_loaded_says_what_python_said(packages: Site) -> None:
    directory = packages.install("puppet", puppet())
    for suffix, text, said in (
        (".abi3.so", "not a library", "ImportError"),
        (".py", "1 / 0", "ZeroDivisionError"),
        (".py", "raise SystemExit(3)", "SystemExit"),
        (".py", "class Panic(BaseException): pass\nraise Panic('panicked')", "Panic"),
    ):
        native = directory / f"_native{suffix}"
        native.write_text(text)
        package = chainner_sdk.load("puppet")
        assert package.origin is Origin.SCHEMA
        with pytest.raises(NodeUnavailableError, match=f"native module cannot be loaded.*{said}.*reinstall"):
            package.call("puppet:image", 1, 1, 1)
        native.unlink()


def test_a_package_made_for_a_newer_sdk_is_refused_with_the_side_to_upgrade(packages: Site) -> None:
    newer = puppet_native().replace('sdk_version = "0.1.0"', 'sdk_version = "0.1.1"')
    packages.install("puppet", puppet(), newer)
    package = chainner_sdk.load("puppet")
    assert package.origin is Origin.SCHEMA
    with pytest.raises(NodeUnavailableError, match=r'newer chainner-sdk.*upgrade chainner-sdk: .*"chainner-sdk>=0\.1\.1"'):
        package.call("puppet:image", 1, 1, 1)


@pytest.mark.parametrize("version", ["0.0.9", "0.1", "0.1.0-beta.2", "0.1.0+local"])
def test_a_package_made_for_an_older_sdk_runs(packages: Site, version: str) -> None:
    packages.install("puppet", puppet(), puppet_native().replace('sdk_version = "0.1.0"', f'sdk_version = "{version}"'))
    assert chainner_sdk.load("puppet").origin is Origin.INSTALLED


def test_a_node_that_the_native_half_does_not_have_says_so(packages: Site) -> None:
    schema = puppet()
    schema["nodes"].append(node("puppet:other", [], []))
    packages.install("puppet", schema, puppet_native())
    with pytest.raises(NodeUnavailableError, match="no native code for the node puppet:other"):
        chainner_sdk.load("puppet").call("puppet:other")


def test_a_package_that_is_not_there_is_told_with_those_that_are(packages: Site) -> None:
    packages.install("puppet", puppet(), puppet_native())
    with pytest.raises(PackageError, match=r"no node package 'prob'(?s:.*)got: +puppet"):
        chainner_sdk.load("prob")


def test_a_module_of_the_app_with_the_same_name_is_not_taken_for_the_package(packages: Site, tmp_path: Path) -> None:
    (tmp_path / "app/nodes").mkdir(parents=True)
    (tmp_path / "app/nodes/__init__.py").touch()
    packages.install("nodes", puppet(), puppet_native())
    sys.path.insert(0, str(tmp_path / "app"))
    assert chainner_sdk.load("nodes").origin is Origin.INSTALLED


def claims(package_id: str, *ids: str, type_definitions: str | None = None) -> dict:
    inputs = [port(0, "Choice", "Look", typeDefinitions=type_definitions)] if type_definitions else []
    return document(package_id, [node(one, inputs, []) for one in ids])


def test_of_two_packages_that_claim_an_id_the_first_by_name_has_it(packages: Site) -> None:
    packages.install("b-second", claims("second", "shared:a", "second:b"), puppet_native(), version="2.0")
    packages.install("a-first", claims("first", "shared:a"), puppet_native())
    first, second = chainner_sdk.discover([])
    assert list(first.nodes) == ["shared:a"]
    assert list(second.nodes) == ["second:b"]
    assert second.schema["nodes"][0]["schemaId"] == "shared:a", "the schema stays as it is"
    (problem,) = second.problems
    assert "shared:a is claimed by a-first 1.0 and b-second 2.0" in problem.what
    assert str(first.directory) in problem.where
    assert str(second.directory) in problem.where


def test_of_two_packages_with_one_package_id_the_first_by_name_is_shown(packages: Site) -> None:
    packages.install("b-second", claims("same", "b:b"), puppet_native())
    packages.install("a-first", claims("same", "a:a"), puppet_native())
    catalogue = chainner_sdk.discover([])
    assert [package.name for package in catalogue] == ["a-first"]
    assert "'same' is claimed by a-first 1.0 and b-second 1.0" in catalogue.problems[0].what


def test_an_id_twice_in_one_package_is_told_and_the_first_one_stays(packages: Site) -> None:
    schema = claims("one", "one:a", "one:a")
    schema["nodes"][1]["name"] = "Second"
    packages.install("one", schema, puppet_native())
    (package,) = chainner_sdk.discover([])
    assert package.nodes["one:a"].name == "A"
    assert len(package.problems) == 1


@pytest.mark.parametrize("other", ["let Look = Look::B;\nstruct Look::B;", "enum Look { B }", "def Look(): string = 1;"])
def test_types_of_one_name_and_different_text_are_kept_from_the_app(packages: Site, other: str) -> None:
    text = "let Look = Look::A;\nstruct Look::A;"
    packages.install("a-first", claims("first", "first:a", type_definitions=text), puppet_native())
    packages.install("b-second", claims("second", "second:a", type_definitions=other), puppet_native())
    packages.install("c-third", claims("third", "third:a", type_definitions=text), puppet_native())
    first, second, third = chainner_sdk.discover([])
    assert list(first.nodes)
    assert not second.nodes
    assert list(third.nodes), "the same text may come twice"
    assert "The type Look is defined by a-first 1.0 and, otherwise, by b-second 1.0" in second.problems[0].what


FAULTS = {
    "a key that is missing": lambda node: node.pop("suggestions"),
    "a key of another type": lambda node: node.update(inputs=None),
    "a kind of node that the app does not know": lambda node: node.update(kind="iterator"),
    "a kind of input that the app does not know": lambda node: node["inputs"][0].update(kind="knob"),
    "a kind of output that the app does not know": lambda node: node["outputs"][0].update(kind="video"),
    "a key of an input that is missing": lambda node: node["inputs"][0].pop("conversions"),
    "a key of an output that is missing": lambda node: node["outputs"][0].pop("passthroughOf"),
    "an input that is none": lambda node: node["inputs"].append(3),
    "an id of an input twice": lambda node: node["inputs"][1].update(id=0),
    "an input without a type": lambda node: node["inputs"][0].update(type=None),
    "a group that is not there": lambda node: node.update(nodeGroup="nowhere"),
    "a category that is not there": lambda node: node.update(category="nowhere"),
    "a layout that names an input twice": lambda node: node["groupLayout"].append(0),
    "a layout that names an input that is not there": lambda node: node["groupLayout"].append(77),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_node_that_would_break_the_app_is_left_out(packages: Site, fault: str) -> None:
    schema = puppet()
    FAULTS[fault](schema["nodes"][0])
    packages.install("puppet", schema, puppet_native())
    (package,) = chainner_sdk.discover([])
    assert "puppet:image" not in package.nodes
    assert len(package.nodes) == len(puppet()["nodes"]) - 1
    assert "The node puppet:image of puppet is left out" in package.problems[0].what


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"package": {}, "categories": [], "nodes": []}', "\xff", '{"nodes": [3]}'])
def test_a_schema_that_is_none_costs_only_its_package(packages: Site, text: str) -> None:
    packages.install("broken", text, puppet_native())
    packages.install("puppet", puppet(), puppet_native())
    catalogue = chainner_sdk.discover([])
    assert [package.name for package in catalogue] == ["puppet"]
    assert "broken cannot be shown" in catalogue.problems[0].what
    assert "reinstall it" in catalogue.problems[0].fix


def test_an_entry_point_to_nothing_costs_only_itself(packages: Site) -> None:
    packages.install("puppet", puppet(), puppet_native())
    info = packages.directory / "empty-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: empty\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[chainner.packages]\nempty = empty\nworse = !!\n")
    catalogue = chainner_sdk.discover([])
    assert len(catalogue) == 1
    assert "empty 1.0 says that it holds a node package" in catalogue.problems[0].what


def test_the_public_names_are_there_without_loading_anything() -> None:
    for name in chainner_sdk.__all__:
        assert getattr(chainner_sdk, name) is not None
    assert set(chainner_sdk.__all__) <= set(dir(chainner_sdk))
    with pytest.raises(AttributeError, match="nothing"):
        _ = chainner_sdk.nothing


def test_an_unzipped_wheel_has_nothing_but_the_module(packages: Site, cargo: CargoOnPath) -> None:
    directory = chainner_sdk.load("puppet", source=cargo.checkout).directory
    assert [place.name for place in directory.parent.iterdir()] == ["puppet"]
    assert zipfile.is_zipfile(directory.parents[1] / "dist/puppet-0.1.0-py3-none-any.whl")
