"""Limits on values, beside those of ``annotated_types``. pydantic reads both.

Their texts do not quote the value: the program may have marked it as secret. ``Unsuitable`` has it apart.
Nothing here imports pydantic: only ``check`` needs it, and neither programs nor refreshes do.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge, Le

from .problem_texts import Unsuitable

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True)
class Checked:
    """A value that a function checks, and may change; it raises ``ValueError``."""

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Puts the check behind the type's own."""
        from pydantic_core import core_schema  # noqa: PLC0415 - see above

        return core_schema.no_info_after_validator_function(self.check, handler(source))


def matching(pattern: str, words: str) -> Checked:
    """A text that matches the whole pattern; ``words`` tells people what that is: "a letter, then ..."."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.DOTALL):
            raise ValueError(f"must be {words}")
        return text

    return Checked(check)


@dataclass(frozen=True)
class Converted:
    """A value that is turned into another one before it is checked."""

    convert: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Puts the conversion in front of the type."""
        from pydantic_core import core_schema  # noqa: PLC0415 - see above

        return core_schema.no_info_before_validator_function(self.convert, handler(source))


@dataclass(frozen=True)
class CheckedAs:
    """A value that is checked as another type, which is made when first needed."""

    make: Callable[[], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """The other type's schema."""
        del source
        return handler.generate_schema(self.make())


def _segment(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    if text in {".", ".."}:
        raise ValueError("must not be '.' or '..', which have a meaning of their own in URLs")
    return text


Port = Annotated[int, Ge(1), Le(65535)]
Count = Annotated[int, Ge(0)]

SEGMENT = Checked(_segment)
PathSegment = Annotated[str, SEGMENT]
"""A name, key or id that becomes a part of URLs: any text but those that HTTP clients resolve.
A longest length goes before ``SEGMENT``: after it, pydantic would speak of items."""

WITH_PORT = re.compile(r"(\[[^\]/]*\]|[^:/\s]+):[0-9]+")
HOST_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
HOST_INSIDE = re.compile(rf"(?:[a-z]+://)?({HOST_NAME.pattern})\.?(?::[0-9]+)?(?:/.*)?")
"""A host name with what must not be around it. The name is the first group."""
ENDS_IN_NUMBER = re.compile(r"(.*\.)?[0-9]+")


def _host(text: str) -> str:
    if is_address(text):
        return text
    if WITH_PORT.fullmatch(text):
        raise ValueError("must be without a port: set `port`")
    if text.startswith("["):
        raise ValueError("must be without brackets")
    if not text.isascii():
        raise ValueError("must be ASCII: write the name in its xn-- form")
    if not HOST_NAME.fullmatch(text):
        words = "must be a host name or IP address, without scheme, path or a dot at its end"
        inside = HOST_INSIDE.fullmatch(text)
        raise Unsuitable(words, inside[1]) if inside else ValueError(words)
    if ENDS_IN_NUMBER.fullmatch(text):
        raise ValueError("must be a valid IPv4 address or a host name, which does not end in a number")
    return text


def is_address(text: str) -> bool:
    """Whether it is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text  # a zone is of one machine


Host = Annotated[str, Checked(_host)]
"""A host name or an IP address, without a port."""

Pem = Annotated[str, matching(r"\s*-----BEGIN .*", "PEM: a block that begins with -----BEGIN")]
"""A certificate or key as PEM."""

HttpUrl = Annotated[str, matching(r"https?://\S+", "a URL that begins with https:// or http://")]
HttpsUrl = Annotated[str, matching(r"https://\S+", "a URL that begins with https://")]
