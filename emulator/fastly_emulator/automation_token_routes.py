"""Tokens of programs: each has a role of its own.

See auth-tokens/automation/ in https://www.fastly.com/documentation/reference/api/, recordings of the real API (2025) of
the list and of a delete, and Fastly's Go client.
"""

from typing import Any

from . import tokens
from .calls import PER_PAGE, Call, RouteTable, count_of
from .customer import CUSTOMER_ID
from .kinds import Field, created
from .state import Record

_FIELDS = (
    Field("name", required=True),
    # Assumed: that there is no default.
    Field("role", required=True, choices=frozenset({"billing", "engineer", "user"})),
    Field("tls_access", "bool", default=False, empty=False),
)


def listing(call: Call) -> Record:
    """Answers ``GET /automation-tokens``, in pages."""
    records = tokens.living(call, automation=True)
    page, size = count_of(call, "page", 1), count_of(call, "per_page", PER_PAGE)
    return {
        "data": [_shown(record) for record in records[(page - 1) * size : page * size]],
        "meta": {
            "per_page": size,
            "current_page": page,
            "record_count": len(records),
            "total_pages": max(1, -(-len(records) // size)),
        },
    }


def read(call: Call, identifier: str) -> Record:
    """Answers ``GET /automation-tokens/ID``."""
    return _shown(tokens.find(call, identifier))


def services(call: Call, identifier: str) -> dict[str, Any]:
    """Answers ``GET /automation-tokens/ID/services``."""
    return {"data": tokens.find(call, identifier)["services"] or []}  # Assumed: everything but its form.


def create(call: Call) -> Record:
    """Answers ``POST /automation-tokens``; the key's user is the creator."""
    # Assumed: that no POST /sudo is needed before; Fastly may ask for it.
    sent = created(_FIELDS, {each.name: each.default for each in _FIELDS}, call.sent)
    record, secret = tokens.make(call, call.key.user_id, sent["name"], role=sent["role"], tls_access=sent["tls_access"])
    return _shown(record) | {"access_token": secret}  # Assumed: that it is answered like one of the list.


def delete(call: Call, identifier: str) -> None:
    """Answers ``DELETE /automation-tokens/ID``."""
    tokens.revoke(call, [identifier])


def _shown(record: Record) -> Record:
    names = ("id", "name", "role", "ip", "user_agent", "services", "last_used_at", "created_at", "expires_at")
    return {
        **{name: record[name] for name in names},
        "creator_id": record["user_id"],
        "customer_id": CUSTOMER_ID,
        "access_token": "",
        "scopes": record["scope"],
        "service_id": tokens.first_service(record),
        "sudo_expires_at": None,
        "tls_access": record["tls_access"],
    }


ROUTES: RouteTable = {
    "/automation-tokens": {"GET": listing, "POST": create},
    "/automation-tokens/*": {"GET": read, "DELETE": delete},
    "/automation-tokens/*/services": {"GET": services},
}
