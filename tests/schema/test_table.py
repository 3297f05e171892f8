import pulumi_fastly_dynamic  # noqa: F401 - fills the table
import pytest
from pulumi_fastly_dynamic.schema import KINDS, kinds_of, register, removal_order


def test_no_kind_twice() -> None:
    with pytest.raises(ValueError, match="kind backend is defined twice"):
        register(KINDS["backend"])


def test_kinds_that_share_a_list() -> None:
    assert {schema.kind for schema in kinds_of("snippet")} == {"snippet", "dynamic_snippet"}
    assert kinds_of("user") == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("header", "condition"),
        ("director", "backend"),
        ("backend", "condition"),
        ("backend", "healthcheck"),
        ("condition", "settings"),
    ],
)
def test_what_refers_is_removed_before_what_is_referred_to(first: str, then: str) -> None:
    assert removal_order()[first] < removal_order()[then]
