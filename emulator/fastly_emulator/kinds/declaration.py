"""What a kind of object is, and how what was sent becomes what is answered."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from .. import api_error
from ..bodies import read_json
from ..state import Record, Version

FieldType = Literal["str", "int", "bool", "list", "object"]
ConditionType = Literal["REQUEST", "CACHE", "RESPONSE"]

_TRUE = frozenset({"1", "true", "True"})
_FALSE = frozenset({"0", "false", "False"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind."""

    name: str
    type: FieldType = "str"
    default: Any = ""
    """What it is when a create leaves it out."""
    empty: Any = ""
    """The value that an empty ``field=`` in a request sets."""
    choices: frozenset[str] = frozenset()
    """The only values taken, in a list too; none listed: all."""
    members: "tuple[Field, ...]" = ()
    """What an object has in it."""
    required: bool = False
    """A create without it is refused."""
    refuses_empty: bool = False
    """A create with ``field=`` is refused; an update is not."""
    refers_to: str = ""
    """The kind of the object that it names."""
    condition_type: ConditionType | None = None
    """The only type of condition that it may name."""
    unchangeable: str = ""
    """The refusal of an update that changes it."""
    typed: bool = False
    """A number or flag that is answered as one, in a stringly kind too."""


@dataclass(frozen=True, slots=True)
class Source:
    """A field holds statements or definitions of VCL."""

    field: str
    place: str = ""
    """The field that says in which subroutine it stands; without one it is not compiled, but may define names."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A field holds an expression of VCL."""

    field: str
    unless: tuple[str, str] = ("", "")
    """A field and the value with which there is no expression."""


@dataclass(frozen=True, slots=True)
class Defines:
    """VCL may name the object."""

    what: Literal["backend", "table", "acl"]
    prefix: str = ""
    """What VCL puts before the name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object."""

    path: str
    """What follows the version in the URL: a word, or two with a slash between them."""
    class_name: str
    """The word in ``Couldn't find ...``."""
    details: str
    """The name of its list in ``/details`` and in the diff; empty if these do not have it."""
    fields: tuple[Field, ...]
    duplicate: str = ""
    """The word in ``Duplicate ...``; without it, the path."""
    stringly: bool = False
    """Every number and flag, ``version`` too, is answered as a string."""
    has_id: bool = False
    by_id: bool = False
    """Read, changed and deleted at ``/PATH/ID``, below no version; in each version it has another id."""
    live: Literal["", "items", "entries", "contents"] = ""
    """Where on the service its live content is, by id."""
    vcl: Source | Expression | Defines | None = None
    """Its part in the VCL of a version."""
    rename: Literal["taken", "refused", "ignored"] = "taken"
    """What an update makes of a new name."""
    name_pattern: re.Pattern[str] | None = None
    name_rule: str = ""
    """The sentence that refuses a name."""
    stripped: frozenset[str] = frozenset()
    """Fields that its records in ``/details`` lack, beside service, version, id and times."""
    not_in_diff: frozenset[str] = frozenset()
    """Fields that the diff of two versions lacks, beside service, version, id and times."""
    hidden: frozenset[str] = frozenset()
    """Fields of its records that no answer has."""
    only_one: str = ""
    """A flag that at most one object of a version has; the last one to get it keeps it."""
    claims_name: bool = False
    """No other active service may have an object of that name."""
    limit: str = ""
    """The field of ``Limits`` with its ceiling."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Fields of a new record that no write sets."""
    compute_defaults: dict[str, Any] = field(default_factory=dict)
    """Defaults that differ in a service of type wasm."""
    on_write: Callable[[Record, Record], None] | None = None
    """Completes a record from what was sent, before it is kept: (record, what was sent)."""
    on_create: Callable[[Record, Record], None] | None = None
    """The same, on creation only."""
    on_moved: Callable[[Version, str, str | None], None] | None = None
    """Tells the other objects of the version of a rename or a delete: (version, old name, new name or None)."""
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False)
    defaults: dict[str, Any] = field(init=False, repr=False, compare=False)
    """A record of which nothing was sent."""

    def __post_init__(self) -> None:
        """Derives the look-up tables."""
        object.__setattr__(self, "duplicate", self.duplicate or self.path)
        object.__setattr__(self, "by_name", {each.name: each for each in self.fields})
        defaults = {each.name: each.default for each in self.fields} | self.extra | {"deleted_at": None}
        object.__setattr__(self, "defaults", defaults)


def created(fields: Iterable[Field], defaults: Record, sent: Record, *, stringly: bool = False) -> Record:
    """A new record, or refuses what was sent."""
    record = dict(defaults)
    for each in fields:
        if each.name in sent:
            if each.refuses_empty and sent[each.name] in ("", None):
                raise _blank(each)
            record[each.name] = coerce(each, sent[each.name], stringly=stringly)
        if each.required and not record[each.name]:
            raise _blank(each)
    return record


def updated(fields: Iterable[Field], old: Record, sent: Record, *, stringly: bool = False) -> Record:
    """A changed record, or refuses what was sent. What was left out keeps its value."""
    record = dict(old)
    for each in fields:
        if each.name in sent:
            new = record[each.name] = coerce(each, sent[each.name], stringly=stringly)
            if each.unchangeable and new != old[each.name]:
                raise api_error.bad_request(each.unchangeable)
            if each.required and not new:
                raise _blank(each)
    return record


def _blank(each: Field) -> api_error.ApiError:
    return api_error.bad_request(f"{each.name.capitalize()} can't be blank")


def coerce(each: Field, value: Any, *, stringly: bool) -> Any:
    """What was sent as the type in which it is answered, or refuses it."""
    if value is None or value == "":
        return each.empty
    stringly = stringly and not each.typed
    if each.type == "list":
        return [_chosen(each, item) for item in _list(value)]
    if each.type == "object":
        return _object(each, value)
    _chosen(each, value)
    if each.type == "bool":
        flag = _flag(each, value)
        return str(int(flag)) if stringly else flag
    if each.type == "int":
        number = _number(each, value)
        return str(value) if stringly else number
    return str(value)


def _chosen(each: Field, value: object) -> str:
    if each.choices and str(value) not in each.choices:
        raise api_error.bad_request(f"{each.name.capitalize()} must be one of: {', '.join(sorted(each.choices))}")
    return str(value)


def _object(each: Field, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise api_error.bad_request(f"'{value}' is not an object: {each.name}")
    return {
        member.name: coerce(member, value.get(member.name, member.default), stringly=False) for member in each.members
    }


def _flag(each: Field, value: object) -> bool:
    text = str(value)
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise api_error.bad_request(f"'{text}' is not a boolean: {each.name}")


def _number(each: Field, value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise api_error.bad_request(f"'{value}' is not a number: {each.name}") from None


def _list(value: object) -> list[str]:
    # One form field holds a JSON array; a JSON body holds the array itself.
    if isinstance(value, str):
        try:
            value = read_json(value)
        except ValueError:
            # Assumed: taken too, because Fastly's Python client sends lists that way.
            value = str(value).split(",")
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def nullable_int(name: str) -> Field:
    """A number that is null where it was left out or cleared."""
    return Field(name, "int", default=None, empty=None)


def condition(kind: ConditionType, default: str | None) -> Field:
    """The field that names a condition of that type."""
    return Field(f"{kind.lower()}_condition", default=default, refers_to="condition", condition_type=kind)
