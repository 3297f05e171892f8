"""What generated references share: docstrings as Markdown, rows of tables, links to Fastly's pages."""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pulumi_fastly_dynamic as fastly

API = "https://www.fastly.com/documentation/reference/api/"


def docstrings(cls: type) -> dict[str, str]:
    """The docstring under each attribute: first those of the bases, each in its order."""
    ours = [base for base in reversed(cls.__mro__) if base.__module__.startswith(fastly.__name__)]
    return {name: text for base in ours for name, text in _own_docstrings(base).items()}


def _own_docstrings(cls: type) -> dict[str, str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    if not isinstance(tree, ast.ClassDef):
        raise TypeError(cls)
    found: dict[str, str] = {}
    for here, below in zip(tree.body, tree.body[1:], strict=False):
        if (
            isinstance(here, ast.AnnAssign)
            and isinstance(here.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[here.target.id] = one_line(str(below.value.value))
    return found


def one_line(text: str) -> str:
    """A docstring as one line of Markdown."""
    return " ".join(markdown(text).split())


def markdown(text: str) -> str:
    """A docstring as Markdown."""
    return re.sub(r"``(.+?)``", r"`\1`", text)


def with_links(text: str) -> Iterator[str]:
    """The lines of a docstring, with a link to Fastly's page in the place of ``See URL``."""
    for line in markdown(text).splitlines():
        yield re.sub(rf"^See ({re.escape(API)}\S*)", r"[Fastly's documentation](\1)", line)


def parameters(text: str) -> tuple[str, dict[str, str]]:
    """A docstring without its ``:param`` lines, and these as sentences by the name of the parameter."""
    intro, *rest = re.split(r"^:param ", text, flags=re.MULTILINE)
    found = {}
    for parameter in rest:
        name, _, description = parameter.partition(":")
        sentence = one_line(description)
        found[name] = sentence[0].upper() + sentence[1:]
    return intro.strip(), found


def row(*cells: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def literal(value: Any) -> str:
    """A value as code."""
    text = json.dumps(value) if isinstance(value, str) else repr(value)
    return f"`` {text} ``" if "`" in text else f"`{text}`"
