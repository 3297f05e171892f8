"""Who owns drafts and objects."""

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Owner:
    """A stack. Its name alone does not tell it from others: every self-managed backend has the same organization.

    So a random key is made with the Service and kept, encrypted, in its state. Markers show a fingerprint of it, and
    digests are made with it.
    """

    stack: str
    """Organization, project and stack."""
    key: str = ""

    @cached_property
    def mark(self) -> str:
        """How markers name this owner."""
        fingerprint = hashlib.sha256(f"marker {self.key}".encode()).hexdigest()[:8]
        return f"{self.stack}#{fingerprint}"

    def __repr__(self) -> str:
        return f"Owner({self.mark})"
