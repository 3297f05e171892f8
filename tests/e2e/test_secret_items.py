"""A secret in a dictionary that can be read back is refused while the program runs, before it is written."""

import pytest

from .harness import Stack

PROGRAM = """
www = fastly.Service("www")
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com")
    table = fastly.Dictionary("table", release=release, write_only={write_only})
    {items}
"""
SECRET = 'pulumi.Output.secret("hunter2")'
ITEM = f'fastly.DictionaryItem("one", dictionary=table, key="a", value={SECRET})'
ITEMS = f'fastly.DictionaryItems("all", dictionary=table, items={{"a": "plain", "b": {SECRET}, "c": www.id}})'


@pytest.mark.parametrize(
    ("items", "where"), [(ITEM, "DictionaryItem('one').value"), (ITEMS, "DictionaryItems('all').items['b']")]
)
def test_a_secret_is_refused_in_the_preview(stack: Stack, items: str, where: str):
    result = stack.preview(PROGRAM.format(write_only=False, items=items))
    assert not result.ok
    assert f"{where} is secret" in result.output, result
    assert "write_only=True" in result.output
    assert "hunter2" not in result.output
    assert "Traceback" not in result.output


def test_a_secret_is_refused_before_it_is_written(stack: Stack):
    result = stack.up(PROGRAM.format(write_only=False, items=ITEM))
    assert not result.ok
    assert not [call for call in result.calls if call.path.endswith("/items")], result
    assert result.activations == 0


@pytest.mark.parametrize(
    ("write_only", "items"),
    [(True, ITEM), (True, ITEMS), ("pulumi.Output.from_input(True)", ITEM), (False, ITEMS.replace(SECRET, '"plain"'))],
)
def test_what_is_not_secret_or_cannot_be_read_back_is_fine(stack: Stack, write_only: object, items: str):
    result = stack.up(PROGRAM.format(write_only=write_only, items=items))
    assert result.ok, result
    assert result.activations == 1


def test_a_secret_that_is_declared_plain_is_fine(stack: Stack):
    plain = ITEM.replace(SECRET, f"pulumi.Output.unsecret({SECRET})")
    result = stack.up(PROGRAM.format(write_only=False, items=plain))
    assert result.ok, result
