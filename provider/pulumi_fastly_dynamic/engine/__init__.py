"""Room: dynamic providers. The engine's check, diff, create ... in terms of the orchestration."""

from .base import STACK_KEY, Provider, ProviderBug
from .persisted import restore

__all__ = ["STACK_KEY", "Provider", "ProviderBug", "restore"]
