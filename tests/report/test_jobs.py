"""The jobs in examples/pull-request: their shell steps, with pulumi and the comment API stubbed."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from .previews import text_of

JOBS = Path(__file__).parents[2] / "examples" / "pull-request"
MARKER = "<!-- fastly-preview production -->"


def loaded(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((JOBS / name).read_text()))


@dataclass
class Place:
    """A folder to run steps in, with stubs on the path."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def stub(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/usr/bin/env bash\n{script}\n")
        path.chmod(0o755)

    def pulumi(self, output: str, code: int) -> None:
        (self.folder / "output").write_text(output)
        self.stub("pulumi", f'echo "$*" >> "{self.folder}/pulumi.log"; cat "{self.folder}/output"; exit {code}')

    def run(self, script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        binaries = [str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={"PATH": os.pathsep.join(binaries), "HOME": str(self.folder), **self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def comment(self) -> str:
        return (self.folder / "comment.md").read_text()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    found.stub("pip", "exit 0")
    # Not the one of the virtual environment: the module is the same, and on every path.
    found.stub("fastly-preview", f'exec "{sys.executable}" -m fastly_report "$@"')
    return found


# ---------------------------------------------------------------- GitHub


def github_steps() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in loaded("github-preview.yml")["jobs"]["preview"]["steps"] if "name" in step}


@dataclass
class Job:
    """A run of the workflow's own steps."""

    place: Place
    code: int
    calls: list[list[str]]


def run_github(place: Place, existing: str = "") -> Job:
    log = place.folder / "gh.log"
    lines = f'printf "%s\\n" "$*" >> "{log}"; case "$*" in *--paginate*) printf "{existing}";; esac'
    place.stub("gh", lines)
    steps = github_steps()
    outputs = place.folder / "outputs"
    job = loaded("github-preview.yml")["jobs"]["preview"]["env"]
    place.environment = {
        **job,
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(place.folder / "summary.md"),
        "REPOSITORY": "shop/infra",
        "NUMBER": "7",
        "GH_TOKEN": "token",
        "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": steps["Preview"]["env"]["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"],
    }
    for name in ("Preview", "Report", "Comment"):
        done = place.run(steps[name]["run"])
        assert done.returncode == 0, f"{name}: {done.stderr}"
    code = outputs.read_text().strip().removeprefix("code=")
    result = place.run(steps["Result"]["run"], CODE=code)
    return Job(place, result.returncode, [line.split() for line in log.read_text().splitlines()])


def test_the_workflow_is_as_github_reads_it():
    workflow = loaded("github-preview.yml")
    assert workflow[True] == "pull_request", "YAML reads `on` as a truth value"
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    job = workflow["jobs"]["preview"]
    assert [step.get("name") for step in job["steps"]][-4:] == ["Preview", "Report", "Comment", "Result"]
    # What a pull request's author may choose never becomes part of a script.
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


def test_github_posts_one_comment(place: Place):
    place.pulumi(text_of("one-change.jsonl"), 0)
    job = run_github(place)
    assert job.code == 0
    assert job.calls[-1][:6] == ["api", "--silent", "--method", "POST", "repos/shop/infra/issues/7/comments", "--field"]
    assert place.comment().startswith(f"{MARKER}\n## Pulumi preview of")
    assert "--json --refresh" in (place.folder / "pulumi.log").read_text()
    assert (place.folder / "summary.md").read_text() == place.comment()


def test_github_renews_it(place: Place):
    place.pulumi(text_of("one-change.jsonl"), 0)
    job = run_github(place, existing="11\\n12\\n")
    assert job.calls[-1][:5] == ["api", "--silent", "--method", "PATCH", "repos/shop/infra/issues/comments/11"]


def test_github_comments_and_fails_when_pulumi_does(place: Place):
    place.pulumi(text_of("policies.jsonl"), 1)
    job = run_github(place)
    assert job.code == 1
    assert "POST" in job.calls[-1]
    assert "**Mandatory policy** `backend-tls`" in place.comment()


def test_github_says_when_there_is_no_preview(place: Place):
    place.pulumi("", 6)
    job = run_github(place)
    assert job.code == 6
    assert place.comment() == f"{MARKER}\nThere is no preview to report on: see the log of the job.\n"


# ---------------------------------------------------------------- GitLab


class Notes:
    """The notes of a merge request, on a server of its own."""

    def __init__(self) -> None:
        self.notes: list[dict[str, Any]] = []
        notes = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
                pass

            def answer(self, status: int, body: Any, **headers: str) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def do_GET(self) -> None:
                url = urlsplit(self.path)
                if self.headers["PRIVATE-TOKEN"] != "token":
                    self.answer(401, {})
                elif url.path == "/api/v4/user":
                    self.answer(200, {"id": 5})
                else:
                    page = int(parse_qs(url.query)["page"][0])
                    rows = notes.notes[2 * (page - 1) : 2 * page]  # pages of two, whatever is asked for
                    more = str(page + 1) if len(notes.notes) > 2 * page else ""
                    self.answer(200, rows, X_Next_Page=more)

            def do_POST(self) -> None:
                notes.add(5, self.form())
                self.answer(201, {})

            def do_PUT(self) -> None:
                number = int(self.path.rsplit("/", 1)[1])
                next(note for note in notes.notes if note["id"] == number)["body"] = self.form()
                self.answer(200, {})

            def form(self) -> str:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                return parse_qs(text, keep_blank_values=True)["body"][0]

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def add(self, author: int, body: str) -> None:
        self.notes.append({"id": 100 + len(self.notes), "author": {"id": author}, "body": body})

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def notes() -> Iterator[Notes]:
    found = Notes()
    yield found
    found.stop()


def run_gitlab(place: Place, notes: Notes) -> "subprocess.CompletedProcess[str]":
    job = loaded("gitlab-ci.yml")["fastly-preview"]
    return place.run(
        "\n".join(job["script"]),
        **job["variables"],
        CI_API_V4_URL=f"http://127.0.0.1:{notes.server.server_address[1]}/api/v4",
        CI_PROJECT_ID="1",
        CI_MERGE_REQUEST_IID="7",
        GITLAB_TOKEN="token",
    )


def test_gitlab_posts_one_note_and_renews_it(place: Place, notes: Notes):
    for number in range(5):
        notes.add(number, f"{MARKER} from someone else" if number else MARKER)
    place.pulumi(text_of("one-change.jsonl"), 0)
    done = run_gitlab(place, notes)
    assert done.returncode == 0, done.stderr
    assert len(notes.notes) == 6
    assert notes.notes[5]["body"] == place.comment()
    assert "`port`: `443` → `8443`" in place.comment()

    place.pulumi(text_of("policies.jsonl"), 1)
    done = run_gitlab(place, notes)
    assert done.returncode == 1, done.stderr
    assert len(notes.notes) == 6
    assert "backend-tls" in notes.notes[5]["body"]


def test_gitlab_says_when_there_is_no_preview(place: Place, notes: Notes):
    place.pulumi("", 6)
    assert run_gitlab(place, notes).returncode == 6
    assert "There is no preview to report on" in notes.notes[0]["body"]


def test_gitlab_fails_when_it_may_not_comment(place: Place, notes: Notes):
    place.pulumi(text_of("one-change.jsonl"), 0)
    place.environment["GITLAB_TOKEN"] = "wrong"
    job = loaded("gitlab-ci.yml")["fastly-preview"]
    script = "\n".join(job["script"]).replace("$GITLAB_TOKEN", "wrong")
    url = f"http://127.0.0.1:{notes.server.server_address[1]}/api/v4"
    done = place.run(script, **job["variables"], CI_API_V4_URL=url, CI_PROJECT_ID="1", CI_MERGE_REQUEST_IID="7")
    assert done.returncode != 0
    assert not notes.notes
