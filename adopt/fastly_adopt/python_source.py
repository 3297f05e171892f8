"""Values and calls as Python source, laid out as formatters do: on one line if it fits, else one element a line."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 88
"""The default of ``ruff format`` and ``black``."""
INDENT = "    "


@dataclass(frozen=True)
class Code:
    """Source that stays on one line."""

    text: str


@dataclass(frozen=True)
class Group:
    """Elements in brackets, each perhaps with something before it: ``name=`` or ``"key": ``."""

    opening: str
    elements: tuple[tuple[str, "Node"], ...]
    closing: str


Node = Code | Group


def call(function: str, arguments: Iterable[Node] = (), keywords: Mapping[str, Node] | None = None) -> Group:
    """A call."""
    named = tuple((f"{name}=", value) for name, value in (keywords or {}).items())
    return Group(f"{function}(", (*(("", each) for each in arguments), *named), ")")


def literal(value: Any) -> Node:
    """A value of JSON's types."""
    if isinstance(value, str):
        return Code(quoted(value))
    if isinstance(value, list | tuple):
        return Group("[", tuple(("", literal(each)) for each in value), "]")
    if isinstance(value, Mapping):
        return Group("{", tuple((f"{quoted(str(key))}: ", literal(each)) for key, each in value.items()), "}")
    return Code(repr(value))


def quoted(text: str) -> str:
    """A string literal: in double quotes, unless that would need more backslashes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(each, quote) for each in text) + quote


def _escaped(character: str, quote: str) -> str:
    if character in {"\\", quote}:
        return f"\\{character}"
    if character in {'"', "'"}:
        return character
    return repr(character)[1:-1]  # what cannot be printed is escaped


def layout(node: Node, depth: int = 0, *, before: str = "", after: str = "") -> str:
    """The source of a node at a depth, between what stands on its first and on its last line."""
    flat = f"{INDENT * depth}{before}{_flat(node)}{after}"
    if isinstance(node, Code) or not node.elements or width(flat) <= WIDTH:
        return flat
    inner = [layout(each, depth + 1, before=prefix, after=",") for prefix, each in node.elements]
    return "\n".join([f"{INDENT * depth}{before}{node.opening}", *inner, f"{INDENT * depth}{node.closing}{after}"])


def _flat(node: Node) -> str:
    if isinstance(node, Code):
        return node.text
    inner = ", ".join(prefix + _flat(each) for prefix, each in node.elements)
    return f"{node.opening}{inner}{node.closing}"


def width(line: str) -> int:
    """The number of columns; wide characters take two."""
    if line.isascii():
        return len(line)
    return sum(_columns(character) for character in line)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def comment(text: str, depth: int = 0) -> list[str]:
    """A comment, wrapped at the words; what cannot be printed is escaped."""
    spaced = " ".join(text.split())
    shown = "".join(each if each.isprintable() else repr(each)[1:-1] for each in spaced)
    lines: list[str] = []
    for word in shown.split(" "):
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and width(longer) <= WIDTH:
            lines[-1] = longer
        else:
            lines.append(f"{INDENT * depth}# {word}")
    return lines
