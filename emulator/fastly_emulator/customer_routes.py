"""The account itself, and its billing address.

See account/customer/ and account/billing-address/ in https://www.fastly.com/documentation/reference/api/. Recordings
have none of it: fields and bodies are those of Fastly's Python client, statuses those of the documents of 2020.
"""

from functools import partial
from http import HTTPStatus
from typing import Any

from . import api_error, record_routes
from .calls import Call, RouteTable
from .customer import CUSTOMER_ID
from .kinds import Field
from .record_routes import RecordKind

CUSTOMER = RecordKind(
    "customer",
    "Customer",
    (
        *(Field(name) for name in ("name", "owner_id", "phone_number", "pricing_plan", "pricing_plan_id")),
        Field("ip_whitelist"),
        Field("billing_network_type", choices=frozenset({"public", "private"})),
        *(
            Field(name, default=None, empty=None)
            for name in (
                "billing_contact_id",
                "billing_ref",
                "legal_contact_id",
                "postal_address",
                "security_contact_id",
                "technical_contact_id",
            )
        ),
        *(
            Field(name, "bool", default=False, empty=False)
            for name in (
                "force_2fa",
                "force_sso",
                "has_account_panel",
                "has_improved_events",
                "has_openstack_logging",
                "has_pci",
            )
        ),
    ),
)

ADDRESS = RecordKind(
    "billing_address",
    "BillingAddress",
    (
        Field("address_1", required=True),  # Assumed: what is required; the client says which fields are never null.
        Field("country", required=True),
        *(Field(name, default=None, empty=None) for name in ("address_2", "city", "locality", "postal_code", "state")),
    ),
    body="json:api",
    type="billing_address",
    deletes_silently=True,
    extra={"customer_id": CUSTOMER_ID},
)


def current(call: Call) -> Any:
    """Answers ``GET /current_customer``."""
    return record_routes.read(CUSTOMER, call, CUSTOMER_ID)


def _address_id(call: Call, customer_id: str) -> str:
    call.check_customer(customer_id)
    for identifier in record_routes.all_of(ADDRESS, call.emulator):
        return identifier
    raise api_error.missing("BillingAddress", customer=customer_id)  # Assumed: everything.


def read_address(call: Call, customer_id: str) -> Any:
    """Answers ``GET /customer/ID/billing_address``."""
    return record_routes.read(ADDRESS, call, _address_id(call, customer_id))


def create_address(call: Call, customer_id: str) -> Any:
    """Answers ``POST /customer/ID/billing_address``."""
    call.check_customer(customer_id)
    if record_routes.all_of(ADDRESS, call.emulator):
        raise api_error.duplicate(ADDRESS.type, customer_id)  # Assumed: everything.
    made = record_routes.create(ADDRESS, call)
    call.status = HTTPStatus.CREATED
    return made


def update_address(call: Call, customer_id: str) -> Any:
    """Answers ``PATCH /customer/ID/billing_address``."""
    # Assumed: 200 with the address, without which Fastly's Python client fails; the documents of 2020 say 204.
    return record_routes.update(ADDRESS, call, _address_id(call, customer_id))


def delete_address(call: Call, customer_id: str) -> Any:
    """Answers ``DELETE /customer/ID/billing_address``."""
    return record_routes.delete(ADDRESS, call, _address_id(call, customer_id))


ROUTES: RouteTable = {
    "/current_customer": {"GET": current},
    "/customer/*": {
        "GET": partial(record_routes.read, CUSTOMER),
        "PUT": partial(record_routes.update, CUSTOMER),
    },
    "/customer/*/billing_address": {
        "GET": read_address,
        "POST": create_address,
        "PATCH": update_address,
        "DELETE": delete_address,
    },
}
