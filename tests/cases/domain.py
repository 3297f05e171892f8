"""Domain."""

from .case import Case

CASE = Case(
    kind="domain",
    name="*.example.com",
    full={"comment": "ours"},
    changed={"comment": "changed"},
    taken=[
        {"name": name}
        for name in ("example.com", "xn--bcher-kva.example", "a_b.example.com", "localhost", "a" * 63 + ".com")
    ],
    refused=[
        *(
            ({"name": name}, "name: name must be a host name such as www.example.com or *.example.com")
            for name in ("a b", "https://example.com", "example.com/", "example.com.", "-a.com", "*", "ü.com")
        ),
        ({"name": "a" * 64 + ".com"}, "name: name must be a host name"),
        ({"name": "a." * 126 + "com"}, "name: at most 253 characters"),
    ],
    documented="comment name service_id version",
    answered={"comment": "", "version": 1},
    refused_by_api=[({}, "Name can't be blank"), ({"name": "a b"}, "valid domain name")],
    client=("Domain", "create_domain", "get_domain"),
)
