"""Secrets of the program: set in the stack's configuration by ``pulumi`` itself, through standard input only."""

from collections.abc import Sequence
from pathlib import Path

from pulumi_fastly_dynamic.failure import Failure

from .program_plan import Secret
from .pulumi_cli import Cli


def set_secrets(folder: Path, stack: str, secrets: Sequence[Secret]) -> list[Secret]:
    """Sets the secrets whose values are known, encrypted by the stack's own key. Returns those that were set."""
    known = [each for each in secrets if each.value is not None]
    cli = Cli(folder)
    if known:
        selected = cli.run("stack", "select", "--create", stack)
        if selected.code:
            raise Failure(f"stack {stack} cannot be selected: {selected.first_error}")
    for each in known:
        # The CLI takes one line break off the end.
        done = cli.run("config", "set", "--secret", each.key, "--stack", stack, given=f"{each.value}\n")
        if done.code:
            raise Failure(f"`pulumi config set --secret {each.key}` failed with exit code {done.code}")
    return known


def commands(secrets: Sequence[Secret]) -> list[str]:
    """What the user runs to set them."""
    return [f"pulumi config set --secret {each.key}    # {each}" for each in secrets]
