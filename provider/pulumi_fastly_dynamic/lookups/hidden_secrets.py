"""Keeps secrets out of results that hold what others wrote."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from ..schema import KINDS

MASK = "[secret]"

_PRIVATE_KEY = re.compile(r"-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?(-----END \1PRIVATE KEY-----|\Z)", re.DOTALL)
_ENTRY = re.compile(
    r"^(?P<start>(?:<[^>]*>)?[ +-]?)(?P<indent> *(?:- )?)(?P<name>\w+):(?P<value> *[^\s<].*?)?(?P<end>(?:</[^>]*>)*)$"
)


@cache
def _secret_fields() -> dict[str, frozenset[str]]:
    """The API's names of secret fields, by the word for the kind in the API's lists."""
    found: dict[str, frozenset[str]] = {}
    for schema in KINDS.values():
        word = _word(schema.collection.rpartition("/")[2])
        secret = frozenset(field.wire_parts[0] for field in schema.fields if field.secret)
        found[word] = found.get(word, frozenset()) | secret
    return found


def _secret_fields_of(kind: str) -> frozenset[str]:
    """Those of a kind; of an unknown one, those of every kind."""
    return _secret_fields().get(_word(kind), _all_secret_fields())


@cache
def _all_secret_fields() -> frozenset[str]:
    return frozenset().union(*_secret_fields().values())


def _word(name: str) -> str:
    return re.sub(r"[_-]", "", name).removesuffix("s")


def without_secrets(section: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """An object of a list, such as ``backends``, without its secret fields.

    A list of an unknown kind loses the secret fields of every kind.
    """
    secret = _secret_fields_of(section)
    return {name: value for name, value in record.items() if name not in secret}


def mask_changes(event_type: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What an event, such as ``backend.update``, says of old and new values, without the secret ones."""
    secret = _secret_fields_of(event_type.partition(".")[0])
    return {name: _masked(name, value, secret) for name, value in metadata.items()}


def _masked(name: str, value: Any, secret: Collection[str]) -> Any:
    if isinstance(value, Mapping):
        return {inner: _masked(inner, each, secret) for inner, each in value.items()}
    if isinstance(value, list):
        return [_masked(name, each, secret) for each in value]
    if name in secret:
        return MASK if value else value
    return mask_private_keys(value) if isinstance(value, str) else value


def mask_private_keys(text: str) -> str:
    """The text with a mark in the place of each private key."""
    return _PRIVATE_KEY.sub(MASK, text)


def mask_entries(text: str) -> str:
    """Lines of YAML, each with the sign of a diff and perhaps in an HTML element, without the values of secrets."""
    secret = _all_secret_fields()
    lines, depth = [], -1
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        entry = _ENTRY.match(bare)
        if depth >= 0 and _depth(bare) > depth:
            continue  # the rest of a secret of several lines
        depth = -1
        if entry and entry["name"] in secret:
            depth = _depth(bare)
        if depth >= 0 and entry and entry["value"]:
            masked = f"{entry['start']}{entry['indent']}{entry['name']}: {MASK}{entry['end']}"
            lines.append(masked + line[len(bare) :])
        else:
            lines.append(line)
    return mask_private_keys("".join(lines))


def _depth(line: str) -> int:
    """How far a line is indented, without its sign and element. A list's first entry is as deep as the others."""
    bare = re.sub(r"^(?:<[^>]*>)?[ +-]?", "", line)
    return len(bare) - len(bare.removeprefix("- ").lstrip(" ")) if bare.strip() else 10**6
