"""The provider of live items: dictionary items and ACL entries."""

import hashlib
import hmac
from collections.abc import Collection

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult
from typing_extensions import override

from ..api import FastlyError
from ..orchestration import CONTAINERS, Container
from ..schema import Entries, Group, KindSchema, LiveItems
from .provider import (
    ADOPTED_KEY,
    STACK_KEY,
    Properties,
    Provider,
    check_result,
    is_unknown,
    pick,
    service_is_adopted,
    user_facing_errors,
)

INTERNAL = ("service_id", "write_only", "protect", ADOPTED_KEY, "adopt", "owned", STACK_KEY)
"""Inputs that the container and the stack's transform hand over."""


class ItemsProvider(Provider, group=Group.ITEMS):
    """Items that one resource declares; it owns their keys and no others."""

    def __init__(self, schema: KindSchema, owner: str) -> None:
        super().__init__(schema, owner)
        if schema.live_items is None:
            raise ValueError(f"{schema.kind} has no live items")
        self.live: LiveItems = schema.live_items

    @property
    def _names(self) -> tuple[str, ...]:
        return (*(f.name for f in self.schema.fields), self.live.container_property, *INTERNAL)

    def _container(self, props: Properties) -> Container:
        return CONTAINERS[self.live.container](self.session(props), props[self.live.container_property])

    def _entries(self, props: Properties) -> Entries:
        return self.live.to_entries(props)

    @override
    def hidden_inputs(self, news: Properties) -> Collection[str] | None:
        # The program refuses secrets in a dictionary that is not write-only, unless `write_only` is an output.
        return () if news.get("write_only") is None else None

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        inputs, problems = self.schema.check(news, is_unknown, self.hidden_inputs(news))
        inputs |= pick(news, self.live.container_property, *INTERNAL)
        container = inputs.get(self.live.container_property)
        known = not any(is_unknown(value) for value in inputs.values())
        if known and not problems:
            self.process.used.add(str(inputs["service_id"]))
            self.process.declared_keys.setdefault(str(container), set()).update(self._entries(inputs))
        return check_result(news, inputs, problems)

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        # A dictionary that is changed in any way has an unknown id in a preview, and most often keeps it.
        replacing = ("service_id", "write_only", self.live.container_property, *self.live.replacing)
        differing = [name for name in replacing if (_olds.get(name) or None) != (_news.get(name) or None)]
        same_flags = bool(_olds.get("protect")) == bool(_news.get("protect"))
        if not differing and same_flags and all(_olds.get(f.name) == _news.get(f.name) for f in self.schema.fields):
            return DiffResult(changes=False)
        return DiffResult(changes=None, replaces=[name for name in differing if not is_unknown(_news.get(name))])

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        entries = self._entries(props)
        self._write({}, entries, props)
        id_ = f"{props['service_id']}/{props[self.live.container_property]}/{self.schema.kind}{self._own_part(props)}"
        return CreateResult(id_, self._outputs(props))

    def _write(self, before: Entries, after: Entries, props: Properties) -> None:
        is_ours = bool(not service_is_adopted(props) or props.get("owned"))
        self._container(props).write(
            before, after, is_ours=is_ours, may_overwrite=bool(props.get("adopt")), secret=bool(props.get("write_only"))
        )

    def _own_part(self, props: Properties) -> str:
        """Tells one item from others of its container, without its key: ids are in plain in the state."""
        if not self.live.replacing:
            return ""
        text = f"{self.schema.kind} {props[self.live.replacing[0]]}"
        return "/" + hmac.new(self.stack_owner(props).key.encode(), text.encode(), hashlib.sha256).hexdigest()[:12]

    def _outputs(self, inputs: Properties) -> Properties:
        return {**pick(inputs, *self._names), "__flags": {"protect": True} if inputs.get("protect") else {}}

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        before, after = self._entries(_olds), self._entries(_news)
        if before != after:
            # Read, so that nothing live is changed under a version that someone activated or rolled back to. Items
            # that are new to a container change nothing, and are written without a look.
            self.session(_news).head(service_is_adopted=service_is_adopted(_news))
        self._write(before, after, _news)
        return UpdateResult(self._outputs(_news))

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        if props.get("write_only"):  # its items cannot be read back
            inputs = pick(props, *self._names)
            return ReadResult(id_, self._outputs(inputs), inputs)
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
        inputs = {**pick(props, *self._names), **values}
        return ReadResult(id_, self._outputs(inputs), inputs)

    @user_facing_errors
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

        One that was removed or recreated keeps its items: a rollback to an older version needs them.
        """
        session = self.session(props)
        head = session.known_head()
        rows = session.known_list(head.number, self.live.container) if head else None
        return rows is None or any(ref.key == props[self.live.container_property] for ref in rows)
