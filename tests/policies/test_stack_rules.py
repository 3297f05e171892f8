"""Rules that look across resources."""

from typing import Any

import pytest
from fastly_policies import ADVISORY, Resource
from fastly_policies.conditions import CONDITION_USED
from fastly_policies.headers import SECURITY_HEADERS
from fastly_policies.releases import RELEASE_COMPLETE, RELEASE_DOMAIN
from pulumi_fastly_dynamic.schema import KINDS

from .seen import UNKNOWN, backend, referring, release, seen, told_of


def header(dst: str, action: str = "set", where: str = "response", **props: Any) -> Resource:
    return seen("Header", dst, action=action, type=where, dst=f"http.{dst}", **props)


def snippet(content: str, kind: str = "Snippet") -> Resource:
    return seen(kind, "s", type="deliver", content=content)


HSTS = header("Strict-Transport-Security", src='"max-age=31536000"')
NO_SERVER = header("server", "delete")
NO_POWER = header("X-Powered-By", "delete", "cache")


@pytest.mark.parametrize(
    "objects",
    [
        [HSTS, NO_SERVER, NO_POWER],
        [HSTS, header("Server", src='"shop"'), NO_POWER],
        [snippet('set resp.http.strict-transport-security = {"max-age=1"};\nunset resp.http.Server;'), NO_POWER],
        [snippet("unset beresp.http.Server; unset beresp.http.X-Powered-By;", "DynamicSnippet"), HSTS],
        [snippet("sub vcl_fetch { unset beresp.http.Server; unset beresp.http.X-Powered-By; }", "Vcl"), HSTS],
    ],
)
def test_headers_as_they_should_be(objects: list[Resource]):
    assert told_of(SECURITY_HEADERS, release("www", *objects)) == []


@pytest.mark.parametrize(
    ("objects", "missing"),
    [
        ([], ["Strict-Transport-Security", "Server", "X-Powered-By"]),
        ([HSTS, NO_POWER], ["Server"]),
        ([NO_SERVER, NO_POWER], ["Strict-Transport-Security"]),
        ([header("Strict-Transport-Security", "delete"), NO_SERVER, NO_POWER], ["Strict-Transport-Security"]),
        ([header("Strict-Transport-Security", where="request"), NO_SERVER, NO_POWER], ["Strict-Transport-Security"]),
        ([header("Strict-Transport-Security", src='"max-age=0"'), NO_SERVER, NO_POWER], ["Strict-Transport-Security"]),
        (
            [snippet("# set resp.http.Strict-Transport-Security = 1;"), NO_SERVER, NO_POWER],
            ["Strict-Transport-Security"],
        ),
        ([snippet("unset resp.http.Server-Timing;"), HSTS, NO_POWER], ["Server"]),
        ([snippet("unset req.http.Server;"), HSTS, NO_POWER], ["Server"]),
    ],
)
def test_headers_that_are_missing(objects: list[Resource], missing: list[str]):
    said = told_of(SECURITY_HEADERS, release("www", *objects))
    assert len(said) == len(missing)
    for text, name in zip(said, missing, strict=True):
        assert text.startswith("Release 'www': ")
        assert f"dst='http.{name}'" in text


def test_headers_of_each_release():
    good = release("a", HSTS, NO_SERVER, NO_POWER)
    assert [text[:11] for text in told_of(SECURITY_HEADERS, good, release("b", HSTS, NO_SERVER))] == ["Release 'b'"]


@pytest.mark.parametrize("unknown", [snippet(UNKNOWN), header("x", action=UNKNOWN), header("x", where=UNKNOWN)])
def test_headers_that_are_not_known_yet(unknown: Resource):
    assert told_of(SECURITY_HEADERS, release("www", unknown)) == []


def test_headers_are_parameters():
    assert told_of(SECURITY_HEADERS, release("www", header("Via", "delete")), required=[], hidden=["Via"]) == []
    (said,) = told_of(SECURITY_HEADERS, release("www"), required=["X-Frame-Options"], hidden=[])
    assert "it serves no X-Frame-Options" in said


