"""Reads what ``pulumi preview --json`` wrote: the streaming form, one event a line, or the document."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from .engine_values import plain, without_style
from .preview import Diagnostic, Preview, Remediation, State, Step, Violation

HOW = "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json --refresh"
DOCUMENT_KEYS = {"config", "steps", "diagnostics", "duration", "changeSummary", "maybeCorrupt", "result"}
REFRESH = "refresh"
UNSTYLED = ("error: ", "warning: ", "info: ", "debug: ")
"""What the document writes in front of messages."""


class BadInput(Exception):
    """The input is no preview, or not all of one. Says so in one line."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _State(_Wire):
    id: str = ""
    parent: str = ""
    inputs: dict[str, Any] | None = None
    outputs: dict[str, Any] | None = None
    retained: bool = Field(default=False, alias="retainOnDelete")
    deleted_with: str = Field(default="", alias="deletedWith")
    property_dependencies: dict[str, list[str] | None] | None = Field(default=None, alias="propertyDependencies")


class _Metadata(_Wire):
    op: str
    urn: str
    type: str
    old: _State | None = None
    new: _State | None = None
    diffs: list[str] | None = None


class _Resource(_Wire):
    metadata: _Metadata


class _Policy(_Wire):
    urn: str = Field(default="", alias="resourceUrn")
    message: str = ""
    rule: str = Field(alias="policyName")
    pack: str = Field(default="", alias="policyPackName")
    level: str = Field(default="advisory", alias="enforcementLevel")


class _Remediation(_Wire):
    urn: str = Field(default="", alias="resourceUrn")
    rule: str = Field(alias="policyName")
    pack: str = Field(default="", alias="policyPackName")
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class _Diagnostic(_Wire):
    urn: str = ""
    message: str
    severity: str


class _Summary(_Wire):
    is_preview: bool = Field(default=True, alias="isPreview")
    result: str = ""
    changes: dict[str, int] | None = Field(default=None, alias="resourceChanges")
    packs: dict[str, str] | None = Field(default=None, alias="PolicyPacks")


class _Event(_Wire):
    """One line; of these exactly one is there, or none of interest."""

    sequence: int
    before: _Resource | None = Field(default=None, alias="resourcePreEvent")
    after: _Resource | None = Field(default=None, alias="resOutputsEvent")
    policy: _Policy | None = Field(default=None, alias="policyEvent")
    remediation: _Remediation | None = Field(default=None, alias="policyRemediationEvent")
    diagnostic: _Diagnostic | None = Field(default=None, alias="diagnosticEvent")
    summary: _Summary | None = Field(default=None, alias="summaryEvent")


class _Step(_Wire):
    op: str
    urn: str
    old: _State | None = Field(default=None, alias="oldState")
    new: _State | None = Field(default=None, alias="newState")
    reasons: list[str] | None = Field(default=None, alias="diffReasons")


class _Document(_Wire):
    steps: list[_Step] = []
    diagnostics: list[_Diagnostic] = []
    changes: dict[str, int] = Field(default={}, alias="changeSummary")


