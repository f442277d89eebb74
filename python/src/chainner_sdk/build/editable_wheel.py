"""The wheel of a link to a source checkout, as PEP 660 wants it: no start-up file, no path, one small module."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__, editable, schema

if TYPE_CHECKING:
    from ..source import Checkout

TAG = "py3-none-any"
"""The link runs anywhere; what it leads to is built for this machine."""

_FROM_THE_BUILD = ("__init__.pyi", "py.typed", schema.FILE)
"""What editors read, and what the app shows if the checkout cannot be built: as they were when it was installed."""
_TIME = (1980, 1, 1, 0, 0, 0)


def require_sdk(metadata: Path) -> None:
    """Adds chainner-sdk to the requirements in a file ``METADATA``: the link is resolved by it."""
    head, blank, body = metadata.read_text("utf-8").partition("\n\n")
    line = f"Requires-Dist: chainner-sdk>={__version__}"
    text = f"{head.rstrip()}\n{line}\n" + (f"\n{body}" if blank else "")
    metadata.write_bytes(text.encode())


def write(directory: Path, information: Path, checkout: Checkout, module: Path) -> str:
    """Writes the wheel into a directory; returns its name.

    ``information`` is its ``.dist-info``, ``module`` the directory of the module that is built of the checkout.
    """
    name = checkout.module
    files = {
        f"{name}/__init__.py": editable.MODULE.encode(),
        f"{name}/{editable.FILE}": editable.link(checkout.directory).encode(),
    }
    files.update({f"{name}/{file}": (module / file).read_bytes() for file in _FROM_THE_BUILD})
    for file in sorted(path for path in information.rglob("*") if path.is_file()):
        files[f"{information.name}/{file.relative_to(information).as_posix()}"] = file.read_bytes()
    files[f"{information.name}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: chainner-sdk {__version__}\nRoot-Is-Purelib: true\nTag: {TAG}\n".encode()
    )
    record = f"{information.name}/RECORD"
    files[record] = _record(files, record)
    wheel = f"{information.name.removesuffix('.dist-info')}-{TAG}.whl"
    directory.mkdir(parents=True, exist_ok=True)
    # Beside it and renamed: all of it or nothing.
    handle, fresh = tempfile.mkstemp(prefix=".wheel-", dir=directory)
    try:
        with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in files.items():
                entry = zipfile.ZipInfo(path, _TIME)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        Path(fresh).replace(directory / wheel)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    return wheel


def _record(files: dict[str, bytes], record: str) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([path, f"sha256={digest}", len(content)])
    rows.writerow([record, "", ""])
    return text.getvalue().encode()
