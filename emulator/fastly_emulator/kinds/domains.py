"""Domains.

See https://www.fastly.com/documentation/reference/api/services/domain/
Types, defaults and nulls are those of recordings (2020-2026).
"""

import re

from .declaration import Field, Kind

DOMAIN = Kind(
    "domain",
    "Domain",
    "domains",
    (Field("name", required=True), Field("comment")),
    claims_name=True,
    limit="max_domains",
    # Assumed: what a host name may hold; the API refuses a blank one.
    name_pattern=re.compile(r"[^\s/]+"),
    name_rule="Name is not a valid domain name",
)
