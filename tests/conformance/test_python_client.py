"""Fastly's own Python client makes, activates and reads back a service with every kind of object."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import fastly  # type: ignore[import-untyped]
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
OBJECTS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Domain", "create_domain", "get_domain", {"name": "www.example.com", "comment": "shop"}),
    (
        "Healthcheck",
        "create_healthcheck",
        "get_healthcheck",
        {"name": "probe", "host": "www.example.com", "path": "/ok", "window": 8, "headers": ["A: b"]},
    ),
    (
        "Condition",
        "create_condition",
        "get_condition",
        {"name": "api/v1", "type": "REQUEST", "statement": 'req.url ~ "^/api"', "priority": "5"},
    ),
    (
        "Backend",
        "create_backend",
        "get_backend",
        {
            "name": "origin",
            "address": "origin.example.com",
            "port": 443,
            "use_ssl": True,
            "healthcheck": "probe",
            "request_condition": "api/v1",
        },
    ),
    (
        "Header",
        "create_header_object",
        "get_header_object",
        {"name": "x", "action": "set", "type": "request", "dst": "http.X", "src": '"1"', "priority": "10"},
    ),
    (
        "Snippet",
        "create_snippet",
        "get_snippet",
        {"name": "static", "type": "recv", "content": 'set req.http.A = "b";', "dynamic": "0"},
    ),
    ("Snippet", "create_snippet", "get_snippet", {"name": "live", "type": "deliver", "dynamic": "1"}),
    ("Dictionary", "create_dictionary", "get_dictionary", {"name": "redirects"}),
    ("Acl", "create_acl", "get_acl", {"name": "office"}),
    ("Director", "create_director", "get_director", {"name": "pool", "quorum": 50, "type": 3, "retries": 2}),
    ("Gzip", "create_gzip_config", "get_gzip_configs", {"name": "texts", "extensions": "css js"}),
    (
        "CacheSettings",
        "create_cache_settings",
        "get_cache_settings",
        {"name": "long", "action": "cache", "ttl": "3600", "stale_ttl": "60"},
    ),
    ("Vcl", "create_custom_vcl", "get_custom_vcl", {"name": "own", "content": "sub own {\n}\n"}),
]
"""API, operation that makes, operation that reads, fields. Later ones name earlier ones."""


def api(client: fastly.ApiClient, name: str) -> Any:
    """Return the client's class for a part of the API."""
    module = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    return getattr(import_module(f"fastly.api.{module}_api"), f"{name}Api")(client)


@pytest.fixture
def client(emulator_url: str) -> Iterator[fastly.ApiClient]:
    configuration = fastly.Configuration(host=emulator_url)
    configuration.api_token = "key"
    with fastly.ApiClient(configuration) as client:
        yield client


def test_a_service_with_every_kind(client: fastly.ApiClient) -> None:
    services = api(client, "Service")
    service = services.create_service(name="shop", comment="by Fastly's client").id
    for name, make, read, fields in OBJECTS:
        part = api(client, name)
        getattr(part, make)(service_id=service, version_id=VERSION, **fields)
        answer = getattr(part, read)(service, VERSION, fields["name"]).to_dict()
        assert {field: answer[field] for field in fields} == fields
    _write_live_content(client, service)
    links = api(client, "DirectorBackend")
    links.create_director_backend("pool", service, VERSION, "origin")
    assert links.get_director_backend("pool", service, VERSION, "origin").backend_name == "origin"
    # The client declares `from` and `to` numbers, and refuses the strings with which the API answers.
    answer = api(client, "Diff").diff_service_versions(service, VERSION, VERSION, _preload_content=False)
    assert " - name: pool\n   backends:\n   - origin\n" in json.loads(answer.data)["diff"]
    # The client takes the backends of a director for objects, and refuses `/details` with the names that are recorded.
    assert links.delete_director_backend("pool", service, VERSION, "origin").status == "ok"
    versions = api(client, "Version")
    settings = api(client, "Settings").update_service_settings(service, VERSION, general_default_ttl=60)
    assert settings.general_default_ttl == 60
    assert versions.validate_service_version(service_id=service, version_id=VERSION).status == "ok"
    assert versions.activate_service_version(service_id=service, version_id=VERSION).active
    assert services.get_service_detail(service).active_version.backends[0].name == "origin"
    assert services.search_service(name="shop").id == service
    assert [domain.name for domain in services.list_service_domains(service)] == ["www.example.com"]
    with pytest.raises(fastly.ApiException) as refused:
        services.delete_service(service)
    assert refused.value.status == 400
    versions.deactivate_service_version(service_id=service, version_id=VERSION)
    assert services.delete_service(service).status == "ok"


def _write_live_content(client: fastly.ApiClient, service: str) -> None:
    dictionary = api(client, "Dictionary").list_dictionaries(service, VERSION)[0].id
    items = api(client, "DictionaryItem")
    items.create_dictionary_item(service, dictionary, item_key="/old", item_value="/new")
    items.upsert_dictionary_item(service, dictionary, "/old", item_value="/newer")
    assert [item.item_value for item in items.list_dictionary_items(service, dictionary)] == ["/newer"]
    assert api(client, "DictionaryInfo").get_dictionary_info(service, VERSION, dictionary).item_count == 1
    acl = api(client, "Acl").list_acls(service, VERSION)[0].id
    entries = api(client, "AclEntry")
    made = entries.create_acl_entry(service, acl, acl_entry={"ip": "192.0.2.0", "subnet": 24, "negated": 1})
    # The client declares `negated` a number, and refuses the string with which the API answers reads.
    read = entries.get_acl_entry(service, acl, made.id, _preload_content=False)
    assert (json.loads(read.data)["subnet"], json.loads(read.data)["negated"]) == (24, "1")
    snippets = api(client, "Snippet")
    snippet = snippets.get_snippet(service, VERSION, "live").id
    snippets.update_snippet_dynamic(service, snippet, content='set resp.http.B = "c";')
    assert snippets.get_snippet_dynamic(service, snippet).content == 'set resp.http.B = "c";'
