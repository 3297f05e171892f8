"""Tests of the real falco, which needs npm, or Go for a newer one: CI must run them, other machines may skip them."""

import os

import pytest


def require_falco(*, found: bool, target: str = "falco") -> None:
    """Skips the test if falco was not found; in CI it fails."""
    if not found:
        words = f"falco is not installed; `make {target}` gets it"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
