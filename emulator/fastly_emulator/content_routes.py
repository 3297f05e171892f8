"""The content of dynamic snippets, which has no version.

See https://www.fastly.com/documentation/reference/api/vcl-services/snippet/ and recordings of the real API (2020-2026).
"""

from . import api_error
from .calls import SERVICE_PATH, Call, RouteTable
from .state import Record, Service


def read(call: Call, service_id: str, snippet_id: str) -> Record:
    """Answers ``GET /service/ID/snippet/ID``."""
    service = call.service(service_id)
    return _shown_content(service, snippet_id, _find_content(service, snippet_id))


def update(call: Call, service_id: str, snippet_id: str) -> Record:
    """Answers ``PUT /service/ID/snippet/ID``; ``updated_at`` is the one before this update."""
    service = call.service(service_id)
    record = dict(_find_content(service, snippet_id))
    if "content" in call.sent:
        record["content"] = str(call.sent["content"] or "")
        service.contents[snippet_id] = {**record, "updated_at": call.emulator.now()}
        call.emulator.changed(service)
    return _shown_content(service, snippet_id, record)


def _find_content(service: Service, snippet_id: str) -> Record:
    record = service.contents.get(snippet_id)
    if record is None:
        # Assumed: the keys that are listed.
        raise api_error.missing("Snippet", id=snippet_id, service=service.id)
    return record


def _shown_content(service: Service, snippet_id: str, record: Record) -> Record:
    return {**record, "service_id": service.id, "snippet_id": snippet_id}


ROUTES: RouteTable = {f"{SERVICE_PATH}/snippet/*": {"GET": read, "PUT": update}}
