"""What differs between two versions, as lines of text.

See https://www.fastly.com/documentation/reference/api/utils/diff/ and a recording of the real API (2022). Only one was
recorded. Where it shows nothing, the form is assumed: the order of objects (that of their lists), the spelling of long
texts, the HTML.
"""

import html
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from . import api_error, yaml
from .calls import SERVICE_PATH, Call, RouteTable
from .kinds import DETAILS, KINDS
from .state import Record, Service, Version, whole_number

_FORMATS = ("text", "html", "html_simple")
_NEVER_SHOWN = frozenset({"id", "created_at", "updated_at", "deleted_at"})
_ELEMENTS = {"+": "ins", "-": "del"}

_MOST_COMPARED = 20
"""Objects replaced by others, above which they are shown as removed and added, not compared line by line."""

_Lines = list[str]
_Change = tuple[str, str]
"""The sign of a line (space, ``-`` or ``+``), and the line."""


def compare(call: Call, service_id: str, one: str, other: str) -> Record:
    """Answers ``GET /service/ID/diff/from/A/to/B``; numbers below zero count from the latest version."""
    service, old = _version(call, service_id, one)
    _, new = _version(call, service_id, other)
    form = call.query.get("format", "text")
    if form not in _FORMATS:
        raise api_error.bad_request(f"Format must be one of: {', '.join(_FORMATS)}")
    changes = _changes(_document(service, old), _document(service, new))
    return {"from": one, "to": other, "format": form, "diff": _text(changes) if form == "text" else _html(changes)}


def _version(call: Call, service_id: str, number: str) -> tuple[Service, Version]:
    counted = whole_number(number.removeprefix("-")) if number.startswith("-") else None
    if not counted:
        return call.version(service_id, number)
    numbers = sorted(call.service(service_id).versions)
    return call.version(service_id, str(numbers[-counted]) if counted <= len(numbers) else number)


def _document(service: Service, version: Version) -> dict[str, Any]:
    """What is compared: every list of objects, and the fields of the version that say nothing of when."""
    fields = {
        "comment": version.comment,
        "deployed": False,
        "service_id": service.id,
        "settings": version.settings,
        "staging": False,
        "testing": False,
    }
    lists = {name: list(version.of(path).values()) if path else [] for name, path in DETAILS.items()}
    return dict(sorted({**fields, **lists}.items()))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[_Change]:
    for name, value in old.items():
        if name in DETAILS:
            yield from _objects(name, value, new[name])
        else:
            yield from _lines(list(yaml.entry(name, value)), list(yaml.entry(name, new[name])))


def _objects(section: str, old: list[Record], new: list[Record]) -> Iterator[_Change]:
    """Pairs objects by name, so that a version of a thousand backends is not compared as 40,000 lines."""
    path = DETAILS[section]
    if not (old and new):
        whole = ([f"{section}:", *_shown(path, records)] if records else [f"{section}: []"] for records in (old, new))
        yield from _lines(*whole)
        return
    yield (" ", f"{section}:")
    names = [record["name"] for record in old], [record["name"] for record in new]
    for tag, start, end, other_start, other_end in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        before, after = old[start:end], new[other_start:other_end]
        if tag == "equal":
            for one, other in zip(before, after, strict=True):
                yield from _lines(_shown(path, [one]), _shown(path, [other]))
        elif min(len(before), len(after)) > _MOST_COMPARED:
            yield from _lines(_shown(path, before), [])
            yield from _lines([], _shown(path, after))
        else:
            yield from _lines(_shown(path, before), _shown(path, after))


def _shown(path: str, records: Sequence[Record]) -> _Lines:
    hidden = _NEVER_SHOWN | KINDS[path].not_in_diff | KINDS[path].hidden
    shown = [{name: value for name, value in record.items() if name not in hidden} for record in records]
    return list(yaml.entry("", shown))[1:]


def _lines(old: _Lines, new: _Lines) -> Iterator[_Change]:
    if old == new:
        yield from ((" ", line) for line in old)
        return
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((" ", line) for line in old[start:end])
        else:
            yield from (("-", line) for line in old[start:end])
            yield from (("+", line) for line in new[other_start:other_end])


def _text(changes: Iterator[_Change]) -> str:
    return "".join(f"{sign}{line}\n" for sign, line in changes)


def _html(changes: Iterator[_Change]) -> str:
    lines = []
    for sign, line in changes:
        text, element = html.escape(f"{sign}{line}"), _ELEMENTS.get(sign)
        lines.append(f"<{element}>{text}</{element}>" if element else text)
    return "<pre>" + "\n".join(lines) + "\n</pre>"


ROUTES: RouteTable = {f"{SERVICE_PATH}/diff/from/*/to/*": {"GET": compare}}
