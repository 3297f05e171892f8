"""Writes the table of rules in docs/policies.md from the rules; with --check, fails if it is stale."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fastly_policies import RULES, Rule
from generated_page import write_or_check

TARGET = Path(__file__).parents[1] / "docs" / "policies.md"
BEGIN, END = "<!-- rules: written by tools/policy_table.py -->\n", "<!-- end of rules -->\n"


def table() -> str:
    """The rules as Markdown."""
    head = "| Rule | Level | What it reports | Parameters and their defaults |\n|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(_cells(rule))} |\n" for rule in RULES)


def _cells(rule: Rule) -> Iterator[str]:
    yield f"`{rule.name}`"
    yield rule.level.value
    yield rule.reports
    yield "; ".join(
        f"`{name}` `{json.dumps(parameter.default)}`: {parameter.text}" for name, parameter in rule.parameters.items()
    )


def with_table(page: str) -> str:
    """The page with the table between its two marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/policies.md has no place for the table: {BEGIN.strip()} ... {END.strip()}")
    return f"{before}{begin}\n{table()}\n{end}{after}"


def main() -> int:
    """Writes or checks."""
    return write_or_check(TARGET, with_table(TARGET.read_text()), __doc__, "docs/policies.md", "policy_table.py")


if __name__ == "__main__":
    sys.exit(main())
