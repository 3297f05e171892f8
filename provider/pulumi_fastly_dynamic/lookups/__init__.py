"""Layer: functions that read from Fastly, for the user's program. They change nothing, and no state holds them.

``get_x(...)`` reads now, also in a preview; ``get_x_output(...)`` takes and gives Outputs.
"""

from .event_lookups import (
    Event,
    EventLogEntry,
    GetEventLogResult,
    GetEventsResult,
    get_event_log,
    get_event_log_output,
    get_events,
    get_events_output,
)
from .lookup import LookupFailed
from .service_lookups import GetServiceResult, get_service, get_service_output

__all__ = [
    "Event",
    "EventLogEntry",
    "GetEventLogResult",
    "GetEventsResult",
    "GetServiceResult",
    "LookupFailed",
    "get_event_log",
    "get_event_log_output",
    "get_events",
    "get_events_output",
    "get_service",
    "get_service_output",
]
