"""Services, and what they contain by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..api import path
from .arguments import exactly_one
from .hidden_secrets import without_secrets
from .lookup import lookup, with_outputs
from .result import FrozenMap, Result, result_of

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True)
class ServiceVersion(Result):
    """A version of a service.

    See https://www.fastly.com/documentation/reference/api/services/version/
    """

    number: int
    """The number."""
    active: bool = False
    """Whether it serves traffic."""
    locked: bool = False
    """Whether it can no longer be changed."""
    comment: str = ""
    """The comment."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""


@dataclass(frozen=True)
class GetServiceResult(Result):
    """A service.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    id: str
    """The id."""
    name: str
    """The name."""
    type: str = "vcl"
    """``vcl``, or ``wasm`` for a Compute service."""
    customer_id: str = ""
    """The id of the account."""
    comment: str = ""
    """The comment."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""
    versions: tuple[ServiceVersion, ...] = ()
    """All versions, the oldest first."""

    @property
    def active_version(self) -> int | None:
        """The number of the version that serves traffic; ``None`` if there is none."""
        return next((version.number for version in self.versions if version.active), None)


@lookup
def get_service(client: "Client", service_id: str | None = None, *, name: str | None = None) -> GetServiceResult:
    """Reads a service, by its id or by its name. Give one of them.

    See https://www.fastly.com/documentation/reference/api/services/service/

    :param service_id: the id of the service.
    :param name: its name at Fastly.
    """
    exactly_one(service_id=service_id, name=name)
    if name is not None:
        return result_of(GetServiceResult, client.get_object("/service/search", {"name": name}, keys=("id",)))
    return result_of(GetServiceResult, client.get_object(path("service", str(service_id)), keys=("id",)))


get_service_output = with_outputs(get_service)


@dataclass(frozen=True)
class GetServicesResult(Result):
    """Services of the account.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    services: tuple[GetServiceResult, ...]
    """The services, each as ``get_service`` reads it."""


@lookup
def get_services(client: "Client") -> GetServicesResult:
    """Reads all services of the account that the API key may see.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """
    return result_of(GetServicesResult, {"services": list(client.pages("/service", keys=("id",)))})


get_services_output = with_outputs(get_services)


@dataclass(frozen=True)
class VersionDetails(ServiceVersion):
    """A version of a service, and the objects that it contains.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    objects: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=FrozenMap, repr=False)
    """The objects, by the API's names of their lists: ``backends``, ``domains``, ``snippets`` and so on. Each is a
    mapping of the API's fields. Fastly leaves out some of them, and logging endpoints; secret fields are removed."""
    settings: Mapping[str, Any] = field(default_factory=FrozenMap)
    """The settings, such as ``general.default_ttl``."""

    def names(self, objects: str) -> tuple[str, ...]:
        """The names of all objects of one list, such as ``backends``."""
        return tuple(str(each["name"]) for each in self.objects.get(objects, ()) if "name" in each)


@dataclass(frozen=True)
class GetServiceDetailsResult(GetServiceResult):
    """A service, and the contents of up to two of its versions.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    version: VersionDetails | None = None
    """The version that you named; if you named none, the newest one, which may be a draft."""
    active_version_details: VersionDetails | None = None
    """The version that serves traffic; ``None`` if there is none."""


@lookup
def get_service_details(client: "Client", service_id: str, version: int | None = None) -> GetServiceDetailsResult:
    """Reads a service with the objects of its active version, and of the newest one or the one that you name.

    See https://www.fastly.com/documentation/reference/api/services/service/

    :param service_id: the id of the service.
    :param version: the number of the version to read. Default: the newest one, which may be a draft.
    """
    query: dict[str, str | int] = {} if version is None else {"version": version}
    row = client.get_object(path("service", service_id, "details"), query, keys=("id",))
    active, chosen = row.pop("active_version", None), row.pop("version", None)
    service = result_of(GetServiceResult, row)
    return GetServiceDetailsResult(
        **vars(service), version=_version_details(chosen), active_version_details=_version_details(active)
    )


def _version_details(row: Any) -> VersionDetails | None:
    if not isinstance(row, Mapping):
        return None
    version = result_of(ServiceVersion, {name: value for name, value in row.items() if name != "settings"})
    lists = {name: value for name, value in row.items() if isinstance(value, list)}
    objects = {
        name: tuple(without_secrets(name, each) for each in value if isinstance(each, Mapping))
        for name, value in sorted(lists.items())
    }
    return VersionDetails(**vars(version), objects=objects, settings=row.get("settings") or {})


get_service_details_output = with_outputs(get_service_details)
