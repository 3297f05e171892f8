"""Service."""

from ..resource import Prop, ServiceBase, prop
from ..schema.limits import PathSegment


class Service(ServiceBase, kind="service"):
    """A Fastly service. Its versions contain domains, backends and all other objects.

    See https://www.fastly.com/documentation/reference/api/services/service/
    """

    name: Prop[PathSegment | None] = prop(default=None)
    """The service's name at Fastly, unique in the account. Default: the name of the resource, or the current name of a
    service that is taken over."""
    comment: Prop[str | None] = prop(default=None)
    """A comment, for your own use. Default: empty, or the current comment of a service that is taken over."""
    force_destroy: Prop[bool] = prop(default=False)
    """Whether a destroy may deactivate and delete the service while it serves traffic."""
    adopt_id: Prop[PathSegment | None] = prop(default=None)
    """The id of an existing service to take over, instead of creating one. Only the properties that you set are
    managed, and a destroy leaves the service in place. It cannot be changed in place."""
