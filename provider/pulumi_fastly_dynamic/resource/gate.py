"""What must hold before the engine is asked to register a resource of a release."""

import weakref
from collections.abc import Awaitable, Generator
from typing import Any, Protocol, runtime_checkable

import pulumi
import pulumi.dynamic
from typing_extensions import override

from .flags import FlagWriter
from .monitor import Monitor, monitor
from .program_error import ProgramError, users_line

_namesakes: "weakref.WeakKeyDictionary[Monitor, dict[str, list[pulumi.Resource]]]" = weakref.WeakKeyDictionary()
"""By type and name, the parents of the resources that have these, in the order in which they are declared."""


def gated(
    resource: pulumi.dynamic.Resource, value: Any, resource_name: str, opts: pulumi.ResourceOptions, if_taken: str
) -> Any:
    """An input that is there once the transform that writes flags is registered and the URN is known to be free.

    ``if_taken`` is the error if an earlier resource of this package has the URN. Under mocks it is the plain value.
    """
    engine = monitor()
    if engine is None or opts.parent is None:
        return value
    engine.begin(FlagWriter(engine))
    parents = _namesakes.setdefault(engine, {}).setdefault(f"{type(resource).__name__}::{resource_name}", [])
    if any(_ancestors(other) == _ancestors(opts.parent) for other in parents):
        raise ProgramError(if_taken)
    parents.append(opts.parent)
    return _Gated(value, engine, tuple(parents), if_taken)


class _Gated(Awaitable[Any]):
    """A class, because a coroutine that nobody awaits warns."""

    def __init__(self, value: Any, engine: Monitor, parents: tuple[pulumi.Resource, ...], if_taken: str) -> None:
        self._value = value
        self._engine = engine
        self._parents = parents
        self._if_taken = if_taken
        self._place = users_line()  # the check runs when the program has ended

    @override
    def __await__(self) -> Generator[Any, Any, Any]:
        return self._pass().__await__()

    async def _pass(self) -> Any:
        *others, own = self._parents
        for other in others:
            if await _types(other) == await _types(own):
                raise ProgramError(self._if_taken, self._place)
        await self._engine.put_last(FlagWriter(self._engine))
        return self._value


@runtime_checkable
class KnowsItsParent(Protocol):
    """A release. Pulumi's SDK does not keep the parent of a resource."""

    declared_parent: pulumi.Resource | None


def _ancestors(parent: pulumi.Resource | None) -> tuple[object, ...]:
    """What is known of a child's URN while the program runs: equal for URNs that are equal for certain.

    A release knows its parent. Any other resource is only known to be itself.
    """
    if parent is None:
        return ()
    if not isinstance(parent, KnowsItsParent):
        return (parent,)
    return (*_ancestors(parent.declared_parent), parent.pulumi_resource_type)


async def _types(parent: pulumi.Resource) -> str:
    """The part of a child's URN that its parents decide: their types, and no names. Only the engine knows it."""
    return str(await parent.urn.future()).split("::")[2]
