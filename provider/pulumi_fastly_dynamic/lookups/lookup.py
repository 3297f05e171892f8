"""What makes a function of the user's program out of a read of the API."""

import asyncio
import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

import pulumi

from ..api.time_limit import within
from ..failure import Failure
from ..resource.program_error import users_line
from .arguments import checked
from .connection import ClientName, connection

if TYPE_CHECKING:
    from ..api.client import Client

P = ParamSpec("P")
R = TypeVar("R")

TIME_LIMIT = 60.0
"""Seconds that a call may take, with its retries: a program that waits shows nothing."""


class LookupFailed(pulumi.RunError):
    """A read that failed. Pulumi shows it as one line; ``failure`` is what the API answered, as a ``FastlyError``."""

    def __init__(self, name: str, failure: Failure, place: str = "") -> None:
        self.failure = failure
        text = f"{name}: {type(failure).__name__}: {failure}"
        super().__init__(f"{text} ({place})" if place else text)


class Lookup(Generic[P, R]):
    """A function that reads Fastly's API when it is called, with the key of the stack's configuration."""

    def __init__(self, read: "Callable[Concatenate[Client, P], R]", client: ClientName = "client") -> None:
        functools.update_wrapper(self, read)
        self._client = client
        self.read = read
        """The same with a client, for programs that are not Pulumi's."""
        self.name = read.__name__
        _client, *others = inspect.signature(read).parameters.values()
        self.__signature__ = inspect.signature(read).replace(parameters=others)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Reads now."""
        checked(self.name, self.__signature__, args, kwargs)
        place = users_line()
        return self._run(self._start(place), place, *args, **kwargs)

    def _start(self, place: str) -> "Client":
        """The client; called in the program's thread, which alone may write to Pulumi's log."""
        connection.tell(self.name)
        try:
            client: Client = getattr(connection, self._client)
        except Failure as failure:
            raise LookupFailed(self.name, failure, place) from None
        return client

    def _run(self, client: "Client", place: str, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return within(TIME_LIMIT, lambda: self.read(client, *args, **kwargs))
        except Failure as failure:
            raise LookupFailed(self.name, failure, place) from None

    async def run_in_thread(self, place: str, *args: P.args, **kwargs: P.kwargs) -> R:
        """Reads while the program goes on. The place is that of the user's call."""
        return await asyncio.to_thread(self._run, self._start(place), place, *args, **kwargs)


def lookup(read: "Callable[Concatenate[Client, P], R]") -> Lookup[P, R]:
    """Makes a function of a program out of a read of the API: its first argument is the client."""
    return Lookup(read)


def lookup_with(client: ClientName) -> "Callable[[Callable[Concatenate[Client, P], R]], Lookup[P, R]]":
    """The same for what is read with another client than the usual one."""
    return lambda read: Lookup(read, client)


def with_outputs(function: Lookup[P, R]) -> Callable[..., pulumi.Output[R]]:
    """The same function, which takes and gives Outputs: it reads once its arguments are known."""
    name = f"{function.name}_output"
    signature = function.__signature__
    untyped: Any = function  # whose arguments are those that were checked

    def read_later(*args: Any, **kwargs: Any) -> pulumi.Output[R]:
        checked(name, signature, args, kwargs)  # a wrong argument is an error here, not in the background
        place = users_line()

        async def read(known: dict[str, Any]) -> R:
            checked(name, signature, tuple(known["args"]), known["kwargs"], place)
            found: R = await untyped.run_in_thread(place, *known["args"], **known["kwargs"])
            return found

        given: pulumi.Output[Any] = pulumi.Output.from_input({"args": list(args), "kwargs": kwargs})
        return given.apply(read)

    read_later.__name__ = read_later.__qualname__ = name
    read_later.__doc__ = f"``{function.name}`` that takes and gives Outputs: it reads once its arguments are known."
    read_later.__signature__ = signature  # type: ignore[attr-defined]
    return read_later
