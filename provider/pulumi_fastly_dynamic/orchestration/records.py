"""Records: objects of the account, in no version and no container. Each call takes effect at once.

A lost answer to a create is settled by a look at the list: a record with the same key that is just as asked is the one
that was created.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..api import BadRequest, Conflict, FastlyError, Forbidden
from ..schema import KINDS, Identity, KindSchema, Presence, Row, Successor, Values
from ..terminal import info
from .record_calls import RecordCalls
from .release_errors import RecordExists
from .snapshot import difference

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True)
class StoredRecord:
    """A record as the API has it."""

    id: str
    values: Values


class RecordStore:
    """The records of one kind in the account of the client's key."""

    def __init__(self, client: "Client", schema: KindSchema) -> None:
        if schema.record is None:
            raise ValueError(f"{schema.kind} is not a kind of records")
        self._client = client
        self._schema = schema
        self._paths = schema.record
        self._calls = RecordCalls(client, schema, schema.record)

    def create(self, wanted: Values) -> StoredRecord:
        """Creates a record. One that is there already is not taken over: a destroy would delete it."""
        if self._schema.presence is Presence.ADOPTED:
            return self._adopt(wanted)
        if not self._paths.refuses_duplicates and (succeeded := self._look(wanted)):
            return succeeded
        fields = self._schema.sent_on_create(wanted)
        try:
            answer = self._calls.post(fields, wanted)
        except (BadRequest, Conflict) as error:
            if succeeded := self._look(wanted, error):
                return succeeded
            raise
        except FastlyError as error:
            if not error.outcome_unknown:
                raise
            found = self._find(wanted, error)
            if found is not None and self._is_the_created(found, wanted):
                return found
            answer = self._calls.post(fields, wanted)
        return self._checked(answer, wanted)

    def read(self, record_id: str, known: Values) -> StoredRecord | None:
        """The record, with the properties that are managed; ``None`` if it was deleted."""
        if self._schema.identity is Identity.SINGLETON and self._schema.presence is Presence.CREATED:
            return next(iter(self._all()), None)
        if self._paths.successor is not None:
            found = self._open(record_id)
            if found is None and self._successor(known, self._paths.successor):
                return StoredRecord(record_id, known)
            return found
        row = self._calls.read(record_id)
        return None if row.get("deleted_at") else self._stored(row, known)

    def update(self, record_id: str, before: Values, wanted: Values) -> None:
        """Writes the properties that changed. Repeating it is harmless, so the client does."""
        left = [name for name, value in before.items() if value is not None and wanted.get(name) is None]
        if left and self._schema.presence is Presence.ADOPTED:
            listed = ", ".join(left)
            info(f"{self._name(wanted)}: no longer in the program, but left as it is at Fastly: {listed}")
        before = self._managed(before, wanted)
        fields = self._schema.sent_on_update(wanted, before, with_secrets=before != wanted)
        if fields:
            answer = self._calls.update(record_id, fields, wanted)
            if answer is not None:
                self._checked(answer, wanted)

    def delete(self, record_id: str) -> None:
        """Deletes the record; one that is gone counts as deleted, and so does one that has a successor."""
        if self._schema.presence is Presence.ADOPTED:
            return
        if self._paths.successor is not None and self._open(record_id) is None:
            return
        try:
            self._calls.delete(record_id)
        except FastlyError as error:
            if not self._calls.is_gone(error):
                raise

    # ---------------------------------------------------------------- what is always there

    def _adopt(self, wanted: Values) -> StoredRecord:
        """Writes what differs to the record that is there."""
        (row,) = self._calls.all()
        found = self._stored(row, wanted)
        self.update(found.id, found.values, wanted)
        return found

    def _managed(self, values: Values, wanted: Values) -> Values:
        """The values without those that the program does not give, where it need not give all."""
        if self._schema.presence is not Presence.ADOPTED:
            return values
        return {name: value if wanted.get(name) is not None else None for name, value in values.items()}

    # ---------------------------------------------------------------- looking

    def _look(self, wanted: Values, error: FastlyError | None = None) -> StoredRecord | None:
        """Refuses a record that is there. Returns its successor if that is as wanted; ``None`` if neither is there."""
        found = self._find(wanted, error)
        if found is not None:
            raise RecordExists(
                f"{self._name(wanted)} exists already (id {found.id}), and this stack did not create it, or was "
                "stopped right after: remove it from the program; or, if it may go, delete it at Fastly and run "
                "`pulumi up`"
            )
        successor = self._paths.successor
        there = self._successor(wanted, successor) if successor else None
        if successor is None or there is None:
            return None
        values = {name: there.values.get(name, value) for name, value in wanted.items()}
        differing = difference(self._schema, wanted, values)
        if differing:
            listed = " and ".join(f"{name}={values[name]!r}" for name in differing)
            raise RecordExists(
                f"{self._name(wanted)}: this person is a user already, with {listed}: set that in the program, "
                f"change the user at Fastly or in its {KINDS[successor.kind].label} resource, or remove the "
                f"{self._schema.label} from the program"
            )
        info(f"{self._name(wanted)}: no invitation is sent, because this person is already a user as invited")
        return StoredRecord(there.id, wanted)

    def _find(self, wanted: Values, error: FastlyError | None) -> StoredRecord | None:
        """The record with this key. If the key of the API may not look, the error that led here is raised."""
        key = self._paths.key
        try:
            return next((each for each in self._all() if not key or each.values[key] == wanted[key]), None)
        except Forbidden as forbidden:
            raise error or forbidden from None

    def _is_the_created(self, found: StoredRecord, wanted: Values) -> bool:
        """Whether a lost create made it: where the create looked first, it was not there before."""
        return not self._paths.refuses_duplicates or not difference(self._schema, wanted, found.values)

    def _all(self) -> list[StoredRecord]:
        rows = self._calls.all()
        if self._paths.successor is not None:
            rows = [row for row in rows if row.get(self._paths.successor.open_field, 1)]
        return [self._stored(row) for row in rows if not row.get("deleted_at")]

    def _open(self, record_id: str) -> StoredRecord | None:
        return next((each for each in self._all() if each.id == record_id), None)

    def _successor(self, values: Values, successor: Successor) -> StoredRecord | None:
        others, key = RecordStore(self._client, KINDS[successor.kind]), str(values[self._paths.key]).casefold()
        there = (each for each in others._all() if str(each.values[others._paths.key]).casefold() == key)
        return next(there, None)

    # ---------------------------------------------------------------- what is answered

    def _checked(self, answer: Row, wanted: Values) -> StoredRecord:
        stored = self._stored(answer, wanted)
        differing = difference(self._schema, wanted, stored.values)
        if differing:
            # It is created or changed by now: the state must have it, and a refresh shows the difference.
            listed = ", ".join(sorted(differing))
            info(f"{self._name(wanted)}: Fastly stores {listed} differently: run `pulumi up --refresh`")
        return stored

    def _name(self, values: Values) -> str:
        return self._schema.describe(str(values.get(self._paths.key, "")))

    def _stored(self, row: Row, wanted: Values | None = None) -> StoredRecord:
        values = self._schema.from_row(row)
        return StoredRecord(str(row["id"]), values if wanted is None else self._managed(values, wanted))
