"""The commands: link, unlink, status, list, doctor. Data goes to the standard output, words for people to the standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, doctor, link
from .environment import Environment, python_of_app
from .last_start import LastStart, summary
from .loading import discover
from .problem import PackageError
from .receipt import LOADING, Receipt
from .replacement import as_known, chosen
from .source import Checkout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .catalogue import Catalogue
    from .problem import Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns 0 if all is well, 1 if there is a problem, 2 if the command was not understood."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
        return code
    except PackageError as error:
        _tell_problem(error.problem)
        return 1
    except BrokenPipeError:
        # Whoever read has read enough, e.g. `head`; the interpreter would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m chainner_sdk", description=__doc__.partition(".")[0] + ".")
    parser.add_argument("--version", action="version", version=f"chainner-sdk {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run, name=name)
        which = added.add_mutually_exclusive_group()
        which.add_argument("--python", metavar="PATH", help="interpreter of the environment (default: this one)")
        which.add_argument("--chainner", metavar="PATH", type=Path, help="the app's data folder, for the Python that it keeps")
        return added

    added = command("link", _link, "Makes a chaiNNer that runs in an environment show every installed package.")
    added.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    added.add_argument(
        "--source",
        metavar="DIR",
        action="append",
        type=Path,
        help="also show the package of a source checkout; may be repeated",
    )
    added.add_argument("--no-sources", action="store_true", help="forget the source checkouts given before")
    added.add_argument(
        "--replace",
        metavar="PACKAGE",
        action="append",
        help="let the nodes of a package run in place of those that they replace; may be repeated",
    )
    added.add_argument("--no-replace", action="store_true", help="let all nodes run as themselves again")
    added = command("unlink", _unlink, "Removes what link wrote.")
    added.add_argument("--dry-run", action="store_true", help="show what would be removed, and remove nothing")
    added = commands.add_parser("dev", description="Leads this environment to a session; `cargo chainner dev` runs it.")
    added.set_defaults(run=_dev, name="dev")
    for option in ("--name", "--session", "--lock"):
        added.add_argument(option, required=True)
    for name, run, text in (
        ("status", _status, "Shows each package, and whether it is installed, from source, or only a schema."),
        ("list", _list, "Lists the nodes of all packages."),
        ("doctor", _doctor, "Looks for whatever keeps packages from working, and says what to do."),
    ):
        command(name, run, text).add_argument("--json", action="store_true", help="print JSON")
    return parser


def _environment(options: argparse.Namespace) -> Environment:
    if options.chainner is not None:
        return Environment.of(python_of_app(options.chainner))
    return Environment.of(sys.executable if options.python is None else options.python)


def _link(options: argparse.Namespace) -> int:
    environment = _environment(options)
    sources = tuple(str(Checkout.at(directory).directory) for directory in options.source or ())
    given = sources if options.source or options.no_sources else None
    replacing = tuple(options.replace or ()) if options.replace or options.no_replace else None
    plan = link.plan(environment, __version__, given, replacing)
    _tell("Linking", environment.title)
    for file, text in plan.files.items():
        print(file)
        print("".join(f"    {line}\n" for line in text.splitlines()), end="")
    if options.dry_run:
        _tell("Finished", "nothing was written (--dry-run)")
        return 0
    # Whoever asks for it gets another try of what has crashed.
    (environment.site_packages / LOADING).unlink(missing_ok=True)
    if plan.is_done and environment.armed:
        _tell("Finished", "it was linked already")
        return 0
    link.link(plan)
    _tell("Finished", "verified; restart chaiNNer to see the packages. To undo: python -m chainner_sdk unlink")
    return 0


def _unlink(options: argparse.Namespace) -> int:
    environment = _environment(options)
    if options.dry_run:
        receipt = Receipt.read(environment.site_packages)
        for file in (receipt.file, *(environment.site_packages / name for name in receipt.files)):
            if file.exists():
                print(file)
        _tell("Finished", "nothing was removed (--dry-run)")
        return 0
    _tell("Unlinking", environment.title)
    removed = link.unlink(environment)
    for file in removed:
        print(file)
    _tell("Finished", f"{len(removed)} files removed" if removed else "it was not linked")
    return 0


def _dev(options: argparse.Namespace) -> int:
    """Answers the tool, which removes the file that is named when it ends."""
    try:
        environment = Environment.of(sys.executable)
        file = link.lead(environment, options.name, Path(options.session), Path(options.lock))
    except PackageError as error:
        print(json.dumps({"problem": error.problem.as_json()}))
        return 1
    print(json.dumps({"title": environment.title, "file": str(file)}))
    return 0


def _elsewhere(options: argparse.Namespace) -> int | None:
    """Runs the command in another environment, if another is meant: packages are loaded by the interpreter that runs them."""
    if options.python is None and options.chainner is None:
        return None
    environment = _environment(options)
    link.require(environment, __version__)
    return environment.run_sdk(options.name, *(["--json"] if options.json else []))


def _status(options: argparse.Namespace) -> int:
    ended = _elsewhere(options)
    if ended is not None:
        return ended
    catalogue = discover()
    receipt = Receipt.here()
    replacements = as_known(catalogue, receipt.replace, LastStart.read(receipt.directory))
    if options.json:
        rows = [
            {
                **summary(package),
                "directory": str(package.directory),
                "problems": [problem.as_json() for problem in package.problems],
                "replacements": [one.as_json() for one in replacements if one.package == package.name],
            }
            for package in catalogue
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _table([[*map(str, summary(package).values()), str(package.directory)] for package in catalogue])
        for one in replacements:
            print(one)
    return _tell_problems(catalogue, chosen(catalogue, receipt.replace)[1])


def _list(options: argparse.Namespace) -> int:
    ended = _elsewhere(options)
    if ended is not None:
        return ended
    catalogue = discover()
    nodes = [(node, package) for package in catalogue for node in package.nodes.values()]
    if options.json:
        rows = [{"id": node.id, "name": node.name, "package": package.name} for node, package in nodes]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _table([[node.id, node.name, package.name] for node, package in nodes])
    return _tell_problems(catalogue)


def _doctor(options: argparse.Namespace) -> int:
    ended = _elsewhere(options)
    if ended is not None:
        return ended
    report = doctor.examine()
    print(json.dumps(report.as_json(), indent=2, ensure_ascii=False) if options.json else report)
    return 1 if report.problems else 0


def _table(rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _tell_problems(catalogue: Catalogue, more: Sequence[Problem] = ()) -> int:
    sys.stdout.flush()
    problems = [*catalogue.all_problems(), *more]
    for problem in problems:
        _tell_problem(problem)
    if not catalogue.packages:
        _tell("Finished", "no package is installed in this environment")
    return 1 if problems else 0


def _tell(verb: str, text: str) -> None:
    print(f"{verb:>12} {text}", file=sys.stderr)


def _tell_problem(problem: Problem) -> None:
    print(f"error: {problem}", file=sys.stderr)
