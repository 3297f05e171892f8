"""Services.

See services/service/ in https://www.fastly.com/documentation/reference/api/, and recordings of
the real API (2020-2026).
"""

from . import api_error, object_routes, version_routes
from .calls import OK, SERVICE_PATH, Call, RouteTable, page_of
from .customer import CUSTOMER_ID
from .kinds import DETAILS, KINDS
from .state import Record, Service, Version

_TYPES = ("vcl", "wasm")
_ALWAYS_STRIPPED = frozenset({"id", "created_at", "updated_at", "deleted_at"})


def _shown(service: Service) -> Record:
    active = service.active
    return {
        "comment": service.comment,
        "created_at": service.created_at,
        "customer_id": CUSTOMER_ID,
        "deleted_at": service.deleted_at,
        # Assumed: that a service lists the environments of its active version; recorded without one only.
        "environments": version_routes.environments(service, active) if active is not None else [],
        "id": service.id,
        "name": service.name,
        "paused": False,
        "publish_key": "",
        "type": service.type,
        "updated_at": service.updated_at,
        "versions": [version_routes.shown(service, version) for version in service.versions.values()],
    }


def _without(record: Record, *names: str) -> Record:
    return {name: value for name, value in record.items() if name not in names}


def listing(call: Call) -> list[Record]:
    """Answers ``GET /service``: those not deleted, with the number of the active or else the last version."""
    return page_of(call, [_listed(service) for service in call.services()])


def _listed(service: Service) -> Record:
    number = (service.active or service.last).number
    return {**_without(_shown(service), "publish_key"), "version": number}


def read(call: Call, service_id: str) -> Record:
    """Answers ``GET /service/ID``."""
    return _shown(call.service(service_id))


def search(call: Call) -> Record:
    """Answers ``GET /service/search?name=``."""
    name = call.query.get("name", "")
    for service in call.services():
        if service.name == name:
            return _without(_shown(service), "paused", "publish_key")
    raise api_error.missing("Service", name=name)  # Assumed: the wording.


def create(call: Call) -> Record:
    """Answers ``POST /service``; version 1 is there at once."""
    name, kind = str(call.sent.get("name") or ""), str(call.sent.get("type") or "vcl")
    if kind not in _TYPES:
        raise api_error.message(f"Type must be one of: {', '.join(_TYPES)}")
    _check_name(call, name)
    now = call.emulator.now()
    comment = str(call.sent.get("comment") or "")
    service = Service(call.emulator.new_id(), name, now, now, comment=comment, type=kind)
    service.versions[1] = Version(1, now, now)
    call.emulator.services[service.id] = service
    call.emulator.changed(service)
    return _shown(service)


def update(call: Call, service_id: str) -> Record:
    """Answers ``PUT /service/ID``; ``updated_at`` is the one before this update."""
    service = call.service(service_id)
    before = service.updated_at
    if "name" in call.sent and str(call.sent["name"]) != service.name:
        name = str(call.sent["name"] or "")
        _check_name(call, name)
        service.name = name
    if "comment" in call.sent:
        service.comment = str(call.sent["comment"] or "")
    if "name" in call.sent or "comment" in call.sent:
        service.updated_at = call.emulator.now()
        call.emulator.changed(service)
    return {**_shown(service), "updated_at": before}


def delete(call: Call, service_id: str) -> dict[str, str]:
    """Answers ``DELETE /service/ID``."""
    service = call.service(service_id)
    if service.active is not None:
        raise api_error.bad_request("Cannot delete service with active version")
    service.deleted_at = call.emulator.now()
    # Only the tombstone is of use: it tells a deleted service by its name, and the file stays small.
    service.versions = {service.last.number: Version(service.last.number, service.created_at, service.updated_at)}
    service.items, service.entries, service.contents, service.products = {}, {}, {}, {}
    call.emulator.changed(service)
    return OK


def domains(call: Call, service_id: str) -> list[Record]:
    """Answers ``GET /service/ID/domain``: those of the active version, else of the last (assumed).

    A deleted service has none, as recorded.
    """
    service = call.emulator.services.get(service_id)
    if service is None:
        raise api_error.deleted_service(service_id)
    if service.deleted_at is not None:
        return []
    version = service.active or service.last
    kind = KINDS["domain"]
    return [object_routes.shown(kind, service, version, record) for record in version.of("domain").values()]


def details(call: Call, service_id: str) -> Record:
    """Answers ``GET /service/ID/details``: everything by name, but with records that lack fields."""
    service = call.service(service_id)
    version = service.last
    if "version" in call.query:
        _, version = call.version(service_id, call.query["version"])
    active = service.active
    return {
        **_without(_shown(service), "paused", "publish_key"),
        "active_version": _detailed(service, active) if active is not None else None,
        "version": _detailed(service, version),
        "versions": [version_routes.shown(service, each) for each in _filtered(call, service)],
    }


def _filtered(call: Call, service: Service) -> list[Version]:
    every = list(service.versions.values())
    drafts = [version for version in every if not version.locked]
    chosen: list[Version] = []
    if call.query.get("filter[versions.active]") == "true":
        chosen += [version for version in every if version.active]
    if call.query.get("filter[versions.latest_draft]") == "true":
        chosen += drafts[-1:]
    # A filter that fits no version is answered with all of them, as recorded.
    return [version for version in every if version in chosen] or every


def _detailed(service: Service, version: Version) -> Record:
    lists = {name: _stripped(version, path) for name, path in DETAILS.items()}
    return {**version_routes.shown(service, version), **lists, "settings": dict(version.settings)}


def _stripped(version: Version, path: str) -> list[Record]:
    if not path:
        return []
    lacking = KINDS[path].stripped | KINDS[path].hidden | _ALWAYS_STRIPPED
    return [_without(record, *lacking) for record in version.of(path).values()]


def _check_name(call: Call, name: str) -> None:
    if not name:
        raise api_error.bad_request("Name can't be blank")
    if any(each.name == name and each.deleted_at is None for each in call.emulator.services.values()):
        raise api_error.duplicate("service", name)  # Assumed: the status; it may be 400.


ROUTES: RouteTable = {
    "/service": {"GET": listing, "POST": create},
    "/service/search": {"GET": search},
    SERVICE_PATH: {"GET": read, "PUT": update, "DELETE": delete},
    f"{SERVICE_PATH}/details": {"GET": details},
    f"{SERVICE_PATH}/domain": {"GET": domains},
}
