"""Whose account it is: the customer, and the user to whom the API key belongs."""

from .state import Record

CUSTOMER_ID = "x4xCwxxJxGCx123Rx5xTx0"
"""The one account there is; the id is the one of the documents' examples, made 22 characters long."""

OWNER_ID = "4y5K5trZocEAQYkesWlk7M"


def owner() -> Record:
    """The user who is there from the start, as in a recording of ``GET /current_user`` (2022)."""
    return {
        "id": OWNER_ID,
        "customer_id": CUSTOMER_ID,
        "login": "owner@example.com",
        "name": "Owner",
        "role": "superuser",
        "limit_services": False,
        "locked": False,
        "require_new_password": False,
        "two_factor_auth_enabled": None,
        "last_active_at": "2024-01-01T00:00:00Z",
        "created_at": "2024-01-01T00:00:00Z",
        "updated_at": "2024-01-01T00:00:00Z",
        "deleted_at": None,
    }
