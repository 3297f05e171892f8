"""An API that gives prepared responses, without a socket and without waiting."""

from typing import Any

import httpx
from pulumi_fastly_dynamic.api.client import Client

KEY = "kEy-4711-0123456789"
ENDPOINT = "https://api.example.com"
NOW = 1_700_000_000
"""The time on the server's clock, Tue, 14 Nov 2023 22:13:20 GMT. No clock of a machine that runs the tests agrees."""
DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
Answer = httpx.Response | Exception


class Server:
    """Gives the responses in their order, the last one for ever; remembers what it was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.headers: list[dict[str, str]] = []
        self.slept: list[float] = []

    def client(self, **options: Any) -> Client:
        options = {"key": KEY, "endpoint": ENDPOINT, **options}
        return Client(transport=httpx.MockTransport(self._answer), sleep=self.slept.append, **options)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.headers.append(dict(request.headers))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def ok(body: Any = None) -> httpx.Response:
    """A success."""
    return httpx.Response(200, json={"status": "ok"} if body is None else body)


def refusal(status: int, msg: str = "Bad request", detail: str | None = None, **headers: str) -> httpx.Response:
    """An error; underscores in the names of headers are hyphens."""
    body = {"msg": msg} if detail is None else {"msg": msg, "detail": detail}
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
