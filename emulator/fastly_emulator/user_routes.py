"""Users of the account.

See account/user/ and account/customer/ in https://www.fastly.com/documentation/reference/api/, and recordings of the
real API (2022), whose new users have nulls for flags.
"""

from functools import partial
from typing import Any

from . import api_error, record_routes
from .calls import Call, RouteTable
from .customer import CUSTOMER_ID, OWNER_ID
from .kinds import Field
from .record_routes import RecordKind

ROLES = frozenset({"user", "billing", "engineer", "superuser", "tls_viewer", "tls_admin"})

USER = RecordKind(
    "user",
    "User",
    (
        # Assumed: that a login cannot be changed; no client of Fastly's sends it in an update.
        Field("login", required=True, unchangeable="Cannot change login"),
        Field("name"),
        # Assumed: the role when left out; it is what the documents' example shows.
        Field("role", default="user", empty="user", choices=ROLES),
        Field("limit_services", "bool", default=False, empty=False),
    ),
    type="user",
    unique="login",
    deletes_again=True,
    extra={
        "customer_id": CUSTOMER_ID,
        "last_active_at": None,
        "locked": None,
        "require_new_password": None,
        "two_factor_auth_enabled": None,
    },
)


def of_customer(call: Call, customer_id: str) -> Any:
    """Answers ``GET /customer/ID/users``: all users."""
    call.check_customer(customer_id)
    # Assumed: that pages are ignored; neither the documents nor Fastly's clients have parameters for them.
    return list(record_routes.all_of(USER, call.emulator).values())


def current(call: Call) -> Any:
    """Answers ``GET /current_user``: the user of the key; of an automation token the one who created it (assumed)."""
    return record_routes.read(USER, call, call.key.user_id)


def delete(call: Call, user_id: str) -> Any:
    """Answers ``DELETE /user/ID``."""
    if user_id in (OWNER_ID, call.key.user_id):
        raise api_error.bad_request("Cannot delete the current user")  # Assumed: everything.
    return record_routes.delete(USER, call, user_id)


ROUTES: RouteTable = {
    "/user": {"POST": partial(record_routes.create, USER)},
    "/user/*": {"GET": partial(record_routes.read, USER), "PUT": partial(record_routes.update, USER), "DELETE": delete},
    "/customer/*/users": {"GET": of_customer},
    "/current_user": {"GET": current},
}
