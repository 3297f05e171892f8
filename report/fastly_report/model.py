"""The report before it is put into words: one section a service, and what is about none."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_fastly_dynamic.schema import Group

from .activation import Activation, activation_of
from .changes import RELEASE, Change, Plan, order, plan_of, without_moves
from .drift import Drift, drift_of
from .engine_values import Special
from .live_items_changes import Items, items_of
from .ops import Op
from .preview import Diagnostic, Preview, Remediation, Violation
from .product_changes import is_of_products, switched_off
from .purge_changes import is_purge
from .services import Service, Services


@dataclass
class Section:
    """What happens to one service."""

    service: Service
    own: Change | None = None
    """The service itself."""
    version: Change | None = None
    """Its Version resource."""
    objects: list[Change] = field(default_factory=list)
    items: list[Items] = field(default_factory=list)
    products: list[Change] = field(default_factory=list)
    """What switches its products."""
    purges: list[Change] = field(default_factory=list)
    """What purges its content."""
    drift: list[Drift] = field(default_factory=list)
    activation: Activation = Activation.NONE
    active: Any = Special.ABSENT
    """The number of the version that is active."""
    is_partial: bool = False
    """Whether the preview failed, so that what is not here may still happen."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say: its Version, if that changes, only keeps its records up to date."""
        version = self.version
        keeps_records = version is None or (version.op is Op.CHANGED and not version.properties)
        said = self.own or self.objects or self.items or self.products or self.purges or self.drift
        return not said and keeps_records and self.activation is Activation.NONE

    @property
    def is_destroyed(self) -> bool:
        """Whether the service itself goes away."""
        return self.own is not None and self.own.op is Op.REMOVED

    @property
    def is_live_before(self) -> bool:
        """Whether something that serves now changes before the activation does its part."""
        return self.activation in {Activation.NEW, Activation.PERHAPS} and bool(self.live_changes)

    @property
    def live_changes(self) -> list[Items | Change]:
        """What changes at once in a service that may be serving."""
        if self.own and self.own.op is Op.ADDED:
            return []
        items = [row for row in self.items if row.is_changing and not row.is_new]
        return [*items, *(change for change in self.objects if change.live_properties)]


@dataclass
class Model:
    """Everything that the report says."""

    preview: Preview
    plan: Plan
    sections: list[Section] = field(default_factory=list)
    others: list[Change] = field(default_factory=list)
    """Resources of other providers."""
    stack: str = ""

    @property
    def changes(self) -> list[Change]:
        """Every change of a resource, after moves are seen through."""
        of_services = [c for s in self.sections for c in (s.own, s.version, *s.objects, *s.products, *s.purges) if c]
        return [*of_services, *self.others]

    @property
    def items(self) -> list[Items]:
        """The live items that change, of every container."""
        return [items for section in self.sections for items in section.items]

    @property
    def switched_off(self) -> list[str]:
        """The products that go off, in services that there are."""
        sections = [each for each in self.sections if not (each.own and each.own.op is Op.ADDED)]
        return [name for section in sections for change in section.products for name in switched_off(change)]

    @property
    def violations(self) -> list[Violation]:
        """Sorted, mandatory ones first; the engine may report one twice."""
        rows = set(self.preview.violations)
        return sorted(rows, key=lambda v: (not v.is_mandatory, v.rule, v.urn, v.message))

    @property
    def remediations(self) -> list[Remediation]:
        """Sorted."""
        return sorted(self.preview.remediations, key=lambda r: (r.rule, r.urn))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Sorted, the worst first; each once."""
        severities = ["error", "warning", "info", "info#err"]
        rows = set(self.preview.diagnostics)

        def rank(row: Diagnostic) -> tuple[Any, ...]:
            known = row.severity in severities
            return severities.index(row.severity) if known else len(severities), row.urn, row.message

        return sorted(rows, key=rank)

    @property
    def is_drift_unchecked(self) -> bool:
        """Whether there is something to refresh, and it was not."""
        existed = self.preview.same or any(step.old for step in self.plan.steps.values())
        return bool(existed) and not self.preview.refreshed


def model_of(preview: Preview) -> Model:
    """The report's content."""
    plan = plan_of(preview.steps)
    services = Services(plan, preview.refreshed)
    model = Model(preview, plan, stack=_stack(preview))
    sections: dict[int, Section] = {}

    def section(service: Service) -> Section:
        return sections.setdefault(id(service), Section(service, is_partial=preview.failed))

    for change in plan.changes if not preview.failed else _certain(preview, plan.changes):
        service = services.of(change.step)
        if service is None:
            model.others.append(change)
        else:
            _sort_in(section(service), change)
    known = {step.urn: step for step in [*preview.refreshed, *plan.steps.values()]}
    for drift in drift_of(preview.refreshed, plan):
        service = services.of_urn(drift.urn, known)
        if service:
            section(service).drift.append(drift)
    model.sections = sorted(sections.values(), key=lambda s: (s.service.name, s.service.urn, s.service.id))
    for found in model.sections:
        _complete(found, plan)
    model.sections = [found for found in model.sections if not found.is_empty]
    return model


