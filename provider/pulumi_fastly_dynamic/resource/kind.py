"""The root of all resource classes: a class is the one declaration of its kind."""

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

import pulumi
import pulumi.dynamic

from ..engine import MARKED_KEY, PLACE_KEY, STACK_KEY, restore
from ..schema import Field, Group, KindSchema, LiveItems, ValueType, register
from .monitor import UnlessRefused, monitor
from .program_error import refuse_missing, refuse_unreadable, refuse_wrong_arguments, users_line
from .prop import RESOURCE_NAME, Declared, argument, is_late, prop, ref

MODULE = "fastly"
"""Part of every type token. Frozen."""
QUOTING = frozenset({Group.OBJECT, Group.PURGE})
"""Groups whose providers quote values in messages, and so must know which ones the user marked as secret."""


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, ref, argument))
class Kind(pulumi.dynamic.Resource):
    """A resource of this package. Checkers ignore fields of this very class, so it has none."""

    schema: ClassVar[KindSchema]
    _own_fields: ClassVar[tuple[Field, ...]]
    _given: dict[str, Any]

    def __init_subclass__(
        cls,
        *,
        group: Group | None = None,
        kind: str = "",
        path: str = "",
        live_items: LiveItems | None = None,
        **facts: Any,
    ) -> None:
        super().__init_subclass__(module=MODULE, name=cls.__name__)
        cls._own_fields = tuple(_fields(cls))
        # Pulumi would read them as the types of outputs, which these are not.
        cls.__annotations__ = {name: hint for name, hint in cls.__annotations__.items() if name not in vars(cls)}
        if not kind:  # a base of kinds
            return
        if group is None:
            raise TypeError(f"{cls.__name__} needs a group: derive it from a base of kinds")
        declared = (f for base in reversed(cls.__mro__) for f in vars(base).get("_own_fields", ()))
        fields = tuple({f.name: f for f in declared}.values())  # a kind may declare a property of its base again
        if live_items is not None:  # the API keeps them as they are, empty values and white space included
            fields = tuple(replace(field, type=ValueType.OTHER) for field in fields)
        cls.schema = KindSchema(
            kind=kind,
            label=cls.__name__,
            fields=fields,
            group=group,
            collection=path,
            live_items=live_items,
            **facts,
        )
        register(cls.schema)

    if not TYPE_CHECKING:  # else it hides the constructor that checkers derive

        def __init__(
            self,
            resource_name: str,
            values: dict[str, Any],
            internal_inputs: dict[str, Any],
            outputs: tuple[str, ...],
            opts: pulumi.ResourceOptions,
        ) -> None:
            self._given = dict(values)
            props = self._properties(resource_name, values)
            secrets = [f.name for f in self.schema.fields if f.secret]
            if self.schema.group in QUOTING:
                # Once: an awaitable can be awaited once only.
                props = {name: pulumi.Output.from_input(v) if is_late(v) else v for name, v in props.items()}
                props[MARKED_KEY] = _names_of_secrets({n: v for n, v in props.items() if n not in secrets})
            for name in secrets:
                # additional_secret_outputs alone would leave a plain string in plain in the state's inputs.
                if name in props:
                    props[name] = pulumi.Output.secret(props[name])
            props = {name: value for name, value in props.items() if value is not None}
            props.update({name: value for name, value in internal_inputs.items() if value is not None})
            engine = monitor()
            if engine is not None:  # mocks check nothing, and show all inputs
                props[PLACE_KEY] = UnlessRefused(users_line(), engine)
            props.update({name: None for name in outputs if name not in props})
            merged = pulumi.ResourceOptions.merge(
                pulumi.ResourceOptions(additional_secret_outputs=[*secrets, STACK_KEY]), opts
            )
            super().__init__(restore(self.schema.kind, owner()), resource_name, props, merged)

    @classmethod
    def _refuse_wrong_arguments(
        cls, resource_name: str, positional: tuple[Any, ...], values: Mapping[str, Any], *others: str
    ) -> None:
        """Refuses what is neither a property nor among the ``others``."""
        what = f"{cls.__name__}({resource_name!r})"
        refuse_wrong_arguments(what, positional, values, [*(f.name for f in cls.schema.fields), *others])

    def _properties(self, resource_name: str, values: dict[str, Any]) -> dict[str, Any]:
        """The inputs that are given, by name; complains of a missing argument in Python's own words."""
        what = f"{type(self).__name__}({resource_name!r})"
        props: dict[str, Any] = {}
        for field in self.schema.fields:
            name = field.name
            value = values.get(name)
            if value is None and inspect.getattr_static(type(self), name).default is RESOURCE_NAME:
                value = resource_name
            refuse_unreadable(what, name, value)
            if field.required:
                refuse_missing(what, name, value)
            if value is not None:
                props[name] = value
        return props

    def _output(self, name: str) -> pulumi.Output[Any]:
        output: pulumi.Output[Any] = self.__dict__[name]
        return output


def owner() -> str:
    """Who owns drafts and objects: a provider process does not know its stack, so the program says it."""
    return f"{pulumi.get_organization()}/{pulumi.get_project()}/{pulumi.get_stack()}"


def _names_of_secrets(values: Mapping[str, Any]) -> pulumi.Output[list[str] | None] | None:
    """The inputs that the user marked as secret: the marks do not reach the provider, and messages must not show them.

    ``None`` where nothing can be secret, so that plain programs have no such input.
    """
    late = {name: value for name, value in values.items() if isinstance(value, pulumi.Output)}
    if not late:
        return None

    async def names() -> list[str] | None:
        return [name for name, value in late.items() if await value.is_secret()] or None

    return pulumi.Output.from_input(names())


def _fields(cls: type) -> list[Field]:
    hints = inspect.get_annotations(cls)
    return [value.field(hints[name]) for name, value in vars(cls).items() if isinstance(value, Declared)]
