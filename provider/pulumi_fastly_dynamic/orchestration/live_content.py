"""Fields of an object that no version holds, such as the content of a dynamic snippet: written at once.

A program manages those that it gives. The others are somebody else's: they are neither written nor compared.
"""

from collections.abc import Collection
from functools import partial

from ..api import path
from ..schema import Values, form_value
from .session import ServiceSession
from .snapshot import Difference, VersionObject


def _path(session: ServiceSession, found: VersionObject) -> str:
    return path("service", session.service_id, found.schema.collection, found.ref.key)


def read(session: ServiceSession, found: VersionObject, names: Collection[str]) -> Values:
    """The named live fields, read now; no call where none is named."""
    if not names:
        return {}
    stored = found.schema.live_from_row(session.client.get_object(_path(session, found)))
    return {name: value for name, value in stored.items() if name in names}


def write(session: ServiceSession, found: VersionObject, before: Values, after: Values) -> Difference:
    """Writes the live fields that differ; returns those that the API stored otherwise than asked."""
    schema = found.schema
    changed = {name: value for name, value in after.items() if before[name] != value}
    if not changed:
        return {}
    session.refuse_if_unacknowledged()
    form = {f.wire: form_value(changed[f.name]) for f in schema.unversioned if f.name in changed}
    answer = session.write(partial(session.client.put, _path(session, found), form, repeatable=True))
    stored = schema.live_from_row(answer)
    return {name: (value, stored[name]) for name, value in changed.items() if stored[name] != value}
