"""ACL."""

from .case import Case

CASE = Case(
    kind="acl",
    name="office",
    full={"force_destroy": True},
    changed={"force_destroy": False},
    taken=[{"name": "a"}, {"name": "A_b9"}, {"name": "two words"}],
    refused=[
        ({"name": name}, "name: name must be a letter, then letters, digits, '_' and white space")
        for name in ("9", "_a", "a-b")
    ],
    client_only=frozenset({"force_destroy"}),
    documented="name",
    answered={"version": "1", "id": ...},
    class_name="ACL",
    refused_by_api=[
        ({"name": "1x"}, "Name must start with a letter"),
        ({"name": "x-y"}, "Name must start with a letter"),
    ],
    client=("Acl", "create_acl", "get_acl"),
)
