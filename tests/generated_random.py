"""Random services for generated VCL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.generated_services import Write

NAMES = ["plain", "with space", "dots.and-dashes", "Ünïcode", "1 digit", "#hash", 'a "quote"']
TEXTS = ["", "text", 'a "quoted" text', 'ends "} early', "100%", "two\nlines", '{X"}']
CONDITIONS = {"REQUEST": "request_condition", "CACHE": "cache_condition", "RESPONSE": "response_condition"}
STATEMENTS = ["req.url", '!req.http.A ~ "b" && req.http.C', 'req.url ~ "x" # all', '(req.http.A ~ "//")']
SOURCES = ['"1"', "req.url", 'regsub(req.url, "\\?.*$", "")', 'req.http.A ", " req.http.B']
FLAG = [0, 1]

# Kind, fields with their possible values, and the types of condition.
FIELDS: list[tuple[str, dict[str, list[Any]], list[str]]] = [
    (
        "backend",
        {
            "address": ["a.example.com", "192.0.2.1", "2001:db8::1"],
            "port": [80, 443, 8080],
            "auto_loadbalance": FLAG,
            "healthcheck": ["", "check"],
            "shield": ["", "iad-va-us"],
            "weight": [1, 100],
            "ssl_check_cert": FLAG,
            "max_conn": [1, 1000],
        },
        ["REQUEST"],
    ),
    *(
        (
            "header",
            {
                "type": [type_],
                "action": ["set", "append", "delete", "regex", "regex_repeat"],
                "src": SOURCES,
                "dst": ["http.X-Y", "http.Host"],
                "ignore_if_set": FLAG,
                "priority": [1, 2, 100],
                "regex": ["a+", '"(b)"'],
                "substitution": ["", "\\1"],
            },
            [condition],
        )
        for type_, condition in (("request", "REQUEST"), ("cache", "CACHE"), ("response", "RESPONSE"))
    ),
    (
        "request_settings",
        {
            "force_ssl": FLAG,
            "force_miss": FLAG,
            "geo_headers": FLAG,
            "bypass_busy_wait": FLAG,
            "xff": ["", "append", "append_all", "clear", "leave", "overwrite"],
            "action": ["", "lookup", "pass"],
            "hash_keys": ["", "req.url, req.http.host"],
            "max_stale_age": ["", 60],
            "default_host": ["", "www.example.com"],
        },
        ["REQUEST"],
    ),
    (
        "cache_settings",
        {"action": ["", "cache", "pass", "restart"], "ttl": ["", 0, 60], "stale_ttl": ["", 60]},
        ["CACHE"],
    ),
    (
        "response_object",
        {"status": [200, 404], "content": TEXTS, "content_type": ["", "text/html"], "response": TEXTS},
        ["REQUEST", "CACHE"],
    ),
    ("gzip", {"extensions": ["", "js c++"], "content_types": ["", "a/b+c text/html"]}, ["CACHE"]),
    *(
        (
            kind,
            {
                "address": ["logs.example.com"],
                "port": [514],
                "format": [
                    "%h %l %u %t %r %>s %b",
                    '{"a":"%{json.escape(req.url)}V","b":%{resp.status}V}',
                    "%{Host}i%{Age}o",
                    "100%%",
                    '%{if(req.is_ssl, \\"true\\", \\"false\\")}V',
                    '%{strftime(\\{"%Y-%m-%d"\\}, time.start)}V',
                    "a\nb",
                    "",
                ],
                "format_version": [1, 2],
                "placement": ["", "", "none"],
            },
            ["RESPONSE"],
        )
        for kind in ("logging/syslog", "logging/papertrail")
    ),
]


def random_objects(rng: random.Random) -> Iterator[Write]:
    """Yield objects with random fields, in an order in which references hold."""
    yield "healthcheck", {"name": "check", "path": rng.choice(["", "/up"]), "host": rng.choice(["", "x"])}
    for kind in CONDITIONS:
        statement = rng.choice(STATEMENTS)
        yield "condition", {"name": kind, "type": kind, "statement": statement, "priority": rng.randint(1, 99)}
    names = {kind: rng.sample(NAMES, rng.randint(0, 3)) for kind, *_ in FIELDS}
    yield "backend", {"name": "origin", "address": "origin.example.com"}
    for kind, fields, conditions in FIELDS:
        for name in names[kind]:
            condition = rng.choice(["", *conditions])
            form = {field: rng.choice(values) for field, values in fields.items()}
            named = f"{name} {form['type']}" if "type" in form else name
            when = {CONDITIONS[condition]: condition} if condition else {}
            yield kind, {"name": named, **form, **when}
    yield "director", {"name": "pool", "type": rng.choice([1, 3, 4])}
    if rng.choice(FLAG):
        yield "director/pool/backend/origin", {}
