"""The bridge into a running chaiNNer: publishes schemas as they are, and runs nodes through the SDK's own pipeline.

It knows the app by what it can do, not by its version, and it never keeps the app from starting: whatever goes wrong is logged,
kept for ``python -m chainner_sdk doctor``, and costs the package or node that it went wrong with.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .log import logger

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def around(api: ModuleType, load_nodes: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Loads our packages into the app's registry, then the app's own nodes, which have the first right to their ids."""
    log = logger()
    registration = None
    try:
        from .registration import Registration

        registration = Registration(api, Path(str(api.__file__)).parent.parent, log)
        registration.register()
    except Exception:
        log.exception("chainner-sdk: no package could be loaded")
    result = load_nodes(*arguments, **options)
    if registration is not None:
        try:
            registration.finish()
        except Exception:
            log.exception("chainner-sdk: the nodes could not be checked against those of chaiNNer")
    return result
