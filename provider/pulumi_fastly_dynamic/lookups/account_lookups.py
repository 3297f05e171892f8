"""The account, its users and its invitations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..api import path
from .lookup import lookup, with_outputs
from .result import Result, attributes_of, result_of

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True)
class AccountUser(Result):
    """A user of the account.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """

    id: str
    """The id."""
    login: str
    """The e-mail address, with which the user logs in."""
    name: str = ""
    """The name of the person."""
    role: str = ""
    """The role: ``user``, ``billing``, ``engineer``, ``superuser`` or one that Fastly adds."""
    customer_id: str | None = None
    """The id of the account."""
    limit_services: bool = False
    """Whether the user may use some services only."""
    locked: bool = False
    """Whether the user cannot log in."""
    require_new_password: bool = False
    """Whether the user must choose another password at the next login."""
    two_factor_auth_enabled: bool = False
    """Whether the user logs in with two factors."""
    two_factor_setup_required: bool = False
    """Whether the account requires two factors."""
    last_active_at: str | None = None
    """When the user was last active."""
    created_at: str | None = None
    """When the user was created."""
    updated_at: str | None = None
    """When the user was last changed."""


@dataclass(frozen=True)
class GetCurrentUserResult(AccountUser):
    """The user to whom the API key belongs.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """


@lookup
def get_current_user(client: "Client") -> GetCurrentUserResult:
    """Reads the user to whom the API key belongs.

    See https://www.fastly.com/documentation/reference/api/account/user/
    """
    return result_of(GetCurrentUserResult, client.get_object("/current_user", keys=("id",)))


get_current_user_output = with_outputs(get_current_user)


@dataclass(frozen=True)
class GetUsersResult(Result):
    """Users of an account.

    See https://www.fastly.com/documentation/reference/api/account/customer/
    """

    users: tuple[AccountUser, ...]
    """All users."""


@lookup
def get_users(client: "Client", *, customer_id: str | None = None) -> GetUsersResult:
    """Reads all users of an account.

    See https://www.fastly.com/documentation/reference/api/account/customer/

    :param customer_id: the id of the account. Default: the account that the API key belongs to.
    """
    account = client.customer_id if customer_id is None else customer_id
    users = client.get_list(path("customer", account, "users"), keys=("id",))
    return result_of(GetUsersResult, {"users": users})


get_users_output = with_outputs(get_users)


@dataclass(frozen=True)
class GetCustomerResult(Result):
    """An account.

    See https://www.fastly.com/documentation/reference/api/account/customer/
    """

    id: str
    """The id."""
    name: str = ""
    """The name, generally that of the company."""
    owner_id: str | None = None
    """The id of the user who owns the account."""
    billing_contact_id: str | None = None
    """The id of the user who is the primary contact for bills."""
    billing_network_type: str | None = None
    """The network revenue type: ``public`` or ``private``."""
    billing_ref: str | None = None
    """A purchase order."""
    legal_contact_id: str | None = None
    """The id of the user who is the contact for legal questions."""
    security_contact_id: str | None = None
    """The id of the user who is the contact for security."""
    technical_contact_id: str | None = None
    """The id of the user who is the contact for technical questions."""
    phone_number: str | None = None
    """The phone number."""
    postal_address: str | None = None
    """The postal address."""
    pricing_plan: str | None = None
    """The pricing plan."""
    pricing_plan_id: str | None = None
    """The id of the pricing plan."""
    ip_whitelist: str | None = None
    """The ranges of IP addresses that may access the account."""
    force_2fa: bool = False
    """Whether every user must log in with two factors."""
    force_sso: bool = False
    """Whether every user must log in by single sign-on."""
    has_account_panel: bool = False
    """Whether the account has the account panel."""
    has_improved_events: bool = False
    """Whether the account has the improved events."""
    has_improved_ssl_config: bool = False
    """Whether the account may see and edit the configuration of SSL."""
    has_openstack_logging: bool = False
    """Whether the account has logging to OpenStack."""
    has_pci: bool = False
    """Whether the account may make a service PCI-compliant."""
    has_pci_passwords: bool = False
    """Whether passwords must fulfil the rules of PCI."""
    can_configure_wordpress: bool = False
    """Whether the account may configure WordPress."""
    can_reset_passwords: bool = False
    """Whether the account may reset passwords."""
    can_upload_vcl: bool = False
    """Whether the account may upload VCL."""
    readonly: bool = False
    """Whether nothing of the account may be changed."""
    requires_support_email: bool = False
    """Whether the account must have an e-mail address for support."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""


@lookup
def get_customer(client: "Client", *, customer_id: str | None = None) -> GetCustomerResult:
    """Reads an account.

    See https://www.fastly.com/documentation/reference/api/account/customer/

    :param customer_id: the id of the account. Default: the account that the API key belongs to.
    """
    url = "/current_customer" if customer_id is None else path("customer", customer_id)
    return result_of(GetCustomerResult, client.get_object(url, keys=("id",)))


get_customer_output = with_outputs(get_customer)


@dataclass(frozen=True)
class AccountInvitation(Result):
    """An invitation to join the account.

    See https://www.fastly.com/documentation/reference/api/account/invitations/
    """

    id: str
    """The id."""
    email: str | None = None
    """The e-mail address of the person."""
    role: str | None = None
    """The role that the person will have."""
    status_code: int | None = None
    """1 if the invitation is open, 0 if it is not."""
    limit_services: bool = False
    """Whether the person will be able to use some services only."""
    customer_id: str | None = None
    """The id of the account."""
    created_at: str | None = None
    """When it was created."""
    updated_at: str | None = None
    """When it was last changed."""


@dataclass(frozen=True)
class GetInvitationsResult(Result):
    """Invitations to join the account.

    See https://www.fastly.com/documentation/reference/api/account/invitations/
    """

    invitations: tuple[AccountInvitation, ...]
    """All invitations."""


@lookup
def get_invitations(client: "Client") -> GetInvitationsResult:
    """Reads the invitations of the account. The API key needs the role Billing or Superuser.

    See https://www.fastly.com/documentation/reference/api/account/invitations/
    """
    invitations = attributes_of(GetInvitationsResult, client.documents("/invitations"))
    return result_of(GetInvitationsResult, {"invitations": invitations})


get_invitations_output = with_outputs(get_invitations)
