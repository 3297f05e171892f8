"""Dynamic snippet."""

import pulumi

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Identity, ValueType
from .snippet import SnippetName, SnippetType


class DynamicSnippet(
    Versioned,
    kind="dynamic_snippet",
    path="snippet",
    constants={"dynamic": True},
    identity=Identity.ID,
    id_property="snippet_id",
):
    """A piece of VCL whose content is live: it changes at once, without a new version.

    See https://www.fastly.com/documentation/reference/api/vcl-services/snippet/
    """

    name: Prop[SnippetName] = prop(default=RESOURCE_NAME)
    """The name: a letter, then letters, digits, ``_``, ``-``, ``.`` and spaces. A rename keeps the content. Default:
    the name of the resource."""
    type: Prop[SnippetType] = prop()
    """The VCL subroutine that includes the snippet."""
    content: Prop[str | None] = prop(default=None, unversioned=True, type=ValueType.TEXT)
    """The VCL; live. Leave it out if another tool writes it: it is then never read, compared or written. Default: as it
    is at Fastly, which starts with empty content. ``""`` empties it."""
    priority: Prop[int] = prop(default=100)
    """Snippets with lower numbers are included first."""
    force_destroy: Prop[bool] = prop(default=False, client_only=True)
    """Whether the snippet may be deleted while it has content that the program leaves out. The content is then lost."""

    @property
    def snippet_id(self) -> pulumi.Output[str]:
        """The id. Versions and renames do not change it."""
        return self._output("snippet_id")
