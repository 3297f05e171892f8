"""``fastly-activity``: what it shows at a fixed width, what it writes for programs, and each failure as one line."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from fastly_console import activity, since
from fastly_console.activity_rows import _of_events
from fastly_console.since import since_of
from fastly_emulator.faults import read_fault
from pulumi_fastly_dynamic.failure import Failure
from pulumi_fastly_dynamic.lookups import Event
from pulumi_fastly_dynamic.lookups.times import utc_text
from pulumi_fastly_dynamic.plain_text import plain

from .activity_scene import EXPECTED, SCREENS, SINCE, STACK, Scene, path_of

NO_RIGHT = "Who did what is not shown: this key cannot read the audit log (a superuser's can)."
NOT_READ = "Who did what is not shown: the audit log could not be read"


@pytest.fixture
def scene() -> Scene:
    return Scene()


def fault(scene: Scene, path: str, **what: Any) -> None:
    scene.emulator.control.faults.append(read_fault({"method": "GET", "path": path, "times": 99, **what}))


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_shown(scene: Scene, name: str) -> None:
    """After a change of the text: ``python -m tests.console.activity_scene``."""
    code, out, err = scene.run(*SCREENS[name])
    assert (code, err) == (0, "")
    assert out == path_of(name).read_text(encoding="utf-8")


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


TIME = re.compile(r"(\d\d-\d\d \d\d:\d\d):\d\d")


@pytest.mark.parametrize(
    ("arguments", "audited", "narrowest"),
    [(SCREENS["activity-later"], True, 2), (SCREENS["activity-later"], False, 2), (("www", "--drafts"), True, 2)],
    ids=["activity", "no-audit-log", "drafts"],
)
def test_no_width_loses_characters(scene: Scene, arguments: tuple[str, ...], narrowest: int, *, audited: bool) -> None:
    """Where space is short, times go without their seconds, and then stacks without their organization."""
    if not audited:
        fault(scene, "/events", status=403, times=999)
    _, wide, _ = scene.run(*arguments, columns=200)
    shorter = TIME.sub(r"\1", wide)
    forms = [characters(each) for each in (wide, shorter, shorter.replace("acme/", ""))]
    widths = range(40, 141, 3)  # test_terminal_table tries each width
    seen = []
    for columns in widths:
        _, out, _ = scene.run(*arguments, columns=columns)
        assert max(map(len, out.splitlines())) <= columns
        assert characters(out) in forms, f"{columns} columns:\n{out}"
        seen.append(forms.index(characters(out)))
    assert seen == sorted(seen, reverse=True), "a wider terminal shows as much"
    assert (seen[0], seen[-1]) == (narrowest, 0)


def test_every_kept_screen_is_tested() -> None:
    assert {path.stem for path in EXPECTED.glob("activity*.txt")} == set(SCREENS)


@pytest.mark.parametrize("name", SCREENS)
def test_text_from_fastly_neither_acts_on_the_terminal_nor_hides(scene: Scene, name: str) -> None:
    _, out, _ = scene.run(*SCREENS[name])
    assert all(each.isprintable() for each in out.replace("\n", ""))
    assert "[" in out


def test_a_service_by_its_id(scene: Scene) -> None:
    assert scene.run(scene.service, "--drafts") == scene.run("www", "--drafts")


def test_names_that_cannot_be_read_are_ids(scene: Scene) -> None:
    scene.transport.may_read_names = False
    code, out, err = scene.run("www", "--since", SINCE, "--json")
    assert (code, err) == (0, "")
    first = json.loads(out)["activity"][0]
    assert first["user"] == {"id": "CI00000000000000000000", "name": None}
    _, out, _ = scene.run("www", "--since", SINCE)
    assert "TOKENOFCI0" in out


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, NO_RIGHT),
        (403, NO_RIGHT),
        (404, f"{NOT_READ} (GET /events: 404 Not Found: Injected by the emulator)."),
        (500, f"{NOT_READ} (GET /events: 500 Unknown Error Occurred: Internal Server Error)."),
        (503, f"{NOT_READ} (GET /events: 503 Unknown Error Occurred: Service Unavailable)."),
    ],
)
def test_without_the_audit_log_versions_are_shown(scene: Scene, status: int, why: str) -> None:
    fault(scene, "/events", status=status)
    code, out, err = scene.run("www", "--since", SINCE, "--stack", STACK)
    assert (code, err) == (0, "")
    lines = [re.split(r" {2,}", line.strip()) for line in out.splitlines()]
    assert " ".join(cell for line in lines[8:] for cell in line) == why
    assert lines[1:8] == [
        ["Changed (UTC)", "Version", "What", "Stack"],
        ["2026-11-25 18:01:25", "6", "draft"],
        ["2026-11-25 18:01:20", "5", "draft", "acme/www/staging"],
        ["2026-11-25 18:01:10", "4", "draft", "this stack"],
        ["2026-11-25 18:01:00", "3", "locked"],
        ["2026-11-25 18:01:00", "2", "active", "this stack"],
        ["2026-11-25 17:00:40", "1", "locked"],
    ]
    _, out, _ = scene.run("www", "--since", "2026-11-25T18:00Z", "--json")
    document = json.loads(out)
    assert document["audit_log"] is False
    assert document["audit_log_error"].startswith(f"GET /events: {status} ")
    assert [row["version"] for row in document["activity"]] == [6, 5, 4, 3, 2]
    assert document["activity"][0]["user"] is None


def test_without_the_audit_log_the_last_change_comes_first(scene: Scene) -> None:
    fault(scene, "/events", status=403)
    scene.send("PUT", f"/service/{scene.service}/version/4", comment="changed again")
    _, out, _ = scene.run("www", "--since", SINCE, "--json")
    assert [row["version"] for row in json.loads(out)["activity"]] == [4, 6, 5, 3, 2, 1]


def test_nothing(scene: Scene) -> None:
    _, out, _ = scene.run("www", "--since", "2027-01-01")
    assert out.splitlines()[1:] == ["Nothing since 2027-01-01 00:00:00 UTC."]
    scene.send("POST", "/service", name="new")
    scene.send("PUT", f"/service/{next(reversed(scene.emulator.services))}/version/1/lock")
    _, out, _ = scene.run("new", "--drafts")
    assert out.splitlines()[1:] == ["No drafts."]
    assert "no version is active" in out


def test_more_events_than_are_read(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastly_console.activity_rows.MOST_EVENTS", 3)
    _, out, _ = scene.run("www", "--since", SINCE)
    assert out.splitlines()[-1] == "Only the newest 3 rows are shown: choose a later --since."
    assert json.loads(scene.run("www", "--since", SINCE, "--json")[1])["complete"] is False


def test_what_fastly_did() -> None:
    event = Event("id", "version.activate", "Version 2 was activated", "2026-11-25T17:00:00Z", admin=True)
    (row,) = _of_events([event])
    assert (row.by_fastly, row.version, row.what) == (True, 2, "activated")


# -------------------------------------------------------------------- --drop


NEXT = "For stack acme/www/prod, run `pulumi up --refresh` next."


def comment(scene: Scene, number: int) -> str:
    return scene.emulator.services[scene.service].versions[number].comment


def test_drop_marks_a_draft_as_abandoned(scene: Scene) -> None:
    before = comment(scene, 4)
    code, out, err = scene.run("www", "--drop", "4")
    assert (code, err) == (0, "")
    assert out == f"Draft 4 of service www is abandoned. {NEXT}\n"
    assert comment(scene, 4) == f"{before.removesuffix(']')} abandoned]"
    scene.emulator.control.log.clear()
    code, out, err = scene.run("www", "--drop", "4")
    assert (code, err) == (0, "")
    assert out == f"Draft 4 of service www was abandoned before: nothing was changed. {NEXT}\n"
    assert [row["method"] for row in scene.emulator.control.log if row["method"] != "GET"] == []


def test_drop_keeps_what_people_wrote(scene: Scene) -> None:
    scene.http.put(f"/service/{scene.service}/version/4", data={"comment": f"for Monday {comment(scene, 4)}"})
    scene.run("www", "--drop", "4")
    assert comment(scene, 4).startswith("for Monday [pulumi acme/www/prod#")


def test_drop_for_programs(scene: Scene) -> None:
    _, out, _ = scene.run("www", "--drop", "4", "--stack", STACK, "--json")
    assert json.loads(out) == {
        "dropped": {
            "version": 4,
            "changed": "2026-11-25T18:01:10Z",
            "from": 2,
            "abandoned": True,
            "comment": "",
            "stack": STACK,
            "this_stack": True,
        },
        "changed": True,
    }


NO_STACK = (
    "version 6 of service 'www' was not made by a stack, as far as its comment says: no stack builds on it, so there "
    "is nothing to drop"
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "version 1 of service 'www' is locked: only a draft can be dropped"),
        (2, "version 2 of service 'www' is active: only a draft can be dropped"),
        (3, "version 3 of service 'www' is locked: only a draft can be dropped"),
        (6, NO_STACK),
        (7, "service 'www' has no version 7"),
    ],
)
def test_what_is_no_draft_of_a_stack_is_not_dropped(scene: Scene, number: int, text: str) -> None:
    scene.emulator.control.log.clear()
    assert scene.run("www", "--drop", str(number)) == (2, "", f"fastly-activity: {text}\n")
    assert [row["method"] for row in scene.emulator.control.log if row["method"] != "GET"] == []


# -------------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("gone",), "there is no service of the id or name 'gone'"),
        (
            ("www", "--since", "yesterday"),
            "--since is 'yesterday': give a time such as 24h, 7d, 2026-11-01 or 2026-11-01T17:00Z",
        ),
    ],
)
def test_a_failure_is_one_line(scene: Scene, arguments: tuple[str, ...], text: str) -> None:
    assert scene.run(*arguments) == (2, "", f"fastly-activity: {text}\n")


def test_a_write_that_is_refused(scene: Scene) -> None:
    scene.emulator.control.faults.append(read_fault({"method": "PUT", "path": "*", "status": 403, "times": 9}))
    code, out, err = scene.run("www", "--drop", "4")
    assert (code, out) == (2, "")
    assert re.fullmatch(r"fastly-activity: PUT /service/\w+/version/4: 403 .*\n", err)


NOW = datetime(2026, 11, 25, 17, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("24h", "2026-11-24T17:04:05Z"),
        ("7d", "2026-11-18T17:04:05Z"),
        ("90m", "2026-11-25T15:34:05Z"),
        ("2w", "2026-11-11T17:04:05Z"),
        ("2026-11-01", "2026-11-01T00:00:00Z"),
        ("2026-11-01T10:00", "2026-11-01T10:00:00Z"),
        ("2026-11-01T10:00+02:00", "2026-11-01T08:00:00Z"),
    ],
)
def test_since(text: str, since: str) -> None:
    assert utc_text(since_of(text, NOW)) == since


@pytest.mark.parametrize("text", ["", "h", "-1h", "1y", "24", "999999w", "2026-13-01"])
def test_since_that_says_nothing(text: str) -> None:
    with pytest.raises(Failure, match="--since is"):
        since_of(text, NOW)


def test_plain_text() -> None:
    assert plain("ü [b] a\x1b[31m\n\u202e\x7f") == r"ü [b] a\x1b[31m\n\u202e\x7f"


def test_the_help_names_all_forms_of_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        activity.main(["--help"])
    words = capsys.readouterr().out.replace("(", " ").replace(",", " ").replace(")", " ").split()
    forms = [word for word in words if re.fullmatch(r"\d+[a-z]|\d{4}-.*", word)]
    assert {each[-1] for each in forms} == {*since._UNITS, "1", "Z", "0"}
    for form in forms:
        assert since_of(form, NOW) <= NOW


@pytest.mark.parametrize("arguments", [["--help"], []])
def test_the_command_explains_itself(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "fastly_console.activity", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"})
    assert "usage: fastly-activity" in done.stdout + done.stderr
    assert done.returncode == (0 if arguments else 2)


def test_without_rich_it_says_what_to_install(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    code, out, err = scene.run("www", "--since", SINCE)
    assert (code, out) == (2, "")
    assert err == "fastly-activity: a table needs rich: pip install 'pulumi-fastly-dynamic[console]'\n"
    assert scene.run("www", "--since", SINCE, "--json")[0] == 0
