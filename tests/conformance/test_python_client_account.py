"""Fastly's own Python client uses tokens, users, service authorizations and invoices of the emulator."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import fastly  # type: ignore[import-untyped]
import pytest

from .test_python_client import api

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def client(emulator_url: str) -> Iterator[fastly.ApiClient]:
    with closing(client_with(emulator_url, "key")) as client:
        yield client


def client_with(emulator_url: str, key: str) -> fastly.ApiClient:
    configuration = fastly.Configuration(host=emulator_url, username="owner@example.com", password="any")
    configuration.api_token = key
    return fastly.ApiClient(configuration)


def read(answer: Any) -> Any:
    """Read an answer that the client's own types refuse, since fields are null or differ, as recorded."""
    return json.loads(answer.data)


def test_tokens(client: fastly.ApiClient, emulator_url: str) -> None:
    tokens = api(client, "Tokens")
    first, second, third = (read(tokens.create_token(_preload_content=False)) for _ in range(3))
    current = read(tokens.get_token_current(_preload_content=False))
    made = [first["id"], second["id"], third["id"]]
    assert [each["id"] for each in read(tokens.list_tokens_user(_preload_content=False))] == [current["id"], *made]
    everyone = tokens.list_tokens_customer(current["customer_id"], _preload_content=False)
    assert [each["id"] for each in read(everyone)] == [current["id"], *made]
    assert read(tokens.get_token(first["id"], _preload_content=False))["scope"] == "global"
    with closing(client_with(emulator_url, first["access_token"])) as other:
        assert read(api(other, "Tokens").get_token_current(_preload_content=False))["id"] == first["id"]
        tokens.revoke_token(first["id"])
        with pytest.raises(fastly.ApiException) as refused:
            api(other, "Service").list_services()
        assert refused.value.status == 401
    with closing(client_with(emulator_url, second["access_token"])) as other:
        api(other, "Tokens").revoke_token_current()
    tokens.bulk_revoke_tokens(request_body={"data": [{"type": "token", "id": third["id"]}]})
    assert [each["id"] for each in read(tokens.list_tokens_user(_preload_content=False))] == [current["id"]]


def test_a_read_only_token(client: fastly.ApiClient, emulator_url: str) -> None:
    request = {"name": "reader", "role": "engineer", "scope": "global:read", "expires_at": None}
    made = read(
        api(client, "AutomationTokens").create_automation_token(
            automation_token_create_request=request, _preload_content=False
        )
    )
    with closing(client_with(emulator_url, made["access_token"])) as reader:
        services = api(reader, "Service")
        services.list_services()
        with pytest.raises(fastly.ApiException) as refused:
            services.create_service(name="refused")
        assert refused.value.status == 403
    api(client, "Tokens").revoke_token(made["id"])


def test_automation_tokens(client: fastly.ApiClient) -> None:
    tokens = api(client, "AutomationTokens")
    request = {"name": "exporter", "role": "engineer", "scope": "global:read", "services": [], "expires_at": None}
    answer = tokens.create_automation_token(automation_token_create_request=request, _preload_content=False)
    made = read(answer)
    assert len(made["access_token"]) == 32
    listed = read(tokens.list_automation_tokens(page=1, per_page=100, _preload_content=False))
    assert [each["id"] for each in listed["data"]] == [made["id"]]
    assert read(tokens.get_automation_token_id(made["id"], _preload_content=False))["name"] == "exporter"
    assert tokens.get_automation_tokens_id_services(made["id"]).data == []
    tokens.revoke_automation_token_id(made["id"], _preload_content=False)
    assert read(tokens.list_automation_tokens(_preload_content=False))["data"] == []


def test_users(client: fastly.ApiClient) -> None:
    users = api(client, "User")
    assert users.get_current_user().role.value == "superuser"
    assert users.request_password_reset("owner@example.com").status == "ok"
    # The client sends name and password instead of a key, and Fastly wants a session.
    with pytest.raises(fastly.ApiException) as refused:
        users.update_user_password(old_password="a", new_password="b")
    assert refused.value.status == 401
    made = users.create_user(login="limited@example.com", role="engineer", limit_services=True)
    assert made.limit_services
    with pytest.raises(fastly.ApiException) as refused:
        api(client, "Customer").delete_customer(made.customer_id)
    assert refused.value.status == 403


def test_service_authorizations(client: fastly.ApiClient) -> None:
    service = api(client, "Service").create_service(name="authorized").id
    user = api(client, "User").get_current_user().id
    part = api(client, "ServiceAuthorizations")

    def document(permission: str, **related: str) -> dict[str, Any]:
        relationships = {name: {"data": {"type": name, "id": identifier}} for name, identifier in related.items()}
        data: dict[str, Any] = {"type": "service_authorization", "attributes": {"permission": permission}}
        return {"data": data | ({"relationships": relationships} if related else {})}

    body = document("purge_all", service=service, user=user)
    made = read(part.create_service_authorization(service_authorization=body, _preload_content=False))["data"]
    assert read(part.list_service_authorization(_preload_content=False))["data"] == [made]
    change = document("full")
    part.update_service_authorization(made["id"], service_authorization=change, _preload_content=False)
    found = read(part.show_service_authorization(made["id"], _preload_content=False))["data"]
    assert found["attributes"]["permission"] == "full"
    part.delete_service_authorization(made["id"])
    assert read(part.list_service_authorization(_preload_content=False))["data"] == []


def test_invoices(client: fastly.ApiClient) -> None:
    invoices = api(client, "BillingInvoices")
    listed = invoices.list_invoices(limit="2", billing_start_date="2024-01-01")
    assert len(listed.data) == 2
    newest = listed.data[0]
    one = invoices.get_invoice_by_invoice_id(int(newest.invoice_id))
    assert one.monthly_transaction_amount == newest.monthly_transaction_amount
    lines = sum(line.amount for line in one.transaction_line_items)
    assert one.monthly_transaction_amount == pytest.approx(lines)
    following = invoices.list_invoices(limit="1", cursor=listed.meta.next_cursor).data
    assert following[0].billing_start_date < listed.data[1].billing_start_date
    to_date = invoices.get_month_to_date_invoice()
    amount = sum(line.amount for line in to_date.transaction_line_items)
    assert float(to_date.monthly_transaction_amount) == pytest.approx(amount)
