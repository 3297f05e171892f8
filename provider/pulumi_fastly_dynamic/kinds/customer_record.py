"""Customer."""

from typing import Annotated

from annotated_types import MinLen

from ..resource import Prop, Record, prop
from ..schema import Identity, Presence, RecordPaths

PATHS = RecordPaths("current_customer")


class Customer(
    Record, kind="customer", path="customer", record=PATHS, identity=Identity.SINGLETON, presence=Presence.ADOPTED
):
    """The account itself. It is never created or deleted: a destroy leaves it as it is.

    Only the properties that are given are compared and written. Removing a property leaves its value in the account,
    and so no property can be cleared. Writing the account takes an API key of a superuser.

    See https://www.fastly.com/documentation/reference/api/account/customer/
    """

    name: Prop[Annotated[str, MinLen(1)] | None] = prop(default=None)
    """The name, in general that of the company."""
    owner_id: Prop[str | None] = prop(default=None)
    """The id of the user who owns the account."""
    billing_contact_id: Prop[str | None] = prop(default=None)
    """The id of the user who is the contact for bills."""
    legal_contact_id: Prop[str | None] = prop(default=None)
    """The id of the user who is the contact for legal matters."""
    security_contact_id: Prop[str | None] = prop(default=None)
    """The id of the user who is the contact for security."""
    technical_contact_id: Prop[str | None] = prop(default=None)
    """The id of the user who is the contact for technical matters."""
    billing_ref: Prop[str | None] = prop(default=None)
    """A reference for bills, such as the number of a purchase order."""
    phone_number: Prop[str | None] = prop(default=None)
    """The phone number."""
    postal_address: Prop[str | None] = prop(default=None)
    """The postal address."""
    force_2fa: Prop[bool | None] = prop(default=None)
    """Whether all users must log in with a second factor. Fastly logs out those who have none."""
    force_sso: Prop[bool | None] = prop(default=None)
    """Whether all users must log in with single sign-on."""
    ip_whitelist: Prop[str | None] = prop(default=None)
    """The IP addresses from which the account can be reached, such as `192.0.2.0/24`."""
