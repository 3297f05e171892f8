"""What validate refuses, and the much longer list of what it must not refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastly_emulator.kinds import SNIPPET_TYPES
from fastly_emulator.vcl_checker import vcl_name

if TYPE_CHECKING:
    from conftest import Api

VALID = [
    "",
    "#vcl",
    "# only a comment; with { and \"\n// another '\n/* and\n { one */",
    'set req.http.X = "a;b";',
    'set req.http.X = "a" req.http.Y "{" + "}";',
    'set req.url = regsub(req.url, "^/(a{2,3}|[)(])$", "\\1");',
    'set req.http.X = {"long "string" with ; and }"};',
    'set req.http.X = {JSON"{"a": "b"}"JSON};',
    'if (req.url ~ "^/a") { set req.http.X = "1"; } else { unset req.http.X; }',
    'if (req.url ~ "a" && (!req.http.B || req.http.C == "d")) {\n  error 601 "moved";\n}\nelse if (req.http.D) {\n}',
    "if (req.http.A) { esi; } elsif (req.http.B) { return(pass); } elseif (req.http.C) { restart; }",
    'declare local var.a STRING;\nset var.a = if(req.http.A, req.http.A, "b");\nset var.a += "c";',
    'switch (req.http.host) {\n  case "a":\n    esi;\n    break;\n  case ~ "b":\n  default:\n    fallthrough;\n}',
    'log {"syslog "} req.service_id {" name :: "} req.url;',
    'synthetic {"<html>{}</html>"};\nreturn(deliver);',
    'std.collect(req.http.Cookie, ";");\nheader.set(req, "X", "y");',
    "#FASTLY recv\nset req.backend = F_my_origin;",
    "if (backend.F_my_origin.healthy) { set req.backend = F_my_origin; }",
    'set req.http.X = table.lookup(re_directs, req.url, "none");',
    "if (table.contains(re_directs, req.url.path)) { error 302; }",
    'if (client.ip ~ of_fice || client.ip !~ local) { set req.http.Office = "1"; }',
    'if (req.http.Cookie:name ~ "x") { unset req.http.Cookie:name; }',
    "set beresp.ttl = 1h;\nset beresp.grace = 10.5s;\nset var.i = -1;\nset var.i <<= 2;",
    "goto end;\nend:\nset req.http.X = now;",
    '{ set req.http.X = "block"; }',
    "return (error);",
    "call my_sub;",
    ";",
]

INVALID = [
    ('set req.http.X = "a"', "Syntax error: Expected ';'\nat: (input Line 1 Pos 21)"),
    ('set req.http.X = "a"\nset req.http.Y = "b";', "Syntax error: Expected ';'\nat: (input Line 2 Pos 1)"),
    ('if (req.http.X) { set req.http.Y = "a" }', "Syntax error: Expected ';'\nat: (input Line 1 Pos 40)"),
    ("if (req.http.X) { esi;", "Syntax error: '{' is never closed\nat: (input Line 1 Pos 17)"),
    ("if (req.http.X { esi; }", "Syntax error: '(' is never closed"),
    ("esi; }", "Syntax error: Unexpected '}'\nat: (input Line 1 Pos 6)"),
    ('set req.http.X = "a;', "Syntax error: Unterminated _string_\nat: (input Line 1 Pos 18)"),
    ('set req.http.X = {"a;', "Unterminated _string_"),
    ("this is not vcl", "Syntax error: Unexpected 'this'"),
    ("this is not vcl;", "Syntax error: Unexpected 'this'"),
    ("bad", "Syntax error: Unexpected 'bad'"),
    ('set req.http.X "a";', "Syntax error: Expected an assignment"),
    ("set req.http.X = ;", "Syntax error: Expected an assignment"),
    ("1 + 1;", "Syntax error: Unexpected '1'"),
    ("set req.backend = F_other;", "Undefined `backend F_other`\nat: (input Line 1 Pos 19)"),
    ('set req.http.X = table.lookup(other, "a");', "Undefined `table other`"),
    ("if (client.ip ~ other) { esi; }", "Undefined `acl other`"),
    ("call other;", "Undefined `sub other`\nat: (input Line 1 Pos 6)"),
    ('include "other";', 'Undefined `vcl "other"`\nat: (input Line 1 Pos 9)'),
    ('include "snippet::other";', 'Undefined `vcl "snippet::other"`'),
]

VALID_INIT = [
    'table x { "a": "b", "c": "d", }',
    'table x {"a": "b"}\ntable y BOOL { "a": true }',
    'acl z { "192.0.2.0"/24; ! "192.0.2.13"; }',
    'backend F_other {\n  .host = "a"; .probe = { .url = "/"; }\n}\ndirector d random { { .backend = F_other; } }',
    'sub my_sub {\n  if (client.ip ~ z) { set req.http.X = table.lookup(x, "a"); }\n}\nacl z { "a"; }\ntable x { }',
    'import std;\ninclude "part";\ninclude "snippet::shared";',
    "sub a {\n  call my_sub;\n  call vcl_recv;\n}",
]


@pytest.fixture
def objects(api: Api) -> Api:
    """Make what the texts above name."""
    api.post("v/backend", name="my origin", address="a.example.com")
    api.post("v/dictionary", name="re-directs")
    api.post("v/acl", name="of fice")
    api.post("v/acl", name="local")
    api.post("v/vcl", name="part", content='set req.http.X = "a";')
    api.post("v/snippet", name="shared", type="none", content="sub my_sub { esi; }")
    return api


def validated(api: Api) -> str | None:
    """Return what is wrong, if anything."""
    answer = api.get("v/validate")
    assert (answer["status"] == "ok") == (answer["msg"] is None)
    message: str | None = answer["msg"]
    return message


@pytest.mark.parametrize("content", VALID)
def test_valid(objects: Api, content: str) -> None:
    objects.post("v/snippet", name="s", type="recv", content=content)
    assert validated(objects) is None


@pytest.mark.parametrize(("content", "message"), INVALID)
def test_invalid(objects: Api, content: str, message: str) -> None:
    objects.post("v/snippet", name="s", type="deliver", content=content)
    assert message in str(validated(objects))


@pytest.mark.parametrize("content", VALID_INIT)
def test_valid_definitions(objects: Api, content: str) -> None:
    objects.post("v/snippet", name="s", type="init", content=content)
    assert validated(objects) is None


def test_invalid_subroutine_among_definitions(objects: Api) -> None:
    objects.post("v/snippet", name="s", type="init", content='sub a {\n  set req.http.X = "a"\n}')
    assert "Syntax error: Expected ';'\nat: (input Line 3 Pos 1)" in str(validated(objects))


@pytest.mark.parametrize("kind", sorted(SNIPPET_TYPES))
def test_a_missing_semicolon_fails_every_type_that_is_rendered(objects: Api, kind: str) -> None:
    content = 'set req.http.X = "a"'
    objects.post("v/snippet", name="s", type=kind, content=f"sub x {{ {content} }}" if kind == "init" else content)
    assert (validated(objects) is None) == (kind == "none")


def test_what_one_snippet_defines_another_may_name(objects: Api) -> None:
    objects.post("v/snippet", name="a", type="recv", content='if (client.ip ~ z) { error 1 table.lookup(x, "k"); }')
    objects.post("v/snippet", name="b", type="init", content='table x { "k": "v" }\nacl z { "192.0.2.1"; }')
    assert validated(objects) is None


def test_deleting_what_vcl_names(objects: Api) -> None:
    objects.post("v/snippet", name="s", type="recv", content="set req.backend = F_my_origin;")
    assert validated(objects) is None
    objects.delete("v/backend/my%20origin")
    assert "Undefined `backend F_my_origin`\nat: (input Line 1 Pos 19)" in str(objects.get("v/validate")["msg"])


def test_content_of_a_dynamic_snippet_is_checked(objects: Api) -> None:
    made = objects.post("v/snippet", name="s", type="recv", dynamic="1", content="esi;")
    assert validated(objects) is None
    objects.put(f"s/snippet/{made['id']}", content="esi")
    assert "Expected ';'" in str(validated(objects))


EXPRESSIONS = [
    ('req.url ~ "^/a;{"', True),
    ('req.url~+"index.html"', True),
    ("client.ip ~ local", True),
    ("!req.http.X && (beresp.status == 200)", True),
    ("", False),
    ('req.url ~ "a', False),
    ("(req.http.X", False),
    ("req.http.X; esi;", False),
    ("client.ip ~ nowhere", False),
]


@pytest.mark.parametrize(("statement", "valid"), EXPRESSIONS)
def test_statements_of_conditions(objects: Api, statement: str, valid: bool) -> None:
    objects.post("v/condition", name="c", type="REQUEST", statement=statement)
    assert (validated(objects) is None) == valid


@pytest.mark.parametrize(("src", "valid"), [*EXPRESSIONS[:4], ('"1"', True), ("client.ip", True), *EXPRESSIONS[4:]])
def test_sources_of_headers(objects: Api, src: str, valid: bool) -> None:
    objects.post("v/header", name="h", dst="http.X", src=src)
    assert (validated(objects) is None) == valid
    objects.put("v/header/h", action="delete")
    assert validated(objects) is None


@pytest.mark.parametrize(("name", "spelled"), [("my origin", "my_origin"), ("a-b.c", "a_b_c"), ("A1_", "A1_")])
def test_names_in_vcl(name: str, spelled: str) -> None:
    assert vcl_name(name) == spelled


MAIN = "sub vcl_recv {\n  #FASTLY recv\n  %s\n}\n"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("set req.backend = F_my_origin;", None),
        ("set req.backend = pool;", None),
        ("set req.backend = ssl_shield_iad_va_us;", None),
        ("set req.backend = F_gone;", "Undefined `backend F_gone`\nat: (input Line 3 Pos 21)"),
        ("set req.backend = gone;", "Undefined `backend gone`"),
        ("if (client.ip ~ gone) { return(pass); }", "Undefined `acl gone`"),
        ("set req.http.X = table.lookup(gone, req.url);", "Undefined `table gone`"),
        ("return(pass)", "Syntax error: Expected ';'"),
        ('include "part";', None),
        ('include "broken";', "Syntax error: Expected ';'"),
        ('include "elsewhere";', 'Undefined `vcl "elsewhere"`'),
        ("call other;", "Undefined `sub other`"),
    ],
)
def test_the_main_file_and_what_it_includes_are_compiled(objects: Api, statement: str, message: str | None) -> None:
    objects.post("v/director", name="pool")
    objects.post("v/vcl", name="broken", content='include "part";\nset req.http.X = "a"')
    objects.post("v/vcl", name="unused", content="no vcl {{")
    objects.post("v/vcl", name="main", main="1", content=MAIN % statement)
    found = validated(objects)
    assert found is None if message is None else message in str(found)


def test_definitions_that_the_main_file_includes(objects: Api) -> None:
    objects.post("v/vcl", name="tables", content='table paths {\n  "/a": "b",\n}\nsub other {\n  esi\n}\n')
    main = 'include "tables";\n' + MAIN % 'set req.http.X = table.lookup(paths, "/a");'
    objects.post("v/vcl", name="main", main="1", content=main)
    assert "Syntax error: Expected ';'" in str(validated(objects))
