"""Records: objects of the account, in no version and no container. Each call takes effect at once.

A record travels as a form, as JSON or as JSON:API; its kind says which. A lost answer to a create is settled by a look
at the list: a record with the same key that is just as asked is the one that was created.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api import BadRequest, Conflict, FastlyError, Forbidden, JsonBody, path
from ..schema import Body, Field, Form, KindSchema, RecordPaths, Row, Values, form_of, json_of
from ..terminal import info
from .release_errors import RecordExists
from .snapshot import difference

if TYPE_CHECKING:
    from ..api.client import Client

JSON_API = "application/vnd.api+json"
ACCOUNT = "{customer}"
"""In a path: the id of the account that the key belongs to."""


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
        self._paths: RecordPaths = schema.record

    def create(self, wanted: Values) -> StoredRecord:
        """Creates a record. One that is there already is not taken over: a destroy would delete it."""
        try:
            answer = self._post(wanted)
        except (BadRequest, Conflict) as error:
            self._refuse_if_there(wanted, error)
            raise
        except FastlyError as error:
            if not error.outcome_unknown:
                raise
            found = self._find(wanted, error)
            if found is not None and not difference(self._schema, wanted, found.values):
                return found
            answer = self._post(wanted)
        return self._checked(answer, wanted)

    def read(self, record_id: str) -> StoredRecord | None:
        """The record; ``None`` if it was deleted."""
        found = self._row(self._client.get_object(self._url(record_id), keys=self._keys))
        return None if found.get("deleted_at") else self._stored(found)

    def update(self, record_id: str, before: Values, wanted: Values) -> None:
        """Writes the properties that changed. Repeating it is harmless, so the client does."""
        fields = self._schema.sent_on_update(wanted, before, with_secrets=before != wanted)
        if fields:
            body = self._body(fields, wanted, record_id)
            answer = self._write_again(self._url(record_id), body, self._schema.secrets_of(wanted))
            self._checked(answer, wanted)

    def delete(self, record_id: str) -> None:
        """Deletes the record; one that is gone counts as deleted."""
        try:
            self._client.delete(self._url(record_id))
        except FastlyError as error:
            if not error.is_gone:
                raise

    # ---------------------------------------------------------------- looking

    def _refuse_if_there(self, wanted: Values, error: FastlyError) -> None:
        found = self._find(wanted, error)
        if found is not None:
            name = self._schema.describe(str(wanted[self._paths.key]))
            raise RecordExists(
                f"{name} exists already (id {found.id}), and this stack did not create it, or was stopped right after: "
                "delete it at Fastly and run `pulumi up`, or remove it from the program"
            )

    def _find(self, wanted: Values, error: FastlyError) -> StoredRecord | None:
        """The record with this key. If the key of the API may not look, the error that led here is raised."""
        key = self._paths.key
        try:
            return next((each for each in self._list() if each.values[key] == wanted[key]), None)
        except Forbidden:
            raise error from None

    def _list(self) -> list[StoredRecord]:
        segments = self._paths.list_path.split("/")
        if ACCOUNT in segments:
            customer = self._client.get_object(path("current_user"), keys=("customer_id",))["customer_id"]
            segments = [str(customer) if each == ACCOUNT else each for each in segments]
        if self._paths.body is Body.JSON_API:
            rows = self._client.documents(path(*segments))
        else:
            rows = self._client.pages(path(*segments), keys=self._keys)
        return [self._stored(row) for row in map(self._flat, rows) if not row.get("deleted_at")]

    # ---------------------------------------------------------------- how it travels

    @property
    def _keys(self) -> tuple[str, ...]:
        """What an answer must hold to be a record."""
        return ("data",) if self._paths.body is Body.JSON_API else ("id",)

    def _url(self, record_id: str) -> str:
        return path(*self._schema.segments, record_id)

    def _post(self, wanted: Values) -> Row:
        body = self._body(self._schema.sent_on_create(wanted), wanted, None)
        secrets = self._schema.secrets_of(wanted)
        return self._client.post(path(*self._schema.segments), body, secrets=secrets, keys=self._keys)

    def _write_again(self, url: str, body: Form | JsonBody, secrets: list[str]) -> Row:
        if isinstance(body, JsonBody) and self._paths.body is Body.JSON_API:
            # Fastly updates its resources of JSON:API by PATCH.
            return self._client.patch(url, body, repeatable=True, secrets=secrets, keys=self._keys)
        return self._client.put(url, body, repeatable=True, secrets=secrets, keys=self._keys)

    def _body(self, fields: list[Field], wanted: Values, record_id: str | None) -> Form | JsonBody:
        if self._paths.body is Body.FORM:
            return form_of(fields, wanted)
        attributes = json_of(fields, wanted)
        if self._paths.body is Body.JSON:
            return JsonBody(attributes)
        data: dict[str, Any] = {"type": self._paths.resource_type, "attributes": attributes}
        return JsonBody({"data": data | ({"id": record_id} if record_id else {})}, JSON_API)

    def _checked(self, answer: Row, wanted: Values) -> StoredRecord:
        stored = self._stored(self._row(answer))
        differing = difference(self._schema, wanted, stored.values)
        if differing:
            # It is created or changed by now: the state must have it, and a refresh shows the difference.
            name = self._schema.describe(str(wanted[self._paths.key]))
            info(f"{name}: Fastly stores {', '.join(sorted(differing))} differently: run `pulumi up --refresh`")
        return stored

    def _row(self, answer: Row) -> Row:
        return self._flat(answer["data"]) if self._paths.body is Body.JSON_API else answer

    def _flat(self, row: Row) -> Row:
        if self._paths.body is not Body.JSON_API:
            return row
        return {**row.get("attributes", {}), "id": row["id"]}

    def _stored(self, row: Row) -> StoredRecord:
        return StoredRecord(str(row["id"]), self._schema.from_row(row))
