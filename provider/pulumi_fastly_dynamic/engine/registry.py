"""Which provider runs which group of kinds. Each provider class enters itself when it is defined."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..schema import Group, KindSchema

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider

PROVIDERS: "dict[Group, Callable[[KindSchema, str], ResourceProvider]]" = {}
"""Provider classes by group; complete once the package is imported."""
