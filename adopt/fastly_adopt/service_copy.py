"""Makes a copy of a service, through the API: what was read, with stand-ins for secrets."""

from collections.abc import Mapping, Sequence

from pulumi_fastly_dynamic.api import JsonBody, path
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.schema import (
    KINDS,
    Body,
    Group,
    KindSchema,
    Presence,
    Row,
    Value,
    Values,
    form_value,
    removal_order,
)

from .service_content import FoundObject, ServiceContent

BATCH = 1000

SecretKey = tuple[str, str, str]
"""Kind and name of an object, and a property."""


def copy_service(client: Client, content: ServiceContent, secrets: Mapping[SecretKey, str]) -> str:
    """Creates a service with the content as its active version, and returns its id."""
    form = {"name": content.name, "comment": content.comment, "type": "vcl"}
    service_id = str(client.post(path("service"), form)["id"])
    rank = removal_order()
    missing = _missing(content.objects)
    version = ("service", service_id, "version", 1)
    for schema, form in missing:
        client.post(path(*version, *schema.segments), form)
    # What is referred to comes first.
    for found in sorted(content.objects, key=lambda each: -rank[each.kind]):
        _Copy(client, service_id, found, secrets).make()
    for schema, form in missing:
        client.delete(path(*version, *schema.segments, form["name"]))
    _switch_products(client, service_id, content.products)
    client.put(path("service", service_id, "version", 1, "activate"))
    return service_id


def _missing(objects: Sequence[FoundObject]) -> list[tuple[KindSchema, dict[str, str]]]:
    """What objects refer to and the version does not hold: the API checks that only when the reference is written."""
    there = {(each.kind, each.name) for each in objects}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for each in objects:
        values = each.schema.from_row(each.row)
        for f in each.schema.fields:
            name = values.get(f.name)
            if f.reference and isinstance(name, str) and (f.reference.kind, name) not in there:
                needed = {"type": f.reference.type or "", "statement": "true"} if f.reference.type else {}
                found[f.reference.kind, name] = {"name": name, **needed}
    return [(KINDS[kind], form) for (kind, _), form in found.items()]


class _Copy:
    """The copy of one object, in version 1."""

    def __init__(self, client: Client, service_id: str, found: FoundObject, secrets: Mapping[SecretKey, str]) -> None:
        self.client = client
        self.service_id = service_id
        self.found = found
        schema = found.schema
        known = {f.name: secrets.get((found.kind, found.name, f.name)) for f in schema.fields if f.secret}
        self.values: Values = {**schema.from_row(found.row), **found.live}
        self.values |= {name: value for name, value in known.items() if value is not None}

    def make(self) -> None:
        schema = self.found.schema
        url = path("service", self.service_id, "version", 1, *schema.segments)
        if schema.presence is not Presence.CREATED:
            self._write_singleton(schema, url)
            return
        made = self.client.post(url, schema.create_form(self.values))
        for f in schema.links:
            names = self.values[f.name]
            for name in names if isinstance(names, list) else []:
                self.client.post(f"{url}{path(self.found.name, f.reference_kind, name)}")
        for f in schema.exclusive:
            if self.values[f.name]:
                self.client.put(f"{url}{path(self.found.name, f.wire)}")
        if self.found.items:
            self._fill(schema, made, self.found.items)

    def _write_singleton(self, schema: KindSchema, url: str) -> None:
        body = schema.update_body(self.values, schema.from_row(schema.defaults()))
        if schema.body is Body.JSON:
            self.client.patch(url, JsonBody(body))
        else:
            self.client.put(url, body)

    def _fill(self, schema: KindSchema, made: Row, rows: tuple[Row, ...]) -> None:
        url = path("service", self.service_id, schema.collection, str(made["id"]), str(schema.items))
        names = ("item_key", "item_value", "ip", "subnet", "negated", "comment")
        operations = [
            {"op": "create", **{name: row[name] for name in names if row.get(name) is not None}} for row in rows
        ]
        for start in range(0, len(operations), BATCH):
            self.client.patch(url, JsonBody({str(schema.items): operations[start : start + BATCH]}))


def _switch_products(client: Client, service_id: str, products: Mapping[str, Value]) -> None:
    for schema in (each for each in KINDS.values() if each.group is Group.PRODUCTS):
        for f in schema.fields:
            product, option = f.wire_parts
            if option or not products.get(f.name):
                continue
            body = {
                each.wire_parts[1]: form_value(products[each.name])
                for each in schema.fields
                if each.wire_parts[0] == product and each.wire_parts[1] and each.name in products
            }
            url = path(*schema.segments, product, "services", service_id)
            client.put(url, JsonBody(body))
            if body:
                client.patch(f"{url}/configuration", JsonBody(body))
