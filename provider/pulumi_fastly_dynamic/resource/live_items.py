"""The base of live items of a dictionary or an ACL."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pulumi

from ..schema import KINDS, Group, LiveItems
from .flags import own_flags
from .gate import gated
from .kind import Kind
from .program_error import ProgramError, WrongArgument, an, check_name_and_options, refuse_missing, users_line
from .prop import argument, is_late
from .versioned import Versioned


class Live(Kind):
    """Items that no version holds: they change at once, before anything is activated."""

    resource_name: str = argument(kw_only=False)
    """The name of the Pulumi resource."""
    opts: pulumi.ResourceOptions | None = argument(default=None)
    """Pulumi's options."""
    container: Versioned = argument(init=False)
    """The dictionary or ACL."""
    plain_values: dict[str, Any] = argument(init=False)
    """Its inputs as far as they are known while the program runs; of a write-only dictionary none."""

    if not TYPE_CHECKING:

        def __init_subclass__(cls, *, live_items: LiveItems, **kwargs: Any) -> None:
            super().__init_subclass__(group=Group.ITEMS, live_items=live_items, **kwargs)

        @check_name_and_options
        def __init__(
            self, resource_name: str, *positional: Any, opts: pulumi.ResourceOptions | None = None, **values: Any
        ) -> None:
            what = f"{type(self).__name__}({resource_name!r})"
            live = self.schema.live_items
            self._refuse_wrong_arguments(resource_name, positional, values, live.container, "opts")
            container = values.pop(live.container, None)
            refuse_missing(what, live.container, container)
            if not isinstance(container, Versioned) or container.schema.kind != live.container:
                wanted = an(KINDS[live.container].label)
                raise WrongArgument(f"{what}: {live.container} must be {wanted}, not {an(type(container).__name__)}")
            container.release.require_open(what)
            self.resource_name = resource_name
            self.opts = opts
            values = {name: _as_plain(value) for name, value in values.items()}
            write_only = container._given.get("write_only") or None
            values = {
                name: _refuse_none(f"{what}.{name}", value, names_keys=write_only is None or not is_late(value))
                for name, value in values.items()
            }
            if write_only is None:
                for name in values.keys() & set(self._secrets()):
                    values[name] = _refuse_secret(f"{what}.{name}", container, values[name])
            self._declare_keys(what, container, values)
            setattr(self, live.container, container)
            self.container = container
            if write_only is not None:
                values |= {name: pulumi.Output.secret(values[name]) for name in self._secrets() if name in values}
            own = pulumi.ResourceOptions(
                parent=container.release,
                deleted_with=container,
                additional_secret_outputs=self._secrets() if write_only is not None else [],
            )
            opts = pulumi.ResourceOptions.merge(own, opts)
            label = type(self).__name__
            taken = (
                f"{what}: this program has another {label} resource named {resource_name!r} (Pulumi names must be "
                f"unique): write {label}('{container.release.resource_name}-{resource_name}', {live.container}=...)"
            )
            internal_inputs = {
                "service_id": gated(self, container.release.service.service_id, resource_name, opts, taken),
                live.container_property: container._output(container.schema.id_property),
                "write_only": write_only,
                **container.release.live_inputs(container),
                **own_flags(opts, self.schema.group),
            }
            self.plain_values = {} if write_only else {name: settled(value) for name, value in values.items()}
            super().__init__(resource_name, values, internal_inputs, ("__flags",), opts)
            container.release.enlist_items(self)

        def _secrets(self) -> list[str]:
            return [name for name in ("value", "items") if any(f.name == name for f in self.schema.fields)]

        def _declare_keys(self, what: str, container: Versioned, values: dict[str, Any]) -> None:
            """One key in two resources is an error; keys that are an output are looked at once they are known."""
            self._refuse_duplicates(what, container, {name: _known(value) for name, value in values.items()})
            name = (
                self.schema.live_items.replacing[0] if self.schema.live_items.replacing else self.schema.fields[0].name
            )
            if not is_late(values.get(name)):
                return
            place = users_line()

            def looked_at(value: Any) -> Any:
                self._refuse_duplicates(what, container, {name: value}, place)
                return value

            values[name] = pulumi.Output.from_input(values[name]).apply(looked_at)

        def _refuse_duplicates(
            self, what: str, container: Versioned, values: dict[str, Any], place: str | None = None
        ) -> None:
            try:
                keys = list(self.schema.live_items.to_entries({"value": None, **values}))
            except (ValueError, TypeError, KeyError, AttributeError):
                return  # `check` says what is wrong with it
            for key in keys:
                first = container.live_keys.setdefault(key, what)
                if first != what:
                    raise ProgramError(
                        f"{what}: '{key}' is declared by {first} already; one resource must own it", place
                    )

    @property
    def flags(self) -> pulumi.Output[dict[str, bool]]:
        """The options that the release must know: ``protect``, if it is set."""
        return self._output("__flags").apply(lambda flags: flags or {})


def _refuse_secret(what: str, container: Versioned, value: Any) -> Any:
    """A value that must not be secret, since its container can be read back by anybody who may read the service."""
    if isinstance(value, Mapping):
        return {key: _refuse_secret(f"{what}[{key!r}]", container, row) for key, row in value.items()}
    if not is_late(value):
        return value
    output = pulumi.Output.from_input(value)
    place = users_line()

    async def looked_at(found: Any) -> Any:
        if await output.is_secret():
            raise ProgramError(
                f"{what} is secret, and whoever may read the service can read the items of "
                f"{type(container).__name__}({container.resource_name!r}); give the dictionary write_only=True, or if "
                "it is no secret after all, pulumi.Output.unsecret(...) here",
                place,
            )
        return found

    return output.apply(looked_at, run_with_unknowns=True)


def _refuse_none(what: str, value: Any, *, names_keys: bool) -> Any:
    """A map without a value that is ``None``: Pulumi would drop its key before the provider sees it."""
    place = users_line()

    def checked(key: str, row: Any) -> Any:
        if row is None:
            row_of = f"{what}[{key!r}]" if names_keys else f"{what}: a value"
            raise ProgramError(f"{row_of} is None: the output or setting that it comes from is empty", place)
        return row

    def looked_at(found: Any) -> Any:
        if not isinstance(found, Mapping):
            return found
        return {
            key: pulumi.Output.from_input(row).apply(partial(checked, key)) if is_late(row) else checked(key, row)
            for key, row in found.items()
        }

    return pulumi.Output.from_input(value).apply(looked_at) if is_late(value) else looked_at(value)


def _known(value: Any) -> Any:
    """What is known already: of a map its keys, of a list the elements without an output in them."""
    if isinstance(value, Mapping):
        return {key: None if is_late(row) else row for key, row in value.items()}
    if isinstance(value, list):
        return [
            row for row in value if not is_late(row) and not (isinstance(row, dict) and any(map(is_late, row.values())))
        ]
    return None if is_late(value) else value


def settled(value: Any) -> Any:
    """What of a value is known while the program runs: without outputs, and without elements that hold some."""
    if isinstance(value, Mapping):
        return {key: row for key, row in value.items() if not is_late(row)}
    return _known(value)


def _as_plain(value: Any) -> Any:
    """Typed arguments as the mappings that travel."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) is not None}
    if isinstance(value, list | tuple):
        return [_as_plain(row) for row in value]
    return value
