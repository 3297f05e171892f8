"""Layer: the bases of resource classes, their properties, and the release."""

from .kind import Kind, owner
from .live_items import Live
from .program_error import ProgramError
from .prop import RESOURCE_NAME, Nested, Prop, Ref, Refs, argument, prop, ref, refs
from .record import Record
from .release import Release
from .service_base import ServiceBase
from .service_products import Products
from .service_purges import Purges
from .takeover import Takeover
from .version import Version
from .versioned import Versioned

__all__ = [
    "RESOURCE_NAME",
    "Kind",
    "Live",
    "Nested",
    "Products",
    "ProgramError",
    "Prop",
    "Purges",
    "Record",
    "Ref",
    "Refs",
    "Release",
    "ServiceBase",
    "Takeover",
    "Version",
    "Versioned",
    "argument",
    "owner",
    "prop",
    "ref",
    "refs",
]
