"""Fields of an object that no version holds, such as the content of a dynamic snippet: written at once."""

from functools import partial

from ..api import path
from ..schema import Values, form_value
from .session import ServiceSession
from .snapshot import Difference, VersionObject


def _path(session: ServiceSession, found: VersionObject) -> str:
    return path("service", session.service_id, found.schema.collection, found.ref.key)


def read(session: ServiceSession, found: VersionObject) -> Values:
    """The live fields, read now."""
    answer = session.client.get_object(_path(session, found))
    return {f.name: f.canonical(answer.get(f.wire)) for f in found.schema.unversioned}


def write(session: ServiceSession, found: VersionObject, before: Values, after: Values) -> Difference:
    """Writes the live fields that differ; returns those that the API stored otherwise than asked."""
    schema = found.schema
    form = {f.wire: form_value(after[f.name]) for f in schema.unversioned if before[f.name] != after[f.name]}
    if not form:
        return {}
    session.refuse_if_unacknowledged()
    answer = session.write(partial(session.client.put, _path(session, found), form, repeatable=True))
    stored = {f.name: f.canonical(answer.get(f.wire)) for f in schema.unversioned if f.wire in form}
    return {name: (after[name], got) for name, got in stored.items() if got != after[name]}
