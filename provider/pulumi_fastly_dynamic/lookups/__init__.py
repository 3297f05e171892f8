"""Layer: functions that read from Fastly, for the user's program. They change nothing, and no state holds them.

``get_x(...)`` reads now, also in a preview; ``get_x_output(...)`` takes and gives Outputs.
"""

from .lookup import LookupFailed
from .service_lookups import GetServiceResult, get_service, get_service_output

__all__ = ["GetServiceResult", "LookupFailed", "get_service", "get_service_output"]
