"""VCL with syntax highlighting, as HTML.

The markup is that of the example in https://www.fastly.com/documentation/reference/api/vcl-services/vcl/; assumed: the
classes of comments and numbers, and the form of line numbers.
"""

import html
import re
from collections.abc import Iterator

from .vcl_lexer import TOKEN

_CLASSES = {
    "comment": "c",
    "string": "s",
    "number": "mi",
    "open": "p",
    "close": "p",
    "semicolon": "p",
    "comma": "p",
    "operator": "o",
    "other": "o",
}
_SUBROUTINE = re.compile(r"^(?P<keyword>sub[ \t]+)(?P<name>\w+)", re.MULTILINE)
_PUNCTUATION_IN_WORD = re.compile(r"([.:-]+)")


def highlighted(vcl: str, *, line_numbers: bool = False) -> str:
    """A block of HTML."""
    lines = "".join(_spans(vcl.strip("\n"))).split("\n")
    if line_numbers:
        lines = [f'<span class="lineno">{number} </span>{line}' for number, line in enumerate(lines, 1)]
    return '<div class="highlight"><pre>' + "".join(f"{line}\n" for line in lines) + "</pre></div>\n"


def _spans(vcl: str) -> Iterator[str]:
    position = 0
    for subroutine in _SUBROUTINE.finditer(vcl):
        yield from _tokens(vcl[position : subroutine.start()])
        yield _span("k", subroutine["keyword"])
        yield _span("nf", subroutine["name"])
        position = subroutine.end()
    yield from _tokens(vcl[position:])


def _tokens(vcl: str) -> Iterator[str]:
    for match in TOKEN.finditer(vcl):
        yield from _token("string" if match["long"] is not None else str(match.lastgroup), match.group())


def _token(kind: str, text: str) -> Iterator[str]:
    if kind == "space":
        yield text
    elif kind == "word":
        for index, part in enumerate(_PUNCTUATION_IN_WORD.split(text)):
            yield _span("o" if index % 2 else "n", part)
    else:
        yield _span(_CLASSES[kind], text)


def _span(css_class: str, text: str) -> str:
    return f'<span class="{css_class}">{html.escape(text)}</span>'
