"""Tests of the real falco, which needs npm: CI must run them, other machines may skip them."""

import os

import pytest


def require_falco(*, found: bool) -> None:
    """Skips the test if falco was not found; in CI it fails."""
    if not found:
        words = "falco is not installed; `make falco` gets it"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
