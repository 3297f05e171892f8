"""What objects become in generated VCL, as data."""

from __future__ import annotations

from tests.generated_services import Write

ORIGIN: Write = ("backend", {"name": "origin", "address": "origin.example.com"})
TLS_ORIGIN = {"name": "o", "address": "o.example.com", "port": 443}
LOG = '%h "%{req.url}V" %%'
REGEX = {"dst": "url", "action": "regex", "src": "req.url"}
KEY = "-----BEGIN PRIVATE KEY-----\nMII\n"


def condition(kind: str, name: str = "c", priority: int = 10) -> Write:
    return ("condition", {"name": name, "type": kind, "statement": f'req.url == "/{name}"', "priority": priority})


STATEMENTS: list[tuple[str, list[Write], list[str]]] = [
    (
        "backend",
        [ORIGIN],
        [
            "backend F_origin { .between_bytes_timeout = 10s; .connect_timeout = 1s; .dynamic = true;",
            '.first_byte_timeout = 15s; .host = "origin.example.com"; .max_connections = 200; .port = "80";',
            ".probe = { .dummy = true; .initial = 5;",
        ],
    ),
    (
        "backend",
        [("backend", {**TLS_ORIGIN, "override_host": "shop", "ssl_sni_hostname": "sni", "ssl_check_cert": 0})],
        [
            ".always_use_host_header = true;",
            '.host_header = "shop";',
            '.ssl = true; .ssl_check_cert = never; .ssl_sni_hostname = "sni";',
            '"Host: shop"',
        ],
    ),
    (
        "backend",
        [("backend", {**TLS_ORIGIN, "ssl_hostname": "both", "ssl_client_key": KEY, "min_tls_version": "1.2"})],
        ['.min_tls_version = "1.2";', '.ssl_cert_hostname = "both";', '{"-----BEGIN PRIVATE KEY----- MII "}'],
    ),
    (
        "backend",
        [("backend", {"name": "b", "address": "b", "share_key": "abc", "error_threshold": 3, "prefer_ipv6": 1})],
        ['.prefer_ipv6 = true; .saintmode_threshold = 3; .share_key = "abc";'],
    ),
    (
        "times",
        [("backend", {**ORIGIN[1], "connect_timeout": 1050, "first_byte_timeout": 12345678000})],
        [".connect_timeout = 1.05s;", ".first_byte_timeout = 12345678s;"],
    ),
    (
        "healthcheck",
        [
            ("healthcheck", {"name": "h", "method": "GET", "path": "/up", "host": "x", "headers": '["A: \\"1\\""]'}),
            ("backend", {"name": "b", "address": "192.0.2.1", "healthcheck": "h"}),
        ],
        [
            ".probe = { .expected_response = 200; .initial = 3; .interval = 5s;",
            '.request = "GET /up HTTP/1.1" "Host: x" "Connection: close" {"A: "1""}',
            ".threshold = 3; .timeout = 5s; .window = 5; }",
        ],
    ),
    (
        "backends without condition come first, and the first of them is the default",
        [
            condition("REQUEST"),
            ("backend", {"name": "b", "address": "b", "request_condition": "c"}),
            ("backend", {"name": "x", "address": "x"}),
            ("backend", {"name": "y", "address": "y"}),
        ],
        [
            "backend F_x {",
            "backend F_y {",
            "backend F_b {",
            'set req.backend = F_x; if ( req.url == "/c" ) { set req.backend = F_b; }',
        ],
    ),
    (
        "automatic load balancing",
        [("backend", {"name": name, "address": name, "auto_loadbalance": 1, "weight": 7}) for name in "ab"],
        [
            "director autodirector_ random { { .backend = F_a; .weight = 7; } { .backend = F_b; .weight = 7; } }",
            "set req.backend = autodirector_;",
        ],
    ),
    (
        "director",
        [ORIGIN, ("director", {"name": "a pool", "type": 3}), ("director/a%20pool/backend/origin", {})],
        ["director a_pool hash { .quorum = 75%; { .backend = F_origin; .weight = 100; } }"],
    ),
    (
        "shield",
        [("backend", {**TLS_ORIGIN, "shield": "iad-va-us"})],
        [
            'director ssl_shield_iad_va_us shield { .shield = "iad-va-us"; .is_ssl = true; }',
            ("{ if (req.backend == F_o && var.fastly_req_do_shield) { "
            "set req.backend = fastly.try_select_shield(ssl_shield_iad_va_us, F_o); } }"),
        ],
    ),
    ("dictionary", [("dictionary", {"name": "re directs"})], ["table re_directs { }"]),
    ("acl", [("acl", {"name": "of fice"})], ["acl of_fice { }"]),
    (
        "headers by priority",
        [
            ("header", {"name": "b", "dst": "http.X", "src": '"2"', "priority": 9}),
            ("header", {"name": "a", "dst": "http.X", "src": '"1"', "priority": 8}),
            ("header", {**REGEX, "name": "c", "regex": '"(\\d)"', "substitution": "\\1"}),
            ("header", {"name": "d", "dst": "http.Y", "action": "delete", "priority": 200}),
        ],
        [
            'set req.http.X = "1"; set req.http.X = "2";',
            'set req.url = regsub(req.url, {""(\\d)""}, "\\1"); unset req.http.Y;',
        ],
    ),
    (
        "headers that append, and that keep what is set",
        [
            ("header", {"name": "a", "dst": "http.X", "src": '"1"', "action": "append"}),
            ("header", {"name": "b", "dst": "http.Y", "src": "req.url", "ignore_if_set": 1}),
        ],
        [
            'if (req.http.X) { set req.http.X = req.http.X "1"; } else { set req.http.X = "1"; }',
            "if (!req.http.Y) { set req.http.Y = req.url; }",
        ],
    ),
    (
        "request settings",
        [
            (
                "request_settings",
                {"name": "r", "force_ssl": 1, "xff": "overwrite", "bypass_busy_wait": 1, "force_miss": 1}
                | {"max_stale_age": 60, "default_host": "www", "geo_headers": 1, "action": "pass"},
            )
        ],
        [
            'if (!req.http.Fastly-SSL) { error 801 "Force SSL"; }',
            ("if (!req.http.Fastly-FF) { set req.http.Fastly-Temp-XFF = client.ip; } "
            "else { set req.http.Fastly-Temp-XFF = req.http.X-Forwarded-For; }"),
            "set req.hash_ignore_busy = true; set req.hash_always_miss = true; set req.grace = 60s;",
            'set req.http.host = "www"; set req.http.Fastly-Geo-Country = client.geo.country_code;',
            "return(pass);",
        ],
    ),
    (
        "keys of the hash",
        [
            condition("REQUEST"),
            ("request_settings", {"name": "r", "hash_keys": "req.url, req.http.host", "request_condition": "c"}),
        ],
        [
            ('if ( req.url == "/c" ) { set req.hash += req.url; set req.hash += req.http.host; '
            "set req.hash += req.vcl.generation; return(hash); }")
        ],
    ),
    (
        "response object",
        [
            condition("REQUEST"),
            ("response_object", {"name": "a", "status": 404, "response": "No", "request_condition": "c"}),
            ("response_object", {"name": "b", "content": 'a "} b', "content_type": "text/html"}),
        ],
        [
            'error 901 "Fastly Internal"; if ( req.url == "/c" ) { error 900 "Fastly Internal"; }',
            'if (resp.status == 900) { set resp.status = 404; set resp.response = "No"; }',
            "if (obj.status == 900) { return(deliver); }",
            'if (obj.status == 901) { set obj.http.Content-Type = "text/html";',
            'synthetic {X"a "} b"X}; return(deliver); }',
        ],
    ),
    (
        "response object after the backend's answer",
        [condition("CACHE"), ("response_object", {"name": "a", "cache_condition": "c"})],
        ["sub vcl_fetch {", 'if ( req.url == "/c" ) { error 900 "Fastly Internal"; }'],
    ),
    (
        "cache settings",
        [("cache_settings", {"name": "long", "ttl": 60, "stale_ttl": 30, "action": "pass"})],
        ["set beresp.ttl = 60s; set beresp.grace = 30s; return(pass);"],
    ),
    (
        "gzip",
        [("gzip", {"name": "g", "content_types": "image/svg+xml text/a.b", "extensions": "js"})],
        [
            ('if ((beresp.status == 200 || beresp.status == 404) && (beresp.http.content-type ~ '
            '"^(?:image/svg\\+xml|text/a\\.b)\\s*(?:$|;)" || req.url ~ "\\.(?:js)(?:$|\\?)")) { '
            'if (!beresp.http.Vary ~ "Accept-Encoding") {'),
            'if (req.http.Accept-Encoding == "gzip") { set beresp.gzip = true; }',
        ],
    ),
    (
        "conditions by priority, and in each: backend, headers, request settings, response objects",
        [
            condition("REQUEST", "late", 20),
            condition("REQUEST", "early", 9),
            ("response_object", {"name": "r", "request_condition": "early"}),
            ("request_settings", {"name": "s", "action": "pass", "request_condition": "early"}),
            ("header", {"name": "h", "dst": "http.X", "src": '"1"', "request_condition": "early"}),
            ("header", {"name": "i", "dst": "http.Y", "src": '"1"', "request_condition": "late"}),
            ("backend", {"name": "b", "address": "b", "request_condition": "early"}),
        ],
        [
            ('if ( req.url == "/early" ) { set req.backend = F_b; set req.http.X = "1"; return(pass); '
            'error 900 "Fastly Internal"; } if ( req.url == "/late" ) { set req.http.Y = "1"; }')
        ],
    ),
    (
        "a comment in a condition",
        [
            ("condition", {"name": "c", "type": "REQUEST", "statement": "req.url # all"}),
            ("header", {"name": "h", "dst": "http.X", "src": '"1"', "request_condition": "c"}),
        ],
        ['if ( req.url ) { set req.http.X = "1"; }'],
    ),
    (
        "log",
        [
            condition("RESPONSE"),
            ("logging/syslog", {"name": "my log", "address": "a", "format": LOG, "response_condition": "c"}),
            ("logging/papertrail", {"name": "p", "address": "a", "port": 1, "format": "%>s %{Host}i %{Age}o"}),
        ],
        [
            'log {"syslog "} req.service_id {" p :: "} resp.status " " req.http.Host " " resp.http.Age;',
            ('if ( req.url == "/c" ) { log {"syslog "} req.service_id {" my log :: "} req.http.Fastly-Client-IP {" ""} '
            'req.url {"" %"}; }'),
        ],
    ),
    (
        "http3",
        [("http3", {"feature_revision": 1})],
        ["h3.alt_svc();"],
    ),
]  # fmt: skip
"""What it is about, the objects, and the statements that must be there, in that order."""

