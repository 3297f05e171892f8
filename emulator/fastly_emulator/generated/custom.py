"""Custom VCL: the main file with its includes in place and its macros expanded."""

import re
from collections.abc import Iterator

from ..vcl_lexer import TOKEN, words_and_signs
from .macros import SUBROUTINES, expanded
from .source import Source

_MACRO = re.compile(r"#\s*FASTLY\s+(?P<name>[A-Za-z]+)\s*", re.IGNORECASE)
_SNIPPET = "snippet::"
"""Before the name of a snippet of type ``none``, which nothing but an include renders."""


def main_vcl(source: Source) -> str | None:
    """The main file, or None if the version has none."""
    main = next((file for file in source.of("vcl") if file["main"]), None)
    if main is None:
        return None
    included = _with_includes(source, main["content"] or "", (main["name"],))
    return "".join(_with_macros(source, included))


def _with_includes(source: Source, vcl: str, files: tuple[str, ...]) -> str:
    """The text with what it includes; what is missing, or includes itself, stays a statement."""
    parts: list[str] = []
    position = 0
    for start, end, name in _includes(vcl):
        content = None if name in files else _content(source, name)
        if content is not None:
            parts += [vcl[position:start], _with_includes(source, content, (*files, name))]
            position = end
    return "".join([*parts, vcl[position:]])


def _includes(vcl: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each ``include``."""
    tokens = words_and_signs(vcl)
    for word, name, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.group() == "include" and name.lastgroup == "string" and end.lastgroup == "semicolon":
            yield word.start(), end.end(), name.group().strip('"')


def _content(source: Source, name: str) -> str | None:
    kind = "snippet" if name.startswith(_SNIPPET) else "vcl"
    record = source.version.of(kind).get(name.removeprefix(_SNIPPET))
    if record is None:
        return None
    return source.content(record)


def _with_macros(source: Source, vcl: str) -> Iterator[str]:
    for match in TOKEN.finditer(vcl):
        macro = _MACRO.fullmatch(match.group()) if match.lastgroup == "comment" else None
        name = macro["name"].lower() if macro else ""
        yield "\n".join(expanded(source, name, custom=True)) if name in SUBROUTINES else match.group()
