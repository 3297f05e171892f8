"""Reads what clients send: within limits, and never with another exception than a ValueError."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from starlette.types import Message, Receive

MOST_BYTES = 16 * 1024 * 1024
"""The largest body taken: a batch of 1,000 items of 8,000 characters has about half of it."""
_MOST_FIELDS = 1_000
_MOST_LEVELS = 32
_BRACKETS = re.compile(r"(?P<name>[^\[\]]+)\[(?P<member>[^\[\]]*)\]")


async def read_body(receive: Receive, announced: str) -> bytes | None:
    """The body; None if it is too large. ``announced`` is its Content-Length."""
    if announced.isdecimal() and (len(announced) > len(str(MOST_BYTES)) or int(announced) > MOST_BYTES):
        return None
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body if len(body) <= MOST_BYTES else None
    parts, length = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > MOST_BYTES:
            return None
    return b"".join(parts)


def again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that starts with a body that was read already."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again


def read_form(body: bytes) -> dict[str, Any]:
    """The fields of a form; of one that is there twice, the last.

    ``name[]`` is a list of all that are there, ``name[member]`` an object.
    """
    text = body.decode("utf-8", "replace")
    form: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS):
        brackets = _BRACKETS.fullmatch(name)
        if brackets is None:
            form[name] = value
        elif brackets["member"]:
            _inside(form, brackets["name"], {})[brackets["member"]] = value
        else:
            # An empty list can only be sent as one empty text.
            _inside(form, brackets["name"], []).extend([value] if value else [])
    return form


def _inside(form: dict[str, Any], name: str, empty: Any) -> Any:
    if not isinstance(form.get(name), type(empty)):
        form[name] = empty
    return form[name]


def read_json(text: bytes | str) -> Any:
    """A JSON value that can be written again: without NaN, infinity or halves of characters, not too deep."""
    try:
        value = json.loads(
            text if isinstance(text, str) else text.decode(), parse_float=_read_float, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check(value, _MOST_LEVELS)
    return value


def _read_float(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is out of range")


def _check(value: Any, levels: int) -> None:
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict | list):
        if not levels:
            raise ValueError("nested too deeply")
        each: Iterable[Any] = value if isinstance(value, list) else (*value, *value.values())
        for part in each:
            _check(part, levels - 1)
