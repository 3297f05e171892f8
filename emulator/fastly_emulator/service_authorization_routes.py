"""Who may do what with a service. They are kept and listed; no key is refused anything because of them.

See account/service-authorization/ in https://www.fastly.com/documentation/reference/api/, and recordings of the real
API (2022).
"""

from . import api_error, record_routes
from .calls import Call, RouteTable
from .kinds import Field
from .record_routes import RecordKind
from .state import Record

_PERMISSIONS = frozenset({"full", "read_only", "purge_select", "purge_all"})

SERVICE_AUTHORIZATION = RecordKind(
    "service-authorizations",
    "ServiceAuthorization",
    (Field("permission", default="full", empty="full", choices=_PERMISSIONS),),
    body="json:api",
    type="service_authorization",
    relationships={"service": "service", "user": "user"},
    deletes_silently=True,
)


def create(call: Call) -> Record:
    """Answers ``POST /service-authorizations``."""
    sent = record_routes.sent_fields(SERVICE_AUTHORIZATION, call)
    # Assumed: that service and user must be there.
    call.service(str(sent.get("service")))
    user = call.emulator.records["user"].get(str(sent.get("user")))
    if user is None or user["deleted_at"] is not None:
        raise api_error.missing("User", id=str(sent.get("user")))
    record: Record = record_routes.create(SERVICE_AUTHORIZATION, call)
    return record


ROUTES: RouteTable = record_routes.routes(SERVICE_AUTHORIZATION)
ROUTES["/service-authorizations"] |= {"POST": create}
