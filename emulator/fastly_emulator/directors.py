"""Which backends belong to a director.

See https://www.fastly.com/documentation/reference/api/load-balancing/directors/backend/
and recordings of the real API (2021-2022).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastly_emulator import errors, objects
from fastly_emulator.calls import OK
from fastly_emulator.kinds import KINDS
from fastly_emulator.kinds.origins import with_links

if TYPE_CHECKING:
    from fastly_emulator.calls import Call
    from fastly_emulator.state import Record, Service, Version

__all__ = ["link", "read", "unlink"]


def read(call: Call, service_id: str, number: str, director: str, backend: str) -> Record:
    """Answer `GET .../director/D/backend/B`."""
    service, version = call.version(service_id, number)
    return _shown(service, version, director, backend, _linked(service, version, director, backend))


def link(call: Call, service_id: str, number: str, director: str, backend: str) -> Record:
    """Answer `POST .../director/D/backend/B`."""
    service, version = call.draft(service_id, number)
    # Assumed: the refusals, after those of named objects.
    record = objects.find(KINDS["director"], service, version, director)
    objects.find(KINDS["backend"], service, version, backend)
    if backend in record["links"]:
        raise errors.duplicate("director_backend", backend)
    now = call.emulator.now()
    version.objects["director"][director] = with_links(record, {**record["links"], backend: now})
    call.emulator.changed(service, version)
    return _shown(service, version, director, backend, now)


def unlink(call: Call, service_id: str, number: str, director: str, backend: str) -> dict[str, str]:
    """Answer `DELETE .../director/D/backend/B`."""
    service, version = call.draft(service_id, number)
    _linked(service, version, director, backend)
    record = version.objects["director"][director]
    links = {name: made for name, made in record["links"].items() if name != backend}
    version.objects["director"][director] = with_links(record, links)
    call.emulator.changed(service, version)
    return OK


def _linked(service: Service, version: Version, director: str, backend: str) -> str:
    """Return when they were linked; a missing director is answered like a missing link, as recorded."""
    links: dict[str, str] = version.of("director").get(director, {}).get("links", {})
    if backend not in links:
        keys = {"backend": backend, "director": director, "service": service.id, "version": version.number}
        raise errors.missing("DirectorBackend", **keys)
    return links[backend]


def _shown(service: Service, version: Version, director: str, backend: str, made: str) -> Record:
    return {
        "backend_name": backend,
        "created_at": made,
        "deleted_at": None,
        "director_name": director,
        "service_id": service.id,
        "updated_at": made,
        "version": version.number,
    }
