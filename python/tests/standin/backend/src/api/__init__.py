"""The stand-in's ``api``: what a bridge may rely on, written from the description of the host in the project's notes."""

from __future__ import annotations

import importlib
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path


class BaseInput:
    def __init__(self, input_type, label, kind="generic", has_handle=True, associated_type=None):
        self.input_type = input_type
        self.label = label
        self.kind = kind
        self.has_handle = has_handle
        self.associated_type = associated_type
        self.id = -1
        self.optional = False
        self.lazy = False

    def enforce(self, value):
        return value

    def enforce_(self, value):
        if self.optional and value is None:
            return None
        assert value is not None, f"Expected value to exist, but does not exist for {self.kind} input {self.label}"
        return self.enforce(value)

    def get_error_value(self, value):
        return {"type": "literal", "value": value}

    def to_dict(self):
        shown = {"id": self.id, "type": self.input_type, "label": self.label, "kind": self.kind}
        return {**shown, "hasHandle": self.has_handle, "optional": self.optional}


class BaseOutput:
    def __init__(self, output_type, label, kind="generic", has_handle=True, associated_type=None):
        self.output_type = output_type
        self.label = label
        self.kind = kind
        self.has_handle = has_handle
        self.associated_type = associated_type
        self.id = -1

    def enforce(self, value):
        assert value is not None
        return value

    def get_broadcast_data(self, _value):
        return None

    def get_broadcast_type(self, _value):
        return None

    def to_dict(self):
        shown = {"id": self.id, "type": self.output_type, "label": self.label, "kind": self.kind}
        return {**shown, "hasHandle": self.has_handle}


@dataclass(frozen=True)
class NodeData:
    schema_id: str
    description: str
    see_also: list
    name: str
    icon: str
    kind: str
    inputs: list
    outputs: list
    group_layout: list
    iterable_inputs: list
    iterable_outputs: list
    key_info: object
    suggestions: list
    side_effects: bool
    deprecated: bool
    node_context: bool
    features: list
    run: object


@dataclass
class Dependency:
    display_name: str
    pypi_name: str
    version: str
    size_estimate: int
    auto_update: bool = True
    extra_index_url: str | None = None
    import_name: str | None = None

    def to_dict(self):
        return {
            "displayName": self.display_name,
            "pypiName": self.pypi_name,
            "version": self.version,
            "sizeEstimate": int(self.size_estimate),
            "autoUpdate": self.auto_update,
            "findLink": self.extra_index_url,
        }

    @staticmethod
    def from_dict(data):
        keys = ("displayName", "pypiName", "version", "sizeEstimate", "autoUpdate", "findLink")
        return Dependency(*(data[key] for key in keys))


@dataclass
class FeatureState:
    is_enabled: bool
    details: str | None = None

    @staticmethod
    def enabled(details=None):
        return FeatureState(True, details)

    @staticmethod
    def disabled(details=None):
        return FeatureState(False, details)


@dataclass
class Feature:
    id: str
    name: str
    description: str
    check: object = None

    def add_behavior(self, check):
        assert self.check is None, "a feature has one behaviour"
        self.check = check

    def to_dict(self):
        return {"id": self.id, "name": self.name, "description": self.description}


@dataclass
class ToggleSetting:
    label: str
    key: str
    description: str
    default: bool = False
    disabled: bool = False
    type: str = "toggle"


@dataclass
class NumberSetting:
    label: str
    key: str
    description: str
    min: float
    max: float
    default: float = 0
    disabled: bool = False
    type: str = "number"


@dataclass
class DropdownSetting:
    label: str
    key: str
    description: str
    options: list
    default: str
    disabled: bool = False
    type: str = "dropdown"


@dataclass
class CacheSetting:
    label: str
    key: str
    description: str
    directory: str
    default: str = ""
    disabled: bool = False
    type: str = "cache"


@dataclass
class NodeGroup:
    category: Category
    id: str
    name: str
    order: list = field(default_factory=list)
    nodes: list = field(default_factory=list)

    def add_node(self, node):
        self.nodes.append(node)

    def to_dict(self):
        return {"id": self.id, "category": self.category.id, "name": self.name, "order": self.order}


@dataclass
class Category:
    package: Package
    id: str
    name: str
    description: str
    icon: str
    color: str
    install_hint: str | None
    node_groups: list = field(default_factory=list)

    def add_node_group(self, name):
        group = NodeGroup(self, f"{self.id}/{name.lower()}", name)
        self.node_groups.append(group)
        return group

    def to_dict(self):
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "icon": self.icon,
            "color": self.color,
            "installHint": self.install_hint,
            "groups": [group.to_dict() for group in self.node_groups],
        }


