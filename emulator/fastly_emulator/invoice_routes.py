"""Invoices of the account.

See account/billing-invoices/ in https://www.fastly.com/documentation/reference/api/. Recordings have none of it: fields
and paths are those of Fastly's Python client. Assumed: what is billed, the order, the pages.
"""

from typing import Any

from . import api_error
from .calls import Call, RouteTable, count_of
from .customer import CUSTOMER_ID
from .state import Record

_INVOICES_PER_PAGE = 100


def _line(amount: float) -> Record:
    return {
        "description": "Europe Requests",
        "amount": amount,
        "credit_coupon_code": "",
        "rate": 0.009,
        "units": amount / 0.009,
        "product_name": "Europe Requests",
        "product_group": "Full Site Delivery",
        "product_line": "Network Services",
        "region": "Europe",
        "usage_type": "Requests",
    }


def _invoice(number: str, month: str, last_day: int, amount: float) -> Record:
    return {
        "customer_id": CUSTOMER_ID,
        "invoice_id": number,
        "invoice_posted_on": f"{month}-{last_day}T23:59:59Z",
        "billing_start_date": f"{month}-01T00:00:00Z",
        "billing_end_date": f"{month}-{last_day}T23:59:59Z",
        "statement_number": number,
        "currency_code": "USD",
        "monthly_transaction_amount": amount,
        "transaction_line_items": [_line(amount)],
    }


_INVOICES = (_invoice("1002", "2024-02", 29, 18.0), _invoice("1001", "2024-01", 31, 9.0))
"""The newest first."""


def listing(call: Call) -> dict[str, Any]:
    """Answers ``GET /billing/v3/invoices``: pages, each with the cursor of the next."""
    limit = count_of(call, "limit", _INVOICES_PER_PAGE)
    start = count_of(call, "cursor", 1) - 1 if call.query.get("cursor") else 0
    end = start + limit
    cursor = str(end + 1) if end < len(_INVOICES) else ""
    meta = {"next_cursor": cursor, "limit": limit, "total": len(_INVOICES), "sort": "-billing_start_date"}
    return {"data": list(_INVOICES[start:end]), "meta": meta}


def read(_call: Call, invoice_id: str) -> Record:
    """Answers ``GET /billing/v3/invoices/ID``."""
    for invoice in _INVOICES:
        if invoice["invoice_id"] == invoice_id:
            return invoice
    raise api_error.missing("Invoice", id=invoice_id)  # Assumed: the wording.


def month_to_date(call: Call) -> Record:
    """Answers ``GET /billing/v3/invoices/month-to-date``, whose amount is a text."""
    now = call.emulator.now()
    return {
        "customer_id": CUSTOMER_ID,
        "invoice_id": f"{CUSTOMER_ID}-{now[:7]}",
        "billing_start_date": f"{now[:7]}-01T00:00:00Z",
        "billing_end_date": now,
        "monthly_transaction_amount": "4.5",
        "transaction_line_items": [_line(4.5)],
    }


ROUTES: RouteTable = {
    "/billing/v3/invoices": {"GET": listing},
    "/billing/v3/invoices/month-to-date": {"GET": month_to_date},
    "/billing/v3/invoices/*": {"GET": read},
}
