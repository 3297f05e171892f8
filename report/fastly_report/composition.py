"""The report in words: what is said, and in which order."""

from collections.abc import Iterable, Iterator
from typing import Any

from pulumi_fastly_dynamic.schema import Group

from .activation import Activation
from .changes import Change, schema_of
from .document import Block, Code, Document, Heading, Paragraph, Point, Points, Strong, Text
from .engine_values import Special, holds
from .messages import clean
from .model import Model
from .phrases import ADVICE, MESSAGE, STOPPER, count, cut, named, sentence, verb, what_happens
from .preview import Diagnostic, Remediation, Violation, name_of
from .property_changes import Property, property_of
from .sections import happens, only_moved, section_of
from .tables import table_of

MANY = 8
"""Resources that are named where a message is about several."""

NOT_REFRESHED: Text = ("Drift not checked: the preview was made without ", Code("--refresh"), ".")
NO_POLICIES: Text = (
    "Policy results, and drift that the program agrees with, are not in this report: the document of ",
    Code("pulumi preview --json"),
    " leaves them out; its streaming form (",
    Code("PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true"),
    ") has them.",
)
NO_POLICY_OBJECTS: Text = ("No policy has an objection.",)
NOTHING = "Nothing changes."
NOISE = ("preview failed", "an unhandled error occurred: Program exited with")
"""Errors that only say that there was one."""


def document_of(model: Model) -> Document:
    """The whole report."""
    title = f"Pulumi preview of {model.stack}" if model.stack else "Pulumi preview"
    if _is_nothing(model):
        return Document(title, (Paragraph(_nothing(model)),))
    blocks: list[Block] = [Heading(2, ("Pulumi preview", *((" of ", Code(model.stack)) if model.stack else ())))]
    blocks += _top(model)
    for section in model.sections:
        blocks += section_of(section)
    blocks += _others(model)
    blocks += _policies(model)
    blocks += _chatter(model)
    blocks += [Paragraph(note) for note in _notes(model)]
    return Document(title, tuple(blocks))


def summary_of(model: Model) -> str:
    """One sentence on the whole."""
    objects = [change for section in model.sections for change in section.objects if not only_moved(change)]
    # A release of an unknown service is of one of the new ones, which have sections of their own.
    services = sum(1 for section in model.sections if happens(section) and section.service.is_known)
    activated = sum(
        section.activation in {Activation.NEW, Activation.PERHAPS, Activation.AGAIN} for section in model.sections
    )
    parts = []
    if services:
        parts.append(f"{count(len(objects), 'object')} of {count(services, 'service')} {verb(len(objects))}")
        if activated or not model.preview.failed:
            parts.append(f"{count(activated, 'version')} {verb(activated, 'is', 'are')} activated")
    for _, one, changes in _outside_services(model):
        parts.append(f"{count(len(changes), one)} {verb(len(changes))}")
    return sentence(parts) or ("" if model.preview.failed else NOTHING)


# ---------------------------------------------------------------- the top


def _is_nothing(model: Model) -> bool:
    said = model.preview.failed or model.violations or model.remediations or model.sections or model.others
    return not said and not any(row.severity in {"error", "warning"} for row in model.diagnostics)


def _nothing(model: Model) -> Text:
    where: Text = (" in ", Code(model.stack)) if model.stack else ()
    notes = _notes(model)
    return ("Nothing changes", *where, ".", *(span for note in notes for span in (" ", *note)))


def _top(model: Model) -> Iterator[Block]:
    if model.preview.failed:
        yield Paragraph((Strong("The preview failed."), " What follows may not be all; an update would stop here."))
    summary = summary_of(model)
    if summary and (model.others or len(model.sections) != 1):
        yield Paragraph((summary,))
    violations = list(_violations(v for v in model.violations if v.is_mandatory))
    errors = [row for row in model.diagnostics if row.severity == "error"]
    telling = [row for row in errors if not row.message.startswith(NOISE)]
    points = [*_points("Error", telling or ([] if violations else errors), STOPPER, "errors"), *violations]
    if points:
        yield Points(tuple(points))


def _points(word: str, rows: Iterable[Diagnostic], rank: int, kind: str) -> Iterator[Point]:
    """Messages, each once, with all the resources it is about."""
    gathered: dict[str, list[str]] = {}
    for row in rows:
        gathered.setdefault(clean(row.message), []).extend([row.urn] if row.urn else [])
    for message, urns in gathered.items():
        if message:
            yield Point((Strong(word), *_places(urns)), message, rank=rank, kind=kind)


def _places(urns: list[str]) -> Text:
    if len(urns) > MANY:
        return (f" at {len(urns):,} resources",)
    spans = [span for urn in urns for span in (", ", *_resource(urn))]
    return (" at ", *spans[1:]) if spans else ()


