"""One emulated account, one stack's state, one program."""

from __future__ import annotations

import copy
import random

import httpx
from fastly_emulator import Emulator, create_app
from fastly_emulator.state import Service as EmulatedService
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import ProviderState

from .engine import Engine, SerialProcess
from .foreign import Foreign
from .invariants import Before, Watch
from .ledger import Ledger, Recorder
from .oddities import Oddities
from .program import Program, Release, Service
from .stack import Options, Result, State, live
from .threads import ThreadedEngine
from .walk_faults import FaultyTransport

URL = "http://127.0.0.1"
PERSON = "a person"


class World:
    """Everything a walk is about. A second stack has a world of its own on the same account."""

    def __init__(self, program: Program, account: World | None = None, *, threads: bool = False) -> None:
        self.emulator: Emulator = account.emulator if account else Emulator(seed="walk", clock=lambda: 1_700_000_000.0)
        self.ledger: Ledger = account.ledger if account else Ledger(self.emulator)
        api = InProcessTransport(create_app(self.emulator), sleep=lambda _: None)
        actor = "the other stack" if account else "this stack"
        self.state: State = []
        self.program = program
        self.watch = Watch(self.ledger, actor, self.state, Before(program, program))
        self.transport = FaultyTransport(Recorder(api, self.ledger, actor), self.watch.look)
        self.oddities = Oddities(self.ledger, actor)
        self.transport.oddity = self.oddities.while_answering
        self.client = Client("key", URL, transport=self.transport, sleep=lambda _: None)
        theirs = Recorder(api, self.ledger, PERSON)
        self.foreign = Foreign(httpx.Client(transport=theirs, base_url=URL, headers={"Fastly-Key": "theirs"}))
        self.threads = threads
        engine = ThreadedEngine if threads else Engine
        self.engine = engine(self.transport, self._process, self.state, self.watch.refreshed)
        self.other: World | None = None
        """A stack of the same name, with its own state."""
        self.history: list[Program] = []
        self.unsure: list[Program] = []
        """Programs of which the state may not know that they went live."""
        self.removed_release = program.release
        self.only_ours = False
        """The service was empty when it was taken over: every conflict is with an object of our own."""
        self.focus: tuple[str, ...] = ()
        """Kinds that most objects are of, if any."""
        self.numbers = 10
        self.notes: list[str] = account.notes if account else []
        """What happened, for people."""

    def _process(self) -> ProviderState:
        kind = ProviderState if self.threads else SerialProcess
        return kind(lambda: self.client, lambda _: None)

    @property
    def service_id(self) -> str | None:
        """The id of the program's service."""
        stored = live(self.state, ("service", self.program.service.resource))
        return stored.id if stored else self.program.service.adopt_id

    @property
    def service(self) -> EmulatedService | None:
        """The program's service, if it exists."""
        service = self.emulator.services.get(self.service_id or "")
        return None if service is None or service.deleted_at else service

    def fresh(self, prefix: str) -> str:
        """A name that nothing had before."""
        self.numbers += 1
        return f"{prefix}{self.numbers}"

    def note(self, text: str) -> None:
        """Remembers what happened."""
        self.notes.append(text)

    # ---------------------------------------------------------------- commands

    def up(self, rnd: random.Random, options: Options | None = None) -> Result:
        """``pulumi up``."""
        options = options or Options()
        self.watch.begin(self.program, options.targets)
        self.oddities.written.clear()
        try:
            result = self.engine.up(copy.deepcopy(self.program), rnd, options)
        except BaseException:
            self.note(f"up {options}: violation" + "".join(f"\n        {line}" for line in self.transport.last))
            raise
        self.note(f"up {options}: {result}" + "".join(f"\n        {line}" for line in result.log))
        if not result.failed:
            release = self.program.release
            released = release is not None and options.hits(("version", release.resource))
            self.watch.end(self.service_id, released=released)
        return result

    def refresh(self) -> Result:
        """``pulumi refresh``."""
        self.watch.begin(self.program, None)
        result = self.engine.refresh()
        self.note(f"refresh: {result}" + "".join(f"\n        {line}" for line in result.log))
        return result

    def someone_else(self) -> None:
        """Someone else changes something now."""
        self.watch.foreign = True


def new_program(adopt_id: str | None = None, *, adopt: bool = False) -> Program:
    """A program of a service and an empty release."""
    return Program(Service("www", "www", adopt_id), Release("rel", adopt=adopt))
