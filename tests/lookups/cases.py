"""What each function is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg5ecr3t\n-----END PRIVATE KEY-----"

TOKEN = "t0ken-5ecr3t"


@dataclass(frozen=True)
class Account:
    """Ids of what the emulator has."""

    service_id: str
    dictionary_id: str
    customer_id: str


def fill(http: httpx.Client) -> Account:
    """An account with a service whose version 1 is active, and a second version with one more backend."""

    def send(method: str, path: str, **form: Any) -> Any:
        answer = http.request(method, path, data=form)
        answer.raise_for_status()
        return answer.json()

    service_id = send("POST", "/service", name="www", comment="ours")["id"]
    one = f"/service/{service_id}/version/1"
    send("POST", f"{one}/domain", name="www.example.com")
    send("POST", f"{one}/domain", name="example.com")
    send("POST", f"{one}/backend", name="origin", address="origin.example.com", ssl_client_key=PRIVATE_KEY)
    send("POST", f"{one}/vcl", name="main", content="sub vcl_recv {\n#FASTLY recv\n}\n", main="1")
    dictionary_id = send("POST", f"{one}/dictionary", name="redirects")["id"]
    send("POST", f"/service/{service_id}/dictionary/{dictionary_id}/item", item_key="/a", item_value="/b")
    send("PUT", f"{one}/activate")
    send("PUT", f"{one}/clone")
    two = f"/service/{service_id}/version/2"
    send("POST", f"{two}/backend", name="second", address="second.example.com", ssl_client_key=PRIVATE_KEY)
    send("PUT", f"{two}/backend/second", ssl_client_key=PRIVATE_KEY.replace("MII", "NII"), comment="a new key")
    send("POST", f"{two}/logging/syslog", name="logs", address="logs.example.com", token=TOKEN)
    invitation = {"data": {"type": "invitation", "attributes": {"email": "a@example.com", "role": "user"}}}
    http.post("/invitations", json=invitation).raise_for_status()
    return Account(service_id, dictionary_id, send("GET", "/current_user")["customer_id"])


@dataclass(frozen=True)
class Case:
    """A call of a function. Texts in it are filled in from the account."""

    function: str
    arguments: Mapping[str, Any]
    path: str
    """What it reads last."""
    expected: Mapping[str, Any]
    """Values by the path of an attribute; ``services.0.name`` is the name of the first of several."""

    def given(self, account: Account) -> dict[str, Any]:
        return {
            name: value.format(**vars(account)) if isinstance(value, str) else value
            for name, value in self.arguments.items()
        }

    def __str__(self) -> str:
        return "-".join([self.function, *self.arguments])


def value_at(result: Any, attributes: str) -> Any:
    """What a path of attributes, keys and indexes leads to; ``len`` is how many there are."""
    for name in attributes.split("."):
        if name == "len":
            result = len(result)
        elif isinstance(result, tuple):
            result = result[int(name)]
        else:
            result = result[name] if isinstance(result, Mapping) else getattr(result, name)
    return result


SERVICE = {"service_id": "{service_id}"}
VERSION = {**SERVICE, "version": 1}
BELOW = "/service/{service_id}/version/1"

CASES = [
    Case("get_service", SERVICE, "/service/{service_id}", {"name": "www", "comment": "ours", "active_version": 1}),
    Case("get_service", {"name": "www"}, "/service/search", {"id": "{service_id}", "versions.len": 2}),
    Case("get_services", {}, "/service", {"services.len": 1, "services.0.id": "{service_id}"}),
    Case(
        "get_service_details",
        SERVICE,
        "/service/{service_id}/details",
        {
            "name": "www",
            "version.number": 2,
            "version.objects.backends.len": 2,
            "active_version_details.number": 1,
            "active_version_details.objects.backends.0.address": "origin.example.com",
            "active_version_details.settings.len": 5,
        },
    ),
    Case("get_service_details", VERSION, "/service/{service_id}/details", {"version.number": 1, "active_version": 1}),
    Case(
        "get_domains", SERVICE, "/service/{service_id}/domain", {"domains.len": 2, "domains.0.name": "www.example.com"}
    ),
    Case(
        "check_domains",
        VERSION,
        f"{BELOW}/domain/check_all",
        {"checks.len": 2, "checks.1.name": "example.com", "checks.1.ok": False},
    ),
    Case(
        "check_domains",
        {**VERSION, "name": "www.example.com"},
        f"{BELOW}/domain/www.example.com/check",
        {"checks.len": 1, "checks.0.name": "www.example.com", "checks.0.cname": None},
    ),
    Case(
        "get_version_diff",
        {**SERVICE, "from_version": 1, "to_version": 2},
        "/service/{service_id}/diff/from/1/to/2",
        {"from_version": 1, "to_version": 2, "format": "text"},
    ),
    Case(
        "get_version_diff",
        {**SERVICE, "from_version": 1, "to_version": -1, "format": "html_simple"},
        "/service/{service_id}/diff/from/1/to/-1",
        {"to_version": -1, "format": "html_simple"},
    ),
    Case("get_generated_vcl", SERVICE, f"{BELOW}/generated_vcl", {"version": 1}),
    Case("get_generated_vcl", VERSION, f"{BELOW}/generated_vcl", {"version": 1}),
    Case("get_boilerplate", VERSION, f"{BELOW}/boilerplate", {}),
    Case(
        "get_vcl_content",
        {**VERSION, "name": "main"},
        f"{BELOW}/vcl/main",
        {"name": "main", "main": True, "content": "sub vcl_recv {\n#FASTLY recv\n}\n"},
    ),
    Case(
        "get_dictionary_info",
        {**SERVICE, "dictionary_id": "{dictionary_id}"},
        f"{BELOW}/dictionary/{{dictionary_id}}/info",
        {"item_count": 1},
    ),
    Case(
        "get_dictionary_info",
        {**VERSION, "dictionary_id": "{dictionary_id}"},
        f"{BELOW}/dictionary/{{dictionary_id}}/info",
        {"item_count": 1},
    ),
    Case("get_current_user", {}, "/current_user", {"login": "owner@example.com", "role": "superuser"}),
    Case(
        "get_users",
        {},
        "/customer/{customer_id}/users",
        {"users.len": 1, "users.0.login": "owner@example.com"},
    ),
    Case("get_users", {"customer_id": "{customer_id}"}, "/customer/{customer_id}/users", {"users.0.locked": False}),
    Case("get_customer", {}, "/current_customer", {"id": "{customer_id}", "has_pci": False, "billing_ref": None}),
    Case("get_customer", {"customer_id": "{customer_id}"}, "/customer/{customer_id}", {"id": "{customer_id}"}),
    Case(
        "get_invitations",
        {},
        "/invitations",
        {"invitations.len": 1, "invitations.0.email": "a@example.com", "invitations.0.status_code": 1},
    ),
    Case(
        "get_billing", {}, "/billing/v3/invoices/month-to-date", {"currency_code": None, "customer_id": "{customer_id}"}
    ),
    Case(
        "get_billing",
        {"year": 2024, "month": 1},
        "/billing/v3/invoices",
        {"billing_start_date": "2024-01-01T00:00:00Z", "currency_code": "USD", "monthly_transaction_amount": 100.0},
    ),
    Case(
        "get_pricing_extras",
        {},
        "/customer/{customer_id}/pricing_extra",
        {
            "pricing_extras.len": 2,
            "pricing_extras.0.name": "SSL",
            "pricing_extras.0.recurring": 100.0,
            "pricing_extras.0.active_until": None,
        },
    ),
    Case(
        "get_pricing_extras",
        {"customer_id": "{customer_id}", "name": "SSL"},
        "/customer/{customer_id}/pricing_extra/SSL",
        {"pricing_extras.len": 1, "pricing_extras.0.name": "SSL"},
    ),
    Case("get_events", {**SERVICE, "event_type": "version.activate"}, "/events", {"events.0.version": 1}),
    Case(
        "get_events",
        {**SERVICE, "event_type": "backend.update"},
        "/events",
        {"events.0.metadata.new.comment": "a new key", "events.0.metadata.new.ssl_client_key": "[secret]"},
    ),
    Case("get_event_log", {"id": "{service_id}"}, "/event_log/{service_id}", {"entries.0.ref_id": "{service_id}"}),
    Case("get_ip_ranges", {}, "/public-ip-list", {"cidr_blocks.0": "23.235.32.0/20"}),
    Case("get_datacenters", {}, "/datacenters", {"shields.0": "amsterdam-nl"}),
    Case("get_stats", SERVICE, "/stats/service/{service_id}", {"rows": ()}),
    Case("get_stats", {"by": "region"}, "/stats/usage", {"rows.0.region": "africa_std", "rows.0.requests": 0}),
    Case("get_realtime_stats", SERVICE, "/v1/channel/{service_id}/ts/h/limit/10", {"seconds.len": 10}),
]
