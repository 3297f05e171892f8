"""Layer: head, draft, verification, activation; live batches. Knows nothing of Pulumi."""

from . import service_lifecycle as services
from .declared import Declared
from .desired import DesiredObject, EnsuredObject, PreviousObject
from .ensure import ensure_object
from .live_containers import CONTAINERS, Container, network
from .manifest import Record, Revision
from .owner import Owner
from .process import ProviderState
from .products import ServiceProducts
from .purging import Content, PurgeFailed, purge
from .records import RecordStore
from .refresh import read_object
from .release_errors import (
    ChangedInDraft,
    ContainerNotEmpty,
    DraftUnavailable,
    InvalidVersion,
    NameOccupied,
    NeedsRefresh,
    NothingToLink,
    ObjectExists,
    ProductRefused,
    ProtectedObject,
    RecordExists,
    Refusal,
    ReleasedTwice,
    ServiceIsActive,
    ServiceNameTaken,
    StoredDifferently,
    UndeclaredObjects,
)
from .run import ReleaseOutcome, VersionInputs, VersionState
from .session import ServiceSession
from .steps import release
from .takeover_check import check_takeover
from .versions import Acknowledged

__all__ = [
    "CONTAINERS",
    "Acknowledged",
    "ChangedInDraft",
    "Container",
    "ContainerNotEmpty",
    "Content",
    "Declared",
    "DesiredObject",
    "DraftUnavailable",
    "EnsuredObject",
    "InvalidVersion",
    "NameOccupied",
    "NeedsRefresh",
    "NothingToLink",
    "ObjectExists",
    "Owner",
    "PreviousObject",
    "ProductRefused",
    "ProtectedObject",
    "ProviderState",
    "PurgeFailed",
    "Record",
    "RecordExists",
    "RecordStore",
    "Refusal",
    "ReleaseOutcome",
    "ReleasedTwice",
    "Revision",
    "ServiceIsActive",
    "ServiceNameTaken",
    "ServiceProducts",
    "ServiceSession",
    "StoredDifferently",
    "UndeclaredObjects",
    "VersionInputs",
    "VersionState",
    "check_takeover",
    "ensure_object",
    "network",
    "purge",
    "read_object",
    "release",
    "services",
]
