"""States of a service in Terraform, in the shapes that its provider's schema publishes.

``python -m tests.adopt.states`` writes tests/data/adopt/terraform.json and tests/data/adopt/pulumi.json.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from fastly_adopt.names_elsewhere import BLOCKS, UNSET_NUMBERS, nested_class, our_class, our_property
from fastly_adopt.service_content import FoundObject, ServiceContent
from fastly_adopt.service_reading import read_service
from fastly_emulator import Emulator, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.schema import KINDS, Field, Value, ValueType

from tests.cases import Case

from .pulumi_exports import pulumi_export
from .random_services import Maker

DATA = Path(__file__).resolve().parents[1] / "data"
PUBLISHED: dict[str, list[str]] = {
    name.removeprefix("ServiceVcl"): properties
    for name, properties in json.loads((DATA / "pulumi_fastly_properties.json").read_text())["classes"].items()
}
CLASSES = {our_class(cls): cls for cls in BLOCKS}
"""The class of arguments of each class here."""
TEXTS_WITH_COMMAS = {("RateLimiter", "client_key"), ("RateLimiter", "http_methods")}


class PublishedMaker(Maker):
    """Makes services of what Terraform can declare."""

    def _objects(self, case: Case) -> None:
        if KINDS[case.kind].label in {*CLASSES, "Settings", "Http3"}:
            super()._objects(case)

    def _inputs(self, case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
        label = KINDS[case.kind].label
        inputs = super()._inputs(case, given)
        if label not in CLASSES:
            return inputs
        published = {ours for _, _, ours in published_names(CLASSES[label])}
        unsent = {our_property(cls, name) for cls, name in UNSET_NUMBERS if cls == CLASSES[label]}
        # A state does not tell an empty list of a gzip from the default.
        unsent |= {"content_types", "extensions"}
        return {name: value for name, value in inputs.items() if name in published and (value or name not in unsent)}


def published_names(cls: str) -> Iterator[tuple[str, str, str]]:
    """Each property that is published for a class and those nested in it: its class, its name and the one here."""
    for name in PUBLISHED[cls]:
        inner = nested_class(cls, name)
        if inner:
            yield from published_names(inner)
        else:
            yield cls, name, our_property(cls, name)


# -------------------------------------------------------------------- Terraform


def terraform_resources(content: ServiceContent, name: str = "www") -> list[dict[str, Any]]:
    """The resources of a service in a state of Terraform."""
    blocks: dict[str, list[dict[str, Any]]] = {terraform: [] for terraform, _ in BLOCKS.values()}
    settings: dict[str, Any] = {"default_host": "", "default_ttl": 3600, "stale_if_error": False}
    settings |= {"stale_if_error_ttl": 43200, "http3": any(each.kind == "http3" for each in content.objects)}
    live: list[dict[str, Any]] = []
    for each in content.objects:
        if each.kind == "settings":
            settings |= dict(_settings(each))
        elif each.kind != "http3":
            cls = CLASSES[each.schema.label]
            blocks[BLOCKS[cls][0]].append(_block(cls, each))
            live += _live(content, each)
    if content.products:
        values = {**dict.fromkeys(_products(), False), **content.products}
        blocks["product_enablement"].append(_of_values("ProductEnablement", values, _products()) | {"name": "products"})
    service = {
        "id": content.service_id,
        "name": content.name,
        "comment": content.comment,
        "version_comment": "",
        "active_version": content.version,
        "cloned_version": content.version,
        "staged_version": 0,
        "activate": True,
        "stage": False,
        "force_destroy": None,
        "reuse": None,
        "imported": False,
        "force_refresh": False,
        **settings,
        **blocks,
    }
    return [_resource("fastly_service_vcl", name, service), *live]


def terraform_state(*resources: dict[str, Any]) -> dict[str, Any]:
    """What `terraform show -json` writes; live resources stand in a module."""
    root = [each for each in resources if "module." not in each["address"]]
    inner = [each for each in resources if "module." in each["address"]]
    child = {"address": "module.live", "resources": inner}
    return {
        "format_version": "1.0",
        "terraform_version": "1.9.8",
        "values": {"root_module": {"resources": root, "child_modules": [child]}},
    }


def _resource(type_: str, name: str, values: dict[str, Any], module: str = "") -> dict[str, Any]:
    return {
        "address": f"{module}{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider_name": "registry.terraform.io/fastly/fastly",
        "schema_version": 1,
        "values": values,
        "sensitive_values": {},
    }


def _settings(found: FoundObject) -> Iterator[tuple[str, Any]]:
    for f in found.schema.fields:
        value = f.value_in(found.row)
        yield f.name, "" if value is None else value


def _block(cls: str, found: FoundObject) -> dict[str, Any]:
    schema = found.schema
    values = {f.name: f.value_in(found.row) for f in schema.versioned}
    block = _of_values(cls, values, {f.name: f for f in schema.fields})
    for own in ("acl_id", "dictionary_id", "snippet_id", "ratelimiter_id"):
        if own in PUBLISHED[cls]:
            block[own] = found.row["id"]
    return block


def _of_values(cls: str, values: Mapping[str, Value], fields: Mapping[str, Field]) -> dict[str, Any]:
    block: dict[str, Any] = {}
    for name in PUBLISHED[cls]:
        inner = nested_class(cls, name)
        f = fields.get(our_property(cls, name))
        if inner:
            nested = _of_values(inner, values, fields)
            block[name] = [nested] if any(nested.values()) else []
        elif f:
            block[name] = _there(cls, name, f, values.get(f.name))
        else:
            block[name] = {"feature_revision": 1, "force_destroy": False}.get(name)
    return block


def _there(cls: str, name: str, f: Field, value: Value) -> Any:
    """A value as a state has it: what is not set is empty, and so are lists with the API's default."""
    if f.type is ValueType.WORDS and f.is_default(value):
        return []
    if (cls, name) in TEXTS_WITH_COMMAS:
        return ",".join(value) if isinstance(value, list) else ""
    if not value and (cls, name) in UNSET_NUMBERS:
        return UNSET_NUMBERS[cls, name]
    if value is not None:
        return value
    if f.type is ValueType.INTEGER:
        return None
    return {ValueType.BOOLEAN: False, ValueType.STRING: "", ValueType.TEXT: ""}.get(f.type, [])


