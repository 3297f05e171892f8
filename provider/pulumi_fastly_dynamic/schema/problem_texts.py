"""What is wrong with a value, in words: the texts for pydantic's errors."""

from collections.abc import Mapping
from typing import Any

BOUNDS = {
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be greater than {gt}",
    "less_than": "must be less than {lt}",
}
"""Texts that a number may follow."""

TEXTS = {
    **BOUNDS,
    "string_type": "must be a string",
    # No text or list of this package has a least length other than 1.
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "must have at most {max_length} elements",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be True or False",
    "bool_parsing": "must be True or False",
    "literal_error": "must be {expected}",
    "list_type": "must be a list: write [...] around it",
    "mapping_type": "must be a dict of keys and values",
    "dict_type": "must be a dict of keys and values",
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
}
"""By pydantic's type of error."""

LONGEST_KEY = 40
UNION_TAGS = ("text", "typed")
"""What pydantic adds to the place of an error in an entry of an ACL."""


class Unsuitable(ValueError):
    """A value that a limit refuses, where it is known what was meant.

    ``instead`` is that value; messages show it only where they may show the value itself.
    """

    def __init__(self, text: str, instead: str) -> None:
        super().__init__(text)
        self.instead = instead


def problem_text(name: str, value: Any, error: Mapping[str, Any], *, quoting: bool) -> str:
    """Says what pydantic found wrong with the value of a property.

    ``quoting`` tells whether the text may show the value, or the key of a map: either may be secret.
    """
    text = _text(error, quoting=quoting)
    if quoting and error["type"] in BOUNDS and not error["loc"]:
        text += f" (it is {value})"
    return f"{name}{_place(value, error['loc'], quoting=quoting)} {text}"


def _text(error: Mapping[str, Any], *, quoting: bool) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        reason = context["error"]
        return f"{reason}; write {reason.instead}" if quoting and isinstance(reason, Unsuitable) else str(reason)
    known = TEXTS.get(error["type"])
    return known.format(**context) if known else str(error["msg"]).removeprefix("Input ").replace("should", "must")


def _place(value: Any, location: tuple[int | str, ...], *, quoting: bool) -> str:
    if isinstance(value, Mapping) and location:
        is_key = "[key]" in location
        if not quoting:  # nor by position: the engine's order is not the program's
            return ": a key" if is_key else ": a value"
        return f": the key {_shortened(location[0])}" if is_key else f"[{_shortened(location[0])}]"
    return "".join(f"[{part!r}]" for part in location if part not in UNION_TAGS)


def _shortened(key: int | str) -> str:
    return f"'{key[:LONGEST_KEY]}...'" if isinstance(key, str) and len(key) > LONGEST_KEY else repr(key)
