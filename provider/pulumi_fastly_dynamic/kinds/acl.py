"""ACL."""

from typing import Annotated

import pulumi

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Identity, matching
from ..schema.limits import PathSegment

AclName = Annotated[
    PathSegment, matching(r"[A-Za-z][A-Za-z0-9_\s]*", "a letter, then letters, digits, '_' and white space")
]


class Acl(Versioned, kind="acl", path="acl", identity=Identity.ID, id_property="acl_id", items="entries"):
    """A list of addresses for VCL to match against. Its entries are live; see ``AclEntries``.

    Source: 001-configuration-api.txt, ACL.
    """

    name: Prop[AclName] = prop(default=RESOURCE_NAME)
    """A letter, then letters, digits, ``_`` and white space. Default: the name of the resource. It is renamed in place,
    and keeps its entries."""
    force_destroy: Prop[bool] = prop(default=False, local=True)
    """Whether it may be removed while it holds entries, which are lost then."""

    @property
    def acl_id(self) -> pulumi.Output[str]:
        """The id, which lasts over versions and renames."""
        return self._output("acl_id")
