"""A package, its categories, settings and features as objects of the app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import ModuleType

    from ..package import Package
    from .live import Live

_SETTINGS = {
    "toggle": "ToggleSetting",
    "number": "NumberSetting",
    "dropdown": "DropdownSetting",
    "cache": "CacheSetting",
}


def add_package(api: ModuleType, package: Package, where: str, features: set[str], live: Live) -> dict[tuple[str, str], Any]:
    """Adds a package without nodes; returns its node groups by the ids of category and group.

    ``features`` are the ids of features that have a state already, to which those of the package are added: the app knows states
    by the id of the feature alone, so the first package that claims one has it. ``live`` is asked for the states.
    """
    schema = package.schema["package"]
    added = api.add_package(
        where,
        id=schema["id"],
        name=schema["name"],
        description=schema["description"],
        icon=schema["icon"],
        color=schema["color"],
        dependencies=[api.Dependency.from_dict(dependency) for dependency in schema["dependencies"]],
    )
    for name, attribute in (("disabled", "disabled"), ("disabledReason", "disabled_reason")):
        if name in schema and hasattr(added, attribute):
            setattr(added, attribute, schema[name])
    for setting in schema["settings"]:
        added.add_setting(getattr(api, _SETTINGS[setting["type"]])(**setting))
    for feature in schema["features"]:
        one = added.add_feature(id=feature["id"], name=feature["name"], description=feature["description"])
        if feature["id"] not in features:
            features.add(feature["id"])
            one.add_behavior(check=_check(api, live, feature["id"]))
    return {
        (category["id"], group["id"]): group_added
        for category in package.schema["categories"]
        for group, group_added in _add_category(added, category)
    }


def _add_category(package: Any, schema: dict[str, Any]) -> list[tuple[dict[str, Any], Any]]:
    category = package.add_category(
        name=schema["name"],
        description=schema["description"],
        icon=schema["icon"],
        color=schema["color"],
        install_hint=schema["installHint"],
    )
    # The app makes ids of names; the schema has the last word.
    category.id = schema["id"]
    groups = []
    for one in schema["groups"]:
        group = category.add_node_group(one["name"])
        group.id = one["id"]
        group.order = list(one["order"])
        groups.append((one, group))
    return groups


def _check(api: ModuleType, live: Live, feature_id: str) -> Callable[[], Awaitable[Any]]:
    """The state of a feature: a feature without one counts as missing, and its nodes refuse to run."""

    async def check() -> Any:
        package = live.package()
        native = package.native
        if native is None:
            return api.FeatureState.disabled(package.problems[0].sentence() if package.problems else None)
        try:
            # The author's check may look at the network or start programs.
            is_enabled, details = await asyncio.to_thread(native.feature_state, feature_id)
        except Exception as error:
            return api.FeatureState.disabled(f"{package.name} cannot tell: {error}")
        state = api.FeatureState.enabled if is_enabled else api.FeatureState.disabled
        return state(f"{package.name} {package.version}" if details is None and is_enabled else details)

    return check
