import pulumi_fastly_dynamic  # noqa: F401 - fills the table
import pytest
from pulumi_fastly_dynamic.schema import KINDS, collections, kinds_of, register, removal_order


def test_no_kind_twice() -> None:
    with pytest.raises(ValueError, match="kind backend is defined twice"):
        register(KINDS["backend"])


def test_lists_of_a_version() -> None:
    assert sorted(collections()) == [
        "acl",
        "backend",
        "condition",
        "dictionary",
        "domain",
        "header",
        "healthcheck",
        "settings",
        "snippet",
    ]
    assert {schema.kind for schema in kinds_of("snippet")} == {"snippet", "dynamic_snippet"}


@pytest.mark.parametrize(
    ("first", "then"),
    [("header", "condition"), ("backend", "condition"), ("backend", "healthcheck"), ("condition", "settings")],
)
def test_what_refers_is_removed_before_what_is_referred_to(first: str, then: str) -> None:
    assert removal_order()[first] < removal_order()[then]
