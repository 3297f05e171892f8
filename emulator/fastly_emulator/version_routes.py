"""Versions of a service and their settings.

See services/version/ and vcl-services/settings/ in https://www.fastly.com/documentation/reference/api/, and recordings
of the real API (2020-2026).
"""

from dataclasses import replace
from typing import Any

from . import api_error, vcl_checker
from .calls import SERVICE_PATH, VERSION_PATH, Call, RouteTable
from .kinds import KINDS, Field, coerce
from .object_routes import check_claim
from .state import Record, Service, Version

SETTINGS = (
    Field("general.default_host"),
    Field("general.default_ttl", "int", default=3600, empty=3600),
    Field("general.stale_if_error", "bool", default=False, empty=False),
    Field("general.stale_if_error_ttl", "int", default=43200, empty=43200),
)
"""What an update takes; ``general.default_pci`` is read-only in practice."""


def shown(service: Service, version: Version) -> Record:
    """A version as the API answers it; flags are false, never null."""
    return {
        "active": version.active,
        "comment": version.comment,
        "created_at": version.created_at,
        "deleted_at": None,
        "deployed": False,
        "environments": environments(service, version) if version.active else [],
        "locked": version.locked,
        "number": version.number,
        "service_id": service.id,
        "staging": False,
        "testing": False,
        "updated_at": version.updated_at,
    }


def environments(service: Service, version: Version) -> list[Record]:
    """Returns where the active version serves."""
    return [{"name": "production", "service_id": service.id, "active_version": version.number}]


def listing(call: Call, service_id: str) -> list[Record]:
    """Answers ``GET /service/ID/version``."""
    service = call.service(service_id)
    return [shown(service, version) for version in service.versions.values()]


def read(call: Call, service_id: str, number: str) -> Record:
    """Answers ``GET /service/ID/version/N``."""
    return shown(*call.version(service_id, number))


def create(call: Call, service_id: str) -> Record:
    """Answers ``POST /service/ID/version``: an empty version, of which only the number is told."""
    service = call.service(service_id)
    now = call.emulator.now()
    version = Version(service.last.number + 1, now, now, comment=_text(call, "comment"))
    service.versions[version.number] = version
    call.emulator.changed(service, version)
    told = {"number": version.number, "service_id": service.id}
    return told | {"comment": version.comment} if "comment" in call.sent else told


def clone(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT .../clone``: the next number, unlocked, inactive; comment and ``created_at`` are the source's."""
    service, source = call.version(service_id, number)
    copy = replace(
        source,
        number=service.last.number + 1,
        active=False,
        locked=False,
        settings=dict(source.settings),
        singletons=dict(source.singletons),
        objects={kind: _cloned(call, kind, records) for kind, records in source.objects.items()},
    )
    service.versions[copy.number] = copy
    call.emulator.changed(service, copy)
    return shown(service, copy)


def _cloned(call: Call, kind: str, records: dict[str, Record]) -> dict[str, Record]:
    if not KINDS[kind].by_id:
        return dict(records)
    return {name: {**record, "id": call.emulator.new_id()} for name, record in records.items()}


def update(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT /service/ID/version/N``: the comment, of a locked or active version too; nothing else is taken."""
    service, version = call.version(service_id, number)
    answer = shown(service, version)
    if "comment" in call.sent:
        answer["comment"] = version.comment = _text(call, "comment")
        call.emulator.changed(service, version)
    return answer


def lock(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT .../lock``."""
    service, version = call.version(service_id, number)
    answer = shown(service, version) | {"locked": True}
    version.locked = True
    call.emulator.changed(service, version)
    return answer


def activate(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT .../activate``. A locked older version is taken too: that is how one rolls back.

    ``environments`` and ``updated_at`` are as they were before.
    """
    service, version = call.version(service_id, number)
    report = vcl_checker.check(service, version)
    if report.errors:
        raise api_error.bad_request(report.text)
    for kind in KINDS.values():
        if kind.claims_name:
            for name in version.of(kind.path):
                check_claim(call, kind, service, name)  # Assumed: checked again here.
    answer = shown(service, version) | {"active": True, "locked": True, "msg": report.text or None}
    # Assumed: activating the active version is answered like any other, and changes nothing.
    if not version.active:
        before = service.active
        if before is not None:
            before.active = False
            call.emulator.changed(service, before)
        version.active = version.locked = True
        call.emulator.control.past.activated(service.id, before.number if before is not None else None)
        call.emulator.changed(service, version)
    return answer


def deactivate(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT .../deactivate``: it stays locked; ``environments`` is as it was before."""
    service, version = call.version(service_id, number)
    answer = shown(service, version) | {"active": False}
    # Assumed: deactivating an inactive version is answered like any other, and changes nothing.
    if version.active:
        version.active = False
        call.emulator.control.past.deactivated(service.id)
        call.emulator.changed(service, version)
    return answer


def validate(call: Call, service_id: str, number: str) -> dict[str, Any]:
    """Answers ``GET .../validate``; what is wrong is in ``msg`` alone."""
    report = vcl_checker.check(*call.version(service_id, number))
    status = "error" if report.errors else "ok"
    return {"status": status, "errors": [], "messages": [], "warnings": [], "msg": report.text or None}


def read_settings(call: Call, service_id: str, number: str) -> Record:
    """Answers ``GET .../settings``."""
    service, version = call.version(service_id, number)
    return {**version.settings, "service_id": service.id, "version": version.number}


def update_settings(call: Call, service_id: str, number: str) -> Record:
    """Answers ``PUT .../settings``."""
    service, version = call.draft(service_id, number)
    changes = {
        each.name: coerce(each, call.sent[each.name], stringly=False) for each in SETTINGS if each.name in call.sent
    }
    if changes:
        version.settings = {**version.settings, **changes}
        call.emulator.changed(service, version)
    return read_settings(call, service_id, number)


def _text(call: Call, name: str) -> str:
    value = call.sent.get(name)
    return "" if value is None else str(value)


ROUTES: RouteTable = {
    f"{SERVICE_PATH}/version": {"GET": listing, "POST": create},
    VERSION_PATH: {"GET": read, "PUT": update},
    f"{VERSION_PATH}/clone": {"PUT": clone},
    f"{VERSION_PATH}/activate": {"PUT": activate},
    f"{VERSION_PATH}/deactivate": {"PUT": deactivate},
    f"{VERSION_PATH}/lock": {"PUT": lock},
    f"{VERSION_PATH}/validate": {"GET": validate},
    f"{VERSION_PATH}/settings": {"GET": read_settings, "PUT": update_settings},
}
