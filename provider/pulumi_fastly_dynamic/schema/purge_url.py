"""URLs that are purged: as people write them, and as the API takes them."""

import re
from typing import Annotated
from urllib.parse import quote

from .limits import ENDS_IN_NUMBER, HOST_NAME, Checked, is_address
from .problem_texts import Unsuitable

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
DEFAULT_PORTS = {"http": "80", "https": "443"}
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def purge_url(text: str) -> str:
    """Host and path: without the scheme, with the host in lower case, without the scheme's own port.

    The API has the URL in its path, and takes no scheme for what it is: the cache does not know it.
    """
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValueError("must not have white space or control characters: percent-encode them")
    before, sharp, _ = text.partition("#")
    if sharp:
        raise Unsuitable("must be without a fragment, which browsers do not send", before)
    scheme = SCHEME.match(text)
    if scheme and scheme[1].lower() not in DEFAULT_PORTS:
        raise ValueError("must begin with https://, http:// or the host name")
    whole = text[scheme.end() :] if scheme else text
    authority = re.split(r"[/?]", whole, maxsplit=1)[0]
    host = _authority(authority.lower(), DEFAULT_PORTS[scheme[1].lower()] if scheme else "")
    path, question, query = whole[len(authority) :].partition("?")
    if {".", ".."} & {*path.split("/")}:
        raise ValueError("must not have '.' or '..' as a part of its path: HTTP clients resolve them")
    if path.endswith("*"):
        raise ValueError(
            "must not have a path that ends in '*': Fastly has no wildcards. Give responses a common surrogate key, "
            "and purge that with keys=[...]"
        )
    # What browsers send: the UTF-8 bytes. A percent sign may be one of an encoded character.
    return host + quote((path or "/") + question + query, safe=PRINTABLE)


def _authority(text: str, default_port: str) -> str:
    if "@" in text:
        raise ValueError("must be without user name and password")
    if not text.isascii():
        raise ValueError("must have its host name in ASCII: write it in its xn-- form")
    host, colon, port = text.partition(":")
    is_name = HOST_NAME.fullmatch(host) and (is_address(host) or not ENDS_IN_NUMBER.fullmatch(host))
    if not is_name or (colon and not re.fullmatch(r"[0-9]{1,5}", port)):
        raise ValueError("must begin with https://, http:// or a host name, without wildcards")
    return host if port in {"", default_port} else text


PurgeUrl = Annotated[str, Checked(purge_url)]
"""A URL, or host and path; normalized."""
