"""Reads that must not take long."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from ..failure import Failure

R = TypeVar("R")


class TookTooLong(Failure):
    """A read that has no answer within the time that it may take."""


def within(seconds: float, read: Callable[[], R]) -> R:
    """What ``read`` returns. Raises ``TookTooLong`` after that many seconds, and leaves the read to itself.

    A thread, since no timeout of an HTTP library covers the resolution of a name, retries and slow answers together.
    It is a daemon: a read that was left does not keep the process from ending.
    """
    outcome: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put((read(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised in the other thread
            outcome.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        found, error = outcome.get(timeout=seconds)
    except Empty:
        raise TookTooLong(f"no answer within {seconds:g} s: try again, or check the network") from None
    if error is not None:
        raise error
    result: R = found
    return result
