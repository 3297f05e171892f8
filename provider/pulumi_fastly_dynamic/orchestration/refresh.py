"""One object of a version, read for a refresh."""

from collections.abc import Collection

from ..schema import Identity, KindSchema, ObjectRef
from . import live_content
from .desired import EnsuredObject
from .manifest import Revision
from .session import ServiceSession
from .versions import FirstVersion


def read_object(
    session: ServiceSession,
    schema: KindSchema,
    *,
    service_is_adopted: bool,
    revision: Revision,
    name: str | None,
    object_id: str | None,
    owned: bool = False,
    managed: Collection[str] = (),
) -> EnsuredObject | None:
    """The object for a refresh: from the draft if its revision is the draft's, else from the base.

    ``managed`` are the live fields that the program manages.
    """
    head = session.head(service_is_adopted=service_is_adopted)
    in_draft = head.draft and (isinstance(head.draft, FirstVersion) or revision.number == head.number)
    number = head.number if in_draft else head.base
    rows = session.list_of(number, schema.collection)
    key = schema.kind if schema.identity is Identity.SINGLETON else object_id or name or ""
    found = rows.get(ObjectRef(schema.kind, key))
    if found is None and object_id:  # someone else may have recreated it
        found = next((each for each in rows.values() if each.schema is schema and each.name == name), None)
    if found is None:
        return None
    live = live_content.read(session, found, managed)
    now = Revision(number, schema.digest(found.values, session.owner.key))
    holds = head.still_contains(revision.number)
    kept = revision if holds and revision.digest == now.digest else now
    return EnsuredObject(found, kept, live, owned and found.ref.key == object_id, holds)