def _certain(preview: Preview, changes: Iterable[Change]) -> Iterable[Change]:
    """The changes of a failed preview that it can know.

    Where two resources have one URN, the engine takes the first for the old one, which may be of another service, and
    says that it is replaced; then it fails.
    """
    blamed = {row.urn for row in preview.diagnostics if row.severity == "error"}
    for change in changes:
        is_guess = change.op in {Op.REPLACED, Op.CHANGED} and change.step.urn in blamed
        if not is_guess and not _is_of_another_service(change):
            yield change


def _is_of_another_service(change: Change) -> bool:
    old, new = change.step.old, change.step.new
    if change.op is not Op.REPLACED or change.schema is None or old is None or new is None:
        return False
    return bool(old.inputs.get("service_id") != new.inputs.get("service_id"))


def _stack(preview: Preview) -> str:
    """``project/stack``, from any URN."""
    for step in (*preview.steps, *preview.refreshed):
        parts = step.urn.split("::")
        if len(parts) > 2 and parts[0].startswith("urn:pulumi:"):  # noqa: PLR2004 - stack, project, types, name
            return f"{parts[1]}/{parts[0].removeprefix('urn:pulumi:')}"
    return ""


def _sort_in(section: Section, change: Change) -> None:
    group = change.schema.group if change.schema else None
    if group is Group.SERVICE:
        section.own = change
    elif group is Group.VERSION:
        section.version = change
    elif is_of_products(change):
        section.products.append(change)
    elif is_purge(change):
        section.purges.append(change)
    else:
        section.objects.append(change)


def _complete(section: Section, plan: Plan) -> None:
    live = [change for change in section.objects if change.schema and change.schema.live_items]
    objects = [change for change in section.objects if change.is_object]
    objects = [change for release in _by_release(objects) for change in without_moves(release)]
    version = section.version
    ends = version is not None and version.op is Op.REMOVED and not section.is_destroyed
    section.items = items_of(live, objects, plan)
    section.objects = sorted((_let_go(c) if ends else c for c in objects), key=order)
    if ends:
        section.activation = Activation.END
    elif not section.is_destroyed:
        section.activation = activation_of(version, section.objects)
    section.active = _active(section, plan)


def _by_release(objects: Iterable[Change]) -> list[list[Change]]:
    """Moves are seen within one release alone."""
    groups: dict[str, list[Change]] = {}
    for change in objects:
        state = change.step.new or change.step.old
        groups.setdefault(state.parent if state else "", []).append(change)
    return list(groups.values())


def _let_go(change: Change) -> Change:
    return replace(change, op=Op.UNMANAGED) if change.op is Op.REMOVED else change


def _active(section: Section, plan: Plan) -> Any:
    """The number in the state: a preview without a refresh tells what this stack activated last."""
    for step in plan.steps.values():
        if step.type.endswith(":Version") and step.old and _release_of(step.old.parent) in section.service.releases:
            return step.old.outputs.get("number", Special.ABSENT)
    return Special.ABSENT


def _release_of(parent: str) -> str:
    return parent if f"{RELEASE}::" in parent else ""
