"""What a row of the verdict's table is made of: objects as the API answers them, records, and cases."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pulumi_fastly_dynamic  # noqa: F401 - fills the table of kinds
from pulumi_fastly_dynamic.orchestration import snapshot, verify
from pulumi_fastly_dynamic.orchestration.manifest import Record, Revision
from pulumi_fastly_dynamic.orchestration.versions import Draft, FirstVersion, OpenedNow, Resumed
from pulumi_fastly_dynamic.schema import KINDS, ObjectRef, Row

BASE, DRAFT = 4, 5
OPENED, RESUMED, FIRST = OpenedNow(DRAFT, BASE), Resumed(DRAFT, BASE), FirstVersion()
KEY = "the stack's key"

Rows = tuple[str, Row]
"""An object: its list and its row."""


def backend(name: str = "origin", **fields: Any) -> Rows:
    return "backend", {"name": name, "address": "a.example.com", "port": 80, "use_ssl": False, **fields}


def condition(name: str = "api", **fields: Any) -> Rows:
    return "condition", {"name": name, "type": "REQUEST", "statement": "req.url", "priority": "10", **fields}


def header(name: str = "x-api", **fields: Any) -> Rows:
    return "header", {"name": name, "action": "set", "type": "request", "dst": "http.X", "src": '"1"', **fields}


def dictionary(object_id: str = "D1", name: str = "redirects", **fields: Any) -> Rows:
    return "dictionary", {"id": object_id, "name": name, "write_only": False, **fields}


def snippet(name: str = "code", object_id: str = "S1", **fields: Any) -> Rows:
    row = {"id": object_id, "name": name, "type": "recv", "dynamic": "0", "content": "x;", "priority": "100"}
    return "snippet", {**row, **fields}


def dynamic_snippet(name: str = "code", object_id: str = "S2", **fields: Any) -> Rows:
    return snippet(name, object_id, **{"dynamic": "1", "content": None, **fields})


def settings(**fields: Any) -> Rows:
    return "settings", {"general.default_ttl": 3600, "general.default_host": "", "general.default_pci": 0, **fields}


TTL = {"general.default_ttl": 60}


def vcl(name: str = "main", *, main: bool = False, content: str = "sub a {}") -> Rows:
    return "vcl", {"name": name, "content": content, "main": main}


def wordpress(name: str = "blog", **fields: Any) -> Rows:
    """An object of a kind without a resource class."""
    return "wordpress", {"name": name, "path": "/blog", **fields}


def apex_redirect(name: str = "apex", **fields: Any) -> Rows:
    """An object of another kind without a resource class."""
    return "apex-redirects", {"name": name, "status_code": "301", **fields}


def found(rows: Rows) -> snapshot.VersionObject:
    """The object that a row is."""
    (made,) = snapshot.objects_of(rows[0], [rows[1]]).values()
    return made


def ref(rows: Rows) -> ObjectRef:
    """Kind and key of a row."""
    return found(rows).ref


def asked(rows: Rows, number: int = DRAFT, **flags: Any) -> Record:
    """The record of an object that the program asked to be like this row, in the version of that number."""
    each = found(rows)
    revision = Revision(number, each.schema.digest(each.values, KEY))
    object_id = each.ref.key if each.schema.id_property else None
    return Record(each.schema.kind, each.name, revision, f"{each.schema.kind}/{each.name}", object_id, **flags)


def _always(_number: int) -> bool:
    return True


@dataclass(frozen=True)
class Case:
    """One row of the table: a situation, and the verdict on it. The name says the rule."""

    name: str
    draft: tuple[Rows, ...] = ()
    base: tuple[Rows, ...] = ()
    declared: tuple[Record, ...] = ()
    removed: tuple[Rows, ...] = ()
    situation: Draft = OPENED
    holds: Callable[[int], bool] = field(default=_always)
    leftovers: tuple[Rows, ...] = ()
    """In this order."""
    mismatched: tuple[Rows, ...] = ()
    not_removed: tuple[Rows, ...] = ()
    changed: tuple[Rows, ...] = ()
    occupant: Rows | None = None

    def __str__(self) -> str:
        return f"{self.name}-{type(self.situation).__name__}"

    @property
    def collections(self) -> list[str]:
        """The lists that the case is about."""
        lists = [collection for collection, _ in (*self.draft, *self.base, *self.removed)]
        return list(dict.fromkeys([*lists, *(record.schema.collection for record in self.declared)]))

    def expected(self) -> dict[str, object]:
        """The parts of the verdict."""
        return {
            "leftovers": tuple(map(ref, self.leftovers)),
            "mismatched": set(map(ref, self.mismatched)),
            "not_removed": set(map(ref, self.not_removed)),
            "changed": set(map(ref, self.changed)),
            "occupant": ref(self.occupant) if self.occupant else None,
        }

    def judged(self, verify: ModuleType = verify, snapshot: ModuleType = snapshot) -> dict[str, object]:
        """The verdict, by the product or by mutants of its modules."""
        before = self.base if self.situation.base else ()
        verdict = verify.verify(
            verify.Expected(self.declared, frozenset(map(ref, self.removed)), KEY, self.holds),
            _snapshot(snapshot, self.situation.number, self.collections, self.draft),
            _snapshot(snapshot, self.situation.base, self.collections, before),
            self.situation,
        )
        return {
            "leftovers": tuple(each.ref for each in verdict.leftovers),
            "mismatched": set(verdict.mismatched),
            "not_removed": set(verdict.not_removed),
            "changed": set(verdict.changed),
            "occupant": verdict.occupant.ref if verdict.occupant else None,
        }


def _snapshot(module: ModuleType, number: int, collections: Iterable[str], rows: Iterable[Rows]) -> Any:
    by_list: Mapping[str, list[Row]] = {name: [] for name in collections}
    for collection, row in rows:
        by_list[collection].append(row)
    lists = {
        name: module.objects_of(name, found) if found or name not in KINDS else module.initial_objects(name)
        for name, found in by_list.items()
    }
    return module.Snapshot(number, lists)
