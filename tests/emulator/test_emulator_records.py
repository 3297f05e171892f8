"""Records, which belong to no version: users, and a kind of the tests' own for JSON and JSON:API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.customer import CUSTOMER_ID, OWNER_ID
from fastly_emulator.kinds import Field
from fastly_emulator.record_routes import RecordKind, routes
from fastly_emulator.routes import ROUTES, Routes
from fastly_emulator.testing import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Api, Clock

    NewApi = Callable[[Emulator], Api]

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"

# -- Users ------------------------------------------------------------------------------------------------------------

LOGIN = "a+b@example.com"


def test_a_user(api: Api, clock: Clock) -> None:
    made = api.post("/user", login=LOGIN, name="test user", role="engineer")
    assert len(made["id"]) == 22
    assert made == {
        "id": made["id"],
        "created_at": NOW,
        "updated_at": NOW,
        "deleted_at": None,
        "customer_id": CUSTOMER_ID,
        "login": LOGIN,
        "name": "test user",
        "role": "engineer",
        "locked": None,
        "require_new_password": None,
        "two_factor_auth_enabled": None,
        "limit_services": False,
        "last_active_at": None,
    }
    path = f"/user/{made['id']}"
    assert api.get(path) == made
    clock.now += 10
    assert api.put(path) == made, "an empty body changes nothing"
    assert api.put(path, name="b", role="billing") == {**made, "name": "b", "role": "billing"}
    assert api.ok("PUT", path, json={"name": "c"}) == {**made, "name": "c", "role": "billing", "updated_at": LATER}
    assert api.delete(path) == {"status": "ok"}
    assert api.delete(path) == {"status": "ok"}, "as recorded"
    assert api.refused("GET", path)[0] == api.refused("PUT", path, name="d")[0] == 404
    assert api.post("/user", login=LOGIN)["id"] != made["id"], "the login is free again"


def test_the_owner(api: Api) -> None:
    owner = api.get("/current_user")
    assert owner["id"] == api.get("/tokens/self")["user_id"] == OWNER_ID
    assert (owner["role"], owner["locked"]) == ("superuser", False)
    made = api.post("/user", login=LOGIN)
    assert api.get(f"/customer/{CUSTOMER_ID}/users") == [owner, made]
    assert api.get(f"/customer/{CUSTOMER_ID}/users?per_page=1&page=2") == [owner, made]


USERS_REFUSED: list[tuple[str, str, dict[str, str], int, str]] = [
    ("POST", "/user", {"name": "x"}, 400, "Login can't be blank"),
    (
        "POST",
        "/user",
        {"login": "x", "role": "king"},
        400,
        "Role must be one of: billing, engineer, superuser, tls_admin, tls_viewer, user",
    ),
    ("POST", "/user", {"login": "owner@example.com"}, 409, "Duplicate user: 'owner@example.com'"),
    ("PUT", f"/user/{OWNER_ID}", {"login": "x"}, 400, "Cannot change login"),
    ("DELETE", f"/user/{OWNER_ID}", {}, 400, "Cannot delete the current user"),
    *((method, "/user/x", {}, 404, "Couldn't find User '{ deleted") for method in ("GET", "PUT", "DELETE")),
    ("GET", "/customer/x/users", {}, 404, "Couldn't find Customer"),
    ("GET", "/user", {}, 404, "Cannot find '/user'"),
]


@pytest.mark.parametrize(("method", "path", "form", "status", "detail"), USERS_REFUSED)
def test_users_refused(api: Api, method: str, path: str, form: dict[str, str], status: int, detail: str) -> None:
    before = api.get(f"/customer/{CUSTOMER_ID}/users")
    answered, body = api.refused(method, path, **form)
    assert answered == status
    assert body["detail"].startswith(detail)
    assert api.get(f"/customer/{CUSTOMER_ID}/users") == before


def test_users_survive_a_restart_and_end_with_a_reset(tmp_path: Path, new_api: NewApi) -> None:
    file = tmp_path / "state.json"
    made = new_api(Emulator(file)).post("/user", login=LOGIN)
    emulator = Emulator(file)
    assert list(emulator.records["user"]) == [OWNER_ID, made["id"]]
    emulator.reset()
    assert list(Emulator(file).records["user"]) == [OWNER_ID]


def test_a_state_file_from_before_there_were_records(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"format":1,"seed":"s","ids_made":1,"services":{}}', encoding="utf-8")
    assert list(Emulator(file).records["user"]) == [OWNER_ID]


# -- JSON and JSON:API ------------------------------------------------------------------------------------------------

GRANT = RecordKind(
    "grants",
    "Grant",
    (Field("permission", required=True), Field("limit", "int", default=None, empty=None)),
    body="json:api",
    type="grant",
    relationships={"service": "service"},
    deletes_silently=True,
)
"""Like service authorizations, which were recorded."""

JSON_API = "application/vnd.api+json"


def send(api: Api, kind: RecordKind, method: str, path: str, **content: Any) -> httpx.Response:
    """Send a request to an emulator that has that kind too."""
    app = create_app(api.emulator)
    app._routes = Routes({**ROUTES, **routes(kind)})
    client = httpx.Client(transport=InProcessTransport(app), base_url="http://emulator", headers={"Fastly-Key": "key"})
    return client.request(method, path, **content)


def document(relation: str | None = None, **attributes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"type": "grant", "attributes": attributes}
    if relation is not None:
        data["relationships"] = {"service": {"data": {"type": "service", "id": relation}}}
    return {"data": data}


def test_json_api(api: Api, clock: Clock) -> None:
    answer = send(api, GRANT, "POST", "/grants", json=document("S", permission="full"))
    made = answer.json()
    resource = {
        "id": made["data"]["id"],
        "type": "grant",
        "attributes": {
            "permission": "full",
            "limit": None,
            "created_at": NOW,
            "updated_at": NOW,
            "deleted_at": None,
        },
        "relationships": {"service": {"data": {"id": "S", "type": "service"}}},
    }
    assert (answer.status_code, answer.headers["content-type"], made) == (200, JSON_API, {"data": resource})
    path = f"/grants/{made['data']['id']}"
    clock.now += 10
    assert send(api, GRANT, "PATCH", path, json=document(limit=5)).json()["data"]["attributes"]["limit"] == 5
    read = send(api, GRANT, "GET", path).json()["data"]
    assert (read["attributes"]["updated_at"], read["relationships"]) == (LATER, resource["relationships"])
    assert send(api, GRANT, "PUT", path, json=document()).status_code == 404, "there is no PUT"
    answer = send(api, GRANT, "DELETE", path)
    assert (answer.status_code, answer.content, answer.headers.get("content-type")) == (204, b"", None)
    for method in ("GET", "DELETE"):
        answer = send(api, GRANT, method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")


def test_pages_of_json_api(api: Api) -> None:
    for number in range(3):
        send(api, GRANT, "POST", "/grants", json=document(permission=str(number)))
    answer = send(api, GRANT, "GET", "/grants?page[size]=1&page[number]=2")
    page = answer.json()
    assert answer.headers["content-type"] == JSON_API
    assert [each["attributes"]["permission"] for each in page["data"]] == ["1"]
    assert page["meta"] == {"current_page": 2, "per_page": 1, "record_count": 3, "total_pages": 3}
    base = "http://emulator/grants?page%5Bnumber%5D={}&page%5Bsize%5D=1"
    numbers = {"first": 1, "prev": 1, "next": 3, "last": 3}
    assert page["links"] == {rel: base.format(number) for rel, number in numbers.items()}
    everything = send(api, GRANT, "GET", "/grants").json()
    assert (len(everything["data"]), list(everything["links"])) == (3, ["last"])
    assert send(api, GRANT, "GET", "/grants?page[size]=x").status_code == 400


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ({"data": {"permission": "full"}}, "The body must be JSON"),
        ({"json": {"permission": "full"}}, "The body must have data of type 'grant'"),
        ({"json": {"data": [1]}}, "The body must have data of type 'grant'"),
        ({"json": {"data": {"type": "token"}}}, "The body must have data of type 'grant'"),
        ({"json": {"data": {"type": "grant", "attributes": 1, "relationships": [1]}}}, "Permission can't be blank"),
        ({"json": {"data": {"type": "grant", "relationships": {"service": 1}}}}, "Permission can't be blank"),
        ({}, "The body must have data of type 'grant'"),
    ],
)
def test_json_api_refused(api: Api, content: dict[str, Any], detail: str) -> None:
    answer = send(api, GRANT, "POST", "/grants", **content)
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)


def test_json(api: Api) -> None:
    plain = replace(GRANT, body="json", relationships={}, deletes_silently=False)
    made = send(api, plain, "POST", "/grants", json={"permission": "full"}).json()
    assert send(api, plain, "GET", "/grants").json() == [made]
    assert send(api, plain, "PUT", f"/grants/{made['id']}", json={"limit": 5}).json() == {**made, "limit": 5}
    assert send(api, plain, "POST", "/grants", data={"permission": "full"}).status_code == 400
    assert send(api, plain, "DELETE", f"/grants/{made['id']}").json() == {"status": "ok"}
