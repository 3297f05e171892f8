"""Which tokens stacks use: those with which their marks were set, as the audit log has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_fastly_dynamic.lookups import Event
from pulumi_fastly_dynamic.orchestration import marker as markers
from pulumi_fastly_dynamic.orchestration.marker import Marker


@dataclass(frozen=True)
class _Mark:
    marker: Marker
    at: str
    token_id: str


class Marks:
    """The marks that stacks set on versions, as far as the events say."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        found = ((event, markers.newly_set(event.version, event.metadata)) for event in events)
        self._marks = [_Mark(marker, event.created_at, event.token_id or "") for event, marker in found if marker]

    def is_by_owner(self, owner: Marker, token_id: str | None, at: str) -> bool | None:
        """Whether the stack that set this mark did something; ``None`` if it is unknown."""
        return _is_by([mark for mark in self._marks if mark.marker.fingerprint == owner.fingerprint], token_id, at)

    def is_by_stack(self, stack: str, token_id: str | None, at: str) -> bool | None:
        """Whether the stack of that name did something; ``None`` if it is unknown."""
        return _is_by([mark for mark in self._marks if mark.marker.stack == stack], token_id, at)


def _is_by(marks: list[_Mark], token_id: str | None, at: str) -> bool | None:
    tokens = {mark.token_id for mark in marks if mark.token_id}
    if not token_id or not tokens:
        return None
    if token_id in tokens:
        return True
    # What was done before the first known mark may have been done with an older token of the stack.
    return False if at >= min(mark.at for mark in marks) else None
