"""Refusals of the orchestration. Each says what is wrong, names the objects, and says the way out."""

from collections.abc import Iterable

from ..failure import Failure

Named = tuple[str, str]
"""Kind and key of an object."""

REFRESH = "run `pulumi up --refresh`, which starts anew from the version that is active"


class Refusal(Failure):
    """Nothing was activated. ``objects`` are the ones the refusal is about."""

    def __init__(self, text: str, objects: Iterable[Named] = ()) -> None:
        self.objects = sorted(objects)
        super().__init__(text)


class NeedsRefresh(Refusal):
    """What Fastly has is not what the state says; a refresh converges, a plain ``up`` would fail again."""


class ObjectExists(Refusal):
    """A create meets an object of that name that is not this program's."""


class UndeclaredObjects(Refusal):
    """The first version of a release would leave objects in place that the program does not declare."""


class ContainerNotEmpty(Refusal):
    """A dictionary or ACL would be removed, or made anew, with the items it holds."""


class ProtectedObject(Refusal):
    """An object with ``protect`` would be removed or made anew."""


class NameOccupied(Refusal):
    """A wanted name is held by an object that nobody declares."""


class InvalidVersion(Refusal):
    """Fastly's compiler does not take the draft."""


class DraftUnavailable(Refusal):
    """Opening the draft failed before, in this run."""


class ReleasedTwice(Refusal):
    """Two releases of one service."""


class ServiceIsActive(Refusal):
    """A service that serves would be deleted."""


class ServiceNameTaken(Refusal):
    """A service of that name exists, and it is not an empty new one."""
