"""What each kind of object becomes in generated VCL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.generated import Dialect

from tests.generated_services import Write, folded, make, text_of
from tests.generated_statements import EDGE_ONLY, ORIGIN, STATEMENTS, condition

if TYPE_CHECKING:
    from conftest import Api

FASTLY, EDGE = Dialect.FASTLY, Dialect.EDGE


def recv(vcl: str) -> str:
    """What the macro of `vcl_recv` holds."""
    return within(vcl, "vcl_recv")


def within(vcl: str, subroutine: str) -> str:
    return folded(vcl.split(f"sub {subroutine} {{")[1].split("\nsub ", maxsplit=1)[0])


@pytest.mark.parametrize(("objects", "expected"), [row[1:] for row in STATEMENTS], ids=[row[0] for row in STATEMENTS])
def test_statements(api: Api, objects: list[Write], expected: list[str]) -> None:
    vcl = folded(text_of(make(api, objects)))
    position = 0
    for statements in expected:
        position = vcl.find(statements, position)
        assert position >= 0, f"not there, or not after the one before it: {statements}\n{vcl}"


@pytest.mark.parametrize(
    ("type_", "subroutines"),
    [
        ("request", {"recv"}),
        ("fetch", {"miss", "pass", "pipe"}),
        ("cache", {"fetch"}),
        ("response", {"deliver"}),
    ],
)
def test_a_header_is_set_where_its_type_says(api: Api, type_: str, subroutines: set[str]) -> None:
    make(api, [("header", {"name": "h", "type": type_, "dst": "http.Mark", "src": '"1"'})])
    vcl = text_of(api)
    every = {"recv", "fetch", "hit", "miss", "deliver", "error", "pipe", "pass", "log", "hash"}
    assert {name for name in every if "http.Mark" in within(vcl, f"vcl_{name}")} == subroutines


@pytest.mark.parametrize(("form", "subroutines"), [
    ({}, {"log"}),
    ({"format_version": 1}, {"deliver"}),
    ({"placement": "none"}, set()),
])  # fmt: skip
def test_where_a_log_is_written(api: Api, form: dict[str, Any], subroutines: set[str]) -> None:
    make(api, [("logging/syslog", {"name": "unique", "address": "a", **form})])
    vcl = text_of(api)
    assert {name for name in ("deliver", "log") if " unique :: " in within(vcl, f"vcl_{name}")} == subroutines


@pytest.mark.parametrize("place", ["recv", "fetch", "hit", "miss", "deliver", "error", "pass", "log", "hash"])
def test_snippets_stand_in_their_subroutine_by_priority(api: Api, place: str) -> None:
    make(api, [
        ("snippet", {"name": "b", "type": place, "content": "log req.url;\nesi;", "priority": 2}),
        ("snippet", {"name": "a", "type": place, "content": "esi;", "priority": 1}),
    ])  # fmt: skip
    assert "esi; log req.url; esi;" in within(text_of(api), f"vcl_{place}")
    assert "# Snippet a : 1\nesi;\n# Snippet a end\n  # Snippet b : 2\nlog req.url;\nesi;\n# Snippet b end" in text_of(
        api
    )


def test_snippets_of_the_types_init_and_none(api: Api) -> None:
    make(api, [
        ("snippet", {"name": "i", "type": "init", "content": 'table t { "a": "b" }'}),
        ("snippet", {"name": "n", "type": "none", "content": "sub never { esi; }"}),
    ])  # fmt: skip
    vcl = text_of(api)
    assert vcl.index("table t") < vcl.index("sub vcl_recv")
    assert "sub never" not in vcl


def test_the_default_backend_overrides_what_a_snippet_chose(api: Api) -> None:
    make(api, [ORIGIN, ("snippet", {"name": "s", "type": "recv", "content": "set req.backend = F_other;"})])
    vcl = recv(text_of(api))
    assert vcl.index("set req.backend = F_other;") < vcl.index("set req.backend = F_origin;")


def test_settings(api: Api) -> None:
    api.put("v/settings", **{"general.default_host": "www", "general.default_ttl": 7})
    vcl = folded(text_of(api))
    assert 'set req.http.Fastly-Orig-Host = req.http.host; set req.http.host = "www";' in vcl
    assert "set beresp.ttl = 7s;" in vcl
    assert "stale" not in vcl
    api.put("v/settings", **{"general.stale_if_error": 1, "general.stale_if_error_ttl": 9})
    vcl = folded(text_of(api))
    assert "set beresp.stale_if_error = 9s;" in vcl
    assert "if (obj.status >= 500 && obj.status < 600) { if (stale.exists) { return(deliver_stale); } }" in vcl


@pytest.mark.parametrize(("product", "statement"), [
    ("brotli_compression", "set beresp.brotli = true; } elsif"),
    ("websockets", "pragma optional_param can_upgrade_in_recv true;"),
    ("image_optimizer", "set var.fastly_disable_restart_on_error = true;"),
])  # fmt: skip
def test_products(api: Api, product: str, statement: str) -> None:
    make(api, [("gzip", {"name": "g"})])
    assert statement not in folded(text_of(api))
    api.ok("PUT", f"/enabled-products/v1/{product}/services/{api.service}", json={})
    assert statement in folded(text_of(api))


def test_live_content(api: Api) -> None:
    made = {path: api.post(f"v/{path}", name=path)["id"] for path in ("dictionary", "acl")}
    hidden = api.post("v/dictionary", name="hidden", write_only=1)["id"]
    dynamic = api.post("v/snippet", name="d", type="recv", dynamic=1, content="esi;")["id"]
    api.post(f"s/dictionary/{made['dictionary']}/item", item_key='a"%\n', item_value='b"}%')
    api.post(f"s/dictionary/{hidden}/item", item_key="k", item_value="never shown")
    api.post(f"s/acl/{made['acl']}/entry", ip="2001:db8::", subnet="32", negated="1")
    api.post(f"s/acl/{made['acl']}/entry", ip="192.0.2.1")
    api.put(f"s/snippet/{dynamic}", content="restart;")
    vcl = folded(text_of(api))
    assert 'table dictionary { "a%22%25%0A": {X"b"}%"X}, } table hidden { }' in vcl
    assert 'acl acl { !"2001:db8::"/32; "192.0.2.1"; }' in vcl
    assert "restart;" in recv(text_of(api))
    assert "never shown" not in vcl


LIMITER = {"name": "a b", "client_key": '["client.ip"]', "http_methods": '["GET"]'} | {
    "rps_limit": 20, "window_size": 60, "penalty_box_duration": 2,
}  # fmt: skip


@pytest.mark.parametrize(("form", "expected"), [
    (
        {"action": "response", "response[content]": "No", "response[content_type]": "text/plain"},
        [
            'error 829 "Rate limiter: Too many requests for a b";',
            "sub vcl_miss {", "call rl_a_b_process;",
            'if (obj.status == 829 && obj.response == "Rate limiter: Too many requests for a b") {',
            ('set obj.status = 429; set obj.response = "Too Many Requests"; set obj.http.Content-Type = "text/plain"; '
            'synthetic.base64 "Tm8="; return(deliver); }'),
            "sub vcl_pass {", "call rl_a_b_process;",
        ],
    ),
    ({"action": "response_object", "response_object_name": "r"}, ['error 900 "Fastly Internal";']),
    ({"action": "log_only", "logger_type": "s3"}, ['log {"syslog "} req.service_id {" s3 :: "}']),
    (
        {"action": "log_only", "logger_type": "s3", "uri_dictionary_name": "paths"},
        ["&& table.contains(rl_a_b_methods, req.method) && table.contains(paths, req.url.path) &&"],
    ),
])  # fmt: skip
def test_rate_limiters(api: Api, form: dict[str, Any], expected: list[str]) -> None:
    make(api, [("response_object", {"name": "r"}), ("dictionary", {"name": "paths"})])
    api.post("v/rate-limiters", **LIMITER, **form)
    vcl, position = folded(text_of(api)), 0
    declared = 'penaltybox rl_a_b_pb {} ratecounter rl_a_b_rc {} table rl_a_b_methods { "GET": "true", }'
    for statements in (declared, "set var.rl_a_b_entry = client.ip;", *expected):
        position = vcl.find(statements, position)
        assert position >= 0, f"{statements}\n{vcl}"


def test_a_deleted_condition_leaves_its_objects_without_condition(api: Api) -> None:
    make(
        api, [condition("REQUEST"), ("header", {"name": "h", "dst": "http.X", "src": '"1"', "request_condition": "c"})]
    )
    api.delete("v/condition/c")
    assert 'set req.http.X = "1";' in recv(text_of(api))


# -- For falco --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("objects", "expected", "absent"), EDGE_ONLY)
def test_what_falco_needs_otherwise(api: Api, objects: list[Write], expected: str, absent: str) -> None:
    make(api, objects)
    vcl = folded(text_of(api, EDGE))
    assert expected in vcl
    assert absent not in vcl
    assert folded(text_of(api, FASTLY)) != vcl


def test_falco_has_no_stale_objects(api: Api) -> None:
    api.put("v/settings", **{"general.stale_if_error": 1})
    assert "stale.exists" in text_of(api)
    assert "stale.exists" not in text_of(api, EDGE)
