"""HTTP/3."""

from ..resource import Versioned
from ..schema import Identity


class Http3(Versioned, kind="http3", path="http3", identity=Identity.SINGLETON, sent_always={"feature_revision": "1"}):
    """Offers HTTP/3 to clients. It has no properties: a service offers HTTP/3 while the resource is in the program.

    The TLS configuration of the service's domains must support HTTP/3 too.

    See https://www.fastly.com/documentation/reference/api/vcl-services/http3/
    """
