"""Checks before a release writes anything, each a step: a refusal or nothing."""

from collections.abc import Iterable

from ..schema import KINDS, has_resource
from . import live_content
from .manifest import Record
from .release_errors import ContainerNotEmpty, ProtectedObject, UndeclaredObjects
from .run import ReleaseRun
from .session import ServiceSession
from .snapshot import VersionObject
from .version_differences import COVERED, filled


def check_recorded_version(run: ReleaseRun) -> None:
    """The version that serves is the one that the state knows, or a draft of ours that was activated since."""
    active = run.head.active
    if run.previous is None or active == run.previous.outcome.number:
        return
    if run.unrecorded_since() is None:
        raise run.session.needs_refresh_of_active(active, run.previous.outcome.number or 0)


def check_protected(run: ReleaseRun) -> None:
    """No protected object, and no protected resource with live items, is taken out of the program."""
    held = [record for record in run.dropped if record.protect and not _was_recreated(run, record)]
    items = run.previous.items if run.previous else {}
    held_items = [key for key, flags in items.items() if flags.get("protect") and key not in run.inputs.items]
    texts = [*map(str, held), *map(_describe_resource, held_items)]
    if texts:
        raise ProtectedObject(
            f"{', '.join(sorted(texts))} is protected, and is not in the program any more: put it back without "
            "protect, run `pulumi up`, then remove it. `pulumi state unprotect` is not enough: remove `protect` in the "
            "program",
            (record.ref for record in held),
        )


def _describe_resource(resource_key: str) -> str:
    kind, _, name = resource_key.partition("/")
    return KINDS[kind].describe(name)


def _was_recreated(run: ReleaseRun, record: Record) -> bool:
    """Whether the program still has the object, under a new id."""
    if record.object_id is None or (record.kind, record.name) not in run.names:
        return False
    return record.ref not in run.session.list_of(run.head.number, record.schema.collection)


def check_undeclared(run: ReleaseRun) -> None:
    """A Version that is created must not guess about objects that the program does not declare."""
    if run.previous is None and run.head.base and not run.inputs.adopt:
        base = run.head.base
        found = [each for each in objects_in(run.session, base, run.collections) if not _is_declared(run, each)]
        refuse_undeclared(run.session, base, found)


def check_unrecorded(run: ReleaseRun) -> None:
    """A version of ours serves that the state does not know: what the program does not declare may be a person's."""
    since = run.unrecorded_since()
    if since is None or run.inputs.adopt:
        return
    active = run.head.base
    before, now = run.compared(since, active)
    unknown = now.made - before.made - run.previous_records.keys()
    found = [now[ref] for ref in unknown if not _is_declared(run, now[ref])]
    # The process may have been killed right after its own activation.
    who = run.session.audit_log.activation(active, may_be_ours=True) if found else ""
    refuse_undeclared(run.session, active, found, who)


def _is_declared(run: ReleaseRun, found: VersionObject) -> bool:
    if found.ref in run.refs:
        return True
    is_named = (found.schema.kind, found.name) in run.names
    # Recreated under its name, in the draft.
    return is_named and found.ref not in run.session.list_of(run.head.number, found.schema.collection)


def objects_in(session: ServiceSession, number: int, also: Iterable[str]) -> list[VersionObject]:
    """All objects that someone made in a version, also those of kinds without a resource class."""
    details = session.details_of(number)
    uncovered = set(also) - COVERED
    snapshot = session.snapshot(number, sorted({*filled(details, number), *uncovered}))
    return [snapshot[ref] for ref in snapshot.made]


def refuse_undeclared(session: ServiceSession, number: int, found: Iterable[VersionObject], who: str = "") -> None:
    """Names what a version has and the program does not declare, and the ways out."""
    objects = sorted(found, key=str)
    if not objects:
        return
    words = "Declare them, or set Release(adopt=True) to leave them as they are. "
    if not all(has_resource(each.schema.collection) for each in objects):
        words = "Declare them where this package has their kind, or set Release(adopt=True) to leave them as they are. "
    raise UndeclaredObjects(
        f"version {number} of service {session.service_id} has objects that the program does not declare: "
        f"{', '.join(map(str, objects))}. {words}"
        f"To have one removed: declare it, run `pulumi up`, then take it out{who}",
        (each.ref for each in objects),
    )


def refuse_loss(run: ReleaseRun, found: VersionObject, number: int, record: Record | None) -> None:
    """What still holds items, or content of others, is not removed, unless its record allows it.

    One that was replaced under its own resource would come back under a new id at every ``up``: its draft is abandoned,
    so that putting the program back settles. The state has the new id then, and may need a refresh to forget it.
    """
    held = "" if record and record.force_destroy else _held(run.session, found, number, record)
    if not held:
        return
    what = str(record or found)
    is_replaced = record is not None and any(new.resource_key == record.resource_key for new in run.records)
    if is_replaced or number != run.head.number:  # the draft may lack it already: putting it back must find it
        run.session.abandon(run.head)
    if is_replaced:
        raise ContainerNotEmpty(
            f"{what} would be replaced by a new one, and lose the {held} it holds: put the program back and run "
            "`pulumi up --refresh`, or set force_destroy=True on it, run `pulumi up`, then replace it",
            [found.ref],
        )
    raise ContainerNotEmpty(
        f"{what} still holds {held}, which its removal would lose: put it back with force_destroy=True, "
        "run `pulumi up`, then remove it",
        [found.ref],
    )


def _held(session: ServiceSession, found: VersionObject, number: int, record: Record | None) -> str:
    """What is lost with an object: its items, or content that the program leaves to others."""
    if session.has_items(found, number):
        return "items"
    names = [f.name for f in found.schema.unversioned] if record and record.unmanaged else []
    return "content" if any(live_content.read(session, found, names).values()) else ""
