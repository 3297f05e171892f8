"""Room: dynamic providers. The engine's check, diff, create ... in terms of the orchestration."""

from .base import Provider, ProviderBug
from .persisted import restore

__all__ = ["Provider", "ProviderBug", "restore"]
