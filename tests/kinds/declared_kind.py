"""What the tests of kinds ask of a kind's schema."""

from collections.abc import Mapping
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
from pulumi_fastly_dynamic.schema import KINDS

Properties = dict[str, Any]


def nothing_is_unknown(_value: object) -> bool:
    return False


class Declared:
    """A kind, with the least that a program must give. What is `None` is left out, as in programs."""

    def __init__(self, kind: str, **least: Any) -> None:
        self.schema = KINDS[kind]
        self.least = least

    def check(self, **values: Any) -> Properties:
        """The checked inputs of values that must pass."""
        checked, problems = self.schema.check({**self.least, **values}, nothing_is_unknown)
        assert problems == []
        return checked

    def refusals(self, **values: Any) -> dict[str, str]:
        """By property, what is wrong with the values."""
        _, problems = self.schema.check({**self.least, **values}, nothing_is_unknown)
        return {problem.property: problem.text for problem in problems}

    def post(self, **values: Any) -> dict[str, str]:
        """The form that creates it."""
        inputs = self.check(**values)
        return self.schema.create_form({**self.schema.from_inputs(inputs), **self.schema.live_from_inputs(inputs)})

    def put(self, row: Mapping[str, Any], **values: Any) -> dict[str, str]:
        """The form that makes of the API's object what the values say."""
        return self.schema.update_body(self.schema.from_inputs(self.check(**values)), self.schema.from_row(dict(row)))

    def read(self, row: Mapping[str, Any]) -> Properties:
        """The inputs that a refresh makes of the API's object."""
        return self.schema.to_inputs(self.schema.from_row(dict(row)))

    def fields(self) -> dict[str, tuple[str, str, Any]]:
        """Wire name, type and default of each field; the default of a required one is "required"."""
        return {f.name: (f.wire, f.type.value, "required" if f.required else f.default) for f in self.schema.fields}
