"""Which backends belong to a director.

See https://www.fastly.com/documentation/reference/api/load-balancing/directors/backend/
and recordings of the real API (2021-2022).
"""

from . import api_error, object_routes
from .calls import OK, VERSION_PATH, Call, RouteTable
from .kinds import KINDS
from .kinds.origins import with_links
from .state import Record, Service, Version


def read(call: Call, service_id: str, number: str, director: str, backend: str) -> Record:
    """Answers ``GET .../director/D/backend/B``."""
    service, version = call.version(service_id, number)
    return _shown(service, version, director, backend, _linked(service, version, director, backend))


def link(call: Call, service_id: str, number: str, director: str, backend: str) -> Record:
    """Answers ``POST .../director/D/backend/B``."""
    service, version = call.draft(service_id, number)
    # Assumed: the refusals, after those of named objects.
    record = object_routes.find(KINDS["director"], service, version, director)
    object_routes.find(KINDS["backend"], service, version, backend)
    if backend in record["links"]:
        raise api_error.duplicate("director_backend", backend)
    now = call.emulator.now()
    version.objects["director"][director] = with_links(record, {**record["links"], backend: now})
    call.emulator.changed(service, version)
    return _shown(service, version, director, backend, now)


def unlink(call: Call, service_id: str, number: str, director: str, backend: str) -> dict[str, str]:
    """Answers ``DELETE .../director/D/backend/B``."""
    service, version = call.draft(service_id, number)
    _linked(service, version, director, backend)
    record = version.objects["director"][director]
    links = {name: made for name, made in record["links"].items() if name != backend}
    version.objects["director"][director] = with_links(record, links)
    call.emulator.changed(service, version)
    return OK


def _linked(service: Service, version: Version, director: str, backend: str) -> str:
    """Returns when they were linked; a missing director is answered like a missing link, as recorded."""
    links: dict[str, str] = version.of("director").get(director, {}).get("links", {})
    if backend not in links:
        keys = {"backend": backend, "director": director, "service": service.id, "version": version.number}
        raise api_error.missing("DirectorBackend", **keys)
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


ROUTES: RouteTable = {f"{VERSION_PATH}/director/*/backend/*": {"GET": read, "POST": link, "DELETE": unlink}}
