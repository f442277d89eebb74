"""What a native half has, of nodes that run in place of others: ``double:app_opacity`` in that of ``app``'s ``opacity``."""

import numpy as np

sdk_version = "0.1.0"

REPLACED = {
    "double:app_opacity": "chainner:image:opacity",
    "double:standin_opacity": "standin:opacity",
    "double:app_again": "chainner:image:opacity",
    "double:standin_again": "standin:opacity",
    "double:app_color": "chainner:utility:color",
    "double:standin_color": "standin:color",
    "double:nowhere": "nobody:has:this",
    "double:itself": "double:other",
}
nodes = (*REPLACED, "double:other")


class Aborted(RuntimeError):  # noqa: N818
    """The run was stopped."""


def about(node_id):
    return {"context": False, "replaces": REPLACED.get(node_id)}


def feature_state(_feature_id):
    return True, None


def call(_node_id, image, opacity):
    if opacity == 13:
        raise ValueError("it is unlucky")
    return np.full_like(image, opacity / 200)
