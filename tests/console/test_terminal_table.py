"""Tables that fit a terminal: each cell can be read again, whatever the width."""

import io

import pytest
from fastly_console.terminal_table import GAP, Column, least_width, table_of, wrapped
from rich.cells import cell_len
from rich.console import Console

COLUMNS = (
    Column("When (UTC)", (("2026-11-25 18:01:25", "2026-11-25 18:01"), ("soon",)), is_whole=True),
    Column("Version", (("6",), ("1234567",)), is_number=True),
    Column("What", (("Backend 'an-origin-with-a-long-name.example.com' was created",), ("",))),
    Column("Who", (("alice.of.accounting@example.com",), ("日本語の名前です",))),
    Column("Stack", (("organization/shop/dev", "organization/shop/dev", "shop/dev"), ("acme/x/y",))),
)
LEAST = least_width(len(COLUMNS))


def drawn(columns: tuple[Column, ...], width: int) -> list[list[str]]:
    """What each column has, line by line."""
    table = table_of(columns, ["", "green"], width)
    file = io.StringIO()
    Console(file=file, width=width).print(table)
    lines = file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    found: list[list[str]] = []
    for column in table.columns:
        assert column.width is not None
        taken = [_taken(line, column.width) for line in lines]
        lines = [line[len(cell) :][GAP:] for line, cell in zip(lines, taken, strict=True)]
        found.append(taken)
    return found


def _taken(line: str, width: int) -> str:
    """The beginning of a line that is so many cells wide: some characters take two."""
    return next((line[:end] for end in range(len(line)) if cell_len(line[:end]) == width), line)


def joined(texts: list[str]) -> str:
    return "".join("".join(texts).split())


@pytest.mark.parametrize("width", range(LEAST, 160))
def test_each_cell_can_be_read_again(width: int) -> None:
    shown = [joined(cells) for cells in drawn(COLUMNS, width)]
    assert shown in [[joined(column.texts(step)) for column in COLUMNS] for step in range(3)]


@pytest.mark.parametrize("width", range(110, 160))
def test_where_there_is_room_for_the_words_none_is_broken(width: int) -> None:
    shown = [" ".join(line.strip() for line in cells).split() for cells in drawn(COLUMNS, width)]
    assert shown in [[" ".join(column.texts(step)).split() for column in COLUMNS] for step in range(3)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 4, [""]),
        ("Backend 'a' was created", 12, ["Backend 'a'", "was created"]),
        ("organization/shop/dev", 16, ["organization/", "shop/dev"]),
        ("alice@example.com", 12, ["alice@", "example.com"]),
        ("organization", 5, ["organ", "izati", "on"]),
        ("a  b", 3, ["a", "b"]),
        ("日本語", 5, ["日本", "語"]),
        ("//a", 1, ["/", "/", "a"]),
    ],
)
def test_where_text_is_broken(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("width", "time", "stack"),
    [
        (126, "2026-11-25 18:01:25", "organization/shop/dev"),
        (125, "2026-11-25 18:01", "organization/shop/dev"),
        (122, "2026-11-25 18:01", "shop/dev"),
    ],
)
def test_what_is_least_useful_is_shortened_first(width: int, time: str, stack: str) -> None:
    cells = drawn(COLUMNS, width)
    assert time in [each.strip() for each in cells[0]]
    assert stack in [each.strip() for each in cells[4]]
