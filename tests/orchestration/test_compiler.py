"""Where code comes from that Fastly's compiler quotes."""

import pytest
from pulumi_fastly_dynamic.orchestration import compiler
from pulumi_fastly_dynamic.orchestration.snapshot import objects_of

from .verdicts import Rows, condition, header, snippet

SNIPPETS = [snippet("one", "S1", content="# x\nset req.http.A = a;"), snippet("two", "S2", content="\tesi;\n}\n  esi;")]
FILES: list[Rows] = [
    ("vcl", {"name": "main", "content": 'include "more";\n  set req.http.A = a;', "main": True}),
    ("vcl", {"name": "more", "content": "sub more {\n  esi;\n}", "main": False}),
    ("response_object", {"name": "page", "content": "esi;\n}"}),
]
EXPRESSIONS = [condition("short", statement="req.url"), condition("long", statement='req.url ~ "^/a"'), header(src="1")]


def message(*lines: str) -> str:
    """The compiler about some lines of the generated VCL."""
    return "\n".join(f"Syntax error\nat: (input Line {7 + at} Pos 1)\n{line}\n##---" for at, line in enumerate(lines))


@pytest.mark.parametrize(
    ("text", "rows", "place"),
    [
        (message("  set req.http.A = a;"), SNIPPETS, "in Snippet 'one', line 2"),
        (message("  set req.http.A = a;", "}"), SNIPPETS, "in Snippet 'one', line 2 or in Snippet 'two', line 2"),
        (message("esi;"), SNIPPETS, "in Snippet 'two', line 1 or in Snippet 'two', line 3"),
        (message("set req.http.A = ab;"), SNIPPETS, ""),
        (message(""), SNIPPETS, ""),
        ("at: (input Line 1 Pos 1)", SNIPPETS, ""),
        ("", SNIPPETS, ""),
        (message("  set req.http.A = a;"), FILES, "in Vcl 'main', line 2"),
        (message("  esi;"), FILES, "in Vcl 'more', line 2"),
        (message("  esi;").replace("input", "'more'"), FILES, "in Vcl 'more', line 2"),
        (
            message("  esi;"),
            [*FILES, *SNIPPETS[1:]],
            "in Vcl 'more', line 2 or in Snippet 'two', line 1 or in Snippet 'two', line 3",
        ),
        (message('  if (req.url ~ "^/a") {'), EXPRESSIONS, "in Condition 'long', line 1"),
        (message("  if (req.url) {"), EXPRESSIONS, "in Condition 'short', line 1"),
        (message("  set req.http.X = 1;"), EXPRESSIONS, "in Header 'x-api', line 1"),
        (message("  if (req.http.Y) {"), EXPRESSIONS, ""),
    ],
)
def test_the_place_is_told_from_the_quoted_line(text: str, rows: list[Rows], place: str) -> None:
    objects = [each for name, row in rows for each in objects_of(name, [row]).values()]
    assert compiler.place(text, objects) == place


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (message("set req.http.A = sesame;"), "Syntax error at: (input Line 7 Pos 1)"),
        (f"{message('sesame', 'sesame')}\nDone", f"{message('', '')} Done".replace("\n##---", "").replace("\n", " ")),
        ("Warning: Unused\nat: (input Line 1 Pos 1)\nError: x", "Warning: Unused at: (input Line 1 Pos 1) Error: x"),
        (message("set req.http.A = sesame;").replace("input", "'more'"), "Syntax error at: ('more' Line 7 Pos 1)"),
        ("", ""),
    ],
)
def test_code_is_not_repeated(text: str, words: str) -> None:
    assert compiler.without_quotes(text) == " ".join(words.split())
