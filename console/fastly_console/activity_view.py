"""What ``fastly-activity`` shows: tables for people, JSON for programs."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pulumi_fastly_dynamic.lookups import GetServiceResult
from pulumi_fastly_dynamic.plain_text import plain

from .activity_rows import Activity, Row
from .command import need_rich, service_json
from .drafts import Draft
from .stacks import Origin

PROGRAM = "fastly-activity"
NO_AUDIT_LOG = "Who did what is not shown: this key cannot read the audit log (a superuser's can)."
_LEAST_WIDTH = 12
_WIDTH = 120
"""Columns where the output is no terminal."""


def show_activity(activity: Activity, since: str, stack: str | None) -> None:
    """Shows what was done to a service."""
    columns = ["When (UTC)", "Version", "What", *(["Who", "Token"] if activity.has_audit_log else []), "Stack"]
    rows = []
    for row in activity.rows:
        who = [_name(activity.users, row.user_id), _name(activity.tokens, row.token_id)]
        who[0] = "Fastly" if row.by_fastly else who[0]
        version = "" if row.version is None else str(row.version)
        by = who if activity.has_audit_log else []
        rows.append(([_time(row.at), version, row.what, *by, _stack(row.origin, stack)], row.what.startswith("activ")))
    notes = [] if activity.has_audit_log else [NO_AUDIT_LOG]
    if activity.is_cut:
        notes.append(f"Only the newest {len(activity.rows)} rows are shown: choose a later --since.")
    _show(_state(activity.service), columns, rows, f"Nothing since {_time(since)} UTC.", notes)


def show_drafts(service: GetServiceResult, drafts: tuple[Draft, ...], stack: str | None) -> None:
    """Shows the drafts of a service."""
    rows = []
    for draft in drafts:
        marker = draft.origin.marker
        state = "abandoned" if draft.is_abandoned else "open"
        base = str(marker.base) if marker else ""
        changed = _time(draft.version.updated_at or "")
        number = str(draft.version.number)
        rows.append(([number, changed, base, state, _stack(draft.origin, stack), draft.origin.comment], False))
    columns = ["Version", "Changed (UTC)", "From", "State", "Stack", "Comment"]
    _show(_state(service), columns, rows, "No drafts.", [])


def show_dropped(service: GetServiceResult, draft: Draft, *, is_new: bool) -> None:
    """Says what ``--drop`` did."""
    what = f"Draft {draft.version.number} of service {service.name}"
    stack = draft.origin.stack
    text = f"{what} is abandoned: the next update of {stack} opens another one." if is_new else f"{what} was abandoned"
    sys.stdout.write(plain(text if is_new else f"{text} before: nothing was changed.") + "\n")


def json_of_activity(activity: Activity, since: str, stack: str | None) -> dict[str, Any]:
    """The same for programs."""
    return {
        "service": service_json(activity.service),
        "since": since,
        "audit_log": activity.has_audit_log,
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
        **_json_stack(draft.origin, stack),
    }


def _json_row(activity: Activity, row: Row, stack: str | None) -> dict[str, Any]:
    return {
        "at": row.at,
        "version": row.version,
        "what": row.what,
        "user": _json_name(activity.users, row.user_id),
        "token": _json_name(activity.tokens, row.token_id),
        "by_fastly": row.by_fastly,
        **_json_stack(row.origin, stack),
    }


def _json_stack(origin: Origin | None, stack: str | None) -> dict[str, Any]:
    return {
        "stack": (origin.stack or None) if origin else None,
        "this_stack": origin.is_from(stack) if origin else None if stack is None else False,
    }


def _json_name(names: Mapping[str, str], identifier: str | None) -> dict[str, Any] | None:
    return {"id": identifier, "name": names.get(identifier)} if identifier else None


def _state(service: GetServiceResult) -> str:
    active = service.active_version
    serves = "no version is active" if active is None else f"version {active} is active"
    return f"Service {service.name} ({service.id}): {serves}"


def _stack(origin: Origin | None, stack: str | None) -> str:
    if origin is None or not origin.stack:
        return ""
    return "this stack" if origin.is_from(stack) else origin.stack


def _name(names: Mapping[str, str], identifier: str | None) -> str:
    return names.get(identifier, identifier) if identifier else ""


def _time(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return text


def _show(title: str, columns: list[str], rows: list[tuple[list[str], bool]], nothing: str, notes: list[str]) -> None:
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, which --json does without
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415
    except ImportError:
        need_rich()
    # A terminal's width is the terminal's; COLUMNS is for rich to read.
    fixed = not sys.stdout.isatty() and not os.environ.get("COLUMNS")
    console = Console(width=_WIDTH if fixed else None, highlight=False)
    # Text objects: markup in what Fastly has is shown as it is.
    console.print(Text(plain(title), style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for column in columns:
        is_number = column in {"Version", "From"}
        table.add_column(
            column,
            justify="right" if is_number else "left",
            no_wrap="UTC" in column or is_number,
            min_width=_LEAST_WIDTH if column == "What" else None,
            overflow="fold",
        )
    for cells, stands_out in rows:
        table.add_row(*(Text(plain(cell)) for cell in cells), style="green" if stands_out else "")
    console.print(table if rows else Text(nothing))
    for note in notes:
        console.print(Text(note))