def _products() -> dict[str, Field]:
    return {f.name: f for f in KINDS["product_enablement"].fields}


def _live(content: ServiceContent, found: FoundObject) -> Iterator[dict[str, Any]]:
    name = re.sub(r"\W", "_", found.name)
    own = {"service_id": content.service_id}
    if found.kind == "dynamic_snippet":
        values = {**own, "snippet_id": found.row["id"], "content": found.live["content"] or ""}
        yield _resource(
            "fastly_service_dynamic_snippet_content", name, {**values, "manage_snippets": True}, "module.live."
        )
    elif found.kind == "dictionary" and found.items is not None:
        items = {row["item_key"]: row["item_value"] for row in found.items}
        values = {**own, "dictionary_id": found.row["id"], "items": items, "manage_items": True}
        yield _resource("fastly_service_dictionary_items", name, values, "module.live.")
    elif found.kind == "acl" and found.items is not None:
        entries = [
            {
                "id": row["id"],
                "ip": row["ip"],
                "negated": str(row["negated"]) == "1",
                "subnet": "" if row.get("subnet") is None else str(row["subnet"]),
                "comment": row["comment"] or "",
            }
            for row in found.items
        ]
        values = {**own, "acl_id": found.row["id"], "entry": entries, "manage_entries": True}
        yield _resource("fastly_service_acl_entries", name, values, "module.live.")


# -------------------------------------------------------------------- files


def service_of_everything() -> ServiceContent:
    """A service with every block, with ids that do not change."""
    transport = InProcessTransport(create_app(Emulator()), sleep=lambda _seconds: None)
    with (
        closing(Client("key", "http://127.0.0.1", transport=transport)) as client,
        httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"}) as http,
    ):
        service_id = PublishedMaker(http, random.Random(3)).make(1)
        content = read_service(client, service_id, progress=lambda *_: None)
    objects = tuple(
        replace(
            each,
            row={**each.row, "id": f"id{number}"},
            items=each.items and tuple({**row, "id": f"e{n}"} for n, row in enumerate(each.items)),
        )
        for number, each in enumerate(content.objects)
    )
    return replace(content, service_id="SU1Z0isxPaozGVKXdv0eY", objects=objects)


def files() -> dict[str, str]:
    """The files with the states of that service, by name."""
    resources = terraform_resources(service_of_everything())
    states = {"terraform.json": terraform_state(*resources), "pulumi.json": pulumi_export(resources)}
    return {name: json.dumps(state, indent=1, ensure_ascii=False) + "\n" for name, state in states.items()}


if __name__ == "__main__":
    for file, text in files().items():
        (DATA / "adopt" / file).write_text(text, encoding="utf-8")
