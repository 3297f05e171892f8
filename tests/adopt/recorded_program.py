"""Stands for Pulumi and this package while a generated program runs: fast, and it only writes down what is declared."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

LABELS = {schema.label: schema for schema in KINDS.values()}
ARGUMENTS = {"release", "service", "dictionary", "acl", "opts"}
"""Arguments that are no properties, of any kind."""


@dataclass
class Recorded:
    """A resource that was declared."""

    label: str
    resource_name: str
    arguments: dict[str, Any]

    @property
    def name(self) -> str:
        """The name at Fastly."""
        return str(self.arguments.get("name", self.resource_name))

    @property
    def inputs(self) -> dict[str, Any]:
        """Its properties, references as names."""
        properties = {f.name for f in LABELS[self.label].fields} if self.label in LABELS else {"adopt"}
        given = {name: _plain(value) for name, value in self.arguments.items() if name in properties}
        assert self.arguments.keys() <= properties | ARGUMENTS, self.label
        return {"name": self.name, **given} if "name" in properties else given

    # what a service and a release have beside that

    service_id = version = number = property(lambda self: self)

    def __enter__(self) -> "Recorded":
        return self

    def __exit__(self, *_: object) -> None:
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.name if isinstance(value, Recorded) else value


class _Fastly(ModuleType):
    def __init__(self, recorded: list[Recorded]) -> None:
        super().__init__("pulumi_fastly_dynamic")
        self._recorded = recorded

    def __getattr__(self, label: str) -> Any:
        if label == "AclEntryArgs":
            return lambda ip, **others: {"ip": ip, **others}
        assert label in {*LABELS, "Release"}, label

        def declare(resource_name: str, **arguments: Any) -> Recorded:
            declared = Recorded(label, resource_name, arguments)
            self._recorded.append(declared)
            return declared

        return declare


class _Pulumi(ModuleType):
    def __init__(self, settings: Mapping[str, str]) -> None:
        super().__init__("pulumi")
        self._settings = settings

    def Config(self) -> Any:  # noqa: N802 - Pulumi's name
        return self

    def require_secret(self, key: str) -> str:
        return self._settings[key]

    def ResourceOptions(self, **options: Any) -> Any:  # noqa: N802 - Pulumi's name
        return options

    def export(self, _name: str, _value: Any) -> None:
        """Nothing is exported."""


@contextmanager
def recording(settings: Mapping[str, str]) -> Iterator[list[Recorded]]:
    """Programs that run inside are recorded."""
    recorded: list[Recorded] = []
    before = {name: sys.modules.get(name) for name in ("pulumi", "pulumi_fastly_dynamic")}
    sys.modules |= {"pulumi": _Pulumi(settings), "pulumi_fastly_dynamic": _Fastly(recorded)}
    try:
        yield recorded
    finally:
        sys.modules |= {name: module for name, module in before.items() if module is not None}
