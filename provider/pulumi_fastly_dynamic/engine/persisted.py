"""How providers are persisted in the state of users' stacks.

The state holds, for every resource, a pickled reference to ``restore`` with its arguments. State that was
written years ago must still load: the path of this function and the names of kinds are frozen.
"""

from ..schema import KINDS, Group
from .base import Provider
from .items import ItemsProvider
from .objects import ObjectProvider
from .services import ServiceProvider
from .takeovers import TakeoverProvider
from .versions import VersionProvider

PROVIDERS: dict[Group, type[Provider]] = {
    Group.OBJECT: ObjectProvider,
    Group.ITEMS: ItemsProvider,
    Group.SERVICE: ServiceProvider,
    Group.TAKEOVER: TakeoverProvider,
    Group.VERSION: VersionProvider,
}


def restore(kind: str, owner: str) -> Provider:
    """The provider of a kind, for the stack ``owner`` (organization/project/stack)."""
    schema = KINDS[kind]
    return PROVIDERS[schema.group](schema, owner)
