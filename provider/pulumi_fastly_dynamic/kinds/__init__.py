"""Room: the kinds, one class in one file each (a single item beside its batch). Importing it fills the schema table."""

from .acl import Acl
from .acl_entries import AclEntries, AclEntry, AclEntryArgs
from .backend import Backend
from .cache_settings import CacheSettings
from .condition import Condition
from .dictionary import Dictionary
from .dictionary_items import DictionaryItem, DictionaryItems
from .director import Director
from .domain import Domain
from .dynamic_snippet import DynamicSnippet
from .gzip import Gzip
from .header import Header
from .healthcheck import Healthcheck
from .logging_s3 import LoggingS3
from .rate_limiter import RateLimiter
from .request_settings import RequestSettings
from .response_object import ResponseObject
from .service import Service
from .settings import Settings
from .snippet import Snippet
from .user import User
from .vcl import Vcl

__all__ = [
    "Acl",
    "AclEntries",
    "AclEntry",
    "AclEntryArgs",
    "Backend",
    "CacheSettings",
    "Condition",
    "Dictionary",
    "DictionaryItem",
    "DictionaryItems",
    "Director",
    "Domain",
    "DynamicSnippet",
    "Gzip",
    "Header",
    "Healthcheck",
    "LoggingS3",
    "RateLimiter",
    "RequestSettings",
    "ResponseObject",
    "Service",
    "Settings",
    "Snippet",
    "User",
    "Vcl",
]
