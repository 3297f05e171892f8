"""Dictionary."""

from .case import Case, Stages

CASE = Case(
    kind="dictionary",
    name="redirects",
    full={"force_destroy": True},
    changed={"force_destroy": False},
    variants=[Stages("plain", minimal={}, full={"write_only": False}, changed={"write_only": True})],
    taken=[{"name": "a"}, {"name": "A_b9"}, {"name": "two words"}],
    refused=[
        ({"name": name}, "name: name must be a letter, then letters, digits, '_' and white space")
        for name in ("9", "_a", "a-b", "a.b", "ü")
    ],
    client_only=frozenset({"force_destroy"}),
    documented="created_at deleted_at id name service_id updated_at version write_only",
    answered={"write_only": False, "version": 1, "id": ...},
    unchangeable={"write_only": ("true", "Not allowed to modify field 'write_only'")},
    client=("Dictionary", "create_dictionary", "get_dictionary"),
)
