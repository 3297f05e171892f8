"""Invitations to join the account: today's paths, which take JSON:API, and those of the documents of 2020.

See account/invitations/ in https://www.fastly.com/documentation/reference/api/; recordings have none of it.
"""

from functools import partial
from typing import Any

from . import record_routes
from .calls import Call, RouteTable
from .customer import CUSTOMER_ID
from .emulator import Emulator
from .kinds import Field
from .record_routes import RecordKind
from .state import Record
from .user_routes import ROLES, USER

INVITATION = RecordKind(
    # Assumed: that a second invitation of the same e-mail is taken.
    "invitations",
    "Invitation",
    (
        Field("email", required=True),
        Field("role", default="user", empty="user", choices=ROLES),
        Field("limit_services", "bool", default=False, empty=False),
    ),
    body="json:api",
    type="invitation",
    deletes_silently=True,
    extra={"customer_id": CUSTOMER_ID, "status_code": 1},
)
OLD_FORM = RecordKind(
    INVITATION.path, INVITATION.class_name, INVITATION.fields, type=INVITATION.type, extra=INVITATION.extra
)
"""The same invitations, as the old paths take and answer them."""


def open_ones(call: Call) -> dict[str, Any]:
    """Answers ``GET /invitation``."""
    rows = record_routes.all_of(INVITATION, call.emulator).values()
    return {
        "open_invitations": [row for row in rows if row["status_code"]],
        "permissible_roles": ["superuser", "engineer", "billing", "user"],
    }


def cancel(call: Call, identifier: str) -> Record:
    """Answers ``PUT /invitation/ID/cancel``."""
    return _close(call.emulator, record_routes.find(INVITATION, call, identifier))


def accept(emulator: Emulator, email: str) -> Record | None:
    """Makes the person of an open invitation a user; ``None`` if there is no such invitation."""
    for row in record_routes.all_of(INVITATION, emulator).values():
        if row["email"] == email and row["status_code"]:
            _close(emulator, row)
            given = {"login": email, "name": email, "role": row["role"], "limit_services": row["limit_services"]}
            return record_routes.add(USER, emulator, given)
    return None


def _close(emulator: Emulator, row: Record) -> Record:
    closed = {**row, "status_code": 0, "updated_at": emulator.now()}
    emulator.records[INVITATION.path][row["id"]] = closed
    emulator.record_changed()
    return closed


ROUTES: RouteTable = {
    # Assumed: that the list has those that are not open too, with `status_code` 0; the client has both values.
    "/invitations": {
        "GET": partial(record_routes.listing, INVITATION),
        "POST": partial(record_routes.create, INVITATION),
    },
    "/invitations/*": {"DELETE": partial(record_routes.delete, INVITATION)},
    "/invitation": {"GET": open_ones, "POST": partial(record_routes.create, OLD_FORM)},
    "/invitation/*/cancel": {"PUT": cancel},
}
