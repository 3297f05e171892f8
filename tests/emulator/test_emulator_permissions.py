"""What keys may do: scopes, roles and services."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastly_emulator.customer import CUSTOMER_ID, OWNER_ID
from fastly_emulator.keys import Key
from fastly_emulator.permissions import SCOPES, needs_key, refusal

if TYPE_CHECKING:
    from conftest import Api

FORBIDDEN = (403, {"msg": "You are not authorized to perform this action"})
NOT_FOUND = (404, {"msg": "Record not found", "detail": "Cannot find 'service'"})


def key(scope: str = "global", role: str = "superuser", services: str = "") -> Key:
    return Key("T", "U", role, frozenset(scope.split()), frozenset(services.split()))


def answer(key: Key, request: str) -> tuple[int, Any] | None:
    method, path = request.split()
    refused = refusal(key, method, path)
    return None if refused is None else (refused.status, refused.body)


# -- Scopes -----------------------------------------------------------------------------------------------------------

READS = ("GET /service", "GET /service/S", "GET /tokens", "GET /billing/year/2024/month/01", "HEAD /service/S")
WRITES = (
    "POST /service",
    "PUT /service/S/version/1/activate",
    "DELETE /service/S",
    "PATCH /service/S/dictionary/D/items",
    "POST /tokens",
    "DELETE /tokens/self",
    "OPTIONS /service/S",
)
SELECT = (
    "POST /purge/www.example.com/a/b",
    "POST /purge/www.example.com",
    "POST /service/S/purge",
    "POST /service/S/purge/K",
)
ALL = ("POST /service/S/purge_all",)
NEAR = (
    "POST /service/S/purge/K/more",
    "POST /service/S/purge_all/more",
    "PUT /service/S/purge_all",
    "GET /service/S/purge",
    "POST /service/S/purge%5Fall",
    "POST /service/purge_all",
)
SELF = ("GET /tokens/self",)
ALLOWED = {
    "global": {*READS, *WRITES, *SELECT, *ALL, *NEAR, *SELF},
    "global:read": {*READS, *SELF, "GET /service/S/purge"},
    "purge_select": {*SELECT, *SELF},
    "purge_all": {*ALL, *SELF},
}


@pytest.mark.parametrize(("scope", "request_line"), list(product(SCOPES, sorted(ALLOWED["global"]))))
def test_a_scope(scope: str, request_line: str) -> None:
    assert answer(key(scope), request_line) == (None if request_line in ALLOWED[scope] else FORBIDDEN)


@pytest.mark.parametrize("request_line", sorted(ALLOWED["global"]))
def test_several_scopes_add_up(request_line: str) -> None:
    may = request_line in ALLOWED["purge_all"] | ALLOWED["global:read"]
    assert answer(key("purge_all global:read"), request_line) == (None if may else FORBIDDEN)


# -- Roles ------------------------------------------------------------------------------------------------------------

ROLES = ("user", "billing", "engineer", "superuser", "tls_viewer", "tls_admin")
OF_ROLE: list[tuple[str, str]] = [
    ("GET /service", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /current_user", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /current_customer", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /customer/C/users", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /customer/C/pricing_extra", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /tokens", "user billing engineer superuser tls_viewer tls_admin"),
    ("POST /tokens", "user billing engineer superuser tls_viewer tls_admin"),
    ("DELETE /tokens/T", "user billing engineer superuser tls_viewer tls_admin"),
    ("POST /sudo", "user billing engineer superuser tls_viewer tls_admin"),
    ("GET /billing/year/2024/month/01", "billing superuser"),
    ("GET /billing/v3/invoices", "billing superuser"),
    ("GET /customer/C/billing_address", "billing superuser"),
    ("PATCH /customer/C/billing_address", "billing superuser"),
    ("GET /invitation", "billing superuser"),
    ("POST /invitation", "billing superuser"),
    ("PUT /invitation/I/cancel", "billing superuser"),
    ("POST /user", "billing superuser"),
    ("PUT /user/U", "billing superuser"),
    ("DELETE /user/U", "billing superuser"),
    ("GET /event_log/S", "engineer superuser"),
    ("POST /service", "engineer superuser"),
    ("PUT /service/S/version/1/activate", "engineer superuser"),
    ("POST /service/S/purge_all", "engineer superuser"),
    ("POST /purge/www.example.com", "engineer superuser"),
    ("PUT /enabled-products/v1/websockets/services/S", "engineer superuser"),
    ("PUT /customer/C", "superuser"),
    ("GET /customer/C/tokens", "superuser"),
    ("GET /automation-tokens", "superuser"),
    ("POST /automation-tokens", "superuser"),
    ("POST /service-authorizations", "superuser"),
]


@pytest.mark.parametrize(("request_line", "roles"), OF_ROLE)
def test_the_roles(request_line: str, roles: str) -> None:
    may = {role for role in ROLES if answer(key(role=role), request_line) is None}
    assert may == set(roles.split())
    refused = {role: answer(key(role=role), request_line) for role in set(ROLES) - may}
    assert set(map(str, refused.values())) <= {str(FORBIDDEN)}


def test_scope_and_role_both_count() -> None:
    assert answer(key("purge_all", "user"), "POST /service/S/purge_all") == FORBIDDEN
    assert answer(key("global:read", "superuser"), "POST /user") == FORBIDDEN


# -- Services ---------------------------------------------------------------------------------------------------------

OF_SERVICES: list[tuple[str, bool]] = [
    ("GET /service/S", True),
    ("GET /service/%53", True),
    ("POST /service/S/version/1/backend", True),
    ("GET /service/other", False),
    ("GET /service/S%2Fx", False),
    ("DELETE /service/other", False),
    ("POST /service/other/version/1/backend", False),
    ("POST /service/other/purge_all", False),
    ("GET /enabled-products/v1/websockets/services/other", False),
    ("GET /enabled-products/v1/websockets/services/S/configuration", True),
    ("GET /stats/service/other", False),
    ("GET /event_log/other", False),
    ("POST /service", False),
    ("GET /service", True),
    ("GET /service/search", True),
    ("GET /tokens/self", True),
    ("POST /user", True),
    ("GET /billing/year/2024/month/01", True),
]


@pytest.mark.parametrize(("request_line", "may"), OF_SERVICES)
def test_the_services_of_a_key(request_line: str, may: bool) -> None:
    assert answer(key(services="S T"), request_line) == (None if may else NOT_FOUND)
    assert answer(key(), request_line) is None


# -- The emulator asks ------------------------------------------------------------------------------------------------


def with_token(api: Api, role: str = "superuser", **form: Any) -> Api:
    api.send("POST", "/user", login=f"{role}@example.com", role=role)
    made = api.post("/tokens", username=f"{role}@example.com", password="any", **form)
    return api.with_key(made["access_token"])


def test_a_read_only_token(api: Api) -> None:
    mine = with_token(api, scope="global:read")
    assert mine.get("v/backend") == []
    before = api.get("/service")
    for method, path in (
        ("POST", "v/backend"),
        ("PUT", "v/activate"),
        ("DELETE", "s/"),
        ("POST", "s/purge_all"),
        ("PATCH", "/nothing"),
    ):
        assert mine.refused(method, path, name="b") == FORBIDDEN
    assert api.get("/service") == before
    assert api.control("GET", "log")[-2]["status"] == 403


def test_a_purge_token(api: Api) -> None:
    mine = with_token(api, scope="purge_select purge_all")
    assert mine.get("/tokens/self")["scope"] == "purge_select purge_all"
    for path in ("/service", "v/backend", "/tokens"):
        assert mine.refused("GET", path) == FORBIDDEN


def test_a_token_for_one_service(api: Api) -> None:
    other = api.post("/service", name="other")["id"]
    limiter = api.post(
        f"/service/{other}/version/1/rate-limiters",
        name="l",
        action="response",
        rps_limit="20",
        window_size="10",
        penalty_box_duration="30",
        **{"client_key[]": ["client.ip"], "http_methods[]": ["GET"], "response[status]": "429"},
    )
    mine = with_token(api, **{"services[]": [api.service]})
    assert [each["name"] for each in mine.get("/service")] == ["shop"]
    assert mine.get("/service/search?name=shop")["id"] == api.service
    assert mine.refused("GET", "/service/search?name=other")[0] == 404
    assert mine.refused("GET", f"/service/{other}") == NOT_FOUND
    assert mine.refused("POST", "/service", name="third") == NOT_FOUND
    for method in ("GET", "PUT", "DELETE"):
        assert mine.refused(method, f"/rate-limiters/{limiter['id']}")[0] == 404
    assert mine.post("v/domain", name="a.example.com")["name"] == "a.example.com"
    assert [each["name"] for each in api.get("/service")] == ["shop", "other"]
    assert api.get(f"/rate-limiters/{limiter['id']}")["id"] == limiter["id"]


def test_a_role_changes_at_once(api: Api) -> None:
    mine = with_token(api, "user")
    assert mine.refused("POST", "v/domain", name="a.example.com") == FORBIDDEN
    api.put(f"/user/{mine.get('/current_user')['id']}", role="engineer")
    assert mine.post("v/domain", name="a.example.com")["name"] == "a.example.com"


def test_the_current_user(api: Api) -> None:
    mine = with_token(api, "billing")
    user = mine.get("/current_user")
    assert (user["login"], user["role"]) == ("billing@example.com", "billing")
    assert api.get("/current_user")["id"] == OWNER_ID
    for own in (user["id"], OWNER_ID):
        assert mine.refused("DELETE", f"/user/{own}")[0] == 400


# -- Sessions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/current_user/password"), ("DELETE", f"/customer/{CUSTOMER_ID}")]
)
def test_what_only_a_session_may_do(api: Api, method: str, path: str) -> None:
    assert api.refused(method, path, old_password="a", new_password="b") == FORBIDDEN
    assert with_token(api).refused(method, path) == FORBIDDEN
    assert api.with_key("").refused(method, path)[0] == 401


@pytest.mark.parametrize("login", ["owner@example.com", "owner%40example.com", "nobody@example.com"])
def test_a_reset_of_the_password_needs_no_key(api: Api, login: str) -> None:
    path = f"/user/{login}/password/request_reset"
    for mine in (api, api.with_key(""), with_token(api, scope="global:read")):
        assert mine.post(path) == {"status": "ok"}
    assert api.client.post(path).status_code == httpx.codes.OK
    assert not needs_key("POST", path)
    assert needs_key("GET", path)
    assert needs_key("POST", "/user")
