"""Room: the kinds, one class in one file each (a single item beside its batch). Importing it fills the schema table."""

from .acl import Acl
from .acl_entries import AclEntries, AclEntry, AclEntryArgs
from .backend import Backend
from .condition import Condition
from .dictionary import Dictionary
from .dictionary_items import DictionaryItem, DictionaryItems
from .domain import Domain
from .dynamic_snippet import DynamicSnippet
from .header import Header
from .healthcheck import Healthcheck
from .service import Service
from .settings import Settings
from .snippet import Snippet

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
    "Service",
    "Settings",
    "Snippet",
]
