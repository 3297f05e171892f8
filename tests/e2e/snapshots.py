"""What all services serve, to be compared after updates that were disturbed."""

from typing import Any

import httpx

from .harness import Emulator

COLLECTIONS = (
    *("acl", "backend", "condition", "dictionary", "director", "domain", "header", "healthcheck", "http3"),
    *("image_optimizer_default_settings", "logging/heroku", "rate-limiters", "response_object", "settings", "snippet"),
    "vcl",
)
"""What a test looks at in a version: lists, and what there is once or not at all."""
NOT_CONFIGURATION = {"id", "version", "service_id", "locked", "created_at", "updated_at", "deleted_at"}
"""Fields of an answer that may differ where the configuration is the same."""


def snapshot(emulator: Emulator) -> dict[str, Any]:
    """All services: what the active version of each serves, ids and times left out, and how often it was activated."""
    return {f"{row['name']}#{n}": _service(emulator, str(row["id"])) for n, row in enumerate(emulator.services())}


def _service(emulator: Emulator, service_id: str) -> dict[str, Any]:
    number = emulator.active(service_id)
    if number is None:
        return {}
    # Only an activation locks a version here.
    found: dict[str, Any] = {"activations": sum(bool(row["locked"]) for row in emulator.versions(service_id))}
    for collection in COLLECTIONS:
        answer = emulator.http.get(f"/service/{service_id}/version/{number}/{collection}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            continue
        rows = answer.raise_for_status().json()
        rows = rows if isinstance(rows, list) else [rows]
        for index, row in enumerate(rows):
            told = {key: value for key, value in row.items() if key not in NOT_CONFIGURATION}
            if collection == "dictionary":
                told["items"] = emulator.items(service_id, row["id"])
            if collection == "acl":
                told["entries"] = sorted(emulator.entries(service_id, row["id"]))
            # Numbered, so that one of the same name would show.
            name = f"{collection}/{row.get('name', '')}"
            found[name if name not in found else f"{name}#{index}"] = told
    return found
