"""Fastly's own Python client makes, activates and reads back a service with every kind of object."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import fastly  # type: ignore[import-untyped]
import httpx
import pytest
from fastly import models

from tests.cases import CASES, Case, in_order, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1


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
    for case in in_order(CASES):
        if case.client:
            _make_and_read(client, service, case, case.client)
    _write_live_content(client, service)
    links = api(client, "DirectorBackend")
    director, backend = CASES["director"].name, CASES["backend"].name
    links.create_director_backend(director, service, VERSION, backend)
    assert links.get_director_backend(director, service, VERSION, backend).backend_name == backend
    # The client declares `from` and `to` numbers, and refuses the strings with which the API answers.
    answer = api(client, "Diff").diff_service_versions(service, VERSION, VERSION, _preload_content=False)
    assert f" - name: {director}\n   backends:\n   - {backend}\n" in json.loads(answer.data)["diff"]
    # The client takes the backends of a director for objects, and refuses `/details` with the names that are recorded.
    assert links.delete_director_backend(director, service, VERSION, backend).status == "ok"
    versions = api(client, "Version")
    settings = api(client, "Settings").update_service_settings(service, VERSION, general_default_ttl=60)
    assert settings.general_default_ttl == 60
    _write_singletons(client, service)
    _read_generated_vcl(client, service)
    assert versions.validate_service_version(service_id=service, version_id=VERSION).status == "ok"
    assert versions.activate_service_version(service_id=service, version_id=VERSION).active
    assert services.get_service_detail(service).active_version.backends[0].name == backend
    assert services.search_service(name="shop").id == service
    assert [domain.name for domain in services.list_service_domains(service)] == [CASES["domain"].name]
    with pytest.raises(fastly.ApiException) as refused:
        services.delete_service(service)
    assert refused.value.status == 400
    versions.deactivate_service_version(service_id=service, version_id=VERSION)
    assert services.delete_service(service).status == "ok"


def _read_generated_vcl(client: fastly.ApiClient, service: str) -> None:
    vcl = api(client, "Vcl")
    generated = vcl.get_custom_vcl_generated(service, VERSION)
    assert (generated.main, generated.service_id, generated.version) == (False, service, VERSION)
    assert "sub vcl_recv {" in generated.content
    assert "highlight" in vcl.get_custom_vcl_generated_highlighted(service, VERSION).content
    assert "#FASTLY recv" in vcl.get_custom_vcl_boilerplate(service, VERSION)


def _make_and_read(client: fastly.ApiClient, service: str, case: Case, operations: tuple[str, str, str]) -> None:
    name, make, read = operations
    part = api(client, name)
    # The client is behind the API by a few fields.
    known = getattr(part, f"{make}_endpoint").params_map["all"]
    # Others refer to each of the conditions. The client refuses a few values of other variants that the API takes.
    for each in case.objects if case.kind == "condition" else case.objects[:1]:
        row = case.row(each.name, each.full)
        fields = {key: row[key] for key in case.form(each.name, each.full) if key in row and key in known}
        getattr(part, make)(service_id=service, version_id=VERSION, **fields)
        answer = getattr(part, read)(service, VERSION, each.name).to_dict()
        assert {field: normal(answer[field]) for field in fields} == {k: normal(v) for k, v in fields.items()}


def _write_singletons(client: fastly.ApiClient, service: str) -> None:
    http3 = api(client, "Http3")
    assert http3.create_http3(service, VERSION, feature_revision=1).feature_revision == 1
    assert http3.get_http3(service, VERSION).version == VERSION
    assert http3.delete_http3(service, VERSION).status == "ok"
    optimizer = api(client, "ImageOptimizerDefaultSettings")
    wanted = CASES["image_optimizer_settings"].full
    made = optimizer.update_default_settings(service, VERSION, default_settings=dict(wanted))
    assert made.to_dict() == optimizer.get_default_settings(service, VERSION).to_dict() == wanted


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
    snippet = snippets.get_snippet(service, VERSION, CASES["dynamic_snippet"].name).id
    snippets.update_snippet_dynamic(service, snippet, content='set resp.http.B = "c";')
    assert snippets.get_snippet_dynamic(service, snippet).content == 'set resp.http.B = "c";'


PRODUCTS = [
    ("ProductApiDiscovery", "api_discovery"),
    ("ProductBotManagement", "bot_management"),
    ("ProductBrotliCompression", "brotli_compression"),
    ("ProductDdosProtection", "ddos_protection"),
    ("ProductDomainInspector", "domain_inspector"),
    ("ProductImageOptimizer", "image_optimizer"),
    ("ProductLogExplorerInsights", "log_explorer_insights"),
    ("ProductNgwaf", "ngwaf"),
    ("ProductOriginInspector", "origin_inspector"),
    ("ProductWebsockets", "websockets"),
]


@pytest.mark.parametrize(("name", "product"), PRODUCTS)
def test_products(client: fastly.ApiClient, name: str, product: str) -> None:
    service = api(client, "Service").create_service(name=product).id
    products = api(client, name)
    body = {"ngwaf_request_enable": {"workspace_id": "W"}} if product == "ngwaf" else {}
    made = getattr(products, f"enable_product_{product}")(service, **body)
    assert (made.product.id, made.service.id) == (product, service)
    assert getattr(products, f"get_product_{product}")(service).product.id == product
    getattr(products, f"disable_product_{product}")(service)
    with pytest.raises(fastly.ApiException) as refused:
        getattr(products, f"get_product_{product}")(service)
    assert refused.value.status == 400


def test_configurations_of_products(client: fastly.ApiClient) -> None:
    service = api(client, "Service").create_service(name="configured").id
    waf, ddos = api(client, "ProductNgwaf"), api(client, "ProductDdosProtection")
    enabled = waf.enable_product_ngwaf(service, ngwaf_request_enable={"workspace_id": "W", "traffic_ramp": "50"})
    assert enabled.configuration["traffic_ramp"] == "50"
    change = {"traffic_ramp": "10"}
    waf.set_product_ngwaf_configuration(service, ngwaf_request_update_configuration=change)
    found = waf.get_product_ngwaf_configuration(service).configuration
    assert (found["workspace_id"], found["traffic_ramp"]) == ("W", "10")
    ddos.enable_product_ddos_protection(service, ddos_protection_request_enable_mode={"mode": "log"})
    changed = {"mode": "block"}
    ddos.set_product_ddos_protection_configuration(service, ddos_protection_request_update_configuration=changed)
    assert ddos.get_product_ddos_protection_configuration(service).configuration["mode"] == "block"


def test_users_and_invitations(client: fastly.ApiClient) -> None:
    users, invitations = api(client, "User"), api(client, "Invitations")
    made = users.create_user(login="alice@example.com", name="Alice", role="engineer", limit_services=True)
    assert users.update_user(made.id, name="Alicia", limit_services=False).limit_services is False
    read = users.get_user(made.id)
    assert (read.login, read.name, read.role.value) == ("alice@example.com", "Alicia", "engineer")
    customer = users.get_current_user().customer_id
    assert made.id in [user.id for user in api(client, "Customer").list_users(customer)]
    assert users.delete_user(made.id).status == "ok"

    attributes = {"email": "dave@example.com", "role": models.RoleUser("billing"), "limit_services": True}
    body = {"data": {"type": models.TypeInvitation("invitation"), "attributes": attributes}}
    # The client cannot read the attributes of any invitation: its two models of an answer contradict each other.
    answer = invitations.create_invitation(invitation=body, _preload_content=False)
    invited = json.loads(answer.data)["data"]
    assert (invited["attributes"]["email"], invited["attributes"]["role"]) == ("dave@example.com", "billing")
    listed = json.loads(invitations.list_invitations(_preload_content=False).data)["data"]
    assert invited in listed
    assert invitations.delete_invitation(invited["id"]) is None
    listed = json.loads(invitations.list_invitations(_preload_content=False).data)["data"]
    assert invited["id"] not in [each["id"] for each in listed]


def test_the_account_and_its_billing_address(client: fastly.ApiClient) -> None:
    customers, addresses = api(client, "Customer"), api(client, "BillingAddress")
    account = customers.get_logged_in_customer()
    assert customers.update_customer(account.id, phone_number="1", force_2fa=True).force_2fa is True
    assert customers.get_customer(account.id).phone_number == "1"
    kind = models.TypeBillingAddress("billing_address")
    attributes = {"address_1": "1 Main Street", "country": "GB", "postal_code": "SW1A 1AA"}
    body = {"data": {"type": kind, "attributes": attributes}}
    made = addresses.add_billing_addr(account.id, billing_address_request=body)
    assert made.data.attributes.country == "GB"
    change = {"data": {"type": kind, "attributes": {"city": "London"}}}
    addresses.update_billing_addr(account.id, update_billing_address_request=change)
    found = addresses.get_billing_addr(account.id).data
    assert (found.id, found.attributes.city, found.attributes.address_1) == (made.data.id, "London", "1 Main Street")
    assert addresses.delete_billing_addr(account.id) is None


def test_purges(client: fastly.ApiClient, emulator_url: str) -> None:
    service = api(client, "Service").create_service(name="purged").id
    purges = api(client, "Purge")
    httpx.delete(f"{emulator_url}/_emulator/purges").raise_for_status()
    url = "www.example.com/a//b?c=d%20e"
    assert purges.purge_single_url(url, fastly_soft_purge=1).status == "ok"
    assert purges.purge_tag(service, "a/b", fastly_soft_purge=1).status == "ok"
    body = {"surrogate_keys": ["a", "b"]}
    assert purges.bulk_purge_tag(service, purge_response=body).to_dict().keys() == {"a", "b"}
    assert purges.bulk_purge_tag(service, surrogate_key="c d").to_dict().keys() == {"c", "d"}
    assert purges.purge_all(service).status == "ok"
    found = httpx.get(f"{emulator_url}/_emulator/purges").json()
    assert [each.get("url") or each.get("keys") or each["kind"] for each in found] == [
        url,
        ["a/b"],
        ["a", "b"],
        ["c", "d"],
        "all",
    ]
    assert [each["soft"] for each in found] == [True, True, False, False, False]
