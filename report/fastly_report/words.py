"""The report in words: what is said, in which order, and what may be left out first."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from .changes import Change, Op, Property, property_of, schema_of
from .document import Block, Code, Diff, Document, Heading, Paragraph, Point, Points, Row, Strong, Table, Text
from .drift import Drift, Found
from .hurts import hurts
from .items import Item, Items
from .messages import clean
from .model import Activation, Model, Section
from .preview import Diagnostic, Remediation, Violation, name_of
from .values import Special, holds, inline, lines_of, one_line

SHORT = 100
"""Characters of a value that a table still shows."""
MANY = 8
"""Resources that are named where a message is about several."""
SIGNS = {Op.REMOVED: "-", Op.REPLACED: "±", Op.CHANGED: "~", Op.ADDED: "+", Op.LET_GO: "○"}
RANKS = {Op.REMOVED: 20, Op.REPLACED: 20, Op.CHANGED: 30, Op.LET_GO: 30, Op.ADDED: 50}
DRIFT, ADVICE, ITEMS, CHANGED_TEXT, OTHER_TEXT, CHATTER = 20, 40, 55, 60, 70, 80

OUR_WORDS = {schema.label for schema in KINDS.values()} | {"Release", "Service of release"}

NOT_REFRESHED: Text = ("Drift not checked: the preview was made without ", Code("--refresh"), ".")
NO_POLICIES: Text = (
    "Policy results, and drift that the program agrees with, are not in this report: the document of ",
    Code("pulumi preview --json"),
    " leaves them out; its streaming form (",
    Code("PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true"),
    ") has them.",
)
NO_POLICY_OBJECTS: Text = ("No policy has an objection.",)
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
        blocks += _section(section)
    blocks += _others(model.others)
    blocks += _policies(model)
    blocks += _chatter(model)
    blocks += [Paragraph(note) for note in _notes(model)]
    return Document(title, tuple(blocks))


def summary_of(model: Model) -> str:
    """One sentence on the whole."""
    objects = [change for section in model.sections for change in section.objects if not _only_moved(change)]
    # A release of an unknown service is of one of the new ones, which have sections of their own.
    services = sum(1 for section in model.sections if _happens(section) and section.service.is_known)
    activated = sum(
        section.activation in {Activation.NEW, Activation.PERHAPS, Activation.AGAIN} for section in model.sections
    )
    parts = []
    if services:
        parts.append(f"{count(len(objects), 'object')} of {count(services, 'service')} {verb(len(objects))}")
        parts.append(f"{count(activated, 'version')} {verb(activated, 'is', 'are')} activated")
    if model.others:
        parts.append(f"{count(len(model.others), 'other resource')} {verb(len(model.others))}")
    return sentence(parts) or "Nothing changes."


# ---------------------------------------------------------------- small words


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 object`, `2 objects`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def verb(number: int, one: str = "changes", more: str = "change") -> str:
    """The verb that suits the number."""
    return one if number == 1 else more


def sentence(parts: Iterable[str]) -> str:
    """The parts joined, with a capital and a full stop."""
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def tally(ops: Iterable[Op]) -> str:
    """`1 added, 2 changed`, in the order of the report."""
    counted = Counter(ops)
    return ", ".join(f"{counted[op]:,} {op.value}" for op in Op if counted[op])


def named(label: str, name: str) -> Text:
    """An object. The class of another provider's resource is not our word."""
    word = label if label in OUR_WORDS else Code(label)
    return (word, " ", Code(name)) if name else (word,)


def value(raw: Any, absent: str = "not set") -> Text:
    """A value in a table."""
    if isinstance(raw, Special):
        words = {Special.ABSENT: absent, Special.SECRET: "a secret", Special.UNKNOWN: "known after apply"}
        return (words[raw],)
    text = one_line(raw)
    return (Code(text),) if text else ("empty",)


