"""What others chose, such as the name of an object, neither acts on a terminal nor makes a line of its own."""

import pytest
from pulumi_fastly_dynamic.api import BadRequest
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.orchestration.release_errors import InvalidVersion, ServiceIsActive
from pulumi_fastly_dynamic.terminal import info

NAME = "bad\x1b[31m[red]\nerror: all fine\t\u202e"
ONE_LINE = r"bad\x1b[31m[red]\nerror: all fine\t\u202e"
LINES = "bad\\x1b[31m[red]\nerror: all fine\t\\u202e"


@pytest.mark.parametrize(("has_lines", "shown"), [(False, ONE_LINE), (True, LINES)])
def test_info(capsys: pytest.CaptureFixture[str], has_lines: bool, shown: str) -> None:
    info(NAME, has_lines=has_lines)
    assert capsys.readouterr().out == f"{shown}\n"


@pytest.mark.parametrize(
    ("failure", "shown"),
    [
        (Failure(NAME), ONE_LINE),
        (ServiceIsActive(NAME), ONE_LINE),
        (Failure(str(Failure(NAME))), ONE_LINE),
        (BadRequest("GET", f"/{NAME}", 400, "no"), f"GET /{ONE_LINE}: 400 no"),
        (InvalidVersion(NAME), LINES),
    ],
)
def test_failures(failure: Failure, shown: str) -> None:
    assert str(failure) == shown
