"""What is special about single kinds of objects: spellings, addresses, ports, names, references, domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases import CASES

if TYPE_CHECKING:
    from conftest import Api

BACKEND = {"name": "x", "address": "origin.example.com"}


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_spellings_of_true(api: Api, value: str) -> None:
    made = api.post("v/backend", **BACKEND, use_ssl=value)
    assert made["use_ssl"] is True
    assert api.post("v/header", name="x", dst="http.X", ignore_if_set=value)["ignore_if_set"] == "1"


@pytest.mark.parametrize("value", ["0", "false", "False"])
def test_spellings_of_false(api: Api, value: str) -> None:
    made = api.post("v/backend", **BACKEND, ssl_check_cert=value)
    assert made["ssl_check_cert"] is False


def test_defaults_of_what_the_provider_always_sends(api: Api) -> None:
    made = api.post("v/header", name="x", dst="http.X")
    assert (made["action"], made["type"]) == ("set", "request")
    assert api.post("v/snippet", name="x", type="recv")["content"] == ""


def test_json_is_taken_like_a_form(api: Api) -> None:
    made = api.ok("POST", "v/backend", json={**BACKEND, "port": 443, "use_ssl": True, "shield": None})
    assert (made["port"], made["use_ssl"], made["shield"]) == (443, True, "")


def test_zero_is_a_port(api: Api) -> None:
    api.post("v/backend", **BACKEND)
    assert api.put("v/backend/x", port="0")["port"] == 0


@pytest.mark.parametrize(
    ("address", "field"), [("192.0.2.1", "ipv4"), ("2001:db8::1", "ipv6"), ("a.example.com", "hostname")]
)
def test_address_of_a_backend(api: Api, address: str, field: str) -> None:
    made = api.post("v/backend", name="x", address=address)
    shown = {name: made[name] for name in ("address", "hostname", "ipv4", "ipv6")}
    assert shown == {"address": address, "hostname": None, "ipv4": None, "ipv6": None} | {field: address}
    assert api.put("v/backend/x", address="b.example.com")["hostname"] == "b.example.com"


def test_address_with_a_port_in_an_update(api: Api) -> None:
    api.post("v/backend", **BACKEND)
    assert api.refused("PUT", "v/backend/x", address="a.example.com:8443")[0] == 400
    assert api.get("v/backend/x")["address"] == BACKEND["address"]


PORTS: list[tuple[bool, dict[str, str], bool]] = [
    (False, {"port": "443"}, True),
    (True, {"port": "443"}, True),
    (True, {"port": "80"}, False),
    (False, {"port": "8443"}, False),
    (True, {"port": "8080"}, True),
    (True, {"port": ""}, True),
    (True, {"comment": "a"}, True),
    (False, {"port": "443", "use_ssl": "0"}, False),
    (False, {"port": "80", "use_ssl": "1"}, True),
]
"""What `use_ssl` was, what is sent, what it is then."""


@pytest.mark.parametrize(("before", "form", "after"), PORTS)
def test_some_ports_set_use_ssl(api: Api, before: bool, form: dict[str, str], after: bool) -> None:
    api.post("v/backend", **BACKEND, use_ssl=str(before))
    assert api.put("v/backend/x", **form)["use_ssl"] is after
    assert api.get("v/backend/x")["use_ssl"] is after
    if not before:
        assert api.post("v/backend", **{**BACKEND, "name": "new"}, **form)["use_ssl"] is after


def test_backend_of_a_compute_service(api: Api) -> None:
    service = api.post("/service", name="compute", type="wasm")["id"]
    assert api.post(f"/service/{service}/version/1/backend", **BACKEND)["prefer_ipv6"] is True


@pytest.mark.parametrize(
    ("kind", "name"),
    [("acl", "office 1_a"), ("snippet", "A b_c-d.e"), ("condition", "a/b ü+%"), ("backend", "a/b"), ("header", "ü")],
)
def test_names(api: Api, kind: str, name: str) -> None:
    made = api.post(f"v/{kind}", **CASES[kind].form(name, CASES[kind].minimal))
    assert made["name"] == name
    quoted = name.replace("%", "%25").replace("/", "%2F").replace(" ", "%20")
    assert api.get(f"v/{kind}/{quoted}") == made
    assert api.delete(f"v/{kind}/{quoted}") == {"status": "ok"}


def test_references(api: Api) -> None:
    api.post("v/healthcheck", name="probe")
    api.post("v/condition", name="c", type="REQUEST", statement="true")
    api.post("v/backend", **BACKEND, healthcheck="probe", request_condition="c")
    assert api.delete("v/healthcheck/probe") == {"status": "ok"}, "what refers to it is not asked"
    assert api.delete("v/condition/c") == {"status": "ok"}
    assert api.put("v/backend/x", comment="a")["healthcheck"] == "probe"
    assert api.refused("PUT", "v/backend/x", healthcheck="probe")[0] == 400
    assert api.put("v/backend/x", healthcheck="", request_condition="")["request_condition"] == ""


def test_statements_come_back_byte_for_byte(api: Api) -> None:
    statement = 'req.url ~ "^/a+b%20c" &&\r\n  req.http.X == "ü; {&}="  '
    assert api.post("v/condition", name="x", type="REQUEST", statement=statement)["statement"] == statement


def test_headers_of_a_healthcheck(api: Api) -> None:
    made = api.post("v/healthcheck", name="x", headers='["Foo:Bar","Baz: Qux:1"]')
    assert made["headers"] == ["Baz: Qux:1", "Foo: Bar"]
    assert api.put("v/healthcheck/x", headers='["Beep:Boop","A:b"]')["headers"] == ["Beep:Boop", "A:b"]
    assert api.put("v/healthcheck/x", headers="[]")["headers"] == []


def test_unknown_fields_are_ignored(api: Api) -> None:
    assert "ServiceID" not in api.post("v/dictionary", name="x", ServiceID="a", version="9")


def test_a_domain_of_another_active_service(api: Api) -> None:
    api.post("v/domain", name="www.example.com")
    other = api.post("/service", name="other")["id"]
    there = f"/service/{other}/version/1"
    api.post(f"{there}/domain", name="www.example.com")
    api.post(f"{there}/domain", name="b.example.com")
    api.put("v/activate")
    taken = (400, {"msg": "Bad request", "detail": "Domain 'www.example.com' is already taken by service shop"})
    assert api.refused("PUT", f"{there}/activate") == taken
    api.delete(f"{there}/domain/www.example.com")
    assert api.refused("POST", f"{there}/domain", name="www.example.com") == taken
    assert api.refused("PUT", f"{there}/domain/b.example.com", name="www.example.com") == taken
    api.put("v/deactivate")
    assert api.post(f"{there}/domain", name="www.example.com")["name"] == "www.example.com"


def test_domain_check(api: Api) -> None:
    domain = api.post("v/domain", name="www.example.com")
    assert api.get("v/domain/www.example.com/check") == [domain, None, False]
    assert api.get("v/domain/check_all") == [[domain, None, False]]
    assert api.get("v/domain/check_all?include=staging_ips") == [[{**domain, "staging_ips": []}, None, False]]
    assert api.refused("GET", "v/domain/nope/check")[0] == 404
