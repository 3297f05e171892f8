"""Keeps secrets out of error messages."""

import json
from collections.abc import Collection
from urllib.parse import quote, quote_plus

SHORTEST_KEY = 12
"""Fastly's keys are longer. A shorter one, such as ``emulator``, protects nothing, and is often an ordinary word:
replacing it would only make messages unreadable."""


def secrets_with_key(secrets: Collection[str], key: str) -> tuple[str, ...]:
    """The secrets, and the API key if it can be a real one."""
    return (*secrets, key) if len(key) >= SHORTEST_KEY else tuple(secrets)


def redact(text: str, secrets: Collection[str]) -> str:
    """The API quotes values in its errors; those of secret properties must not reach the terminal."""
    parts = {part.strip() for secret in secrets for part in (secret, *secret.splitlines())}
    told = {form for part in parts if part for form in (part, json.dumps(part)[1:-1], quote(part), quote_plus(part))}
    for form in sorted(told, key=len, reverse=True):  # one secret may begin with another
        text = text.replace(form, "[secret]")
    return text
