"""One property of a kind: its type and limits, and how it travels."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .problem_texts import problem_text
from .values import Form, Value, ValueType, canonical, form_value

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Row = dict[str, Any]
"""An object as the API answers it."""
Values = dict[str, Value]
"""An object in canonical values, keyed by property."""


@dataclass(frozen=True)
class Reference:
    """A field that holds the name of another object of the same version."""

    kind: str
    type: str | None = None
    """The type that a condition must have."""


@dataclass(frozen=True)
class Problem:
    """A value that is refused: the property and what to do about it."""

    property: str
    text: str


@dataclass(frozen=True)
class Field:
    """One property of a kind."""

    name: str
    """The property in programs."""
    wire: str
    """The form field and JSON key of the API."""
    type: ValueType
    annotation: Any
    """The type in programs, with its limits."""
    default: Value = None
    required: bool = False
    secret: bool = False
    immutable: bool = False
    """The API cannot change it: the object is recreated in the draft."""
    unversioned: bool = False
    """It has no version: written at once, never a cause of an activation."""
    client_only: bool = False
    """It steers this package; the API does not know it."""
    sent_with: tuple[str, ...] = ()
    """Properties that a PUT repeats whenever it sends this one, since the API would set them by itself."""
    reference: Reference | None = None
    omit_default: bool = False
    """A create does not send the default, which the API may not take."""
    excluded_by: str = ""
    """A property; while that one is set the API takes not even the default of this one, so it is not sent."""
    links: bool = False
    """Names of other objects: each is a link below this one, written by a POST or DELETE of its own."""

    exclusive: bool = False
    """A flag that at most one object of a version has. A PUT below the object, at the flag's name, takes it from the
    others. No call takes it back: an object that gives it up is recreated."""

    @property
    def reference_kind(self) -> str:
        """The kind of the objects it names."""
        return self.reference.kind if self.reference else ""

    @cached_property
    def adapter(self) -> "TypeAdapter[Any]":
        """Validates a value; made when first needed, since making all of them takes a while."""
        from pydantic import TypeAdapter  # noqa: PLC0415 - neither programs nor refreshes need it

        return TypeAdapter(self.annotation)

    @cached_property
    def canonical_default(self) -> Value:
        """The default in canonical form."""
        return canonical(self.type, self.default)

    @property
    def wire_parts(self) -> tuple[str, str]:
        """The API's name, and the key inside it where the value is nested: those of ``response[status]``."""
        outer, _, inner = self.wire.removesuffix("]").partition("[")
        return outer, inner

    def value_in(self, row: Row) -> Value:
        """The canonical value in an answer of the API."""
        outer, inner = self.wire_parts
        value = row.get(outer)
        if inner:
            value = value.get(inner) if isinstance(value, Mapping) else None
        return self.canonical(value)

    def form(self, value: Value) -> Form:
        """The value as it is sent; ``None`` is the empty field that clears."""
        if self.type is ValueType.SET:
            return {f"{self.wire}[]": [str(each) for each in value] if isinstance(value, list) else []}
        if self.type is ValueType.WORDS and isinstance(value, list):
            return {self.wire: " ".join(value)}
        return {self.wire: form_value(value)}

    def canonical(self, value: Any) -> Value:
        """The value in canonical form; null, from the API or a state of an older release, is the default."""
        known = canonical(self.type, value)
        return self.canonical_default if known is None else known

    def validate(self, value: Any, *, quoting: bool = False) -> tuple[Value, list[Problem]]:
        """The canonical value, with the default filled in; or what is wrong with it.

        ``quoting`` tells whether a problem may show the value.
        """
        if value is None:
            problems = [Problem(self.name, f"{self.name} is missing")] if self.required else []
            return self.canonical(None), problems
        whole = _whole(value)
        try:
            valid = self.adapter.validate_python(whole)
        except ValueError as error:
            # pydantic's ValidationError, which is not imported here.
            rows = error.errors(include_input=False)  # type: ignore[attr-defined]
            quoting = quoting and not self.secret
            return None, [Problem(self.name, problem_text(self.name, whole, row, quoting=quoting)) for row in rows]
        plain = self.adapter.dump_python(valid, exclude_defaults=True) if self.type is ValueType.OTHER else valid
        found = self.canonical(plain)
        if found is None and self.required:
            return None, [Problem(self.name, f"{self.name} is empty")]
        return found, []

    def is_default(self, value: Value) -> bool:
        """Whether a canonical value is the default."""
        return self.canonical(value) == self.canonical_default


def _whole(value: Any) -> Any:
    """The engine turns every number into a float."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
