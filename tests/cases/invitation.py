"""Invitation: a record that turns into a user. The API cannot change it."""

from .case import Case, Stages

_ERIN = {"email": "erin@example.com", "role": "billing"}

CASE = Case(
    kind="invitation",
    name="dave",
    named=False,
    arguments={},
    minimal={"email": "dave@example.com"},
    full={"email": "dave@example.com", "role": "engineer", "limit_services": True},
    changed={"email": "dave@example.com", "role": "tls_admin"},
    variants=[Stages("erin", minimal=_ERIN, full=_ERIN, changed=_ERIN)],
    taken=[{"email": "dave+cdn@example.com"}],
    refused=[
        ({"email": "dave"}, "email: email must be an e-mail address"),
        (
            {"role": "owner"},
            "role: role must be 'user', 'billing', 'engineer', 'superuser', 'tls_viewer' or 'tls_admin'",
        ),
    ],
    documented="id customer_id email role roles limit_services status_code created_at updated_at deleted_at",
    left_out={
        "roles": "ids of roles of Fastly's IAM, of which this package has none",
        **dict.fromkeys(("customer_id", "status_code"), "set by Fastly"),
    },
    record="invitations",
    answered={"customer_id": ..., "id": ..., "limit_services": False, "role": "user", "status_code": 1},
)
