"""Reads a service: one list per kind, in parallel, then what no version holds."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from pulumi_fastly_dynamic.api import BadRequest, Forbidden, NotFound, path
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.schema import (
    KINDS,
    Field,
    Group,
    KindSchema,
    Presence,
    Row,
    Value,
    Values,
    kinds_of,
    singleton_of,
)

from .service_content import FoundObject, LeftAlone, ServiceContent

PARALLEL = 8
KNOWN_IN_DETAILS = {"settings", "versions", "environments"}

T = TypeVar("T")
Progress = Callable[[str, int], None]
"""Told of each kind that was read, and how many of it there are."""


def read_service(
    client: Client, service_id: str, *, version: int | None = None, with_items: bool = True, progress: Progress
) -> ServiceContent:
    """The active version of a service, or the one of that number."""
    service = client.get_object(path("service", service_id), keys=("versions",))
    _refuse_unusable(service)
    number, is_active = _version_of(service, version)
    with ThreadPoolExecutor(PARALLEL) as pool:
        reader = _Reader(client, service_id, number, pool)
        objects = reader.objects(with_items=with_items, progress=progress)
        products, unknown = reader.products()
        left = [*reader.refused_lists(), *reader.without_resource(), *unknown]
    if not objects and reader.refused:
        raise next(iter(reader.refused.values()))
    if not objects and not products:
        raise Failure(f"version {number} of service {service['name']} has no objects: there is nothing to adopt")
    return ServiceContent(
        service_id=service_id,
        name=str(service["name"]),
        comment=str(service.get("comment") or ""),
        version=number,
        is_active=is_active,
        objects=tuple(objects),
        products=products,
        left_alone=tuple(left),
    )


def _refuse_unusable(service: Row) -> None:
    name = service.get("name")
    if service.get("deleted_at"):
        raise Failure(f"service {name} ({service['id']}) is deleted")
    kind = service.get("type") or "vcl"
    if kind != "vcl":
        raise Failure(f"service {name} is a Compute service (type {kind}): this package manages VCL services only")


def _version_of(service: Row, wanted: int | None) -> tuple[int, bool]:
    """The number of the version to read, and whether it serves."""
    active = {int(row["number"]): bool(row.get("active")) for row in service["versions"]}
    if wanted is None:
        serving = [number for number, serves in active.items() if serves]
        if not serving:
            raise Failure(
                f"service {service['name']} has no active version: name one with --version (1 to {max(active)})"
            )
        return serving[0], True
    if wanted not in active:
        raise Failure(f"service {service['name']} has no version {wanted}: it has 1 to {max(active)}")
    return wanted, active[wanted]


class _Reader:
    """One run. Independent calls run in parallel."""

    def __init__(self, client: Client, service_id: str, number: int, pool: ThreadPoolExecutor) -> None:
        self.client = client
        self.service_id = service_id
        self.number = number
        self.pool = pool
        self.refused: dict[str, Forbidden] = {}
        """The lists that this key may not read."""

    def _together(self, calls: Iterable[Callable[[], T]]) -> list[T]:
        return [each.result() for each in [self.pool.submit(call) for call in calls]]

    # ---------------------------------------------------------------- objects

    def objects(self, *, with_items: bool, progress: Progress) -> list[FoundObject]:
        """All objects of kinds that this package has."""
        collections = list(
            dict.fromkeys(schema.collection for schema in KINDS.values() if schema.group is Group.OBJECT)
        )
        lists = self._together([partial(self._rows, collection) for collection in collections])
        found = [
            FoundObject(schema.kind, row)
            for collection, rows in zip(collections, lists, strict=True)
            for row in rows
            for schema in [_kind_of(collection, row)]
        ]
        found = [each for each in found if each.is_made]
        found = self._together([partial(self._completed, each, with_items) for each in found])
        for kind in KINDS:
            count = sum(each.kind == kind for each in found)
            if count:
                progress(KINDS[kind].label, count)
        items = sum(len(each.items or ()) for each in found)
        if items:
            progress("items and entries", items)
        return found

    def _rows(self, collection: str) -> list[Row]:
        url = path("service", self.service_id, "version", self.number, *collection.split("/"))
        singleton = singleton_of(collection)
        try:
            return [self.client.get_object(url)] if singleton else self.client.get_list(url, keys=("name",))
        except Forbidden as error:
            self.refused[collection] = error
            return []
        except (NotFound, BadRequest) as error:
            # Before the first write the API has no settings to show; for some products it refuses to show them.
            is_about_the_service = error.is_gone and isinstance(error, BadRequest)
            if singleton is None or singleton.presence is Presence.ALWAYS or is_about_the_service:
                raise
            return []

    def _completed(self, found: FoundObject, with_items: bool) -> FoundObject:  # noqa: FBT001 - bound by partial
        """The object with what no version holds."""
        schema, below = found.schema, ("service", self.service_id, found.schema.collection, str(found.row.get("id")))
        live: Values = {}
        if schema.unversioned and with_items:
            live = schema.live_from_row(self.client.get_object(path(*below)))
        items = None
        if schema.items and with_items and not found.row.get("write_only"):
            items = tuple(self.client.pages(path(*below, schema.items)))
        return FoundObject(found.kind, found.row, live, items)

    # ---------------------------------------------------------------- beside the objects

    def products(self) -> tuple[dict[str, Value], list[LeftAlone]]:
        """The properties of the products that are on, and the products that this key may not ask about."""
        found: dict[str, Value] = {}
        unknown: list[LeftAlone] = []
        for schema in (each for each in KINDS.values() if each.group is Group.PRODUCTS):
            switches = {f.wire_parts[0]: f for f in schema.fields if not f.wire_parts[1]}
            answers = self._together([partial(self._product, schema, product) for product in switches])
            for (product, switch), answer in zip(switches.items(), answers, strict=True):
                if isinstance(answer, str):
                    unknown.append(LeftAlone(f"product {product}", answer, is_in_version=False))
                elif answer is not None:
                    found |= {switch.name: True, **answer}
        return found, unknown

    def _product(self, schema: KindSchema, product: str) -> Values | str | None:
        """The configuration of a product that is on; ``None`` if it is off; or why that is not known."""
        url = path(*schema.segments, product, "services", self.service_id)
        options = {key: f for f in schema.fields for of, key in [f.wire_parts] if of == product and key}
        try:
            self.client.get_object(url, keys=("product",))
            return _configuration(options, self.client.get_object(f"{url}/configuration")) if options else {}
        except BadRequest as error:
            if error.is_gone:
                raise
            return None  # the API's answer for a product that is off
        except (Forbidden, NotFound) as error:
            return f"whether it is on is not known ({error.msg or error.status})"

    def refused_lists(self) -> list[LeftAlone]:
        """The kinds of which it is not known whether there are objects."""
        return [
            LeftAlone(schema.label, f"this key may not read them ({error.msg or error.status})")
            for collection, error in self.refused.items()
            for schema in kinds_of(collection)
        ]

    def without_resource(self) -> list[LeftAlone]:
        """Objects in Fastly's overview of the version that no kind of this package is for."""
        details = self.client.get_object(
            path("service", self.service_id, "details"), {"version": self.number}, keys=("version",)
        )
        return [
            LeftAlone(f"{word} {row.get('name', '')}".rstrip(), "this package has no resource for it")
            for word, rows in (details["version"] or {}).items()
            if word not in KNOWN_IN_DETAILS and isinstance(rows, list) and not _is_covered(word)
            for row in rows
            if isinstance(row, Mapping)
        ]


def _kind_of(collection: str, row: Row) -> KindSchema:
    schemas = kinds_of(collection)
    return next((schema for schema in schemas if schema.matches(row)), schemas[0])


def _configuration(options: Mapping[str, Field], answer: Row) -> Values:
    row = answer.get("configuration") or {}
    found = {f.name: f.canonical(row.get(key)) for key, f in options.items()}
    return {name: value for name, value in found.items() if value is not None}


def _is_covered(word: str) -> bool:
    """Whether a section of the overview is a list of a kind: ``dictionaries`` of ``dictionary``."""
    return any(
        word in {schema.collection, f"{schema.collection}s", f"{schema.collection.removesuffix('y')}ies"}
        for schema in KINDS.values()
        if schema.group is Group.OBJECT
    )