def condition(resource_name: str = "api", **props: Any) -> Resource:
    return seen("Condition", resource_name, type="REQUEST", **props)


def test_a_condition_that_is_used():
    api = condition()
    by_dependency = referring(header("x", request_condition="api"), request_condition=api)
    assert told_of(CONDITION_USED, release("www", api, by_dependency)) == []


def test_a_condition_that_is_used_where_its_name_is_not_known_yet():
    api = condition(name=UNKNOWN)
    other = referring(header("x", request_condition=UNKNOWN), request_condition=api)
    assert told_of(CONDITION_USED, release("www", api, other)) == []


def test_a_condition_that_is_used_by_a_name_without_dependency():
    assert told_of(CONDITION_USED, release("www", condition(), header("x", request_condition="api"))) == []


def test_a_condition_that_nothing_refers_to():
    (said,) = told_of(CONDITION_USED, release("www", condition(), backend(healthcheck=None)))
    assert said == "Condition 'api': name is 'api'; nothing refers to it; use it or remove it"


def test_dependencies_count_more_than_names():
    """A header that depends on one condition does not use another, whatever that one is called."""
    api, other = condition("api"), condition("other")
    uses = referring(header("x", request_condition="api"), request_condition=other)
    (said,) = told_of(CONDITION_USED, release("www", api, other, uses))
    assert said.startswith("Condition 'api'")


def test_a_condition_of_another_release_is_not_used():
    api = condition()
    said = told_of(CONDITION_USED, release("a", api), release("b", header("x", request_condition="api")))
    assert len(said) == 2


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (header("x", request_condition="api"), "request_condition is 'api'; the release has no condition of that name"),
        (header("x", cache_condition="api"), "cache_condition is 'api'"),
        (backend(healthcheck="gone"), "healthcheck is 'gone'; the release has no healthcheck of that name"),
    ],
)
def test_references_to_what_does_not_exist(thing: Resource, text: str):
    (said,) = told_of(CONDITION_USED, release("www", thing))
    assert text in said
    # A service that is taken over may have it.
    assert told_of(CONDITION_USED, release("www", thing, adopt=True)) == []


def pool(*backends: str) -> Resource:
    return seen("Director", "pool", backends=list(backends))


def test_names_in_a_list_are_references():
    found = release("www", backend("origin", healthcheck=None), backend("two", healthcheck=None), pool("origin", "two"))
    assert told_of(CONDITION_USED, found) == []
    (said,) = told_of(CONDITION_USED, release("www", pool("gone")))
    assert "the release has no backend of that name" in said


REFERRERS = [
    (schema.label, field.name, field.reference.type or "REQUEST")
    for schema in KINDS.values()
    for field in schema.fields
    if field.reference and field.reference.kind == "condition"
]


@pytest.mark.parametrize(("kind", "name", "type_"), REFERRERS)
def test_a_condition_is_used_by_any_kind_that_takes_one(kind: str, name: str, type_: str):
    used = seen("Condition", "api", type=type_)
    assert told_of(CONDITION_USED, release("www", used, seen(kind, "x", **{name: "api"}))) == []
    (said,) = told_of(CONDITION_USED, release("www", used, seen(kind, "x")))
    assert said.startswith("Condition 'api': ")


def test_new_kinds_take_conditions():
    assert {"LoggingS3", "ResponseObject", "Gzip", "CacheSettings", "RequestSettings"} <= {row[0] for row in REFERRERS}


def test_references_that_are_not_known_yet():
    assert told_of(CONDITION_USED, release("www", header("x", request_condition=UNKNOWN))) == []


def test_a_reference_to_another_kind_of_that_name_is_none():
    (said,) = told_of(CONDITION_USED, release("www", seen("Healthcheck", "api"), header("x", request_condition="api")))
    assert "request_condition" in said


DOMAIN = seen("Domain", "www.example.com")


def test_a_complete_release():
    assert told_of(RELEASE_COMPLETE, release("www", DOMAIN, backend(address=UNKNOWN))) == []


def init(content: str, **props: Any) -> Resource:
    return seen("Snippet", "origins", **{"type": "init", "content": content, **props})


