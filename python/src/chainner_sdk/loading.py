"""Loading packages: what is being developed, else installed wheel, else source checkout, else schema only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import editable, native, schema
from .catalogue import Catalogue
from .installed import Installed, installed, normalised
from .package import Origin, Package
from .problem import PackageError, Problem
from .quarantine import Quarantine
from .receipt import Receipt
from .session import sessions
from .source import Checkout

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from .session import Session


def load(name: str, source: str | os.PathLike[str] | None = None) -> Package:
    """Loads one package by the name of its distribution or module.

    Tried in this order: the newest build of a ``cargo chainner dev`` that runs for this environment; the installed wheel; the
    source checkout ``source`` (default: the one of that name in the link settings of this environment), built by ``cargo chainner
    build --debug`` if it is stale; the schema alone. :attr:`Package.origin` says which it was, :attr:`Package.problems` what was
    wrong with those before. Raises :class:`PackageError` if not even a schema is there.
    """
    found, problems = installed()
    wheel = next((one for one in found if normalised(name) in (normalised(one.name), normalised(one.module))), None)
    checkout = Checkout.at(Path(source)) if source is not None else None
    if checkout is None:
        checkouts, _ = _checkouts(None)
        checkout = next((one for one in checkouts if normalised(one.name) == normalised(name)), None)
    developed, _ = sessions(Receipt.here().directory)
    session = next((one for one in developed if normalised(name) in (normalised(one.name), normalised(one.module))), None)
    if wheel is None and checkout is None and session is None:
        names = ", ".join(one.name for one in found) or "none"
        broken = next((problem for problem in problems if normalised(name) in normalised(problem.what)), None)
        fix = f"install it: pip install {name}; or give its sources: load({name!r}, source=...)"
        problem = broken or Problem(f"There is no node package {name!r}", None, "an installed package", names, fix)
        raise PackageError(problem)
    return _load(wheel, checkout, session)


def discover(sources: Iterable[str | os.PathLike[str]] | None = None) -> Catalogue:
    """Loads every installed package, every source checkout, and what ``cargo chainner dev`` builds for this environment.

    ``sources`` are directories of checkouts; the default are those of the link settings of this environment. What cannot be
    loaded is told in :attr:`Catalogue.problems` and keeps no other package from being loaded.
    """
    found, problems = installed()
    checkouts, more = _checkouts(sources)
    developed, left = sessions(Receipt.here().directory)
    problems += [*more, *left]
    wheels = {normalised(one.name): one for one in reversed(found)}
    by_name = {normalised(one.name): one for one in reversed(checkouts)}
    running = {normalised(one.name): one for one in developed}
    packages = []
    for name in sorted({*wheels, *by_name, *running}):
        try:
            packages.append(_load(wheels.get(name), by_name.get(name), running.get(name)))
        except PackageError as error:
            problems.append(error.problem)
        except Exception as error:
            problems.append(unexpected(f"{name} cannot be loaded", error))
    return Catalogue.of(packages, problems)


def unexpected(what: str, error: BaseException) -> Problem:
    """A fault that nobody has thought of."""
    got = f"{type(error).__name__}: {error}"
    return Problem(what, None, None, got, "please report this as a bug of chainner-sdk")


def _checkouts(sources: Iterable[str | os.PathLike[str]] | None) -> tuple[list[Checkout], list[Problem]]:
    checkouts, problems = [], []
    for directory in Receipt.here().sources if sources is None else sources:
        try:
            checkouts.append(Checkout.at(Path(directory)))
        except PackageError as error:
            problems.append(error.problem)
    return checkouts, problems


def _load(wheel: Installed | None, checkout: Checkout | None, session: Session | None) -> Package:
    """The package of a wheel, a checkout and a session, at least one of which is there."""
    quarantine = Quarantine.here()
    problems: list[Problem] = []
    if session is not None:
        try:
            return session.load()
        except PackageError as error:
            problems.append(error.problem)
    if wheel is not None and wheel.checkout is not None and checkout is None:
        try:
            what = f"{wheel.name} cannot run its nodes: the source checkout that it was installed from is gone"
            checkout = Checkout.at(wheel.checkout, editable.anew(wheel.name), what)
        except PackageError as error:
            problems.append(error.problem)
    attempts: list[Callable[[], Package | None]] = [
        lambda: _from_wheel(wheel, quarantine),
        lambda: _from_source(checkout, quarantine),
    ]
    for attempt in attempts:
        try:
            package = attempt()
        except PackageError as error:
            problems.append(error.problem)
        else:
            if package is not None:
                return package
    return _from_schema(wheel, checkout, problems)


def _from_wheel(wheel: Installed | None, quarantine: Quarantine) -> Package | None:
    if wheel is None or wheel.checkout is not None:
        return None
    document = schema.read(wheel.name, wheel.directory / schema.FILE, wheel.reinstall)
    half = native.load(wheel.name, wheel.module, wheel.directory, wheel.reinstall, quarantine)
    return Package(wheel.name, wheel.module, wheel.version, Origin.INSTALLED, wheel.directory, document, half)


def _from_source(checkout: Checkout | None, quarantine: Quarantine) -> Package | None:
    if checkout is None:
        return None
    directory = checkout.build()
    document = schema.read(checkout.name, directory / schema.FILE, checkout.rebuild)
    half = native.load(checkout.name, checkout.module, directory, checkout.rebuild, quarantine)
    return Package(checkout.name, checkout.module, checkout.version, Origin.SOURCE, directory, document, half)


def _from_schema(wheel: Installed | None, checkout: Checkout | None, problems: list[Problem]) -> Package:
    place = checkout.schema_directory() if checkout is not None else None
    if wheel is not None and (place is None or wheel.checkout is None):
        document = schema.read(wheel.name, wheel.directory / schema.FILE, wheel.reinstall)
        name, module, version, directory = wheel.name, wheel.module, wheel.version, wheel.directory
    else:
        if checkout is None or place is None:
            raise PackageError(problems[0])
        document = schema.read(checkout.name, place / schema.FILE, checkout.rebuild)
        name, module, version, directory = checkout.name, checkout.module, checkout.version, place
    return Package(name, module, version, Origin.SCHEMA, directory, document, None, tuple(problems))
