"""Messages of the engine, the program and policies, without what is nobody's business in a pull request."""

import re

from .values import visible

_TRACEBACK = re.compile(r"^\s*Traceback \(most recent call last\):")
_FRAME = re.compile(r'^\s+File ".*", line \d+')
_INDENTED = re.compile(r"^\s+\S")
_PROVIDER = re.compile(r"urn:pulumi:[^\s'\"`]*pulumi:providers:[^\s'\"`]*")
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
    text = _PROVIDER.sub("the provider", "\n".join(kept))
    return _SPACE.sub("\n", visible(text)).strip("\n")
