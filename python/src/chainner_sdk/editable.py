"""Editable installations: what ``pip install -e`` leaves in an environment is a link to the source checkout.

The link is a module of the package's name. Imported, it becomes the module that is built of the checkout, which is built anew
if a source has changed; the loader finds the checkout by it, too.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

FILE = "checkout.json"
"""Beside ``__init__.py``: where the checkout is."""

MODULE = '''"""A link to a source checkout, made by `pip install -e`: the module is built of it when it is imported."""

# Without an assignment, so that no name of this file is left in the module that takes its place.
__import__("chainner_sdk.editable", fromlist=["become"]).become(__name__)
'''
"""The text of ``__init__.py``."""


def link(checkout: Path) -> str:
    """The text of :data:`FILE`."""
    return json.dumps({"checkout": str(checkout)}, indent=2, ensure_ascii=False) + "\n"


def checkout_of(directory: Path) -> Path | None:
    """The checkout that the module in a directory links to; ``None`` if it is no link."""
    try:
        record = json.loads((directory / FILE).read_text("utf-8"))
        return Path(record["checkout"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def become(name: str) -> None:
    """Lets the module that links to a checkout become the one that is built of it. Raises :class:`ImportError` if none is."""
    from .problem import PackageError
    from .source import Checkout

    module = sys.modules[name]
    here = Path(str(module.__file__)).parent
    place = checkout_of(here)
    if place is None:
        raise ImportError(f"{here / FILE} does not say where the sources of {name} are: install them again, `pip install -e DIR`")
    try:
        built = Checkout.at(place, anew(name)).build()
    except PackageError as error:
        raise ImportError(str(error.problem), name=name, path=str(place)) from error
    spec = importlib.util.spec_from_file_location(name, built / "__init__.py", submodule_search_locations=[str(built)])
    if spec is None or spec.loader is None:
        raise ImportError(f"nothing can load {built / '__init__.py'}", name=name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__file__ = spec.origin
    module.__path__ = [str(built)]
    spec.loader.exec_module(module)


def anew(name: str) -> str:
    """What to do about a link that leads nowhere."""
    return f'install it again, `"{sys.executable}" -m pip install -e DIR`, or `"{sys.executable}" -m pip uninstall {name}`'
