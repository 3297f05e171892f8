"""Verification, as steps: reads again what would go live, and acts on the verdict."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from ..api import NotFound
from ..schema import KINDS, Identity, ObjectRef, unmanaged_kind
from ..terminal import info
from .release_errors import REFRESH, ChangedInDraft, NameOccupied, NeedsRefresh
from .run import ReleaseRun
from .shared import SECOND_LOOKS
from .snapshot import Snapshot, VersionObject, difference, has_temporary_name, initial_objects
from .stored import refuse_difference
from .verify import Expected, Verdict, verify, verify_in_place
from .version_differences import COVERED, Differences, filled, uncovered
from .versions import Draft, FirstVersion, OpenedNow, VersionTable


def verify_base(run: ReleaseRun) -> None:
    """The base serves, and is not changed: the declared objects are there as the program says."""
    base = run.session.snapshot(run.head.base, run.collections)
    verdict = verify_in_place(_expected(run), base)
    if verdict.wrong:
        raise _needs_refresh(run, run.head.base, verdict.wrong)


def verify_draft(run: ReleaseRun) -> None:
    """Reads the draft again, deletes leftovers of failed updates, and refuses whatever the program did not say.

    A mismatch is read again after some seconds before it is believed: the API may show a write late.
    """
    draft = run.head.draft
    if draft is None:
        raise AssertionError("the draft was opened")
    for seconds in (*SECOND_LOOKS, None):
        versions, verdict, seen = _look(run, draft)
        if _is_in_place(run, draft, versions) and not verdict.wrong and verdict.leftovers:
            _delete_leftovers(run, verdict)
            versions, verdict, seen = _look(run, draft)
        if _is_in_place(run, draft, versions) and verdict.is_clean:
            run.session.set_head(replace(run.head, versions=versions))
            return
        if seconds is None:
            _refuse_moved(run, draft, versions)
            _refuse(run, draft, verdict, seen)
        else:
            run.session.shared.sleep(seconds)


def _expected(run: ReleaseRun) -> Expected:
    return Expected(run.records, run.removed, run.session.owner.key, run.head.still_contains)


# -------------------------------------------------------------------- reading


def _look(run: ReleaseRun, draft: Draft) -> tuple[VersionTable, Verdict, Snapshot]:
    versions, changes, snapshot = _read_draft(run, draft)
    names = {*run.collections, *changes, *_written_before(run, draft)}
    snapshot = _completed(run, snapshot, names)
    base = _base_beside(run, draft, snapshot, changes)
    return versions, verify(_expected(run), snapshot, base, draft), snapshot


def _written_before(run: ReleaseRun, draft: Draft) -> frozenset[str]:
    """Lists that no overview shows, and that an earlier run may have written into this draft before it failed."""
    return frozenset() if isinstance(draft, OpenedNow) or run.session.is_new else uncovered()


def _read_draft(run: ReleaseRun, draft: Draft) -> tuple[VersionTable, Differences, Snapshot]:
    """Versions, the pointer to what differs, and the lists of the release, in one round trip."""
    session = run.session
    first = isinstance(draft, FirstVersion)
    # Of a first version nothing is known but what is in it, and its overview holds the versions too.
    overview = partial(session.read_details, 1) if first else partial(session.differences, draft.base, draft.number)
    calls: list[Callable[[], Any]] = [overview] if first else [session.read_service, overview]
    calls += [partial(session.read_list, draft.number, name) for name in run.collections]
    # What no diff shows is compared with the base in any case: its lists are read meanwhile, and kept.
    beside = [] if first else [name for name in run.collections if name not in COVERED]
    calls += [partial(session.list_of, draft.base, name) for name in beside]
    service, *rest = session.shared.together(calls)
    changes: Differences = dict.fromkeys(filled(service, 1)) if first else rest.pop(0)
    snapshot = Snapshot(draft.number, dict(zip(run.collections, rest[: len(run.collections)], strict=True)))
    return VersionTable.parse(service, session.owner.fingerprint), changes, snapshot


def _completed(run: ReleaseRun, snapshot: Snapshot, names: set[str]) -> Snapshot:
    """The draft with the lists that differ and are not of the release."""
    missing = sorted(names - snapshot.collections)
    lists = run.session.shared.together([partial(run.session.read_list, snapshot.number, name) for name in missing])
    whole = Snapshot(snapshot.number, {**snapshot.lists, **dict(zip(missing, lists, strict=True))})
    run.session.remember(whole)
    return whole


def _base_beside(run: ReleaseRun, draft: Draft, snapshot: Snapshot, changes: Differences) -> Snapshot:
    """The same lists of the base: read where they may differ, equal to the draft's where they do not."""
    if draft.base == 0:
        return Snapshot(0, {name: initial_objects(name) for name in snapshot.collections})
    removed = {(ref.collection, _name(run, ref)) for ref in run.removed}
    same = {
        name
        for name in snapshot.collections & COVERED
        if name not in changes or _are_explained(name, changes[name], removed)
        if not _may_be_recreated(run, snapshot, name)
    }
    known = {name: rows for name in same if (rows := run.session.known_list(draft.base, name)) is not None}
    read = run.session.snapshot(draft.base, sorted(snapshot.collections - same))
    return Snapshot(draft.base, {**{name: snapshot.lists[name] for name in same}, **known, **read.lists})


