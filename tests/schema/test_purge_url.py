"""URLs that are purged, as people write them and as they are sent."""

import pytest
from pulumi_fastly_dynamic.schema.purge_url import purge_url

URLS = [
    ("www.example.com", "www.example.com/"),
    ("https://WWW.Example.com", "www.example.com/"),
    ("HTTP://www.example.com/A/b//C/", "www.example.com/A/b//C/"),
    ("www.example.com?a=B", "www.example.com/?a=B"),
    ("https://www.example.com/a?b=%2F&b=c+d&e=", "www.example.com/a?b=%2F&b=c+d&e="),
    ("www.example.com/?back=http://example.com/../x", "www.example.com/?back=http://example.com/../x"),
    ("https://www.example.com/grüße?q=ß", "www.example.com/gr%C3%BC%C3%9Fe?q=%C3%9F"),
    ("http://www.example.com:80/", "www.example.com/"),
    ("https://www.example.com:443/", "www.example.com/"),
    ("https://www.example.com:80/", "www.example.com:80/"),
    ("www.example.com:8080/", "www.example.com:8080/"),
    ("192.0.2.1/a", "192.0.2.1/a"),
    ("www.example.com/100%", "www.example.com/100%"),
    ("www.example.com/a*/b?c=*", "www.example.com/a*/b?c=*"),
    ("www.example.com/!$&'()*+,;=:@-._~", "www.example.com/!$&'()*+,;=:@-._~"),
]


@pytest.mark.parametrize(("written", "sent"), URLS)
def test_normalized_and_stable(written: str, sent: str) -> None:
    assert purge_url(written) == sent
    assert purge_url(sent) == sent
