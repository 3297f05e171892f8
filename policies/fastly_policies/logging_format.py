"""A rule of log lines that should be JSON.

A format is JSON with directives in it, which Fastly replaces for each request. Here a directive inside a text is a part
of it, and one outside is whatever fits in its place: a number, a key, a list of pairs, or nothing. So a format is
reported only if no values could make JSON of it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .logging_rules import FIELDS
from .resource import Finding, Resource
from .rule import ADVISORY, ResourceRule, Settings

# `%h`, `%>s`, `%{Host}i`, `%{begin:%s}t`, `%{if(a, "x", "y")}V`. Texts of VCL may hold braces, as may `\}`.
ARGUMENT = r'\{(?:\\.|\{"[^"]*"\}|"[^"\n]*"|[^}"\\]){0,5000}+\}'
DIRECTIVE = rf"%[<>]?!?[\d,]*+(?:{ARGUMENT})?[A-Za-z%]"
TOKEN = re.compile(
    rf"""(?P<blank>(?:\s|\\[nrt])++)
    |(?P<text>"(?:{DIRECTIVE}|\\.|[^"\\])*+"?)
    |(?P<mark>[{{}}\[\]:,])
    |(?P<word>(?:{DIRECTIVE}|[^\s"{{}}\[\]:,\\])++)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
IN_WORD = re.compile(DIRECTIVE, re.DOTALL)
NEVER_A_NUMBER = re.compile(r"%[hlurmUvt]")
"""Directives that are texts for every request, so that JSON needs quotes around them."""
VALUE = "value"
"""The end of a value, among the marks that may precede a token."""


@dataclass(frozen=True)
class Fault:
    """Why and where a text is no JSON."""

    line: int
    column: int
    text: str


def fault_of(log_format: str) -> Fault | None:
    """What keeps a format from being JSON, or several JSON values in a row."""
    text, end = "".join(_replaced(log_format)), 0
    decoder = json.JSONDecoder(strict=False)
    try:
        while rest := text[end:].lstrip():
            _, end = decoder.raw_decode(text, len(text) - len(rest))
    except json.JSONDecodeError as error:
        return Fault(error.lineno, error.colno, error.msg)
    except RecursionError:
        return None
    return None


def _replaced(log_format: str) -> Iterator[str]:
    """The format, each directive replaced by something of its length: what is wrong keeps its place."""
    tokens = list(TOKEN.finditer(log_format))
    followers = iter([token[0][0] for token in tokens if token.lastgroup != "blank"][1:])
    enclosing: list[str] = []
    last = ""
    for token in tokens:
        if token.lastgroup == "blank":
            yield token[0].replace("\\n", "  ").replace("\\r", "  ").replace("\\t", "  ")
            continue
        piece = _piece(token, last, next(followers, ""), enclosing[-1] if enclosing else "")
        if piece in {"{", "["}:
            enclosing.append(piece)
        elif piece in {"}", "]"} and enclosing:
            enclosing.pop()
        if piece:
            last = VALUE if piece not in {"{", "[", ":", ","} else piece
        yield piece.ljust(len(token[0]))


def _piece(token: re.Match[str], last: str, following: str, enclosing: str) -> str:
    text = token[0]
    if token.lastgroup == "text":
        return IN_WORD.sub(lambda directive: "x" * len(directive[0]), text)
    if token.lastgroup != "word" or not IN_WORD.search(text) or NEVER_A_NUMBER.fullmatch(text):
        return text
    if last == VALUE:
        return ""  # it may add more pairs or values, or nothing
    if following == ":":
        return '"1"'
    if enclosing == "{" and last in {"{", ","}:
        return '"1":1' if following in {"}", ","} else ""
    return "1"


def _claims_json(endpoint: Resource) -> bool:
    """Whether lines should be JSON: so they begin, or so the endpoint labels them."""
    if endpoint.text("format").lstrip().startswith("{"):
        return True
    fields = FIELDS[endpoint.kind]
    labels = "content_type" in fields and "json" in endpoint.text("content_type").lower()
    return labels or ("json_format" in fields and endpoint.text("json_format") in {"1", "2"})


def _is_json(endpoint: Resource, _settings: Settings) -> Iterator[Finding]:
    fault = fault_of(endpoint.text("format")) if _claims_json(endpoint) else None
    if fault:
        place = f"line {fault.line}, column {fault.column}"
        yield endpoint.finding("format", f"lines are not JSON: {fault.text} at {place}")


LOGGING_FORMAT = ResourceRule(
    name="logging-format",
    reports="a log format that should be JSON and cannot be, whatever its directives give",
    description="Most log collectors drop lines that are not valid JSON, usually without an error.",
    level=ADVISORY,
    kinds=tuple(FIELDS),
    checks=(_is_json,),
)
