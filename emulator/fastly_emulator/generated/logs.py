"""Logging endpoints: a ``log`` statement each, with its format as an expression of VCL."""

import re
from collections.abc import Callable, Iterator, Mapping

from ..kinds.log_endpoints import LOGGING
from ..state import Record
from .by_condition import Rule
from .source import Source
from .writing import Lines, comment, long_string, string, vcl_name

_DIRECTIVE = re.compile(r"%(?:[<>]?(?P<letter>[A-Za-z%])|\{(?P<argument>(?:\\.|[^\\])*?)\}(?P<of>[CiotV]))")
_ESCAPED = re.compile(r'\\(["{}\\])')
"""What must not end the argument, or the string of JSON around it."""
_LINE_END = re.compile(r"\r?\n")
_TIME = "strftime({}, time.{})"
_LETTERS: dict[str, tuple[str, ...]] = {
    "a": ("client.ip",),
    "A": ("server.ip",),
    "b": ("resp.body_bytes_written",),
    "B": ("resp.body_bytes_written",),
    "D": ("time.elapsed.usec",),
    "h": ("req.http.Fastly-Client-IP",),
    "H": ("req.proto",),
    "l": ('"-"',),
    "m": ("req.request",),
    "q": ("req.url.qs",),
    "r": ("req.request", '" "', "req.url", '" "', "req.proto"),
    "s": ("resp.status",),
    "t": ('"["', _TIME.format(long_string("%d/%b/%Y:%H:%M:%S %z"), "start"), '"]"'),
    "T": ("time.elapsed.sec",),
    "u": ('"-"',),
    "U": ("req.url.path",),
    "v": ("req.http.host",),
    "V": ("req.http.host",),
}
"""The directives without argument of the documented formats; assumed: those that no public example shows."""
# Assumed: what stands for the size of the body before it was sent.
_AT_DELIVERY = dict.fromkeys("bB", ("resp.http.Content-Length",))
"""What ``vcl_deliver`` does not know yet."""


def log(kind: str, place: str) -> Rule:
    """The statements of a kind of endpoint, if they belong in that subroutine: old formats log at delivery."""

    def render(_source: Source, record: Record) -> Lines:
        if record["placement"] or ("deliver" if str(record["format_version"]) == "1" else "log") != place:
            return []
        head = ['{"syslog "}', "req.service_id", long_string(f" {record['name']} :: ")]
        word = kind.partition("/")[2]
        parts = [*head, *expression(record["format"] or "", _AT_DELIVERY if place == "deliver" else {})]
        return [comment(f"{word} {vcl_name(record['name'])}"), f"log {' '.join(parts)};"]

    return Rule(kind, render, ("response_condition",))


def expression(log_format: str, instead: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The strings and variables that make up a line of the log, with other variables for some letters."""
    line, position = _LINE_END.sub(" ", log_format), 0
    literal = ""
    for directive in _DIRECTIVE.finditer(line):
        literal += line[position : directive.start()]
        position = directive.end()
        parts = instead.get(directive["letter"]) or _parts(directive)
        if parts is None:
            literal += "%" if directive["letter"] == "%" else directive.group()
            continue
        if literal:
            yield string(literal)
        literal = ""
        yield from parts
    literal += line[position:]
    if literal:
        yield string(literal)


def _parts(directive: re.Match[str]) -> tuple[str, ...] | None:
    if directive["letter"]:
        return _LETTERS.get(directive["letter"])
    return (_WITH_ARGUMENT[directive["of"]](_ESCAPED.sub(r"\1", directive["argument"]).strip()),)


def _time(argument: str) -> str:
    form = argument.removeprefix("begin:").removeprefix("end:")
    return _TIME.format(long_string(form), "end" if argument.startswith("end:") else "start")


_WITH_ARGUMENT: dict[str, Callable[[str], str]] = {
    "C": "req.http.Cookie:{}".format,
    "i": "req.http.{}".format,
    "o": "resp.http.{}".format,
    "t": _time,
    "V": str,
}

LOGGED = tuple(log(kind.path, "log") for kind in LOGGING)
"""In ``vcl_log``."""

LOGGED_AT_DELIVERY = tuple(log(kind.path, "deliver") for kind in LOGGING)
"""In ``vcl_deliver``."""
