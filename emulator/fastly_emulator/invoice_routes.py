"""Invoices in the form of today's endpoints; assumed: everything but the names and types of the fields.

See Fastly's Python client (2026).
"""

from decimal import Decimal

from . import api_error
from .billing import PER_REQUESTS, PRICES, Amounts, Bill, Month
from .billing_routes import bill_of, invoiced_months
from .calls import Call, RouteTable, count_of
from .customer import CUSTOMER_ID
from .state import Record

_MOST_PER_PAGE, _PER_PAGE = 200, 100


def listing(call: Call) -> Record:
    """Answers ``GET /billing/v3/invoices``, the newest first; assumed: the form of the cursor."""
    limit = min(count_of(call, "limit", _PER_PAGE), _MOST_PER_PAGE)
    start, end = call.query.get("billing_start_date", ""), call.query.get("billing_end_date", "")
    fitting = [
        month
        for month in reversed(invoiced_months(call)[:-1])
        if str(month.first) >= start[:10] and (not end or str(month.last) <= end[:10])
    ]
    cursor = call.query.get("cursor", "")
    rest = [month for month in fitting if not cursor or month.invoice_id < cursor]
    page = rest[:limit]
    return {
        "data": [_v3_invoice(call, month) for month in page],
        "meta": {
            "limit": limit,
            "next_cursor": page[-1].invoice_id if len(rest) > len(page) else "",
            "sort": "-billing_start_date",  # Assumed: the value.
            "total": len(fitting),
        },
    }


def read(call: Call, identifier: str) -> Record:
    """Answers ``GET /billing/v3/invoices/ID``."""
    for month in invoiced_months(call)[:-1]:
        if month.invoice_id == identifier:
            return _v3_invoice(call, month)
    raise api_error.missing("Invoice", id=identifier)  # Assumed: everything.


def month_to_date(call: Call) -> Record:
    """Answers ``GET /billing/v3/invoices/month-to-date``."""
    the_bill = bill_of(call, invoiced_months(call)[-1])
    # Assumed: that the amount is a number as a text; Fastly's Python client has it as a text.
    return _of_v3(the_bill) | {"monthly_transaction_amount": str(float(the_bill.cost))}


def _v3_invoice(call: Call, month: Month) -> Record:
    the_bill = bill_of(call, month)
    lines = [line | {"credit_coupon_code": ""} for line in _lines(the_bill)]
    return _of_v3(the_bill) | {
        "currency_code": "USD",
        "invoice_posted_on": f"{month.next.first}T00:00:00Z",
        "monthly_transaction_amount": float(the_bill.cost),
        "statement_number": month.invoice_id,
        "transaction_line_items": lines,
    }


def _of_v3(the_bill: Bill) -> Record:
    return {
        "billing_end_date": the_bill.month.end,
        "billing_start_date": the_bill.month.start,
        "customer_id": CUSTOMER_ID,
        "invoice_id": the_bill.month.invoice_id,
        "transaction_line_items": _lines(the_bill),
    }


def _lines(the_bill: Bill) -> list[Record]:
    lines = []
    for region in PRICES:
        rows = zip(Amounts._fields, PRICES[region], the_bill.used(region), the_bill.costs(region), strict=True)
        for usage_type, rate, used, cost in rows:
            units = used if usage_type == "bandwidth" else used / PER_REQUESTS
            lines.append(_line(f"{region} {usage_type}", region, usage_type, (rate, units, cost)))
    for extra in the_bill.extras:
        cost = extra.cost(the_bill.month)
        lines.append(_line(extra.name, "", "flat", (cost, Decimal(1), cost)))
    return lines


def _line(name: str, region: str, usage_type: str, figures: tuple[Decimal, Decimal, Decimal]) -> Record:
    # Assumed: the texts.
    rate, units, amount = (float(each) for each in figures)
    return {
        "amount": amount,
        "description": name,
        "product_group": "Full-Site Delivery",
        "product_line": "Network Services",
        "product_name": name,
        "rate": rate,
        "region": region,
        "units": units,
        "usage_type": usage_type,
    }


ROUTES: RouteTable = {
    "/billing/v3/invoices": {"GET": listing},
    "/billing/v3/invoices/month-to-date": {"GET": month_to_date},
    "/billing/v3/invoices/*": {"GET": read},
}
