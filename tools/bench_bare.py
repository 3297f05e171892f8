"""Dynamic resources that do nothing: what a stack costs before any provider does any work. For tools/bench.py."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult


class BareProvider(ResourceProvider):
    """Takes what it is given, and answers at once."""

    serialize_as_secret_always = False

    def __reduce__(self) -> tuple[Any, ...]:  # as this package's providers do: a few characters in the state
        return BareProvider, ()

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        return CheckResult(news, [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        return DiffResult(changes=any(_olds.get(name) != value for name, value in _news.items()))

    def create(self, props: dict[str, Any]) -> CreateResult:
        return CreateResult(props["name"], props)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        return UpdateResult(_news)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        return ReadResult(id_, props, props)


class Bare(Resource, module="bench", name="Bare"):
    """One of many."""

    def __init__(self, resource_name: str, props: dict[str, Any], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(BareProvider(), resource_name, {"name": resource_name, **props}, opts)
