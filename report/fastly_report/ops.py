"""Operations: what the engine does to a resource, and what that is to a reviewer."""

from enum import Enum

from .preview import Step


class Op(Enum):
    """What happens to a resource; the first is what a reviewer looks at first."""

    REMOVED = "removed"
    REPLACED = "replaced"
    CHANGED = "changed"
    ADDED = "added"
    UNMANAGED = "let go"
    """Not managed any more, and left as it is."""


OPS = {
    "create": Op.ADDED,
    "import": Op.ADDED,
    "update": Op.CHANGED,
    "delete": Op.REMOVED,
    "replace": Op.REPLACED,
    "create-replacement": Op.REPLACED,
    "import-replacement": Op.REPLACED,
    "delete-replaced": Op.REPLACED,
}
_RANK = ("replace", "create-replacement", "import-replacement", "delete-replaced", "create", "import", "update")
"""Steps that say more of a resource come first; one that is left is ``same`` or ``delete``."""


def weight(step: Step) -> int:
    """The lowest is the step that says most of its resource."""
    if step.op == "delete":
        return len(_RANK) + 1  # beside `same` it is what a broken replace left behind
    return _RANK.index(step.op) if step.op in _RANK else len(_RANK)
