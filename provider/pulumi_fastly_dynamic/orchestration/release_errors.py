"""Refusals of the orchestration. Each says what is wrong, names the objects, and says the way out."""

from collections.abc import Iterable

from ..failure import Failure
from ..schema import ObjectRef

REFRESH = "run `pulumi up --refresh`, which starts from the version that is active and applies the program to it"


class Refusal(Failure):
    """Nothing was activated. ``objects`` are the ones that the refusal is about."""

    def __init__(self, text: str, objects: Iterable[ObjectRef] = ()) -> None:
        self.objects = sorted(objects)
        super().__init__(text)


class NeedsRefresh(Refusal):
    """What Fastly has is not what the state says; a refresh converges, a plain ``up`` would fail again."""


class RecordExists(Refusal):
    """The account has a record of the same key already, which this stack did not create."""


class ProductRefused(Refusal):
    """Fastly does not switch a product on or off for this account, or does not take its configuration."""


class StoredDifferently(Refusal):
    """The API stored something else than the program asked for."""


class ChangedInDraft(Refusal):
    """Someone else changed the draft, and what they changed is not part of the program."""


class NothingToLink(Refusal):
    """An object refers to another one that the draft does not have."""


class ObjectExists(Refusal):
    """An object or live content of that name exists with other content, and is not this program's."""


class UndeclaredObjects(Refusal):
    """A version that serves has objects that the program does not declare and did not put there."""


class ContainerNotEmpty(Refusal):
    """A dictionary, ACL or dynamic snippet would be deleted or recreated, with what others put into it."""


class ProtectedObject(Refusal):
    """An object with ``protect`` would be deleted or recreated."""


class NameOccupied(Refusal):
    """An object that nobody declares has a name that the program wants."""


class InvalidVersion(Refusal):
    """Fastly's compiler does not accept the draft."""

    has_lines = True  # the compiler quotes VCL


class DraftUnavailable(Refusal):
    """Opening the draft failed before, in this run."""


class ReleasedTwice(Refusal):
    """Two releases of one service."""


class ServiceIsActive(Refusal):
    """A service that serves traffic would be deleted."""


class ServiceNameTaken(Refusal):
    """A service of that name exists, and it is not an empty new one."""