@pytest.mark.parametrize("objects", [[], [DOMAIN]])
def test_a_release_without_backend(objects: list[Resource]):
    said = told_of(RELEASE_COMPLETE, release("www", *objects))
    assert said == ["Release 'www': it has no Backend; declare one in its `with` block"]


def test_a_release_without_domain_is_only_advised():
    assert RELEASE_DOMAIN.level is ADVISORY
    assert told_of(RELEASE_COMPLETE, release("www", backend())) == []
    (said,) = told_of(RELEASE_DOMAIN, release("www", backend()))
    assert said.startswith("Release 'www': it has no Domain")
    assert told_of(RELEASE_DOMAIN, release("www", DOMAIN)) == []
    assert told_of(RELEASE_DOMAIN, release("www", adopt=True)) == []


OPEN_COMMENT = "/*" * 90_000


@pytest.mark.parametrize(
    ("snippet", "counts"),
    [
        (init('backend F_own {\n  .host = "o.example.com";\n}\n'), True),
        (init("acl office { }\nbackend\n  F-own\n{ }"), True),
        (init("table t { } backend own{ }"), True),
        (init("backend own { }", type="recv"), False),
        (init("# backend own { }"), False),
        (init("// backend own { }"), False),
        (init("/* none:\nbackend own { }\n*/"), False),
        (init("/* no */ backend own { } /* more */"), True),
        (init('table t { "a": "backend own {" }'), False),
        (init('table t { "url": "https://x" } backend own { }'), True),
        (init('table t { "a": {"\n backend own {\n"} }'), False),
        (init("director d random { { .backend = own; .weight = 1; } }"), False),
        (init("set req.backend = own;"), False),
        (init("my_backend own { }"), False),
        (init(UNKNOWN), True),
        (init("", type=UNKNOWN), True),
        (init(OPEN_COMMENT), False),
        (init("backend " * 60_000), False),
        (init('{"' * 90_000), False),
        (init("backend " + "a" * 180_000), False),
        (init("backend" + "\n" * 180_000), False),
        (seen("DynamicSnippet", "d", type="init", content="backend own { }"), True),
        (seen("Vcl", "main", main=True, content="# all\nbackend own { }\nsub vcl_recv { esi; }"), True),
        (seen("Vcl", "main", main=True, content="sub vcl_recv { set req.backend = own; }"), False),
        (seen("Vcl", "main", main=True, content=UNKNOWN), True),
    ],
    ids=range(25),
)
def test_a_backend_in_an_init_snippet_counts(snippet: Resource, counts: bool):
    assert (told_of(RELEASE_COMPLETE, release("www", DOMAIN, snippet)) == []) is counts


@pytest.mark.parametrize("blank", ["\n", " \n", "\t\n", "\r\n", " "])
def test_blank_lines_are_read_in_time(blank: str):
    things = [snippet(blank * 200_000 + f"unset resp.http.{header};") for header in ("Server", "X-Powered-By")]
    assert told_of(SECURITY_HEADERS, release("www", HSTS, *things)) == []


def test_a_service_that_is_taken_over_may_have_more():
    for adopt in (True, UNKNOWN):
        assert told_of(RELEASE_COMPLETE, release("www", adopt=adopt)) == []


def test_one_domain_in_two_services():
    a = release("a", seen("Domain", "a.example.com"), DOMAIN, backend())
    b = release("b", seen("Domain", "WWW.example.com"), backend())
    (said,) = told_of(RELEASE_COMPLETE, a, b)
    assert (
        said == "Domain 'WWW.example.com': name is 'www.example.com'; Release 'a' has it too; leave it to one service"
    )


def test_domains_that_are_not_known_yet_are_not_the_same():
    a, b = (release(name, seen("Domain", "d", name=UNKNOWN), backend()) for name in ("a", "b"))
    assert told_of(RELEASE_COMPLETE, a, b) == []


def test_exempt_resources_of_a_stack_rule():
    assert told_of(RELEASE_COMPLETE, release("www"), exempt=["www"]) == []
