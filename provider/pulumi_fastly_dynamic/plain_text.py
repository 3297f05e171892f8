"""Text that somebody else chose, made harmless for a terminal."""

LINE_LAYOUT = "\n\t"
"""What a text of several lines keeps."""


def plain(text: str, *, keep: str = "") -> str:
    """The text with characters written out that a terminal may act on, or that cannot be seen, except those to keep."""
    return "".join(
        each if each.isprintable() or each in keep else each.encode("unicode_escape").decode() for each in text
    )
