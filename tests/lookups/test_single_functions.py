"""What single functions do beyond one read."""

import copy
import json
import pickle
import re
from dataclasses import asdict

import httpx
import pulumi_fastly_dynamic as fastly
import pytest

from .cases import PRIVATE_KEY, Account, fill
from .conftest import Answers

HERE = r"\(test_single_functions\.py:\d+\)"


@pytest.fixture
def account(http: httpx.Client) -> Account:
    return fill(http)


def test_all_pages_of_services(http: httpx.Client) -> None:
    for number in range(101):
        http.post("/service", data={"name": f"service {number}"}).raise_for_status()
    assert len(fastly.get_services().services) == 101


@pytest.mark.parametrize("name", ["get_generated_vcl", "get_dictionary_info"])
def test_no_active_version(name: str, http: httpx.Client) -> None:
    service_id = http.post("/service", data={"name": "new"}).json()["id"]
    more = {"dictionary_id": "D"} if name == "get_dictionary_info" else {}
    with pytest.raises(fastly.LookupFailed) as raised:
        getattr(fastly, name)(service_id, **more)
    text = f"{name}: NoActiveVersion: the service {service_id} has no active version: give version"
    assert re.fullmatch(rf"{text} {HERE}", str(raised.value))


WRONG_MONTHS = [
    ({"year": 2024}, "WrongLookup: give both year and month, or neither for the current month"),
    ({"month": 2}, "WrongLookup: give both year and month, or neither for the current month"),
    ({"year": 2024, "month": 13}, "WrongLookup: month is 13: it must be from 1 to 12"),
    (
        {"year": 2031, "month": 1},
        "NoInvoice: there is no invoice for 2031-01; without year and month you get the current month",
    ),
]


@pytest.mark.parametrize(("arguments", "text"), WRONG_MONTHS)
def test_months_without_an_invoice(arguments: dict[str, int], text: str, http: httpx.Client, answers: Answers) -> None:
    with pytest.raises(fastly.LookupFailed, match=rf"^get_billing: {text} {HERE}$"):
        fastly.get_billing(**arguments)


INVOICE = {
    "customer_id": "C",
    "invoice_id": 29239985,
    "billing_start_date": "2024-02-01T00:00:00Z",
    "billing_end_date": "2024-02-29T00:00:00Z",
    "monthly_transaction_amount": "18.5",
    "transaction_line_items": [{"description": "Europe Requests", "amount": 18.5, "units": None}],
}


def test_amounts_that_are_texts(http: httpx.Client, answers: Answers) -> None:
    answers.by_path = {"/billing/v3/invoices/month-to-date": INVOICE}
    found = fastly.get_billing()
    assert (found.invoice_id, found.monthly_transaction_amount) == ("29239985", 18.5)
    assert found.transaction_line_items == (fastly.BillingLineItem(description="Europe Requests", amount=18.5),)


