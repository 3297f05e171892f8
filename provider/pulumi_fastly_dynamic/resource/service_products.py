"""The base of what switches the products of a service."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group
from .kind import Kind
from .program_error import check_name_and_options, refuse_missing
from .prop import argument
from .service_base import ServiceBase, refuse_no_service


class Products(Kind):
    """Products of one service: they have no version, and change at once."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    service: ServiceBase = argument()
    """The service."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.PRODUCTS, **kwargs)

        @check_name_and_options
        def __init__(
            self,
            resource_name: str,
            *positional: Any,
            service: ServiceBase | None = None,
            opts: pulumi.ResourceOptions | None = None,
            **values: Any,
        ) -> None:
            what = f"{type(self).__name__}({resource_name!r})"
            self._refuse_wrong_arguments(resource_name, positional, values, "service", "opts")
            refuse_missing(what, "service", service)
            refuse_no_service(what, service)
            service.take_products(self, what)
            self.resource_name = resource_name
            self.service = service
            self.opts = opts
            # The products of a deleted service go with it; one that a destroy leaves in place keeps serving with them.
            own = pulumi.ResourceOptions(depends_on=[service], deleted_with=service)
            merged = pulumi.ResourceOptions.merge(own, opts)
            super().__init__(resource_name, values, {"service_id": service.service_id}, (), merged)
