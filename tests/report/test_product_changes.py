"""Products: what is said of them beside the recorded cases, and what `--fail-on` sees of them."""

from pathlib import Path
from typing import Any

import pytest
from fastly_report.__main__ import main

from .previews import report_of, stepped, text_of

PRODUCTS = "ProductEnablement::www"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

SAID: list[tuple[dict[str, Any], str]] = [
    ({"ngwaf": UNKNOWN}, "Product `ngwaf`: known after apply\n"),
    ({"ngwaf_traffic_ramp": UNKNOWN}, "Product `ngwaf`: on, `workspace_id` `W1`, `traffic_ramp` known after apply\n"),
    ({"brotli_compression": None}, "Product `brotli_compression`: off\n"),
    ({"ddos_protection": None}, "Product `ddos_protection`: off\n"),
]


@pytest.mark.parametrize(("new", "words"), SAID, ids=str)
def test_words(new: dict[str, Any], words: str):
    assert words in report_of(stepped("products.jsonl", PRODUCTS, "update", new))


def test_only_a_configuration_changes():
    text = stepped("products-too-early.jsonl", PRODUCTS, "update", {"brotli_compression": True})
    assert "Product" not in report_of(text)
    assert "Product `ngwaf`: `traffic_ramp` not set → `5`" in report_of(
        stepped("products-too-early.jsonl", PRODUCTS, "update", {"brotli_compression": True, "ngwaf_traffic_ramp": 5})
    )


@pytest.mark.parametrize(
    ("name", "code"), [("products.jsonl", 1), ("products-removed.jsonl", 1), ("products-new.jsonl", 0)]
)
def test_fail_on_removed_sees_what_goes_off(name: str, code: int, tmp_path: Path):
    file = tmp_path / name
    file.write_text(text_of(name))
    assert main([str(file), "--fail-on", "removed"]) == code
