"""Whose account it is: the customer, and the user to whom the API key belongs."""

from .state import Record

CUSTOMER_ID = "x4xCwxxJxGCx123Rx5xTx0"
"""The one account there is; the id is the one of the documents' examples, made 22 characters long."""

OWNER_ID = "4y5K5trZocEAQYkesWlk7M"


def customer() -> Record:
    """The account from the start, as in the documents' example of ``GET /current_customer``."""
    return {
        "id": CUSTOMER_ID,
        "name": "Test Account",
        "owner_id": OWNER_ID,
        "billing_contact_id": None,
        "billing_network_type": "public",
        "billing_ref": None,
        "can_configure_wordpress": None,
        "can_reset_passwords": True,
        "can_upload_vcl": True,
        "force_2fa": False,
        "force_sso": False,
        "has_account_panel": True,
        "has_improved_events": False,
        "has_improved_ssl_config": True,
        "has_openstack_logging": True,
        "has_pci": False,
        "has_pci_passwords": True,
        "ip_whitelist": "0.0.0.0/0",
        "legal_contact_id": None,
        "phone_number": "5555555559",
        "postal_address": "",
        "pricing_plan": "customer",
        "pricing_plan_id": "5PMLv2VdXE8xNbMCm9xayC",
        "readonly": False,
        "requires_support_email": False,
        "security_contact_id": None,
        "technical_contact_id": None,
        "created_at": "2024-01-01T00:00:00Z",
        "updated_at": "2024-01-01T00:00:00Z",
        "deleted_at": None,
    }


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