def decode(data: bytes) -> str:
    """The text of the input; shells of Windows write UTF-16."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise BadInput("the input is not text: give it what `pulumi preview --json` wrote") from None


def read(text: str) -> Preview:
    """The preview in either form."""
    if not text.strip():
        raise BadInput("the input is empty: pulumi wrote no preview, its standard error says why (is there a stack?)")
    first, _, rest = text.lstrip().partition("\n")
    try:
        event = from_json(first)
    except ValueError:
        event = None
    is_stream = isinstance(event, dict) and "sequence" in event
    # A first line that was cut off is no JSON, and the only line.
    if is_stream or (event is None and first.startswith('{"sequence"') and not rest.strip()):
        return _stream(text)
    return _document(text)


# ---------------------------------------------------------------- the streaming form


def _stream(text: str) -> Preview:
    events = [_event(number, line) for number, line in _numbered(text)]
    summary = next((event.summary for event in events if event.summary), None)
    if summary is None:
        raise BadInput("the input is cut off: its last event is missing, so it does not tell all that will happen")
    if not summary.is_preview:
        raise BadInput(f"these are the events of an update, not of a preview: make them with `{HOW}`")
    preview = Preview(
        streamed=True,
        packs=sorted(name.split("|")[0] for name in summary.packs or {}),
        failed=summary.result not in {"", "succeeded"},
        same=(summary.changes or {}).get("same", 0),
    )
    for event in events:
        _add(preview, event)
    return preview


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _event(number: int, line: str) -> _Event:
    try:
        return _Event.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        if problem["type"] != "json_invalid":
            place = ".".join(map(str, problem["loc"]))
            raise BadInput(f"line {number} of the input is no event of a preview: {place}: {problem['msg']}") from None
        if line.startswith("{"):
            raise BadInput(f"the input is broken or cut off in line {number}") from None
        raise BadInput(
            f"line {number} of the input is not JSON: give it the standard output of `pulumi preview --json` alone"
        ) from None


def _add(preview: Preview, event: _Event) -> None:
    if event.before and event.before.metadata.op != REFRESH:
        preview.steps.append(_step_of(event.before.metadata))
    # What a refresh finds is known only when it is done.
    if event.after and event.after.metadata.op == REFRESH:
        preview.refreshed.append(_step_of(event.after.metadata))
    if event.policy:
        preview.violations.append(_violation(event.policy))
    if event.remediation:
        preview.remediations.append(_remediation(event.remediation))
    if event.diagnostic and event.diagnostic.severity != "debug":
        preview.diagnostics.append(_diagnostic(event.diagnostic))


def _step_of(metadata: _Metadata) -> Step:
    return Step(
        op=metadata.op,
        urn=metadata.urn,
        type=metadata.type,
        old=_state(metadata.old),
        new=_state(metadata.new),
        changed=frozenset(metadata.diffs or ()),
    )


def _violation(policy: _Policy) -> Violation:
    return Violation(policy.rule, policy.pack, policy.level, without_style(policy.message), policy.urn)


def _remediation(event: _Remediation) -> Remediation:
    return Remediation(
        event.rule, event.pack, event.urn, _without_wrappers(event.before), _without_wrappers(event.after)
    )


# ---------------------------------------------------------------- the document


def _document(text: str) -> Preview:
    try:
        loaded = from_json(text)  # unlike json, it bounds how deep values may be nested
    except ValueError as error:
        if text.lstrip().startswith("{") or "recursion limit" in str(error):
            raise BadInput(f"the input is broken or cut off: {error}") from None
        raise BadInput(f"the input is not JSON: make it with `{HOW}`") from None
    if not isinstance(loaded, dict) or (loaded and not DOCUMENT_KEYS & loaded.keys()):
        raise BadInput(f"the input is JSON, but no preview of pulumi: make it with `{HOW}`")
    try:
        document = _Document.model_validate({key: value for key, value in loaded.items() if value is not None})
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, problem["loc"]))
        raise BadInput(f"the input is no preview of pulumi: {place}: {problem['msg']}") from None
    return _preview_of(document)


def _preview_of(document: _Document) -> Preview:
    preview = Preview(streamed=False, same=document.changes.get("same", 0))
    planned: dict[str, _Step] = {}
    for step in document.steps:
        if step.op != REFRESH:
            preview.steps.append(_planned(step))
            planned.setdefault(step.urn, step)
    preview.refreshed = [_found(step, planned.get(step.urn)) for step in document.steps if step.op == REFRESH]
    preview.diagnostics = [_diagnostic(row) for row in document.diagnostics if row.severity != "debug"]
    # The document does not say how it ended.
    preview.failed = any(row.severity == "error" for row in preview.diagnostics)
    return preview


def _planned(step: _Step) -> Step:
    return Step(
        op=step.op,
        urn=step.urn,
        type=_type(step.urn),
        old=_state(step.old),
        new=_state(step.new),
        changed=frozenset(step.reasons or ()),
    )


def _found(refresh: _Step, planned: _Step | None) -> Step:
    """What a refresh found. The document has it from before; what the plan starts from is what was found."""
    before = _state(refresh.old)
    after = before
    if planned is not None:
        after = None if planned.op == "create" else _state(planned.old)
    return Step(REFRESH, refresh.urn, _type(refresh.urn), before, after)


def _type(urn: str) -> str:
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) > 3 else ""  # noqa: PLR2004 - urn, project, types, name


# ---------------------------------------------------------------- both


def _state(raw: _State | None) -> State | None:
    if raw is None:
        return None
    dependencies = (raw.property_dependencies or {}).get("service_id") or []
    return State(
        inputs=_without_wrappers(raw.inputs),
        outputs=_without_wrappers(raw.outputs),
        id=raw.id,
        parent=raw.parent,
        retained=raw.retained,
        owner=raw.deleted_with,
        service=dependencies[0] if dependencies else "",
    )


def _without_wrappers(values: dict[str, Any] | None) -> Mapping[str, Any]:
    result: Mapping[str, Any] = plain(values or {})
    return result if isinstance(result, Mapping) else {}


def _diagnostic(raw: _Diagnostic) -> Diagnostic:
    message = without_style(raw.message)
    for prefix in UNSTYLED:
        message = message.removeprefix(prefix)
    return Diagnostic(raw.severity, message, raw.urn)
