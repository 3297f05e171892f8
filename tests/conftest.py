"""Fixtures for several folders."""

from collections.abc import Iterator

import pytest
from pulumi_fastly_dynamic.schema import KINDS
from pulumi_fastly_dynamic.schema.kind_table import removal_order


@pytest.fixture
def cache_settings_without_class() -> Iterator[None]:
    """A kind without a resource class: there is one for each kind that `/details` lists, so this takes one away."""
    schema = KINDS.pop("cache_settings")
    removal_order.cache_clear()
    yield
    KINDS["cache_settings"] = schema
    removal_order.cache_clear()
