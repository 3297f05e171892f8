"""What the account's audit log gets for a write.

See https://www.fastly.com/documentation/reference/api/account/events/ for fields and types, and a recording (2021):
"Logging 'x' was updated on Version '63'", with the changed fields. Nothing is noted for conditions, dictionaries,
snippets, settings, items, entries and products: no documented type is about them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from . import singleton_routes
from .api_error import ApiError
from .calls import SERVICE_PATH, VERSION_PATH, Call, Handler, RouteTable
from .keys import TOKENS
from .kinds import KINDS, path_of
from .masking import masked, secrets_of
from .routes import Routes
from .state import Record, Version

MOST_EVENTS = 5_000
_DROPPED_AT_ONCE = 1_000
_LONGEST_TEXT = 1_000
_PURGE_ALL = "service.purge_all"
"""Changes nothing that the emulator keeps."""

_OBJECTS = frozenset(
    {
        *("acl", "backend", "cache_settings", "director", "domain", "gzip", "header", "healthcheck"),
        *("request_settings", "response_object", "vcl"),
    }
)
"""Kinds of objects that types of events are named after; all logging endpoints share the type ``logging``."""
_VERBS = {"POST": ("create", "created"), "PUT": ("update", "updated"), "DELETE": ("delete", "deleted")}
_NOT_SHOWN = frozenset({"created_at", "updated_at", "versions", "version"})


@dataclass(frozen=True, slots=True)
class Write:
    """A write that was done."""

    call: Call
    before: Record | None
    """What it wrote to, as it was before."""
    answer: Any

    @property
    def name(self) -> str:
        """The name of what was created."""
        return str(self.answer["name"])

    @property
    def changes(self) -> Record:
        """The fields that an update changed, with their old and new values; secret ones are masked, long ones cut."""
        old, new = self.before or {}, self.answer
        names = [name for name in old if name in new and new[name] != old[name] and name not in _NOT_SHOWN]
        both = {"old": {name: _cut(old[name]) for name in names}, "new": {name: _cut(new[name]) for name in names}}
        changes: Record = masked(both, secrets_of(self.call.emulator.services, self.call.path))
        return changes


class Event(NamedTuple):
    """An event, before it has an id."""

    type: str
    description: str
    service_id: str | None = None
    metadata: Record | None = None


def author(call: Call) -> tuple[str, str]:
    """The ids of the user and of the token that made a request."""
    return call.key.user_id, call.key.token_id


def prepare(call: Call) -> "Pending | None":
    """Looks at what a write is about to change, if an event is about such writes."""
    try:
        describe, segments = _TABLE.find(call.method, call.path)
    except ApiError:
        return None
    return Pending(call, describe, segments, _before(call, segments))


@dataclass(frozen=True, slots=True)
class Pending:
    """A write that is not done yet."""

    call: Call
    describe: Handler
    segments: list[str]
    before: Record | None

    def note(self, answer: Any) -> None:
        """Notes the write in the audit log; one that changed nothing is not noted (assumed)."""
        emulator = self.call.emulator
        event: Event = self.describe(Write(self.call, self.before, answer), *self.segments)
        if not emulator.has_unsaved_changes and event.type != _PURGE_ALL:
            return
        user_id, token_id = author(self.call)
        emulator.add_event(
            {
                "created_at": emulator.now(),
                "event_type": event.type,
                "description": event.description,
                "service_id": event.service_id,
                "user_id": user_id,
                "token_id": token_id,
                "metadata": event.metadata or {},
            }
        )
        if len(emulator.events) > MOST_EVENTS:
            del emulator.events[:_DROPPED_AT_ONCE]


def _before(call: Call, segments: list[str]) -> Record | None:
    match call.path.split("/")[1:]:
        case ["service", service_id, *below] if service := call.emulator.services.get(service_id):
            match below:
                case []:
                    return {"name": service.name, "comment": service.comment}
                case ["version", number, *rest] if version := service.version(number):
                    return _before_in(version, rest, segments[-1])
        case ["tokens", identifier]:
            return call.emulator.records[TOKENS].get(identifier)
        case [kind, identifier]:
            return call.emulator.records.get(kind, {}).get(identifier)
    return None


def _before_in(version: Version, below: list[str], name: str) -> Record | None:
    if not below:
        return {"comment": version.comment}
    if below == [singleton_routes.IMAGE_OPTIMIZER]:
        return version.singletons.get(below[0])
    kind = path_of(below)
    return version.of(kind).get(name) if kind else None


def _cut(value: Any) -> Any:
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value


# -------------------------------------------------------------------- the events. Assumed: all words that differ from
# those of the recording and of the documents, and that an event without changes has no metadata.


def _object(kind: str, word: str, write: Write, service_id: str, number: str, name: str = "") -> Event:
    verb, done = _VERBS[write.call.method]
    name = write.answer.get("name", name)
    changes = write.changes if verb == "update" else None
    return Event(f"{kind}.{verb}", f"{word} '{name}' was {done} on Version '{number}'", service_id, changes)


def _main_vcl(_write: Write, service_id: str, number: str, name: str) -> Event:
    return Event("vcl.update", f"VCL '{name}' was updated on Version '{number}'", service_id)


def _link(write: Write, service_id: str, number: str, director: str, backend: str) -> Event:
    verb, done = _VERBS[write.call.method]
    text = f"Backend '{backend}' of Director '{director}' was {done} on Version '{number}'"
    return Event(f"director_backend.{verb}", text, service_id)


def _image_optimizer(write: Write, service_id: str, number: str) -> Event:
    text = f"Image Optimizer default settings were updated on Version '{number}'"
    return Event("io_settings.update", text, service_id, write.changes)


def _version_created(write: Write, service_id: str) -> Event:
    number = write.answer["number"]
    return Event("version.create", f"Version {number} was created", service_id, {"version_number": number})


def _version_cloned(write: Write, service_id: str, source: str) -> Event:
    number = write.answer["number"]
    text = f"Version {number} was cloned from Version {source}"
    return Event("version.clone", text, service_id, {"version_number": number})


def _version_updated(write: Write, service_id: str, number: str) -> Event:
    metadata = {**write.changes, "version_number": int(number)}
    return Event("version.update", f"Version {number} was updated", service_id, metadata)


def _version(verb: str, done: str, _write: Write, service_id: str, number: str) -> Event:
    return Event(f"version.{verb}", f"Version {number} was {done}", service_id, {"version_number": int(number)})


def _service_created(write: Write) -> Event:
    return Event("service.create", f"Service '{write.name}' was created", write.answer["id"])


def _service_updated(write: Write, service_id: str) -> Event:
    return Event("service.update", f"Service '{write.name}' was updated", service_id, write.changes)


def _service_deleted(write: Write, service_id: str) -> Event:
    name = (write.before or {}).get("name", "")
    return Event("service.delete", f"Service '{name}' was deleted", service_id)


def _purged(_write: Write, service_id: str) -> Event:
    return Event(_PURGE_ALL, "Purge all was performed", service_id)


def _user(verb: str, done: str, write: Write, *_segments: str) -> Event:
    login = {**(write.before or {}), **write.answer}["login"]
    return Event(f"user.{verb}", f"User '{login}' was {done}", None, write.changes if verb == "update" else None)


def _invitation(write: Write) -> Event:
    answer = write.answer.get("data", write.answer)
    return Event("invitation.sent", f"Invitation was sent to '{answer.get('attributes', answer)['email']}'")


def _customer(write: Write, _customer_id: str) -> Event:
    return Event("customer.update", f"Customer '{write.name}' was updated", None, write.changes)


def _address(verb: str, done: str, _write: Write, _customer_id: str) -> Event:
    return Event(f"address.{verb}", f"Billing address was {done}")


def _token_created(write: Write) -> Event:
    return Event("token.create", f"Token '{write.name}' was created")


def _token_destroyed(write: Write, *_segments: str) -> Event:
    return Event("token.destroy", f"Token '{(write.before or {}).get('name', '')}' was deleted")


def _authorization(verb: str, done: str, write: Write, *segments: str) -> Event:
    identifier = segments[0] if segments else write.answer["data"]["id"]
    return Event(f"service_authorization.{verb}", f"Service authorization '{identifier}' was {done}")


def _objects() -> RouteTable:
    table: RouteTable = {}
    for path, kind in KINDS.items():
        logs = path.startswith("logging/")
        if logs or path in _OBJECTS:
            describe = partial(_object, "logging" if logs else path, "Logging" if logs else kind.class_name)
            table[f"{VERSION_PATH}/{path}"] = {"POST": describe}
            table[f"{VERSION_PATH}/{path}/*"] = {"PUT": describe, "DELETE": describe}
    return table


def _below_versions() -> RouteTable:
    words: Mapping[str, tuple[str, str]] = {
        "activate": ("activate", "activated"),
        "deactivate": ("deactivate", "deactivated"),
        "lock": ("lock", "locked"),
    }
    return {f"{VERSION_PATH}/{path}": {"PUT": partial(_version, *verbs)} for path, verbs in words.items()}


_TABLE = Routes(
    {
        "/service": {"POST": _service_created},
        SERVICE_PATH: {"PUT": _service_updated, "DELETE": _service_deleted},
        f"{SERVICE_PATH}/purge_all": {"POST": _purged},
        f"{SERVICE_PATH}/version": {"POST": _version_created},
        VERSION_PATH: {"PUT": _version_updated},
        f"{VERSION_PATH}/clone": {"PUT": _version_cloned},
        **_below_versions(),
        **_objects(),
        f"{VERSION_PATH}/vcl/*/main": {"PUT": _main_vcl},
        f"{VERSION_PATH}/director/*/backend/*": {"POST": _link, "DELETE": _link},
        f"{VERSION_PATH}/{singleton_routes.IMAGE_OPTIMIZER}": {"PATCH": _image_optimizer},
        "/tokens": {"POST": _token_created},
        "/automation-tokens": {"POST": _token_created},
        "/tokens/*": {"DELETE": _token_destroyed},
        "/service-authorizations": {"POST": partial(_authorization, "create", "created")},
        "/service-authorizations/*": {
            "PATCH": partial(_authorization, "update", "updated"),
            "DELETE": partial(_authorization, "delete", "deleted"),
        },
        "/invitation": {"POST": _invitation},
        "/invitations": {"POST": _invitation},
        "/customer/*": {"PUT": _customer},
        "/customer/*/billing_address": {
            "POST": partial(_address, "create", "created"),
            "PATCH": partial(_address, "update", "updated"),
            "DELETE": partial(_address, "delete", "deleted"),
        },
        "/user": {"POST": partial(_user, "create", "created")},
        "/user/*": {"PUT": partial(_user, "update", "updated"), "DELETE": partial(_user, "destroy", "deleted")},
    }
)
