"""What ``fastly-activity`` shows: tables for people, JSON for programs."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pulumi_fastly_dynamic.api import FastlyError, Forbidden, Unauthorized
from pulumi_fastly_dynamic.lookups import GetServiceResult
from pulumi_fastly_dynamic.plain_text import plain

from .activity_rows import Activity, Row
from .command import need_rich, service_json
from .drafts import Draft
from .stacks import Origin

PROGRAM = "fastly-activity"
_WIDTH = 120
"""Columns where the output is no terminal."""

_Cell = tuple[str, ...]
"""Forms of a text, the longest first."""
_Row = tuple[list[_Cell], bool]
"""Cells, and whether the row stands out."""


def show_activity(activity: Activity, since: str, stack: str | None) -> None:
    """Shows what was done to a service."""
    audited = activity.has_audit_log
    columns = ["When (UTC)", "Version", "What", *(["Who", "Token"] if audited else []), "Stack"]
    if not audited:
        # What is known of a version is its last change, whatever state it is in.
        columns[0] = "Changed (UTC)"
    rows: list[_Row] = []
    for row in activity.rows:
        who = "Fastly" if row.by_fastly else _name(activity.users, row.user_id)
        by = [(who,), (_name(activity.tokens, row.token_id),)] if audited else []
        version = ("" if row.version is None else str(row.version),)
        cells = [_times(row.at), version, (row.what,), *by, _stack(row.origin, stack)]
        rows.append((cells, row.what.startswith("activ")))
    notes = [f"Who did what is not shown: {_reason(activity.no_audit_log)}."] if activity.no_audit_log else []
    if activity.is_cut:
        notes.append(f"Only the newest {len(activity.rows)} rows are shown: choose a later --since.")
    _show(_state(activity.service), columns, rows, f"Nothing since {_times(since)[0]} UTC.", notes)


def _reason(error: FastlyError) -> str:
    if isinstance(error, Unauthorized | Forbidden):
        return "this key cannot read the audit log (a superuser's can)"
    return f"the audit log could not be read ({error})"


def show_drafts(service: GetServiceResult, drafts: tuple[Draft, ...], stack: str | None) -> None:
    """Shows the drafts of a service."""
    rows: list[_Row] = []
    for draft in drafts:
        marker = draft.origin.marker
        cells = [
            (str(draft.version.number),),
            _times(draft.version.updated_at or ""),
            (str(marker.base) if marker else "",),
            ("abandoned" if draft.is_abandoned else "open",),
            _stack(draft.origin, stack),
            (draft.origin.comment,),
        ]
        rows.append((cells, False))
    columns = ["Version", "Changed (UTC)", "From", "State", "Stack", "Comment"]
    _show(_state(service), columns, rows, "No drafts.", [])


def show_dropped(service: GetServiceResult, draft: Draft, *, is_new: bool) -> None:
    """Says what ``--drop`` did."""
    what = f"Draft {draft.version.number} of service {service.name}"
    done = "is abandoned." if is_new else "was abandoned before: nothing was changed."
    text = f"{what} {done} For stack {draft.origin.stack}, run `pulumi up --refresh` next."
    sys.stdout.write(plain(text) + "\n")


def json_of_activity(activity: Activity, since: str, stack: str | None) -> dict[str, Any]:
    """The same for programs."""
    return {
        "service": service_json(activity.service),
        "since": since,
        "audit_log": activity.has_audit_log,
        "audit_log_error": str(activity.no_audit_log) if activity.no_audit_log else None,
        "complete": not activity.is_cut,
        "activity": [_json_row(activity, row, stack) for row in activity.rows],
    }


def json_of_drafts(service: GetServiceResult, drafts: tuple[Draft, ...], stack: str | None) -> dict[str, Any]:
    """The same for programs."""
    return {"service": service_json(service), "drafts": [json_of_draft(draft, stack) for draft in drafts]}


def json_of_draft(draft: Draft, stack: str | None) -> dict[str, Any]:
    """A draft for programs."""
    return {
        "version": draft.version.number,
        "changed": draft.version.updated_at,
        "from": draft.origin.marker.base if draft.origin.marker else None,
        "abandoned": draft.is_abandoned,
        "comment": draft.origin.comment,
        "stack": draft.origin.stack or None,
        "this_stack": draft.origin.is_from(stack),
    }


def _json_row(activity: Activity, row: Row, stack: str | None) -> dict[str, Any]:
    return {
        "at": row.at,
        "version": row.version,
        "what": row.what,
        "user": _json_name(activity.users, row.user_id),
        "token": _json_name(activity.tokens, row.token_id),
        "by_fastly": row.by_fastly,
        "stack": (row.origin.stack or None) if row.origin else None,
        "this_stack": activity.is_from(row, stack),
    }


def _json_name(names: Mapping[str, str], identifier: str | None) -> dict[str, Any] | None:
    return {"id": identifier, "name": names.get(identifier)} if identifier else None


def _state(service: GetServiceResult) -> str:
    active = service.active_version
    serves = "no version is active" if active is None else f"version {active} is active"
    return f"Service {service.name} ({service.id}): {serves}"


def _stack(origin: Origin | None, stack: str | None) -> _Cell:
    """The stack; where space is short, without its organization, but never before the time loses its seconds."""
    if origin is None or not origin.stack:
        return ("",)
    if origin.is_from(stack):
        return ("this stack",)
    return origin.stack, origin.stack, "/".join(origin.stack.split("/")[-2:])


def _name(names: Mapping[str, str], identifier: str | None) -> str:
    return names.get(identifier, identifier) if identifier else ""


def _times(text: str) -> _Cell:
    """The time; where space is short, without its seconds."""
    try:
        time = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return (text,)
    return f"{time:%Y-%m-%d %H:%M:%S}", f"{time:%Y-%m-%d %H:%M}"


def _show(title: str, titles: list[str], rows: list[_Row], nothing: str, notes: list[str]) -> None:
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, which --json does without
        from rich.text import Text  # noqa: PLC0415

        from .terminal_table import Column, least_width, table_of  # noqa: PLC0415
    except ImportError:
        need_rich()
    # A terminal's width is the terminal's; COLUMNS is for rich to read.
    fixed = not sys.stdout.isatty() and not os.environ.get("COLUMNS")
    console = Console(width=_WIDTH if fixed else None, highlight=False)
    console.width = max(console.width, least_width(len(titles)))
    # Text objects: markup in what Fastly has is shown as it is.
    console.print(Text(plain(title), style="bold"))
    columns = [
        Column(
            name,
            tuple(tuple(map(plain, cells[index])) for cells, _ in rows),
            is_number=name in {"Version", "From"},
            is_whole="UTC" in name,
        )
        for index, name in enumerate(titles)
    ]
    styles = ["green" if stands_out else "" for _, stands_out in rows]
    console.print(table_of(columns, styles, console.width) if rows else Text(nothing))
    for note in notes:
        console.print(Text(note))