def test_an_invoice_on_a_later_page(http: httpx.Client, answers: Answers) -> None:
    pages = {"": ("2024-03", "a+b="), "a+b=": ("2024-02", "")}

    class Paged(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            month, cursor = pages[request.url.params.get("cursor", "")]
            row = {**INVOICE, "billing_start_date": f"{month}-01T00:00:00Z"}
            return httpx.Response(200, json={"data": [row], "meta": {"next_cursor": cursor}}, request=request)

    answers.emulator = Paged()
    assert fastly.get_billing(year=2024, month=2).billing_start_date == "2024-02-01T00:00:00Z"
    with pytest.raises(fastly.LookupFailed, match="NoInvoice"):
        fastly.get_billing(year=2024, month=1)


def test_details_hold_names_and_no_secret_fields(account: Account, answers: Answers) -> None:
    url = f"/service/{account.service_id}/details"
    version = {
        "number": "1",
        "active": "1",
        "backends": [{"name": "b", "port": 80, "ssl_client_key": PRIVATE_KEY, "ssl_ca_cert": None}],
        "logging_syslog": [{"name": "s", "token": "5ecr3t"}],
        "unheard_of": [{"name": "u", "password": "5ecr3t", "url": "5ecr3t", "size": 1}],
        "settings": {"general.default_ttl": 60},
    }
    answers.by_path = {url: {"id": account.service_id, "name": "www", "active_version": version, "version": None}}
    found = fastly.get_service_details(account.service_id)
    active = found.active_version_details
    assert active is not None
    assert found.version is None
    assert (active.number, active.active, active.settings) == (1, True, {"general.default_ttl": 60})
    assert active.names("backends") == ("b",)
    assert active.names("domains") == ()
    assert active.objects == {
        "backends": ({"name": "b", "port": 80, "ssl_ca_cert": None},),
        "logging_syslog": ({"name": "s"},),
        "unheard_of": ({"name": "u", "size": 1},),
    }


def test_details_cannot_be_changed_but_copied(account: Account) -> None:
    found = fastly.get_service_details(account.service_id)
    assert found.version is not None
    for change in (
        lambda objects: objects.clear(),
        lambda objects: objects.update(backends=()),
        lambda objects: objects["backends"][0].pop("address"),
        lambda objects: objects["backends"][0].__setitem__("address", ""),
        lambda objects: objects["backends"][0].__delitem__("address"),
    ):
        with pytest.raises(TypeError, match="cannot be changed"):
            change(found.version.objects)
    assert copy.deepcopy(found) == found == pickle.loads(pickle.dumps(found))
    assert json.loads(json.dumps(asdict(found)))["version"]["objects"]["backends"][0]["name"] == "origin"


def test_generated_vcl_without_private_keys(account: Account, answers: Answers) -> None:
    url = f"/service/{account.service_id}/version/1/generated_vcl"
    answers.by_path = {url: {"content": f'.key = "{PRIVATE_KEY}";\nsub vcl_recv {{}}\n'}}
    assert fastly.get_generated_vcl(account.service_id).content == '.key = "[secret]";\nsub vcl_recv {}\n'


DIFFS = {
    "one line": (
        " - name: b\n+  ssl_client_key: 5ecr3t\n   port: 80\n",
        " - name: b\n+  ssl_client_key: [secret]\n   port: 80\n",
    ),
    "first entry": ("+- token: 5ecr3t\n+  name: b\n", "+- token: [secret]\n+  name: b\n"),
    "none": ("   ssl_client_key:\n   port: 80\n", "   ssl_client_key:\n   port: 80\n"),
    "value on the next lines": (
        "+  ssl_client_key:\n+    5ecr3t\n   port: 80\n",
        "+  ssl_client_key:\n   port: 80\n",
    ),
    "block": (
        "-  ssl_client_key: |\n-    -----BEGIN PRIVATE KEY-----\n-    5ecr3t\n-\n-    more\n-  port: 80\n",
        "-  ssl_client_key: [secret]\n-  port: 80\n",
    ),
    "html": (
        "<pre> backends:\n<ins>+  ssl_client_key: 5ecr3t</ins>\n<ins>+    5ecr3t</ins>\n   port: 80\n</pre>",
        "<pre> backends:\n<ins>+  ssl_client_key: [secret]</ins>\n   port: 80\n</pre>",
    ),
    "elsewhere": (f"+  content: '{PRIVATE_KEY}'\n", "+  content: '[secret]'\n"),
}


@pytest.mark.parametrize(("diff", "expected"), DIFFS.values(), ids=DIFFS)
def test_diffs_without_secrets(diff: str, expected: str, account: Account, answers: Answers) -> None:
    answers.by_path = {f"/service/{account.service_id}/diff/from/1/to/2": {"from": "1", "to": "2", "diff": diff}}
    assert fastly.get_version_diff(account.service_id, 1, 2).diff == expected


def test_numbers_of_a_diff_that_are_texts(account: Account) -> None:
    found = fastly.get_version_diff(account.service_id, 1, 2)
    assert (found.from_version, found.to_version) == (1, 2)
    assert "+- name: second" in found.diff
