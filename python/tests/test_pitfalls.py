"""What PITFALLS.md says is tested, is."""

from __future__ import annotations

import re
from pathlib import Path

PYTHON = Path(__file__).parents[1]


def test_every_test_that_is_named_exists() -> None:
    whole_system = list(PYTHON.parent.glob("tests/python/**/test_*.py"))
    files = [*PYTHON.glob("tests/test_*.py"), *whole_system]
    defined = {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", (PYTHON / "PITFALLS.md").read_text("utf-8")))
    assert len(named) > 20
    if whole_system:
        assert named <= defined