def what_happens(ops: Collection[Op], noun: str, how: str = "") -> str:
    """`2 objects are added`, `3 objects change: 1 removed, 2 added`."""
    number = len(ops)
    if len(set(ops)) == 1:
        return f"{count(number, noun)} {verb(number, 'is', 'are')} {next(iter(ops)).value}{how}"
    return f"{count(number, noun)} {verb(number)}{how}: {tally(ops)}" if ops else ""


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
    if model.others or len(model.sections) > 1:
        yield Paragraph((summary_of(model),))
    violations = [_violation(v) for v in model.violations if v.is_mandatory]
    errors = [row for row in model.diagnostics if row.severity == "error"]
    telling = [row for row in errors if not row.message.startswith(NOISE)]
    points = [*_said("Error", telling or ([] if violations else errors), 10, "errors"), *violations]
    if points:
        yield Points(tuple(points))


def _said(word: str, rows: Iterable[Diagnostic], rank: int, kind: str) -> Iterator[Point]:
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
    return named(label, name_of(urn))


def _violation(violation: Violation) -> Point:
    word = "Mandatory policy" if violation.is_mandatory else "Advice of policy"
    where = _places([violation.urn] if violation.urn else [])
    rank = 10 if violation.is_mandatory else ADVICE
    kind = "violations" if violation.is_mandatory else "pieces of advice"
    return Point((Strong(word), " ", Code(violation.rule), *where), clean(violation.message), rank=rank, kind=kind)


def _notes(model: Model) -> list[Text]:
    notes: list[Text] = []
    if model.preview.packs and not model.violations:
        notes.append(NO_POLICY_OBJECTS)
    if model.is_drift_unchecked:
        notes.append(NOT_REFRESHED)
    if not model.preview.streamed:
        notes.append(NO_POLICIES)
    return notes


# ---------------------------------------------------------------- a service


def _happens(section: Section) -> bool:
    return bool(section.own or section.version or section.objects or section.items)


def _only_moved(change: Change) -> bool:
    return bool(change.was) and not change.properties


def _section(section: Section) -> Iterator[Block]:
    service = section.service
    word = "Service" if service.is_known else "Service of release"
    yield Heading(3, named(word, service.name))
    yield Paragraph((_sentence(section),))
    warnings = hurts(section)
    if warnings:
        yield Points(tuple(Point((Strong("Warning:"), " ", *text)) for text in warnings))
    changes = [c for c in (section.own, _release_row(section), *section.objects) if c]
    yield from _table(changes)
    for items in section.items:
        yield from _items(items)
    yield from _drift(section.drift)


def _sentence(section: Section) -> str:
    objects = [change for change in section.objects if not _only_moved(change)]
    parts = [_of_service(section)]
    rows = [row for items in section.items for row in items.rows]
    at_once = " at once" if section.live_changes else ""
    parts += [
        what_happens([c.op for c in objects], "object"),
        what_happens([row.op for row in rows], "live item", at_once),
    ]
    if section.items and not rows:
        parts.append(f"live items change{at_once}")
    if any(change.live_properties for change in section.objects):
        parts.append(f"live content changes{at_once}")
    if not any(parts) and section.activation is Activation.NONE and section.drift:
        return "Nothing changes here; what somebody else did is below."
    return sentence([*parts, _of_version(section)])


def _of_service(section: Section) -> str:
    own = section.own
    if own is None:
        return ""
    if own.op is Op.ADDED:
        adopted = own.step.new and own.step.new.inputs.get("adopt_id")
        return "the service is taken over" if adopted else "the service is created"
    if own.op is Op.REMOVED:
        adopted = own.step.old and own.step.old.inputs.get("adopt_id")
        return "the service is let go, and left in place" if adopted else "the service is destroyed"
    return {Op.LET_GO: "the service is let go, and left in place"}.get(own.op, "the service itself changes")


def _of_version(section: Section) -> str:
    active = "" if isinstance(section.active, Special) else f" (active now: version {one_line(section.active)})"
    if section.is_destroyed or (section.version is None and section.own and not section.service.releases):
        return ""
    known = "" if section.service.is_known else "; which of the new services this is for is known after apply"
    return _words_of_version(section, active) + known


def _words_of_version(section: Section, active: str) -> str:
    return {
        Activation.NONE: f"no version is activated{active}",
        Activation.NEW: f"a new version is activated{active}",
        Activation.PERHAPS: "a new version is activated, unless the service is like this already",
        Activation.AGAIN: "no version is active, and one is activated again",
        Activation.DRAFT: f"a draft is filled, and not activated{active}",
        Activation.COMMENT: f"only the comment of the active version changes, and no version is activated{active}",
        Activation.END: f"the release is not managed any more, and the service keeps serving{active}",
    }[section.activation]


