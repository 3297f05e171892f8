"""A page of its own, without scripts and without anything from elsewhere."""

from functools import cache
from typing import TYPE_CHECKING, Any

from ..document import Code, Diff, Document, Heading, Paragraph, Points, Strong, Table
from ..engine_values import inline, visible

if TYPE_CHECKING:
    from jinja2 import Template

OPEN_LINES = 200
"""A diff of more lines is folded."""


class MissingLibrary(Exception):
    """The extra is not installed."""


def html(document: Document) -> str:
    """The document as a page."""
    return _template().render(document=document, open_lines=OPEN_LINES)


@cache
def _template() -> "Template":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this format needs it
    except ImportError:
        raise MissingLibrary("--format html needs jinja2: pip install 'pulumi-fastly-dynamic[report]'") from None
    environment = Environment(
        loader=PackageLoader("fastly_report.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"inline": inline, "visible": visible, "tone": _tone}
    environment.tests |= {"span_of": _is, "block_of": _is}
    return environment.get_template("report.html.j2")


TYPES: dict[str, type] = {
    "code": Code,
    "strong": Strong,
    "heading": Heading,
    "paragraph": Paragraph,
    "points": Points,
    "table": Table,
    "diff": Diff,
}


def _is(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name])


def _tone(line: str) -> str:
    """What a line of a diff does."""
    return {"+": "added", "-": "removed", "@": "place", "!": "changed"}.get(line[:1], "")
