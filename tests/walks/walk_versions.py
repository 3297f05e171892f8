"""What a version of the emulator holds, read from its plain data and not through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastly_emulator import vcl_checker
from fastly_emulator.kinds import DETAILS
from fastly_emulator.state import DEFAULT_SETTINGS, Service, Version

from tests.cases import CASES

from .objects import COLLECTIONS, ID_PROPERTIES, KINDS, SINGLETONS, Object
from .program import key_of

IMAGE_OPTIMIZER_DEFAULTS = CASES["image_optimizer_settings"].answered
Named = tuple[str, str]
"""Kind and key: the id where the kind has one, else the name."""
OTHER_KINDS = tuple(kind for kind in DETAILS.values() if kind and kind not in COLLECTIONS.values())
"""Kinds that no program of these walks declares; some have no resource class. Only those that Fastly's overviews of a
version cover: others are not read unless the release has them."""
_NOT_OWN = {"created_at", "updated_at", "links"}


@dataclass(frozen=True)
class Thing:
    """An object in a version."""

    kind: str
    name: str
    record: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What tells it from others of its kind."""
        return str(self.record["id"]) if self.kind in ID_PROPERTIES else self.name

    @property
    def named(self) -> Named:
        """Kind and key."""
        return self.kind, self.key

    @property
    def place(self) -> Named:
        """Its list in the API, and its name."""
        collection = COLLECTIONS.get(self.kind, self.kind)
        return collection, collection if self.kind in SINGLETONS else self.name

    @property
    def own(self) -> dict[str, Any]:
        """Its fields, without times, and without an id that may be another one in each version."""
        left_out = _NOT_OWN if self.kind in ID_PROPERTIES else {*_NOT_OWN, "id"}
        return {name: value for name, value in self.record.items() if name not in left_out}

    def fields(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of those names; null is the same as empty."""
        return {name: "" if self.record.get(name) is None else self.record[name] for name in names}

    def as_object(self) -> Object:
        """As a program would declare it, as far as what it refers to by name goes."""
        return Object(self.kind, self.name)


Content = dict[Named, Thing]


def content(version: Version | None) -> Content:
    """The objects of a version. Settings that nobody changed are none."""
    if version is None:
        return {}
    found = [
        Thing(kind, name, record)
        for kind in KINDS
        for name, record in version.objects.get(COLLECTIONS[kind], {}).items()
        if COLLECTIONS[kind] != "snippet" or (record["dynamic"] == "1") == (kind == "dynamic_snippet")
    ]
    found += [Thing(kind, name, row) for kind in OTHER_KINDS for name, row in version.of(kind).items()]
    for kind in SINGLETONS:
        row = version.singletons.get(COLLECTIONS[kind])
        found += [Thing(kind, kind, row)] if row and row != IMAGE_OPTIMIZER_DEFAULTS else []
    if version.settings != DEFAULT_SETTINGS:
        found.append(Thing("settings", "settings", dict(version.settings)))
    return {thing.named: thing for thing in found}


def by_name(found: Content) -> dict[Named, Thing]:
    """The objects by kind and name."""
    return {(thing.kind, thing.name): thing for thing in found.values()}


def compiles(service: Service, version: Version) -> bool:
    """Whether it can be activated."""
    return not vcl_checker.check(service, version).errors


def items(service: Service, thing_id: str) -> dict[str, str]:
    """The live items of a dictionary or an ACL, by the keys that programs use."""
    if thing_id in service.items:
        return {key: row["item_value"] for key, row in service.items[thing_id].items()}
    rows = service.entries.get(thing_id, {}).values()
    return {key_of(row["ip"]): row["comment"] for row in rows}


def last_released(service: Service) -> Version | None:
    """What a draft starts from where nothing serves: the latest version that ever did."""
    locked = [version for version in service.versions.values() if version.locked]
    return locked[-1] if locked else None
