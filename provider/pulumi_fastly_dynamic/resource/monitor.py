"""The stack transforms of the engine that runs a program."""

import asyncio
import weakref
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import pulumi
from pulumi.runtime.proto import callback_pb2, resource_pb2_grpc
from pulumi.runtime.settings import _get_callbacks, _get_rpc_manager, get_monitor
from typing_extensions import override

Transform = Callable[[pulumi.ResourceTransformArgs], pulumi.ResourceTransformResult | None]


class Monitor:
    """Keeps a stack transform of this package the last one.

    The engine runs stack transforms in the order of their registration, so only the last one sees the outcome.
    ``pulumi.runtime.register_resource_transform`` blocks until all pending registrations are done. Called in a
    coroutine or in ``apply`` it waits for its own caller, so it is not used here.
    """

    def __init__(self, stub: resource_pb2_grpc.ResourceMonitorStub) -> None:
        self._lock = asyncio.Lock()
        self._has_begun = False
        self._last = ""
        self._own: str | None = None
        self.refusal: Exception | None = None
        """The first mistake that this package found in the program."""
        send = stub.RegisterStackTransform

        def register(callback: callback_pb2.Callback) -> Any:
            answer = send(callback)
            self._last = callback.token
            return answer

        # Nothing in the SDK tells which transforms a program registers; each of them is sent through here.
        vars(stub)["RegisterStackTransform"] = register

    @property
    def is_last(self) -> bool:
        """Whether nobody registered a transform after ``put_last``."""
        return self._own == self._last

    def begin(self, transform: Transform) -> None:
        """Starts the first registration.

        It is among the RPCs that the SDK waits for before anything else. Without one at the end of the program the SDK
        waits for all outputs at once, anew for each that comes, which took 20 % longer with 400 resources.
        """
        if not self._has_begun:
            self._has_begun = True
            _get_rpc_manager().rpcs.append(asyncio.ensure_future(self.put_last(transform)))

    async def put_last(self, transform: Transform) -> None:
        """Registers the transform unless one of this package is the last. The SDK takes each object only once."""
        async with self._lock:
            if self.is_last:
                return
            callbacks = await _get_callbacks()
            if callbacks is None:
                raise RuntimeError("the engine takes no transforms")
            callbacks.register_stack_transform(transform)
            self._own = self._last


class UnlessRefused(Awaitable[Any]):
    """An input that is there unless the program has a mistake. A class, because a coroutine not awaited warns."""

    def __init__(self, value: Any, engine: Monitor) -> None:
        self._value = value
        self._engine = engine

    @override
    def __await__(self) -> Generator[Any, Any, Any]:
        if self._engine.refusal is not None:
            raise self._engine.refusal
        return self._value
        yield  # makes it a generator


def monitor() -> Monitor | None:
    """The monitor of the engine that runs this program. Mocks have none: they run no transforms."""
    stub = get_monitor()
    if not isinstance(stub, resource_pb2_grpc.ResourceMonitorStub):
        return None
    found = _monitors.get(stub)
    if found is None:
        found = _monitors[stub] = Monitor(stub)
    return found


_monitors: "weakref.WeakKeyDictionary[resource_pb2_grpc.ResourceMonitorStub, Monitor]" = weakref.WeakKeyDictionary()
