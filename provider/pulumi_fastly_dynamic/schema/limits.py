"""Limits that say in words what they want."""

import re

from pydantic import AfterValidator


def matching(pattern: str, words: str) -> AfterValidator:
    """A text that matches the whole pattern; ``words`` tells people what that is: "a letter, then ..."."""
    compiled = re.compile(pattern, re.DOTALL)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"must be {words}")
        return text

    return AfterValidator(check)
