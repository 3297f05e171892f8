"""Room: head, draft, verification, activation; live batches. Knows nothing of Pulumi."""

from . import services
from .errors import (
    ContainerNotEmpty,
    DraftUnavailable,
    InvalidVersion,
    NameOccupied,
    NeedsRefresh,
    ObjectExists,
    ProtectedObject,
    Refusal,
    ReleasedTwice,
    ServiceIsActive,
    ServiceNameTaken,
    UndeclaredObjects,
)
from .live import CONTAINERS, Container, network
from .objects import Found, Previous, Wanted, ensure, look, revision_digest, revision_number
from .release import Before, Record, Released, Wish, release
from .work import Process, Work

__all__ = [
    "CONTAINERS",
    "Before",
    "Container",
    "ContainerNotEmpty",
    "DraftUnavailable",
    "Found",
    "InvalidVersion",
    "NameOccupied",
    "NeedsRefresh",
    "ObjectExists",
    "Previous",
    "Process",
    "ProtectedObject",
    "Record",
    "Refusal",
    "Released",
    "ReleasedTwice",
    "ServiceIsActive",
    "ServiceNameTaken",
    "UndeclaredObjects",
    "Wanted",
    "Wish",
    "Work",
    "ensure",
    "look",
    "network",
    "release",
    "revision_digest",
    "revision_number",
    "services",
]
