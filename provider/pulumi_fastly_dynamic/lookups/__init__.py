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
from .network_lookups import (
    GetDatacentersResult,
    GetIpRangesResult,
    get_datacenters,
    get_datacenters_output,
    get_ip_ranges,
    get_ip_ranges_output,
)
from .realtime_lookups import GetRealtimeStatsResult, get_realtime_stats, get_realtime_stats_output
from .service_lookups import GetServiceResult, get_service, get_service_output
from .stats_lookups import GetStatsResult, get_stats, get_stats_output

__all__ = [
    "Event",
    "EventLogEntry",
    "GetDatacentersResult",
    "GetEventLogResult",
    "GetEventsResult",
    "GetIpRangesResult",
    "GetRealtimeStatsResult",
    "GetServiceResult",
    "GetStatsResult",
    "LookupFailed",
    "get_datacenters",
    "get_datacenters_output",
    "get_event_log",
    "get_event_log_output",
    "get_events",
    "get_events_output",
    "get_ip_ranges",
    "get_ip_ranges_output",
    "get_realtime_stats",
    "get_realtime_stats_output",
    "get_service",
    "get_service_output",
    "get_stats",
    "get_stats_output",
]
