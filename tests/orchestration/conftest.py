"""A stack with one service on an emulator in this process: what Pulumi does with the providers, in a few lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
import pytest
from fastly_emulator import Emulator, create_app
from fastly_emulator.faults import read_fault
from fastly_emulator.testing import InProcessTransport
from pulumi_fastly_dynamic.api.client import Client
from pulumi_fastly_dynamic.orchestration import (
    Acknowledged,
    DesiredObject,
    Owner,
    PreviousObject,
    ProviderState,
    ReleaseOutcome,
    ServiceSession,
    VersionInputs,
    VersionState,
    ensure_object,
    read_object,
    release,
    services,
)
from pulumi_fastly_dynamic.orchestration.manifest import Record
from pulumi_fastly_dynamic.schema import KINDS

OWNER = Owner("org/project/stack", "key")

Program = Mapping[str, Mapping[str, Any]]
"""Inputs by `kind/resource name`; a name that is not given is the resource's."""


@dataclass
class Stored:
    """A resource in the state."""

    inputs: dict[str, Any]
    record: Record

    def previous(self) -> PreviousObject:
        return PreviousObject(self.inputs, self.record.object_id, self.record.protect)


@dataclass
class Stack:
    """A stack and its service."""

    emulator: Emulator
    http: httpx.Client
    service: str
    connect: Callable[[], Client]
    service_is_adopted: bool = False
    adopt: bool = False
    sleeps: list[float] = field(default_factory=list)
    """Seconds that the product asked to sleep."""
    theirs: list[dict[str, Any]] = field(default_factory=list)
    """Requests of someone else, as the log has them."""
    objects: dict[str, Stored] = field(default_factory=dict)
    version: VersionState | None = None
    seen: Acknowledged | None = None
    """The active version that a refresh saw where this stack had not activated it."""

    # ---------------------------------------------------------------- the stack

    def take_over(self) -> None:
        """`Service(adopt_id=)` is created."""
        self.service_is_adopted = True
        _, self.seen = services.adopt(_state_of(self.process()), OWNER, self.service, {})

    def process(self) -> ServiceSession:
        """A session in a new provider process."""
        state = ProviderState(self.connect, sleep=self.sleeps.append)
        state.updating = True
        state.acknowledged[self.service] = self.seen
        return state.session(self.service, OWNER)

    def ensure(
        self, session: ServiceSession, program: Program, replaced: frozenset[str] = frozenset(), **flags: Any
    ) -> None:
        """Create and update, as far as there is something to do; what is there is saved after each step."""
        for key, given in program.items():
            kind, _, resource = key.partition("/")
            inputs = {"name": resource, **given}
            old = self.objects.get(key)
            named = KINDS[kind].id_property is not None
            if old and old.inputs == inputs and key not in replaced:
                if old.record.object_id:
                    session.shared.ids.claim(old.record.object_id, key)
                continue
            if old and (key in replaced or (not named and old.inputs["name"] != inputs["name"])):
                if old.record.object_id:
                    session.shared.ids.claim(old.record.object_id, key)
                old = None
            urn = f"{key}#new" if key in replaced else key
            desired = DesiredObject(inputs, urn, self.service_is_adopted, self.adopt, **flags)
            made = ensure_object(session, KINDS[kind], desired, old.previous() if old else None)
            object_id = made.found.ref.key if named else None
            record = Record(
                kind,
                inputs["name"],
                made.revision,
                key,
                object_id,
                force_destroy=bool(inputs.get("force_destroy")),
                unmanaged=len(made.live) < len(KINDS[kind].unversioned),
            )
            self.objects[key] = Stored(inputs, record)

    def release(self, session: ServiceSession, program: Program, **inputs: Any) -> ReleaseOutcome:
        """The Version's create or update."""
        objects = {key: self.objects[key].record.row() for key in program}
        given = VersionInputs(objects, adopt=self.adopt, service_is_adopted=self.service_is_adopted, **inputs)
        if self.version and self.version.objects == objects and self.version.comment == given.comment:
            return self.version.outcome  # no diff
        outcome = release(session, given, self.version)
        self.version = VersionState(objects, outcome, given.comment)
        self.objects = {key: self.objects[key] for key in program}
        return outcome

    def up(
        self,
        program: Program,
        *,
        meanwhile: Callable[[], object] = lambda: None,
        replaced: frozenset[str] = frozenset(),
        **inputs: Any,
    ) -> ReleaseOutcome:
        """`pulumi up`; something may happen between the objects and the Version."""
        session = self.process()
        self.ensure(session, program, replaced)
        meanwhile()
        return self.release(session, program, **inputs)

    def refresh(self) -> None:
        """`pulumi refresh`."""
        session = self.process()
        _, self.seen = services.read(
            _state_of(session), OWNER, self.service, service_is_adopted=self.service_is_adopted
        )
        for key, old in list(self.objects.items()):
            record = old.record
            found = read_object(
                session,
                record.schema,
                service_is_adopted=self.service_is_adopted,
                revision=record.revision,
                name=old.inputs["name"],
                object_id=record.object_id,
                managed=record.schema.live_from_inputs(old.inputs),
            )
            if found is None:
                del self.objects[key]
                continue
            inputs = {"name": old.inputs["name"], **record.schema.to_inputs({**found.found.values, **found.live})}
            given = {name: inputs.get(name) for name in old.inputs if inputs.get(name) is not None}
            object_id = found.found.ref.key if record.object_id else None
            self.objects[key] = Stored(given, Record(record.kind, record.name, found.revision, key, object_id))
        if self.version:
            outcome = self.version.outcome
            number = (
                session.head(service_is_adopted=self.service_is_adopted).active if outcome.activated else outcome.number
            )
            outcome = ReleaseOutcome(number, outcome.released, outcome.activated, outcome.kept)
            self.version = VersionState(self.version.objects, outcome, self.version.comment)

    # ---------------------------------------------------------------- someone else

    def api(self, method: str, path: str, **form: Any) -> Any:
        """A call by someone else, below the service; it is not in the log."""
        answer = self.http.request(method, f"/service/{self.service}/{path}", data=form)
        assert answer.is_success, answer.text
        self._is_theirs()
        return answer.json()

    def items(self, container: str, *operations: Mapping[str, Any]) -> None:
        """A batch by someone else."""
        url = f"/service/{self.service}/{container}"
        word = "items" if container.startswith("dictionary") else "entries"
        assert self.http.patch(url, json={word: list(operations)}).is_success
        self._is_theirs()

    def _is_theirs(self) -> None:
        """The last request in the log is not one of ours."""
        *_, last = self.emulator.control.log
        self.theirs.append(last)

    @property
    def _log(self) -> list[dict[str, Any]]:
        """Our requests."""
        return [row for row in self.emulator.control.log if not any(row is other for other in self.theirs)]

    def fault(self, **what: Any) -> None:
        """Something goes wrong with requests to come."""
        self.emulator.control.faults.append(read_fault(what))

    # ---------------------------------------------------------------- what came of it

    @property
    def active(self) -> int | None:
        """The version that serves."""
        found = self.emulator.services[self.service].active
        return found.number if found else None

    def names(self, kind: str, number: int | None = None) -> list[str]:
        """The names of the objects of a kind in a version; in the one that serves, if none is given."""
        return list(self.emulator.services[self.service].versions[number or self.active or 0].of(kind))

    def comment(self, number: int) -> str:
        """A version's comment."""
        return self.emulator.services[self.service].versions[number].comment

    @property
    def writes(self) -> list[str]:
        """The requests that change something, below the service, since `clear`."""
        prefix = f"/service/{self.service}/"
        return [f"{row['method']} {row['path'].removeprefix(prefix)}" for row in self._log if row["method"] != "GET"]

    @property
    def reads(self) -> list[str]:
        """The paths that were read, below the service."""
        prefix = f"/service/{self.service}/"
        return [row["path"].removeprefix(prefix) for row in self._log if row["method"] == "GET"]

    def clear(self) -> None:
        """Forgets the log and the seconds slept."""
        self.emulator.control.log.clear()
        self.sleeps.clear()


def _state_of(session: ServiceSession) -> ProviderState:
    assert isinstance(session.shared, ProviderState)
    return session.shared


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A stack that created its service."""
    emulator = Emulator()
    transport = InProcessTransport(create_app(emulator), sleep=lambda _seconds: None)
    client = Client("key", "http://127.0.0.1", transport=transport, sleep=lambda _seconds: None)
    with httpx.Client(transport=transport, base_url="http://127.0.0.1", headers={"Fastly-Key": "key"}) as http:
        service = http.post("/service", data={"name": "www", "type": "vcl"}).json()["id"]
        made = Stack(emulator, http, service, lambda: client)
        made.clear()
        yield made
        client.close()


@pytest.fixture
def taken(stack: Stack) -> Stack:
    """A stack whose service someone else made, with one backend: `take_over` it once it is as the test wants it."""
    stack.api("POST", "version/1/backend", name="origin", address="a.example.com")
    return stack
