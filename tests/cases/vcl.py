"""Custom VCL: the emulator alone knows it."""

from .case import Case

CASE = Case(
    kind="vcl",
    minimal={"content": "sub a {\n}\n"},
    full={"content": "sub b {\n}\n"},
    changed={"content": "sub c {\n}\n"},
    answered={"main": False, "version": 1},
    class_name="VCL",
    refused_by_api=[
        ({"content": "sub a {}"}, "Name can't be blank"),
    ],
    client=("Vcl", "create_custom_vcl", "get_custom_vcl"),
)
