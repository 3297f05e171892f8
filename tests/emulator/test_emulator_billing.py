"""Invoices: their sums, and that the same services are billed the same."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from fastly_emulator.customer import CUSTOMER_ID

if TYPE_CHECKING:
    from conftest import Api, Clock

REGIONS = {"asia", "australia", "europe", "latam", "usa"}


def at(clock: Clock, day: str) -> None:
    clock.now = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()


@pytest.fixture
def account(api: Api, clock: Clock) -> Api:
    """Return an account with services made and deleted at different times; today is 2024-04-10."""
    at(clock, "2024-01-20")
    other = api.post("/service", name="other")["id"]
    at(clock, "2024-02-10")
    api.delete(f"/service/{other}")
    api.post("/service", name="third")
    at(clock, "2024-04-10")
    return api


def invoice(api: Api, month: str) -> Any:
    return api.get(f"/billing/year/2024/month/{month}")


def amount(value: float) -> Any:
    return pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("month", ["01", "02", "03", "04"])
def test_the_sums_of_an_invoice(account: Api, month: str) -> None:
    bill = invoice(account, month)
    total, services, regions = bill["total"], bill["services"].values(), bill["regions"]
    assert set(regions) == REGIONS
    for name, region in regions.items():
        (bandwidth,) = region["bandwidth"]["tiers"]
        http, https = region["requests"]["tiers"]
        assert bandwidth["units"] == amount(sum(each[name]["bandwidth"] for each in services))
        assert http["units"] * 10_000 == amount(sum(each[name]["requests"] for each in services))
        assert https["units"] * 10_000 == amount(sum(each[name]["ssl_requests"] for each in services))
        for tier in (bandwidth, http, https):
            assert tier["total"] == amount(tier["units"] * tier["price"])
        assert region["bandwidth"]["total"] == amount(bandwidth["total"])
        assert region["requests"]["total"] == amount(http["total"] + https["total"])
        assert region["cost"] == amount(region["bandwidth"]["total"] + region["requests"]["total"])
    used = [each[name] for each in services for name in REGIONS]
    assert total["bandwidth"] == amount(sum(each["bandwidth"] for each in used))
    assert total["requests"] == amount(sum(each["requests"] + each["ssl_requests"] for each in used))
    assert total["bandwidth_cost"] == amount(sum(each["bandwidth"]["total"] for each in regions.values()))
    assert total["requests_cost"] == amount(sum(each["requests"]["total"] for each in regions.values()))
    assert total["incurred_cost"] == amount(sum(each["cost"] for each in regions.values()))
    assert total["extras_cost"] == amount(sum(each["recurring"] + each.get("setup", 0) for each in total["extras"]))
    assert total["cost_before_discount"] == amount(total["incurred_cost"] + total["extras_cost"])
    assert total["cost"] == amount(total["cost_before_discount"] * (1 - total["discount"] / 100))
    assert total["incurred_cost"] > 0


@pytest.mark.parametrize(
    ("month", "names", "extras"),
    [
        ("01", ["shop", "other"], {"SSL": (100.0, None)}),
        ("02", ["shop", "other", "third"], {"SSL": (100.0, None), "Wildcard": (275.0, 50.0)}),
        ("03", ["shop", "third"], {"SSL": (100.0, None), "Wildcard": (275.0, None)}),
    ],
)
def test_what_is_on_an_invoice(
    account: Api, month: str, names: list[str], extras: dict[str, tuple[float, float | None]]
) -> None:
    bill = invoice(account, month)
    assert [each["name"] for each in bill["services"].values()] == names
    billed = {each["name"].split()[0]: (each["recurring"], each.get("setup")) for each in bill["total"]["extras"]}
    assert billed == extras


@pytest.mark.parametrize(
    ("month", "end", "status", "sent_at"),
    [
        ("02", "2024-02-29T23:59:59Z", "Paid", "2024-03-01T00:00:00+00:00"),
        ("03", "2024-03-31T23:59:59Z", "Outstanding", "2024-04-01T00:00:00+00:00"),
        ("04", "2024-04-30T23:59:59Z", "Month to date", None),
    ],
)
def test_the_state_of_an_invoice(account: Api, month: str, end: str, status: str, sent_at: str | None) -> None:
    bill = invoice(account, month)
    assert (bill["start_time"], bill["end_time"]) == (f"2024-{month}-01T00:00:00Z", end)
    assert bill["status"] == {"invoice_id": bill["invoice_id"], "sent_at": sent_at, "status": status}


def test_usage_grows_by_the_day(account: Api, clock: Clock) -> None:
    def used() -> float:
        requests: float = invoice(account, "04")["services"][account.service]["usa"]["requests"]
        return requests

    after_ten = used()
    assert invoice(account, "04") == invoice(account, "04"), "nothing is random"
    at(clock, "2024-04-20")
    assert used() == 2 * after_ten
    at(clock, "2024-06-01")
    assert used() == 3 * after_ten
    assert invoice(account, "05")["services"][account.service]["usa"]["requests"] == amount(after_ten * 31 / 10)


NOT_FOUND = ["/billing/year/2024/month/05", "/billing/year/2023/month/10", "/billing/year/2024/month/13"]
NOT_FOUND += ["/billing/year/x/month/y", "/billing/v3/invoices/202404", "/billing/v3/invoices/x"]
NOT_FOUND += ["/customer/x/pricing_extra", f"/customer/{CUSTOMER_ID}/pricing_extra/x", "/customer/x/pricing_extra/SSL"]


@pytest.mark.parametrize("path", NOT_FOUND)
def test_what_there_is_no_invoice_of(account: Api, path: str) -> None:
    assert account.refused("GET", path)[0] == 404


def test_an_account_without_services(api: Api, clock: Clock) -> None:
    api.delete("s/")
    at(clock, "2024-03-10")
    assert invoice(api, "02")["total"]["incurred_cost"] == 0
    assert invoice(api, "02")["services"] == {}


# -- Today's endpoints ------------------------------------------------------------------------------------------------


def invoices(api: Api, query: str = "") -> Any:
    return api.get(f"/billing/v3/invoices{query}")


def test_all_invoices(account: Api) -> None:
    answer = invoices(account)
    starts = [each["billing_start_date"] for each in answer["data"]]
    assert starts == [f"{month}-01T00:00:00Z" for month in ("2024-03", "2024-02", "2024-01", "2023-12", "2023-11")]
    assert answer["meta"] == {"limit": 100, "next_cursor": "", "sort": "-billing_start_date", "total": 5}
    for each in answer["data"]:
        assert account.get(f"/billing/v3/invoices/{each['invoice_id']}") == each
        assert each["monthly_transaction_amount"] == amount(_sum_of_lines(each))
    march = answer["data"][0]
    assert march["monthly_transaction_amount"] == amount(invoice(account, "03")["total"]["cost"])
    assert march["invoice_posted_on"] == "2024-04-01T00:00:00Z"
    assert march["billing_end_date"] == "2024-03-31T23:59:59Z"


def _sum_of_lines(invoice: dict[str, Any]) -> float:
    lines = invoice["transaction_line_items"]
    for line in lines:
        assert line["amount"] == amount(line["rate"] * line["units"])
    return sum(line["amount"] for line in lines)


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("?billing_start_date=2024-02-01", ["202403", "202402"]),
        ("?billing_start_date=2024-02-01T00:00:00Z&billing_end_date=2024-02-29", ["202402"]),
        ("?billing_end_date=2023-12-31T23:59:59Z", ["202312", "202311"]),
        ("?billing_start_date=2025-01-01", []),
    ],
)
def test_some_invoices(account: Api, query: str, months: list[str]) -> None:
    assert [each["invoice_id"] for each in invoices(account, query)["data"]] == months


def test_pages_of_invoices(account: Api) -> None:
    pages, cursor = [], ""
    while not pages or cursor:
        answer = invoices(account, f"?limit=2&cursor={cursor}")
        pages.append([each["invoice_id"] for each in answer["data"]])
        cursor = answer["meta"]["next_cursor"]
    assert [len(page) for page in pages] == [2, 2, 1]
    identifiers = [identifier for page in pages for identifier in page]
    assert all(one > other for one, other in pairwise(identifiers))
    assert account.refused("GET", "/billing/v3/invoices?limit=x")[0] == 400


def test_the_month_to_date(account: Api) -> None:
    answer = account.get("/billing/v3/invoices/month-to-date")
    assert answer["billing_start_date"] == "2024-04-01T00:00:00Z"
    assert float(answer["monthly_transaction_amount"]) == amount(_sum_of_lines(answer))
    assert float(answer["monthly_transaction_amount"]) == amount(invoice(account, "04")["total"]["cost"])


# -- Pricing extras ---------------------------------------------------------------------------------------------------


def test_pricing_extras(api: Api) -> None:
    path = f"/customer/{CUSTOMER_ID}/pricing_extra"
    extras = api.get(path)
    assert [(each["name"].split()[0], each["recurring"], each["setup"]) for each in extras] == [
        ("SSL", "100.0", "0.0"),
        ("Wildcard", "275.0", "50.0"),
    ]
    assert api.get(f"{path}/SSL") == extras[0]
    assert api.get(f"{path}/Wildcard%20SAN%20SSL%20Certificate%20*.example.com") == extras[1]
    assert extras[0] | {"id": "", "netsuite_inventory_item_id": ""} == {
        "active_at": "2024-01-01T00:00:00+00:00",
        "active_time": "2024-01-01T00:00:00+00:00",
        "active_until": None,
        "comment": "",
        "created_at": "2024-01-01T00:00:00+00:00",
        "customer_id": CUSTOMER_ID,
        "deleted_at": None,
        "expires_at": None,
        "id": "",
        "name": "SSL",
        "netsuite_inventory_item_id": "",
        "recurring": "100.0",
        "setup": "0.0",
    }
