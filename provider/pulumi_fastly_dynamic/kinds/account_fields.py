"""Types of properties that kinds of the account share."""

from typing import Annotated, Literal

from ..schema import matching

Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+", "an e-mail address")]
Role = Literal["user", "billing", "engineer", "superuser", "tls_viewer", "tls_admin"]

BILLING = ("billing", "superuser")
"""Roles with "at least Billing permissions", as Fastly's documents say."""
