"""Records of the account on the real CLI: created, changed, drifted, removed by others, destroyed, killed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .gated import GatedStack, prepare
from .harness import Stack
from .lifecycle import NO_DRIFT, NOTHING, REFRESH, Step, live

ACCOUNT = "/customer/x4xCwxxJxGCx123Rx5xTx0"
ADDRESS = f"{ACCOUNT}/billing_address"
DESTROY = Step(command=("destroy", "--skip-preview"))


def send(method: str, path: str, **form: Any) -> Callable[[Stack], object]:
    """What another client does."""
    return lambda stack: stack.emulator.send(method, path, **form)


def user(**arguments: Any) -> str:
    return f"fastly.User('alice', **{ ({'login': 'alice@example.com', 'name': 'Alice'} | arguments)!r})\n"


def invitation(**arguments: Any) -> str:
    return f"fastly.Invitation('dave', **{ ({'email': 'dave@example.com'} | arguments)!r})\n"


def address(**arguments: Any) -> str:
    given = {"address_1": "1 Main Street", "city": "London", "country": "GB"} | arguments
    return f"fastly.BillingAddress('address', **{given!r})\n"


def customer(**arguments: Any) -> str:
    return f"fastly.Customer('account', **{arguments!r})\n"


# -------------------------------------------------------------------- what the account holds


def users(stack: Stack) -> dict[str, dict[str, Any]]:
    rows = {row["login"]: row for row in stack.emulator.get(f"{ACCOUNT}/users")}
    return {login: row for login, row in rows.items() if login != "owner@example.com"}


def invited(stack: Stack) -> dict[str, str]:
    """Roles of open invitations by e-mail; each person has one at the most."""
    rows = stack.emulator.get("/invitation")["open_invitations"]
    found = {row["email"]: row["role"] for row in rows}
    assert len(found) == len(rows)
    return found


def has_address(**wanted: Any) -> Callable[[Stack], None]:
    def check(stack: Stack) -> None:
        answer = stack.emulator.http.get(ADDRESS)
        found = answer.json()["data"]["attributes"] if answer.is_success else {}
        assert {name: found.get(name) for name in wanted} == wanted
        assert bool(found) is bool(wanted)

    return check


def has_account(**wanted: Any) -> Callable[[Stack], None]:
    def check(stack: Stack) -> None:
        found = stack.emulator.get("/current_customer")
        assert {name: found[name] for name in wanted} == wanted

    return check


def has_users(**roles: str) -> Callable[[Stack], None]:
    def check(stack: Stack) -> None:
        assert {row["name"]: row["role"] for row in users(stack).values()} == roles

    return check


def has_invited(**roles: str) -> Callable[[Stack], None]:
    def check(stack: Stack) -> None:
        assert invited(stack) == {f"{name}@example.com": role for name, role in roles.items()}

    return check


def delete_user(stack: Stack) -> None:
    (row,) = users(stack).values()
    stack.emulator.send("DELETE", f"/user/{row['id']}")


def change_user(stack: Stack) -> None:
    (row,) = users(stack).values()
    stack.emulator.send("PUT", f"/user/{row['id']}", role="superuser")


def cancel(stack: Stack) -> None:
    (row,) = stack.emulator.get("/invitation")["open_invitations"]
    stack.emulator.send("PUT", f"/invitation/{row['id']}/cancel")


def accept(stack: Stack) -> None:
    stack.emulator.http.post("/_emulator/invitations", json={"email": "dave@example.com"}).raise_for_status()


def delete_address(stack: Stack) -> None:
    stack.emulator.http.delete(ADDRESS).raise_for_status()


def replace_address(stack: Stack) -> None:
    attributes = stack.emulator.get(ADDRESS)["data"]["attributes"]
    delete_address(stack)
    body = {"data": {"type": "billing_address", "attributes": attributes}}
    stack.emulator.http.post(ADDRESS, json=body).raise_for_status()


def move_address(stack: Stack) -> None:
    body = {"data": {"type": "billing_address", "attributes": {"city": "Paris"}}}
    stack.emulator.http.patch(ADDRESS, json=body).raise_for_status()


# -------------------------------------------------------------------- lifecycles


def test_a_user_comes_changes_drifts_and_goes(stack: Stack) -> None:
    live(
        stack,
        Step(user(), writes=["POST user"], check=has_users(Alice="user")),
        NO_DRIFT,
        Step(user(role="engineer", limit_services=True), writes=1, check=has_users(Alice="engineer")),
        NO_DRIFT,
        Step(command=REFRESH, other=change_user, writes=1, check=has_users(Alice="engineer")),
        Step(command=REFRESH, other=delete_user, writes=["POST user"], check=has_users(Alice="engineer")),
        NO_DRIFT,
        Step(command=DESTROY.command, check=has_users()),
    )


def test_an_invitation_comes_changes_is_cancelled_and_goes(stack: Stack) -> None:
    live(
        stack,
        Step(invitation(), writes=["POST invitations"], check=has_invited(dave="user")),
        NO_DRIFT,
        Step(invitation(role="engineer"), writes=2, check=has_invited(dave="engineer")),
        NO_DRIFT,
        Step(command=REFRESH, other=cancel, writes=["POST invitations"], check=has_invited(dave="engineer")),
        NO_DRIFT,
        Step(command=DESTROY.command, writes=1, check=has_invited()),
    )


def test_an_invitation_that_was_accepted(stack: Stack) -> None:
    """It is no drift, it is not sent again, and the user stays."""
    live(
        stack,
        Step(invitation(role="engineer"), check=has_invited(dave="engineer")),
        Step(command=NO_DRIFT.command, other=accept, writes=0, check=has_invited()),
        NOTHING,
        Step(
            command=DESTROY.command,
            writes=0,
            check=has_users(**{"dave@example.com": "engineer"}),
        ),
    )


def test_the_role_changes_after_an_invitation_was_accepted(stack: Stack) -> None:
    """The update fails, and the next one with the old role succeeds, as does one after the user changed."""
    as_invited = "no invitation is sent, because this person is already a user as invited"
    live(
        stack,
        Step(invitation(role="engineer"), check=has_invited(dave="engineer")),
        Step(invitation(role="billing"), other=accept, writes=0, fails="with role='engineer': set that in the program"),
        Step(invitation(role="engineer"), writes=0, says=as_invited),
        NO_DRIFT,
        Step(invitation(role="superuser"), writes=0, fails="with role='engineer'"),
        Step(other=change_user, writes=0, says=as_invited),
        Step(command=DESTROY.command, writes=0, check=has_users(**{"dave@example.com": "superuser"})),
    )


def test_a_billing_address_comes_changes_drifts_and_goes(stack: Stack) -> None:
    live(
        stack,
        Step(address(), writes=1, check=has_address(city="London", country="GB")),
        NO_DRIFT,
        Step(address(city="Leeds", postal_code="LS1 1BA"), writes=1, check=has_address(city="Leeds")),
        Step(address(city="Leeds"), writes=1, check=has_address(city="Leeds", postal_code=None)),
        NO_DRIFT,
        Step(command=REFRESH, other=move_address, writes=1, check=has_address(city="Leeds")),
        Step(command=REFRESH, other=delete_address, writes=1, check=has_address(city="Leeds")),
        NO_DRIFT,
        Step(command=REFRESH, other=replace_address, writes=0, check=has_address(city="Leeds")),
        NO_DRIFT,
        Step(address(city="York"), writes=1, check=has_address(city="York")),
        Step(command=DESTROY.command, writes=1, check=has_address()),
    )


def test_the_account_is_adopted_changed_and_left(stack: Stack) -> None:
    live(
        stack,
        Step(customer(name="Example", phone_number="1"), writes=1, check=has_account(name="Example")),
        NO_DRIFT,
        Step(customer(name="Example Ltd", phone_number="1"), writes=1, check=has_account(name="Example Ltd")),
        Step(
            command=REFRESH,
            other=send("PUT", ACCOUNT, name="Theirs", billing_ref="theirs"),
            writes=1,
            check=has_account(name="Example Ltd", billing_ref="theirs"),
        ),
        Step(
            customer(name="Example Ltd"),
            writes=0,
            says="Customer: no longer in the program, but left as it is at Fastly: phone_number",
            check=has_account(phone_number="1"),
        ),
        NO_DRIFT,
        Step(command=DESTROY.command, writes=0, check=has_account(name="Example Ltd", phone_number="1")),
    )


# -------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("program", "role"),
    [(invitation(), "billing or superuser"), (customer(name="x"), "superuser"), (address(), "billing or superuser")],
    ids=["invitation", "customer", "address"],
)
def test_a_key_that_may_not(stack: Stack, program: str, role: str) -> None:
    stack.emulator.fault("*", "*", status=403, times=9)
    result = stack.up(program)
    assert not result.ok
    need = f"this needs an API key with the scope global, of a user with the role {role}"
    assert need in " ".join(result.output.split())


def test_an_invitation_of_somebody_else_is_not_taken_over(stack: Stack) -> None:
    stack.emulator.send("POST", "/invitation", email="dave@example.com")
    result = stack.up(invitation())
    assert not result.ok
    assert "RecordExists: Invitation 'dave@example.com' exists already" in " ".join(result.output.split())
    assert not result.writes


# -------------------------------------------------------------------- killed


@pytest.fixture
def gated(tmp_path: Path):  # type: ignore[no-untyped-def]
    with prepare(tmp_path) as stack:
        yield stack


@pytest.mark.parametrize(
    ("program", "call", "moment", "refused"),
    [
        (invitation(), "GET /invitations", "before", ""),
        (invitation(), "POST /invitations", "before", ""),
        (invitation(), "POST /invitations", "after", "Invitation 'dave@example.com' exists already"),
        (address(), f"POST {ADDRESS}", "after", "BillingAddress exists already"),
        (customer(name="Example"), f"PUT {ACCOUNT}", "after", ""),
    ],
)
def test_killed(gated: GatedStack, program: str, call: str, moment: str, refused: str) -> None:
    """The next `up` completes it, or says what is there: no second e-mail is sent."""
    gated.write(program)
    gated.kill_at(call, moment)
    gated.unlock()
    again = gated.up()
    assert again.ok is not bool(refused), str(again)
    assert refused in " ".join(again.output.split()), str(again)
    if "Invitation" in program:
        assert invited(gated) == {"dave@example.com": "user"}
