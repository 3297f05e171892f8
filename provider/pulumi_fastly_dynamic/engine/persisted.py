"""How providers are persisted in the state of users' stacks.

The state holds, for every resource, a pickled reference to ``restore`` with its arguments. State that was
written years ago must still load: the path of this function and the names of kinds are frozen.
"""

from typing import TYPE_CHECKING

from ..schema import KINDS
from .registry import PROVIDERS

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider


def restore(kind: str, owner: str) -> "ResourceProvider":
    """The provider of a kind, for the stack ``owner`` (organization/project/stack)."""
    schema = KINDS[kind]
    return PROVIDERS[schema.group](schema, owner)
