"""The emulator behind a socket of this machine."""

import contextlib
import errno
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .api_error import ConnectionDropped
from .app import CLOSE, create_app
from .emulator import Emulator
from .lock import locked

HOST = "127.0.0.1"
_KEEP_ALIVE_S = 75
_BACKLOG = 512


class Protocol(H11Protocol):
    """Lets the application close the connection of a request, which ASGI has no word for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        app = self.app

        async def closable(scope: Scope, receive: Receive, send: Send) -> None:
            scope[CLOSE] = self.transport.close
            # The connection is closed already, and nobody is left to tell.
            with contextlib.suppress(ConnectionDropped):
                await app(scope, receive, send)

        self.app = closable


def run(state: Path | None, token: str | None, port: int) -> None:
    """Serves until SIGTERM or SIGINT; alone on its state file."""
    with locked(state) if state is not None else contextlib.nullcontext():
        _serve(Emulator(state, token), port)


def _serve(emulator: Emulator, port: int) -> None:
    listener = _listen(port)
    print(f"fastly-emulator listening on {_url(listener)}", flush=True)  # noqa: T201
    _server(emulator).run(sockets=[listener])


@contextlib.contextmanager
def serving(emulator: Emulator) -> Iterator[str]:
    """Serves in a thread, on a free port; gives the URL. What was loaded before is served as it is."""
    listener = _listen(0)
    server = _server(emulator)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield _url(listener)
    finally:
        server.should_exit = True
        thread.join()


def _url(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


def _server(emulator: Emulator) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(emulator),
        http=Protocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _listen(port: int) -> socket.socket:
    # With the protocol named, asyncio sets TCP_NODELAY; without, each answer waits for a delayed ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        why = "it is in use" if error.errno == errno.EADDRINUSE else error.strerror
        raise ValueError(f"cannot listen on port {port}: {why}; choose another with --port (0: a free one)") from None
    return listener
