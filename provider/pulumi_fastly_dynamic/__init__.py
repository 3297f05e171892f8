"""Fastly's CDN configuration as code: one resource an object, one safe activation an update.

    www = Service("www", name="www.example.com")
    with Release("www", service=www) as release:
        Domain("www.example.com", release=release)
        Backend("origin", release=release, address="origin.example.com")

Importing the package fills the table of kinds; unpickling a provider from a stack's state relies on that.
"""

from .kinds import (
    Acl,
    AclEntries,
    AclEntry,
    AclEntryArgs,
    Backend,
    Condition,
    Dictionary,
    DictionaryItem,
    DictionaryItems,
    Domain,
    DynamicSnippet,
    Header,
    Healthcheck,
    Service,
    Settings,
    Snippet,
)
from .resource import ProgramError, Release, Takeover, Version

__all__ = [
    "Acl",
    "AclEntries",
    "AclEntry",
    "AclEntryArgs",
    "Backend",
    "Condition",
    "Dictionary",
    "DictionaryItem",
    "DictionaryItems",
    "Domain",
    "DynamicSnippet",
    "Header",
    "Healthcheck",
    "ProgramError",
    "Release",
    "Service",
    "Settings",
    "Snippet",
    "Takeover",
    "Version",
]
