"""Service."""

from ..resource import Prop, ServiceBase, prop
from ..schema.limits import PathSegment


class Service(ServiceBase, kind="service"):
    """A service: what holds versions, and so domains, backends and all the rest.

    Source: 001-configuration-api.txt, Service.
    """

    name: Prop[PathSegment | None] = prop(default=None)
    """The service's name in Fastly, unique in the account. Default: the name of the resource; of a service that is
    taken over, the name it has."""
    comment: Prop[str | None] = prop(default=None)
    """A description. Default: empty; of a service that is taken over, the one it has."""
    force_destroy: Prop[bool] = prop(default=False)
    """Whether a service that serves traffic may be destroyed: it is deactivated, then deleted."""
    adopt_id: Prop[PathSegment | None] = prop(default=None)
    """The id of an existing service to take over instead of creating one. Only what is given is managed, and a
    destroy leaves the service in place. Cannot be changed in place."""
