"""Linting of VCL: on reports of falco kept as data, on a falco that misbehaves, and on the real one where it is."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastly_policies import Resource, falco
from fastly_policies.falco import Complaint, Names, Piece, complaints
from fastly_policies.vcl_rules import PIECES, VCL_LINT, VCL_LINT_ADVICE, _piece

from tests.real_falco import require_falco

from .seen import UNKNOWN, backend, release, seen, told, told_of

ENGINE = Path(__file__).parents[2] / ".engine" / "bin"
CLEAN = {"Infos": 0, "Warnings": 0, "Errors": 0, "LintErrors": {}, "ParseErrors": {}}


def error(message: str, line: int = 1, rule: str = "", type_: str = "IDENT", literal: str = "x") -> dict[str, Any]:
    return {
        "Severity": "Error",
        "Token": {"Type": type_, "Literal": literal, "Line": line},
        "Message": message,
        "Rule": rule,
    }


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(falco.VARIABLE, raising=False)
    falco.lint.cache_clear()
    yield
    falco.lint.cache_clear()


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real falco."""
    monkeypatch.setenv("PATH", str(ENGINE), prepend=":")
    require_falco(found=falco.executable() is not None)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A falco that prints what is in a file."""
    program, answer = tmp_path / "falco", tmp_path / "answer"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\ncat '{answer}'\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(falco.VARIABLE, str(program))
    answer.write_text(json.dumps(CLEAN))
    return answer


@pytest.fixture
def none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(falco.VARIABLE, "/nowhere/falco")


def snippet(content: str, type_: str = "recv", kind: str = "Snippet") -> Resource:
    return seen(kind, "s", type=type_, content=content)


SCOPE = 'Variable "resp.status" could not access in scope of RECV'
REPORTS = [
    (
        {"LintErrors": {"snippet::piece0": [error('Undefined variable "a"', 3)]}},
        [Complaint(0, 3, 'Undefined variable "a"', False)],
    ),
    (
        {"LintErrors": {"snippet::piece0": [error(f"{SCOPE} \nSee ...")]}},
        [Complaint(0, 1, SCOPE, True)],
    ),
    (
        {"LintErrors": {"snippet::piece0": [error("x", rule="error/scope"), error("y", rule="unused/variable")]}},
        [Complaint(0, 1, "x", True), Complaint(0, 1, "y", False)],
    ),
    (
        {"LintErrors": {"snippet::piece0": [error('Function "a" is not available in scope RECV')]}},
        [Complaint(0, 1, 'Function "a" is not available in scope RECV', True)],
    ),
    (
        {"ParseErrors": {"piece1": error('Unexpected token "sesame"', 2, type_="STRING", literal="sesame")}},
        [Complaint(1, 2, 'Unexpected token "..."', True, True)],
    ),
    ({"LintErrors": {"main": [error("of the frame")]}}, []),
]


@pytest.mark.parametrize(("report", "found"), REPORTS)
def test_reports(report: dict[str, Any], found: list[Complaint]):
    pieces = (Piece("recv", "1\n2\n3"), Piece("init", "1\n2"))
    assert complaints({**CLEAN, **report}, pieces) == tuple(found)


@pytest.mark.parametrize(("line", "counted"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_lines_are_the_users(line: int, counted: int):
    assert Piece("recv", "if (\na\n&& b\n) { }", lines_above=1).line(line) == counted


OBJECTS = [
    (seen("Snippet", type="recv", content="esi;"), Piece("recv", "esi;")),
    (seen("DynamicSnippet", type="init", content="table t {}"), Piece("init", "table t {}")),
    (seen("Snippet", "s", type="none", content="esi;"), Piece("none", "esi;", name="s")),
    (seen("Vcl", "x", content="# all", main=True), Piece("main", "# all", name="x")),
    (seen("Vcl", "x", content="# some"), Piece("file", "# some", name="x")),
    (seen("Condition", type="CACHE", statement="beresp.ttl > 0s"), Piece("fetch", "if (\nberesp.ttl > 0s\n) { }", 1)),
    (seen("Header", action="set", type="request", dst="http.X", src='"1"'), Piece("recv", 'set req.http.X = "1";')),
    (
        seen("Header", action="append", type="cache", dst="http.X", src='"1"'),
        Piece("fetch", 'set beresp.http.X = "1";'),
    ),
    (seen("Header", action="delete", type="response", dst="http.X"), Piece("deliver", "unset resp.http.X;")),
    (
        seen("Header", action="regex", type="fetch", dst="url", src="req.url", regex="^/a", substitution="/b"),
        Piece("miss", 'set bereq.url = regsub(req.url, {"^/a"}, {"/b"});'),
    ),
    (
        seen("Header", action="regex_repeat", type="request", dst="http.X", regex="a"),
        Piece("recv", 'set req.http.X = regsuball(req.http.X, {"a"}, {""});'),
    ),
]


@pytest.mark.parametrize(("thing", "piece"), OBJECTS)
def test_objects_become_vcl(thing: Resource, piece: Piece | None):
    assert _piece(thing) == piece


@pytest.mark.usefixtures("none")
def test_without_falco_there_is_one_line_of_advice():
    assert told(VCL_LINT, snippet("nonsense")) == []
    said = told_of(VCL_LINT_ADVICE, release("a", snippet("1")), release("b", snippet("2"), snippet("3")))
    (line,) = said
    assert line.startswith("Stack 'shop-dev': VCL is not linted, since falco is not installed: put it on the PATH")
    assert told_of(VCL_LINT_ADVICE, release("a", backend())) == []


DEEP = "[" * 200_000


@pytest.mark.parametrize(
    "answer",
    ["", "\n", "{}", "null", "[]", '{"LintErrors": 1, "ParseErrors": {}}', "not JSON", DEEP, f'{{"a": {DEEP}'],
    ids=range(9),
)
def test_a_falco_that_gives_nothing_usable(fake: Path, answer: str):
    fake.write_text(answer)
    assert told(VCL_LINT, snippet("esi;")) == []
    said = told_of(VCL_LINT_ADVICE, release("a", snippet("esi;")), release("b", snippet("esi;")))
    assert said == ["Stack 'shop-dev': falco gave nothing usable for some of the VCL, which is not linted"]


def test_a_falco_that_does_not_run(fake: Path):
    program = fake.parent / "falco"
    program.write_text("")
    assert "nothing usable" in told_of(VCL_LINT_ADVICE, release("a", snippet("esi;")))[0]


def test_a_falco_that_never_ends(fake: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(falco, "TIMEOUT_SECONDS", 0.2)
    (fake.parent / "falco").write_text("#!/bin/sh\nexec sleep 20\n")
    assert "nothing usable" in told_of(VCL_LINT_ADVICE, release("a", snippet("esi;")))[0]


def test_what_is_fatal_is_refused_and_the_rest_is_advice(fake: Path):
    fake.write_text(
        json.dumps({**CLEAN, "LintErrors": {"snippet::piece0": [error("bad", rule="a/scope"), error("odd")]}})
    )
    assert told(VCL_LINT, snippet("esi;")) == ["Snippet 's': content: line 1: bad"]
    # Its own errors would hide what else there is to say, so it is left out.
    assert told_of(VCL_LINT_ADVICE, release("a", snippet("esi;"))) == []
    fake.write_text(json.dumps({**CLEAN, "LintErrors": {"snippet::piece0": [error("odd"), error("NULL is NULL")]}}))
    falco.lint.cache_clear()
    assert told(VCL_LINT, snippet("esi;")) == []
    assert told_of(VCL_LINT_ADVICE, release("a", snippet("esi;"))) == ["Snippet 's': content: line 1: odd"]


@pytest.mark.parametrize("thing", [snippet(UNKNOWN), snippet("nonsense", UNKNOWN), seen("Header", type=UNKNOWN)])
def test_unknown_vcl_is_not_judged(fake: Path, thing: Resource):
    fake.write_text("")
    assert told(VCL_LINT, thing) == []
    assert told_of(VCL_LINT_ADVICE, release("a", thing)) == []


def test_falco_is_found_in_node_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    program = tmp_path / "node_modules" / "falco-js" / "bin" / "falco-linux-amd64"
    program.parent.mkdir(parents=True)
    program.write_text("")
    program.chmod(0o755)
    (tmp_path / "policies").mkdir()
    monkeypatch.chdir(tmp_path / "policies")
    assert falco.executable() == str(program)


WRONG = [
    (snippet('set req.http.X = "1"'), "content: line 1: Missing semicolon"),
    (snippet('\n\nset req.http.X "sesame";'), 'content: line 3: Unexpected token "..."'),
    (snippet('esi;\nset resp.http.X = "1";', kind="DynamicSnippet"), 'line 2: Variable "resp.http.X" could not access'),
    (snippet("return(deliver);"), 'line 1: Return statement "deliver" is invalid in RECV'),
    (snippet('table t { "a" "b" }', "init"), "content: line 1: Unexpected token"),
    (seen("Condition", type="REQUEST", statement="req.url ~"), "statement: line 1: Undefined prefix expression"),
    (seen("Condition", type="REQUEST", statement="req.url &&\nresp.status == 200"), "statement: line 2: Variable"),
    (seen("Header", action="set", type="request", dst="http.X", src='"1'), "src: line 1: "),
    (seen("Header", action="set", type="request", dst="http.X", src="beresp.ttl"), "src: line 1: Variable"),
]
RIGHT = [
    snippet('set req.http.X = "1";'),
    snippet("if (table.contains(redirects, req.url)) { error 618; }"),
    snippet("set req.http.X = tls.client.ja4;"),
    snippet("if (client.ip ~ office && fastly.ddos_detected) { set req.backend = F_origin; }"),
    snippet("set resp.http.X = req.http.Y; unset resp.http.Server;", "deliver"),
    snippet("sub mine { esi; }", "init"),
    seen("Condition", type="REQUEST", statement='req.url ~ "^/api/" && client.geo.country_code == "DE"'),
    seen("Condition", type="RESPONSE", statement="resp.status == 404"),
    seen("Condition", type="CACHE", statement="beresp.status >= 500"),
    seen("Condition", type="PREFETCH", statement='bereq.url ~ "^/"'),
    seen("Header", action="set", type="response", dst="http.Strict-Transport-Security", src='"max-age=31536000"'),
    seen("Header", action="set", type="request", dst="http.X-Ip", src="client.ip"),
    seen("Header", action="append", type="fetch", dst="http.Via", src='"me"'),
    seen("Header", action="delete", type="cache", dst="http.Set-Cookie"),
    seen("Header", action="regex", type="request", dst="url", src="req.url", regex="^/a/", substitution="/b/"),
    seen("Header", action="regex_repeat", type="response", dst="http.X", regex='"', substitution=""),
]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(("thing", "text"), WRONG)
def test_real_vcl_that_is_wrong(thing: Resource, text: str):
    said = told(VCL_LINT, thing)
    assert said
    assert text in said[0]
    assert "sesame" not in said[0]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("thing", RIGHT)
def test_real_vcl_that_is_right(thing: Resource):
    assert told(VCL_LINT, thing) == []
    piece = _piece(thing)
    assert piece
    assert falco.lint((piece,)) is not None


@pytest.mark.parametrize(
    ("vcl", "newer"),
    [
        ("\n" * 200_000, False),
        (" \n" * 200_000, False),
        ("switch " * 60_000, False),
        ("esi;\n\n \tpragma optional;", True),
        ("esi;\nswitch (req.url) {", True),
        ("pragmatic;", False),
    ],
    ids=range(6),
)
def test_newer_vcl_is_told_in_time(vcl: str, newer: bool):
    assert bool(falco.NEWER.search(vcl)) is newer


@pytest.mark.usefixtures("real")
def test_real_vcl_that_is_newer_than_falco_is_neither_wrong_nor_clean():
    newer = snippet('switch (req.url) { case "/a": esi; break; default: break; }')
    assert told(VCL_LINT, newer) == []
    said = told_of(VCL_LINT_ADVICE, release("www", newer, snippet("declare local var.X STRING;")))
    assert said == [
        "Stack 'shop-dev': falco gave nothing usable for some of the VCL, which is not linted",
        "Snippet 's': content: line 1: Variable \"X\" is unused",
    ]


@pytest.mark.usefixtures("real")
def test_a_real_release_knows_the_names_of_its_objects():
    uses = snippet("if (client.ip ~ office && table.contains(redirects, req.url)) { set req.backend = F_origin; }")
    objects = [seen("Acl", "office"), seen("Dictionary", "redirects"), backend("origin")]
    assert told_of(VCL_LINT_ADVICE, release("www", *objects, uses)) == []
    (said,) = told_of(VCL_LINT_ADVICE, release("www", *objects[1:], uses))
    assert said == "Snippet 's': content: line 1: Undefined variable \"office\""


@pytest.mark.usefixtures("real")
def test_a_real_release_knows_its_directors():
    objects = [backend("east-1"), seen("Director", "the east"), snippet("set req.backend = the_east;")]
    assert told_of(VCL_LINT_ADVICE, release("www", *objects)) == []
    assert told_of(VCL_LINT_ADVICE, release("www", objects[0], objects[2])) == [
        "Snippet 's': content: line 1: Undefined variable \"the_east\""
    ]


@pytest.mark.usefixtures("real")
def test_a_real_response_condition_may_be_evaluated_in_vcl_log():
    """Logging endpoints evaluate it there, headers in vcl_deliver; the condition does not know which refer to it."""
    statements = {"!segmented_caching.is_inner_req": True, "resp.status >= 500": True, "beresp.status >= 500": False}
    for statement, right in statements.items():
        condition = seen("Condition", "c", type="RESPONSE", statement=statement)
        assert (told(VCL_LINT, condition) == []) is right, statement


@pytest.mark.usefixtures("real")
def test_real_captures_of_different_objects_do_not_override_each_other():
    """Only one object's own captures: conditions with a group each are nothing to complain about."""
    conditions = [
        seen("Condition", name, type="CACHE", statement=f'req.url ~ "^/({name})/"') for name in ("images", "fonts")
    ]
    assert told_of(VCL_LINT_ADVICE, release("www", *conditions)) == []
    both = snippet('if (req.url ~ "^/(a)/") { esi; }\nif (req.url ~ "/(b)$") { esi; }')
    assert told_of(VCL_LINT_ADVICE, release("www", *conditions, both)) == [
        "Snippet 's': content: line 2: Regex captured variable may override older one"
    ]


