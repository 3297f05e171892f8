"""The report on previews of the real engine, through the real CLI, as a pipeline would make it."""

import subprocess
import sys
from pathlib import Path

import pytest

from .harness import Emulator, Stack

PACK = Path(__file__).parents[1] / "report" / "pack"
PROGRAM = """
www = fastly.Service("www", name="www.example.com")
with fastly.Release("www", service=www) as release:
    fastly.Domain("www.example.com", release=release)
    fastly.Backend("origin", release=release, address="origin.example.com", port={port}, use_ssl={use_ssl})
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={items!r})
"""


def program(port: int = 443, *, use_ssl: bool = True, **items: str) -> str:
    return PROGRAM.format(port=port, use_ssl=use_ssl, items={f"/{key}": value for key, value in items.items()})


def report(
    stack: Stack, *arguments: str, streaming: bool = True, options: str = ""
) -> "subprocess.CompletedProcess[str]":
    """`pulumi preview --json ... | fastly-preview ...`, with pipefail off, so that the report's code is seen."""
    environment = stack.environ() | ({"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"} if streaming else {})
    pulumi = " ".join(["pulumi preview --json --non-interactive", *arguments])
    return subprocess.run(
        ["bash", "-c", f"{pulumi} | {sys.executable} -m fastly_report {options}"],
        cwd=stack.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("streaming", [True, False])
def test_a_change_from_first_to_last(stack: Stack, emulator: Emulator, streaming: bool):
    stack.write(program(old="/new"))
    first = report(stack, "--refresh", streaming=streaming)
    assert first.returncode == 0, first.stderr
    assert (
        "The service is created; 3 objects are added; 1 live item is added; a new version is activated." in first.stdout
    )
    assert stack.up().ok

    nothing = report(stack, "--refresh", streaming=streaming)
    assert nothing.stdout.startswith("Nothing changes in `shop/test`.")

    stack.write(program(8443, old="/newer"))
    change = report(stack, "--refresh", streaming=streaming)
    assert "| \\~ changed | Backend `origin` | `port`: `443` → `8443` |" in change.stdout
    assert "-/old = /new\n+/old = /newer" in change.stdout
    assert "1 object is changed; 1 live item is changed at once; a new version is activated" in change.stdout
    assert ("Policy results" in change.stdout) != streaming

    # It told what then happens.
    before = emulator.active(emulator.service_id("www.example.com"))
    done = stack.up()
    assert done.ok
    assert done.activations == 1
    assert emulator.active(emulator.service_id("www.example.com")) != before


def test_removals_fail_where_asked(stack: Stack):
    assert stack.up(program(old="/new")).ok
    stack.write(program(old="/new").replace("    fastly.Domain(", "    # fastly.Domain("))
    found = report(stack, options="--fail-on removed")
    assert found.returncode == 1
    assert "**Warning:** Domain `www.example.com` is removed" in found.stdout
    assert "Drift not checked" in found.stdout


def test_drift(stack: Stack, emulator: Emulator):
    assert stack.up(program(old="/new")).ok
    service = emulator.service_id("www.example.com")
    number = int(emulator.send("PUT", f"/service/{service}/version/{emulator.active(service)}/clone")["number"])
    emulator.send("PUT", f"/service/{service}/version/{number}/backend/origin", port=9000)
    emulator.send("PUT", f"/service/{service}/version/{number}/activate")
    found = report(stack, "--refresh")
    assert "| Backend `origin` | `port` | `443` | `9000` | overwrites it: `443` |" in found.stdout
    assert "| Release `www` | active version | `1` | `2` |" in found.stdout


def test_policies_and_errors(stack: Stack):
    stack.write(program(use_ssl=False))
    found = report(stack, "--refresh", "--policy-pack", str(PACK), options="--fail-on policy")
    assert found.returncode == 1
    assert "**Mandatory policy** `backend-tls` at Backend `origin`" in found.stdout
    stack.write(program(99999))
    found = report(stack, options="--fail-on error")
    assert found.returncode == 1
    assert "port must be at most 65535" in found.stdout


def test_no_stack(stack: Stack):
    found = report(stack, "--stack", "none")
    assert found.returncode == 2
    assert not found.stdout
    assert "fastly-preview: the input is empty" in found.stderr


OTHER_KINDS = """
fastly.User("alice", login="{login}", name="{name}")
www = fastly.Service("www", name="www.example.com")
with fastly.Release("www", service=www) as release:
    east = fastly.Backend("east", release=release, address="east.example.com")
    west = fastly.Backend("west", release=release, address="west.example.com")
    fastly.Director("pool", release=release, backends={backends})
    fastly.LoggingS3("logs", release=release, bucket="logs", access_key="SECRET-1", secret_key="{secret}")
    fastly.RateLimiter(
        "limit", release=release, action="log_only", logger_type="s3", client_key=["client.ip"], http_methods=["GET"],
        rps_limit={rps}, window_size=1, penalty_box_duration=1,
    )
"""
FIRST = {"login": "a@example.com", "name": "Alice", "backends": "[east]", "secret": "SECRET-2", "rps": 10}


def test_kinds_with_links_secrets_and_records(stack: Stack) -> None:
    """Users are in a section of the account, each under its login."""
    assert stack.up(OTHER_KINDS.format(**FIRST)).ok
    stack.write(
        OTHER_KINDS.format(**{**FIRST, "name": "Alicia", "backends": "[east, west]", "secret": "SECRET-3", "rps": 20})
    )
    changed = report(stack, "--refresh").stdout
    service, _, account = changed.partition("### Account")
    assert "3 objects of 1 service change; 1 version is activated; 1 account object changes." in service
    assert "| Director `pool` | `backends`" in service
    assert "| LoggingS3 `logs` | `logs` | unchanged |  |  | `secret_key`: a secret, which changes |" in service
    assert "| RateLimiter `limit` | `rps_limit`: `10` → `20` |" in service
    assert "1 account object is changed." in account
    assert "| User `a@example.com` | `name`: `Alice` → `Alicia` |" in account
    assert "SECRET" not in changed

    stack.write(OTHER_KINDS.format(**{**FIRST, "login": "b@example.com"}))
    assert "| User `b@example.com` | `login`: `a@example.com` → `b@example.com`" in report(stack).stdout


ACCOUNT = """
fastly.Invitation("dave", email="dave@example.com")
fastly.BillingAddress("address", address_1="1 Main Street", country="GB")
fastly.Customer("account", name="Example")
"""


def test_the_account_itself_is_left_in_place(stack: Stack) -> None:
    """What a program no longer has is removed, but for the account."""
    assert stack.up(ACCOUNT).ok
    stack.write("")
    account = report(stack).stdout.partition("### Account")[2]
    for row in ("- removed | BillingAddress |", "- removed | Invitation `dave@example.com` |", "let go | Customer |"):
        assert row in account, account
