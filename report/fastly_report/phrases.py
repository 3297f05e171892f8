"""Small words, and what is left out first when space is short."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS

from .document import Code, Text
from .engine_values import Special, one_line
from .ops import Op

SHORT = 100
"""Characters of a value that a table still shows."""
OUR_WORDS = {schema.label for schema in KINDS.values()} | {"Release", "Service of release"}
"""Classes that may be named in plain words."""
STOPPER, LOSS, CHANGE, ADVICE, ADDITION, ITEMS, CHANGED_TEXT, OTHER_TEXT, MESSAGE = 10, 20, 30, 40, 50, 55, 60, 70, 80
"""Ranks: the highest is left out first."""


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 object``, ``2 objects``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def verb(number: int, one: str = "changes", more: str = "change") -> str:
    """The verb that suits the number."""
    return one if number == 1 else more


def sentence(parts: Iterable[str]) -> str:
    """The parts joined, with a capital and a full stop."""
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def tally(ops: Iterable[Op]) -> str:
    """``1 added, 2 changed``, in the order of the report."""
    counted = Counter(ops)
    return ", ".join(f"{counted[op]:,} {op.value}" for op in Op if counted[op])


def named(label: str, name: str) -> Text:
    """An object. For a resource of another provider, its full type."""
    word = label if label in OUR_WORDS else Code(label)
    return (word, " ", Code(name)) if name else (word,)


def value(raw: Any, absent: str = "not set") -> Text:
    """A value in a table."""
    if isinstance(raw, Special):
        words = {Special.ABSENT: absent, Special.SECRET: "a secret", Special.UNKNOWN: "known after apply"}
        return (words[raw],)
    text = one_line(raw)
    return (Code(text),) if text else ("empty",)


def what_happens(ops: Collection[Op], noun: str, how: str = "") -> str:
    """``2 objects are added``, ``3 objects change: 1 removed, 2 added``."""
    number = len(ops)
    if len(set(ops)) == 1:
        return f"{count(number, noun)} {verb(number, 'is', 'are')} {next(iter(ops)).value}{how}"
    return f"{count(number, noun)} {verb(number)}{how}: {tally(ops)}" if ops else ""


def cut(raw: Any, absent: str = "not set") -> Text:
    """A value in a narrow column."""
    text = value(raw, absent)
    first = text[0]
    if isinstance(first, Code) and len(first.text) > SHORT:
        return (Code(first.text[:SHORT]), f" … ({len(first.text):,} characters)")
    return text
