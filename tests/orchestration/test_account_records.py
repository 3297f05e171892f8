"""Records of which an account has one, and those that turn into others: on the emulator, without Pulumi."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api import Forbidden, NotFound
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import RecordExists, RecordStore
from pulumi_fastly_dynamic.schema import KINDS, Values
from typing_extensions import override

from .conftest import Stack

DAVE = {"email": "dave@example.com", "role": "engineer"}
LONDON = {"address_1": "1 Main Street", "city": "London", "country": "GB"}
CUSTOMER = "/customer/x4xCwxxJxGCx123Rx5xTx0"
ADDRESS = f"{CUSTOMER}/billing_address"


def values(kind: str, inputs: Mapping[str, Any]) -> Values:
    return KINDS[kind].from_inputs(inputs)


def calls(stack: Stack) -> list[str]:
    return [f"{row['method']} {row['path']}" for row in stack.emulator.control.log]


def open_invitations(stack: Stack) -> list[str]:
    return [row["email"] for row in stack.http.get("/invitation").json()["open_invitations"]]


def accept(stack: Stack) -> None:
    stack.http.post("/_emulator/invitations", json={"email": DAVE["email"]}).raise_for_status()


def logins(stack: Stack) -> list[str]:
    return [row["login"] for row in stack.http.get(f"{CUSTOMER}/users").json()]


def document(**attributes: Any) -> dict[str, Any]:
    return {"data": {"type": "billing_address", "attributes": attributes}}


# -------------------------------------------------------------------- invitations


@pytest.fixture
def invitations(stack: Stack) -> RecordStore:
    return RecordStore(stack.connect(), KINDS["invitation"])


def test_an_invitation(stack: Stack, invitations: RecordStore) -> None:
    wanted = values("invitation", DAVE)
    made = invitations.create(wanted)
    assert made.values == wanted
    assert invitations.read(made.id, wanted) == made
    assert open_invitations(stack) == ["dave@example.com"]
    invitations.delete(made.id)
    assert open_invitations(stack) == []
    invitations.delete(made.id)
    assert invitations.read(made.id, wanted) is None


def test_one_that_was_accepted_is_as_it_was(stack: Stack, invitations: RecordStore) -> None:
    wanted = values("invitation", DAVE)
    made = invitations.create(wanted)
    accept(stack)
    assert invitations.read(made.id, wanted) == made
    stack.clear()
    invitations.delete(made.id)
    assert not [call for call in calls(stack) if call.startswith("DELETE")]
    assert logins(stack) == ["owner@example.com", "dave@example.com"]


def test_one_of_a_user_who_was_deleted_is_gone(stack: Stack, invitations: RecordStore) -> None:
    wanted = values("invitation", DAVE)
    made = invitations.create(wanted)
    accept(stack)
    (user,) = (row for row in stack.http.get(f"{CUSTOMER}/users").json() if row["login"] == DAVE["email"])
    stack.http.delete(f"/user/{user['id']}").raise_for_status()
    assert invitations.read(made.id, wanted) is None


@pytest.mark.parametrize("how", ["by today's path", "by the old path"])
def test_one_that_somebody_cancelled_is_gone(stack: Stack, invitations: RecordStore, how: str) -> None:
    wanted = values("invitation", DAVE)
    made = invitations.create(wanted)
    if how == "by today's path":
        stack.http.delete(f"/invitations/{made.id}").raise_for_status()
    else:
        stack.http.put(f"/invitation/{made.id}/cancel").raise_for_status()
    assert invitations.read(made.id, wanted) is None
    assert invitations.create(wanted).id != made.id


def test_an_open_one_is_not_taken_over(stack: Stack, invitations: RecordStore) -> None:
    invitations.create(values("invitation", DAVE))
    with pytest.raises(RecordExists, match=r"Invitation 'dave@example.com' exists already \(id \w+\), and this stack"):
        invitations.create(values("invitation", DAVE))
    assert open_invitations(stack) == ["dave@example.com"]


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_lost_answer_sends_no_second_mail(stack: Stack, invitations: RecordStore, drop: str) -> None:
    stack.fault(method="POST", path="/invitations", drop=drop)
    made = invitations.create(values("invitation", DAVE))
    assert open_invitations(stack) == ["dave@example.com"]
    assert invitations.read(made.id, made.values) == made


# -------------------------------------------------------------------- the billing address


@pytest.fixture
def addresses(stack: Stack) -> RecordStore:
    return RecordStore(stack.connect(), KINDS["billing_address"])


def test_the_billing_address(stack: Stack, addresses: RecordStore) -> None:
    london, paris = values("billing_address", LONDON), values("billing_address", {**LONDON, "city": "Paris"})
    made = addresses.create(london)
    assert made.values == london
    assert addresses.read(made.id, london) == made
    stack.clear()
    addresses.update(made.id, london, {**paris, "city": None})
    assert [row["method"] for row in stack.emulator.control.log] == ["PATCH"]
    assert stack.http.get(ADDRESS).json()["data"]["attributes"]["city"] is None
    addresses.delete(made.id)
    addresses.delete(made.id)
    assert addresses.read(made.id, london) is None


def test_an_address_that_somebody_else_wrote_anew_is_read_with_its_id(stack: Stack, addresses: RecordStore) -> None:
    wanted = values("billing_address", LONDON)
    made = addresses.create(wanted)
    stack.http.delete(ADDRESS).raise_for_status()
    theirs = stack.http.post(ADDRESS, json=document(**LONDON)).json()["data"]["id"]
    found = addresses.read(made.id, wanted)
    assert found is not None
    assert (found.id, found.values) == (theirs, wanted)


@pytest.mark.parametrize("theirs", [LONDON, {"address_1": "2 Main Street", "country": "US"}], ids=["equal", "another"])
def test_an_address_that_is_there_is_not_taken_over(
    stack: Stack, addresses: RecordStore, theirs: dict[str, Any]
) -> None:
    stack.http.post(ADDRESS, json=document(**theirs)).raise_for_status()
    with pytest.raises(RecordExists, match=r"^BillingAddress exists already \(id \w+\), and this stack did not"):
        addresses.create(values("billing_address", LONDON))


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_lost_answer_to_the_address(stack: Stack, addresses: RecordStore, drop: str) -> None:
    stack.fault(method="POST", path=ADDRESS, drop=drop)
    made = addresses.create(values("billing_address", LONDON))
    assert addresses.read(made.id, made.values) == made


# -------------------------------------------------------------------- the account itself


@pytest.fixture
def customers(stack: Stack) -> RecordStore:
    return RecordStore(stack.connect(), KINDS["customer"])


def test_only_given_properties_of_the_account_are_managed(stack: Stack, customers: RecordStore) -> None:
    before = stack.http.get("/current_customer").json()
    stack.clear()
    wanted = values("customer", {"name": "Example", "force_2fa": False})
    made = customers.create(wanted)
    assert calls(stack) == ["GET /current_customer", f"PUT {CUSTOMER}"]
    assert [*stack.emulator.control.log][-1]["form"] == {"name": "Example"}, "force_2fa is off already"
    assert customers.read(made.id, wanted) == type(made)(before["id"], wanted)
    stack.http.put(CUSTOMER, data={"phone_number": "1"}).raise_for_status()
    assert customers.read(made.id, wanted) == type(made)(before["id"], wanted)
    stack.http.put(CUSTOMER, data={"name": "Theirs"}).raise_for_status()
    found = customers.read(made.id, wanted)
    assert found is not None
    assert found.values == {**wanted, "name": "Theirs"}


def test_a_property_that_is_no_longer_given_stays_as_it_is(stack: Stack, customers: RecordStore) -> None:
    wanted = values("customer", {"name": "Example", "phone_number": "1"})
    made = customers.create(wanted)
    stack.clear()
    customers.update(made.id, wanted, values("customer", {"name": "Example"}))
    customers.delete(made.id)
    assert calls(stack) == []
    customers.update(made.id, values("customer", {"name": "Example"}), values("customer", {"name": "New"}))
    assert [row["form"] for row in stack.emulator.control.log] == [{"name": "New"}]
    assert stack.http.get("/current_customer").json()["phone_number"] == "1"


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({"name": "Example", "phone_number": "2"}, ""),
        ({"name": "Example", "phone_number": "1", "billing_ref": "7"}, ""),
        ({"name": "Example"}, "phone_number"),
        ({"billing_ref": "7"}, "name, phone_number"),
        ({}, "name, phone_number, force_2fa"),
    ],
)
def test_what_is_left_is_told(
    customers: RecordStore, capsys: pytest.CaptureFixture[str], wanted: dict[str, Any], left: str
) -> None:
    before = {"name": "Example", "phone_number": "1"} | ({} if wanted else {"force_2fa": False})
    made = customers.create(values("customer", before))
    assert capsys.readouterr().out == ""
    customers.update(made.id, values("customer", before), values("customer", wanted))
    told = f"Customer: no longer in the program, but left as it is at Fastly: {left}\n" if left else ""
    assert capsys.readouterr().out == told


def test_a_key_without_an_account(stack: Stack, customers: RecordStore) -> None:
    stack.fault(method="GET", path="/current_customer", status=404)
    with pytest.raises(NotFound, match="GET /current_customer: 404"):
        customers.create(values("customer", {"name": "Example"}))


def test_an_account_that_is_as_declared_is_not_written(stack: Stack, customers: RecordStore) -> None:
    customers.create(values("customer", {"phone_number": "5555555559"}))
    assert calls(stack) == ["GET /current_customer"]


# -------------------------------------------------------------------- killed at each call of a create


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Killing(httpx.BaseTransport):
    """Ends the process at one of its calls, before the call has its effect or after it."""

    inner: InProcessTransport
    at: int
    moment: str
    seen: int = 0

    @override
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen += 1
        if self.seen != self.at:
            return self.inner.handle_request(request)
        if self.moment == "after":
            self.inner.handle_request(request)
        raise Killed


CREATES = {
    "user": ({"login": "alice@example.com", "name": "Alice"}, 1, ["POST"]),
    "invitation": (DAVE, 4, ["GET", "GET", "GET", "POST"]),
    "billing_address": (LONDON, 3, ["GET", "GET", "POST"]),
    "customer": ({"name": "Example"}, 2, ["GET", "PUT"]),
}
"""By kind: inputs, the number of calls of a create, and their methods."""


def killed_at(stack: Stack, at: int, moment: str) -> Client:
    inner = stack.http._transport
    assert isinstance(inner, InProcessTransport)
    transport = Killing(inner, at, moment)
    return Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)


@pytest.mark.parametrize("kind", CREATES)
def test_calls_of_a_create(stack: Stack, kind: str) -> None:
    inputs, _, methods = CREATES[kind]
    RecordStore(stack.connect(), KINDS[kind]).create(values(kind, inputs))
    assert [row["method"] for row in stack.emulator.control.log] == methods


@pytest.mark.parametrize(
    ("kind", "at", "moment"),
    [
        (kind, at, moment)
        for kind, (_, count, _) in CREATES.items()
        for at in range(1, count + 1)
        for moment in ("before", "after")
    ],
)
def test_a_create_that_is_killed(stack: Stack, kind: str, at: int, moment: str) -> None:
    """The next one succeeds, or says that the record is there: nothing is written twice."""
    inputs, count, _ = CREATES[kind]
    wanted, client = values(kind, inputs), killed_at(stack, at, moment)
    with pytest.raises(Killed):
        RecordStore(client, KINDS[kind]).create(wanted)
    client.close()
    again = RecordStore(stack.connect(), KINDS[kind])
    if (at, moment) == (count, "after") and kind != "customer":
        with pytest.raises(RecordExists, match="or was stopped right after"):
            again.create(wanted)
    else:
        made = again.create(wanted)
        assert again.read(made.id, wanted) == type(made)(made.id, wanted)
    assert open_invitations(stack) == ["dave@example.com"] * (kind == "invitation")


# -------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("user", "billing or superuser"),
        ("invitation", "billing or superuser"),
        ("customer", "superuser"),
        ("billing_address", "billing or superuser"),
    ],
)
def test_a_refused_key_names_the_scope_and_role_that_are_needed(kind: str, roles: str) -> None:
    error = Forbidden("GET", "/x", 403, "Forbidden", "check the role")
    need = f"this needs an API key with the scope global, of a user with the role {roles}"
    assert str(error.naming(KINDS[kind].roles)) == f"GET /x: 403 Forbidden: check the role; {need}"
    assert str(Forbidden("POST", "/x", 403, "Forbidden").naming(KINDS[kind].roles)).endswith(f"Forbidden: {need}")
    need = f"this needs an API key with the scope global or global:read, of a user with the role {roles}"
    assert str(error.naming(KINDS[kind].roles, only_reads=True)).endswith(f"; {need}")


def test_kinds_of_a_service_name_no_role() -> None:
    error = Forbidden("POST", "/x", 403, "Forbidden")
    assert error.naming(KINDS["backend"].roles) is error
