"""The pages for people, and what is in them: sections, tables, code."""

import re
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
README = REPO / "README.md"
DOCS = sorted((REPO / "docs").glob("*.md"))
FOR_USERS = [README, *DOCS]
ALL = [*FOR_USERS, REPO / "CONTRIBUTING.md", *sorted((REPO / "docs" / "design").rglob("*.md"))]
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    """A page of ``docs/``."""
    return (REPO / "docs" / f"{name}.md").read_text()


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= set("-:")}
    return [row for number, row in enumerate(cells) if not {number, number - 1} & heads]


def names(text: str) -> list[str]:
    """What is set as code in a line."""
    return re.findall(r"`([^`\n]+)`", text)


def code(text: str) -> str:
    """All that is set as code: the blocks, then the rest, one a line."""
    return "\n".join([*BLOCK.findall(text), *names(BLOCK.sub("", text))])


def programs(text: str) -> list[str]:
    """The Pulumi programs: blocks of Python that declare a service and import nothing but what the README imports."""
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [block for block in blocks if "fastly.Service(" in block and "automation" not in block]
