"""Invitations of persons who are users of the account already: on the emulator, without Pulumi."""

from typing import Any

import pytest
from pulumi_fastly_dynamic.orchestration import RecordExists, RecordStore
from pulumi_fastly_dynamic.schema import KINDS, Values

from .conftest import Stack

USERS = "/customer/x4xCwxxJxGCx123Rx5xTx0/users"


def invitation(**inputs: Any) -> Values:
    return KINDS["invitation"].from_inputs({"email": "dave@example.com", "role": "engineer", **inputs})


@pytest.fixture
def invitations(stack: Stack) -> RecordStore:
    return RecordStore(stack.connect(), KINDS["invitation"])


def is_user(stack: Stack, **given: str) -> str:
    """Makes Dave a user; returns the id."""
    answer = stack.http.post("/user", data={"login": "Dave@example.com", "role": "engineer", **given})
    return str(answer.raise_for_status().json()["id"])


def writes(stack: Stack) -> list[str]:
    return [f"{row['method']} {row['path']}" for row in stack.emulator.control.log if row["method"] != "GET"]


@pytest.mark.parametrize("limited", ["0", "1"])
def test_a_user_who_is_as_invited_counts_as_one_who_accepted(
    stack: Stack, invitations: RecordStore, capsys: pytest.CaptureFixture[str], limited: str
) -> None:
    user = is_user(stack, limit_services=limited)
    stack.clear()
    wanted = invitation(limit_services=limited == "1")
    made = invitations.create(wanted)
    told = "Invitation 'dave@example.com': no invitation is sent, because this person is already a user as invited\n"
    assert capsys.readouterr().out == told
    assert invitations.read(made.id, wanted) == made
    invitations.delete(made.id)
    assert writes(stack) == [], "nothing is sent, and a destroy leaves the user"
    stack.http.delete(f"/user/{user}").raise_for_status()
    assert invitations.read(made.id, wanted) is None


@pytest.mark.parametrize(
    ("user", "differing"),
    [
        ({"role": "billing"}, "role='billing'"),
        ({"limit_services": "1"}, "limit_services=True"),
        ({"role": "user", "limit_services": "1"}, "role='user' and limit_services=True"),
    ],
)
def test_another_user_is_not_invited(
    stack: Stack, invitations: RecordStore, user: dict[str, str], differing: str
) -> None:
    is_user(stack, **user)
    stack.clear()
    with pytest.raises(RecordExists) as refused:
        invitations.create(invitation())
    assert str(refused.value) == (
        f"Invitation 'dave@example.com': this person is a user already, with {differing}: set that in the program, "
        "change the user at Fastly or in its User resource, or remove the Invitation from the program"
    )
    assert writes(stack) == []


def test_the_role_changes_after_the_invitation_was_accepted(stack: Stack, invitations: RecordStore) -> None:
    """A replace deletes first. What follows fails until the role is back, and then it succeeds."""
    wanted = invitation()
    made = invitations.create(wanted)
    stack.http.post("/_emulator/invitations", json={"email": "dave@example.com"}).raise_for_status()
    invitations.delete(made.id)
    with pytest.raises(RecordExists, match="with role='engineer'"):
        invitations.create(invitation(role="billing"))
    again = invitations.create(wanted)
    assert invitations.read(again.id, wanted) == again
    invitations.delete(again.id)
    assert [row["login"] for row in stack.http.get(USERS).json()] == ["owner@example.com", "dave@example.com"]


def test_an_open_invitation_of_a_user_is_not_taken_over(stack: Stack, invitations: RecordStore) -> None:
    """A destroy would cancel it."""
    is_user(stack)
    stack.http.post("/invitation", data={"email": "dave@example.com", "role": "engineer"}).raise_for_status()
    with pytest.raises(RecordExists, match=r"^Invitation 'dave@example.com' exists already \(id \w+\)"):
        invitations.create(invitation())
