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
    """A list of IP addresses and networks that VCL can match against. Its entries are live; see ``AclEntries``.

    See https://www.fastly.com/documentation/reference/api/acls/acl/
    """

    name: Prop[AclName] = prop(default=RESOURCE_NAME)
    """The name: a letter, then letters, digits, ``_`` and white space. A rename keeps the entries. Default: the name of
    the resource."""
    force_destroy: Prop[bool] = prop(default=False, client_only=True)
    """Whether the ACL may be deleted while it has entries. They are then lost."""

    @property
    def acl_id(self) -> pulumi.Output[str]:
        """The id. Versions and renames do not change it."""
        return self._output("acl_id")