def _release_row(section: Section) -> Change | None:
    """The release as a row, where its own properties change."""
    version = section.version
    return version if version and version.properties and version.op in {Op.CHANGED, Op.ADDED} else None


# ---------------------------------------------------------------- tables and diffs


def _table(changes: list[Change]) -> Iterator[Block]:
    if not changes:
        return
    yield Table(("Change", "Object", "Properties"), tuple(_row(change) for change in changes))
    for change in changes:
        yield from (_diff(change, row) for row in change.properties if _is_long(change, row))


def _row(change: Change) -> Row:
    label = "Release" if change.label == "Version" else change.label
    lines = [_property(change, row) for row in change.properties]
    if change.was:
        now = name_of(change.step.urn)
        lines.insert(
            0, ("the same object: in the program it was ", Code(name_of(change.was)), ", now it is ", Code(now))
        )
    if change.is_anew:
        lines.append(("made anew: the API cannot change this in place",))
    if not lines and change.op is Op.CHANGED:
        lines.append(("written again",))
    if not lines and change.schema and change.schema.live_items:
        lines.append(("its items",))
    word: Text = (f"{SIGNS[change.op]} {change.op.value}",)
    return Row(
        ((word,), (named(label, change.name),), tuple(lines) or (("",),)),
        tone=change.op.name.lower(),
        rank=RANKS[change.op],
        kind=f"{change.op.value} objects",
    )


def _property(change: Change, row: Property) -> Text:
    is_live = row.live and change.op is Op.CHANGED
    return (Code(row.name), " (live): " if is_live else ": ", *_old_and_new(change, row))


def _old_and_new(change: Change, row: Property) -> Text:
    if _is_long(change, row):
        return ("see the diff",)
    if change.op is Op.ADDED:
        return value(row.new)
    if change.op in {Op.REMOVED, Op.LET_GO}:
        return value(row.old)
    if row.old is Special.SECRET and row.new is Special.SECRET:
        return ("a secret, which changes",)
    return (*value(row.old), " → ", *value(row.new))


def _is_long(change: Change, row: Property) -> bool:
    sides = (row.old, row.new)
    if any(isinstance(side, str) and (len(side) > SHORT or "\n" in side.strip("\n")) for side in sides):
        return True
    compound = any(isinstance(side, list | dict) for side in sides)
    if not compound:
        return False
    return change.op not in {Op.ADDED, Op.REMOVED, Op.LET_GO} or any(len(one_line(side)) > SHORT for side in sides)


def _diff(change: Change, row: Property) -> Diff:
    old, new = (lines_of(side) for side in _without_last_newline(row.old, row.new))
    lines = _set_diff(old, new) if row.unordered else _line_diff(old, new)
    is_change = change.op in {Op.CHANGED, Op.REPLACED}
    return Diff(
        (*named(change.label, change.name), ": ", Code(row.name)),
        tuple(lines),
        rank=CHANGED_TEXT if is_change else OTHER_TEXT,
        kind="diffs",
    )


def _without_last_newline(old: Any, new: Any) -> tuple[Any, Any]:
    """Texts end in a newline or not; it is worth a line only where that is what changes."""
    if all(side in ("", Special.ABSENT) or (isinstance(side, str) and side.endswith("\n")) for side in (old, new)):
        old, new = (side.removesuffix("\n") if isinstance(side, str) else side for side in (old, new))
    return (Special.ABSENT if old == "" else old), (Special.ABSENT if new == "" else new)


def _line_diff(old: list[str], new: list[str]) -> list[str]:
    """A unified diff without its two lines of file names."""
    return [line.rstrip("\n") for line in difflib.unified_diff(old, new, lineterm="", n=3)][2:]


def _set_diff(old: list[str], new: list[str]) -> list[str]:
    """What a list without order loses and gains."""
    lost, gained = Counter(old) - Counter(new), Counter(new) - Counter(old)
    rows = [(line, "-") for line in lost.elements()] + [(line, "+") for line in gained.elements()]
    return [f"{sign}{line}" for line, sign in sorted(rows)]


