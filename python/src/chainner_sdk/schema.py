"""Reading ``schema.json``, and what the app would not survive.

The schema is published as it is. The tool checks it in full when it builds a wheel; what is checked here again is what a file of
another origin, or two packages together, could do to all other nodes: the app shows none at all if one is ill-formed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .problem import PackageError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "schema.json"

_NODE_KEYS: dict[str, type | tuple[type, ...]] = {
    "schemaId": str,
    "name": str,
    "category": str,
    "nodeGroup": str,
    "inputs": list,
    "outputs": list,
    "groupLayout": list,
    "iteratorInputs": list,
    "iteratorOutputs": list,
    "keyInfo": (dict, type(None)),
    "suggestions": list,
    "description": str,
    "seeAlso": list,
    "icon": str,
    "kind": str,
    "hasSideEffects": bool,
    "deprecated": bool,
    "features": list,
}
_INPUT_KEYS = "id type conversions adapt typeDefinitions kind label optional hasHandle description hint suggest fused".split()
_OUTPUT_KEYS = "id type label neverReason kind hasHandle passthroughOf description suggest".split()
_INPUT_KINDS = frozenset("generic number slider text dropdown file directory color static".split())
_OUTPUT_KINDS = frozenset("generic large-image tagged".split())
_NODE_KINDS = frozenset("regularNode generator collector transformer".split())
_PACKAGE_KEYS: dict[str, type] = {
    **dict.fromkeys("id name description icon color".split(), str),
    **dict.fromkeys("dependencies features settings".split(), list),
}
_CATEGORY_KEYS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys("id name description icon color".split(), str),
    "installHint": (str, type(None)),
    "groups": list,
}
_GROUP_KEYS: dict[str, type] = {"id": str, "category": str, "name": str, "order": list}
_DEFINED = re.compile(r"\b(?:let|struct|enum|def)\s+(\w+(?:::\w+)*)")


def read(name: str, file: Path, fix: str) -> dict[str, Any]:
    """Reads the schema of the package ``name``.

    Raises :class:`PackageError` if the package as a whole cannot be shown; faults of single nodes are :func:`faults_of_node`.
    """
    wrong = f"{name} cannot be shown: its {FILE}"
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        problem = Problem(f"{wrong} cannot be read", str(file), "the schema of the package", str(error), fix)
        raise PackageError(problem) from error
    try:
        document: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise PackageError(Problem(f"{wrong} is not JSON", str(file), "a JSON document", str(error), fix)) from error
    for fault in _faults_of_document(document):
        expected, got = fault
        raise PackageError(Problem(f"{wrong} is not a schema", str(file), expected, got, fix))
    return document


def _faults_of_document(document: Any) -> Iterator[tuple[str, str]]:
    keys: dict[str, type] = {"package": dict, "categories": list, "nodes": list}
    yield from _faults_of_keys("the document", document, keys)
    yield from _faults_of_keys("package", document["package"], _PACKAGE_KEYS)
    for category in document["categories"]:
        yield from _faults_of_keys("a category", category, _CATEGORY_KEYS)
        for group in category["groups"]:
            yield from _faults_of_keys(f"a group of {category['id']!r}", group, _GROUP_KEYS)
    for node in document["nodes"]:
        yield from _faults_of_keys("a node", node, {"schemaId": str})


def _faults_of_keys(what: str, value: Any, keys: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield f"{what} to be an object", type(value).__name__
        return
    for key, kind in keys.items():
        if key not in value:
            yield f"{what} to have the key {key!r}", "none"
        elif not isinstance(value[key], kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            yield f"{key!r} of {what} to be {' or '.join(k.__name__ for k in kinds)}", type(value[key]).__name__


def faults_of_node(document: Mapping[str, Any], node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a node, as pairs of what was expected and what is there. A node with faults is left out."""
    found = list(_faults_of_keys("the node", node, _NODE_KEYS))
    yield from found
    if found:
        return
    groups = {(group["category"], group["id"]) for category in document["categories"] for group in category["groups"]}
    if (node["category"], node["nodeGroup"]) not in groups:
        yield "category and nodeGroup to be a group of the package", f"{node['category']!r}, {node['nodeGroup']!r}"
    if node["kind"] not in _NODE_KINDS:
        yield f"kind to be one of {', '.join(sorted(_NODE_KINDS))}", repr(node["kind"])
    for ports, keys, kinds in (("inputs", _INPUT_KEYS, _INPUT_KINDS), ("outputs", _OUTPUT_KEYS, _OUTPUT_KINDS)):
        yield from _faults_of_ports(ports, node[ports], keys, kinds)
    yield from _faults_of_layout(node)


def _faults_of_ports(what: str, ports: list[Any], keys: list[str], kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    ids = set()
    for port in ports:
        found = list(_faults_of_keys(f"one of the {what}", port, dict.fromkeys(keys, object)))
        yield from found
        if found:
            continue
        if port["kind"] not in kinds:
            yield f"kind of {port['label']!r} to be one of {', '.join(sorted(kinds))}", repr(port["kind"])
        if port["id"] in ids:
            yield f"ids of {what} to differ", f"{port['id']!r} twice"
        ids.add(port["id"])
        if port["type"] is None:
            yield f"{port['label']!r} to have a type", "null"


def _faults_of_layout(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    ids = {port.get("id") for port in node["inputs"] if isinstance(port, dict)}
    seen = set()
    pending = list(node["groupLayout"])
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            items = item.get("items")
            pending.extend(items if isinstance(items, list) else [])
        elif item not in ids or item in seen:
            yield "groupLayout to name each input once", repr(item)
        else:
            seen.add(item)


def definitions(node: dict[str, Any]) -> dict[str, str]:
    """The types that a node adds to those of all nodes: name to the text that defines it."""
    found = {}
    for port in node["inputs"]:
        text = port.get("typeDefinitions")
        if text:
            found.update(dict.fromkeys(_DEFINED.findall(text), text))
    return found
