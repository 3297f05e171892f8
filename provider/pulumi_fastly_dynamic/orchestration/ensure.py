"""One object of a version: makes the head hold it."""

from functools import partial

from ..api import BadRequest, Conflict, FastlyError, NotFound, Unprocessable
from ..schema import Identity, KindSchema, ObjectRef, Value, Values
from ..terminal import info
from . import live_content
from .desired import DesiredObject, EnsuredObject, PreviousObject
from .manifest import Revision
from .release_errors import REFRESH, ContainerNotEmpty, NeedsRefresh, ObjectExists, ProtectedObject
from .session import Asked, ServiceSession
from .snapshot import ObjectList, VersionObject, difference, temporary_name
from .stored import refuse_difference
from .versions import Head, Resumed


def ensure_object(
    session: ServiceSession, schema: KindSchema, desired: DesiredObject, previous: PreviousObject | None = None
) -> EnsuredObject:
    """Makes the head hold the object: no write if it does already, POST if absent, PUT if different."""
    return session.retry_if_outcome_unknown(partial(_ensure_with_advice, session, schema, desired, previous))


def _ensure_with_advice(
    session: ServiceSession, schema: KindSchema, desired: DesiredObject, previous: PreviousObject | None
) -> EnsuredObject:
    try:
        return _Ensure(session, schema, desired, previous).run()
    except FastlyError as error:
        head = session.known_head()
        if head is None and error.is_gone:
            raise NeedsRefresh(
                f"{session.client.endpoint} has no service {session.service_id}: if it should have it, correct the "
                "endpoint or the key; if the service was deleted, run `pulumi up --refresh`, which creates a new one"
            ) from None
        refused = isinstance(error, BadRequest | NotFound | Conflict | Unprocessable)
        if not refused or head is None or not isinstance(head.draft, Resumed):
            raise
        if _lacks_something(session, head):
            session.abandon(head)
        raise NeedsRefresh(f"{error} (written into a draft of an earlier run; if this stays, {REFRESH})") from None


def _lacks_something(session: ServiceSession, head: Head) -> bool:
    """Whether an earlier update removed something from the draft that the base has."""
    names = session.differences(head.base, head.number)
    reads = [partial(session.read_list, number, name) for name in sorted(names) for number in (head.number, head.base)]
    lists = session.shared.together(reads)
    made = [{ref for ref, each in rows.items() if each.is_made} for rows in lists]
    return any(base - draft for draft, base in zip(made[::2], made[1::2], strict=True))


