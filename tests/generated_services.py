"""Services whose generated VCL the tests look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastly_emulator.generated import Dialect, generated_vcl
from fastly_emulator.kinds import KINDS

from tests.cases import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import Api

Write = tuple[str, dict[str, Any]]
"""A path below the version, and a form."""

SMALL: list[Write] = [
    ("domain", {"name": "www.example.com"}),
    ("backend", {"name": "origin", "address": "192.0.2.10"}),
]

_LOG = '{"time":"%{strftime(\\{"%Y-%m-%d"\\}, time.start)}V","url":"%{json.escape(req.url)}V","status":%>s}'
REALISTIC: list[Write] = [
    ("domain", {"name": "www.example.com"}),
    ("healthcheck", {"name": "ping", "method": "GET", "path": "/ping", "host": "www.example.com"}),
    ("condition", {"name": "API", "type": "REQUEST", "statement": 'req.url.path ~ "^/api/"', "priority": 20}),
    ("condition", {"name": "old path", "type": "REQUEST", "statement": 'req.url.path == "/old"', "priority": 5}),
    ("condition", {"name": "images", "type": "CACHE", "statement": 'req.url.ext ~ "^(?:png|jpg)$"'}),
    ("condition", {"name": "debug", "type": "RESPONSE", "statement": "req.http.Fastly-Debug"}),
    (
        "backend",
        {
            "name": "API origin",
            "address": "api.example.com",
            "port": 443,
            "override_host": "api.example.com",
            "ssl_cert_hostname": "api.example.com",
            "ssl_sni_hostname": "api.example.com",
            "shield": "iad-va-us",
            "request_condition": "API",
        },
    ),
    ("backend", {"name": "web 1", "address": "web1.example.com", "healthcheck": "ping", "connect_timeout": 1500}),
    ("backend", {"name": "web 2", "address": "web2.example.com", "weight": 50}),
    ("director", {"name": "pool", "quorum": 50, "retries": 2}),
    ("director/pool/backend/web%201", {}),
    ("director/pool/backend/web%202", {}),
    ("dictionary", {"name": "redirects"}),
    ("dictionary", {"name": "secrets", "write_only": 1}),
    ("acl", {"name": "office"}),
    ("header", {"name": "last", "dst": "http.X-Order", "src": '"2"', "priority": 20}),
    ("header", {"name": "first", "dst": "http.X-Order", "src": '"1"', "ignore_if_set": 1, "priority": 10}),
    (
        "header",
        {
            "name": "no cookies",
            "type": "cache",
            "action": "delete",
            "dst": "http.Set-Cookie",
            "cache_condition": "images",
        },
    ),
    ("header", {"name": "HSTS", "type": "response", "dst": "http.Strict-Transport-Security", "src": '"max-age=300"'}),
    (
        "header",
        {
            "name": "who",
            "type": "response",
            "dst": "http.X-Pop",
            "src": "server.datacenter",
            "response_condition": "debug",
        },
    ),
    ("header", {"name": "edge", "type": "fetch", "dst": "http.X-Edge", "src": '"1"'}),
    ("request_settings", {"name": "TLS", "force_ssl": 1, "xff": "append", "max_stale_age": 60}),
    ("cache_settings", {"name": "images long", "ttl": 86400, "stale_ttl": 600, "cache_condition": "images"}),
    (
        "response_object",
        {
            "name": "gone",
            "status": 410,
            "response": "Gone",
            "content_type": "text/html",
            "content": '<p>Moved "away"</p>\n',
            "request_condition": "old path",
        },
    ),
    ("gzip", {"name": "text", "content_types": "text/html application/json", "extensions": "css js"}),
    ("snippet", {"name": "second", "type": "recv", "content": 'set req.http.X-B = "b";', "priority": 20}),
    (
        "snippet",
        {
            "name": "first",
            "type": "recv",
            "content": "set req.http.X-A = req.http.X-B;\nunset req.http.X-B;",
            "priority": 10,
        },
    ),
    ("snippet", {"name": "live", "type": "deliver", "dynamic": 1, "content": "unset resp.http.Server;"}),
    (
        "logging/s3",
        {"name": "all requests", "bucket_name": "logs", "access_key": "a", "secret_key": "s", "format": _LOG},
    ),
    (
        "logging/syslog",
        {"name": "debugged", "address": "logs.example.com", "format": "%h %r", "response_condition": "debug"},
    ),
    (
        "rate-limiters",
        {
            "name": "login",
            "action": "response",
            "client_key": '["client.ip"]',
            "http_methods": '["POST"]',
            "rps_limit": 10,
            "window_size": 10,
            "penalty_box_duration": 5,
            "response[status]": 429,
            "response[content]": "Too many",
            "response[content_type]": "text/plain",
        },
    ),
]
"""Every kind of object, in an order in which references hold."""


def make(api: Api, writes: Iterable[Write]) -> Api:
    """Write the objects."""
    for path, form in writes:
        api.post(f"v/{path}", **form)
    return api


def make_realistic(api: Api) -> Api:
    """Write the objects, items, entries and settings of the large example."""
    make(api, REALISTIC)
    held = {each["name"]: each["id"] for kind in ("dictionary", "acl") for each in api.get(f"v/{kind}")}
    api.post(f"s/dictionary/{held['redirects']}/item", item_key="/old", item_value="/new")
    api.post(f"s/dictionary/{held['redirects']}/item", item_key='/"100%"', item_value='a "quoted"} value')
    api.post(f"s/dictionary/{held['secrets']}/item", item_key="key", item_value="hidden")
    api.post(f"s/acl/{held['office']}/entry", ip="192.0.2.0", subnet="24")
    api.post(f"s/acl/{held['office']}/entry", ip="192.0.2.7", negated="1")
    api.put("v/settings", **{"general.default_ttl": 120, "general.stale_if_error": "true"})
    api.put("v/settings", **{"general.default_host": "www.example.com"})
    api.post("v/http3")
    return api


def make_every_case(api: Api, stage: str) -> Api:
    """Write all objects of `tests/cases` in one stage, and what they refer to."""
    made: set[tuple[str, str]] = set()
    for case in CASES.values():
        for each in (*case.needed(), case):
            for one in each.objects:
                if each.path in KINDS and (each.path, one.name) not in made:
                    made.add((each.path, one.name))
                    api.post(f"v/{each.path}", **each.form(one.name, getattr(one, stage)))
    return api


def text_of(api: Api, dialect: Dialect = Dialect.FASTLY) -> str:
    """Generate the VCL of version 1."""
    service = api.emulator.services[api.service]
    return generated_vcl(service, service.versions[1], dialect)


def folded(vcl: str) -> str:
    """VCL without its lay-out and its comments."""
    return " ".join(" ".join(line.split("# ")[0] for line in vcl.split("\n")).split())
