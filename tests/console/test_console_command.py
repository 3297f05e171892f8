"""What the commands share."""

import httpx
import pytest
from fastly_console.command import LONGEST_WAIT, settings
from pulumi_fastly_dynamic.api import RateLimited


def test_a_command_waits_briefly_and_tells_so_beside_its_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FASTLY_API_KEY", "key")
    client = settings().connect()
    slept: list[float] = []
    monkeypatch.setattr(client, "_sleep", slept.append)
    monkeypatch.setattr(client, "_send_once", lambda *_: httpx.Response(429, json={"msg": "limit"}))
    with pytest.raises(RateLimited):
        client.get("/x")
    assert 0 < sum(slept) <= LONGEST_WAIT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Fastly's hourly rate limit is used up; waiting 1 s before the next try\n")
