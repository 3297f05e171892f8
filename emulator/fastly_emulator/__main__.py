"""``fastly-emulator [--port 7070] [--state FILE] [--token T]``: the emulator as a server on this machine only."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

_MOST_PORTS = 65_535


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
    parser.add_argument("--token", help="the only Fastly-Key to accept, besides created tokens; without it, any")
    given = parser.parse_args(arguments)
    try:
        from .server import run  # noqa: PLC0415 - without the extra, it says what to install

        run(given.state, given.token, given.port)
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        print(f"fastly-emulator needs {library}: pip install 'pulumi-fastly-dynamic[emulator]'", file=sys.stderr)  # noqa: T201
        return 1
    except (OSError, ValueError) as error:
        print(f"fastly-emulator: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
