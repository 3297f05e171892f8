"""Domains of a service, and whether their DNS records point to Fastly."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api import path
from .lookup import lookup, with_outputs
from .result import Result, UnexpectedAnswer, result_of

if TYPE_CHECKING:
    from ..api.client import Client

_PARTS_OF_A_CHECK = 3


@dataclass(frozen=True)
class ServiceDomain(Result):
    """A domain of a service.

    See https://www.fastly.com/documentation/reference/api/services/domain/
    """

    name: str
    """The domain."""
    comment: str = ""
    """The comment."""
    version: int | None = None
    """The number of the version that it is in."""


@dataclass(frozen=True)
class GetDomainsResult(Result):
    """Domains of a service.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    domains: tuple[ServiceDomain, ...]
    """The domains."""


@lookup
def get_domains(client: "Client", service_id: str) -> GetDomainsResult:
    """Reads the domains of a service: those of its active version.

    See https://www.fastly.com/documentation/reference/api/services/service/

    :param service_id: the id of the service.
    """
    domains = client.get_list(path("service", service_id, "domain"), keys=("name",))
    return result_of(GetDomainsResult, {"domains": domains})


get_domains_output = with_outputs(get_domains)


@dataclass(frozen=True)
class DomainCheck(Result):
    """What the DNS says of a domain.

    See https://www.fastly.com/documentation/reference/api/services/domain/
    """

    name: str
    """The domain."""
    cname: str | None = None
    """The name that its CNAME record points to; ``None`` if it has none."""
    ok: bool = False
    """Whether it points to Fastly."""


@dataclass(frozen=True)
class CheckDomainsResult(Result):
    """What the DNS says of domains.

    See https://www.fastly.com/documentation/reference/api/services/domain/
    """

    checks: tuple[DomainCheck, ...]
    """One check per domain."""


@lookup
def check_domains(client: "Client", service_id: str, version: int, *, name: str | None = None) -> CheckDomainsResult:
    """Checks the DNS records of all domains of a version, or of the one that you name. Fastly asks the DNS.

    See https://www.fastly.com/documentation/reference/api/services/domain/

    :param service_id: the id of the service.
    :param version: the number of the version.
    :param name: a domain of the version. Default: all of them.
    """
    domains = ("service", service_id, "version", version, "domain")
    if name is None:
        rows = client.get_array(path(*domains, "check_all"))
    else:
        rows = [client.get_array(path(*domains, name, "check"))]
    return result_of(CheckDomainsResult, {"checks": [_check(row) for row in rows]})


def _check(row: Any) -> dict[str, Any]:
    if not (isinstance(row, list) and len(row) == _PARTS_OF_A_CHECK and isinstance(row[0], dict)):
        raise UnexpectedAnswer.of(DomainCheck, "domain, CNAME and result")
    domain, cname, points_to_fastly = row
    return {"name": domain.get("name"), "cname": cname, "ok": points_to_fastly}


check_domains_output = with_outputs(check_domains)
