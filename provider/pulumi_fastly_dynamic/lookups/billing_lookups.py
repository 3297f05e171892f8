"""What the account costs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..api import path
from ..failure import Failure
from .arguments import WrongLookup, within_range
from .lookup import lookup, with_outputs
from .result import Result, result_of, rows_of

if TYPE_CHECKING:
    from ..api.client import Client

_INVOICES_PER_PAGE = 100


class NoInvoice(Failure):
    """Fastly has posted no invoice for the month."""


@dataclass(frozen=True)
class BillingLineItem(Result):
    """A line of an invoice.

    See https://www.fastly.com/documentation/reference/api/account/billing-invoices/
    """

    description: str = ""
    """What it is for."""
    amount: float = 0
    """The amount."""
    rate: float = 0
    """The price of a unit."""
    units: float = 0
    """The number of units."""
    credit_coupon_code: str = ""
    """The code of the credit, if it is one."""
    product_name: str = ""
    """The product."""
    product_group: str = ""
    """The group of the product."""
    product_line: str = ""
    """The line of the product."""
    region: str = ""
    """The region of the traffic."""
    usage_type: str = ""
    """What is counted, such as requests."""


@dataclass(frozen=True)
class GetBillingResult(Result):
    """An invoice, or an estimate of the one of the current month.

    See https://www.fastly.com/documentation/reference/api/account/billing-invoices/
    """

    invoice_id: str
    """The id."""
    monthly_transaction_amount: float
    """The total amount."""
    billing_start_date: str | None = None
    """When the month begins, as ``YYYY-MM-DDTHH:MM:SSZ``."""
    billing_end_date: str | None = None
    """When it ends; of the current month: until when it is counted."""
    customer_id: str | None = None
    """The id of the account."""
    currency_code: str | None = None
    """The currency, such as ``USD``. The current month has none."""
    statement_number: str | None = None
    """The number of the statement."""
    invoice_posted_on: str | None = None
    """When the invoice was posted. The current month has none."""
    transaction_line_items: tuple[BillingLineItem, ...] = ()
    """The lines."""


@lookup
def get_billing(client: "Client", *, year: int | None = None, month: int | None = None) -> GetBillingResult:
    """Reads the invoice of a month. Default: what the current month costs so far.

    The API key needs the role Billing or Superuser. Fastly prices some fixed charges only when a month has ended.

    See https://www.fastly.com/documentation/reference/api/account/billing-invoices/

    :param year: the year, such as 2026. Needs ``month``.
    :param month: the month, 1 to 12. Needs ``year``.
    """
    # /billing/year/YEAR/month/MONTH, of the documents of 2020, is said to answer 404 on today's accounts. These are the
    # endpoints that Fastly's own clients have.
    if year is None and month is None:
        row = client.get_object("/billing/v3/invoices/month-to-date", keys=("invoice_id",))
        return result_of(GetBillingResult, row)
    if year is None or month is None:
        raise WrongLookup("give both year and month, or neither for the current month")
    within_range("month", month, 1, 12)
    return _invoice_of(client, f"{year:04}-{month:02}")


def _invoice_of(client: "Client", month: str) -> GetBillingResult:
    """The invoice whose month begins in it. They come in pages, the newest first.

    Fastly's filters by date are not used: its documents do not say whether they include the day itself.
    """
    query: dict[str, str | int] = {"limit": _INVOICES_PER_PAGE}
    while True:
        answer = client.get_object("/billing/v3/invoices", query, keys=("data",))
        rows = rows_of(GetBillingResult, answer["data"])
        for row in rows:
            if str(row.get("billing_start_date")).startswith(month):
                return result_of(GetBillingResult, row)
        cursor = _next_cursor(answer)
        if not rows or not cursor or cursor == query.get("cursor"):
            raise NoInvoice(f"there is no invoice for {month}; without year and month you get the current month")
        query["cursor"] = cursor


def _next_cursor(answer: dict[str, Any]) -> str:
    meta = answer.get("meta")
    return str(meta.get("next_cursor") or "") if isinstance(meta, dict) else ""


get_billing_output = with_outputs(get_billing)


@dataclass(frozen=True)
class PricingExtra(Result):
    """An extra that is on the account's bill at the end of each month.

    See https://www.fastly.com/documentation/reference/api/account/
    """

    name: str
    """The name, unique in the account."""
    id: str | None = None
    """The id."""
    customer_id: str | None = None
    """The id of the account."""
    recurring: float = 0
    """What it costs each month, in USD."""
    setup: float = 0
    """What it cost in the month in which it was added, in USD."""
    comment: str = ""
    """The comment."""
    active_at: str | None = None
    """When it became active."""
    active_until: str | None = None
    """When it became inactive; ``None`` while it is active."""
    expires_at: str | None = None
    """When it expires."""
    created_at: str | None = None
    """When it was created."""


@dataclass(frozen=True)
class GetPricingExtrasResult(Result):
    """Extras on an account's bill.

    See https://www.fastly.com/documentation/reference/api/account/
    """

    pricing_extras: tuple[PricingExtra, ...]
    """The extras."""


@lookup
def get_pricing_extras(
    client: "Client", *, customer_id: str | None = None, name: str | None = None
) -> GetPricingExtrasResult:
    """Reads the extras on an account's bill, or the one that you name.

    See https://www.fastly.com/documentation/reference/api/account/

    :param customer_id: the id of the account. Default: the account that the API key belongs to.
    :param name: the name of an extra. Default: all of them.
    """
    account = client.customer_id if customer_id is None else customer_id
    extras = ("customer", account, "pricing_extra")
    if name is None:
        rows = client.get_list(path(*extras), keys=("name",))
    else:
        rows = [client.get_object(path(*extras, name), keys=("name",))]
    return result_of(GetPricingExtrasResult, {"pricing_extras": rows})


get_pricing_extras_output = with_outputs(get_pricing_extras)
