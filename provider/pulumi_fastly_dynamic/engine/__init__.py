"""Room: dynamic providers. The engine's check, diff, create ... in terms of the orchestration."""

from .base import STACK_KEY, Provider, ProviderBug
from .items import ItemsProvider
from .objects import ObjectProvider
from .persisted import restore
from .services import ServiceProvider
from .takeovers import TakeoverProvider
from .versions import VersionProvider

__all__ = [
    "STACK_KEY",
    "ItemsProvider",
    "ObjectProvider",
    "Provider",
    "ProviderBug",
    "ServiceProvider",
    "TakeoverProvider",
    "VersionProvider",
    "restore",
]
