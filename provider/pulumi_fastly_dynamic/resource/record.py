"""The base of records: objects of the account that are in no version and no container, such as users."""

import weakref
from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import Group, Identity, RecordPaths
from .kind import Kind
from .monitor import Monitor, monitor
from .program_error import ProgramError, check_name_and_options
from .prop import argument

_keys: "weakref.WeakKeyDictionary[Monitor, dict[tuple[str, str], str]]" = weakref.WeakKeyDictionary()
"""Which resource of a program declares which record, by kind and key."""


class Record(Kind):
    """An object of the account, written at once and independent of all services."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, *, record: RecordPaths, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.RECORD, record=record, **kwargs)

        @check_name_and_options
        def __init__(
            self, resource_name: str, *positional: Any, opts: pulumi.ResourceOptions | None = None, **values: Any
        ) -> None:
            self._refuse_wrong_arguments(resource_name, positional, values, "opts")
            self.resource_name = resource_name
            self.opts = opts
            self._refuse_duplicate(resource_name, values)
            super().__init__(resource_name, values, {}, (), opts or pulumi.ResourceOptions())

        def _refuse_duplicate(self, resource_name: str, values: dict[str, Any]) -> None:
            """Refuses a second resource for one record: removing either of them would delete the other's too."""
            paths, engine = self.schema.record, monitor()
            is_one = self.schema.identity is Identity.SINGLETON
            key = "" if is_one or paths is None else values.get(paths.key)
            if engine is None or paths is None or not isinstance(key, str):
                return
            declared = _keys.setdefault(engine, {})
            first = declared.setdefault((self.schema.kind, key), resource_name)
            if first != resource_name:
                label = self.schema.label
                what = "the one of the account" if is_one else f"{paths.key} {key!r}"
                raise ProgramError(
                    f"{label}({resource_name!r}): {what} is declared by {label}({first!r}) already; remove one of them"
                )
