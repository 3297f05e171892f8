"""Names, values and messages are what they are, in every format: nothing in them is Markdown or HTML."""

import pytest
from fastly_report.document import Code, Diff, Document, Heading, Paragraph, Point, Points, Row, Table
from fastly_report.engine_values import inline, visible
from fastly_report.render import FORMATS
from hypothesis import given, settings
from hypothesis import strategies as st

from .previews import Page, rendered, report

EVIL = r"a|b `code` **bold** <script>alert(1)</script> [link](javascript:alert(1)) @somebody #1 &lt; \| <!-- x"
SERVICE = "<img src=x onerror=alert(1)> @team `x` | y"
MARKDOWN_TAGS = {"h2", "h3", "p", "ul", "li", "strong", "code", "pre", "br"} | {
    "table", "thead", "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
PAGE_TAGS = MARKDOWN_TAGS | {"html", "head", "meta", "title", "style", "body", "span"}
PIECES = [
    *"`|\\<>&@#*_[]()!~$-+ \n\r\tab1",
    "\u202e",
    "\x1b",
    "\u2028",
    "é",
    "```",
    "\\|",
    "<!--",
    "-->",
    "</code>",
    "&lt;",
]
NASTY = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def page_of(form: str, format_: str) -> Page:
    text = report(f"hostile.{form}", format_)
    return Page(rendered(text) if format_ == "markdown" else text)


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_hostile_names_and_vcl_in_markdown(form: str):
    page = page_of(form, "markdown")
    assert set(page.tags) <= MARKDOWN_TAGS
    assert page.attributes <= {"class"}
    assert not page.comments
    assert EVIL in "".join(page.codes), "as it is, in a table"
    assert SERVICE in page.codes
    assert not [word for word in ("@somebody", "@team", "alert", "javascript") if word in page.outside]


def test_vcl_cannot_end_its_block():
    blocks = [code for code in page_of("jsonl", "markdown").codes if code.startswith("@@") and "# start" in code]
    (vcl,) = blocks
    for line in ("+```", "+</code></pre><script>alert(1)</script>", f"+{EVIL}", "+````diff", "+@somebody"):
        assert line in vcl.split("\n")


def test_hostile_names_and_vcl_in_html():
    page = page_of("jsonl", "html")
    assert set(page.tags) <= PAGE_TAGS
    assert "onerror" not in page.attributes
    assert "script" not in page.tags
    assert not page.comments
    assert EVIL in page.codes


def test_html_runs_nothing_and_loads_nothing():
    found = report("hostile.jsonl", "html")
    assert "default-src 'none'; style-src 'unsafe-inline'" in found


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_drives_a_terminal_or_turns_text_around(format_: str):
    found = report("hostile.jsonl", format_)
    assert "\x1b" not in found
    assert "\u202e" not in found
    assert "\\u202e" in found


def test_messages_of_policies_are_quoted():
    page = Page(rendered(report("policies.jsonl")))
    assert "@team" not in page.outside
    assert any(
        "say who owns it, @team | **bold** <b>html</b> `code` https://example.com" in code for code in page.codes
    )
    assert set(page.tags) <= MARKDOWN_TAGS


@settings(deadline=None)
@given(NASTY)
def test_any_text_is_shown_as_it_is(text: str):
    shown = inline(text)
    lines = visible(text)
    cell: tuple[tuple[Code, ...], ...] = ((Code(text),),)
    document = Document(
        text,
        (
            Heading(3, (Code(text),)),
            Paragraph((Code(text),)),
            Points((Point((Code(text),), quote=f"x{text}"), Point((Code(text),), quote=f"x\n{text}"))),
            Table(("One", "Two"), (Row((cell, cell)),)),
            Diff((Code(text),), tuple(f"+{line}" for line in lines.split("\n"))),
            Diff((Code(text),), tuple(f"+{line}" for line in lines.split("\n")) * 50),
        ),
    )
    page = Page(rendered(FORMATS["markdown"](document)))
    assert set(page.tags) <= MARKDOWN_TAGS
    assert not page.comments
    assert page.tags.count("td") == 2
    assert page.tags.count("li") == 2
    assert page.tags.count("pre") >= 2
    said = "".join(page.codes).replace("\xa0", " ")
    # Heading, paragraph, two points, two cells, two titles.
    assert said.count(shown) >= 8 if shown else True
    web = Page(FORMATS["html"](document))
    assert set(web.tags) <= PAGE_TAGS
    assert not web.comments
    assert web.codes.count(shown) >= 8 if shown else True
