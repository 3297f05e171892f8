"""What is shown while a service is read: a line per kind on a terminal, nothing elsewhere."""

import sys


def told(kind: str, number: int) -> None:
    """Tells how many of a kind were read."""
    if not sys.stderr.isatty():
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        sys.stderr.write(f"{number:>7,}  {kind}\n")
        return
    Console(stderr=True, highlight=False).print(f"[bold]{number:>7,}[/bold]  {kind}")