EDGE_ONLY: list[tuple[list[Write], str, str]] = [
    ([], 'set req.hash += "1";', "req.vcl.generation"),
    ([("backend", {"name": "a", "address": "192.0.2.1"})], ".dynamic = true;", "pragma"),
    ([("backend", {**TLS_ORIGIN, "shield": "x"})], "backend F_o {", "shield"),
    ([("backend", {**TLS_ORIGIN, "ssl_client_key": KEY, "error_threshold": 2})], "backend F_o {", "PRIVATE KEY"),
    ([("gzip", {"name": "g"})], 'if (beresp.http.Vary !~ "Accept-Encoding")', '!beresp.http.Vary ~ "Accept-Encoding"'),
    (
        [ORIGIN, ("director", {"name": "pool"}), ("director/pool/backend/origin", {})],
        "backend pool { .between_bytes_timeout = 10s; .connect_timeout = 1s; .dynamic = true;",
        "director",
    ),
    (
        [("response_object", {"name": "r", "status": 404, "response": "No", "content": "x"})],
        'if (obj.status == 900) { set obj.status = 404; set obj.response = "No"; synthetic {"x"};',
        "set resp.status",
    ),
    (
        [("snippet", {"name": "s", "type": "recv", "content": 'if (req.http.A&&!req.http.B ~ "!c ~") { esi; }'})],
        'if (req.http.A&&req.http.B !~ "!c ~") { esi; }',
        "!req.http.B",
    ),
]
"""Objects, what is in the text for falco, and what only the text for Fastly has."""
