"""What the commands share: arguments, the client, the service that is meant, JSON, and one line for each failure."""

import argparse
import contextlib
import io
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from pulumi_fastly_dynamic.api import FastlyError, NotFound, Settings
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups import GetServiceResult, get_service
from pulumi_fastly_dynamic.plain_text import plain

OK, FAILED = 0, 2
LONGEST_WAIT = 10.0
"""Seconds that a call waits for Fastly's rate limit: someone looks on."""


def parser_of(
    program: str,
    description: str,
    note: str,
    *,
    json_help: str,
    service_help: str = "the id or the name of the service",
    service_may_be_missing: bool = False,
) -> argparse.ArgumentParser:
    """A command with the arguments that all have: the service, and ``--json``."""
    parser = argparse.ArgumentParser(
        prog=program, description=description, epilog=f"The API key is that of FASTLY_API_KEY. {note}"
    )
    count = "?" if service_may_be_missing else None
    parser.add_argument("service", metavar="SERVICE", nargs=count, help=service_help)
    parser.add_argument("--json", action="store_true", help=json_help)
    return parser


def settings() -> Settings:
    """Key and endpoints, from the environment: ``FASTLY_API_KEY``, ``FASTLY_API_URL``, ``FASTLY_REALTIME_URL``."""
    return replace(Settings.read(lambda _setting: None), max_wait=LONGEST_WAIT, tell=_tell)


def _tell(line: str) -> None:
    """Progress; stdout is for the result."""
    sys.stderr.write(f"{plain(line)}\n")


def find_service(client: Client, name_or_id: str) -> GetServiceResult:
    """The service of that id, or else of that name."""
    try:
        return get_service.read(client, name_or_id)
    except FastlyError as error:
        if not error.is_gone and not isinstance(error, NotFound):
            raise
    try:
        return get_service.read(client, name=name_or_id)
    except NotFound:
        raise Failure(f"there is no service of the id or name {name_or_id!r}") from None


def service_json(service: GetServiceResult) -> dict[str, Any]:
    """The service in a command's JSON."""
    return {"id": service.id, "name": service.name, "active_version": service.active_version}


def write_json(document: dict[str, Any], *, indent: int | None = 2) -> None:
    """Writes JSON for programs."""
    sys.stdout.write(json.dumps(document, indent=indent) + "\n")


def run(program: str, work: Callable[[], None]) -> int:
    """Runs a command and returns its exit code. A failure is one line."""
    if sys.stdout is None:  # closed by whoever started the command
        return _fail(program, "there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Names may have characters that the terminal's encoding does not have.
        sys.stdout.reconfigure(errors="replace")
    try:
        work()
        # Here, where a failure can be told, and not when Python ends.
        sys.stdout.flush()
    except Failure as error:
        return _fail(program, str(error))
    except KeyboardInterrupt:
        return _fail("", "")
    except (BrokenPipeError, SystemExit):
        # The reader of a pipe, such as `head`, has seen enough; rich makes a SystemExit of that.
        _close_stdout()
    except OSError as error:
        _close_stdout()
        what = str(error) if error.filename else f"the output could not be written: {error.strerror or error}"
        return _fail(program, plain(what))
    except Exception as error:  # noqa: BLE001 - a bug of ours; its text might quote a secret
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return _fail(program, f"{type(error).__name__} in {place}; this is a bug, please report it")
    return OK


def _fail(program: str, text: str) -> int:
    # Standard error may be closed or full, too: the exit code is what is left then.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{program}: {text}\n" if program else "\n")
    return FAILED


def _close_stdout() -> None:
    """So that Python does not try to write the rest when it ends."""
    with contextlib.suppress(OSError):
        sys.stdout.close()


def need_rich() -> NoReturn:
    """Tells how to get the library that draws tables."""
    raise Failure("a table needs rich: pip install 'pulumi-fastly-dynamic[console]'")
