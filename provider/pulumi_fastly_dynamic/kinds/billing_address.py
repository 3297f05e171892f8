"""BillingAddress."""

from typing import Annotated

from annotated_types import MinLen

from ..resource import Prop, Record, prop
from ..schema import Body, Identity, RecordPaths, matching
from .account_fields import BILLING

PATH = "customer/{customer}/billing_address"
PATHS = RecordPaths(PATH, body=Body.JSON_API, resource_type="billing_address", roles=BILLING)
Line = Annotated[str, MinLen(1)]
Country = Annotated[str, matching(r"[A-Z]{2}", "two capital letters")]


class BillingAddress(Record, kind="billing_address", path=PATH, record=PATHS, identity=Identity.SINGLETON):
    """The address for bills, of which an account has one at the most.

    One that is there already is not taken over, even if it is the same: a destroy would delete it. Writing it takes an
    API key of a user with the role billing or superuser.

    See https://www.fastly.com/documentation/reference/api/account/billing-address/
    """

    address_1: Prop[Line] = prop()
    """The first line."""
    address_2: Prop[str | None] = prop(default=None)
    """The second line."""
    city: Prop[str | None] = prop(default=None)
    """The city."""
    state: Prop[str | None] = prop(default=None)
    """The state or province."""
    locality: Prop[str | None] = prop(default=None)
    """Another name of the place."""
    country: Prop[Country] = prop()
    """The country, as a code of ISO 3166-1 such as `US`."""
    postal_code: Prop[str | None] = prop(default=None)
    """The postal code; in the US the ZIP code."""
