"""Text from Fastly, made harmless for a terminal."""


def plain(text: str) -> str:
    """One line: characters that a terminal may act on, or that cannot be seen, are written out."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
