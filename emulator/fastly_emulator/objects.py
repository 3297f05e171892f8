"""List, read, create, update and delete of every kind of object in a version.

See the page of each kind in https://www.fastly.com/documentation/reference/api/, and recordings of the real API
(2020-2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastly_emulator import errors, live
from fastly_emulator.calls import OK
from fastly_emulator.kinds import coerce

if TYPE_CHECKING:
    from fastly_emulator.calls import Call
    from fastly_emulator.kinds import Field, Kind
    from fastly_emulator.state import Record, Service, Version

__all__ = [
    "check_claim",
    "create",
    "delete",
    "domain_check",
    "domain_check_all",
    "find",
    "listing",
    "make_main",
    "read",
    "shown",
    "update",
]


def shown(kind: Kind, service: Service, version: Version, record: Record) -> Record:
    """Return a record as the API answers it."""
    if kind.hidden:
        record = {name: value for name, value in record.items() if name not in kind.hidden}
    return {**record, "service_id": service.id, "version": str(version.number) if kind.stringly else version.number}


def listing(call: Call, service_id: str, number: str, path: str) -> list[Record]:
    """Answer `GET .../KIND`: never in pages."""
    kind = call.kind(path)
    service, version = call.version(service_id, number)
    return [shown(kind, service, version, record) for record in version.of(path).values()]


def read(call: Call, service_id: str, number: str, path: str, name: str) -> Record:
    """Answer `GET .../KIND/NAME`."""
    kind = call.kind(path)
    service, version = call.version(service_id, number)
    return shown(kind, service, version, find(kind, service, version, name))


def create(call: Call, service_id: str, number: str, path: str) -> Record:
    """Answer `POST .../KIND`."""
    kind = call.kind(path)
    service, version = call.draft(service_id, number)
    record = dict(kind.defaults)
    if service.type == "wasm":
        record.update(kind.compute_defaults)
    for each in kind.fields:
        if each.name in call.sent:
            record[each.name] = _value_on_create(kind, each, call.sent[each.name])
        if each.required and not record[each.name]:
            raise errors.bad_request(f"{each.name.capitalize()} can't be blank")
    _check_name(call, kind, service, version, record["name"])
    _check_limit(call, kind, version)
    _check_references(kind, version, record, call.sent)
    if kind.on_write is not None:
        kind.on_write(record, call.sent)
    if kind.on_create is not None:
        kind.on_create(record, call.sent)
    now = call.emulator.now()
    record["created_at"] = record["updated_at"] = now
    if kind.has_id:
        record["id"] = call.emulator.new_id()
    live.open_container(service, kind, record)
    version.objects.setdefault(path, {})[record["name"]] = record
    _keep_one(version, kind, record)
    call.emulator.changed(service, version)
    return shown(kind, service, version, record)


def update(call: Call, service_id: str, number: str, path: str, name: str) -> Record:
    """Answer `PUT .../KIND/NAME`. What is left out keeps its value; `updated_at` is the one before this update."""
    kind = call.kind(path)
    service, version = call.draft(service_id, number)
    old = find(kind, service, version, name)
    record = dict(old)
    for each in kind.fields:
        if each.name in call.sent:
            record[each.name] = _value_on_update(kind, each, call.sent[each.name], old)
    if record["name"] != name:
        if kind.rename == "refused":
            raise errors.bad_request("Cannot change name")
        if kind.rename == "ignored":
            record["name"] = name
        else:
            _check_name(call, kind, service, version, record["name"])
    _check_references(kind, version, record, call.sent)
    if kind.on_write is not None:
        kind.on_write(record, call.sent)
    if kind.live == "contents" and old["content"] is None:
        record["content"] = None
    if record != old:
        kept = {**record, "updated_at": call.emulator.now()}
        _replace(version, kind, name, kept)
        _keep_one(version, kind, kept)
        call.emulator.changed(service, version)
    return shown(kind, service, version, record)


def make_main(call: Call, service_id: str, number: str, name: str) -> Record:
    """Answer `PUT .../vcl/NAME/main`: no other VCL is the main one then."""
    call.sent = {"main": True, **call.sent}
    return update(call, service_id, number, "vcl", name)


def delete(call: Call, service_id: str, number: str, path: str, name: str) -> dict[str, str]:
    """Answer `DELETE .../KIND/NAME`. What refers to it is not asked; validate tells."""
    kind = call.kind(path)
    service, version = call.draft(service_id, number)
    record = find(kind, service, version, name)
    del version.objects[path][name]
    if kind.on_moved is not None:
        kind.on_moved(version, name, None)
    live.close_container(service, kind, record)
    call.emulator.changed(service, version)
    return OK


def domain_check(call: Call, service_id: str, number: str, name: str) -> list[Any]:
    """Answer `GET .../domain/NAME/check`."""
    return _checked(call, read(call, service_id, number, "domain", name))


def domain_check_all(call: Call, service_id: str, number: str) -> list[list[Any]]:
    """Answer `GET .../domain/check_all`."""
    return [_checked(call, domain) for domain in listing(call, service_id, number, "domain")]


def _checked(call: Call, domain: Record) -> list[Any]:
    # The emulator asks no name server, so no domain points to Fastly.
    if call.query.get("include") == "staging_ips":
        domain["staging_ips"] = []  # Assumed: the name and place of the field.
    return [domain, None, False]


def find(kind: Kind, service: Service, version: Version, name: str) -> Record:
    """Return an object by its name, or refuse."""
    record = version.of(kind.path).get(name)
    if record is None:
        raise errors.missing(kind.class_name, name=name, service=service.id, version=version.number)
    return record


def _value_on_create(kind: Kind, each: Field, value: object) -> Any:
    if each.refuses_empty and value in ("", None):
        raise errors.bad_request(f"{each.name.capitalize()} can't be blank")
    return coerce(each, value, stringly=kind.stringly)


def _value_on_update(kind: Kind, each: Field, value: object, old: Record) -> Any:
    new = coerce(each, value, stringly=kind.stringly)
    if each.unchangeable and new != old[each.name]:
        raise errors.bad_request(each.unchangeable)
    if each.required and not new:
        raise errors.bad_request(f"{each.name.capitalize()} can't be blank")
    return new


def _check_name(call: Call, kind: Kind, service: Service, version: Version, name: str) -> None:
    if kind.name_pattern is not None and not kind.name_pattern.fullmatch(name):
        raise errors.bad_request(kind.name_rule)
    if name in version.of(kind.path):
        raise errors.duplicate(kind.path, name)
    if kind.claims_name:
        check_claim(call, kind, service, name)


def check_claim(call: Call, kind: Kind, service: Service, name: str) -> None:
    """Refuse a name that an active version of another service has."""
    for other in call.emulator.services.values():
        if other is service or other.deleted_at is not None:
            continue
        active = other.active
        if active is not None and name in active.of(kind.path):
            raise errors.domain_taken(name, other.name)


def _check_limit(call: Call, kind: Kind, version: Version) -> None:
    ceiling = getattr(call.emulator.limits, kind.limit) if kind.limit else None
    if ceiling is not None and len(version.of(kind.path)) >= ceiling:
        word = "max number of domains" if kind.path == "domain" else kind.limit
        raise errors.bad_request(f"Exceeding {word}: {ceiling}")


def _check_references(kind: Kind, version: Version, record: Record, sent: Record) -> None:
    # Assumed: a reference that this write does not repeat is not checked again.
    for each in kind.fields:
        name = record[each.name]
        if not each.refers_to or each.name not in sent or not name:
            continue
        target = version.of(each.refers_to).get(name)
        if target is None:
            raise errors.missing_reference(each.refers_to, name)
        if each.condition_type is not None and target["type"] != each.condition_type:
            raise errors.condition_of_wrong_type(name, each.condition_type)


def _replace(version: Version, kind: Kind, name: str, record: Record) -> None:
    records = version.objects[kind.path]
    if record["name"] == name:
        records[name] = record
    else:
        version.objects[kind.path] = {
            record["name"] if key == name else key: record if key == name else value for key, value in records.items()
        }
        if kind.on_moved is not None:
            kind.on_moved(version, name, record["name"])


def _keep_one(version: Version, kind: Kind, record: Record) -> None:
    flag = kind.only_one
    if flag and record[flag]:
        others = version.objects[kind.path].items()
        version.objects[kind.path] = {
            name: {**other, flag: False} if other is not record and other[flag] else other for name, other in others
        }
