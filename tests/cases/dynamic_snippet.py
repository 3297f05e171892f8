"""Dynamic snippet: its content is in no version."""

from .case import Case

CASE = Case(
    kind="dynamic_snippet",
    name="dynamic",
    minimal={"type": "fetch"},
    full={"type": "recv", "content": "# created", "priority": 5, "force_destroy": True},
    changed={"type": "fetch", "content": "# changed", "priority": 6},
    taken=[{"content": ""}, {"content": None}],
    refused=[
        ({"name": "9"}, "name: name must be a letter"),
        ({"type": "x"}, "type: type must be 'init', 'recv'"),
        ({"content": 1}, "content: content must be a string"),
    ],
    documented="name dynamic type content priority id",
    left_out={"dynamic": "the kind says it"},
    client_only=frozenset({"force_destroy"}),
    collection="snippet",
    unversioned={"content": "snippet/{id}"},
    constants={"dynamic": "1"},
    client=("Snippet", "create_snippet", "get_snippet"),
    answered={"content": None, "dynamic": "1", "priority": "100", "version": "1", "id": ...},
)
