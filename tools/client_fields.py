"""Writes tests/data/fastly_client_fields.json from Fastly's Python client; with --check, fails if it is stale."""

import html
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fastly  # type: ignore[import-untyped]
import fastly.api  # type: ignore[import-untyped]
from generated_page import write_or_check
from pulumi_fastly_dynamic.schema import KINDS, Group, KindSchema

TARGET = Path(__file__).parents[1] / "tests" / "data" / "fastly_client_fields.json"
HEAD = "Written by tools/client_fields.py: what Fastly's own Python client says of each kind. Do not edit."
VERSION_PATH = "/service/{service_id}/version/{version_id}"
PATHS = {
    "service": ("/service", "/service/{service_id}"),
    "user": ("/user", "/user/{user_id}"),
    "customer": ("/customer/{customer_id}",),
    "billing_address": ("/customer/{customer_id}/billing_address",),
    "invitation": ("/invitations",),
}
"""Where kinds that are in no version are created and updated."""
DEFAULT = re.compile(
    r"^\s+(\w+) \(.*?\): .* if omitted the server will use the default value of (.*?)(  # noqa.*)?$", re.MULTILINE
)


def _operations() -> Iterator[tuple[str, Any, Any]]:
    """Method and path, the method of the client, and the client's description of it."""
    client = fastly.ApiClient(fastly.Configuration())
    for module in pkgutil.iter_modules(fastly.api.__path__):
        for name, cls in vars(importlib.import_module(f"fastly.api.{module.name}")).items():
            if name.endswith("Api"):
                for attribute, endpoint in vars(cls(client)).items():
                    if attribute.endswith("_endpoint"):
                        place = f"{endpoint.settings['http_method']} {endpoint.settings['endpoint_path']}"
                        yield place, getattr(cls, attribute.removesuffix("_endpoint")), endpoint


def _writes(schema: KindSchema, place: str) -> bool:
    """Whether that method and path create or update an object of the kind."""
    paths = PATHS.get(schema.kind, (f"{VERSION_PATH}/{schema.collection}",))
    method, _, path = place.partition(" ")
    if schema.object_path and re.fullmatch(rf"/{'/'.join(schema.object_path)}/\{{\w+\}}", path):
        return method == "PUT"
    return method in {"POST", "PUT"} and any(re.fullmatch(rf"{re.escape(each)}(/\{{\w+\}})?", path) for each in paths)


def _fields(operation: Any, endpoint: Any) -> dict[str, dict[str, Any]]:
    """The fields that an operation sends, by their names in the API."""
    sent = {name for name, place in endpoint.location_map.items() if place == "form"}
    fields = {endpoint.attribute_map[name]: _described(name, endpoint) for name in sent}
    for name, place in endpoint.location_map.items():
        if place == "body":
            (model,) = (each for each in endpoint.openapi_types[name] if hasattr(each, "attribute_map"))
            model = _attributes(model)
            fields |= {wire: _described(each, model) for each, wire in model.attribute_map.items()}
    for name, default in _defaults(operation):
        wire = endpoint.attribute_map.get(name, "")
        if wire in fields:
            fields[wire]["default"] = default
    return fields


def _attributes(model: Any) -> Any:
    """The model of the attributes, if it is one of a document of JSON:API."""
    for name in ("data", "attributes"):
        for each in model.openapi_types.get(name, ()):
            model = each
    return model


def _described(name: str, source: Any) -> dict[str, Any]:
    """What an operation or a model says of a field: its choices and its limits."""
    allowed = list(source.allowed_values.get((name,), {}).values())
    for each in source.openapi_types[name]:
        allowed += getattr(each, "allowed_values", {}).get(("value",), {}).values()
    choices = [each for each in allowed if each not in {None, "null"}]
    limits = {
        key: value["pattern"] if key == "regex" else value for key, value in source.validations.get((name,), {}).items()
    }
    return {**({"choices": choices} if choices else {}), **limits}


def _defaults(operation: Any) -> Iterator[tuple[str, Any]]:
    """The defaults in the comment of an operation: the only place where the client has them."""
    for name, text, _ in DEFAULT.findall(inspect.getsource(operation)):
        value = html.unescape(text.strip())
        quoted = len(value) > 1 and value[0] == value[-1] == '"'
        if value not in {'"null"', "None"}:
            yield name, value[1:-1] if quoted else json.loads(value.lower())


def described() -> dict[str, Any]:
    """The whole content of the file."""
    operations = list(_operations())
    kinds: dict[str, Any] = {}
    for kind, schema in sorted(KINDS.items()):
        if schema.group not in {Group.OBJECT, Group.SERVICE, Group.RECORD}:
            continue
        fields: dict[str, dict[str, Any]] = {}
        for place, operation, endpoint in operations:
            if _writes(schema, place):
                for wire, found in _fields(operation, endpoint).items():
                    fields[wire] = {**fields.get(wire, {}), **found}
        kinds[kind] = dict(sorted(fields.items()))
    return {"about": HEAD, "version": version("fastly"), "kinds": kinds}


def main() -> int:
    """Writes or checks."""
    text = json.dumps(described(), indent=1, ensure_ascii=False) + "\n"
    return write_or_check(TARGET, text, __doc__, str(TARGET.name), "client_fields.py")


if __name__ == "__main__":
    sys.exit(main())
