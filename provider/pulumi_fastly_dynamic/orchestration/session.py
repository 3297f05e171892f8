"""One service in one process: the writes into its draft, beside what was read of it.

Fastly may lose writes to one service that overlap, so there is one lock per service for them.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from ..api import FastlyError, JsonBody, NotFound, path
from ..schema import Body, Field, Form, Identity, KindSchema, ObjectRef, Values, has_ids_of_version
from . import marker as markers
from .audit_log import AuditLog
from .marker import Marker
from .owner import Owner
from .reader import ServiceReader
from .release_errors import REFRESH, DraftUnavailable, NeedsRefresh, NothingToLink
from .shared import SharedState
from .snapshot import VersionObject
from .versions import FirstVersion, Head, OpenedNow, VersionInfo

T = TypeVar("T")


class Asked(NamedTuple):
    """What the program asked an object to be."""

    values: Values
    secrets: frozenset[str]
    """Properties whose values the user marked as secret."""


class ServiceSession(ServiceReader):
    """Reads and writes of one service, for one owner of drafts."""

    def __init__(self, shared: SharedState, service_id: str, owner: Owner, lock: threading.RLock) -> None:
        super().__init__(shared, service_id, owner)
        self.lock = lock
        self.released = False
        """A Version of this process released the service."""
        self.asked: dict[ObjectRef, Asked] = {}
        """What objects were asked to be in this run: for messages."""
        self.audit_log = AuditLog(shared, service_id, owner)
        self._draft_failure: str | None = None

    def write(self, call: Callable[[], T]) -> T:
        """Makes a write; after an unknown outcome, nothing that was known can be relied on."""
        try:
            return call()
        except FastlyError as error:
            if error.outcome_unknown:
                self.forget()
            raise

    def retry_if_outcome_unknown(self, operation: Callable[[], T]) -> T:
        """Runs an operation that may be repeated, and once more where a write's outcome is unknown.

        The second run reads first, and so finds what the first one did.
        """
        with self.lock:
            try:
                return operation()
            except FastlyError as error:
                if not error.outcome_unknown:
                    raise
            self._draft_failure = None
            return operation()

    def open_draft(self, head: Head) -> Head:
        """The head with a draft; clones the base if there is none. At most one clone per process."""
        self._refuse_unacknowledged(head)
        if head.draft:
            return head
        if self._draft_failure:
            raise DraftUnavailable(f"the draft could not be opened: {self._draft_failure}")
        base = head.base
        try:
            number = int(self.write(partial(self.client.put, self.path(base, "clone"), keys=("number",)))["number"])
            text, _ = markers.split(head.versions.comment(base))
            comment = markers.join(text, Marker(self.owner.mark, number, base))
            self.put_comment(number, comment)
        except FastlyError as error:
            self._draft_failure = str(error)
            self.forget()
            raise
        for version, collection in self._lists.made():
            if version == base and not has_ids_of_version(collection):
                self._lists.set((number, collection), self.list_of(base, collection))
        self._cloned = number
        table = head.versions.with_version(VersionInfo(number, comment=comment))
        self._head = Head(table, OpenedNow(number, base))
        return self._head

    def refuse_if_unacknowledged(self) -> None:
        """The same for live content, where the versions are known already: it is written without reading them."""
        head = self.known_head()
        if head is not None:
            self._refuse_unacknowledged(head)

    def _refuse_unacknowledged(self, head: Head) -> None:
        """Nothing is written on top of an activation that neither this stack made nor a refresh has seen."""
        known = self.shared.acknowledged
        if (
            self.service_id in known
            and not head.versions.is_acknowledged(known[self.service_id], service_is_adopted=self._service_is_adopted)
            and not head.versions.is_expected(service_is_adopted=self._service_is_adopted)
        ):
            before = head.versions.newest_of_ours(service_is_adopted=self._service_is_adopted)
            raise self.needs_refresh_of_active(head.active, before)

    def needs_refresh_of_active(self, active: int | None, before: int) -> NeedsRefresh:
        """The refusal to build on a version that the state does not know, or to put back one that was deactivated."""
        if active is None:
            return NeedsRefresh(
                f"no version of service {self.service_id} is active: someone deactivated version {before}. Nothing was "
                "activated: leave it so, or run `pulumi up --refresh`, which applies the program and activates it again"
                f"{self.audit_log.activation(None, before)}"
            )
        return NeedsRefresh(
            f"version {active} of service {self.service_id} is active, but this stack did not activate it last: "
            f"someone activated it or rolled back. Nothing was activated: {REFRESH}{self.audit_log.activation(active)}"
        )

    def put_comment(self, number: int, comment: str) -> None:
        """Sets a version's comment; the API takes that on locked and active versions too."""
        self.write(partial(self.client.put, self.path(number), {"comment": comment}, repeatable=True))

    def abandon(self, head: Head) -> None:
        """Marks the draft so that nothing builds on it again, and forgets it."""
        if head.draft and not isinstance(head.draft, FirstVersion):
            text, _ = markers.split(head.versions.comment(head.number) or head.versions.comment(head.base))
            mark = Marker(self.owner.mark, head.number, head.base).abandon()
            self.put_comment(head.number, markers.join(text, mark))
        self.forget()

    def post(self, head: Head, schema: KindSchema, form: Form, secrets: Sequence[str]) -> VersionObject:
        """Creates an object in the draft."""
        url = self.path(head.number, *schema.segments)
        row = self.write(partial(self.client.post, url, form, secrets=secrets, keys=_keys(schema)))
        made = VersionObject(schema, row)
        self._update_list(head.number, schema.collection, made)
        return made

    def put(self, head: Head, found: VersionObject, body: dict[str, Any], secrets: Sequence[str] = ()) -> VersionObject:
        """Updates an object in the draft, in the way of its kind."""
        schema = found.schema
        renames = "name" in body and body["name"] != found.row.get("name")
        url = self._object_url(head, schema, found.name)
        send = partial(self.client.put, url, body)
        if schema.body is Body.JSON:
            send = partial(self.client.patch, url, JsonBody(body))
        row = self.write(partial(send, repeatable=not renames, secrets=secrets, keys=_keys(schema)))
        changed = VersionObject(schema, row)
        self._update_list(head.number, schema.collection, changed, instead_of=found)
        return changed

    def delete(self, head: Head, schema: KindSchema, name: str) -> None:
        """Removes an object from the draft, or restores the API's defaults."""
        if schema.is_restored:
            (found,) = self.list_of(head.number, schema.collection).values()
            self.put(head, found, schema.update_body(schema.from_row(schema.defaults()), found.values))
            return
        self.write(partial(self.client.delete, self._object_url(head, schema, name)))
        known = self.known_list(head.number, schema.collection)
        if known is not None:
            left = {ref: each for ref, each in known.items() if each.name != name}
            self._lists.set((head.number, schema.collection), left)

    def put_links(self, head: Head, found: VersionObject, field: Field, names: Sequence[str]) -> VersionObject:
        """Makes the links below an object of the draft those to the named objects."""
        before = field.value_in(found.row)
        linked = before if isinstance(before, list) else []
        below = partial(self.path, head.number, *found.schema.segments, found.name, field.reference_kind)
        for name in sorted(set(linked) - set(names)):
            with contextlib.suppress(NotFound):  # the backend is gone, and its links with it
                self.write(partial(self.client.delete, below(name)))
        for name in sorted(set(names) - set(linked)):
            try:
                self.write(partial(self.client.post, below(name)))
            except NotFound:
                what = found.schema.describe(found.name)
                raise NothingToLink(
                    f"{what}: {field.name} refers to {name!r}, and version {head.number} of service {self.service_id} "
                    f"has no {field.reference_kind} of that name: declare it, or correct the name",
                    [found.ref],
                ) from None
        changed = VersionObject(found.schema, {**found.row, field.wire: list(names)})
        self._update_list(head.number, found.schema.collection, changed, instead_of=found)
        return changed

    def take_flag(self, head: Head, found: VersionObject, field: Field) -> VersionObject:
        """Gives a flag that one object of the draft may have to this one, and so takes it from the others."""
        schema = found.schema
        url = self.path(head.number, *schema.segments, found.name, field.wire)
        row = self.write(partial(self.client.put, url, repeatable=True, keys=_keys(schema)))
        changed = VersionObject(schema, row)
        others = {
            ref: VersionObject(each.schema, {**each.row, field.wire: False})
            for ref, each in self.list_of(head.number, schema.collection).items()
        }
        self._lists.set((head.number, schema.collection), {**others, changed.ref: changed})
        return changed

    def _object_url(self, head: Head, schema: KindSchema, name: str) -> str:
        if schema.identity is Identity.SINGLETON:
            return self.path(head.number, *schema.segments)
        if not schema.object_path:
            return self.path(head.number, *schema.segments, name)
        found = self.list_of(head.number, schema.collection)[ObjectRef(schema.kind, name)]
        return path(*schema.object_path, found.row["id"])

    def _update_list(
        self, number: int, collection: str, now: VersionObject, *, instead_of: VersionObject | None = None
    ) -> None:
        known = self.list_of(number, collection) if instead_of else self.known_list(number, collection)
        if known is not None:
            others = {ref: each for ref, each in known.items() if instead_of is None or ref != instead_of.ref}
            self._lists.set((number, collection), {**others, now.ref: now})

    def activate(self, number: int) -> Mapping[str, Any]:
        """Activates a version; a lost answer is settled by reading. The answer may hold warnings."""
        try:
            answer: Mapping[str, Any] = self.client.put(self.path(number, "activate"))
        except FastlyError as error:
            if not error.outcome_unknown:
                raise
            if self.read_versions().active != number:
                self.forget()
                raise
            answer = {}
        if self._head:
            self._head = replace(self._head, versions=self._head.versions.activated(number), draft=None)
        return answer


def _keys(schema: KindSchema) -> tuple[str, ...]:
    """What an answer must hold to be an object of the kind."""
    return {Identity.NAME: ("name",), Identity.ID: ("name", "id"), Identity.SINGLETON: ()}[schema.identity]
