"""Bodies of JSON. Apart from the client, so that what builds them imports no HTTP library."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class JsonBody:
    """A body of JSON."""

    value: Mapping[str, Any]
    media_type: str = "application/json"
