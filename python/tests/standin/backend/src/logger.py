"""The stand-in's log, on the standard error output."""

import logging
import sys

logger = logging.getLogger("stand-in")
logger.setLevel(logging.DEBUG)
logger.addHandler(logging.StreamHandler(sys.stderr))
logger.propagate = False
