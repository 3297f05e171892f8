"""A service to which a stack and people did things, and what ``fastly-activity`` shows of it.

``python -m tests.console.activity_scene`` writes what the tests expect: look at what changed before you commit it.
"""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
from fastly_console import activity
from fastly_emulator import Emulator, audit, create_app
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api import Settings
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration.marker import Marker

EXPECTED = Path(__file__).parents[1] / "data" / "console"
SINCE = "2026-11-25T17:00Z"
STACK = "acme/www/prod"
USERS = [{"id": "ALICE0000000000000000A", "login": "alice@example.com"}, {"id": "CI00000000000000000000", "name": "CI"}]
TOKENS = [{"id": "TOKENOFALICE000000000A", "name": "laptop"}, {"id": "TOKENOFCI0000000000000", "name": "ci [deploy]"}]
ALICE, CI = ((user["id"], token["id"]) for user, token in zip(USERS, TOKENS, strict=True))

SCREENS: dict[str, tuple[str, ...]] = {
    "activity": ("www", "--since", SINCE, "--stack", STACK),
    "activity-later": ("www", "--since", "2026-11-25T18:00Z"),
    "activity-drafts": ("www", "--drafts", "--stack", STACK),
    "activity-json": ("www", "--since", SINCE, "--stack", STACK, "--json"),
    "activity-drafts-json": ("www", "--drafts", "--json"),
}
"""What is typed, by the name of the file with what is shown."""


class _Transport(httpx.BaseTransport):
    """The emulator, with names of users and tokens."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = InProcessTransport(create_app(emulator), sleep=lambda _seconds: None)
        self.may_read_names = True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        word = request.url.path.rpartition("/")[2]
        if word not in {"users", "tokens"}:
            return self.emulator.handle_request(request)
        if not self.may_read_names:
            return httpx.Response(403, json={"msg": "You are not authorized to perform this action"})
        return httpx.Response(200, json=USERS if word == "users" else TOKENS)


class Scene:
    """The emulator with the service, and the command."""

    def __init__(self) -> None:
        self._now = 1_795_626_000.0  # 2026-11-25T17:00:00Z
        self.emulator = Emulator(seed="activity", clock=self._tick)
        self.transport = _Transport(self.emulator)
        self.client = Client("key", "http://127.0.0.1", transport=self.transport, sleep=lambda _seconds: None)
        self.http = httpx.Client(transport=self.transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"})
        self._who = CI
        with mock.patch.object(audit, "author", self._author):
            self._act()

    def _tick(self) -> float:
        return self._now

    def _author(self, _call: object) -> tuple[str, str]:
        return self._who

    def send(self, method: str, path: str, **form: Any) -> Any:
        """Someone does something, five seconds after the last time."""
        self._now += 5
        answer = self.http.request(method, path, data=form)
        assert answer.is_success, answer.text
        return answer.json()

    def _act(self) -> None:
        self.service = self.send("POST", "/service", name="www")["id"]
        below = f"/service/{self.service}/version"
        self.send("POST", f"{below}/1/backend", name="origin", address="origin.example.com")
        self.send("PUT", f"{below}/1/activate")
        self._open_draft(2, 1, "add gzip ")
        self.send("POST", f"{below}/2/gzip", name="gzip")
        self.send("PUT", f"{below}/2/backend/origin", port="443")
        self.send("PUT", f"{below}/2/activate")
        self._now += 3600
        self._who = ALICE
        self.send("PUT", f"{below}/2/clone")
        self.send(
            "POST", f"{below}/3/header", name="[red]\x1b[31m\n", action="set", type="request", dst="http.X", src='"1"'
        )
        self.send("PUT", f"{below}/3/activate")
        self.send("PUT", f"{below}/2/activate")
        self._who = CI
        self._open_draft(4, 2)
        self._open_draft(5, 2, "try [bold]\u202e", stack="acme/www/staging", abandoned=True)
        self.send("POST", below)

    def _open_draft(
        self, number: int, base: int, text: str = "", stack: str = STACK, *, abandoned: bool = False
    ) -> None:
        below = f"/service/{self.service}/version"
        self.send("PUT", f"{below}/{base}/clone")
        marker = Marker(f"{stack}#0123456789ab", number, base, abandoned)
        self.send("PUT", f"{below}/{number}", comment=f"{text}{marker}")

    def run(self, *arguments: str, columns: int = 100) -> tuple[int, str, str]:
        """The command: its exit code, and what it writes."""
        out, err = io.StringIO(), io.StringIO()
        with (
            _at_width(columns),
            mock.patch.object(Settings, "connect", return_value=self.client),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = activity.main(arguments)
        return code, out.getvalue(), err.getvalue()


@contextlib.contextmanager
def _at_width(columns: int) -> Iterator[None]:
    with mock.patch.dict("os.environ", {"COLUMNS": str(columns), "FASTLY_API_KEY": "key"}):
        yield


def path_of(name: str) -> Path:
    return EXPECTED / f"{name}.txt"


def main() -> None:
    for name, arguments in SCREENS.items():
        _, out, _ = Scene().run(*arguments)
        path_of(name).write_text(out, encoding="utf-8")


if __name__ == "__main__":
    main()
