"""Removals in the draft, as steps. Pulumi deletes last, after the activation, so a release removes objects itself."""

from ..api import NotFound
from ..schema import Identity, has_resource
from ..terminal import info
from .manifest import Record
from .refusals import refuse_loss
from .run import ReleaseRun
from .snapshot import ObjectList, VersionObject
from .verify import in_removal_order


def remove_objects(run: ReleaseRun) -> None:
    """Deletes in the draft what was taken out of the program. What is retained stays, unmanaged."""
    todo = [(record, name) for record in run.dropped if (name := _name_to_delete(run, record)) is not None]
    for record, name in todo:
        run.session.open_draft(run.head)
        try:
            run.session.delete(run.head, record.schema, name)
        except NotFound as error:
            if not error.is_missing:
                raise


def _name_to_delete(run: ReleaseRun, record: Record) -> str | None:
    """The object's name in the head; ``None`` if it is to stay or is not there."""
    if record.retain:
        return None
    schema, number = record.schema, run.head.number
    if schema.identity is Identity.NAME and not schema.constants and not schema.object_path:
        known = _list_if_needed(run, record)
        return record.name if known is None or record.ref in known else None
    found = run.session.list_of(number, schema.collection).get(record.ref)
    if found is None or not found.is_made:
        _refuse_lost(run, record)
        return None
    refuse_loss(run, found, number, record)
    return found.name


def _list_if_needed(run: ReleaseRun, record: Record) -> ObjectList | None:
    """The head's list; ``None`` where no look is needed, since this Version verified the base when it released it.

    A draft of an earlier run may lack the object: deleting it by its path is then answered with 404.
    """
    head, collection = run.head, record.schema.collection
    known = run.session.known_list(head.number, collection)
    if known is None and head.draft is None and head.base != run.recorded:
        return run.session.list_of(head.number, collection)
    return known


def _refuse_lost(run: ReleaseRun, record: Record) -> None:
    """The draft lacks what the base has: an earlier program recreated it there, or its name was given away."""
    head = run.head
    may_hold = record.schema.items or record.unmanaged
    if not may_hold or record.force_destroy or not (head.draft and head.base):
        return
    allowed = any(
        new.force_destroy
        and new.kind == record.kind
        and (new.name == record.name or new.resource_key == record.resource_key)
        for new in run.records
    )
    found = run.session.list_of(head.base, record.schema.collection).get(record.ref)
    if found is not None and not allowed:
        refuse_loss(run, found, head.base, record)


def remove_rolled_back(run: ReleaseRun) -> None:
    """After a rollback: what this program had removed in between is removed again, else it would stay for ever.

    Only where markers of ours lead from the recorded version back to the one that serves. The refresh has accepted the
    rollback: without one, ``check_recorded_version`` refuses.
    """
    head = run.head
    recorded = run.recorded
    if recorded is None or recorded == head.base or head.base not in head.versions.lineage(recorded):
        return
    base, later = run.compared(head.base, recorded)
    gone = [base[ref] for ref in base.made - later.made - run.refs if _may_be_removed_again(run, base[ref])]
    for found in in_removal_order(gone):
        _remove_again(run, found)


def _may_be_removed_again(run: ReleaseRun, found: VersionObject) -> bool:
    """An object without a resource class was never this program's; one of a declared name was recreated."""
    return has_resource(found.schema.collection) and (found.schema.kind, found.name) not in run.names


def _remove_again(run: ReleaseRun, found: VersionObject) -> None:
    session, head = run.session, run.head
    refuse_loss(run, found, head.number, run.previous_records.get(found.ref))
    run.removed_again |= {found.ref}
    if found.ref not in session.list_of(head.number, found.schema.collection):
        return
    info(f"{found} came back with the rollback to version {head.base}; it is removed again")
    session.open_draft(head)
    session.delete(run.head, found.schema, found.name)
