"""User: a record, in no version."""

from .case import Case, Stages

_BOB = {"login": "bob@example.com", "name": "Bob"}

CASE = Case(
    kind="user",
    name="alice",
    named=False,
    arguments={},
    minimal={"login": "alice@example.com", "name": "Alice"},
    full={"login": "alice@example.com", "name": "Alice Jones", "role": "engineer", "limit_services": True},
    changed={"login": "alice@example.com", "name": "Alice Smith", "role": "billing"},
    variants=[Stages("bob", minimal=_BOB, full=_BOB, changed=_BOB)],
    taken=[{"login": "bob+cdn@example.com"}],
    refused=[
        ({"login": "alice"}, "login: login must be an e-mail address"),
        ({"name": ""}, "name: name is empty"),
        (
            {"role": "owner"},
            "role: role must be 'user', 'billing', 'engineer', 'superuser', 'tls_viewer' or 'tls_admin'",
        ),
    ],
    documented=(
        "id login name role limit_services customer_id require_new_password locked two_factor_auth_enabled "
        "last_active_at roles two_factor_setup_required created_at updated_at deleted_at"
    ),
    left_out={
        "roles": "ids of roles of Fastly's IAM, of which this package has none",
        **dict.fromkeys(
            (
                "customer_id",
                "require_new_password",
                "two_factor_auth_enabled",
                "two_factor_setup_required",
                "last_active_at",
            ),
            "set by Fastly",
        ),
    },
    record="user",
    answered={
        "customer_id": ...,
        "id": ...,
        "last_active_at": None,
        "limit_services": False,
        "locked": None,
        "require_new_password": None,
        "role": "user",
        "two_factor_auth_enabled": None,
    },
)