class _Ensure:
    """One run for one object. Holds what the steps share."""

    def __init__(
        self,
        session: ServiceSession,
        schema: KindSchema,
        desired: DesiredObject,
        previous: PreviousObject | None,
    ) -> None:
        self.session = session
        self.schema = schema
        self.desired = desired
        self.previous = previous
        self.want = schema.from_inputs(desired.inputs)
        self.live = schema.live_from_inputs(desired.inputs)
        self.head = session.head(service_is_adopted=desired.service_is_adopted)

    @property
    def objects(self) -> ObjectList:
        """The list of the head in which the object is, or would be."""
        return self.session.list_of(self.head.number, self.schema.collection)

    def run(self) -> EnsuredObject:
        """Compares, refuses what is not this program's to change, and writes what differs."""
        current, occupant = self._locate(self.want.get("name"))
        live_before = self._live_before(current)
        is_known = self._is_known(current)
        if current and live_before != self.live and not self._knows_live(current):
            self._refuse_conflict(current, is_ours=self._owns(current))
        if current and self._is_as_wanted(current):
            self._write_live(current, live_before)
            return self._ensured(current, owned=self._owns(current))
        if occupant and not is_known:
            self._refuse_conflict(occupant, is_ours=self._is_marked() or self._is_ours(occupant))
        self.head = self.session.open_draft(self.head)
        secrets = self.schema.secrets_of(self.want)
        if current and self._must_be_recreated(current):
            self._remove_to_recreate(current)
            current = None
        self._make_room(current)
        if current is None:
            if self.previous and len(self.live) < len(self.schema.unversioned):
                name = self.schema.describe(str(self.want["name"]))
                info(f"{name} is gone and is created again: its content, which the program leaves out, starts empty")
            form = self.schema.create_form({**self.want, **self.live})
            made = self._write_below(self.session.post(self.head, self.schema, form, secrets))
            return self._ensured(made, owned=self._may_be_owned)
        owned = self._owns(current)
        body = self.schema.update_body(self.want, current.values, with_secrets=self._secrets_changed())
        changed = self.session.put(self.head, current, body, secrets) if body else current
        changed = self._write_below(changed)
        # Before the live content: a refused update must leave that as the state has it.
        self._refuse_difference(changed)
        self._write_live(changed, live_before)
        return self._ensured(changed, owned=owned)

    def _write_below(self, found: VersionObject) -> VersionObject:
        """Writes what has calls of its own, below the object."""
        for f in self.schema.exclusive:
            if self.want[f.name] and not found.values[f.name]:
                found = self.session.take_flag(self.head, found, f)
        for f in self.schema.links:
            names = self.want[f.name]
            found = self.session.put_links(self.head, found, f, names if isinstance(names, list) else [])
        return found

    def _refuse_difference(self, found: VersionObject) -> None:
        differing = difference(found.schema, self.want, found.values)
        refuse_difference(found, differing, self.head.number, self.session.service_id, self.desired.secrets)

    def _write_live(self, found: VersionObject, before: Values) -> None:
        differing = live_content.write(self.session, found, before, self.live)
        refuse_difference(found, differing, self.head.number, self.session.service_id, self.desired.secrets)

    def _ensured(self, found: VersionObject, *, owned: bool) -> EnsuredObject:
        """The outcome; refuses an answer that is not what was asked. The digest is of what the program says."""
        if self.schema.identity is Identity.ID:
            self.session.shared.ids.claim(found.ref.key, self.desired.owner_urn)
        self.session.asked[found.ref] = Asked(self.want, self.desired.secrets)
        self._refuse_difference(found)
        revision = Revision(self.head.number, self.schema.digest(self.want, self.session.owner.key))
        return EnsuredObject(found, revision, self.live, owned)

    # ---------------------------------------------------------------- which object

    def _locate(self, name: Value) -> tuple[VersionObject | None, VersionObject | None]:
        """The object in the head; and what has its name there, unless another resource of this program owns that."""
        rows = self.objects.values()
        if self.schema.identity is Identity.SINGLETON:
            return next(iter(rows), None), None
        occupant = next((each for each in rows if each.name == name), None)
        if self.schema.identity is Identity.NAME:
            is_same = occupant is not None and occupant.schema is self.schema
            return (occupant if is_same else None), occupant
        return self._locate_by_id(occupant)

    def _locate_by_id(self, occupant: VersionObject | None) -> tuple[VersionObject | None, VersionObject | None]:
        ids, urn = self.session.shared.ids, self.desired.owner_urn
        object_id = self.previous.object_id if self.previous else None
        current = None
        if object_id and ids.is_free(object_id, urn):
            current = self.objects.get(ObjectRef(self.schema.kind, object_id))
        if occupant is not None and occupant.schema is self.schema:
            if not ids.is_free(occupant.ref.key, urn):
                occupant = None
            elif current is None:
                current = occupant
        if current is not None:
            ids.claim(current.ref.key, urn)
        return current, occupant

    def _is_as_wanted(self, current: VersionObject) -> bool:
        return current.schema is self.schema and current.values == self.want and not self._secrets_changed()

    def _secrets_changed(self) -> bool:
        previous = self.previous
        return previous is not None and any(
            f.secret and f.canonical(previous.values.get(f.name)) != self.want[f.name] for f in self.schema.fields
        )

    # ---------------------------------------------------------------- whose it is

    def _live_before(self, current: VersionObject | None) -> Values:
        """What is there of the content that is managed; what the state says of it is believed for the same object."""
        if not self.live or current is None or current.schema is not self.schema:
            return self.live
        if self._knows_live(current):
            known = self._live_in_state(current)
            return {name: known[name] for name in self.live}
        return live_content.read(self.session, current, self.live)

    def _live_in_state(self, current: VersionObject) -> Values:
        previous = self.previous
        return self.schema.live_from_inputs(previous.values) if previous and self._is_previous(current) else {}

    def _knows_live(self, current: VersionObject) -> bool:
        """Whether the state has all content that is managed now. It was another client's until now where it has not."""
        return self.live.keys() <= self._live_in_state(current).keys()

    def _is_known(self, current: VersionObject | None) -> bool:
        """Whether the state has the object. Another resource may have taken the one that it had."""
        if self.previous is None:
            return False
        return current is None or current.schema.identity is not Identity.ID or self._is_previous(current)

    def _is_previous(self, current: VersionObject) -> bool:
        return self.previous is not None and self.previous.object_id == current.ref.key

    def _refuse_conflict(self, occupant: VersionObject, *, is_ours: bool) -> None:
        """Refuses to overwrite what is there with other content and is not this program's."""
        if is_ours or not self.desired.service_is_adopted or self.desired.adopt:
            info(f"{occupant} already exists; it is overwritten")
            return
        raise ObjectExists(
            f"{occupant} already exists in version {self.head.number} of service {self.session.service_id}, with "
            "other content. Declare it as it is, or set Release(adopt=True) to take it over",
            [occupant.ref],
        )

    def _is_marked(self) -> bool:
        return self.head.versions.marker(self.head.base) is not None

    def _is_ours(self, found: VersionObject) -> bool:
        """Whether this program made it: the version that it started from does not have it."""
        start = self.head.versions.start_of(self.head.base)
        there = self.session.list_of(start, self.schema.collection).values()
        return all(each.name != found.name and each.ref != found.ref for each in there)

    @property
    def _may_be_owned(self) -> bool:
        """Whether it matters who made it: it can hold live content, and the service was taken over."""
        return self.schema.identity is Identity.ID and self.desired.service_is_adopted

    def _owns(self, current: VersionObject) -> bool:
        if not self._may_be_owned:
            return False
        previous = self.previous
        if previous is not None and self._is_previous(current):
            return previous.owned
        return self._is_ours(current)

    # ---------------------------------------------------------------- replace in place

    def _must_be_recreated(self, current: VersionObject) -> bool:
        have = current.values
        differing = [f for f in self.schema.versioned if have[f.name] != self.want[f.name]]
        return any(f.immutable or (f.exclusive and have[f.name]) for f in differing)

    def _remove_to_recreate(self, current: VersionObject) -> None:
        if self.schema.items:
            if not self.desired.force_destroy and self.session.has_items(current, self.head.number):
                raise ContainerNotEmpty(
                    f"{current} would be recreated, and lose the items it holds: set force_destroy=True on it to "
                    "allow that",
                    [current.ref],
                )
            if self.desired.protect or (self.previous and self.previous.protect):
                raise ProtectedObject(
                    f"{current} is protected, and would be recreated: remove protect, run `pulumi up`, then change it",
                    [current.ref],
                )
        self.session.delete(self.head, self.schema, current.name)
        if self.schema.identity is Identity.ID:
            self.session.shared.ids.release(current.ref.key)

    def _make_room(self, current: VersionObject | None) -> None:
        """Takes the wanted name from another object: by a temporary name, or by removal where another kind has it."""
        if self.schema.identity is Identity.SINGLETON:
            return
        name = self.want["name"]
        other = next((each for each in self.objects.values() if each.name == name), None)
        if other is None or (current is not None and other.ref == current.ref):
            return
        if self.schema.identity is Identity.ID:
            self.session.put(self.head, other, {"name": temporary_name(other)})
        else:
            self.session.delete(self.head, other.schema, other.name)
