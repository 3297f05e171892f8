"""What a kind of object is: its fields, how it is named and found, and how it travels."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .values import Value, ValueType, canonical, form_value

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Row = dict[str, Any]
"""An object as the API answers it."""
Values = dict[str, Value]
"""An object in canonical values, keyed by property."""


class Group(StrEnum):
    """What sort of thing a kind is, and so which provider runs it."""

    OBJECT = "object"
    """An object of a version."""
    ITEMS = "items"
    """Live items of a container."""
    SERVICE = "service"
    TAKEOVER = "takeover"
    """The comparison with a service that is taken over, before anything is written."""
    VERSION = "version"


class Identity(StrEnum):
    """How an object is told from others of its kind in a version."""

    NAME = "name"
    ID = "id"
    """By an id that lasts over versions and renames."""
    SINGLETON = "singleton"
    """There is always exactly one."""


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
    live: bool = False
    """It has no version: written at once, never a cause of an activation."""
    local: bool = False
    """It steers this package; the API does not know it."""
    sent_with: tuple[str, ...] = ()
    """Properties that a PUT repeats whenever it sends this one, since the API would set them by itself."""
    reference: Reference | None = None

    @cached_property
    def adapter(self) -> "TypeAdapter[Any]":
        """Validates a value; made when first needed, since making all of them takes a while."""
        from pydantic import TypeAdapter  # noqa: PLC0415 - neither programs nor refreshes need it

        return TypeAdapter(self.annotation)

    @cached_property
    def canonical_default(self) -> Value:
        """The default in canonical form."""
        return canonical(self.type, self.default)

    def canonical(self, value: Any) -> Value:
        """The value in canonical form; null, from the API or a state of an older release, is the default."""
        known = canonical(self.type, value)
        return self.canonical_default if known is None else known

    def validate(self, value: Any) -> tuple[Value, list[Problem]]:
        """The canonical value, with the default filled in; or what is wrong with it."""
        if value is None:
            problems = [Problem(self.name, f"{self.name} is missing")] if self.required else []
            return self.canonical(None), problems
        try:
            valid = self.adapter.validate_python(_whole(value))
        except ValueError as error:
            # pydantic's ValidationError, which is not imported here.
            rows = error.errors(include_input=False)  # type: ignore[attr-defined]
            return None, [Problem(self.name, _sentence(self, row["loc"], row["msg"])) for row in rows]
        plain = self.adapter.dump_python(valid, exclude_defaults=True) if self.type is ValueType.OTHER else valid
        found = self.canonical(plain)
        if found is None and self.required:
            return None, [Problem(self.name, f"{self.name} is empty")]
        return found, []

    def is_default(self, value: Value) -> bool:
        """Whether a canonical value is what the API has where nothing is said."""
        return self.canonical(value) == self.canonical_default


Rule = Callable[[Mapping[str, Any]], Iterable[Problem]]
"""A check across properties. Gets the known values only (``.get``), and must not judge what is unknown."""


Entries = Mapping[str, dict[str, Any]]
"""Live items by key, each as the form fields of the API."""


@dataclass(frozen=True)
class LiveItems:
    """How a resource's inputs and a container's rows are the same thing."""

    container: str
    """The kind of the container."""
    container_property: str
    """The input that holds the container's id."""
    to_entries: Callable[[Mapping[str, Any]], Entries]
    """The entries that these inputs declare."""
    from_entries: Callable[[Mapping[str, Any], Entries], dict[str, Any] | None]
    """The inputs as the rows have them, given those of the state; ``None`` if nothing is left."""
    replacing: tuple[str, ...] = ()
    """Inputs whose change replaces the item."""