@dataclass
class Package:
    where: str
    id: str
    name: str
    description: str
    icon: str
    color: str
    dependencies: list = field(default_factory=list)
    categories: list = field(default_factory=list)
    features: list = field(default_factory=list)
    settings: list = field(default_factory=list)
    disabled: bool = False
    disabled_reason: str | None = None

    def add_category(self, name, description, icon, color, install_hint=None):
        category = Category(self, name.lower(), name, description, icon, color, install_hint)
        self.categories.append(category)
        return category

    def add_setting(self, setting):
        self.settings.append(setting)

    def add_feature(self, id, name, description):
        feature = Feature(id, name, description)
        self.features.append(feature)
        return feature

    def to_dict(self):
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "icon": self.icon,
            "color": self.color,
            "dependencies": [dependency.to_dict() for dependency in self.dependencies],
            "features": [feature.to_dict() for feature in self.features],
            "settings": [asdict(setting) for setting in self.settings],
            "disabled": self.disabled,
            "disabledReason": self.disabled_reason,
        }


class PackageRegistry:
    def __init__(self):
        self.packages = {}
        self.nodes = {}
        self.categories = []

    def add(self, package):
        self.packages[package.where] = package
        return package

    def load_nodes(self, current_file):
        """Imports every module below each package's folder, by its path from the folder of the server."""
        errors = []
        source = Path(current_file).resolve().parent
        for package in list(self.packages.values()):
            for parent, _, names in os.walk(Path(package.where).parent):
                for name in names:
                    if name.endswith(".py") and not name.startswith("_"):
                        relative = os.path.relpath(Path(parent, name).with_suffix(""), source)
                        try:
                            importlib.import_module(relative.replace(os.sep, "."))
                        except Exception as error:
                            errors.append((relative, error))
        self._refresh_nodes()
        return errors

    def _refresh_nodes(self):
        self.nodes = {}
        self.categories = []
        for package in self.packages.values():
            self.categories += package.categories
            for category in package.categories:
                for group in category.node_groups:
                    for node in group.nodes:
                        self.nodes[node.schema_id] = (node, group)


class Generator:
    def __init__(self, supplier, expected_length, fail_fast=True, metadata=None):
        self.supplier = supplier
        self.expected_length = expected_length
        self.fail_fast = fail_fast
        self.metadata = metadata


class Collector:
    def __init__(self, on_iterate, on_complete):
        self.on_iterate = on_iterate
        self.on_complete = on_complete


class Transformer:
    def __init__(self, supplier, expected_length=None, metadata=None):
        self.supplier = supplier
        self.expected_length = expected_length
        self.metadata = metadata


class Aborted(Exception):  # noqa: N818
    """What a context raises; no executor knows it."""


class NodeContext:
    """What nodes see of a run. The executors have classes of their own."""

    def check_aborted(self):
        if self.aborted:
            raise Aborted


class SettingsParser:
    """Reads settings, each by the type that a node expects."""

    def __init__(self, raw):
        self.__settings = raw

    def _read(self, key, default, kind):
        value = self.__settings.get(key, default)
        if type(value) is not kind:
            raise ValueError(f"Invalid {kind.__name__} value for {key}")
        return value

    def get_bool(self, key, default):
        return self._read(key, default, bool)

    def get_int(self, key, default, parse_str=False):
        if parse_str and isinstance(self.__settings.get(key), str):
            return int(self.__settings[key])
        return self._read(key, default, int)

    def get_str(self, key, default):
        return self._read(key, default, str)

    def get_cache_location(self, key):
        return self.__settings.get(key) or None


class Lazy:
    """A value that is computed when it is first asked for; the error of that is raised each time."""

    def __init__(self, factory):
        self._factory = factory
        self._result = None

    @property
    def has_value(self):
        return self._result is not None and self._result[1] is None

    @property
    def has_error(self):
        return self._result is not None and self._result[1] is not None

    @property
    def value(self):
        if self._result is None:
            try:
                self._result = (self._factory(), None)
            except Exception as error:
                self._result = (None, error)
        value, error = self._result
        if error is not None:
            raise error
        return value


registry = PackageRegistry()


def add_package(where, id, name, description, dependencies=None, icon="BsQuestionCircleFill", color="#777777"):
    return registry.add(Package(where, id, name, description, icon, color, dependencies or []))
