"""What happens under which condition."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..state import Record
from .source import Source
from .writing import Lines, block, comment

Render = Callable[[Source, Record], Lines]
"""The statements of one object; none, where it has none in that place."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the objects of a kind are in one place of the generated VCL."""

    kind: str
    render: Render
    condition: tuple[str, ...] = ()
    """The fields that may name the condition; the first that does counts."""


def rendered(source: Source, rules: Iterable[Rule], word: str) -> tuple[Lines, Lines]:
    """What always happens, and then a block a condition, by priority; in each, the rules in their order."""
    by_condition: dict[str, Lines] = defaultdict(list)
    for rule in rules:
        for record in in_order(source, rule.kind):
            by_condition[_condition_of(source, rule, record)] += rule.render(source, record)
    always = by_condition.pop("", [])
    blocks: Lines = []
    for condition in source.by_priority("condition"):
        lines = by_condition.get(condition["name"])
        if lines:
            blocks += ["", comment(f"{word} Condition: {condition['name']} Prio: {condition['priority']}")]
            blocks += block(f"if ({_expression(condition)})", lines)
    return always, blocks


def in_order(source: Source, kind: str) -> list[Record]:
    """The objects of a kind in the order in which they take effect."""
    records = source.of(kind)
    return source.by_priority(kind) if records and "priority" in records[0] else records


def _condition_of(source: Source, rule: Rule, record: Record) -> str:
    named = next((record[field] for field in rule.condition if record[field]), "")
    # Assumed: an object whose condition was deleted has none.
    return named if named in source.version.of("condition") else ""


def _expression(condition: Record) -> str:
    # A comment at the end of the statement must not swallow the bracket.
    statement = str(condition["statement"])
    return f" {statement}\n" if "#" in statement or "//" in statement else f" {statement} "
