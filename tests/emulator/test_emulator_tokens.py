"""Tokens: what they look like, whose they are, and which of them are accepted."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator import Emulator
from fastly_emulator.customer import CUSTOMER_ID, OWNER_ID
from fastly_emulator.keys import OWN_TOKEN_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"
OWNER = {"username": "owner@example.com", "password": "hush-hush"}
UNAUTHORIZED = (401, {"msg": "Provided credentials are missing or invalid"})


def token(api: Api, **form: Any) -> tuple[Api, dict[str, Any]]:
    """Make a token, and return a client with it."""
    made = api.post("/tokens", **{**OWNER, **form})
    return api.with_key(made["access_token"]), made


def test_a_token(api: Api, clock: Clock) -> None:
    made = api.post("/tokens", **OWNER, name="ci", scope="global:read", **{"services[]": [api.service]})
    secret = made.pop("access_token")
    assert len(secret) == 32
    assert made == {
        "id": made["id"],
        "name": "ci",
        "user_id": OWNER_ID,
        "customer_id": CUSTOMER_ID,
        "service_id": api.service,
        "services": [api.service],
        "scope": "global:read",
        "expires_at": None,
        "created_at": NOW,
        "updated_at": NOW,
    }
    shown = {
        "id": made["id"],
        "user_id": OWNER_ID,
        "customer_id": CUSTOMER_ID,
        "name": "ci",
        "last_used_at": None,
        "created_at": NOW,
        "expires_at": None,
        "ip": None,
        "user_agent": None,
        "sudo_expires_at": None,
        "scopes": ["global:read"],
        "scope": "global:read",
        "services": [api.service],
        "service_id": api.service,
    }
    own = api.get("/tokens/self")
    assert own["id"] == OWN_TOKEN_ID
    assert api.get("/tokens") == api.get(f"/customer/{CUSTOMER_ID}/tokens") == [own, shown]
    assert api.get(f"/tokens/{made['id']}") == shown
    clock.now += 10
    used = {**shown, "last_used_at": LATER, "ip": "127.0.0.1", "user_agent": api.client.headers["user-agent"]}
    assert api.with_key(secret).get("/tokens/self") == used
    assert api.get("/tokens")[1] == used


def test_the_defaults(api: Api) -> None:
    mine, made = token(api)
    assert (made["scope"], made["services"], made["service_id"], made["name"]) == ("global", [], None, "")
    assert mine.post("v/domain", name="a.example.com")["name"] == "a.example.com"


def test_several_scopes(api: Api) -> None:
    mine, made = token(api, scope=" global:read  purge_all")
    assert made["scope"] == "global:read purge_all"
    assert mine.get("/tokens/self")["scopes"] == ["global:read", "purge_all"]


def test_the_secret_is_nowhere_else(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    api = new_api(Emulator(file))
    secret = token(api, name="ci")[1]["access_token"]
    state, log = file.read_text(encoding="utf-8"), str(api.control("GET", "log"))
    assert "owner@example.com" in state
    assert "owner@example.com" in log
    assert [text for text in (secret, OWNER["password"]) if text in state + log] == []


def test_after_a_restart(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    api = new_api(Emulator(file))
    _, kept = token(api, name="kept")
    gone, deleted = token(api, name="deleted")
    gone.client.delete("/tokens/self")
    api.emulator = Emulator(file)
    api = api.with_key("key")
    assert api.with_key(kept["access_token"]).get("/tokens/self")["name"] == "kept"
    assert api.with_key(deleted["access_token"]).refused("GET", "/service") == UNAUTHORIZED
    api.control("POST", "reset")
    assert [each["id"] for each in api.get("/tokens")] == [OWN_TOKEN_ID]


@pytest.mark.parametrize("path", ["/tokens/self", "/tokens/{id}"])
def test_after_its_deletion(api: Api, path: str) -> None:
    mine, made = token(api)
    answer = mine.client.delete(path.format(id=made["id"]))
    assert (answer.status_code, answer.content) == (204, b"")
    assert mine.refused("GET", "/service") == UNAUTHORIZED, "although any other key is accepted"
    assert [each["id"] for each in api.get("/tokens")] == [OWN_TOKEN_ID]
    assert api.refused("DELETE", f"/tokens/{made['id']}")[0] == 404


@pytest.mark.parametrize(
    "expires_at", ["2023-11-14T22:13:30Z", "2023-11-14T23:13:30+01:00", "2023-11-14T22:13:30", "2023-11-14 22:13:30Z"]
)
def test_after_its_expiry(api: Api, clock: Clock, expires_at: str) -> None:
    mine, made = token(api, expires_at=expires_at)
    assert made["expires_at"] == LATER
    clock.now += 9
    mine.get("/service")
    clock.now += 1
    assert mine.refused("GET", "/service") == UNAUTHORIZED
    assert api.get("/tokens")[1]["expires_at"] == LATER, "it is listed until it is deleted"


def test_a_token_that_has_expired_already(api: Api) -> None:
    assert token(api, expires_at="2020-01-01")[0].refused("GET", "/tokens/self") == UNAUTHORIZED


def test_after_its_user_was_deleted(api: Api) -> None:
    user = api.post("/user", login="a@example.com", role="engineer")
    mine, _ = token(api, username="a@example.com")
    assert mine.get("/current_user") == user
    api.delete(f"/user/{user['id']}")
    assert mine.refused("GET", "/service") == UNAUTHORIZED


def test_a_key_of_the_emulators_own(new_api: NewApi) -> None:
    emulator = Emulator(token="key")
    api = new_api(emulator)
    mine, made = token(api)
    assert mine.get("/tokens/self")["id"] == made["id"]
    assert api.get("/tokens/self")["id"] == OWN_TOKEN_ID
    for wrong in ("other", made["id"], emulator.records["token"][made["id"]]["digest"], ""):
        assert api.with_key(wrong).refused("GET", "/service") == UNAUTHORIZED


def test_without_a_key(api: Api) -> None:
    assert api.with_key("").refused("GET", "/tokens") == UNAUTHORIZED


def test_the_emulators_own_key_stays(api: Api) -> None:
    for path in ("/tokens/self", f"/tokens/{OWN_TOKEN_ID}"):
        assert api.refused("DELETE", path)[0] == 400
    assert api.get("/tokens/self")["id"] == OWN_TOKEN_ID


def test_tokens_of_others(api: Api) -> None:
    api.post("/user", login="a@example.com", role="engineer")
    mine, made = token(api, username="a@example.com")
    _, other = token(api)
    assert [each["id"] for each in mine.get("/tokens")] == [made["id"]]
    for method in ("GET", "DELETE"):
        assert mine.refused(method, f"/tokens/{other['id']}")[0] == 404
    assert [each["id"] for each in api.get("/tokens")] == [OWN_TOKEN_ID, other["id"]]
    everyone = api.get(f"/customer/{CUSTOMER_ID}/tokens")
    assert [each["id"] for each in everyone] == [OWN_TOKEN_ID, made["id"], other["id"]]
    assert api.client.delete(f"/tokens/{made['id']}").status_code == 204


def test_several_are_deleted_at_once(api: Api) -> None:
    identifiers = [token(api)[1]["id"] for _ in range(3)]

    def delete(*wanted: str) -> int:
        body = {"data": [{"type": "token", "id": each} for each in wanted]}
        return api.send("DELETE", "/tokens", json=body).status_code

    assert delete(identifiers[0], "nothing") == 404
    assert len(api.get("/tokens")) == 4, "all or none"
    assert delete(*identifiers[1:]) == 204
    assert [each["id"] for each in api.get("/tokens")] == [OWN_TOKEN_ID, identifiers[0]]


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("POST", "/tokens", {"username": "nobody@example.com"}, 401),
    ("POST", "/tokens", {"username": ""}, 401),
    ("POST", "/tokens", {"password": ""}, 401),
    ("POST", "/sudo", {"username": "nobody@example.com"}, 401),
    ("POST", "/tokens", {"scope": "everything"}, 400),
    ("POST", "/tokens", {"scope": "global everything"}, 400),
    ("POST", "/tokens", {"scope": " "}, 400),
    ("POST", "/tokens", {"services[]": ["nothing"]}, 400),
    *(("POST", "/tokens", {"expires_at": text}, 400) for text in ("tomorrow", "1", "0001-01-01T00:00:00+23:00")),
    ("GET", "/tokens/nothing", {}, 404),
    ("DELETE", "/tokens", {}, 400),
    ("GET", "/customer/nothing/tokens", {}, 404),
]


@pytest.mark.parametrize(("method", "path", "form", "status"), REFUSED)
def test_refused(api: Api, method: str, path: str, form: dict[str, Any], status: int) -> None:
    assert api.refused(method, path, **({**OWNER, **form} if method == "POST" else {}))[0] == status
    assert len(api.get("/tokens")) == 1


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("Basic " + b64encode(b"owner@example.com:any").decode(), 200),
        ("basic " + b64encode(b"owner@example.com:any").decode(), 200),
        ("Basic " + b64encode(b"owner@example.com:").decode(), 401),
        ("Basic " + b64encode(b"nobody@example.com:any").decode(), 401),
        ("Bearer " + b64encode(b"owner@example.com:any").decode(), 401),
        *((f"Basic {text}", 401) for text in ("", "=", "owner", "\xe4", b64encode(b"\xff").decode())),
    ],
)
def test_basic_authentication_names_the_user(api: Api, login: str, status: int) -> None:
    answer = api.client.post("/tokens", headers={"Authorization": login.encode("latin-1")})
    assert answer.status_code == status
    assert b64encode(b"owner").decode()[:6] not in str(api.control("GET", "log"))


def test_sudo(api: Api) -> None:
    assert api.post("/sudo", **OWNER) == {"expiry_time": "2023-11-14T22:18:20+00:00"}


# -- Automation tokens ------------------------------------------------------------------------------------------------


def test_an_automation_token(api: Api, clock: Clock) -> None:
    sent = {"name": "exporter", "role": "engineer", "scope": "global:read", "services": [api.service]}
    made = api.ok("POST", "/automation-tokens", json=sent)
    secret = made.pop("access_token")
    shown = {
        "id": made["id"],
        "creator_id": OWNER_ID,
        "customer_id": CUSTOMER_ID,
        "name": "exporter",
        "role": "engineer",
        "ip": None,
        "user_agent": None,
        "scopes": "global:read",
        "services": [api.service],
        "service_id": api.service,
        "sudo_expires_at": None,
        "last_used_at": None,
        "created_at": NOW,
        "expires_at": None,
        "tls_access": False,
    }
    assert made == shown
    meta = {"per_page": 20, "current_page": 1, "record_count": 1, "total_pages": 1}
    assert api.get("/automation-tokens") == {"data": [{**shown, "access_token": ""}], "meta": meta}
    path = f"/automation-tokens/{made['id']}"
    assert api.get(path) == {**shown, "access_token": ""}
    assert api.get(f"{path}/services") == {"data": [api.service]}
    assert [each["id"] for each in api.get("/tokens")] == [OWN_TOKEN_ID]
    clock.now += 10
    mine = api.with_key(secret)
    mine.get("/service")
    assert api.get(path)["last_used_at"] == LATER
    assert mine.refused("POST", "v/domain", name="a.example.com")[0] == 403
    assert api.client.delete(f"/tokens/{made['id']}").status_code == 204, "as recorded"
    assert mine.refused("GET", "/service") == UNAUTHORIZED
    assert api.refused("DELETE", path)[0] == 404


def test_services_of_an_automation_token(api: Api) -> None:
    rows = [(None, None), ([], []), (f"{api.service} {api.service}", [api.service] * 2)]
    for sent, answered in rows:
        body = {"name": "a", "role": "user", "tls_access": True} | ({} if sent is None else {"services": sent})
        made = api.ok("POST", "/automation-tokens", json=body)
        assert (made["services"], made["tls_access"], made["scopes"]) == (answered, True, "global")


def test_pages_of_automation_tokens(api: Api) -> None:
    for name in "abc":
        api.ok("POST", "/automation-tokens", json={"name": name, "role": "user"})
    page = api.get("/automation-tokens?page=2&per_page=2")
    assert [each["name"] for each in page["data"]] == ["c"]
    assert page["meta"] == {"per_page": 2, "current_page": 2, "record_count": 3, "total_pages": 2}


@pytest.mark.parametrize("body", [{"role": "user"}, {"name": "a"}, {"name": "a", "role": "superuser"}])
def test_automation_tokens_refused(api: Api, body: dict[str, str]) -> None:
    assert api.refused("POST", "/automation-tokens", json=body)[0] == 400
    assert api.get("/automation-tokens")["data"] == []


def test_the_role_of_an_automation_token(api: Api) -> None:
    made = api.ok("POST", "/automation-tokens", json={"name": "a", "role": "billing"})
    mine = api.with_key(made["access_token"])
    assert mine.get("/billing/year/2023/month/11")["services"] != {}
    assert mine.refused("POST", "v/domain", name="a.example.com")[0] == 403
