"""Reads a file that should be the state of another tool."""

import json
import sys
from pathlib import Path
from typing import Any

from pulumi_fastly_dynamic.failure import Failure

STDIN = Path("-")


def read_json(path: Path, command: str) -> dict[str, Any]:
    """The JSON object in a file, or in standard input for ``-``. ``command`` is what writes such a file."""
    try:
        # Shells on Windows write a mark at the start, or UTF-16.
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        read = json.loads(data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"))
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise Failure(f"{path} is not JSON: write it with `{command}`") from None
    if not isinstance(read, dict):
        raise Failure(f"{path} is no state: write it with `{command}`")
    return read


def an_object(path: Path, value: Any) -> dict[str, Any]:
    """A JSON object inside the file; an empty one where there is none."""
    if value is None or isinstance(value, dict):
        return value or {}
    raise _unexpected(path)


def a_list(path: Path, value: Any) -> list[Any]:
    """A list inside the file; an empty one where there is none."""
    if value is None or isinstance(value, list):
        return value or []
    raise _unexpected(path)


def from_text(path: Path, text: Any) -> Any:
    """JSON in a text inside the file."""
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        raise _unexpected(path) from None


def _unexpected(path: Path) -> Failure:
    return Failure(f"{path} has an unexpected form: write it again, and do not edit it")
