"""The provider of records: objects of the account."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import RecordStore
from ..schema import Group
from .provider import Properties, Provider, check_result, differs, is_unknown, user_facing_errors


class RecordProvider(Provider, group=Group.RECORD):
    """Create, read, update and delete by the record's id."""

    @property
    def _store(self) -> RecordStore:
        return RecordStore(self.process.client, self.schema)

    @property
    def _key(self) -> str:
        return self.schema.record.key if self.schema.record else ""

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        return check_result(news, *self.schema.check(news, is_unknown))

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        changed = [f for f in self.schema.fields if differs(f, _olds.get(f.name), _news.get(f.name))]
        replaces = [f.name for f in changed if f.immutable]
        # Two records of one key cannot be there at once.
        is_of_same_key = self._key not in replaces
        return DiffResult(
            changes=None if changed else False,
            replaces=replaces,
            delete_before_replace=bool(replaces) and is_of_same_key,
        )

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        record = self._store.create(self.schema.from_inputs(props))
        return CreateResult(record.id, self.non_default(props))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        self._store.update(_id, self.schema.from_inputs(_olds), self.schema.from_inputs(_news))
        return UpdateResult(self.non_default(_news))

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            found = self._store.read(id_, self.schema.from_inputs(props))
        except FastlyError as error:
            if not error.is_gone:
                raise
            return ReadResult(None, {})
        if found is None:
            return ReadResult(None, {})
        # What the API does not give back of a secret is not compared.
        secrets = {f.name: props.get(f.name) for f in self.schema.fields if f.secret}
        inputs = self.schema.to_inputs({**found.values, **secrets})
        return ReadResult(found.id, self.non_default(inputs), inputs)

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        self._store.delete(_id)
