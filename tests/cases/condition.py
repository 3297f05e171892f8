"""Condition."""

from .case import Case, Stages


def _stages(type_: str) -> Stages:
    return Stages(
        type_.lower(),
        minimal={"type": type_, "statement": "req.url"},
        full={"type": type_, "statement": "req.url", "priority": 5, "comment": "ours"},
        changed={"type": type_, "statement": 'req.url ~ "^/x"', "priority": 6, "comment": "changed"},
    )


_REQUEST = _stages("REQUEST")

CASE = Case(
    kind="condition",
    name="request",
    minimal=_REQUEST.minimal,
    full=_REQUEST.full,
    changed=_REQUEST.changed,
    variants=[_stages(type_) for type_ in ("RESPONSE", "CACHE", "PREFETCH")],
    taken=[{"type": "request"}, {"statement": " a  b "}],
    refused=[
        ({"type": "DELIVER"}, "type: type must be 'REQUEST', 'RESPONSE', 'CACHE' or 'PREFETCH'"),
        ({"statement": ""}, "statement: "),
        ({"priority": "first"}, "priority: priority must be a whole number"),
    ],
    documented="comment name priority service_id statement type version",
    answered={"comment": "", "priority": "10", "version": "1"},
    rename="refused",
    refused_by_api=[({"name": "x", "type": "DELIVER"}, "Type must be one of")],
    unchangeable={"type": ("CACHE", "Cannot change type")},
    client=("Condition", "create_condition", "get_condition"),
)
