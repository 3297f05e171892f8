"""The formats. Each turns a document into text, and must show what is not ours as nothing but itself."""

from collections.abc import Callable

from ..document import Document
from .html import html
from .markdown import markdown
from .text import text

FORMATS: dict[str, Callable[[Document], str]] = {"markdown": markdown, "html": html, "text": text}

__all__ = ["FORMATS", "html", "markdown", "text"]
