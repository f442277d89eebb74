"""Schemas of the packages that tests are made of."""

from __future__ import annotations

from typing import Any


def port(index: int, label: str, type_: Any = "any", **keys: Any) -> dict[str, Any]:
    common = {"conversions": [], "adapt": None, "typeDefinitions": None, "kind": "generic", "optional": False}
    rest = {"hasHandle": True, "description": None, "hint": False, "suggest": False, "fused": None}
    return {"id": index, "type": type_, "label": label, **common, **rest, **keys}


def number(index: int, label: str, **keys: Any) -> dict[str, Any]:
    face = {"noteExpression": None, "unit": None, "hideTrailingZeros": True, "labelStyle": "default"}
    bounds = {"min": 0, "max": None, "def": 0, "precision": 100, "controlsStep": 1}
    return port(index, label, "number", **{"kind": "number", **bounds, **face, **keys})


def text(index: int, label: str, **keys: Any) -> dict[str, Any]:
    face = {"placeholder": None, "multiline": False, "labelStyle": "default", "invalidPattern": None}
    bounds = {"minLength": 0, "maxLength": None, "def": "", "allowEmptyString": True}
    return port(index, label, "string", **{"kind": "text", **bounds, **face, **keys})


def output(index: int, label: str, type_: Any = "any", **keys: Any) -> dict[str, Any]:
    common = {"neverReason": None, "kind": "generic", "hasHandle": True, "passthroughOf": None}
    return {"id": index, "type": type_, "label": label, **common, "description": None, "suggest": False, **keys}


def node(schema_id: str, inputs: list[Any], outputs: list[Any], **keys: Any) -> dict[str, Any]:
    return {
        "schemaId": schema_id,
        "name": schema_id.rpartition(":")[2].title(),
        "category": "puppet (tests)",
        "nodeGroup": "puppet (tests)/all",
        "inputs": inputs,
        "outputs": outputs,
        "groupLayout": [one["id"] for one in inputs],
        "iteratorInputs": [],
        "iteratorOutputs": [],
        "keyInfo": None,
        "suggestions": [],
        "description": "For tests.",
        "seeAlso": [],
        "icon": "MdScience",
        "kind": "regularNode",
        "hasSideEffects": False,
        "deprecated": False,
        "features": [],
        **keys,
    }


def document(package_id: str, nodes: list[Any], **keys: Any) -> dict[str, Any]:
    group = {
        "id": "puppet (tests)/all",
        "category": "puppet (tests)",
        "name": "All",
        "order": [nodes[0]["schemaId"]] if nodes else [],
    }
    category = {
        "id": "puppet (tests)",
        "name": "Puppet (Tests)",
        "description": "For tests.",
        "icon": "MdScience",
        "color": "#38A169",
        "installHint": None,
        "groups": [group],
    }
    package = {
        "id": package_id,
        "name": package_id.title(),
        "description": "For tests.\nOf two lines.",
        "icon": "MdScience",
        "color": "#38A169",
        "dependencies": [],
        "features": [],
        "settings": [],
        **keys,
    }
    return {"package": package, "categories": [category], "nodes": nodes}


def double() -> dict[str, Any]:
    """The schema of the package ``double``, whose nodes run in place of others, as far as they fit."""
    places = ("app", "standin")
    ports = [port(0, "Image", "Image"), {**number(1, "Opacity"), "kind": "slider"}], [output(0, "Image", "Image")]
    nodes = [node(f"double:{app}_{name}", *ports) for name in ("opacity", "again") for app in places]
    nodes += [node(f"double:{app}_color", [port(0, "Image", "Image")], [output(0, "Image", "Image")]) for app in places]
    return document("double", [*nodes, *(node(f"double:{name}", *ports) for name in ("nowhere", "itself", "other"))])


def puppet() -> dict[str, Any]:
    """The schema of the package ``puppet``, which has something of everything."""
    sink = {"hasSideEffects": True}
    kinds = ["int", "number", "string", "bool", "Directory", "Color", "Color", "Color", "Seed"]
    choice = {"kind": "dropdown", "options": [{"option": "A", "value": "a"}], "def": "a"}
    choice |= {"preferredStyle": "dropdown", "labelStyle": "default", "groups": [], "hasHandle": False}
    nodes = [
        node(
            "puppet:image",
            [number(index, label) for index, label in enumerate(("Width", "Height", "Channels"))],
            [output(0, "Image", "Image", kind="large-image")],
            keyInfo={"kind": "number", "inputId": 0},
            suggestions=[{"query": "grey", "name": None, "parseInput": None, "inputs": {"0": 8}}],
        ),
        node(
            "puppet:write",
            # Ids need not be positions.
            [text(3, "Path"), *(port(index, f"Value {index}", optional=True) for index in (5, 0, 9))],
            [],
            groupLayout=[3, {"id": 0, "kind": "optional-list", "options": {}, "items": [5, 0, 9]}],
            **sink,
        ),
        node("puppet:save", [text(0, "Path"), port(1, "Image", "Image")], [], **sink),
        node("puppet:wait", [number(0, "Seconds"), text(1, "Path")], [], **sink),
        node(
            "puppet:fail",
            [
                text(0, "How"),
                port(1, "Image", "Image"),
                port(2, "Color", "Color", kind="color", channels=None, **{"def": "{}"}),
                port(3, "Choice", "string", **choice),
                port(4, "Yes", "bool"),
                port(5, "File", "any"),
            ],
            [],
            **sink,
        ),
        node("puppet:all_kinds", [], [output(index, type_, type_) for index, type_ in enumerate(kinds)]),
        node("puppet:floats", [], [output(0, "Infinite", "number"), output(1, "NaN", "number")], features=["puppet_native"]),
    ]
    dependency = {"displayName": "Numpy", "pypiName": "numpy", "version": "1.24.4", "sizeEstimate": 15728640}
    common = {"description": "For tests.", "disabled": False}
    return document(
        "puppet",
        nodes,
        dependencies=[{**dependency, "autoUpdate": False, "findLink": None}],
        features=[{"id": "puppet_native", "name": "Native", "description": "Whether nodes can run."}],
        settings=[
            {"type": "toggle", "key": "fast", "label": "Fast", "default": True, **common},
            {"type": "number", "key": "depth", "label": "Depth", "min": 1, "max": 9, "default": 5, **common},
            {
                "type": "dropdown",
                "key": "mode",
                "label": "Mode",
                "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
                "default": "b",
                **common,
            },
            {"type": "cache", "key": "cache", "label": "Cache", "directory": "puppet", "default": "", **common},
        ],
    )