def _items(items: Items) -> Iterator[Block]:
    noun = "Items" if items.container == KINDS["dictionary"].label else "Entries"
    title: Text = (f"{noun} of {items.container} ", Code(items.name))
    words = [f": {tally(row.op for row in items.rows)}"] if items.rows else [": secret, and changing"]
    if items.rows and items.hidden:
        words.append(", and more that are secret or known after apply")
    lines = [line for row in items.rows for line in _item(items, row)]
    if lines:
        yield Diff((*title, *words), tuple(lines), rank=ITEMS, kind="lists of items")
    else:
        yield Points((Point((*title, *words), rank=ITEMS, kind="lists of items"),))


def _item(items: Items, row: Item) -> Iterator[str]:
    if row.old is Special.SECRET and row.new is Special.SECRET:
        yield f"!{inline(row.key)} (a secret, which changes)"
        return
    for sign, side in (("-", row.old), ("+", row.new)):
        if side is not Special.ABSENT:
            yield f"{sign}{inline(row.key)}{_content(items, side)}"


def _content(items: Items, side: Any) -> str:
    text = one_line(side)
    if items.container == KINDS["dictionary"].label:
        return f" = {text}"
    return f" ({text})" if text else ""


# ---------------------------------------------------------------- drift


def _drift(drift: list[Drift]) -> Iterator[Block]:
    rows = [row for found in drift for row in _drift_rows(found)]
    if rows:
        yield Paragraph((Strong("Drift:"), " changed by somebody else since the last update."))
        yield Table(("Object", "Property", "Was", "Found", "This update"), tuple(rows))


def _drift_rows(drift: Drift) -> Iterator[Row]:
    who = named("Release" if drift.label == "Version" else drift.label, drift.name)
    if drift.is_gone:
        outcome = "makes it again" if drift.is_wanted else "does not want it either"
        yield _drift_row(who, ("",), ("there",), ("gone",), (outcome,))
        return
    for row in drift.rows:
        if drift.label == "Version":
            yield _drift_row(who, ("active version",), value(row.left), value(row.found, "none"), ("",))
        else:
            absent = "not there" if drift.has_keys else "not set"
            cells = (_cut(row.left, absent), _cut(row.found, absent), _outcome(drift, row))
            yield _drift_row(who, (Code(row.name),), *cells)


def _drift_row(*cells: Text) -> Row:
    return Row(tuple((cell,) for cell in cells), rank=DRIFT, kind="rows of drift")


def _outcome(drift: Drift, row: Found) -> Text:
    if not drift.is_wanted:
        return ("removes the object",)
    if row.stays:
        return ("leaves it: the program says the same",)
    if row.planned is Special.ABSENT:
        return ("overwrites it: takes it away",)
    return ("overwrites it: ", *_cut(row.planned))


def _cut(raw: Any, absent: str = "not set") -> Text:
    """A value in a narrow column."""
    text = value(raw, absent)
    first = text[0]
    if isinstance(first, Code) and len(first.text) > SHORT:
        return (Code(first.text[:SHORT]), f" … ({len(first.text):,} characters)")
    return text


# ---------------------------------------------------------------- what is about no service


def _others(others: list[Change]) -> Iterator[Block]:
    if others:
        yield Heading(3, ("Other resources",))
        yield Paragraph((sentence([what_happens([c.op for c in others], "resource")]),))
        yield from _table(others)


def _policies(model: Model) -> Iterator[Block]:
    points = [_violation(v) for v in model.violations if not v.is_mandatory]
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
            text += [*_cut(row.old), " → ", *_cut(row.new)]
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
        untold = schema is None and name not in known
        hide = untold or remediation.after.get("write_only") or holds(known.get(name), Special.SECRET)
        yield Property(name, Special.SECRET, Special.SECRET) if hide else row


def _chatter(model: Model) -> Iterator[Block]:
    warnings = [row for row in model.diagnostics if row.severity == "warning"]
    others = [row for row in model.diagnostics if row.severity not in {"error", "warning"}]
    points = [*_said("Warning", warnings, ADVICE, "warnings"), *_said("Message", others, CHATTER, "messages")]
    if points:
        yield Heading(3, ("Messages",))
        yield Points(tuple(points))
