"""Types, defaults, nulls, renames, references and refusals of every kind of object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.kinds import KINDS

if TYPE_CHECKING:
    from conftest import Api, Clock

NOW = "2023-11-14T22:13:20Z"
LATER = "2023-11-14T22:13:30Z"
TIMES = {"created_at": NOW, "updated_at": NOW, "deleted_at": None}

MINIMAL: dict[str, dict[str, str]] = {
    "domain": {"name": "www.example.com"},
    "backend": {"name": "x", "address": "origin.example.com"},
    "healthcheck": {"name": "x"},
    "condition": {"name": "x", "type": "REQUEST", "statement": 'req.url~+"a"'},
    "header": {"name": "x", "dst": "http.X", "src": '"1"'},
    "snippet": {"name": "x", "type": "recv"},
    "dictionary": {"name": "x"},
    "acl": {"name": "x"},
    "director": {"name": "x"},
    "cache_settings": {"name": "x"},
    "request_settings": {"name": "x"},
    "response_object": {"name": "x"},
    "gzip": {"name": "x"},
    "vcl": {"name": "x", "content": "sub a {\n}\n"},
    "logging/s3": {"name": "x"},
}
"""The least that each kind is made of."""

DEFAULTS: dict[str, dict[str, Any]] = {
    "domain": {"comment": "", "version": 1},
    "backend": {
        "auto_loadbalance": False,
        "between_bytes_timeout": 10000,
        "client_cert": None,
        "comment": "",
        "connect_timeout": 1000,
        "error_threshold": 0,
        "first_byte_timeout": 15000,
        "healthcheck": None,
        "hostname": "origin.example.com",
        "ipv4": None,
        "ipv6": None,
        "keepalive_time": None,
        "max_conn": 200,
        "max_lifetime": None,
        "max_tls_version": None,
        "max_use": None,
        "min_tls_version": None,
        "override_host": None,
        "port": 80,
        "prefer_ipv6": False,
        "request_condition": "",
        "share_key": None,
        "shield": None,
        "ssl_ca_cert": None,
        "ssl_cert_hostname": None,
        "ssl_check_cert": True,
        "ssl_ciphers": None,
        "ssl_client_cert": None,
        "ssl_client_key": None,
        "ssl_hostname": None,
        "ssl_sni_hostname": None,
        "tcp_keepalive_enable": None,
        "tcp_keepalive_interval": None,
        "tcp_keepalive_probes": None,
        "tcp_keepalive_time": None,
        "use_ssl": False,
        "version": 1,
        "weight": 100,
    },
    "healthcheck": {
        "check_interval": 5000,
        "comment": "",
        "expected_response": 200,
        "headers": [],
        "host": None,
        "http_version": "1.1",
        "initial": 3,
        "method": "HEAD",
        "path": None,
        "threshold": 3,
        "timeout": 5000,
        "version": 1,
        "window": 5,
    },
    "condition": {"comment": "", "priority": "10", "version": "1"},
    "header": {
        "action": "set",
        "cache_condition": None,
        "ignore_if_set": "0",
        "priority": "100",
        "regex": "",
        "request_condition": None,
        "response_condition": None,
        "substitution": "",
        "type": "request",
        "version": "1",
    },
    "snippet": {"content": "", "dynamic": "0", "priority": "100", "version": "1", "id": ...},
    "dictionary": {"write_only": False, "version": 1, "id": ...},
    "acl": {"version": "1", "id": ...},
    "director": {
        "backends": [],
        "capacity": 100,
        "comment": "",
        "quorum": 75,
        "retries": 5,
        "shield": None,
        "type": 1,
        "version": 1,
    },
    "cache_settings": {"action": None, "cache_condition": "", "stale_ttl": None, "ttl": None, "version": "1"},
    "request_settings": {
        "action": None,
        "bypass_busy_wait": None,
        "default_host": None,
        "force_miss": None,
        "force_ssl": None,
        "geo_headers": None,
        "hash_keys": None,
        "max_stale_age": None,
        "request_condition": "",
        "timer_support": None,
        "version": "1",
        "xff": None,
    },
    "response_object": {
        "cache_condition": "",
        "content": None,
        "content_type": None,
        "request_condition": "",
        "response": "ok",
        "status": "200",
        "version": "1",
    },
    "gzip": {
        "cache_condition": "",
        "content_types": "text/html application/x-javascript text/css application/javascript text/javascript "
        "application/json application/vnd.ms-fontobject application/x-font-opentype application/x-font-truetype "
        "application/x-font-ttf application/xml font/eot font/opentype font/otf image/svg+xml "
        "image/vnd.microsoft.icon text/plain text/xml",
        "extensions": "css js html eot ico otf ttf json",
        "version": "1",
    },
    "vcl": {"main": False, "version": 1},
    "logging/s3": {
        "access_key": None,
        "acl": None,
        "bucket_name": None,
        "compression_codec": None,
        "domain": None,
        "file_max_bytes": 0,
        "format": '%h %l %u %t "%r" %>s %b',
        "format_version": "2",
        "gzip_level": "0",
        "iam_role": None,
        "log_processing_region": "none",
        "message_type": "classic",
        "path": None,
        "period": "3600",
        "placement": None,
        "public_key": None,
        "redundancy": None,
        "response_condition": "",
        "secret_key": None,
        "server_side_encryption": None,
        "server_side_encryption_kms_key_id": None,
        "timestamp_format": "%Y-%m-%dT%H:%M:%S.000",
        "version": "1",
    },
}

CLASS_NAMES = {
    "acl": "ACL",
    "cache_settings": "CacheSettings",
    "request_settings": "RequestSettings",
    "response_object": "ResponseObject",
    "vcl": "VCL",
    "logging/s3": "syslog",
}
"""Those that are not the word in the path with a capital."""

DUPLICATES = {"logging/s3": "logging_syslog"}
"""Those that are not the path."""


def test_every_kind_is_in_the_tables() -> None:
    """Those with an id for a path have tests of their own."""
    assert MINIMAL.keys() == DEFAULTS.keys() == {path for path, kind in KINDS.items() if not kind.by_id}


@pytest.mark.parametrize("kind", MINIMAL)
def test_defaults_and_types(api: Api, kind: str) -> None:
    sent = MINIMAL[kind]
    made = api.post(f"v/{kind}", **sent)
    expected = {"service_id": api.service, **TIMES, **DEFAULTS[kind], **sent}
    if "id" in expected:
        assert len(made["id"]) == 22
        assert made["id"].isalnum()
        expected["id"] = made["id"]
    assert made == expected
    assert {name: type(value) for name, value in made.items()} == {
        name: type(value) for name, value in expected.items()
    }
    assert api.get(f"v/{kind}/{sent['name']}") == made
    assert api.get(f"v/{kind}") == [made]


@pytest.mark.parametrize("kind", MINIMAL)
def test_not_found_duplicate_locked(api: Api, kind: str) -> None:
    sent, name = MINIMAL[kind], MINIMAL[kind]["name"]
    class_name = CLASS_NAMES.get(kind, kind.capitalize())
    keys = f"deleted => 0000-00-00 00:00:00, name => a b, service => {api.service}, version => 1"
    missing = (404, {"msg": "Record not found", "detail": f"Couldn't find {class_name} '{{ {keys} }}'"})
    for method in ("GET", "PUT", "DELETE"):
        assert api.refused(method, f"v/{kind}/a%20b") == missing
    api.post(f"v/{kind}", **sent)
    duplicate = (409, {"msg": "Duplicate record", "detail": f"Duplicate {DUPLICATES.get(kind, kind)}: '{name}'"})
    assert api.refused("POST", f"v/{kind}", **sent) == duplicate
    api.put("v/lock")
    detail = f"Version '1' for service '{api.service}' is locked"
    for method, path in (("POST", f"v/{kind}"), ("PUT", f"v/{kind}/{name}"), ("DELETE", f"v/{kind}/{name}")):
        assert api.refused(method, path, **sent) == (422, {"msg": "Version locked", "detail": detail})


@pytest.mark.parametrize("kind", MINIMAL)
def test_update_rename_delete(api: Api, clock: Clock, kind: str) -> None:
    sent, name = MINIMAL[kind], MINIMAL[kind]["name"]
    made = api.post(f"v/{kind}", **sent)
    clock.now += 10
    assert api.put(f"v/{kind}/{name}") == made, "an empty body changes nothing"
    assert api.get(f"v/{kind}/{name}") == made
    if kind == "condition":
        refused = (400, {"msg": "Bad request", "detail": "Cannot change name"})
        assert api.refused("PUT", f"v/{kind}/{name}", name="y") == refused
        assert api.put(f"v/{kind}/{name}", name=name) == made
        return
    if kind == "director":
        assert api.put(f"v/{kind}/{name}", name="y") == made, "the old name is kept, and nothing said"
        assert api.get(f"v/{kind}") == [made]
        assert api.put(f"v/{kind}/{name}", name="y", quorum="1")["quorum"] == 1
        return
    assert api.put(f"v/{kind}/{name}", name="y") == {**made, "name": "y"}, "with the times before the update"
    assert api.get(f"v/{kind}") == [{**made, "name": "y", "updated_at": LATER}]
    assert api.refused("GET", f"v/{kind}/{name}")[0] == 404
    api.post(f"v/{kind}", **sent)
    assert api.refused("PUT", f"v/{kind}/{name}", name="y")[0] == 409
    assert api.delete(f"v/{kind}/y") == {"status": "ok"}
    assert [each["name"] for each in api.get(f"v/{kind}")] == [name]


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_spellings_of_true(api: Api, value: str) -> None:
    made = api.post("v/backend", **MINIMAL["backend"], use_ssl=value)
    assert made["use_ssl"] is True
    assert api.post("v/header", **MINIMAL["header"], ignore_if_set=value)["ignore_if_set"] == "1"


@pytest.mark.parametrize("value", ["0", "false", "False"])
def test_spellings_of_false(api: Api, value: str) -> None:
    made = api.post("v/backend", **MINIMAL["backend"], ssl_check_cert=value)
    assert made["ssl_check_cert"] is False


def test_json_is_taken_like_a_form(api: Api) -> None:
    made = api.ok("POST", "v/backend", json={**MINIMAL["backend"], "port": 443, "use_ssl": True, "shield": None})
    assert (made["port"], made["use_ssl"], made["shield"]) == (443, True, "")


CLEARED: list[tuple[str, str, str, object]] = [
    ("backend", "override_host", "www.example.com", None),
    ("backend", "max_use", "5", None),
    ("backend", "max_lifetime", "5", None),
    ("backend", "ssl_hostname", "a", ""),
    ("backend", "ssl_ca_cert", "a", ""),
    ("backend", "min_tls_version", "1.2", ""),
    ("backend", "comment", "a", ""),
    ("request_settings", "action", "lookup", ""),
    ("request_settings", "default_host", "a", ""),
    ("cache_settings", "ttl", "60", None),
    ("response_object", "content", "a", ""),
    ("gzip", "extensions", "css", ""),
    ("gzip", "content_types", "text/css", ""),
]


@pytest.mark.parametrize(("kind", "name", "value", "cleared"), CLEARED)
def test_clearing_a_field(api: Api, kind: str, name: str, value: str, cleared: object) -> None:
    made = api.post(f"v/{kind}", **MINIMAL[kind], **{name: value})
    assert str(made[name]) == value
    assert api.put(f"v/{kind}/x", **{name: ""})[name] == cleared
    assert api.get(f"v/{kind}/x")[name] == cleared


def test_zero_is_a_port(api: Api) -> None:
    api.post("v/backend", **MINIMAL["backend"])
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
    api.post("v/backend", **MINIMAL["backend"])
    assert api.refused("PUT", "v/backend/x", address="a.example.com:8443")[0] == 400
    assert api.get("v/backend/x")["address"] == MINIMAL["backend"]["address"]


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
    api.post("v/backend", **MINIMAL["backend"], use_ssl=str(before))
    assert api.put("v/backend/x", **form)["use_ssl"] is after
    assert api.get("v/backend/x")["use_ssl"] is after
    if not before:
        assert api.post("v/backend", **{**MINIMAL["backend"], "name": "new"}, **form)["use_ssl"] is after


def test_backend_of_a_compute_service(api: Api) -> None:
    service = api.post("/service", name="compute", type="wasm")["id"]
    assert api.post(f"/service/{service}/version/1/backend", **MINIMAL["backend"])["prefer_ipv6"] is True


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("backend", {"address": "a.example.com"}, "Name can't be blank"),
    ("backend", {"name": "x"}, "Address can't be blank"),
    ("backend", {"name": "x", "address": "a.example.com."}, "must not end with a dot"),
    *(
        ("backend", {"name": "x", "address": address}, f"Address '{address}' is not a valid IPv4, IPv6 or hostname")
        for address in ("a.example.com:8443", "127.0.0.1:443", "[::1]:443", "[::1]", "https://a.example.com", "a b")
    ),
    ("backend", {"name": "x", "address": "a", "port": "x"}, "not a number: port"),
    ("backend", {"name": "x", "address": "a", "use_ssl": "maybe"}, "not a boolean: use_ssl"),
    ("backend", {"name": "x", "address": "a", "healthcheck": "none"}, "Healthcheck 'none' does not exist"),
    ("backend", {"name": "x", "address": "a", "request_condition": "no"}, "Condition 'no' does not exist"),
    ("backend", {"name": "x", "address": "a", "request_condition": "cache"}, "'cache' is not a request condition"),
    ("backend", {"name": "x", "address": "a", "request_condition": "prefetch"}, "is not a request condition"),
    ("header", {"name": "x", "cache_condition": "request"}, "'request' is not a cache condition"),
    ("header", {"name": "x", "response_condition": "request"}, "'request' is not a response condition"),
    ("header", {"name": "x", "request_condition": "response"}, "'response' is not a request condition"),
    ("header", {"name": "x", "action": "replace"}, "Action must be one of"),
    ("header", {"name": "x", "type": "recv"}, "Type must be one of"),
    ("header", {"name": "x", "priority": "high"}, "not a number"),
    ("condition", {"name": "x", "type": "DELIVER"}, "Type must be one of"),
    ("snippet", {"name": "x"}, "Type can't be blank"),
    ("snippet", {"name": "x", "type": "vcl"}, "Type must be one of"),
    ("snippet", {"name": "1x", "type": "recv"}, "Name must start with a letter"),
    ("snippet", {"name": "x/y", "type": "recv"}, "Name must start with a letter"),
    ("acl", {"name": "1x"}, "Name must start with a letter"),
    ("acl", {"name": "x-y"}, "Name must start with a letter"),
    ("cache_settings", {"name": "x", "action": "lookup"}, "Action must be one of: cache, deliver, pass, restart"),
    ("cache_settings", {"name": "x", "ttl": "long"}, "not a number: ttl"),
    ("cache_settings", {"name": "x", "cache_condition": "request"}, "'request' is not a cache condition"),
    ("request_settings", {"name": "x", "action": "cache"}, "Action must be one of: lookup, pass"),
    ("request_settings", {"name": "x", "xff": "drop"}, "Xff must be one of"),
    ("request_settings", {"name": "x", "force_ssl": "maybe"}, "not a boolean: force_ssl"),
    ("request_settings", {"name": "x", "request_condition": "cache"}, "'cache' is not a request condition"),
    ("response_object", {"name": "x", "status": "ok"}, "not a number: status"),
    ("response_object", {"name": "x", "request_condition": "none"}, "Condition 'none' does not exist"),
    ("response_object", {"name": "x", "cache_condition": "response"}, "'response' is not a cache condition"),
    ("gzip", {"name": "x", "cache_condition": "none"}, "Condition 'none' does not exist"),
    ("director", {"name": "x", "type": "2"}, "Type must be one of: 1, 3, 4"),
    ("director", {"name": "x", "quorum": "most"}, "not a number: quorum"),
    ("vcl", {"content": "sub a {}"}, "Name can't be blank"),
    ("domain", {}, "Name can't be blank"),
    ("domain", {"name": "a b"}, "valid domain name"),
] + [
    ("backend", {"name": "x", "address": "a", name: ""}, "can't be blank")
    for name in ("override_host", "ssl_hostname", "ssl_ca_cert", "ssl_cert_hostname", "min_tls_version", "ssl_ciphers")
]


@pytest.mark.parametrize(("kind", "form", "detail"), REFUSED)
def test_refused_creates(api: Api, kind: str, form: dict[str, str], detail: str) -> None:
    for name in ("REQUEST", "CACHE", "RESPONSE", "PREFETCH"):
        api.post("v/condition", name=name.lower(), type=name, statement="true")
    before = api.get(f"v/{kind}")
    status, body = api.refused("POST", f"v/{kind}", **form)
    assert (status, body["msg"]) == (400, "Bad request")
    assert detail in body["detail"]
    assert api.get(f"v/{kind}") == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [("acl", "office 1_a"), ("snippet", "A b_c-d.e"), ("condition", "a/b ü+%"), ("backend", "a/b"), ("header", "ü")],
)
def test_names(api: Api, kind: str, name: str) -> None:
    made = api.post(f"v/{kind}", **{**MINIMAL[kind], "name": name})
    assert made["name"] == name
    quoted = name.replace("%", "%25").replace("/", "%2F").replace(" ", "%20")
    assert api.get(f"v/{kind}/{quoted}") == made
    assert api.delete(f"v/{kind}/{quoted}") == {"status": "ok"}


def test_references(api: Api) -> None:
    api.post("v/healthcheck", name="probe")
    api.post("v/condition", name="c", type="REQUEST", statement="true")
    api.post("v/backend", **MINIMAL["backend"], healthcheck="probe", request_condition="c")
    assert api.delete("v/healthcheck/probe") == {"status": "ok"}, "what refers to it is not asked"
    assert api.delete("v/condition/c") == {"status": "ok"}
    assert api.put("v/backend/x", comment="a")["healthcheck"] == "probe"
    assert api.refused("PUT", "v/backend/x", healthcheck="probe")[0] == 400
    assert api.put("v/backend/x", healthcheck="", request_condition="")["request_condition"] == ""


UNCHANGEABLE = [
    ("condition", "type", "CACHE", "Cannot change type"),
    ("dictionary", "write_only", "true", "Not allowed to modify field 'write_only'"),
    ("snippet", "dynamic", "1", "Not allowed to modify field 'dynamic'"),
]


@pytest.mark.parametrize(("kind", "field", "value", "detail"), UNCHANGEABLE)
def test_unchangeable(api: Api, kind: str, field: str, value: str, detail: str) -> None:
    made = api.post(f"v/{kind}", **MINIMAL[kind])
    assert api.refused("PUT", f"v/{kind}/x", **{field: value}) == (400, {"msg": "Bad request", "detail": detail})
    assert api.put(f"v/{kind}/x", **{field: str(made[field])}) == made


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