@dataclass(frozen=True)
class KindSchema:
    """One kind of object of a version."""

    kind: str
    """Its name in the schema table, in manifests and in persisted provider references. Frozen."""
    label: str
    """Its class, for messages."""
    fields: tuple[Field, ...]
    group: Group = Group.OBJECT
    collection: str = ""
    """The path segment after ``/version/N/``."""
    identity: Identity = Identity.NAME
    id_property: str | None = None
    """The output that holds the id."""
    constants: Mapping[str, bool] = field(default_factory=dict)
    """Form fields that tell this kind from others of the same collection."""
    items: str | None = None
    """The path segment of the live items, where objects of this kind hold some."""
    rules: tuple[Rule, ...] = ()
    live_items: "LiveItems | None" = None
    """For live items: the container and the way to and from its rows."""

    # ---------------------------------------------------------------- fields

    @cached_property
    def versioned(self) -> tuple[Field, ...]:
        """The fields that are part of a version."""
        return tuple(f for f in self.fields if not (f.live or f.local))

    @cached_property
    def live(self) -> tuple[Field, ...]:
        """The fields that are not."""
        return tuple(f for f in self.fields if f.live)

    def matches(self, row: Row) -> bool:
        """Whether a row of the collection is of this kind."""
        # Fast path: most kinds have a collection of their own.
        return not self.constants or all(
            bool(canonical(ValueType.BOOLEAN, row.get(wire))) is value for wire, value in self.constants.items()
        )

    # ---------------------------------------------------------------- identity

    def name_of(self, row: Row) -> str:
        """The name under which the API knows the object."""
        return self.kind if self.identity is Identity.SINGLETON else str(row["name"])

    def key_of(self, row: Row) -> str:
        """What tells the object from others of its kind."""
        return str(row["id"]) if self.identity is Identity.ID else self.name_of(row)

    def describe(self, name: str) -> str:
        """The object in a message."""
        return self.label if self.identity is Identity.SINGLETON else f"{self.label} '{name}'"

    # ---------------------------------------------------------------- values

    def from_row(self, row: Row) -> Values:
        """Canonical values of an object that the API answered."""
        return {f.name: f.canonical(row.get(f.wire)) for f in self.versioned}

    def from_inputs(self, inputs: Mapping[str, Any]) -> Values:
        """Canonical values of the object that a program wants."""
        return {f.name: f.canonical(inputs.get(f.name)) for f in self.versioned}

    def to_inputs(self, values: Values) -> dict[str, Any]:
        """The inputs a program would have to give for these values; ``None`` is left out, as the engine does."""
        inputs: dict[str, Any] = {}
        for f in self.fields:
            value = values.get(f.name)
            if value is None and not f.required:
                value = f.default if f.default in ("", []) else None
            if value is not None:
                inputs[f.name] = value
        return inputs

    def is_default(self, values: Values) -> bool:
        """Whether every field has the API's default."""
        return all(f.is_default(values.get(f.name)) for f in self.versioned)

    def defaults(self) -> Row:
        """The object as the API has it where nothing was written, for singletons."""
        return {f.wire: f.default for f in self.versioned}

    def digest(self, values: Values, key: str) -> str:
        """A short fingerprint under a key of the stack; of a secret it takes only whether it is set.

        Defaults are left out, so that a later release that knows more fields agrees. The key is there because the
        fingerprint is in plain in the state, and a short value could be found by trying.
        """
        told = {
            f.name: bool(values.get(f.name)) if f.secret else values.get(f.name)
            for f in self.versioned
            if not f.is_default(values.get(f.name))
        }
        text = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:12]

    def secrets_of(self, values: Mapping[str, Any]) -> list[str]:
        """The secret values, for the client to keep out of messages."""
        return [str(values[f.name]) for f in self.fields if f.secret and values.get(f.name)]

    # ---------------------------------------------------------------- forms

    def create_form(self, inputs: Values) -> dict[str, str]:
        """The form of a POST: what is empty is left out, since the API refuses some empty fields."""
        form = {
            f.wire: form_value(inputs[f.name]) for f in self.fields if not f.local and inputs.get(f.name) is not None
        }
        return form | {wire: form_value(value) for wire, value in self.constants.items()}

    def update_form(self, want: Values, have: Values, *, with_secrets: bool = False) -> dict[str, str]:
        """The form of a PUT: the fields that differ from what the API has; an empty one clears."""
        changed = [f for f in self.versioned if want[f.name] != have[f.name] or (f.secret and with_secrets)]
        sent = {name for f in changed for name in (f.name, *f.sent_with)}
        return {f.wire: form_value(want[f.name]) for f in self.versioned if f.name in sent}

    # ---------------------------------------------------------------- check

    def check(
        self, inputs: Mapping[str, Any], is_unknown: Callable[[Any], bool]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Inputs with defaults filled in and types mended, and what is wrong with them. Unknowns pass."""
        checked: dict[str, Any] = {}
        known: dict[str, Any] = {}
        problems: list[Problem] = []
        for f in self.fields:
            value = inputs.get(f.name)
            if value is not None and is_unknown(value):
                checked[f.name] = value
                continue
            valid, wrong = f.validate(value)
            problems += wrong
            if wrong:
                continue
            known[f.name] = valid
            kept = f.default if valid is None and f.default in ("", []) else valid
            if kept is not None:
                checked[f.name] = kept
        for rule in self.rules:
            problems += rule(known)
        return checked, problems

    def is_secret(self, name: str) -> bool:
        """Whether a property is secret."""
        return any(f.name == name and f.secret for f in self.fields)


def _whole(value: Any) -> Any:
    """The engine turns every number into a float."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sentence(f: Field, location: tuple[int | str, ...], text: str) -> str:
    text = text.removeprefix("Value error, ").removeprefix("Input ")
    place = "".join(f"[{part!r}]" for part in location if part not in {"text", "typed", "[key]"})
    return f"{f.name}{place} {text[0].lower()}{text[1:]}"
