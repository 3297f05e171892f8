"""The provider of live items: dictionary items and ACL entries."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import CONTAINERS, Container
from ..schema import Entries, KindSchema, LiveItems
from .base import Properties, Provider, check_result, given, is_unknown, reported

STEERING = ("service_id", "write_only")


class ItemsProvider(Provider):
    """Items that one resource declares; it owns their keys and no others."""

    def __init__(self, schema: KindSchema, owner: str) -> None:
        super().__init__(schema, owner)
        if schema.live_items is None:
            raise ValueError(f"{schema.kind} has no live items")
        self.live: LiveItems = schema.live_items

    @property
    def _names(self) -> tuple[str, ...]:
        return (*(f.name for f in self.schema.fields), self.live.container_property, *STEERING)

    def _container(self, props: Properties) -> Container:
        work = self.work(props["service_id"])
        return CONTAINERS[self.live.container](work, props[self.live.container_property])

    def _entries(self, props: Properties) -> Entries:
        return self.live.to_entries(props)

    @reported
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        inputs, problems = self.schema.check(news, is_unknown)
        inputs |= given(news, self.live.container_property, *STEERING)
        container = inputs.get(self.live.container_property)
        known = not any(is_unknown(value) for value in inputs.values())
        if known and not problems:
            self.process.used.add(str(inputs["service_id"]))
            self.process.declared.setdefault(str(container), set()).update(self._entries(inputs))
        return check_result(self.schema, inputs, problems, secret=bool(inputs.get("write_only")))

    @reported
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        # A dictionary that is changed in any way has an unknown id in a preview, and most often keeps it.
        replacing = ("service_id", "write_only", self.live.container_property, *self.live.replacing)
        differing = [name for name in replacing if (_olds.get(name) or None) != (_news.get(name) or None)]
        if not differing and all(_olds.get(f.name) == _news.get(f.name) for f in self.schema.fields):
            return DiffResult(changes=False)
        return DiffResult(changes=None, replaces=[name for name in differing if not is_unknown(_news.get(name))])

    @reported
    def create(self, props: Properties) -> CreateResult:
        entries = self._entries(props)
        self._container(props).apply({}, entries, secret=bool(props.get("write_only")))
        own = f"/{props[self.live.replacing[0]]}" if self.live.replacing else ""
        id_ = f"{props['service_id']}/{props[self.live.container_property]}/{self.schema.kind}{own}"
        return CreateResult(id_, given(props, *self._names))

    @reported
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        secret = bool(_news.get("write_only"))
        self._container(_news).apply(self._entries(_olds), self._entries(_news), secret=secret)
        return UpdateResult(given(_news, *self._names))

    @reported
    def read(self, id_: str, props: Properties) -> ReadResult:
        if props.get("write_only"):  # its items cannot be read back
            inputs = given(props, *self._names)
            return ReadResult(id_, dict(inputs), inputs)
        container = self._container(props)
        try:
            rows = container.known()
        except FastlyError as error:
            if error.is_gone:
                return ReadResult(None, {})
            raise
        there = {key: container.entry(rows[key]) for key in self._entries(props) if key in rows}
        values = self.live.from_entries(props, there)
        if values is None:
            return ReadResult(None, {})
        inputs = {**given(props, *self._names), **values}
        return ReadResult(id_, dict(inputs), inputs)

    @reported
    def delete(self, _id: str, _props: Properties) -> None:
        if not self._is_served(_props):
            return
        try:
            self._container(_props).apply(self._entries(_props), {}, secret=bool(_props.get("write_only")))
        except FastlyError as error:
            if not error.is_gone:
                raise

    def _is_served(self, props: Properties) -> bool:
        """Whether the container is still there, as far as this process knows.

        One that was removed or made anew keeps its items: a rollback to an older version needs them.
        """
        work = self.work(props["service_id"])
        head = work.peek()
        rows = work.known_rows(head.number, self.live.container) if head else None
        return rows is None or any(row["id"] == props[self.live.container_property] for row in rows)
