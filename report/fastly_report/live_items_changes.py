"""Live items: what becomes of the keys of dictionaries and of the entries of ACLs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_fastly_dynamic.schema import KINDS, KindSchema, LiveItems

from .changes import Change, Plan, display_name, schema_of
from .engine_values import Special, holds
from .ops import Op
from .preview import State, Step, name_of

Entries = Mapping[str, Any]
"""What an entry says, by key."""


@dataclass(frozen=True)
class Item:
    """One key of a container."""

    key: str
    old: Any
    new: Any

    @property
    def op(self) -> Op:
        """What happens to it."""
        if self.old is Special.ABSENT:
            return Op.ADDED
        return Op.REMOVED if self.new is Special.ABSENT else Op.CHANGED


@dataclass(frozen=True)
class Items:
    """What happens to the items of one container."""

    container: str
    """The class of the container."""
    name: str
    rows: tuple[Item, ...] = ()
    hidden: frozenset[Special] = frozenset()
    """Why some that change as well cannot be listed: they are secret, or not known yet."""
    is_new: bool = False
    """Whether the container is new or recreated, so that nothing that serves now changes."""
    is_removing: bool = False
    """Whether any is taken out, listed or not. One that is replaced is not."""
    is_replacing: bool = False
    """Whether any is replaced, mostly because its key changes."""
    is_let_go: bool = False
    """Whether some are not managed any more, and left as they are."""

    @property
    def is_changing(self) -> bool:
        """Whether anything changes in Fastly."""
        return bool(self.rows or self.hidden)


@dataclass(frozen=True)
class _Home:
    """The container that live items are in."""

    key: str
    name: str
    change: Change | None = None


def items_of(changes: Iterable[Change], siblings: Iterable[Change], plan: Plan) -> list[Items]:
    """The items that change, by container; ``siblings`` are the changes of the same service."""
    siblings = list(siblings)
    gathered: dict[tuple[str, str], list[Change]] = {}
    homes: dict[tuple[str, str], _Home] = {}
    for change in changes:
        live = change.schema.live_items if change.schema else None
        if live is None:
            continue
        home = _home(change.step, live, siblings, plan)
        if home.change and home.change.op in {Op.REMOVED, Op.UNMANAGED}:
            continue  # they go, or stay, with it
        homes[live.container, home.key] = home
        gathered.setdefault((live.container, home.key), []).append(change)
    found = [_items(KINDS[kind].label, homes[kind, key], rows) for (kind, key), rows in gathered.items()]
    told = (row for row in found if row.is_changing or row.is_let_go)
    return sorted(told, key=lambda row: (row.container, row.name))


def entries_of(schema: KindSchema, inputs: Mapping[str, Any]) -> Entries | None:
    """The entries that inputs declare, as people read them; ``None`` where they are secret or unknown."""
    live = schema.live_items
    named = {f.name: inputs.get(f.name, Special.ABSENT) for f in schema.fields}
    if live is None or any(
        value in {Special.SECRET, Special.UNKNOWN} for value in named.values() if _is_special(value)
    ):
        return _lone_key(named)
    given = {name: value for name, value in named.items() if value is not Special.ABSENT}
    if any(isinstance(value, list) and holds(value, Special.UNKNOWN) for value in given.values()):
        return None
    try:
        declared = live.to_entries(given)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    secret = inputs.get("write_only")
    return {str(key): Special.SECRET if secret else _content(entry) for key, entry in declared.items()}


def _is_special(value: Any) -> bool:
    return isinstance(value, Special)


def _lone_key(named: Mapping[str, Any]) -> Entries | None:
    """Of a single item, whose key is no secret where its value is."""
    key = named.get("key")
    return {key: named["value"]} if isinstance(key, str) and "value" in named else None


def _content(entry: Mapping[str, Any]) -> Any:
    if "item_value" in entry:
        return entry["item_value"]
    words = ["negated"] if entry.get("negated") else []
    comment = entry.get("comment")
    return ", ".join([*words, *([str(comment)] if comment else [])])


def _items(container: str, home: _Home, changes: list[Change]) -> Items:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    hidden: set[Special] = set()
    is_emptied = False
    secret_changed: set[str] = set()
    replaced: set[str] = set()
    ours = [change for change in changes if change.op is not Op.UNMANAGED]
    for change in ours:
        before, after = _sides(change)
        if before is None or after is None:
            hidden |= _why_hidden(change)
            is_emptied = is_emptied or (before is None and not after and after is not None)
            continue
        old |= before
        new |= after
        if change.op is Op.REPLACED:
            replaced |= before.keys()
        if change.op is not Op.REMOVED and change.step.changed:
            secret_changed |= {key for key, value in after.items() if value is Special.SECRET}
    rows = [_item(key, old, new) for key in sorted({*old, *new})]
    kept = tuple(row for row in rows if row.old != row.new or row.key in secret_changed)
    return Items(
        container,
        home.name,
        kept,
        frozenset(hidden),
        is_new=bool(home.change and (home.change.op is Op.ADDED or home.change.is_recreated)),
        is_removing=is_emptied or any(row.op is Op.REMOVED and row.key not in replaced for row in kept),
        is_replacing=any(change.op is Op.REPLACED for change in ours),
        is_let_go=len(ours) < len(changes),
    )


def _why_hidden(change: Change) -> set[Special]:
    """Which of secret and unknown keeps the items of a change from being listed."""
    names = [f.name for f in change.schema.fields] if change.schema else []
    states = [state for state in (change.step.old, change.step.new) if state]
    found = {
        special
        for special in (Special.SECRET, Special.UNKNOWN)
        if any(holds(state.inputs.get(name), special) for state in states for name in names)
    }
    return found or {Special.UNKNOWN}


def _item(key: str, old: Entries, new: Entries) -> Item:
    before, after = old.get(key, Special.ABSENT), new.get(key, Special.ABSENT)
    if Special.SECRET in (before, after):
        before, after = (value if value is Special.ABSENT else Special.SECRET for value in (before, after))
    return Item(key, before, after)


def _sides(change: Change) -> tuple[Entries | None, Entries | None]:
    schema, step = change.schema, change.step
    if schema is None:
        return {}, {}
    before = entries_of(schema, step.old.inputs) if step.old and change.op is not Op.ADDED else {}
    after = entries_of(schema, step.new.inputs) if step.new and change.op is not Op.REMOVED else {}
    if before is None and after is not None and change.op is Op.REPLACED:
        before = {}
    return before, after


# ---------------------------------------------------------------- the container


def _home(step: Step, live: LiveItems, siblings: list[Change], plan: Plan) -> _Home:
    schema = KINDS[live.container]
    states = [state for state in (step.new, step.old) if state]
    for state in states:
        found = _by_id(schema, state.inputs.get(live.container_property), plan) or _by_urn(schema, state, plan)
        if found:
            return _with_change(found, siblings)
    fresh = [c for c in siblings if c.schema is schema and (c.op is Op.ADDED or c.is_recreated)]
    if len(fresh) == 1:  # its id is not known yet, and there is no other
        return _Home(fresh[0].step.urn, fresh[0].name, fresh[0])
    known = [
        str(s.inputs[live.container_property]) for s in states if isinstance(s.inputs.get(live.container_property), str)
    ]
    return _Home(known[0] if known else step.urn, name_of(step.urn))


def _by_id(schema: KindSchema, container_id: Any, plan: Plan) -> _Home | None:
    if not isinstance(container_id, str):
        return None
    for step in plan.steps.values():
        if schema_of(step.type) is schema:
            for state in (step.new, step.old):
                if state and state.outputs.get(schema.id_property or "") == container_id:
                    return _Home(step.urn, display_name(schema, step.urn, state.inputs))
    return None


def _by_urn(schema: KindSchema, state: State, plan: Plan) -> _Home | None:
    if not state.owner or schema_of(_type(state.owner)) is not schema:
        return None
    after = plan.after(state.owner)
    return _Home(state.owner, display_name(schema, state.owner, after.inputs if after else {}))


def _type(urn: str) -> str:
    return urn.split("::", 3)[2].rpartition("$")[2]


def _with_change(home: _Home, siblings: list[Change]) -> _Home:
    change = next((c for c in siblings if c.step.urn == home.key), None)
    return _Home(home.key, change.name if change else home.name, change)
