"""What events of the audit log say."""

import re
from typing import Any

_VERSION = re.compile(r"\bversion '?(\d{1,9})\b", re.IGNORECASE)


def version_of_event(metadata: Any, description: Any) -> int | None:
    """The version that an event is about: Fastly names it in the metadata, or in the description alone."""
    number = metadata.get("version_number") if isinstance(metadata, dict) else None
    match = re.fullmatch(r"(\d{1,9})", str(number)) or _VERSION.search(str(description))
    return int(match[1]) if match else None
