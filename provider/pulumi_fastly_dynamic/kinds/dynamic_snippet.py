"""Dynamic snippet."""

import pulumi

from ..resource import RESOURCE_NAME, Prop, Versioned, prop
from ..schema import Identity
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

    Source: 001-configuration-api.txt and 003-vcl-services-openapi.txt, VCL Snippets.
    """

    name: Prop[SnippetName] = prop(default=RESOURCE_NAME)
    """A letter, then letters, digits, ``_``, ``-``, ``.`` and spaces. Default: the name of the resource. It is renamed
    in place."""
    type: Prop[SnippetType] = prop()
    """The subroutine it becomes part of."""
    content: Prop[str] = prop(default="", live=True)
    """The VCL; live. Where another system writes it, leave it out and add ``content`` to Pulumi's
    ``ignore_changes``."""
    priority: Prop[int] = prop(default=100)
    """Lower numbers come first."""

    @property
    def snippet_id(self) -> pulumi.Output[str]:
        """The id, which lasts over versions and renames."""
        return self._output("snippet_id")
