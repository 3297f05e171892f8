"""What the state of Terraform or of pulumi-fastly says of one service, as the content of that service."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.schema import Row

from .live_rows import declared_rows
from .service_content import FoundObject, LeftAlone, ServiceContent
from .service_reading import Progress
from .state_objects import Block, objects_of

SERVICE, COMPUTE, USER = "fastly_service_vcl", "fastly_service_compute", "fastly_user"


@dataclass(frozen=True)
class StateResource:
    """A resource of a state, under its names in Terraform."""

    type: str
    address: str
    attributes: Mapping[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """The id of a service."""
        return str(self.attributes.get("id") or "")


def content_of(
    resources: Sequence[StateResource], wanted: str | None, *, with_items: bool = True, progress: Progress
) -> ServiceContent:
    """What the state says of a service: the one of that id, name or address, or the only one."""
    service = _chosen(resources, wanted)
    attributes = service.attributes
    found = objects_of(service.address, attributes)
    live = _LiveResources(service, resources)
    completed = [live.completed(each, block, with_items=with_items) for each, block in found.blocks]
    objects = [each for each in completed if each.is_made]
    version, active = (_number(service, name) for name in ("cloned_version", "active_version"))
    if not objects and not found.products:
        raise Failure(f"{service.address} has no objects in the state: there is nothing to adopt")
    _tell(objects, progress)
    return ServiceContent(
        service_id=service.id,
        name=str(attributes["name"]),
        comment=str(attributes.get("comment") or ""),
        version=version or active,
        is_active=active > 0 and version in {0, active},
        objects=tuple(objects),
        products=found.products,
        left_alone=(*found.left_alone, *_others(service, resources)),
        origin=service.address,
    )


def _chosen(resources: Sequence[StateResource], wanted: str | None) -> StateResource:
    services = [each for each in resources if each.type == SERVICE]
    compute = [each for each in resources if each.type == COMPUTE]
    fitting = [each for each in services if wanted is None or wanted in _names(each)]
    listed = ", ".join(f"{each.address} ({each.attributes.get('name')})" for each in services)
    if len(fitting) == 1:
        if not fitting[0].id or not fitting[0].attributes.get("name"):
            raise Failure(f"{fitting[0].address} has no id or no name in the state: has it been created?")
        return fitting[0]
    if fitting:
        raise Failure(f"the state has several services, name one: {listed}")
    for each in compute:
        if wanted is None or wanted in _names(each):
            raise Failure(f"{each.address} is a Compute service: this package manages VCL services only")
    if not services:
        raise Failure(f"the state has no {SERVICE}")
    raise Failure(f"the state has no service of the id, name or address {wanted!r}; it has {listed}")


def _names(service: StateResource) -> set[str]:
    return {service.id, str(service.attributes.get("name")), service.address}


def _number(service: StateResource, name: str) -> int:
    try:
        return int(service.attributes.get(name) or 0)
    except (TypeError, ValueError):
        raise Failure(f"{name} of {service.address} is no number in the state") from None


def _tell(objects: Iterable[FoundObject], progress: Progress) -> None:
    counts: dict[str, int] = {}
    for each in objects:
        counts[each.schema.label] = counts.get(each.schema.label, 0) + 1
    for label, count in counts.items():
        progress(label, count)


def _others(service: StateResource, resources: Iterable[StateResource]) -> list[LeftAlone]:
    """Resources beside the service that this program does not declare."""
    known = {SERVICE, *(type_ for type_, _ in LIVE.values())}
    reasons = {USER: "it is in no service; User declares it"}
    return [
        LeftAlone(each.address, reasons.get(each.type, "this package has no resource for it"), is_in_version=False)
        for each in resources
        if each.type == USER or (each.attributes.get("service_id") == service.id and each.type not in known)
    ]


# -------------------------------------------------------------------- what is in no version

LIVE: Mapping[str, tuple[str, str]] = {
    "dictionary": ("fastly_service_dictionary_items", "dictionary_id"),
    "acl": ("fastly_service_acl_entries", "acl_id"),
    "dynamic_snippet": ("fastly_service_dynamic_snippet_content", "snippet_id"),
}
"""For each kind the resource with what is live, and the attribute by which they belong together."""


class _LiveResources:
    """Items, entries and the content of dynamic snippets of one service."""

    def __init__(self, service: StateResource, resources: Iterable[StateResource]) -> None:
        types = {type_ for type_, _ in LIVE.values()}
        self.own = [
            each for each in resources if each.type in types and each.attributes.get("service_id") == service.id
        ]

    def completed(self, found: FoundObject, block: Block, *, with_items: bool) -> FoundObject:
        """The object with what no version holds. Where Terraform leaves that to others, so does the program."""
        if found.kind not in LIVE:
            return found
        type_, key = LIVE[found.kind]
        ours = (each for each in self.own if each.type == type_ and each.attributes.get(key) == block.get(key))
        resource = next(ours, None)
        origin = resource.address if resource else ""
        if resource is None or not _is_managed(resource.attributes) or not with_items or found.row.get("write_only"):
            return replace(found, origin=origin)
        if found.kind == "dynamic_snippet":
            content = resource.attributes.get("content")
            return replace(found, live={} if content is None else {"content": content}, origin=origin)
        return replace(found, items=tuple(_rows(found.kind, resource)), origin=origin)


def _is_managed(attributes: Mapping[str, Any]) -> bool:
    """Whether Terraform keeps what is live as it is declared; if not, others write it."""
    switches = [name for name in attributes if name.startswith("manage_")]
    return all(attributes[name] is True for name in switches)


def _rows(kind: str, resource: StateResource) -> list[Row]:
    """Items and entries as the API answers them."""
    name = "items" if kind == "dictionary" else "entry"
    value = resource.attributes.get(name) or ({} if kind == "dictionary" else [])
    if kind == "dictionary" and isinstance(value, Mapping):
        return [{"item_key": key, "item_value": each} for key, each in value.items()]
    if kind == "acl" and isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
        rows = [{**each, "negated": "1" if each.get("negated") is True else "0"} for each in value]
        with suppress(KeyError, TypeError, ValueError):
            declared_rows(kind, rows)
            return rows
    raise Failure(f"{name} of {resource.address} has an unexpected form in the state")
