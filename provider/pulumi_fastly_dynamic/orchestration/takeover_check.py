"""What a service that is taken over has already: compared with the program before anything is written.

Live content has no version, so what an update overwrites there is lost even if the update is refused later.
"""

from . import live_content
from .declared import Declared
from .live_containers import CONTAINERS
from .refusals import objects_in, refuse_undeclared
from .release_errors import ObjectExists
from .session import ServiceSession
from .snapshot import Snapshot, VersionObject


def check_takeover(session: ServiceSession, declared: tuple[Declared, ...]) -> None:
    """Refuses objects that the program does not declare, and live content with another value. Writes nothing."""
    head = session.head(service_is_adopted=True)
    if head.base == 0 or head.versions.marker(head.base):
        return  # nothing is there, or this stack made it: the Version compares then
    collections = {each.schema.collection for each in declared}
    found = objects_in(session, head.base, collections)
    late = {each.kind for each in declared if each.name is None}  # the Version compares them at the end
    names = {(each.kind, each.name) for each in declared}
    undeclared = [each for each in found if (each.schema.kind, each.name) not in names and each.schema.kind not in late]
    refuse_undeclared(session, head.base, undeclared)
    base = session.snapshot(head.base, collections)
    for each in declared:
        there = base.named(each.schema, each.name) if each.name is not None else None
        if there is not None and there.schema is each.schema:
            _refuse_live_conflicts(session, base, each, there)


def _refuse_live_conflicts(session: ServiceSession, base: Snapshot, each: Declared, there: VersionObject) -> None:
    if each.live:
        wanted = each.schema.live_from_inputs(each.live)
        if live_content.read(session, there, wanted) != wanted:
            raise ObjectExists(
                f"{there} exists in version {base.number} of service {session.service_id} with other content, which is "
                "live: declare it as it is, or set Release(adopt=True) to overwrite it. Nothing was written",
                [there.ref],
            )
    if each.entries and not there.row.get("write_only"):
        container = CONTAINERS[each.kind](session, there.ref.key)
        rows = {key: container.entry(row) for key, row in container.read().items()}
        container.refuse_conflicts(rows, each.entries, str(there))
