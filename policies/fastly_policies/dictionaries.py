"""A rule of what may lie in a dictionary that can be read back."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from .resource import Finding, Resource
from .rule import MANDATORY, ResourceRule, Settings

GUESSING = ("KeywordDetector", "Base64HighEntropyString", "HexHighEntropyString")
"""Detectors that go by looks or by the name of a key: they flag everything that is long and random."""


@cache
def _detectors() -> list[Any]:
    """The detectors that know the form of one sort of credential. They are pure: nothing is asked of the network."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class  # noqa: PLC0415 - slow to import

    classes = get_mapping_from_secret_type_to_class().values()
    return [detector() for detector in classes if detector.__name__ not in GUESSING]


def _credential(text: str) -> str | None:
    """What sort of credential is in a text."""
    # Not detect_secrets' scan_line: its settings are global, and rules run in several threads.
    return next((str(each.secret_type) for each in _detectors() if any(True for _ in each.analyze_string(text))), None)


def _items(resource: Resource) -> Mapping[str, Any]:
    if resource.kind == "DictionaryItem":
        return {resource.text("key"): resource.get("value")}
    items: Mapping[str, Any] = resource.get("items") or {}
    return items


def _no_credentials(resource: Resource, _settings: Settings) -> Iterator[Finding]:
    if resource.get("write_only"):
        return
    name, of_key = ("value", "key") if resource.kind == "DictionaryItem" else ("items", "items")
    for key, value in _items(resource).items():
        # Some credentials are known only by the key beside them.
        found = _credential(f'{key} = "{value}"')
        if found:
            where = "a key" if resource.is_secret(of_key) or _credential(key) else f"'{key}'"
            fix = f"{where} holds what looks like a credential ({found}); make the dictionary write_only=True"
            yield resource.finding(name, fix)


DICTIONARY_SECRETS = ResourceRule(
    name="dictionary-secrets",
    reports="items that look like credentials, in a dictionary that is not write-only",
    description="Everyone who may read the service can read the items of a dictionary, unless it is write-only. They "
    "are also in the state and in logs.",
    level=MANDATORY,
    kinds=("DictionaryItem", "DictionaryItems"),
    checks=(_no_credentials,),
)
