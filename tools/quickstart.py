"""The quickstart of ``make up``, ``make down`` and ``make destroy``: an emulator in the background, one stack on it.

Expects the environment of tools/env.sh. The emulator's state, log and process id are in .state/, beside the stack's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from quickstart_emulator import REPO, STATE, Failed, get, start_emulator, stop_emulator

STACK = "dev"
STACK_TYPE = "pulumi:pulumi:Stack"
SECRET = "4dabf18193072939515e22adb298388d"
"""The key by which the engine marks a secret value in its events."""
# Where Pulumi's file backend keeps this stack: asking the CLI for it would cost a tenth of a second at each `make up`.
STACK_FILES = STATE / "backend" / ".pulumi" / "stacks" / "fastly-quickstart"


def main(arguments: list[str]) -> int:
    commands = {"up": up, "down": stop_emulator, "destroy": destroy}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(f"usage: quickstart.py {'|'.join(commands)}", file=sys.stderr)
        return 2
    try:
        commands[arguments[0]]()
    except Failed as failure:
        if str(failure):
            print(f"quickstart: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def up() -> None:
    emulator = start_emulator()
    if not list(STACK_FILES.glob(f"{STACK}.json*")):
        pulumi("stack", "select", "--create", STACK)
    before = count_calls(emulator)
    # A preview first, and an update only if there is something to do: the preview is where protected resources and
    # policies speak, and it takes no longer than an update that changes nothing.
    events = preview()
    if any(is_change(event) for event in events):
        pulumi("up", "--yes", "--skip-preview", "--stack", STACK)  # ends with the outputs
        verdict = "Done"
    else:
        print_outputs(events)
        verdict = "Nothing changed"
    calls = count_calls(emulator) - before
    print(f"{verdict}; {calls} API {'call' if calls == 1 else 'calls'}." if emulator else f"{verdict}.")
    for line in serving(emulator) if emulator else []:
        print(line)
    print("\nNext: change a line of examples/quickstart/__main__.py, and `make up` again.")
    print("Or `. tools/env.sh`, and use pulumi itself: `pulumi preview`, `pulumi refresh`, `pulumi stack output`.")


def destroy() -> None:
    start_emulator()
    pulumi("destroy", "--yes", "--stack", STACK)


# --- the stack


def pulumi(*arguments: str) -> None:
    if subprocess.run(["pulumi", *arguments], cwd=REPO, check=False).returncode:
        raise Failed


def preview() -> list[dict[str, Any]]:
    """Show a preview; return what the engine said in it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "events.jsonl"
        # The event log is what Pulumi's Automation API reads; its flag is among those for debugging.
        environment = {**os.environ, "PULUMI_DEBUG_COMMANDS": "true"}
        command = ["pulumi", "preview", "--stack", STACK, "--event-log", str(log)]
        if subprocess.run(command, cwd=REPO, env=environment, check=False).returncode:
            raise Failed
        return [json.loads(line) for line in log.read_text().splitlines()]


def is_change(event: dict[str, Any]) -> bool:
    """An operation other than ``same``; or, under ``same``, an option such as ``protect``, or a stack output."""
    if summary := event.get("summaryEvent"):
        return any(operation != "same" for operation in summary.get("resourceChanges") or {})
    metadata = event.get("resOutputsEvent", {}).get("metadata", {})
    old, new = ({**(metadata.get(side) or {}), "inputs": None} for side in ("old", "new"))
    if metadata.get("type") != STACK_TYPE:
        old["outputs"] = new["outputs"] = None
    return old != new


def print_outputs(events: list[dict[str, Any]]) -> None:
    """The stack's outputs, as ``pulumi up`` ends with them; the last event about the stack has them all."""
    outputs: dict[str, Any] = {}
    for event in events:
        metadata = event.get("resOutputsEvent", {}).get("metadata", {})
        if metadata.get("type") == STACK_TYPE:
            outputs = metadata["new"]["outputs"]
    if outputs:
        print("Outputs:")
    for name, value in sorted(outputs.items()):
        secret = isinstance(value, dict) and SECRET in value
        print(f"    {name}: {'[secret]' if secret else json.dumps(value)}")
    print()


def serving(emulator: str) -> list[str]:
    """What is live, in the words of the API. The real service may hold much else, so it is not asked."""
    lines = []
    for service in get(emulator, "/service"):
        active = [version["number"] for version in service.get("versions", []) if version.get("active")]
        state = f"version {active[0]} serves" if active else "no version serves"
        lines.append(f"{service['name']} ({service['id']}): {state}.")
    return lines


def count_calls(emulator: str | None) -> int:
    return len(get(emulator, "/_emulator/log")) if emulator else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
