"""The finder of the start-up file: meets chaiNNer and nobody else."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

from chainner_sdk import _start
from chainner_sdk._start import Finder

if TYPE_CHECKING:
    from pathlib import Path

API = """
class Registry:
    packages = {}
    def load_nodes(self, current_file):
        return ["loaded", current_file]
registry = Registry()
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an app whose `api` can be imported."""
    (tmp_path / "api").mkdir()
    (tmp_path / "api/__init__.py").write_text(API)
    (tmp_path / "packages").mkdir()
    (tmp_path / "server.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if not isinstance(finder, Finder)])
    monkeypatch.delitem(sys.modules, "api", raising=False)
    importlib.invalidate_caches()
    yield tmp_path
    sys.modules.pop("api", None)


def imported() -> Any:
    return importlib.import_module("api")


def is_armed(api: Any) -> bool:
    return "load_nodes" in vars(api.registry)


def test_chainner_is_met(app: Path) -> None:
    sys.meta_path.insert(0, Finder())
    assert is_armed(imported())


@pytest.mark.parametrize("lacking", ["server.py", "packages"])
def test_another_module_called_api_is_left_alone(app: Path, lacking: str) -> None:
    place = app / lacking
    place.rmdir() if place.is_dir() else place.unlink()
    sys.meta_path.insert(0, Finder())
    assert not is_armed(imported())


def test_a_single_file_called_api_is_left_alone(app: Path) -> None:
    (app / "api/__init__.py").rename(app / "api.py")
    (app / "api").rmdir()
    importlib.invalidate_caches()
    sys.meta_path.insert(0, Finder())
    assert not is_armed(imported())


def test_no_api_at_all_is_an_ordinary_import_error(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place != str(app)])
    sys.meta_path.insert(0, Finder())
    with pytest.raises(ModuleNotFoundError):
        imported()


def test_several_hooks_compose(app: Path) -> None:
    class Other:
        """As another package's hook, which asks the import system for the rest."""

        asking = False
        asked = 0

        def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
            self.asked += name == "api"
            if name != "api" or self.asking:
                return None
            self.asking = True
            try:
                spec = importlib.util.find_spec(name)
            finally:
                self.asking = False
            execute = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                execute(module)
                module.other = True

            spec.loader.exec_module = exec_module
            return spec

    other = Other()
    sys.meta_path[:0] = [Finder(), other, Finder()]
    api = imported()
    assert api.other
    assert is_armed(api)
    assert other.asked <= 3, "they step aside while one of them asks"


def test_an_app_is_armed_once(app: Path) -> None:
    sys.meta_path[:0] = [Finder()]
    api = imported()
    armed = api.registry.load_nodes
    _start.arm(api)
    assert api.registry.load_nodes is armed


def test_a_broken_finder_elsewhere_is_no_fault_of_ours(app: Path) -> None:
    class Broken:
        def find_spec(self, *_: object) -> Any:
            if sys._getframe(1).f_code.co_filename == _start.__file__:
                raise RuntimeError("broken")
            return None

    sys.meta_path[:0] = [Finder(), Broken()]
    assert not is_armed(imported())


def test_nothing_keeps_the_app_from_loading_its_nodes(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sys.meta_path.insert(0, Finder())
    api = imported()
    monkeypatch.setitem(sys.modules, "chainner_sdk.bridge", None)
    assert api.registry.load_nodes("server.py") == ["loaded", "server.py"]


def test_a_bridge_that_fails_is_logged_and_the_app_loads_its_nodes(app: Path, caplog: pytest.LogCaptureFixture) -> None:
    sys.meta_path.insert(0, Finder())
    api = imported()  # it lacks whatever the bridge needs
    assert api.registry.load_nodes("server.py") == ["loaded", "server.py"]
    assert "no package could be loaded" in caplog.text


def test_an_api_without_a_registry_is_no_fault_of_ours(app: Path) -> None:
    (app / "api/__init__.py").write_text("")
    sys.meta_path.insert(0, Finder())
    imported()
