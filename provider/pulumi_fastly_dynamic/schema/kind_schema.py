"""What a kind of object is: its fields, how it is named and found, and how it travels."""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from .encoding import Body, form_of, json_of
from .field import Field, Problem, Row, Values
from .record_paths import RecordPaths
from .values import Form, Value, ValueType, canonical, form_value


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
    RECORD = "record"
    """An object of the account, in no version and no container."""
    PRODUCTS = "products"
    """The products of a service: on or off, in no version."""
    PURGE = "purge"
    """A purge of cached content: an action, of which nothing stays that could be read, changed or deleted."""


class Identity(StrEnum):
    """How an object is told from others of its kind in a version, or in the account."""

    NAME = "name"
    ID = "id"
    """By an id that lasts over versions and renames."""
    SINGLETON = "singleton"
    """A version or an account has one at the most."""


class Presence(StrEnum):
    """From when on a version has an object, and what removes it."""

    CREATED = "created"
    """From its POST to its DELETE."""
    ALWAYS = "always"
    """From the start. No call deletes it, so a removal restores the API's defaults."""
    ONCE_WRITTEN = "once written"
    """From the first update. Until then the API answers 404, which means the defaults; a removal restores these."""
    ADOPTED = "adopted"
    """Always. Only the properties that a program gives are managed, and a removal leaves it as it is."""


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
    """The path of its list after ``/version/N/``, such as ``backend`` or ``logging/s3``; of a record the whole path."""
    object_path: tuple[str, ...] = ()
    """Where an object itself is found by its id, if not below the list, in no version: ``/rate-limiters/ID``. Each
    version has ids of its own then."""
    identity: Identity = Identity.NAME
    presence: Presence = Presence.CREATED
    body: Body = Body.FORM
    """How an update of an object of a version travels: a form by PUT, JSON by PATCH. For records see ``record``."""
    id_property: str | None = None
    """The output that holds the id."""
    constants: Mapping[str, bool] = field(default_factory=dict)
    """Form fields that tell this kind from others of the same collection."""
    sent_always: Mapping[str, str] = field(default_factory=dict)
    """Form fields of every create that are no properties."""
    items: str | None = None
    """The path segment of the live items, where objects of this kind hold some."""
    rules: tuple[Rule, ...] = ()
    live_items: "LiveItems | None" = None
    """For live items: the container and the way to and from its rows."""
    record: RecordPaths | None = None
    """For records: how they are sent and found."""

    # ---------------------------------------------------------------- fields

    @cached_property
    def versioned(self) -> tuple[Field, ...]:
        """The fields that are part of a version."""
        return tuple(f for f in self.fields if not (f.unversioned or f.client_only))

    @cached_property
    def unversioned(self) -> tuple[Field, ...]:
        """The fields that are not."""
        return tuple(f for f in self.fields if f.unversioned)

    @cached_property
    def links(self) -> tuple[Field, ...]:
        """The fields that are links below the object."""
        return tuple(f for f in self.fields if f.links)

    @cached_property
    def exclusive(self) -> tuple[Field, ...]:
        """The flags that at most one object of a version has."""
        return tuple(f for f in self.fields if f.exclusive)

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The path of its list, in segments."""
        return tuple(self.collection.split("/"))

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

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of users whose API keys may write it; none where any that may write services may."""
        return self.record.roles if self.record else ()

    # ---------------------------------------------------------------- values

    def from_row(self, row: Row) -> Values:
        """Canonical values of an object that the API answered."""
        values = {f.name: f.value_in(row) for f in self.versioned}
        # What is excluded by another field is not the program's: the API sets it by that other field.
        return values | {f.name: f.canonical_default for f in self.versioned if _is_excluded(f, values)}

    def from_inputs(self, inputs: Mapping[str, Any]) -> Values:
        """Canonical values of the object that a program wants."""
        return {f.name: f.canonical(inputs.get(f.name)) for f in self.versioned}

    def live_from_inputs(self, inputs: Mapping[str, Any]) -> Values:
        """The live content that a program gives. What it leaves out is not managed: never written, never compared."""
        given = {f.name: f.canonical(inputs.get(f.name)) for f in self.unversioned}
        return {name: value for name, value in given.items() if value is not None}

    def live_from_row(self, row: Row) -> Values:
        """The live content that the API answered; null is empty."""
        return {f.name: f.canonical(row.get(f.wire) or "") for f in self.unversioned}

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

    @property
    def is_logging(self) -> bool:
        """Whether it is a destination of log lines."""
        return self.segments[0] == "logging"

    @property
    def is_restored(self) -> bool:
        """Whether a removal restores the defaults, instead of deleting."""
        return self.presence in {Presence.ALWAYS, Presence.ONCE_WRITTEN}

    def is_default(self, values: Values) -> bool:
        """Whether every field has the API's default."""
        return all(f.is_default(values.get(f.name)) for f in self.versioned)

    def defaults(self) -> Row:
        """The object as the API has it where nothing was written, for kinds whose defaults are restored."""
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

    def sent_on_create(self, inputs: Values) -> list[Field]:
        """The fields of a POST: what is empty is left out, since the API refuses some empty fields."""
        given = [f for f in self.fields if not f.client_only and inputs.get(f.name) not in (None, "")]
        return _fitting([f for f in given if not (f.omit_default and f.is_default(inputs[f.name]))], inputs)

    def sent_on_update(self, want: Values, have: Values, *, with_secrets: bool = False) -> list[Field]:
        """The fields of a PUT: those that differ from what the API has; an empty one clears."""
        changed = [f for f in self.versioned if want[f.name] != have[f.name] or (f.secret and with_secrets)]
        sent = {name for f in changed for name in (f.name, *f.sent_with)}
        return _fitting([f for f in self.versioned if f.name in sent], want)

    def create_form(self, inputs: Values) -> Form:
        """The form of a POST."""
        constants = {wire: form_value(value) for wire, value in self.constants.items()}
        return {**form_of(self.sent_on_create(inputs), inputs), **constants, **self.sent_always}

    def update_body(self, want: Values, have: Values, *, with_secrets: bool = False) -> dict[str, Any]:
        """The fields of the form of a PUT, or the members of the JSON of a PATCH."""
        sent = self.sent_on_update(want, have, with_secrets=with_secrets)
        return json_of(sent, want) if self.body is Body.JSON else dict(form_of(sent, want))

    # ---------------------------------------------------------------- check

    def check(
        self, inputs: Mapping[str, Any], is_unknown: Callable[[Any], bool], hidden: Collection[str] | None = None
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Inputs with defaults filled in and types mended, and what is wrong with them. Unknowns pass.

        ``hidden`` are the properties whose values no problem may show, beside those that are secret; ``None`` is all.
        """
        checked: dict[str, Any] = {}
        known: dict[str, Any] = {}
        problems: list[Problem] = []
        for f in self.fields:
            value = inputs.get(f.name)
            if value is not None and is_unknown(value):
                checked[f.name] = value
                continue
            valid, wrong = f.validate(value, quoting=hidden is not None and f.name not in hidden)
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


def _fitting(fields: Iterable[Field], values: Mapping[str, Value]) -> list[Field]:
    """Those that are fields of the object itself, and that the API takes beside the others."""
    return [f for f in fields if not (f.links or f.exclusive or _is_excluded(f, values))]


def _is_excluded(f: Field, values: Mapping[str, Value]) -> bool:
    return bool(f.excluded_by and values.get(f.excluded_by))
