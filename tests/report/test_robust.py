"""Whatever is in the input, the answer is a report or one line; never a stack trace, which might quote a secret."""

import contextlib
import json
import random
from typing import Any

import pytest
from fastly_report.composition import document_of
from fastly_report.model import model_of
from fastly_report.reading import BadInput, read
from fastly_report.render import FORMATS

from .previews import text_of

ODD: list[Any] = [
    None, True, 0, -1.5, "", "x", "a::b", [], {}, [None], [[]], {"": ""}, {"a": {"b": [1]}}, 10**30, "!", "1/2",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "[secret]", {"4dabf18193072939515e22adb298388d": "x"}, ["[secret]", 1],
]  # fmt: skip


def mutate(value: Any, chance: random.Random, rate: float) -> Any:
    if chance.random() < rate:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {key: mutate(row, chance, rate) for key, row in value.items() if chance.random() > rate}
    return [mutate(row, chance, rate) for row in value] if isinstance(value, list) else value


@pytest.mark.parametrize("rate", [0.0003, 0.002, 0.02])
@pytest.mark.parametrize(
    "name",
    ["several-kinds.jsonl", "items.jsonl", "drift.jsonl", "policies.jsonl", "dictionary-anew.json", "drift.json"],
)
def test_odd_values_anywhere(name: str, rate: float):
    rows = [json.loads(line) for line in text_of(name).splitlines()]
    for seed in range(25):
        chance = random.Random(f"{name} {rate} {seed}")
        text = "\n".join(json.dumps(mutate(row, chance, rate)) for row in rows)
        with contextlib.suppress(BadInput):
            document = document_of(model_of(read(text)))
            for render in FORMATS.values():
                assert render(document)


STATES = {"inputs", "outputs", "before", "after"}


def inputs_mutated(row: Any, chance: random.Random) -> Any:
    """Only what programs and providers of any release may say differently."""
    if isinstance(row, dict):
        return {
            key: {name: mutate(each, chance, 0.2) for name, each in value.items()}
            if key in STATES and isinstance(value, dict)
            else inputs_mutated(value, chance)
            for key, value in row.items()
        }
    return [inputs_mutated(value, chance) for value in row] if isinstance(row, list) else row


@pytest.mark.parametrize("name", ["several-kinds.jsonl", "items.jsonl", "drift.jsonl", "policies.jsonl", "drift.json"])
def test_odd_properties_are_reported(name: str):
    rows = [json.loads(line) for line in text_of(name).splitlines()]
    for seed in range(25):
        chance = random.Random(f"{name} {seed}")
        text = "\n".join(json.dumps(inputs_mutated(row, chance)) for row in rows)
        document = document_of(model_of(read(text)))
        for render in FORMATS.values():
            assert render(document)
