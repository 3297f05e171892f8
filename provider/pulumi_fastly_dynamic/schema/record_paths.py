"""Where the records of a kind are, how they travel, and who may write them."""

from dataclasses import dataclass

from .encoding import Body

ACCOUNT = "{customer}"
"""In a path: the id of the account that the API key belongs to."""


@dataclass(frozen=True)
class Successor:
    """What a record turns into: an invitation that was accepted is a user.

    The API has no call that reads such a record, only a list, and the list says whether a record is still open.
    """

    kind: str
    """The kind of record that takes its place, under the same key."""
    open_field: str
    """The field of a row that is 1 while the record is open."""


@dataclass(frozen=True)
class RecordPaths:
    """How the records of a kind are sent, and where they are found.

    A kind of ``Identity.SINGLETON`` has one record per account, and no key. One of ``Presence.ADOPTED`` is always
    there: only the properties that a program gives are managed, and it is neither created nor deleted.
    """

    list_path: str
    """The path of the list, or of the one record. ``{customer}`` is the id of the account of the API key."""
    key: str = ""
    """The property that no two records share. A lost answer is settled by a look for it."""
    body: Body = Body.FORM
    resource_type: str = ""
    """The ``type`` of JSON:API."""
    roles: tuple[str, ...] = ("superuser",)
    """The roles of users whose API keys may read and write it, for messages."""
    refuses_duplicates: bool = False
    """The API is known to refuse a second record of the same key, so a create need not look first."""
    successor: Successor | None = None
