"""The account itself, its billing address, and invitations by today's paths and by the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator
from fastly_emulator.customer import CUSTOMER_ID, OWNER_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]

NOW = "2023-11-14T22:13:20Z"
ACCOUNT = f"/customer/{CUSTOMER_ID}"
ADDRESS = f"{ACCOUNT}/billing_address"
JSON_API = "application/vnd.api+json"
LONDON = {"address_1": "1 Main Street", "city": "London", "country": "GB"}


def document(kind: str, **attributes: Any) -> dict[str, Any]:
    return {"data": {"type": kind, "attributes": attributes}}


def invite(api: Api, **attributes: Any) -> dict[str, Any]:
    made: dict[str, Any] = api.ok("POST", "/invitations", json=document("invitation", **attributes))["data"]
    return made


# -------------------------------------------------------------------- the account


def test_the_account(api: Api, clock: Clock) -> None:
    account = api.get("/current_customer")
    assert api.get(ACCOUNT) == account
    assert (account["id"], account["owner_id"], account["force_2fa"]) == (CUSTOMER_ID, OWNER_ID, False)
    clock.now += 10
    changed = api.put(ACCOUNT, name="Example", force_2fa="1", billing_ref="", can_upload_vcl="0")
    assert changed == {**account, "name": "Example", "force_2fa": True}
    assert api.get("/current_customer") == {**changed, "updated_at": "2023-11-14T22:13:30Z"}
    assert api.refused("PUT", ACCOUNT, billing_network_type="x")[0] == 400
    assert api.refused("GET", "/customer/x")[0] == api.refused("PUT", "/customer/x", name="y")[0] == 404


# -------------------------------------------------------------------- the billing address


def test_a_billing_address(api: Api) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        assert api.client.request(method, ADDRESS, json=document("billing_address")).status_code == 404
    answer = api.client.post(ADDRESS, json=document("billing_address", **LONDON))
    made = answer.json()["data"]
    assert (answer.status_code, answer.headers["content-type"], made["type"]) == (201, JSON_API, "billing_address")
    assert made["attributes"] == {
        **LONDON,
        **dict.fromkeys(("address_2", "locality", "postal_code", "state", "deleted_at")),
        "customer_id": CUSTOMER_ID,
        "created_at": NOW,
        "updated_at": NOW,
    }
    assert api.client.post(ADDRESS, json=document("billing_address", **LONDON)).status_code == 409
    answer = api.client.patch(ADDRESS, json=document("billing_address", city="Leeds", state=""))
    assert (answer.status_code, answer.json()["data"]["attributes"]["city"]) == (200, "Leeds")
    read = api.get(ADDRESS)["data"]
    assert (read["id"], read["attributes"]["city"], read["attributes"]["state"]) == (made["id"], "Leeds", None)
    answer = api.client.delete(ADDRESS)
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.client.get(ADDRESS).status_code == 404
    again = api.client.post(ADDRESS, json=document("billing_address", **LONDON)).json()["data"]
    assert again["id"] != made["id"]


@pytest.mark.parametrize("missing", ["address_1", "country"])
def test_a_billing_address_without_what_it_needs(api: Api, missing: str) -> None:
    attributes = {name: value for name, value in LONDON.items() if name != missing}
    assert api.client.post(ADDRESS, json=document("billing_address", **attributes)).status_code == 400
    assert api.client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_the_billing_address_of_another_account(api: Api, method: str) -> None:
    body = document("billing_address", **LONDON)
    assert api.client.request(method, "/customer/x/billing_address", json=body).status_code == 404


# -------------------------------------------------------------------- invitations


def test_an_invitation(api: Api) -> None:
    made = invite(api, email="a@example.com", limit_services=True)
    assert made == {
        "id": made["id"],
        "type": "invitation",
        "attributes": {
            "email": "a@example.com",
            "role": "user",
            "limit_services": True,
            "customer_id": CUSTOMER_ID,
            "status_code": 1,
            "created_at": NOW,
            "updated_at": NOW,
            "deleted_at": None,
        },
    }
    assert api.get("/invitations")["data"] == [made]
    answer = api.client.delete(f"/invitations/{made['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get("/invitations")["data"] == []
    assert api.client.delete(f"/invitations/{made['id']}").status_code == 404
    assert api.refused("GET", f"/invitations/{made['id']}")[1]["detail"].startswith("Cannot find")


def test_the_old_paths_show_the_same_invitations(api: Api) -> None:
    old = api.post("/invitation", email="a@example.com", role="billing")
    assert (old["email"], old["role"], old["status_code"], old["customer_id"]) == (
        "a@example.com",
        "billing",
        1,
        CUSTOMER_ID,
    )
    (new,) = api.get("/invitations")["data"]
    assert new == {"id": old["id"], "type": "invitation", "attributes": {k: v for k, v in old.items() if k != "id"}}
    invite(api, email="b@example.com")
    listed = api.get("/invitation")
    assert [row["email"] for row in listed["open_invitations"]] == ["a@example.com", "b@example.com"]
    assert listed["permissible_roles"] == ["superuser", "engineer", "billing", "user"]
    assert api.put(f"/invitation/{old['id']}/cancel") == {**old, "status_code": 0}
    assert [row["email"] for row in api.get("/invitation")["open_invitations"]] == ["b@example.com"]
    assert [row["attributes"]["status_code"] for row in api.get("/invitations")["data"]] == [0, 1]
    assert api.refused("PUT", "/invitation/x/cancel")[0] == 404


def test_an_invitation_is_accepted(api: Api) -> None:
    invite(api, email="a@example.com", role="engineer", limit_services=True)
    answer = api.client.post("/_emulator/invitations", json={"email": "a@example.com"})
    user = answer.json()
    assert (user["login"], user["role"], user["limit_services"]) == ("a@example.com", "engineer", True)
    assert api.get(f"/user/{user['id']}") == user
    assert api.get("/invitation")["open_invitations"] == []
    for body in ({"email": "a@example.com"}, {}):
        assert api.client.post("/_emulator/invitations", json=body).status_code == 400


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("/invitations", {"json": document("invitation", role="user")}),
    ("/invitations", {"json": document("invitation", email="a@example.com", role="king")}),
    ("/invitations", {"json": document("invite", email="a@example.com")}),
    ("/invitations", {"data": {"email": "a@example.com"}}),
    ("/invitation", {"data": {"role": "user"}}),
]


@pytest.mark.parametrize(("path", "content"), REFUSED)
def test_invitations_refused(api: Api, path: str, content: dict[str, Any]) -> None:
    assert api.client.post(path, **content).status_code == 400
    assert api.get("/invitations")["data"] == []


def test_the_account_survives_a_restart_and_ends_with_a_reset(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    api = new_api(Emulator(file))
    api.put(ACCOUNT, name="Example")
    invite(api, email="a@example.com")
    api.client.post("/_emulator/invitations", json={"email": "a@example.com"}).raise_for_status()
    emulator = Emulator(file)
    assert emulator.records["customer"][CUSTOMER_ID]["name"] == "Example"
    assert [row["login"] for row in emulator.records["user"].values()] == ["owner@example.com", "a@example.com"]
    emulator.reset()
    assert Emulator(file).records["customer"][CUSTOMER_ID]["name"] == "Test Account"
