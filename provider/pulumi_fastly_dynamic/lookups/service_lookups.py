"""Services."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..api import path
from .arguments import exactly_one
from .lookup import lookup, with_outputs
from .result import result_of

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True)
class ServiceVersion:
    """A version of a service.

    See https://www.fastly.com/documentation/reference/api/services/version/
    """

    number: int
    """The number."""
    active: bool
    """Whether it serves traffic."""
    locked: bool
    """Whether it can no longer be changed."""
    comment: str
    """The comment."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""


@dataclass(frozen=True)
class GetServiceResult:
    """A service.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    id: str
    """The id."""
    name: str
    """The name."""
    type: str
    """``vcl``, or ``wasm`` for a Compute service."""
    customer_id: str
    """The id of the account."""
    comment: str | None = None
    """The comment."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""
    versions: tuple[ServiceVersion, ...] = field(default=())
    """All versions, the oldest first."""

    @property
    def active_version(self) -> int | None:
        """The number of the version that serves traffic; ``None`` if there is none."""
        return next((version.number for version in self.versions if version.active), None)


@lookup
def get_service(client: "Client", service_id: str | None = None, *, name: str | None = None) -> GetServiceResult:
    """Reads a service, by its id or by its name. Give one of them.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """
    exactly_one(service_id=service_id, name=name)
    if name is not None:
        return result_of(GetServiceResult, client.get_object("/service/search", {"name": name}, keys=("id",)))
    return result_of(GetServiceResult, client.get_object(path("service", str(service_id)), keys=("id",)))


get_service_output = with_outputs(get_service)
