"""What the user reads while the provider works."""


def info(line: str) -> None:
    """An info line: the engine shows what a provider prints, beside the resource."""
    print(line, flush=True)  # noqa: T201 - this is the way to the user's terminal
