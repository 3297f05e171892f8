"""The calls of one kind of record: as a form, as JSON or as JSON:API; its kind says which."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..api import FastlyError, JsonBody, NotFound, path
from ..schema import ACCOUNT, Body, Field, Form, Identity, KindSchema, RecordPaths, Row, Values, form_of, json_of

if TYPE_CHECKING:
    from ..api.client import Client

JSON_API = "application/vnd.api+json"


class RecordCalls:
    """Sends records, and answers them as flat rows with an ``id``."""

    def __init__(self, client: "Client", schema: KindSchema, paths: RecordPaths) -> None:
        self._client = client
        self._schema = schema
        self._paths = paths
        self._is_json_api = paths.body is Body.JSON_API

    def all(self) -> list[Row]:
        """All records; of a kind that an account has once, that one or none."""
        url = self._resolved(self._paths.list_path.split("/"))
        if self._schema.identity is Identity.SINGLETON:
            try:
                return [self._row(self._client.get_object(url, keys=self._keys))]
            except NotFound as error:
                if not self.is_gone(error):
                    raise
                return []
        if self._is_json_api:
            return [_flat(row) for row in self._client.documents(url)]
        return self._client.get_list(url, keys=self._keys)  # the list of users has no pages

    def read(self, record_id: str) -> Row:
        """One record."""
        return self._row(self._client.get_object(self._url(record_id), keys=self._keys))

    def post(self, fields: list[Field], wanted: Values) -> Row:
        """Creates a record."""
        url, body = self._resolved(self._schema.segments), self._body(fields, wanted, None)
        return self._row(self._client.post(url, body, secrets=self._schema.secrets_of(wanted), keys=self._keys))

    def update(self, record_id: str, fields: list[Field], wanted: Values) -> Row | None:
        """Writes fields of a record. Repeating it is harmless, so the client does. ``None`` if nothing is answered."""
        url, body = self._url(record_id), self._body(fields, wanted, record_id)
        secrets = self._schema.secrets_of(wanted)
        if isinstance(body, JsonBody) and self._is_json_api:
            # Fastly updates its resources of JSON:API by PATCH, and answers some with 204.
            answer = self._client.patch(url, body, repeatable=True, secrets=secrets, keys=self._keys, may_be_empty=True)
            return self._row(answer) if answer else None
        return self._row(self._client.put(url, body, repeatable=True, secrets=secrets, keys=self._keys))

    def delete(self, record_id: str) -> None:
        """Deletes a record."""
        self._client.delete(self._url(record_id))

    def is_gone(self, error: FastlyError) -> bool:
        """Whether the error says that the record does not exist (any more)."""
        # The account is there, so any 404 of Fastly's own says so of what is below it.
        return error.is_gone or (self._is_below_account and isinstance(error, NotFound) and error.is_missing)

    @property
    def _keys(self) -> tuple[str, ...]:
        """What an answer must hold to be a record."""
        return ("data",) if self._is_json_api else ("id",)

    def _url(self, record_id: str) -> str:
        """The one record below an account has no id in its path."""
        segments = self._schema.segments
        return self._resolved(segments if self._is_below_account else (*segments, record_id))

    @property
    def _is_below_account(self) -> bool:
        return ACCOUNT in self._schema.segments

    def _resolved(self, segments: Iterable[str]) -> str:
        return path(*(self._client.customer_id if each == ACCOUNT else each for each in segments))

    def _body(self, fields: list[Field], wanted: Values, record_id: str | None) -> Form | JsonBody:
        if self._paths.body is Body.FORM:
            return form_of(fields, wanted)
        attributes = json_of(fields, wanted)
        if self._paths.body is Body.JSON:
            return JsonBody(attributes)
        data: dict[str, Any] = {"type": self._paths.resource_type, "attributes": attributes}
        return JsonBody({"data": data | ({"id": record_id} if record_id else {})}, JSON_API)

    def _row(self, answer: Row) -> Row:
        return _flat(answer["data"]) if self._is_json_api else answer


def _flat(resource: Row) -> Row:
    return {**resource.get("attributes", {}), "id": resource["id"]}
