"""Settings: each version has exactly one."""

from .case import Case

CASE = Case(
    kind="settings",
    name="settings",
    named=False,
    full={"default_host": "www.example.com", "default_ttl": 60, "stale_if_error": True, "stale_if_error_ttl": 90},
    changed={"default_host": "example.com", "default_ttl": 0, "stale_if_error": False, "stale_if_error_ttl": 80},
    taken=[{"default_ttl": 4294967295}],
    refused=[
        ({"default_ttl": -1}, "default_ttl: "),
        ({"stale_if_error_ttl": -1}, "stale_if_error_ttl: "),
        ({"default_ttl": "1h"}, "default_ttl: "),
    ],
    documented=(
        "general.default_host general.default_ttl service_id version "
        "general.default_pci general.stale_if_error general.stale_if_error_ttl"
    ),
    left_out={"general.default_pci": "read-only"},
    prefix="general.",
    answered={
        "general.default_host": "",
        "general.default_pci": 0,
        "general.default_ttl": 3600,
        "general.stale_if_error": False,
        "general.stale_if_error_ttl": 43200,
        "version": 1,
    },
)