def _are_explained(name: str, gone: frozenset[str] | None, removed: set[tuple[str, str]]) -> bool:
    """Whether a list differs only in that objects are gone which this update removed."""
    return gone is not None and all((name, each) in removed for each in gone)


def _may_be_recreated(run: ReleaseRun, snapshot: Snapshot, name: str) -> bool:
    """Whether an object that nobody declares may be another one under the same name: a diff does not show ids."""
    return any(
        each.schema.identity is Identity.ID and ref not in run.refs for ref, each in snapshot.list_of(name).items()
    )


# -------------------------------------------------------------------- acting


def _is_in_place(run: ReleaseRun, draft: Draft, versions: VersionTable) -> bool:
    """The version that serves is still the one that the draft was opened on, and the draft is still one."""
    return (
        versions.active == run.head.active and draft.number in versions.infos and not versions.is_locked(draft.number)
    )


def _refuse_moved(run: ReleaseRun, draft: Draft, versions: VersionTable) -> None:
    if _is_in_place(run, draft, versions):
        return
    before = run.head.active
    if versions.is_locked(draft.number) or draft.number not in versions.infos:
        run.session.forget()
    else:
        run.session.abandon(run.head)
    who = run.session.audit_log.activation(versions.active, before) if versions.active != before else ""
    raise NeedsRefresh(
        f"service {run.service_id}: someone else activated version {versions.active} since this draft was opened on "
        f"version {before}. Nothing was activated: {REFRESH}{who}"
    )


def _delete_leftovers(run: ReleaseRun, verdict: Verdict) -> None:
    for leftover in verdict.leftovers:
        with contextlib.suppress(NotFound):
            run.session.delete(run.head, leftover.schema, leftover.name)
        if not has_temporary_name(leftover):
            info(
                f"{leftover} was removed from draft {run.head.number}: neither the program nor the active version has "
                "it. A failed update may have left it"
            )


def _refuse(run: ReleaseRun, draft: Draft, verdict: Verdict, seen: Snapshot) -> None:
    for ref in sorted(verdict.mismatched):
        asked, found = run.session.asked.get(ref), seen.get(ref)
        if asked and found:
            differing = difference(found.schema, asked.values, found.values)
            refuse_difference(found, differing, draft.number, run.service_id, asked.secrets)
    number = draft.number
    text = _texts(run, verdict.changed, seen)
    run.session.abandon(run.head)
    if verdict.occupant:
        kind = verdict.occupant.schema.label
        raise NameOccupied(
            f"a {kind} that this program does not declare (id {verdict.occupant.ref.key}) has a name that the program "
            "wants: rename or remove it, or declare it",
            verdict.wrong,
        )
    if verdict.changed and not (verdict.mismatched or verdict.not_removed):
        way = "remove it there, and run `pulumi up`" if isinstance(draft, FirstVersion) else REFRESH
        may_be_ours = not (isinstance(draft, OpenedNow) or run.session.is_new)
        who = _who_changed(run, number, verdict.changed, seen, may_be_ours=may_be_ours)
        raise ChangedInDraft(
            f"someone else changed draft {number} of service {run.service_id}: {text}. "
            f"Nothing was activated: {way}{who}",
            verdict.changed,
        )
    raise _needs_refresh(run, number, verdict.wrong | {each.ref for each in verdict.leftovers})


def _needs_refresh(run: ReleaseRun, number: int, wrong: frozenset[ObjectRef]) -> NeedsRefresh:
    return NeedsRefresh(
        f"version {number} of service {run.service_id} is not what this program made of it: "
        f"{_texts(run, wrong)} was changed by someone else or by an earlier update. Nothing was activated: {REFRESH}"
        f"{_who_changed(run, number, wrong)}",
        wrong,
    )


def _who_changed(
    run: ReleaseRun, number: int, refs: frozenset[ObjectRef], seen: Snapshot | None = None, *, may_be_ours: bool = True
) -> str:
    objects = {}
    for ref in sorted(refs):
        found = seen.get(ref) if seen else None
        objects[ref.collection, found.name if found else _name(run, ref)] = _describe(run, ref, found)
    return run.session.audit_log.change(number, objects, may_be_ours=may_be_ours)


def _texts(run: ReleaseRun, refs: frozenset[ObjectRef], seen: Snapshot | None = None) -> str:
    return ", ".join(_describe(run, ref, seen.get(ref) if seen else None) for ref in sorted(refs))


def _describe(run: ReleaseRun, ref: ObjectRef, found: VersionObject | None) -> str:
    if found is not None and not has_temporary_name(found):
        return str(found)
    return (KINDS.get(ref.kind) or unmanaged_kind(ref.kind)).describe(_name(run, ref))


def _name(run: ReleaseRun, ref: ObjectRef) -> str:
    known = {**run.previous_records, **{record.ref: record for record in run.records}}
    record = known.get(ref)
    return record.name if record else ref.key
