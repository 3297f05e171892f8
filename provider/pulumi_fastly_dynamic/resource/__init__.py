"""Room: the bases of resource classes, their properties, and the release."""

from .kind import Kind, owner
from .live_items import Live
from .program_error import ProgramError
from .prop import RESOURCE_NAME, Nested, Prop, Ref, plain, prop, ref
from .release import Release
from .service_base import Account
from .takeover import Takeover
from .version import Version
from .versioned import Versioned

__all__ = [
    "RESOURCE_NAME",
    "Account",
    "Kind",
    "Live",
    "Nested",
    "ProgramError",
    "Prop",
    "Ref",
    "Release",
    "Takeover",
    "Version",
    "Versioned",
    "owner",
    "plain",
    "prop",
    "ref",
]