@pytest.mark.usefixtures("real")
def test_real_advice_in_spite_of_a_parse_error_beside_it():
    said = told_of(VCL_LINT_ADVICE, release("www", snippet("declare local var.X STRING;"), snippet("nonsense")))
    assert said == ["Snippet 's': content: line 1: Variable \"X\" is unused"]


def test_every_piece_has_a_kind():
    assert set(VCL_LINT.kinds) == set(PIECES)
    assert Names() == Names((), (), (), ())


SUBS = falco.FRAME


def file(content: str, name: str = "main", *, main: bool = True) -> Resource:
    return seen("Vcl", name, content=content, main=main)


def in_recv(code: str) -> str:
    """The whole VCL of a service, with some code in recv."""
    return SUBS.replace("#FASTLY recv", f"#FASTLY recv\n{code}")


SHARED = file('sub extra { set bereq.http.X-Extra = "1"; }', "shared", main=False)
FRAGMENT = file('set req.http.A = "1";\nunset req.http.Cookie;', "fragment", main=False)
OBJECTS_OF_RELEASE = [
    seen("Acl", "office"),
    seen("Dictionary", "redirects"),
    backend("my origin-1"),
    seen("Director", "pool", backends=["my origin-1"]),
]
LIBRARY = """
table moved { "/a": "/b", }
acl partners { "192.0.2.0"/24; !"192.0.2.9"; }
backend F_extra { .host = "extra.example.com"; .port = "443"; .ssl = true; .dynamic = true; .share_key = "abc"; }
director pick random { .quorum = 50%; .retries = 10; { .backend = F_extra; .weight = 1; } }
sub choose {
  declare local var.n INTEGER;
  set var.n = std.atoi(req.http.N);
  if (var.n > 3 && table.contains(moved, req.url)) { set req.backend = pick; } else { set req.backend = F_my_origin_1; }
}
sub strip { unset resp.http.Server; set resp.http.X = regsuball(req.url, "a", "b"); return(deliver); }
"""
LINE = 'log {"syslog "} req.service_id {" logs :: "} {"{"url": ""} json.escape(req.url) {"" }"};'
PROGRAMS = [
    [
        file(
            'include "library";\n'
            + in_recv("call choose;\nif (client.ip ~ partners) { error 602; }").replace(
                "#FASTLY deliver", f"#FASTLY deliver\n{LINE}\ncall strip;"
            )
        ),
        file(LIBRARY, "library", main=False),
    ],
    [file(SUBS)],
    [file(in_recv("set req.backend = F_my_origin_1;"))],
    [file(in_recv("set req.backend = pool;"))],
    [file(in_recv("if (client.ip ~ office && table.contains(redirects, req.url)) { error 601; }"))],
    [file('include "shared";\n' + SUBS.replace("#FASTLY miss", "#FASTLY miss\ncall extra;")), SHARED],
    [file(in_recv('include "fragment";')), FRAGMENT],
    [file('include "subs";'), file(SUBS, "subs", main=False)],
    [file('include "a.vcl";'), file(SUBS, "a.vcl", main=False)],
    [file(in_recv('include "snippet::s";')), snippet("esi;", "none")],
    [file(in_recv('include "snippet::s";')), snippet("esi;", "none", kind="DynamicSnippet")],
    [file(in_recv("if (req.http.Upgrade) { return(upgrade); }"))],
    [
        file(
            'backend own { .host = "o.example.com"; }\nacl mine { "192.0.2.0"/24; }\ntable t { "a": "b" }\n'
            + in_recv('if (client.ip ~ mine && table.contains(t, "a")) { set req.backend = own; }')
        )
    ],
    [file(SUBS), snippet("set req.backend = pool;")],
    [snippet("set req.backend = pool;")],
    [snippet("nonsense", "none")],
]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("program", PROGRAMS)
def test_real_programs_with_files_that_are_right(program: list[Resource]):
    assert [told(VCL_LINT, thing) for thing in program] == [[]] * len(program)
    unused = 'Unused backend "F_my_origin_1"'
    said = told_of(VCL_LINT_ADVICE, release("www", *OBJECTS_OF_RELEASE, *program))
    assert [text for text in said if unused not in text] == []


