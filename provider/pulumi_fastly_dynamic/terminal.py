"""What the user reads while the provider works."""

from .plain_text import LINE_LAYOUT, plain


def info(text: str, *, has_lines: bool = False) -> None:
    """An info line: the engine shows what a provider prints, beside the resource.

    It may name what others made, so control characters are written out, and line breaks unless it ``has_lines``.
    """
    print(plain(text, keep=LINE_LAYOUT if has_lines else ""), flush=True)  # noqa: T201 - this is the way to the user's terminal
