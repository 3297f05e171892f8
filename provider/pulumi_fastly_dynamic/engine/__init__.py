"""Layer: dynamic providers. The engine's check, diff, create ... in terms of the orchestration."""

from .item_provider import ItemsProvider
from .object_provider import ObjectProvider
from .persisted import restore
from .product_provider import ProductProvider
from .provider import ADOPTED_KEY, MARKED_KEY, PLACE_KEY, STACK_KEY, Provider, ProviderBug
from .purge_provider import PurgeProvider
from .record_provider import RecordProvider
from .service_provider import ServiceProvider
from .takeover_provider import TakeoverProvider
from .version_provider import VersionProvider

__all__ = [
    "ADOPTED_KEY",
    "MARKED_KEY",
    "PLACE_KEY",
    "STACK_KEY",
    "ItemsProvider",
    "ObjectProvider",
    "ProductProvider",
    "Provider",
    "ProviderBug",
    "PurgeProvider",
    "RecordProvider",
    "ServiceProvider",
    "TakeoverProvider",
    "VersionProvider",
    "restore",
]
