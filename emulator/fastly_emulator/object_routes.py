"""List, read, create, update and delete of every kind of object in a version.

See the page of each kind in https://www.fastly.com/documentation/reference/api/, and recordings of the real API
(2020-2026).
"""

from functools import partial
from typing import Any

from . import api_error, live_routes
from .calls import OK, VERSION_PATH, Call, Handler, RouteTable
from .kinds import KINDS, Kind, created, updated
from .state import Record, Service, Version


def shown(kind: Kind, service: Service, version: Version, record: Record) -> Record:
    """A record as the API answers it."""
    if kind.hidden:
        record = {name: value for name, value in record.items() if name not in kind.hidden}
    return {**record, "service_id": service.id, "version": str(version.number) if kind.stringly else version.number}


def listing(kind: Kind, call: Call, service_id: str, number: str) -> list[Record]:
    """Answers ``GET .../KIND``: never in pages."""
    service, version = call.version(service_id, number)
    return [shown(kind, service, version, record) for record in version.of(kind.path).values()]


def read(kind: Kind, call: Call, service_id: str, number: str, name: str) -> Record:
    """Answers ``GET .../KIND/NAME``."""
    service, version = call.version(service_id, number)
    return shown(kind, service, version, find(kind, service, version, name))


def create(kind: Kind, call: Call, service_id: str, number: str) -> Record:
    """Answers ``POST .../KIND``."""
    service, version = call.draft(service_id, number)
    defaults = kind.defaults | kind.compute_defaults if service.type == "wasm" else kind.defaults
    record = created(kind.fields, defaults, call.sent, stringly=kind.stringly)
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
    live_routes.open_container(service, kind, record)
    version.objects.setdefault(kind.path, {})[record["name"]] = record
    _keep_one(version, kind, record)
    call.emulator.changed(service, version)
    return shown(kind, service, version, record)


def update(kind: Kind, call: Call, service_id: str, number: str, name: str) -> Record:
    """Answers ``PUT .../KIND/NAME``. What is left out keeps its value; ``updated_at`` is the one before this update."""
    service, version = call.draft(service_id, number)
    old = find(kind, service, version, name)
    record = updated(kind.fields, old, call.sent, stringly=kind.stringly)
    if record["name"] != name:
        if kind.rename == "refused":
            raise api_error.bad_request("Cannot change name")
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


def delete(kind: Kind, call: Call, service_id: str, number: str, name: str) -> dict[str, str]:
    """Answers ``DELETE .../KIND/NAME``. What refers to it is not asked; validate tells."""
    service, version = call.draft(service_id, number)
    record = find(kind, service, version, name)
    del version.objects[kind.path][name]
    if kind.on_moved is not None:
        kind.on_moved(version, name, None)
    live_routes.close_container(service, kind, record)
    call.emulator.changed(service, version)
    return OK


def domain_check(call: Call, service_id: str, number: str, name: str) -> list[Any]:
    """Answers ``GET .../domain/NAME/check``."""
    return _checked(call, read(KINDS["domain"], call, service_id, number, name))


def domain_check_all(call: Call, service_id: str, number: str) -> list[list[Any]]:
    """Answers ``GET .../domain/check_all``."""
    return [_checked(call, domain) for domain in listing(KINDS["domain"], call, service_id, number)]


def _checked(call: Call, domain: Record) -> list[Any]:
    # The emulator asks no name server, so no domain points to Fastly.
    if call.query.get("include") == "staging_ips":
        domain["staging_ips"] = []  # Assumed: the name and place of the field.
    return [domain, None, False]


def find(kind: Kind, service: Service, version: Version, name: str) -> Record:
    """An object by its name, or refuses it."""
    record = version.of(kind.path).get(name)
    if record is None:
        raise api_error.missing(kind.class_name, name=name, service=service.id, version=version.number)
    return record


def _check_name(call: Call, kind: Kind, service: Service, version: Version, name: str) -> None:
    if kind.name_pattern is not None and not kind.name_pattern.fullmatch(name):
        raise api_error.bad_request(kind.name_rule)
    if name in version.of(kind.path):
        raise api_error.duplicate(kind.duplicate, name)
    if kind.claims_name:
        check_claim(call, kind, service, name)


def check_claim(call: Call, kind: Kind, service: Service, name: str) -> None:
    """Refuses a name that an active version of another service has."""
    for other in call.emulator.services.values():
        if other is service or other.deleted_at is not None:
            continue
        active = other.active
        if active is not None and name in active.of(kind.path):
            raise api_error.domain_taken(name, other.name)


def _check_limit(call: Call, kind: Kind, version: Version) -> None:
    ceiling = getattr(call.emulator.limits, kind.limit) if kind.limit else None
    if ceiling is not None and len(version.of(kind.path)) >= ceiling:
        word = "max number of domains" if kind.path == "domain" else kind.limit
        raise api_error.bad_request(f"Exceeding {word}: {ceiling}")


def _check_references(kind: Kind, version: Version, record: Record, sent: Record) -> None:
    # Assumed: a reference that this write does not repeat is not checked again.
    for each in kind.fields:
        name = record[each.name]
        if not each.refers_to or each.name not in sent or not name:
            continue
        target = version.of(each.refers_to).get(name)
        if target is None:
            raise api_error.missing_reference(each.refers_to, name)
        if each.condition_type is not None and target["type"] != each.condition_type:
            raise api_error.condition_of_wrong_type(name, each.condition_type)


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


def _by_id(handler: Handler) -> Handler:
    """A handler for the path ``/KIND/ID`` from one for the path of a named object."""

    def found(kind: Kind, call: Call, identifier: str) -> Any:
        for service in call.services():
            for version in service.versions.values():
                for name, record in version.of(kind.path).items():
                    if record["id"] == identifier:
                        return handler(kind, call, service.id, str(version.number), name)
        raise api_error.missing(kind.class_name, id=identifier)

    return found


def _routes() -> RouteTable:
    below = VERSION_PATH
    routes: RouteTable = {
        f"{below}/domain/check_all": {"GET": domain_check_all},
        f"{below}/domain/*/check": {"GET": domain_check},
    }
    for path, kind in KINDS.items():
        routes[f"{below}/{path}"] = {"GET": partial(listing, kind), "POST": partial(create, kind)}
        own = f"/{path}/*" if kind.by_id else f"{below}/{path}/*"
        read_one, update_one, delete_one = (_by_id(each) if kind.by_id else each for each in (read, update, delete))
        routes[own] = {
            "GET": partial(read_one, kind),
            "PUT": partial(update_one, kind),
            "DELETE": partial(delete_one, kind),
        }
    return routes


ROUTES: RouteTable = _routes()
