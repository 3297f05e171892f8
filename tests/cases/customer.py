"""Customer: the account, which is always there."""

from .case import Case

CASE = Case(
    kind="customer",
    name="account",
    named=False,
    arguments={},
    full={
        "name": "Example",
        "owner_id": "4y5K5trZocEAQYkesWlk7M",
        "billing_contact_id": "x9KzsrACXZv8tPwlEDsKb6",
        "legal_contact_id": "x9KzsrACXZv8tPwlEDsKb6",
        "security_contact_id": "x9KzsrACXZv8tPwlEDsKb6",
        "technical_contact_id": "x9KzsrACXZv8tPwlEDsKb6",
        "billing_ref": "PO 4711",
        "phone_number": "5555555550",
        "postal_address": "1 Main Street, London",
        "force_2fa": True,
        "force_sso": True,
        "ip_whitelist": "192.0.2.0/24",
    },
    changed={"name": "Example Ltd", "force_2fa": False, "force_sso": False},
    taken=[{"name": "x"}],
    refused=[({"name": ""}, "name: name is empty")],
    documented=(
        "id name owner_id billing_contact_id billing_network_type billing_ref can_configure_wordpress "
        "can_reset_passwords can_upload_vcl force_2fa force_sso has_account_panel has_improved_events "
        "has_improved_ssl_config has_openstack_logging has_pci has_pci_passwords ip_whitelist legal_contact_id "
        "phone_number postal_address pricing_plan pricing_plan_id readonly requires_support_email "
        "security_contact_id technical_contact_id created_at updated_at deleted_at"
    ),
    left_out={
        **dict.fromkeys(
            (
                "can_configure_wordpress",
                "can_reset_passwords",
                "can_upload_vcl",
                "has_improved_ssl_config",
                "has_pci_passwords",
                "readonly",
                "requires_support_email",
            ),
            "set by Fastly",
        ),
        **dict.fromkeys(
            (
                "billing_network_type",
                "has_account_panel",
                "has_improved_events",
                "has_openstack_logging",
                "has_pci",
                "pricing_plan",
                "pricing_plan_id",
            ),
            "what Fastly sells or grants to the account",
        ),
    },
    record="customer",
    answered={"id": ..., "force_2fa": False, "force_sso": False, "ip_whitelist": "0.0.0.0/0"},
)
