"""The provider of purges: a create purges, and so does each update. There is nothing to read or to delete."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult
from typing_extensions import override

from ..orchestration import Content, purge
from ..schema import Group, Problem
from .provider import (
    MARKED_KEY,
    Properties,
    Provider,
    check_result,
    differs,
    marked_secret,
    pick,
    user_facing_errors,
)

INTERNAL = ("service_id", MARKED_KEY)


class PurgeProvider(Provider, group=Group.PURGE):
    """Purges when anything changes: a trigger, or what is purged."""

    @override
    def hidden_inputs(self, news: Properties) -> Collection[str] | None:
        return marked_secret(news)

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        result = self.checked(news, INTERNAL)
        inputs, failures = result.inputs, result.failures or []
        if "service_id" not in inputs and (inputs.get("keys") is not None or inputs.get("all") is True):
            name = "all" if inputs.get("keys") is None else "keys"
            missing = Problem("service", f"service is missing: {name} needs it, write service=...")
            failures += check_result(news, {}, [missing]).failures or []
        if not inputs.get("triggers"):
            inputs.pop("triggers", None)  # an empty list is as good as none
        return CheckResult(inputs, failures)

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        changed = any(differs(f, _olds.get(f.name), _news.get(f.name)) for f in self.schema.fields)
        changed = changed or _olds.get("service_id") != _news.get("service_id")
        return DiffResult(changes=None if changed else False)

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        return CreateResult(f"purge-{secrets.token_hex(6)}", self._purged(props))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        return UpdateResult(self._purged(_news))

    def _purged(self, props: Properties) -> Properties:
        """Purges, and returns the outputs."""
        values = self.schema.from_inputs(props)
        keys, url = tuple(_texts(values["keys"])), str(values["url"] or "")
        hidden = props.get(MARKED_KEY) or ()
        content = Content(str(props.get("service_id") or ""), keys, url, soft=bool(values["soft"]))
        purge(self.process.client, content, [*(keys if "keys" in hidden else ()), *([url] if "url" in hidden else ())])
        return self._outputs(props)

    def _outputs(self, inputs: Mapping[str, Any]) -> Properties:
        return {**self.non_default(inputs), **pick(inputs, *INTERNAL)}

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        """Reads nothing: what was purged once stays purged."""
        inputs = {**self.schema.to_inputs(self.schema.from_inputs(props)), **pick(props, *INTERNAL)}
        return ReadResult(id_, self._outputs(props), inputs)

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        """Sends nothing."""


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value or ()]
