"""link, unlink, status, list, doctor: in environments of their own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from chainner_sdk import __version__
from chainner_sdk.link import LINE
from chainner_sdk.receipt import HOOK, RECEIPT, digest
from schemas import puppet
from site_packages import Site, puppet_native

if TYPE_CHECKING:
    from pathlib import Path


def test_link_shows_what_it_writes_and_unlink_leaves_nothing(environment: Site) -> None:
    before = environment.names()
    shown = environment.sdk("link", "--dry-run").stdout
    assert str(environment.directory / HOOK) in shown
    assert LINE.strip() in shown
    assert environment.names() == before, "a dry run writes nothing"
    assert environment.sdk("link").stdout == shown
    assert environment.names() - before == {HOOK, RECEIPT}
    assert (environment.directory / HOOK).read_text() == LINE
    assert "was linked already" in environment.sdk("link").stderr
    gone = environment.sdk("unlink", "--dry-run").stdout.split()
    assert environment.names() - before == {HOOK, RECEIPT}
    assert environment.sdk("unlink").stdout.split() == sorted(gone, reverse=True)
    assert environment.names() == before
    assert "was not linked" in environment.sdk("unlink").stderr


def test_another_environment_is_linked_by_its_interpreter(environment: Site, tmp_path: Path) -> None:
    other = Site.fresh(tmp_path / "other")
    environment.sdk("link", "--python", other.python)
    assert (other.directory / HOOK).exists()
    assert not (environment.directory / HOOK).exists()
    other.install("puppet", puppet(), puppet_native())
    assert environment.sdk("list", "--python", other.python).stdout.startswith("puppet:image ")
    environment.sdk("unlink", "--python", other.python)
    assert not (other.directory / HOOK).exists()


@pytest.mark.parametrize("below", ["python/python", "python", "."])
def test_the_apps_own_interpreter_is_found(environment: Site, tmp_path: Path, below: str) -> None:
    (tmp_path / "data" / below).mkdir(parents=True)
    (tmp_path / "data" / below / "bin").symlink_to(tmp_path / "app/bin")
    app = Site.fresh(tmp_path / "app")
    (tmp_path / "data" / below / "pyvenv.cfg").symlink_to(tmp_path / "app/pyvenv.cfg")
    (tmp_path / "data" / below / "lib").symlink_to(tmp_path / "app/lib")
    environment.sdk("link", "--chainner", tmp_path / "data")
    assert (app.directory / HOOK).exists()


def test_what_cannot_be_linked_says_why_and_what_to_do(environment: Site, tmp_path: Path) -> None:
    assert "--python PATH" in environment.sdk("link", "--chainner", tmp_path, code=1).stderr
    (tmp_path / "backend/src").mkdir(parents=True)
    (tmp_path / "backend/src/server.py").touch()
    assert "has no interpreter of its own" in environment.sdk("link", "--chainner", tmp_path, code=1).stderr
    assert "a Python interpreter" in environment.sdk("link", "--python", tmp_path / "none", code=1).stderr
    bare = Site.fresh(tmp_path / "bare")
    (bare.directory / "chainner_sdk").unlink()
    for info in bare.directory.glob("chainner_sdk-*"):
        info.unlink()
    before = bare.names()
    said = environment.sdk("link", "--python", bare.python, code=1).stderr
    assert f'"{bare.python}" -m pip install "chainner-sdk>={__version__}"' in said
    assert bare.names() == before


def test_a_link_that_does_not_work_is_taken_back(environment: Site) -> None:
    before = environment.names()
    (environment.directory / "zzz_noise.pth").write_text("import sys; sys.stderr.write('noise')\n")
    assert "noise" in environment.sdk("link", code=1).stderr
    assert environment.names() == before | {"zzz_noise.pth"}


def test_unlink_removes_what_another_version_wrote(environment: Site) -> None:
    environment.sdk("link")
    receipt = environment.directory / RECEIPT
    old = "import chainner_sdk._old_hook\n"
    record = json.loads(receipt.read_text())
    record["files"] = {HOOK: digest(old.encode()), "chainner_sdk_other.pth": digest(old.encode())}
    receipt.write_text(json.dumps(record))
    for name in record["files"]:
        (environment.directory / name).write_text(old)
    environment.sdk("unlink")
    assert not {name for name in environment.names() if name.startswith("chainner_sdk_")}


def test_unlink_works_without_a_receipt_and_without_the_sdk(environment: Site, tmp_path: Path) -> None:
    other = Site.fresh(tmp_path / "other")
    environment.sdk("link", "--python", other.python)
    (other.directory / RECEIPT).unlink()
    (other.directory / "chainner_sdk").unlink()
    environment.sdk("unlink", "--python", other.python)
    assert HOOK not in other.names()


def test_a_start_up_file_of_somebody_else_is_neither_overwritten_nor_removed(environment: Site) -> None:
    (environment.directory / HOOK).write_text("import os\n")
    for command in ("link", "unlink"):
        assert "not as it was written" in environment.sdk(command, code=1).stderr
        assert (environment.directory / HOOK).read_text() == "import os\n"


def test_a_receipt_cannot_make_unlink_remove_other_files(environment: Site, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    environment.sdk("link")
    receipt = environment.directory / RECEIPT
    record = json.loads(receipt.read_text())
    record["files"][str(precious)] = digest(b"x")
    record["files"]["../../precious"] = digest(b"x")
    receipt.write_text(json.dumps(record))
    environment.sdk("unlink")
    assert precious.exists()


def test_without_the_sdk_the_start_up_file_is_silent(environment: Site) -> None:
    environment.sdk("link")
    (environment.directory / "chainner_sdk").unlink()
    done = environment.run("-c", "pass")
    assert (done.stdout, done.stderr) == ("", "")
    (environment.directory / "chainner_sdk").mkdir()
    (environment.directory / "chainner_sdk/__init__.py").write_text("this is not Python")
    done = environment.run("-c", "pass")
    assert (done.stdout, done.stderr) == ("", "")


def test_starting_python_imports_nothing_heavy(environment: Site) -> None:
    ask = "import sys; print(*sorted(sys.modules))"
    without = set(environment.run("-c", ask).stdout.split())
    environment.sdk("link")
    linked = set(environment.run("-c", ask).stdout.split())
    # Python itself reads start-up files with a codec of its own.
    read = {"encodings.utf_8_sig"}
    assert linked - without - read == {"chainner_sdk", "chainner_sdk._start", "__future__"} - without


def test_status_and_list_print_data(environment: Site) -> None:
    environment.install("puppet", puppet(), puppet_native())
    environment.install("bare", {**puppet(), "package": {**puppet()["package"], "id": "bare", "features": []}, "nodes": []})
    status = environment.sdk("status", code=1)
    assert [line.split()[:3] for line in status.stdout.splitlines()] == [
        ["bare", "1.0", "schema"],
        ["puppet", "1.0", "installed"],
    ]
    assert "its native module is missing" in status.stderr
    rows = json.loads(environment.sdk("status", "--json", code=1).stdout)
    assert [row["origin"] for row in rows] == ["schema", "installed"]
    assert rows[0]["problems"]
    listed = environment.sdk("list", code=1)
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [node["schemaId"] for node in puppet()["nodes"]]
    assert "its native module is missing" in listed.stderr
    listed = environment.sdk("list", "--json", code=1)
    assert json.loads(listed.stdout)[0] == {"id": "puppet:image", "name": "Image", "package": "puppet"}


def test_an_environment_without_packages_says_so(environment: Site) -> None:
    for command in ("status", "list"):
        done = environment.sdk(command)
        assert not done.stdout
        assert "no package is installed in this environment" in done.stderr


@pytest.mark.parametrize("command", ["status", "list", "doctor"])
def test_wrong_inputs_are_told_with_the_fix(environment: Site, tmp_path: Path, command: str) -> None:
    def refused(*words: object, code: int = 1) -> str:
        done = environment.sdk(command, *words, code=code)
        assert not done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    assert "got:      nothing" in refused("--python", "")
    assert f"--python {environment.python}" in refused("--python", environment.python.parents[1])
    no_python = tmp_path / "no-python"
    no_python.write_text("#!/bin/sh\nprintf '%s\\n' \"I am $*\" >&2\nexit 3\n")
    no_python.chmod(0o755)
    said = refused("--python", no_python)
    assert "I am -I -c" in said
    assert len(said.splitlines()) < 10, "it may repeat the whole question"
    assert "no such directory" in refused("--chainner", tmp_path / "none")
    assert "has no interpreter" in refused("--chainner", tmp_path)
    assert "--jsn" in refused("--jsn", code=2)
    old = tmp_path / "old-python"
    answer = {"executable": "old", "version": [3, 8, 18], "implementation": "cpython", "prefix": "/old", "site_packages": "/old"}
    old.write_text(f"#!/bin/sh\necho '{json.dumps({**answer, 'sdk': None, 'numpy': None, 'armed': False})}'\n")
    old.chmod(0o755)
    assert "expected: CPython 3.10 or newer" in refused("--python", old)


def test_a_reader_that_has_read_enough_is_no_fault(environment: Site) -> None:
    environment.install("puppet", puppet(), puppet_native())
    read = f"'{environment.python}' -m chainner_sdk list | true"
    done = subprocess.run(["sh", "-c", read], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_receipt_that_cannot_be_read_is_told(environment: Site) -> None:
    environment.sdk("link")
    (environment.directory / RECEIPT).write_text('{"files": 3')
    assert "The receipt of the link cannot be read" in environment.sdk("doctor", code=1).stdout
    environment.sdk("link")
    environment.sdk("doctor")


def test_the_doctor_finds_nothing_in_health(environment: Site) -> None:
    environment.sdk("link")
    environment.install("puppet", puppet(), puppet_native())
    report = environment.sdk("doctor")
    assert "no problems found" in report.stdout
    assert json.loads(environment.sdk("doctor", "--json").stdout)["problems"] == []


def test_the_doctor_finds_what_is_wrong(environment: Site) -> None:
    assert "is not linked" in environment.sdk("doctor", code=1).stdout
    environment.sdk("link")
    directory = environment.install("noisy", puppet(), puppet_native())
    (environment.directory / "noisy.pth").write_text("import os\n")
    info = directory.parent / "noisy-1.0.dist-info"
    (info / "RECORD").write_text("noisy.pth,,\nnoisy/__init__.py,,\n")
    assert "noisy runs code at every start of Python" in environment.sdk("doctor", code=1).stdout
    (environment.directory / HOOK).write_text("import os\n")
    assert "not as it was written" in environment.sdk("doctor", code=1).stdout


def test_sources_are_kept_until_they_are_taken_out(environment: Site, tmp_path: Path) -> None:
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "some-nodes"\nversion = "0.1.0"\n')

    def sources() -> list[str]:
        return json.loads((environment.directory / RECEIPT).read_text())["sources"]

    environment.sdk("link", "--source", tmp_path)
    assert sources() == [str(tmp_path)]
    environment.sdk("link")
    assert sources() == [str(tmp_path)]
    environment.sdk("link", "--no-sources")
    assert sources() == []
    assert "a Cargo.toml of a package" in environment.sdk("link", "--source", tmp_path / "none", code=1).stderr


def test_the_command_explains_itself(environment: Site) -> None:
    said = environment.sdk("--help").stdout
    for command in ("link", "unlink", "status", "list", "doctor"):
        assert command in said
    assert environment.sdk("--version").stdout.strip() == f"chainner-sdk {__version__}"
    environment.sdk("lnik", code=2)


def test_a_native_half_that_ends_the_process_is_left_out_next_time(environment: Site) -> None:
    crash = "import os\nif not os.environ.get('MENDED'):\n    os._exit(77)\n"
    directory = environment.install("crasher", {**puppet(), "nodes": []}, crash)
    environment.install("puppet", {**puppet(), "package": {**puppet()["package"], "id": "p", "features": []}}, puppet_native())
    environment.sdk("link")
    environment.sdk("list", code=77)
    assert environment.sdk("list", code=1).stdout.startswith("puppet:image "), "all others are there again"
    status = environment.sdk("status", code=1)
    assert [line.split()[2] for line in status.stdout.splitlines()] == ["schema", "installed"]
    assert "ended the whole process last time" in status.stderr
    environment.sdk("link")
    environment.sdk("list", code=77)
    (directory / "_native.py").write_text(f"# mended\n{puppet_native()}")
    assert "crasher" not in environment.sdk("status").stderr
    environment.sdk("unlink")
    assert not {name for name in environment.names() if name.startswith("chainner_sdk_")}
