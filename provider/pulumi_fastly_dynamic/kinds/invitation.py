"""Invitation."""

from ..resource import Prop, Record, prop
from ..schema import Body, RecordPaths, Successor
from .account_fields import BILLING, Email, Role

PATHS = RecordPaths(
    "invitations",
    key="email",
    body=Body.JSON_API,
    resource_type="invitation",
    roles=BILLING,
    successor=Successor("user", open_field="status_code"),
)


class Invitation(Record, kind="invitation", path="invitations", record=PATHS):
    """An invitation to join the account. Fastly sends it as an e-mail, and whoever accepts it becomes a user.

    An invitation that was accepted counts as it is: a refresh shows no difference, and a destroy leaves the user. One
    that somebody else cancelled is sent again by `pulumi up --refresh`. Nothing is sent to a person who is already a
    user with this role. Writing invitations takes an API key of a user with the role billing or superuser.
    The API cannot change an invitation, so a change cancels it and sends another one.

    See https://www.fastly.com/documentation/reference/api/account/invitations/
    """

    email: Prop[Email] = prop(immutable=True)
    """The e-mail address of the person."""
    role: Prop[Role] = prop(default="user", immutable=True)
    """The role that the person will have."""
    limit_services: Prop[bool] = prop(default=False, immutable=True)
    """Whether the person will have access only to the services that are granted to the person."""