def _resource(urn: str) -> Text:
    parts = urn.split("::", 3)
    type_ = parts[2].rpartition("$")[2] if len(parts) > 3 else ""  # noqa: PLR2004 - as in every URN
    if type_.startswith("pulumi:"):
        return ("the stack",) if type_ == "pulumi:pulumi:Stack" else ("the provider",)
    schema = schema_of(type_)
    label = schema.label if schema else type_.rpartition(":")[2]
    if schema and schema.group in {Group.VERSION, Group.TAKEOVER}:
        label = "Release"  # which registers them under its own name
    return named(label, name_of(urn))


def _violations(violations: Iterable[Violation]) -> Iterator[Point]:
    """Violations, each message of a rule once with all its resources, and its first line, which says why, once."""
    gathered: dict[tuple[str, str, str], list[Violation]] = {}
    for violation in violations:
        key = violation.pack, violation.rule, clean(violation.message)
        gathered.setdefault(key, []).append(violation)
    said: set[tuple[str, str, str]] = set()
    for (pack, rule, message), rows in gathered.items():
        why, _, rest = message.partition("\n")
        text = rest if rest and (pack, rule, why) in said else message
        said.add((pack, rule, why))
        yield _violation(rows[0], text, [row.urn for row in rows if row.urn])


def _violation(violation: Violation, message: str, urns: list[str]) -> Point:
    word = "Mandatory policy" if violation.is_mandatory else "Advice of policy"
    rank = STOPPER if violation.is_mandatory else ADVICE
    kind = "violations" if violation.is_mandatory else "pieces of advice"
    return Point((Strong(word), " ", Code(violation.rule), *_places(urns)), message, rank=rank, kind=kind)


def _notes(model: Model) -> list[Text]:
    notes: list[Text] = []
    if model.preview.packs and not model.violations and not model.preview.failed:
        notes.append(NO_POLICY_OBJECTS)
    if model.is_drift_unchecked:
        notes.append(NOT_REFRESHED)
    if not model.preview.streamed:
        notes.append(NO_POLICIES)
    return notes


# ---------------------------------------------------------------- what is about no service


def _others(model: Model) -> Iterator[Block]:
    for title, one, changes in _outside_services(model):
        yield Heading(3, (title,))
        yield Paragraph((sentence([what_happens([c.op for c in changes], one.removeprefix("other "))]),))
        yield from table_of(changes)


def _outside_services(model: Model) -> Iterator[tuple[str, str, list[Change]]]:
    """Heading, what one of them is called, and the changes."""
    records = [change for change in model.others if change.is_record]
    others = [change for change in model.others if not change.is_record]
    groups = [("Account", "account object", records), ("Other resources", "other resource", others)]
    yield from (group for group in groups if group[2])


def _policies(model: Model) -> Iterator[Block]:
    points = list(_violations(v for v in model.violations if not v.is_mandatory))
    points += [_remediation(r, model) for r in model.remediations]
    if points:
        yield Heading(3, ("Policies",))
        yield Points(tuple(points))


def _remediation(remediation: Remediation, model: Model) -> Point:
    text: list[Any] = [Strong("Changed by policy"), " ", Code(remediation.rule), " at ", *_resource(remediation.urn)]
    rows = list(_remedied(remediation, model))
    for index, row in enumerate(rows):
        text += [": " if index == 0 else ", ", Code(row.name), " "]
        if Special.SECRET in (row.old, row.new):
            text.append("(a secret)")
        else:
            text += [*cut(row.old), " → ", *cut(row.new)]
    return Point(tuple(text), rank=ADVICE, kind="remediations")


def _remedied(remediation: Remediation, model: Model) -> Iterator[Property]:
    """What a policy changed. These events have secrets in plain, so what is secret is asked elsewhere."""
    type_ = remediation.urn.split("::", 3)[2].rpartition("$")[2] if remediation.urn.count("::") > 2 else ""  # noqa: PLR2004
    schema = schema_of(type_)
    wanted = model.plan.after(remediation.urn)
    known = wanted.inputs if wanted else {}
    names = sorted({*remediation.before, *remediation.after})
    for name in names:
        if schema and not any(f.name == name for f in schema.fields):
            continue
        before, after = (side.get(name, Special.ABSENT) for side in (remediation.before, remediation.after))
        if before == after:
            continue
        row = property_of(schema, name, remediation.before, remediation.after, frozenset({name}))
        if row is None:
            continue
        # Where the plan does not tell, nothing says that it is no secret.
        untold = name not in known
        hide = untold or remediation.after.get("write_only") or holds(known.get(name), Special.SECRET)
        yield Property(name, Special.SECRET, Special.SECRET) if hide else row


def _chatter(model: Model) -> Iterator[Block]:
    warnings = [row for row in model.diagnostics if row.severity == "warning"]
    others = [row for row in model.diagnostics if row.severity not in {"error", "warning"}]
    points = [*_points("Warning", warnings, ADVICE, "warnings"), *_points("Message", others, MESSAGE, "messages")]
    if points:
        yield Heading(3, ("Messages",))
        yield Points(tuple(points))
