"""The base of records: objects of the account that are in no version and no container, such as users."""

from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group, RecordPaths
from .kind import Kind
from .prop import plain


class Record(Kind):
    """An object of the account, written at once and independent of all services."""

    resource_name: str = plain(kw_only=False)
    """The name of the Pulumi resource."""
    opts: pulumi.ResourceOptions | None = plain(default=None)
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, *, record: RecordPaths, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.RECORD, record=record, **kwargs)

        def __init__(self, resource_name: str, *, opts: pulumi.ResourceOptions | None = None, **values: Any) -> None:
            self.resource_name = resource_name
            self.opts = opts
            super().__init__(resource_name, values, {}, (), opts or pulumi.ResourceOptions())
