"""Dictionary."""

from typing import Annotated

import pulumi

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Identity, matching
from ..schema.limits import PathSegment

DictionaryName = Annotated[
    PathSegment, matching(r"[A-Za-z][A-Za-z0-9_\s]*", "a letter, then letters, digits, '_' and white space")
]


class Dictionary(
    Versioned, kind="dictionary", path="dictionary", identity=Identity.ID, id_property="dictionary_id", items="items"
):
    """A table of keys and values for VCL. Its items are live; see ``DictionaryItems``.

    Source: 001-configuration-api.txt, Dictionary.
    """

    name: Prop[DictionaryName] = prop(default=RESOURCE_NAME)
    """A letter, then letters, digits, ``_`` and white space; VCL knows it by this name. Default: the name of the
    resource. It is renamed in place, and keeps its items."""
    write_only: Prop[bool] = prop(default=False, immutable=True)
    """Whether nobody can read the items back. A change makes it anew, without items."""
    force_destroy: Prop[bool] = prop(default=False, local=True)
    """Whether it may be removed, or made anew, while it holds items, which are lost then."""

    @property
    def dictionary_id(self) -> pulumi.Output[str]:
        """The id, which lasts over versions and renames."""
        return self._output("dictionary_id")
