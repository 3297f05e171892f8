"""Tokens as records: makes, finds and revokes them. User tokens and automation tokens differ in their form only."""

import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from . import api_error
from .calls import Call
from .keys import OWN_TOKEN_ID, SUPERUSER, TOKENS, digest_of
from .permissions import SCOPES
from .state import Record

_SECRET_BYTES = 24
"""Makes a token of 32 characters, as Fastly's are."""


def make(
    call: Call, user_id: str, name: str, *, role: str | None = None, tls_access: bool = False
) -> tuple[Record, str]:
    """Keeps a new token, and returns its record and the token itself, which is not kept."""
    now, secret = call.emulator.now(), secrets.token_urlsafe(_SECRET_BYTES)
    record: Record = {
        "id": call.emulator.new_id(),
        "user_id": user_id,
        "name": name,
        "scope": _scope(call),
        "services": _services(call),
        "role": role,
        "expires_at": _expiry(call),
        "created_at": now,
        "updated_at": now,
        "deleted_at": None,
        "last_used_at": None,
        "ip": None,
        "user_agent": None,
        "tls_access": tls_access,
        "digest": digest_of(secret),
    }
    call.emulator.records[TOKENS][record["id"]] = record
    call.emulator.record_changed()
    return record, secret


def living(call: Call, *, automation: bool) -> list[Record]:
    """All user tokens or all automation tokens that were not deleted; expired ones too (assumed)."""
    every = call.emulator.records[TOKENS].values()
    return [each for each in every if each["deleted_at"] is None and (each["role"] is not None) == automation]


def find(call: Call, identifier: str) -> Record:
    """A token that was not deleted. Only superusers find those of others."""
    record = call.emulator.records[TOKENS].get(identifier)
    is_visible = record is not None and (call.key.user_id == record["user_id"] or call.key.role == SUPERUSER)
    if record is None or not is_visible or record["deleted_at"] is not None:
        raise api_error.missing("Token", id=identifier)  # Assumed: the wording, after that of named objects.
    return record


def revoke(call: Call, identifiers: list[str]) -> None:
    """Deletes all of these tokens or, if one is not there, none; answers 204."""
    records = [find(call, identifier) for identifier in identifiers]
    if any(record["id"] == OWN_TOKEN_ID for record in records):
        # Assumed: everything. Fastly has no such key, and without it nobody could use the emulator.
        raise api_error.bad_request("The key that the emulator was started with cannot be deleted")
    for record in records:
        call.emulator.records[TOKENS][record["id"]] = record | {"deleted_at": call.emulator.now()}
    call.emulator.record_changed()
    call.status = HTTPStatus.NO_CONTENT


def first_service(record: Record) -> str | None:
    """``service_id`` of an answer."""
    # Assumed: the first one of several; recorded with one and with none.
    return record["services"][0] if record["services"] else None


def _scope(call: Call) -> str:
    scopes = str(call.sent.get("scope") or "global").split()
    if not scopes or not set(scopes) <= set(SCOPES):
        raise api_error.bad_request(f"Scope must be one of: {', '.join(SCOPES)}")  # Assumed: everything.
    return " ".join(scopes)


def _services(call: Call) -> list[str] | None:
    """The ids that were sent; None if there was no such field, as recorded."""
    sent: Any = call.sent.get("services")
    if sent is None:
        return None
    # The API's reference names a list and, for automation tokens, ids with spaces between them.
    identifiers = [str(each) for each in sent] if isinstance(sent, list) else str(sent).split()
    return [call.service(each).id for each in identifiers]  # Assumed: that they are checked.


def _expiry(call: Call) -> str | None:
    text = call.sent.get("expires_at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
        # Assumed: that a time in the past is taken. A test gets an expired token without waiting.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise api_error.bad_request(f"Invalid value for expires_at: '{text}'") from None  # Assumed: everything.
