"""The invoice of a month, and pricing extras; the figures are made up, see ``billing``.

See account/billing/ in https://www.fastly.com/documentation/reference/api/.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from . import api_error
from .billing import EXTRAS, NOTHING, PER_REQUESTS, PRICES, Amounts, Bill, Extra, Month, bill, month_of, months
from .calls import Call, RouteTable
from .customer import CUSTOMER_ID
from .state import Record, whole_number


def today(call: Call) -> date:
    """The emulator's date."""
    return datetime.fromtimestamp(int(call.emulator.clock()), UTC).date()


def invoiced_months(call: Call) -> list[Month]:
    """All months that have an invoice; the last one is the current month."""
    return list(months(call.emulator.services.values(), today(call)))


def bill_of(call: Call, month: Month) -> Bill:
    """The bill of a month."""
    return bill(call.emulator.services.values(), month, today(call))


def invoice(call: Call, year: str, month: str) -> Record:
    """Answers ``GET /billing/year/YEAR/month/MONTH``."""
    wanted = (whole_number(year), whole_number(month))
    found = next((each for each in invoiced_months(call) if each == wanted), None)
    if found is None:
        # Assumed: the wording. There is an invoice for each month since the customer was created.
        raise api_error.record_not_found(f"Cannot find an invoice for {year}-{month}")
    the_bill = bill_of(call, found)
    return {
        "end_time": found.end,
        "invoice_id": found.invoice_id,
        "regions": {region: _region(the_bill, region) for region in PRICES},
        "services": {
            identifier: {"name": call.emulator.services[identifier].name}
            | {region: _floats(amounts) for region, amounts in regions.items()}
            for identifier, regions in the_bill.usage.items()
        },
        "start_time": found.start,
        "status": _status(call, found),
        "total": _total(the_bill),
    }


def _region(the_bill: Bill, region: str) -> Record:
    used, costs, prices = the_bill.used(region), the_bill.costs(region), PRICES[region]
    requests = [
        _tier("per 10,000 HTTP requests", prices.requests, used.requests / PER_REQUESTS, costs.requests),
        _tier("per 10,000 HTTPS requests", prices.ssl_requests, used.ssl_requests / PER_REQUESTS, costs.ssl_requests),
    ]
    bandwidth = [_tier("first 10TB", prices.bandwidth, used.bandwidth, costs.bandwidth)]
    return {
        "bandwidth": {"tiers": bandwidth, "total": float(costs.bandwidth)},
        "cost": float(sum(costs)),
        "requests": {"tiers": requests, "total": float(costs.requests + costs.ssl_requests)},
    }


def _tier(name: str, price: Decimal, units: Decimal, total: Decimal) -> Record:
    return {"name": name, "price": float(price), "total": float(total), "units": float(units)}


def _floats(amounts: Amounts) -> Record:
    return {name: float(amount) for name, amount in amounts._asdict().items()}


def _status(call: Call, month: Month) -> Record:
    current = month_of(today(call))
    # Assumed: that the invoice of the month before is sent on the first day, and the older ones are paid.
    status = "Month to date" if month == current else "Outstanding" if month.next == current else "Paid"
    sent_at = None if month == current else f"{month.next.first}T00:00:00+00:00"
    return {"invoice_id": month.invoice_id, "sent_at": sent_at, "status": status}


def _total(the_bill: Bill) -> Record:
    used, incurred = NOTHING, the_bill.incurred
    for region in PRICES:
        used = used.plus(the_bill.used(region))
    return {
        "bandwidth": float(used.bandwidth),
        "bandwidth_cost": float(incurred.bandwidth),
        "bandwidth_units": "GB",
        "cost": float(the_bill.cost),
        "cost_before_discount": float(the_bill.cost),
        "discount": 0.0,
        "extras": [_billed(extra, the_bill.month) for extra in the_bill.extras],
        "extras_cost": float(the_bill.extras_cost),
        "incurred_cost": float(sum(incurred)),
        "overage": float(sum(incurred)),
        "plan_code": "developer",
        "plan_minimum": 0.0,
        "plan_name": "developer",
        # Assumed: that HTTPS requests are counted too.
        "requests": float(used.requests + used.ssl_requests),
        "requests_cost": float(incurred.requests + incurred.ssl_requests),
        "terms": "Net15",
    }


def _billed(extra: Extra, month: Month) -> Record:
    setup = extra.setup_in(month)
    return {"name": extra.name, "recurring": float(extra.recurring)} | ({"setup": float(setup)} if setup else {})


def extras(call: Call, customer_id: str) -> list[Record]:
    """Answers ``GET /customer/ID/pricing_extra``."""
    call.check_customer(customer_id)
    return [_extra(extra) for extra in EXTRAS]


def extra_named(call: Call, customer_id: str, name: str) -> Record:
    """Answers ``GET /customer/ID/pricing_extra/NAME``."""
    call.check_customer(customer_id)
    for extra in EXTRAS:
        if extra.name == name:
            return _extra(extra)
    raise api_error.missing("PricingExtra", name=name)  # Assumed: the wording, after that of named objects.


def _extra(extra: Extra) -> Record:
    since = f"{extra.since}T00:00:00+00:00"
    return {
        "active_at": since,
        "active_time": since,
        "active_until": None,
        "comment": "",
        "created_at": since,
        "customer_id": CUSTOMER_ID,
        "deleted_at": None,
        "expires_at": None,
        "id": extra.id,
        "name": extra.name,
        "netsuite_inventory_item_id": "5VNJH6Ys1x8XtbLS8UW7iT",
        "recurring": str(float(extra.recurring)),
        "setup": str(float(extra.setup)),
    }


ROUTES: RouteTable = {
    "/billing/year/*/month/*": {"GET": invoice},
    "/customer/*/pricing_extra": {"GET": extras},
    "/customer/*/pricing_extra/*": {"GET": extra_named},
}
