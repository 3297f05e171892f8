"""Layer: functions that read from Fastly, for the user's program. They change nothing, and no state holds them.

``get_x(...)`` reads now, also in a preview; ``get_x_output(...)`` takes and gives Outputs.
"""

from .account_lookups import (
    AccountInvitation,
    AccountUser,
    GetCurrentUserResult,
    GetCustomerResult,
    GetInvitationsResult,
    GetUsersResult,
    get_current_user,
    get_current_user_output,
    get_customer,
    get_customer_output,
    get_invitations,
    get_invitations_output,
    get_users,
    get_users_output,
)
from .billing_lookups import (
    BillingLineItem,
    GetBillingResult,
    GetPricingExtrasResult,
    PricingExtra,
    get_billing,
    get_billing_output,
    get_pricing_extras,
    get_pricing_extras_output,
)
from .domain_lookups import (
    CheckDomainsResult,
    DomainCheck,
    GetDomainsResult,
    ServiceDomain,
    check_domains,
    check_domains_output,
    get_domains,
    get_domains_output,
)
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
from .measurements import Measurements
from .network_lookups import (
    Coordinates,
    Datacenter,
    GetDatacentersResult,
    GetIpRangesResult,
    get_datacenters,
    get_datacenters_output,
    get_ip_ranges,
    get_ip_ranges_output,
)
from .realtime_lookups import GetRealtimeStatsResult, RealtimeSecond, get_realtime_stats, get_realtime_stats_output
from .service_lookups import (
    GetServiceDetailsResult,
    GetServiceResult,
    GetServicesResult,
    ServiceVersion,
    VersionDetails,
    get_service,
    get_service_details,
    get_service_details_output,
    get_service_output,
    get_services,
    get_services_output,
)
from .stats_lookups import GetStatsResult, StatsRow, get_stats, get_stats_output
from .version_lookups import (
    GetBoilerplateResult,
    GetDictionaryInfoResult,
    GetGeneratedVclResult,
    GetVclContentResult,
    GetVersionDiffResult,
    get_boilerplate,
    get_boilerplate_output,
    get_dictionary_info,
    get_dictionary_info_output,
    get_generated_vcl,
    get_generated_vcl_output,
    get_vcl_content,
    get_vcl_content_output,
    get_version_diff,
    get_version_diff_output,
)

__all__ = ["LookupFailed"]
__all__ += ["AccountInvitation", "AccountUser", "GetCurrentUserResult", "GetCustomerResult"]
__all__ += ["GetInvitationsResult", "GetUsersResult"]
__all__ += ["get_current_user", "get_current_user_output", "get_customer", "get_customer_output"]
__all__ += ["get_invitations", "get_invitations_output", "get_users", "get_users_output"]
__all__ += ["BillingLineItem", "GetBillingResult", "GetPricingExtrasResult", "PricingExtra"]
__all__ += ["get_billing", "get_billing_output", "get_pricing_extras", "get_pricing_extras_output"]
__all__ += ["CheckDomainsResult", "DomainCheck", "GetDomainsResult", "ServiceDomain"]
__all__ += ["check_domains", "check_domains_output", "get_domains", "get_domains_output"]
__all__ += ["GetServiceDetailsResult", "GetServiceResult", "GetServicesResult", "ServiceVersion", "VersionDetails"]
__all__ += ["get_service", "get_service_output", "get_services", "get_services_output"]
__all__ += ["get_service_details", "get_service_details_output"]
__all__ += ["GetBoilerplateResult", "GetDictionaryInfoResult", "GetGeneratedVclResult"]
__all__ += ["GetVclContentResult", "GetVersionDiffResult"]
__all__ += ["get_boilerplate", "get_boilerplate_output", "get_dictionary_info", "get_dictionary_info_output"]
__all__ += ["get_generated_vcl", "get_generated_vcl_output", "get_vcl_content", "get_vcl_content_output"]
__all__ += ["get_version_diff", "get_version_diff_output"]
__all__ += ["Event", "EventLogEntry", "GetEventLogResult", "GetEventsResult"]
__all__ += ["get_event_log", "get_event_log_output", "get_events", "get_events_output"]
__all__ += ["Coordinates", "Datacenter", "GetDatacentersResult", "GetIpRangesResult"]
__all__ += ["GetRealtimeStatsResult", "GetStatsResult", "Measurements", "RealtimeSecond", "StatsRow"]
__all__ += ["get_datacenters", "get_datacenters_output", "get_ip_ranges", "get_ip_ranges_output"]
__all__ += ["get_realtime_stats", "get_realtime_stats_output", "get_stats", "get_stats_output"]
