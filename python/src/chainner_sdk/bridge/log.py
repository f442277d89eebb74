"""The app's log."""

from __future__ import annotations

import logging
import sys


def logger() -> logging.Logger:
    """The logger of the app, or one of our own if it has none that we know."""
    known = getattr(sys.modules.get("logger"), "logger", None)
    return known if isinstance(known, logging.Logger) else logging.getLogger("chainner_sdk")
