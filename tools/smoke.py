"""``make smoke``: one short pass over a real account, with a service that is destroyed at the end.

Needs FASTLY_API_KEY. Makes a service of a unique name with a domain of its own in a throw-away stack, changes it,
refreshes it and destroys it, also after a failure. With FASTLY_API_URL it does the same there, on an emulator say.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from pulumi_fastly_dynamic.api import FastlyError, NotFound
from pulumi_fastly_dynamic.api.client import DEFAULT_ENDPOINT, Client, InvalidEndpoint
from scratch_stack import ScratchStack

PROGRAM = """
import os

import pulumi

import pulumi_fastly_dynamic as fastly

changed = bool(os.environ.get("SMOKE_CHANGED"))
www = fastly.Service("smoke", name=os.environ["SMOKE_NAME"], comment="make smoke", force_destroy=True)
with fastly.Release("smoke", service=www) as release:
    fastly.Domain(os.environ["SMOKE_DOMAIN"], release=release)
    fastly.Backend("origin", release=release, address="example.com", port=8080 if changed else 80)
    fastly.Header("x-smoke", release=release, action="set", type="request", dst="http.X-Smoke", src='"1"')
    redirects = fastly.Dictionary("redirects", release=release, force_destroy=True)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/newer" if changed else "/new"})
    office = fastly.Acl("office", release=release, force_destroy=True)
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13"])
pulumi.export("version", release.version.number)
"""
ATTEMPTS_TO_DESTROY = 3
MARK = {True: "ok", False: "FAILED"}


class StepFailed(Exception):
    """The output has been shown."""


class Smoke:
    """The steps, on one stack."""

    def __init__(self, stack: ScratchStack) -> None:
        self.stack = stack
        self.interrupted = False

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """On Ctrl-C: the step ends, and then everything is destroyed."""
        self.interrupted = True
        print("interrupted: the step is ended, then everything is destroyed", flush=True)

    def run(self) -> None:
        """All but the end."""
        self.stack.make("fastly-smoke", PROGRAM)
        self.step("preview", "preview")
        self.step("create and activate", "up", "--yes", "--skip-preview", version=1)
        self.step("nothing to change", "up", "--yes", "--skip-preview", "--expect-no-changes", version=1)
        self.stack.environment["SMOKE_CHANGED"] = "1"
        self.step("change and activate", "up", "--yes", "--skip-preview", version=2)
        self.step("refresh, no drift", "refresh", "--yes", "--skip-preview", "--expect-no-changes", version=2)

    def step(self, title: str, *command: str, version: int | None = None) -> None:
        """One command; ``version`` is what must be active then."""
        if self.interrupted:
            raise StepFailed
        outcome = self.stack.run(*command)
        active = self.stack.outputs().get("version") if version and not outcome.code else None
        ok = not outcome.code and active == version
        state = MARK[ok] + (f", version {active}" if active else "")
        print(f"{title:20} {outcome.seconds:6.1f} s  {state}", flush=True)
        if not ok:
            print(outcome.output if outcome.code else f"version {version} was expected", flush=True)
            raise StepFailed

    def destroy(self) -> bool:
        """Remove everything; more than once, since this may come after a failure of any kind."""
        for attempt in range(ATTEMPTS_TO_DESTROY):
            if attempt:
                self.stack.run("cancel", "--yes")  # a lock that a killed command left
            outcome = self.stack.change("destroy")
            print(f"{'destroy':20} {outcome.seconds:6.1f} s  {MARK[not outcome.code]}", flush=True)
            if not outcome.code:
                return True
        print(outcome.output, flush=True)
        return False


def main(arguments: list[str]) -> int:
    name = f"pulumi-smoke-{secrets.token_hex(5)}"
    parser = argparse.ArgumentParser(prog="smoke", description=__doc__, allow_abbrev=False)
    parser.add_argument("--domain", default=f"{name}.global.ssl.fastly.net", help="a domain that no service has")
    given = parser.parse_args(arguments)
    key = os.environ.get("FASTLY_API_KEY", "").strip()
    if not key:
        print("smoke: set FASTLY_API_KEY to a key of a real account (scope global); nothing was done", file=sys.stderr)
        return 2
    try:
        endpoint = os.environ.get("FASTLY_API_URL") or DEFAULT_ENDPOINT
        client = Client(key, endpoint, endpoint_source="FASTLY_API_URL", key_source="FASTLY_API_KEY")
    except InvalidEndpoint as error:
        print(f"smoke: {error}", file=sys.stderr)
        return 2
    print(f"Service {name} with domain {given.domain}, at {client.endpoint}.", flush=True)

    folder = Path(tempfile.mkdtemp(prefix="fastly-smoke-"))
    stack = ScratchStack(folder, {"SMOKE_NAME": name, "SMOKE_DOMAIN": given.domain})
    smoke = Smoke(stack)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, smoke.interrupt)
    failed = False
    try:
        smoke.run()
    except StepFailed:
        failed = True
    finally:
        destroyed = smoke.destroy()
        left = what_is_left(client, name)
    if left:
        print(f"LEFT BEHIND: {left}. The stack is kept in {folder}.")
    else:
        print("Nothing is left." if destroyed else f"No such service is left, but the stack is, in {folder}.")
    if destroyed and not left:
        shutil.rmtree(folder)
    return 1 if failed or left or not destroyed else 0


def what_is_left(client: Client, name: str) -> str:
    """The service, if it is still there; asked of the API, not of the state."""
    try:
        found = client.get("/service/search", {"name": name})
    except NotFound:
        return ""
    except FastlyError as error:
        return f"perhaps service {name}: {error}"
    if not found:
        return ""
    return f"service {name} (id {found['id']}): delete it in Fastly's web interface, or run this stack's destroy"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
