"""Objects that belong to the account and to no version: create, list, read, update and delete by id.

See https://www.fastly.com/documentation/reference/api/account/ and recordings of the real API (2021-2022): of ``/user``
for forms, of ``/service-authorizations`` for JSON:API.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode

from . import api_error
from .calls import OK, PER_PAGE, Call, RouteTable, count_of, page_of
from .emulator import Emulator
from .kinds import Field, created, updated
from .state import Record

_JSON_API = "application/vnd.api+json"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record."""

    path: str
    """The word in the URL."""
    class_name: str
    """The word in ``Couldn't find ...``."""
    fields: tuple[Field, ...]
    body: Literal["form", "json", "json:api"] = "form"
    """What a write sends. One that takes a form takes JSON too."""
    type: str = ""
    """``type`` in JSON:API; the word in ``Duplicate ...``."""
    relationships: Mapping[str, str] = field(default_factory=dict)
    """Types of the related objects, by the name of the relationship. A record has their ids."""
    unique: str = ""
    """A field of which no two records have the same value."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a new record that no write sets."""
    deletes_again: bool = False
    """A delete of what was deleted before is answered like the first one."""
    deletes_silently: bool = False
    """A delete is answered with 204 and no body."""


def routes(kind: RecordKind) -> RouteTable:
    """The routes of a kind."""
    # Assumed: PATCH for JSON:API, as the billing address has it.
    update_method = "PATCH" if kind.body == "json:api" else "PUT"
    return {
        f"/{kind.path}": {"GET": partial(listing, kind), "POST": partial(create, kind)},
        f"/{kind.path}/*": {
            "GET": partial(read, kind),
            update_method: partial(update, kind),
            "DELETE": partial(delete, kind),
        },
    }


def listing(kind: RecordKind, call: Call) -> Any:
    """Answers ``GET /KIND``, in pages if they are asked for; JSON:API always is."""
    records = list(all_of(kind, call.emulator).values())
    if kind.body != "json:api":
        return page_of(call, records)
    page, size = count_of(call, "page[number]", 1), count_of(call, "page[size]", PER_PAGE)
    last = max(1, -(-len(records) // size))
    call.media_type = _JSON_API
    return {
        "data": [_resource(kind, record) for record in records[(page - 1) * size : page * size]],
        "links": _links(call, page, size, last),
        "meta": {"current_page": page, "per_page": size, "record_count": len(records), "total_pages": last},
    }


def read(kind: RecordKind, call: Call, identifier: str) -> Any:
    """Answers ``GET /KIND/ID``."""
    return _shown(kind, call, find(kind, call, identifier))


def create(kind: RecordKind, call: Call) -> Any:
    """Answers ``POST /KIND``."""
    return _shown(kind, call, add(kind, call.emulator, sent_fields(kind, call)))


def add(kind: RecordKind, emulator: Emulator, sent: Record) -> Record:
    """Adds a record of the fields that were sent."""
    now = emulator.now()
    defaults = {each.name: each.default for each in kind.fields}
    record = created(kind.fields, defaults, sent)
    record |= {**kind.extra, **dict.fromkeys(kind.relationships), **_related(kind, sent)}
    _check_unique(kind, emulator, record)
    record |= {"id": emulator.new_id(), "created_at": now, "updated_at": now, "deleted_at": None}
    emulator.records.setdefault(kind.path, {})[record["id"]] = record
    emulator.record_changed()
    return record


def update(kind: RecordKind, call: Call, identifier: str) -> Any:
    """Answers ``PUT /KIND/ID`` or ``PATCH``; ``updated_at`` is the one before, as for objects of a version."""
    old = find(kind, call, identifier)
    sent = sent_fields(kind, call)
    record = updated(kind.fields, old, sent) | _related(kind, sent)
    if record != old:
        _check_unique(kind, call.emulator, record)
        call.emulator.records[kind.path][identifier] = {**record, "updated_at": call.emulator.now()}
        call.emulator.record_changed()
    return _shown(kind, call, record)


def delete(kind: RecordKind, call: Call, identifier: str) -> dict[str, str] | None:
    """Answers ``DELETE /KIND/ID``."""
    records = call.emulator.records.get(kind.path, {})
    was_deleted = identifier in records and records[identifier]["deleted_at"] is not None
    if not (was_deleted and kind.deletes_again):
        records[identifier] = {**find(kind, call, identifier), "deleted_at": call.emulator.now()}
        call.emulator.record_changed()
    if kind.deletes_silently:
        call.status = HTTPStatus.NO_CONTENT
        return None
    return OK


def all_of(kind: RecordKind, emulator: Emulator) -> dict[str, Record]:
    """The records that were not deleted; deleted ones stay, with ``deleted_at`` set."""
    stored = emulator.records.get(kind.path, {})
    return {identifier: record for identifier, record in stored.items() if record["deleted_at"] is None}


def find(kind: RecordKind, call: Call, identifier: str) -> Record:
    """The record of an id."""
    record = all_of(kind, call.emulator).get(identifier)
    if record is None:
        # Assumed: the wording, after that of named objects; and its form for JSON:API.
        raise api_error.missing(kind.class_name, id=identifier)
    return record


def _check_unique(kind: RecordKind, emulator: Emulator, record: Record) -> None:
    if kind.unique:
        value, own = record[kind.unique], record.get("id")
        if any(each[kind.unique] == value and each["id"] != own for each in all_of(kind, emulator).values()):
            raise api_error.duplicate(kind.type, value)  # Assumed: the status; it may be 400.


def sent_fields(kind: RecordKind, call: Call) -> Record:
    """The fields that a body has, and the related objects' ids."""
    if kind.body == "form":
        return call.sent
    if call.sent and "json" not in call.sent_type:
        raise api_error.bad_request("The body must be JSON")  # Assumed: everything.
    if kind.body == "json":
        return call.sent
    data = call.sent.get("data")
    if not isinstance(data, dict) or data.get("type") != kind.type:
        raise api_error.bad_request(f"The body must have data of type '{kind.type}'")  # Assumed: everything.
    attributes, relationships = data.get("attributes"), data.get("relationships")
    related = {
        name: each["data"].get("id")
        for name, each in (relationships.items() if isinstance(relationships, dict) else ())
        if isinstance(each, dict) and isinstance(each.get("data"), dict)
    }
    return {**(attributes if isinstance(attributes, dict) else {}), **related}


def _related(kind: RecordKind, sent: Record) -> Record:
    return {name: sent[name] for name in kind.relationships if name in sent}


def _shown(kind: RecordKind, call: Call, record: Record) -> Record:
    if kind.body != "json:api":
        return record
    call.media_type = _JSON_API
    return {"data": _resource(kind, record)}


def _resource(kind: RecordKind, record: Record) -> Record:
    resource: Record = {
        "id": record["id"],
        "type": kind.type,
        "attributes": {
            name: value for name, value in record.items() if name != "id" and name not in kind.relationships
        },
    }
    types = kind.relationships.items()
    related = {name: {"data": {"id": record[name], "type": related}} for name, related in types if record[name]}
    return resource | {"relationships": related} if kind.relationships else resource


def _links(call: Call, page: int, size: int, last: int) -> dict[str, str]:
    pages = {"last": last}
    if page < last:
        pages["next"] = page + 1
    if page > 1:
        pages |= {"prev": min(page - 1, last), "first": 1}
    query = call.query | {"page[size]": str(size)}
    return {
        rel: f"{call.base}{call.path}?{urlencode(sorted((query | {'page[number]': str(number)}).items()))}"
        for rel, number in pages.items()
    }
