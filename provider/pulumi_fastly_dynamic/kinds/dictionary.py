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
    Versioned,
    kind="dictionary",
    path="dictionary",
    identity=Identity.ID,
    id_property="dictionary_id",
    items="items",
):
    """A table of keys and values that VCL can read. Its items are live; see ``DictionaryItems``.

    See https://www.fastly.com/documentation/reference/api/dictionaries/dictionary/
    """

    name: Prop[DictionaryName] = prop(default=RESOURCE_NAME)
    """The name in VCL: a letter, then letters, digits, ``_`` and white space. A rename keeps the items. Default: the
    name of the resource."""
    write_only: Prop[bool] = prop(default=False, immutable=True)
    """Whether the API hides the items' values. A change recreates the dictionary, without its items."""
    force_destroy: Prop[bool] = prop(default=False, client_only=True)
    """Whether the dictionary may be deleted or recreated while it has items. They are then lost."""

    @property
    def dictionary_id(self) -> pulumi.Output[str]:
        """The id. Versions and renames do not change it."""
        return self._output("dictionary_id")
