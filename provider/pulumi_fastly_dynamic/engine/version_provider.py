"""The provider of the Version that a Release registers."""

from collections.abc import Mapping
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from ..api import FastlyError
from ..orchestration import ReleaseOutcome, VersionInputs, VersionState, release
from ..schema import Group
from ..terminal import info
from .provider import ADOPTED_KEY, STACK_KEY, Properties, Provider, pick, service_is_adopted, user_facing_errors

COMPARED = ("__objects", "activate", "comment", STACK_KEY)
RECORDS = ("__objects", "__items")
"""Inputs that displays do not show: the CLI leaves out names that begin with ``__``, and the release hides changes."""
INTERNAL = ("service_id", ADOPTED_KEY, *RECORDS, STACK_KEY)


class VersionProvider(Provider, group=Group.VERSION):
    """Runs the release; the only provider that removes objects and activates."""

    @user_facing_errors
    def check(self, _olds: Properties, news: Properties) -> CheckResult:
        return self.checked(news, INTERNAL, __objects={}, __items={})

    @user_facing_errors
    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        if _olds["service_id"] != _news["service_id"]:
            return DiffResult(changes=None, replaces=["service_id"])
        outcome = _outcome(_olds)
        if _news["activate"] and outcome.activated and outcome.number is None:
            return DiffResult(changes=True)  # someone deactivated the service; inputs do not show it
        changed = {name for name in COMPARED if _normalize(_olds.get(name)) != _normalize(_news.get(name))}
        if _protected_items(_olds) != _protected_items(_news):
            changed.add("__items")
        if changed and changed <= set(RECORDS):
            return DiffResult(changes=True)  # of a detailed diff that is hidden as a whole, the CLI prints all inputs
        return DiffResult(changes=None if changed else False)

    @user_facing_errors
    def create(self, props: Properties) -> CreateResult:
        released = release(self.session(props), _version_inputs(props), None)
        return CreateResult(f"{props['service_id']}/version", _outputs(props, released))

    @user_facing_errors
    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        previous = VersionState(
            _olds.get("__objects") or {}, _outcome(_olds), _olds.get("comment") or "", _olds.get("__items") or {}
        )
        released = release(self.session(_news), _version_inputs(_news), previous)
        return UpdateResult(_outputs(_news, released))

    @user_facing_errors
    def read(self, id_: str, props: Properties) -> ReadResult:
        try:
            head = self.session(props).head(service_is_adopted=service_is_adopted(props))
        except FastlyError as error:
            if error.is_gone:
                return ReadResult(None, {})
            raise
        outcome = _outcome(props)
        names = (*(f.name for f in self.schema.fields), *INTERNAL)
        outputs = _outputs(props, ReleaseOutcome(head.active, outcome.released, outcome.activated, outcome.kept))
        return ReadResult(id_, outputs, {"__objects": {}, "__items": {}, **pick(props, *names)})

    @user_facing_errors
    def delete(self, _id: str, _props: Properties) -> None:
        """Writes nothing: the service keeps serving."""
        number = _outcome(_props).number
        if number is not None:
            info(f"the release is not managed any more; service {_props['service_id']} keeps serving version {number}")


def _version_inputs(props: Properties) -> VersionInputs:
    return VersionInputs(
        objects=props.get("__objects") or {},
        comment=props.get("comment") or "",
        activate=bool(props["activate"]),
        adopt=bool(props.get("adopt")),
        service_is_adopted=service_is_adopted(props),
        items=props.get("__items") or {},
    )


def _outcome(outputs: Properties) -> ReleaseOutcome:
    return ReleaseOutcome(
        number=_whole(outputs.get("number")),
        released=_whole(outputs.get("released")),
        activated=bool(outputs.get("activated")),
        kept=outputs.get("kept") or {},
    )


def _outputs(inputs: Properties, released: ReleaseOutcome) -> Properties:
    echoed = pick(inputs, "comment", "activate", "adopt", *INTERNAL)
    return {
        "__objects": {},
        "__items": {},
        **echoed,
        "number": released.number,
        "released": released.released,
        "activated": released.activated,
        "kept": dict(released.kept),
    }


def _protected_items(props: Properties) -> set[str]:
    """The protected resources with live items. Others do not concern the Version: they change without one."""
    items = props.get("__items")
    if not isinstance(items, Mapping):
        return set()
    return {key for key, flags in items.items() if isinstance(flags, Mapping) and flags.get("protect")}


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _normalize(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _normalize(row) for key, row in value.items() if row is not None}
    return value or None
