"""`fastly-emulator [--port 7070] [--state FILE] [--token T]`: the emulator as a server on this machine only."""

import argparse
import contextlib
import errno
import socket
import sys
from collections.abc import Sequence
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
_MOST_PORTS = 65_535


class _Protocol(H11Protocol):
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


def serve(emulator: Emulator, port: int) -> None:
    """Serves until SIGTERM or SIGINT."""
    listener = _listen(port)
    config = uvicorn.Config(
        create_app(emulator),
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=1,
    )
    print(f"fastly-emulator listening on http://{HOST}:{listener.getsockname()[1]}", flush=True)  # noqa: T201
    uvicorn.Server(config).run(sockets=[listener])


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


def _port(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(_MOST_PORTS)) or int(text) > _MOST_PORTS:
        raise argparse.ArgumentTypeError(f"a number from 0 to {_MOST_PORTS}, not '{text[:20]}'")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(prog="fastly-emulator", description="An emulator of Fastly's configuration API.")
    parser.add_argument(
        "--port", type=_port, default=7070, help="port on 127.0.0.1; 0 picks a free one (default: 7070)"
    )
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep everything in this file, over restarts")
    parser.add_argument("--token", help="the only Fastly-Key to accept; any without it")
    given = parser.parse_args(arguments)
    try:
        with locked(given.state) if given.state is not None else contextlib.nullcontext():
            serve(Emulator(given.state, given.token), given.port)
    except (OSError, ValueError) as error:
        print(f"fastly-emulator: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
