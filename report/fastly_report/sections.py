"""The section of a service: one sentence, warnings, tables."""

from collections.abc import Iterator

from .activation import Activation
from .changes import Change
from .document import Block, Heading, Paragraph, Point, Points, Strong
from .engine_values import Special, one_line
from .logging_table import logging_table
from .model import Section
from .ops import Op
from .phrases import count, named, sentence, verb, what_happens
from .product_changes import number_of, products_of
from .purge_changes import happening, purges_of
from .tables import drift_table, items_table, table_of
from .warning_points import warnings_of


def happens(section: Section) -> bool:
    """Whether the update does anything to the service."""
    own = section.own or section.version
    return bool(own or section.objects or section.items or section.products or section.purges)


def only_moved(change: Change) -> bool:
    """Whether only the name in the program changes."""
    return bool(change.was) and not change.properties


def section_of(section: Section) -> Iterator[Block]:
    """The blocks of the section."""
    service = section.service
    word = "Service" if service.is_known else "Service of release"
    yield Heading(3, named(word, service.name))
    yield Paragraph((_sentence(section),))
    warnings = warnings_of(section)
    if warnings:
        yield Points(tuple(Point((Strong("Warning:"), " ", *text)) for text in warnings))
    changes = [c for c in (section.own, _release_row(section), *section.objects) if c]
    yield from table_of([change for change in changes if not change.is_logging])
    yield from logging_table([change for change in changes if change.is_logging])
    for items in section.items:
        yield from items_table(items)
    if not section.is_destroyed:  # with the service its products go
        yield from products_of(section.products)
        yield from purges_of(section.purges)
    yield from drift_table(section.drift)


def _sentence(section: Section) -> str:
    objects = [change for change in section.objects if not only_moved(change)]
    parts = [_of_service(section)]
    rows = [row for items in section.items for row in items.rows]
    at_once = " at once" if section.live_changes else ""
    parts += [
        what_happens([c.op for c in objects], "object"),
        what_happens([row.op for row in rows], "live item", at_once),
    ]
    if any(items.is_changing for items in section.items) and not rows:
        parts.append(f"live items change{at_once}")
    products = 0 if section.is_destroyed else number_of(section.products)
    if products:
        parts.append(f"{count(products, 'product')} {verb(products)} at once")
    if happening(section.purges) and not section.is_destroyed:
        parts.append("content is purged")
    if any(change.live_properties for change in section.objects):
        parts.append(f"live content changes{at_once}")
    if not any(parts) and section.activation is Activation.NONE and section.drift:
        below = "what someone else did is below"
        return sentence([below if section.is_partial else f"nothing changes here; {below}"])
    return sentence([*parts, _of_version(section)])


def _of_service(section: Section) -> str:
    own = section.own
    if own is None:
        return ""
    if own.op is Op.ADDED:
        adopted = own.step.new and own.step.new.inputs.get("adopt_id")
        return "the service is taken over" if adopted else "the service is created"
    words = {Op.REMOVED: "the service is destroyed", Op.UNMANAGED: "the service is let go, and left in place"}
    return words.get(own.op, "the service itself changes")


def _of_version(section: Section) -> str:
    active = "" if isinstance(section.active, Special) else f" (active now: version {one_line(section.active)})"
    if section.is_destroyed or (section.version is None and section.own and not section.service.releases):
        return ""
    known = "" if section.service.is_known else "; which of the new services this is for is known after apply"
    return _words_of_version(section, active) + known


def _words_of_version(section: Section, active: str) -> str:
    if section.is_partial and section.activation is Activation.NONE:
        return ""
    return {
        Activation.NONE: f"no version is activated{active}",
        Activation.NEW: f"a new version is activated{active}",
        Activation.PERHAPS: "a new version is activated, unless the service is like this already",
        Activation.AGAIN: "no version is active, and one is activated again",
        Activation.DRAFT: f"a draft is filled, and not activated{active}",
        Activation.COMMENT: f"only the comment of the active version changes, and no version is activated{active}",
        Activation.END: f"the release is not managed any more, and the service keeps serving{active}",
    }[section.activation]


def _release_row(section: Section) -> Change | None:
    """The release as a row, where its own properties change."""
    version = section.version
    return version if version and version.properties and version.op in {Op.CHANGED, Op.ADDED} else None
