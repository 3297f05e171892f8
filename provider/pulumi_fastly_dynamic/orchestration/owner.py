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
    def fingerprint(self) -> str:
        """What tells this owner's markers from others'. A renamed stack keeps it."""
        return hashlib.sha256(f"marker {self.key}".encode()).hexdigest()[:12]

    @property
    def mark(self) -> str:
        """How markers name this owner; the stack is for people."""
        return f"{self.stack}#{self.fingerprint}"

    def __repr__(self) -> str:
        return f"Owner({self.mark})"
