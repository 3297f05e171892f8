"""Limits on values, beside those of ``annotated_types``. pydantic reads both.

Nothing here imports pydantic: only ``check`` needs it, and neither programs nor refreshes do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
