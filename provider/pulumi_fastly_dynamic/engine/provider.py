"""What every provider has: how it is persisted, configured, and how it fails."""

import functools
import traceback
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from pulumi.dynamic import CheckFailure, CheckResult, ConfigureRequest, ResourceProvider
from pulumi.output import contains_unknowns

from ..api import Forbidden
from ..failure import Failure
from ..orchestration import Owner, ProviderState, ServiceSession
from ..schema import Field, Group, KindSchema, Problem
from . import configuration
from .persisted import restore
from .registry import PROVIDERS

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Provider")

Properties = dict[str, Any]

STACK_KEY = "__stack_key"  # the CLI shows no properties whose names begin with two underscores
"""The secret output of the Service that each of its resources gets as an input."""

ADOPTED_KEY = "__service_is_adopted"
"""The input that tells resources of a service that was taken over."""

MARKED_KEY = "__secret_inputs"
"""The input that lists the inputs which the user marked as secret."""

PLACE_KEY = "declared_at"
"""File and line of the user's call, for messages of ``check``, which drops it: it is in no state and no diff."""


class ProviderBug(Failure):
    """A mistake in this package."""


def user_facing_errors(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Failures reach the user as one line; anything else is a bug of this package, and says so."""

    @functools.wraps(method)
    def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except Forbidden as error:
            failure: Failure = error.naming(self.schema.roles, only_reads=method.__name__ == "read")
        except Failure as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - told apart from failures, and raised again
            # Not its text: it may quote a value.
            where = traceback.extract_tb(error.__traceback__)[-1]
            failure = ProviderBug(
                f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno} ({method.__name__}); "
                "this is a bug in pulumi-fastly-dynamic, please report it"
            )
        raise failure from None  # the original exception means nothing to the user

    return run


class Provider(ResourceProvider):
    """The provider of one kind. Importable and without captured values, so it is persisted by reference."""

    serialize_as_secret_always = False

    def __init_subclass__(cls, *, group: Group | None = None) -> None:
        super().__init_subclass__()
        if group is not None:
            PROVIDERS[group] = cls

    def __init__(self, schema: KindSchema, owner: str) -> None:
        super().__init__()
        self.schema = schema
        self.owner = owner

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (self.schema.kind, self.owner)

    def configure(self, req: ConfigureRequest) -> None:
        """Takes key, endpoint and limits from the stack's configuration."""
        configuration.configure(req.config.get)

    @property
    def process(self) -> ProviderState:
        """What this process knows."""
        return configuration.process()

    def hidden_inputs(self, news: Properties) -> Collection[str] | None:  # noqa: ARG002 - for subclasses
        """The inputs whose values messages of ``check`` must not show; ``None`` is all.

        The engine does not tell which values the user marked as secret.
        """
        return None

    def checked(self, news: Properties, internal: tuple[str, ...], **defaults: Any) -> CheckResult:
        """The checked inputs with those that the release hands over; notes that the service is in use."""
        self.process.updating = True
        inputs, problems = self.schema.check(news, is_unknown, self.hidden_inputs(news))
        handed = pick(news, *internal)
        if "service_id" in handed and not is_unknown(handed["service_id"]):
            self.process.used.add(str(handed["service_id"]))
        return check_result(news, {**defaults, **inputs, **handed}, problems)

    def non_default(self, inputs: Mapping[str, Any]) -> Properties:
        """The inputs for the state, without the API's defaults: the engine writes it often, and ``Prop`` knows them."""
        return {f.name: inputs[f.name] for f in self.schema.fields if not f.is_default(inputs.get(f.name))}

    def stack_owner(self, props: Mapping[str, Any]) -> Owner:
        """The owner of drafts and objects, told from stacks of the same name by the key of the Service."""
        return Owner(self.owner, str(props.get(STACK_KEY) or ""))

    def session(self, props: Mapping[str, Any]) -> ServiceSession:
        """The work of this process on the service of these properties."""
        return self.process.session(props["service_id"], self.stack_owner(props))


def is_unknown(value: Any) -> bool:
    """Whether a value, or something in it, is not known yet, in a preview."""
    return contains_unknowns(value)


def marked_secret(news: Mapping[str, Any]) -> Collection[str] | None:
    """The inputs that the user marked as secret; ``None`` where that is not known, so that any of them may be."""
    secret = news.get(MARKED_KEY)
    return None if is_unknown(secret) else secret or ()


def differs(field: Field, old: Any, new: Any) -> bool:
    """Whether an input is another one than the state has, or may be."""
    if old == new:
        return False
    return is_unknown(new) or field.canonical(old) != field.canonical(new)


def check_result(news: Properties, inputs: Properties, problems: list[Problem]) -> CheckResult:
    """The result of a check of ``news``.

    The engine prints the value of a property that a failure names, and any value may be secret to the user; so the
    property is named in the text alone.
    """
    place = f" ({news[PLACE_KEY]})" if news.get(PLACE_KEY) else ""
    return CheckResult(inputs, [CheckFailure("", problem.text + place) for problem in problems])


def service_is_adopted(props: Mapping[str, Any]) -> bool:
    """Whether the release of these properties is of a service that was taken over."""
    return bool(props.get(ADOPTED_KEY))


def pick(properties: Mapping[str, Any], *names: str) -> Properties:
    """The named properties that are there."""
    return {name: properties[name] for name in names if properties.get(name) is not None}
