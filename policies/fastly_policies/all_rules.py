"""The rules of this package."""

from .acls import ACL_OPEN_TO_ALL
from .addresses import BACKEND_PUBLIC_ADDRESS
from .backends import BACKEND_HEALTHCHECK, BACKEND_TIMEOUTS
from .conditions import CONDITION_USED
from .dictionaries import DICTIONARY_SECRETS
from .guard import DESTROY_GUARD
from .headers import SECURITY_HEADERS
from .logging_format import LOGGING_FORMAT
from .logging_rules import LOGGING_SECRETS, LOGGING_TLS
from .naming import NAMING
from .releases import RELEASE_COMPLETE, RELEASE_DOMAIN
from .rule import Rule
from .shields import SHIELD_EXISTS
from .tls import BACKEND_MIN_TLS, BACKEND_TLS, BACKEND_TLS_NAMES, TLS_PORT
from .vcl_rules import VCL_LINT, VCL_LINT_ADVICE

RULES: tuple[Rule, ...] = (
    BACKEND_TLS,
    BACKEND_TLS_NAMES,
    BACKEND_MIN_TLS,
    TLS_PORT,
    BACKEND_PUBLIC_ADDRESS,
    BACKEND_HEALTHCHECK,
    BACKEND_TIMEOUTS,
    SHIELD_EXISTS,
    ACL_OPEN_TO_ALL,
    DICTIONARY_SECRETS,
    VCL_LINT,
    VCL_LINT_ADVICE,
    SECURITY_HEADERS,
    LOGGING_TLS,
    LOGGING_SECRETS,
    LOGGING_FORMAT,
    CONDITION_USED,
    RELEASE_COMPLETE,
    RELEASE_DOMAIN,
    DESTROY_GUARD,
    NAMING,
)
"""Every rule of this package."""
