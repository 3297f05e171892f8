"""The provider of the Takeover that a Release registers before its objects, for a service that is taken over."""

from collections.abc import Mapping
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..orchestration import Declared, check_takeover
from ..schema import KINDS, Entries, Group
from .provider import STACK_KEY, Properties, Provider, is_unknown, pick, user_facing_errors

INTERNAL = ("service_id", STACK_KEY, "adopt")


class TakeoverProvider(Provider, group=Group.TAKEOVER):
    """Compares the service with the program once, before the first write; keeps nothing of it in the state."""

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        result = self.checked(news, INTERNAL)
        declared = news.get("declared")
        if isinstance(declared, list) and not is_unknown(news.get("service_id")):
            self.process.declared_objects[news["service_id"]] = tuple(_declared(row) for row in declared)
        return result

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        differs = _olds["service_id"] != _news["service_id"]
        return DiffResult(changes=differs, replaces=["service_id"] if differs else [])

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        if not props.get("adopt"):
            check_takeover(self.session(props), self.process.declared_objects.get(props["service_id"], ()))
        return CreateResult(f"{props['service_id']}/takeover", pick(props, *INTERNAL))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        return UpdateResult(pick(_news, *INTERNAL))

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        return ReadResult(id_, pick(props, *INTERNAL), pick(props, *INTERNAL))

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        """Writes nothing: it stands for a comparison."""


def _declared(row: Mapping[str, Any]) -> Declared:
    schema = KINDS[row["kind"]]
    live = {name: value for name, value in (row.get("live") or {}).items() if not is_unknown(value)}
    entries: dict[str, dict[str, Any]] = {}
    for items in row.get("items") or ():
        if not any(is_unknown(value) for value in items.values()):
            entries |= _entries(items)
    return Declared(schema.kind, row.get("name"), live, entries)


def _entries(items: Mapping[str, Any]) -> Entries:
    live_items = KINDS[items["kind"]].live_items
    if live_items is None:
        raise ValueError(f"{items['kind']} has no live items")
    try:
        return live_items.to_entries(items["inputs"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}  # the resource's own check says what is wrong with it
