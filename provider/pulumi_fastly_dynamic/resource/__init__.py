"""Room: the bases of resource classes, their properties, and the release."""

from .account import Account
from .errors import ProgramError
from .kind import Kind, owner
from .live import Live
from .prop import RESOURCE_NAME, Nested, Prop, Ref, plain, prop, ref
from .release import Release
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
