"""Messages of the engine, the program and policies, without what is nobody's business in a pull request."""

import re

from .engine_values import visible

_TRACEBACK = re.compile(r"^\s*Traceback \(most recent call last\):")
_FRAME = re.compile(r'^\s+File ".*", line \d+')
_INDENTED = re.compile(r"^\s+\S")
_TOKEN = re.compile(r"[^\s'\"`]+")
_URN = "urn:pulumi:"
_PROVIDER = "pulumi:providers:"
_SPACE = re.compile(r"\n{2,}")


def clean(message: str) -> str:
    """The message without stack traces and the URNs of providers."""
    kept: list[str] = []
    in_traceback = False
    for line in message.split("\n"):
        if _TRACEBACK.match(line) or _FRAME.match(line):
            in_traceback = True
            continue
        # Frames are indented; the first line that is not tells the error.
        if in_traceback and (_INDENTED.match(line) or not line.strip()):
            continue
        in_traceback = False
        kept.append(line.rstrip())
    text = _TOKEN.sub(_without_provider, "\n".join(kept))
    return _SPACE.sub("\n", visible(text)).strip("\n")


def _without_provider(token: re.Match[str]) -> str:
    """A word of a message; one expression for the whole URN would try each place where one may begin to the end."""
    text = token[0]
    start = text.find(_URN)
    is_provider = start >= 0 and text.find(_PROVIDER, start + len(_URN)) >= 0
    return f"{text[:start]}the provider" if is_provider else text
