"""The marker at the end of a version's comment: whose draft it is, its own number, and what it was cloned from.

Cloning copies comments, so a marker counts only on the version whose number it names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

_PATTERN = re.compile(
    r"^(?P<text>.*?) ?\[pulumi (?P<owner>\S+) v(?P<number>\d+) from v(?P<base>\d+)(?P<abandoned> abandoned)?\]$",
    re.DOTALL,
)


@dataclass(frozen=True)
class Marker:
    """Owner is organization/project/stack and a fingerprint; ``abandoned`` drafts are never built on again."""

    owner: str
    number: int
    base: int
    abandoned: bool = False

    @property
    def stack(self) -> str:
        """Organization, project and stack."""
        return self.owner.rpartition("#")[0]

    @property
    def fingerprint(self) -> str:
        """What tells its owner from others: see ``Owner``."""
        return self.owner.rpartition("#")[2]

    def abandon(self) -> "Marker":
        """The same marker, abandoned."""
        return replace(self, abandoned=True)

    def __str__(self) -> str:
        end = " abandoned" if self.abandoned else ""
        return f"[pulumi {self.owner} v{self.number} from v{self.base}{end}]"


def split(comment: str | None) -> tuple[str, Marker | None]:
    """The people's part of a comment, and the marker if there is one."""
    match = _PATTERN.match(comment or "")
    if not match:
        return comment or "", None
    marker = Marker(match["owner"], int(match["number"]), int(match["base"]), bool(match["abandoned"]))
    return match["text"], marker


def join(text: str, marker: Marker) -> str:
    """A comment with its marker."""
    return f"{text} {marker}" if text else str(marker)


def newly_set(version: int | None, metadata: Mapping[str, Any]) -> Marker | None:
    """The marker that an event of the audit log set on its version; ``None`` if it was there before.

    People who edit a comment or abandon a draft keep the marker, and a clone has that of another version.
    """
    old, new = (split(_comment(metadata.get(key)))[1] for key in ("old", "new"))
    if new is None or new.number != version or (old is not None and (old.owner, old.number) == (new.owner, new.number)):
        return None
    return new


def _comment(values: Any) -> str:
    comment = values.get("comment") if isinstance(values, dict) else None
    return comment if isinstance(comment, str) else ""
