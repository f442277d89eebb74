"""The app's log."""

from __future__ import annotations

import logging
import sys


def logger() -> logging.Logger:
    """The logger of the app: its own, else that of its web server, else one of ours."""
    for module in ("logger", "sanic.log"):
        known = getattr(sys.modules.get(module), "logger", None)
        if isinstance(known, logging.Logger):
            return known
    return logging.getLogger("chainner_sdk")
