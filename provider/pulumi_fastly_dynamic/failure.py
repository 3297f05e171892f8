"""The root of every error this package shows to people."""

from typing import ClassVar

from typing_extensions import override

from .plain_text import LINE_LAYOUT, plain


class Failure(Exception):
    """An error whose text is for the user: one line that says what is wrong and what to do.

    The text may name what others made, so control characters and line breaks in it are written out.
    """

    has_lines: ClassVar[bool] = False
    """Whether the text is meant to have several lines."""

    def __init_subclass__(cls) -> None:
        # Python prefixes the message with the class's module, except for builtins. The dynamic provider's
        # server shows the formatted exception to the user, who has no use for our module paths.
        cls.__module__ = "builtins"

    @override
    def __str__(self) -> str:
        return plain(super().__str__(), keep=LINE_LAYOUT if self.has_lines else "")


Failure.__module__ = "builtins"
