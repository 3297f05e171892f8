"""The provider of records: what is replaced, what a refresh shows, and what a refused key is told."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.api import Forbidden
from pulumi_fastly_dynamic.engine import restore
from pulumi_fastly_dynamic.engine.provider import Provider

from .conftest import Api

ALICE = {"login": "alice@example.com", "name": "Alice"}
DAVE = {"email": "dave@example.com"}
LONDON = {"address_1": "1 Main Street", "country": "GB"}


def provider(kind: str) -> Provider:
    made = restore(kind, "org/project/stack")
    assert isinstance(made, Provider)
    return made


@pytest.mark.parametrize(
    ("kind", "old", "new", "replaces", "deletes_first"),
    [
        ("user", ALICE, {**ALICE, "name": "Alicia"}, [], False),
        ("user", ALICE, {**ALICE, "login": "a@example.com"}, ["login"], False),
        ("invitation", DAVE, {**DAVE, "role": "billing"}, ["role"], True),
        ("invitation", DAVE, {**DAVE, "limit_services": True}, ["limit_services"], True),
        ("invitation", DAVE, {"email": "d@example.com", "role": "billing"}, ["email", "role"], False),
        ("billing_address", LONDON, {**LONDON, "country": "IE"}, [], False),
        ("customer", {"name": "A", "phone_number": "1"}, {"name": "A"}, [], False),
    ],
)
def test_what_a_change_replaces(
    kind: str,
    old: dict[str, Any],
    new: dict[str, Any],
    replaces: list[str],
    deletes_first: bool,
) -> None:
    """An invitation of the same e-mail is cancelled before the next one is sent: two cannot be open at once."""
    found = provider(kind).diff("id", old, new)
    assert (found.changes is not False, found.replaces, found.delete_before_replace) == (True, replaces, deletes_first)


def test_a_refresh_shows_only_the_given_properties_of_the_account(api: Api) -> None:
    customer = provider("customer")
    made = customer.create({"name": "Example", "force_2fa": True})
    assert customer.read(made.id, made.outs).outs == {"name": "Example", "force_2fa": True}
    api.http.put(f"/customer/{made.id}", data={"force_2fa": "0", "phone_number": "1"}).raise_for_status()
    read = customer.read(made.id, made.outs)
    assert (read.id, read.inputs) == (made.id, {"name": "Example", "force_2fa": False})


@pytest.mark.parametrize(("kind", "inputs"), [("invitation", DAVE), ("billing_address", LONDON), ("user", ALICE)])
def test_a_record_that_somebody_deleted_is_gone(api: Api, kind: str, inputs: dict[str, Any]) -> None:
    made = provider(kind).create(inputs)
    if kind == "billing_address":
        url = f"/customer/{api.http.get('/current_customer').json()['id']}/billing_address"
    else:
        url = f"/{'user' if kind == 'user' else 'invitations'}/{made.id}"
    api.http.delete(url).raise_for_status()
    assert provider(kind).read(made.id, made.outs).id is None


OPERATIONS = [
    ("user", "create", "billing or superuser"),
    ("user", "read", "billing or superuser"),
    ("user", "update", "billing or superuser"),
    ("user", "delete", "billing or superuser"),
    ("invitation", "create", "billing or superuser"),
    ("invitation", "read", "billing or superuser"),
    ("invitation", "delete", "billing or superuser"),
    ("customer", "create", "superuser"),
    ("billing_address", "create", "billing or superuser"),
    ("billing_address", "read", "billing or superuser"),
    ("billing_address", "update", "billing or superuser"),
]


@pytest.mark.parametrize(("kind", "operation", "roles"), OPERATIONS)
def test_a_refused_key_is_told_the_role(api: Api, kind: str, operation: str, roles: str) -> None:
    api.http.post("/_emulator/faults", json={"status": 403, "times": 9}).raise_for_status()
    inputs = {"user": ALICE, "invitation": DAVE, "customer": {"name": "A"}, "billing_address": LONDON}[kind]
    changed = {"user": {**ALICE, "name": "B"}, "billing_address": {**LONDON, "country": "IE"}}.get(kind, inputs)
    calls = {
        "create": lambda: provider(kind).create(inputs),
        "read": lambda: provider(kind).read("ID", inputs),
        "update": lambda: provider(kind).update("ID", inputs, changed),
        "delete": lambda: provider(kind).delete("ID", inputs),
    }
    scope = "global or global:read" if operation == "read" else "global"
    need = f"this needs an API key with the scope {scope}, of a user with the role {roles}$"
    with pytest.raises(Forbidden, match=need):
        calls[operation]()
