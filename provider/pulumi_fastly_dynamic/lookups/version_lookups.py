"""What is in a version of a service: its VCL, its dictionaries, and what differs from another version."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..api import path
from ..failure import Failure
from .hidden_secrets import mask_entries, mask_private_keys
from .lookup import lookup, with_outputs
from .result import Result, UnexpectedAnswer, result_of
from .service_lookups import ServiceVersion

if TYPE_CHECKING:
    from ..api.client import Client


class NoActiveVersion(Failure):
    """No version was named, and none serves traffic."""


def _active_unless(client: "Client", service_id: str, version: int | None) -> int:
    """The version that was named, else the active one."""
    if version is not None:
        return version
    for row in client.get_list(path("service", service_id, "version"), keys=("number",)):
        found = result_of(ServiceVersion, row)
        if found.active:
            return found.number
    raise NoActiveVersion(f"the service {service_id} has no active version: give version")


@dataclass(frozen=True)
class GetVersionDiffResult(Result):
    """What differs between two versions of a service.

    See https://www.fastly.com/documentation/reference/api/utils/diff/
    """

    from_version: int
    """The version that is compared."""
    to_version: int
    """The version that it is compared with."""
    format: str
    """The format of ``diff``."""
    diff: str = field(repr=False)
    """The objects of both versions as lines, each with a sign: ``+`` for a new line, ``-`` for a removed one. Values of
    secret properties are replaced by ``[secret]``."""


@lookup
def get_version_diff(
    client: "Client",
    service_id: str,
    from_version: int,
    to_version: int,
    *,
    format: Literal["text", "html", "html_simple"] = "text",  # noqa: A002 - the API's word
) -> GetVersionDiffResult:
    """Reads what differs between two versions. Numbers below zero count from the newest version: -1 is the newest.

    See https://www.fastly.com/documentation/reference/api/utils/diff/

    :param service_id: the id of the service.
    :param from_version: the number of the version to compare.
    :param to_version: the number of the version to compare it with.
    :param format: the format of the lines.
    """
    url = path("service", service_id, "diff", "from", from_version, "to", to_version)
    row = client.get_object(url, {"format": format}, keys=("diff",))
    found = {"from_version": row.get("from", from_version), "to_version": row.get("to", to_version)}
    return result_of(GetVersionDiffResult, {**found, "format": format, "diff": mask_entries(str(row["diff"]))})


get_version_diff_output = with_outputs(get_version_diff)


@dataclass(frozen=True)
class GetGeneratedVclResult(Result):
    """The VCL that Fastly generates from a version, which is what runs.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
    """

    version: int
    """The number of the version."""
    content: str = field(repr=False)
    """The VCL. Private keys in it are replaced by ``[secret]``."""


@lookup
def get_generated_vcl(client: "Client", service_id: str, version: int | None = None) -> GetGeneratedVclResult:
    """Reads the VCL that Fastly generates from a version.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/

    :param service_id: the id of the service.
    :param version: the number of the version. Default: the active one.
    """
    number = _active_unless(client, service_id, version)
    row = client.get_object(path("service", service_id, "version", number, "generated_vcl"), keys=("content",))
    content = mask_private_keys(str(row["content"] or ""))
    return result_of(GetGeneratedVclResult, {"version": number, "content": content})


get_generated_vcl_output = with_outputs(get_generated_vcl)


@dataclass(frozen=True)
class GetBoilerplateResult(Result):
    """The VCL with which a custom VCL file begins.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
    """

    content: str = field(repr=False)
    """The VCL: all subroutines with their macros, and the TTL of the version's settings."""


@lookup
def get_boilerplate(client: "Client", service_id: str, version: int) -> GetBoilerplateResult:
    """Reads the VCL with which a custom VCL file begins.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/

    :param service_id: the id of the service.
    :param version: the number of the version.
    """
    text = client.get_text(path("service", service_id, "version", version, "boilerplate"))
    if "sub vcl_" not in text:
        raise UnexpectedAnswer.of(GetBoilerplateResult, "VCL")
    return GetBoilerplateResult(content=text)


get_boilerplate_output = with_outputs(get_boilerplate)


@dataclass(frozen=True)
class GetVclContentResult(Result):
    """A custom VCL file.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/
    """

    name: str
    """The name of the file."""
    content: str = field(default="", repr=False)
    """The VCL, as it was uploaded."""
    main: bool = False
    """Whether it is the main file, which includes the others."""


@lookup
def get_vcl_content(client: "Client", service_id: str, version: int, name: str) -> GetVclContentResult:
    """Reads a custom VCL file of a version.

    See https://www.fastly.com/documentation/reference/api/vcl-services/vcl/

    :param service_id: the id of the service.
    :param version: the number of the version.
    :param name: the name of the file.
    """
    row = client.get_object(path("service", service_id, "version", version, "vcl", name), keys=("name",))
    return result_of(GetVclContentResult, row)


get_vcl_content_output = with_outputs(get_vcl_content)


@dataclass(frozen=True)
class GetDictionaryInfoResult(Result):
    """How many items a dictionary has, and a digest of them. It has these even if the items can only be written.

    See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-info/
    """

    item_count: int
    """The number of items."""
    digest: str | None = None
    """A hash of the items."""
    last_updated: str | None = None
    """When an item was last changed; ``None`` if there was never one."""


@lookup
def get_dictionary_info(
    client: "Client", service_id: str, dictionary_id: str, *, version: int | None = None
) -> GetDictionaryInfoResult:
    """Reads the number of a dictionary's items and a digest of them, without the items.

    See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary-info/

    :param service_id: the id of the service.
    :param dictionary_id: the id of the dictionary.
    :param version: the number of a version that has the dictionary. Default: the active one.
    """
    number = _active_unless(client, service_id, version)
    url = path("service", service_id, "version", number, "dictionary", dictionary_id, "info")
    return result_of(GetDictionaryInfoResult, client.get_object(url, keys=("item_count",)))


get_dictionary_info_output = with_outputs(get_dictionary_info)
