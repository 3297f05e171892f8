"""Custom VCL."""

from .case import Case

CASE = Case(
    kind="vcl",
    minimal={"content": "sub a {\n}\n"},
    full={"content": "sub b {\n}\n", "main": True},
    changed={"content": "sub c {\n}\n"},
    refused=[
        ({"content": ""}, "content: content is empty"),
        ({"content": "#" * (1024 * 1024 + 1)}, "content: content must have at most 1 MB"),
    ],
    documented="name content main service_id version created_at updated_at deleted_at",
    links=frozenset({"main"}),
    answered={"main": False, "version": 1},
    class_name="VCL",
    refused_by_api=[
        ({"content": "sub a {}"}, "Name can't be blank"),
    ],
    client=("Vcl", "create_custom_vcl", "get_custom_vcl"),
)
