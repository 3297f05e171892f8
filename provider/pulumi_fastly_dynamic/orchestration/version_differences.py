"""Which lists of two versions differ, or of one version are not empty, as Fastly's overviews of a version tell.

``GET diff/from/A/to/B`` and ``GET details`` cover the same 15 kinds in one call each. Both only point to lists, which
are then read and compared: how long texts are rendered is not documented, and nested objects lack fields. What cannot
be read counts as different. The text of a diff holds private keys in plain, so it is never shown or logged.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..schema import KINDS, Group

SECTIONS: Mapping[str, str] = {
    "acls": "acl",
    "backends": "backend",
    "cache_settings": "cache_settings",
    "conditions": "condition",
    "dictionaries": "dictionary",
    "directors": "director",
    "domains": "domain",
    "gzips": "gzip",
    "headers": "header",
    "healthchecks": "healthcheck",
    "request_settings": "request_settings",
    "response_objects": "response_object",
    "settings": "settings",
    "snippets": "snippet",
    "vcls": "vcl",
}
"""Lists of a version by their word in the overviews."""
COVERED = frozenset(SECTIONS.values())
"""The lists that the overviews know. Others, such as those of logging, are read where the release has them."""


def uncovered() -> frozenset[str]:
    """The lists of this package's kinds that the overviews do not know: read where an earlier run may have written."""
    return frozenset(each.collection for each in KINDS.values() if each.group is Group.OBJECT) - COVERED


ALL_DIFFER: "Differences" = dict.fromkeys(COVERED)

_SECTION = re.compile(r"[ +-]([a-z_]+):(.*)")
_NAME = re.compile(r"[ +-]- name: ([^'\"|>&*!%@`].*)")

WITH_IDS = {"acl", "dictionary", "snippet"}
"""Lists of objects with ids. A diff does not show ids, so one that was recreated, without its items, looks the same."""

Differences = Mapping[str, frozenset[str] | None]
"""The lists that differ; with the names of the objects that are gone, where nothing else that a diff shows differs."""


def differences(answer: Mapping[str, Any]) -> Differences:
    """The lists in which two versions differ, from the answer of a diff."""
    text = answer.get("diff")
    if not isinstance(text, str):
        return ALL_DIFFER
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        header = _SECTION.match(line)
        section = header[1] if header else section
        found.setdefault(section, []).append(line)
    changed = {word: lines for word, lines in found.items() if any(not line.startswith(" ") for line in lines)}
    same_but_for_ids = {
        path: frozenset[str]()
        for word, path in SECTIONS.items()
        if path in WITH_IDS and word in found and word not in changed and len(found[word]) > 1
    }
    differing = {
        path: _gone(changed.get(word, ())) for word, path in SECTIONS.items() if word in changed or word not in found
    }
    return {**same_but_for_ids, **differing}


def _gone(lines: Iterable[str]) -> frozenset[str] | None:
    """The names of the objects that are gone from a section; ``None`` if anything else differs or cannot be read."""
    gone: set[str] = set()
    mark = ""
    for line in lines:
        header = _SECTION.match(line)
        if header:
            if line.startswith("+") and header[2].strip() != "[]":
                return None
            mark = "?"
            continue
        if line[1:3] == "- ":  # an object begins
            mark = line[:1]
            name = _NAME.match(line)
            if mark == "-" and name:
                gone.add(name[1].strip())
            elif mark != " ":
                return None
        elif line[:1] != mark:
            return None
    return frozenset(gone) or None


def filled(details: Mapping[str, Any], number: int) -> frozenset[str]:
    """The lists of a version that are not empty, from the answer of ``details?version=N``."""
    version = details.get("version")
    if not isinstance(version, Mapping) or str(version.get("number")) != str(number):
        return COVERED
    found = {path for word, path in SECTIONS.items() if version.get(word) or word not in version}
    settings = version.get("settings")
    if isinstance(settings, Mapping) and _are_default(settings):
        found.discard("settings")
    return frozenset(found)


def _are_default(settings: Mapping[str, Any]) -> bool:
    schema = KINDS["settings"]
    return schema.is_default(schema.from_row(dict(settings)))
