"""What the log shows of a request: keys and tokens are left out."""

import re
from collections.abc import Mapping
from typing import Any

from .state import Service

_MASK = "[secret]"
_SECRETS = re.compile(
    r"(?:.*_)?(?:password|passphrase|secret|token|credentials|(?:access|account|api|client|private|secret)_key)|key"
    r"|header_value",
    re.IGNORECASE,
)
_URL_SECRETS = re.compile(rf"{_SECRETS.pattern}|url", re.IGNORECASE)
_ITEM_SECRETS = re.compile(rf"{_SECRETS.pattern}|item_value", re.IGNORECASE)


def secrets_of(services: Mapping[str, Service], path: str) -> re.Pattern[str]:
    """The names of the fields that are secret in a request for that path.

    The values of a private dictionary are; so are those of one that is not known, since it may be private elsewhere.
    """
    match path.split("/")[1:]:
        case ["service", service_id, "dictionary", dictionary_id, "item" | "items", *_]:
            service = services.get(service_id)
            if service is None or dictionary_id not in service.items or service.is_write_only(dictionary_id):
                return _ITEM_SECRETS
        case ["service", _, "version", _, "logging", "sumologic", *_]:
            return _URL_SECRETS  # whoever knows this address can send logs to it
    return _SECRETS


def masked(value: Any, secrets: re.Pattern[str]) -> Any:
    """A copy in which the values of secret fields are ``[secret]``, wherever they are; empty ones stay."""
    if isinstance(value, dict):
        return {
            name: _MASK if each and secrets.fullmatch(name) else masked(each, secrets) for name, each in value.items()
        }
    return [masked(each, secrets) for each in value] if isinstance(value, list) else value
