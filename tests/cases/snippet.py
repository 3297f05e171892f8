"""Snippet."""

from .case import Case, Stages

_TYPES = ("init", "hash", "hit", "miss", "pass", "fetch", "error", "deliver", "log", "none")


def _stages(type_: str) -> Stages:
    return Stages(
        f"in {type_}",
        minimal={"type": type_, "content": "# changed"},
        full={"type": type_, "content": "# created\n", "priority": 5},
        changed={"type": type_, "content": "# changed", "priority": 6},
    )


_RECV = _stages("recv")

CASE = Case(
    kind="snippet",
    name=_RECV.name,
    minimal=_RECV.minimal,
    full=_RECV.full,
    changed=_RECV.changed,
    variants=[_stages(type_) for type_ in _TYPES],
    taken=[{"name": "a"}, {"name": "A-b_c.d e9"}],
    refused=[
        ({"name": "1a"}, "name: name must be a letter, then letters, digits, '_', '-', '.' and spaces"),
        ({"name": "a/b"}, "name: name must be a letter"),
        ({"name": "a\n"}, "name: name must be a letter"),
        ({"type": "receive"}, "type: type must be 'init', 'recv'"),
        ({"content": ""}, "content: content is empty"),
    ],
    documented="name dynamic type content priority id",
    left_out={"dynamic": "the kind says it"},
    constants={"dynamic": "0"},
    answered={"content": "", "dynamic": "0", "priority": "100", "version": "1", "id": ...},
    refused_by_api=[
        ({"name": "x"}, "Type can't be blank"),
        ({"name": "x", "type": "vcl"}, "Type must be one of"),
        ({"name": "1x", "type": "recv"}, "Name must start with a letter"),
        ({"name": "x/y", "type": "recv"}, "Name must start with a letter"),
    ],
    unchangeable={"dynamic": ("1", "Not allowed to modify field 'dynamic'")},
    client=("Snippet", "create_snippet", "get_snippet"),
)
