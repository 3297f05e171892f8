"""``fastly-activity --drop`` on a draft of a real stack, and the command that it says to run next."""

import subprocess
import sys

import pytest

from .harness import Stack
from .lifecycle import REFRESH, Step, backend, live, of, www

ORIGIN, CHANGED = backend("origin"), backend("origin", port=81)
BAD = of("Snippet", "bad", type="recv", content="this is not VCL")
SERVES = {"backend": {"origin": {"port": 81}}}
DRAFT = Step(www(CHANGED, release="activate=False"), activations=0)


def drop(stack: Stack) -> None:
    """Drops draft 2."""
    command = [sys.executable, "-m", "fastly_console.activity", "www", "--drop", "2"]
    done = subprocess.run(command, env=stack.environ(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "run `pulumi up --refresh` next" in done.stdout


@pytest.mark.parametrize(
    ("left", "after"),
    [
        pytest.param(
            DRAFT,
            [
                Step(other=drop, writes=0),
                Step(www(CHANGED), fails=["NeedsRefresh", "pulumi up --refresh"]),
                Step(command=REFRESH, activations=1, serves=SERVES),
            ],
            id="without --refresh it does not go on",
        ),
        pytest.param(
            DRAFT,
            [
                Step(other=drop, command=REFRESH, activations=0, serves={"backend": {"origin": {"port": 80}}}),
                Step(www(CHANGED), activations=1, serves=SERVES),
            ],
            id="refreshed at once",
        ),
        pytest.param(
            Step(www(CHANGED, BAD), fails="does not compile"),
            [Step(www(CHANGED), other=drop, command=REFRESH, activations=1, serves={**SERVES, "snippet": {}})],
            id="of a failed update",
        ),
    ],
)
def test_a_dropped_draft(stack: Stack, left: Step, after: list[Step]) -> None:
    live(stack, Step(www(ORIGIN), activations=1), left, *after)
    assert stack.emulator.active(stack.emulator.service_id()) == 3