WRONG_FILES = [
    (file(in_recv('set req.http.X = "1"')), "content: line 3: "),
    (file(in_recv('set resp.http.X = "1";')), 'content: line 3: Variable "resp.http.X" could not access in scope'),
    (file('\nset req.http.A = "1";\nset req.http.A "2";', "shared", main=False), "content: line 3: "),
    (file("sub x {\nesi\n}", "shared", main=False), "content: line 2: Missing semicolon"),
    (file('sub x "sesame"', "shared", main=False), 'content: line 1: Unexpected token "..."'),
    (file('set req.http.A "sesame";', "shared", main=False), 'content: line 1: Unexpected token "..."'),
]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(("thing", "text"), WRONG_FILES)
def test_real_files_that_are_wrong(thing: Resource, text: str):
    (said, *_) = told(VCL_LINT, thing)
    assert said.startswith(f"Vcl '{thing.name}': {text}")
    assert "sesame" not in said


ADVICE = [
    ([file(in_recv("set req.backend = F_gone;"))], ["Vcl 'main': content: line 3: Undefined variable \"F_gone\""]),
    (
        [file(in_recv('include "gone";'))],
        ["Vcl 'main': content: line 3: Failed to resolve include module: gone.vcl"],
    ),
    (
        [
            file('include "shared";\n' + in_recv("call x;")),
            file("sub x { set req.http.A = nope; }", "shared", main=False),
        ],
        ["Vcl 'shared': content: line 1: Undefined variable \"nope\""],
    ),
    # What other files include is in a scope only together with them.
    (
        [file(in_recv('include "f";')), file("set resp.http.A = req.url;", "f", main=False)],
        ["Vcl 'f': content: line 1: Variable \"resp.http.A\" could not access in scope of RECV"],
    ),
    (
        [file(in_recv('include "snippet::s";')), snippet("set resp.http.A = req.url;", "none")],
        ["Snippet 's': content: line 1: Variable \"resp.http.A\" could not access in scope of RECV"],
    ),
    # It does not parse: without it the files that include it are not judged, and all else is.
    (
        [
            file(in_recv('include "snippet::s";')),
            snippet("set req.http.A", "none"),
            snippet("declare local var.X STRING;"),
        ],
        ["Snippet 's': content: line 1: Variable \"X\" is unused", "Snippet 's': content: line 1: Unexpected token"],
    ),
    (
        [file(in_recv("sub")), file("sub x { set req.http.A = nope; }", "shared", main=False)],
        [],
    ),
    (
        [file(SUBS.replace("#FASTLY recv", ""))],
        ["Vcl 'main': content: line 1: Subroutine \"vcl_recv\" is missing Fastly boilerplate comment"],
    ),
    ([file(SUBS), snippet("set req.http.A = nope;")], ["Snippet 's': content: line 1: Undefined variable \"nope\""]),
]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(("program", "advice"), ADVICE)
def test_real_advice_on_programs_with_files(program: list[Resource], advice: list[str]):
    said = told_of(VCL_LINT_ADVICE, release("www", *program))
    assert len(said) == len(advice)
    for text, beginning in zip(said, advice, strict=True):
        assert text.startswith(beginning)


@pytest.mark.usefixtures("real")
def test_a_real_file_that_is_newer_than_falco_is_neither_wrong_nor_clean():
    newer = file("pragma optional_param geoip_opt_in true;\n" + SUBS)
    assert told(VCL_LINT, newer) == []
    said = told_of(VCL_LINT_ADVICE, release("www", newer))
    assert said == ["Stack 'shop-dev': falco gave nothing usable for some of the VCL, which is not linted"]
