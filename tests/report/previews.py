"""The recorded previews."""

import gzip
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastly_report.composition import document_of
from fastly_report.model import Model, model_of
from fastly_report.reading import read
from fastly_report.render import FORMATS
from markdown_it import MarkdownIt

DATA = Path(__file__).parent / "data"


def names() -> list[str]:
    """All of them, with the form: `removed.jsonl` is the streaming one, `removed.json` the document."""
    return sorted({path.name.removesuffix(".gz") for path in DATA.iterdir() if ".json" in path.name})


def text_of(name: str) -> str:
    path = DATA / name
    return path.read_text() if path.exists() else gzip.decompress((DATA / f"{name}.gz").read_bytes()).decode()


def model(name: str) -> Model:
    return model_of(read(text_of(name)))


def report(name: str, format_: str = "markdown") -> str:
    return FORMATS[format_](document_of(model(name)))


def stepped(name: str, resource: str, op: str, new: Mapping[str, Any] | None = None, **metadata: Any) -> str:
    """The preview with another step for a resource (`AclEntries::office`), which has `new` changed in its inputs."""
    lines = [json.loads(line) for line in text_of(name).splitlines()]
    steps = [event["resourcePreEvent"]["metadata"] for event in lines if "resourcePreEvent" in event]
    (step,) = [each for each in steps if each["urn"].endswith(f":{resource}") and each["op"] != "refresh"]
    state = step.get("new") or step["old"]
    inputs = {key: value for key, value in {**state["inputs"], **(new or {})}.items() if value is not None}
    step |= {"op": op, "new": None if op == "delete" else {**state, "inputs": inputs}, **metadata}
    step["old"] = None if op == "create" else step.get("old") or state
    return "\n".join(map(json.dumps, lines))


def report_of(text: str, format_: str = "markdown") -> str:
    return FORMATS[format_](document_of(model_of(read(text))))


def rendered(markdown: str) -> str:
    """As GitHub and GitLab would: tables, and HTML let through (they sanitise it later; here nothing may need that)."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


class Page(HTMLParser):
    """What a browser makes of HTML: its elements, and the texts of its code."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.comments: list[str] = []
        self.codes: list[str] = []
        self.outside = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in {"code", "pre", "style", "title"}:
            if not self._open:
                self.codes.append("")
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.codes[-1] += data
        else:
            self.outside += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
