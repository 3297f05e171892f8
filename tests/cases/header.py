"""Header."""

from .case import Case, Stages
from .condition import CASE as CONDITION

_TYPES = {
    "request": {"request_condition": CONDITION.ref("request")},
    "fetch": {"cache_condition": CONDITION.ref("cache")},
    "cache": {"cache_condition": CONDITION.ref("cache")},
    "response": {"response_condition": CONDITION.ref("response")},
}
_NEEDED = {
    "set": {"src": '"1"'},
    "append": {"src": '"1"'},
    "delete": {},
    "regex": {"regex": "a", "src": "req.url"},
    "regex_repeat": {"regex": "a", "src": "req.url"},
}
_OPTIONAL = {"regex": {"substitution": "b"}, "regex_repeat": {"substitution": "b"}}


def _stages(action: str, type_: str) -> Stages:
    both = {"action": action, "type": type_}
    needed, optional = _NEEDED[action], _OPTIONAL.get(action, {})
    return Stages(
        f"{action} {type_}",
        minimal={**both, "dst": "http.Y", **needed},
        full={**both, "dst": "http.X", "ignore_if_set": True, "priority": 5, **needed, **optional, **_TYPES[type_]},
        changed={
            **both,
            "dst": "http.Y",
            "ignore_if_set": False,
            "priority": 6,
            **{name: value.replace("a", "c") for name, value in needed.items()},
            **dict.fromkeys(optional, "d"),
        },
    )


_SET = _stages("set", "request")
_VARIANTS = [_stages(action, type_) for action in _NEEDED for type_ in _TYPES]

CASE = Case(
    kind="header",
    name=_SET.name,
    minimal=_SET.minimal,
    full=_SET.full,
    changed=_SET.changed,
    variants=[each for each in _VARIANTS if each.name != _SET.name],
    taken=[{"src": None, "action": "delete"}],
    refused=[
        ({"action": "put"}, "action: action must be 'set', 'append', 'delete', 'regex' or 'regex_repeat'"),
        ({"type": "deliver"}, "type: type must be 'request', 'fetch', 'cache' or 'response'"),
        ({"dst": ""}, "dst: dst is empty"),
        ({"src": None}, "src: src is empty: the actions 'set' and 'append' need"),
        ({"src": "", "action": "append"}, "src: src is empty: the actions 'set' and 'append' need"),
        ({"action": "regex"}, "regex: regex is empty: the actions 'regex' and 'regex_repeat' need"),
        ({"action": "regex_repeat", "regex": ""}, "regex: regex is empty: the actions 'regex' and"),
        ({"ignore_if_set": "sometimes"}, "ignore_if_set: ignore_if_set must be True or False"),
    ],
    documented=(
        "action cache_condition dst ignore_if_set name priority regex request_condition response_condition service_id "
        "src substitution type version"
    ),
    answered={
        "cache_condition": None,
        "ignore_if_set": "0",
        "priority": "100",
        "regex": "",
        "request_condition": None,
        "response_condition": None,
        "substitution": "",
        "version": "1",
    },
    refused_by_api=[
        ({"name": "x", "cache_condition": "request"}, "'request' is not a cache condition"),
        ({"name": "x", "response_condition": "request"}, "'request' is not a response condition"),
        ({"name": "x", "request_condition": "response"}, "'response' is not a request condition"),
        ({"name": "x", "action": "replace"}, "Action must be one of"),
        ({"name": "x", "type": "recv"}, "Type must be one of"),
        ({"name": "x", "priority": "high"}, "not a number"),
    ],
    client=("Header", "create_header_object", "get_header_object"),
)
