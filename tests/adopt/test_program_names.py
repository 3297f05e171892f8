"""Names of resources, variables, settings and files."""

import keyword

import pytest
from fastly_adopt import program_names as names


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("origin-1", True),
        ("www.example.com", True),
        ("*.example.com", True),
        ("a b", True),
        ("naïve", True),
        ("a/b@c", True),
        ('say "hi"', False),
        ("a\nb", False),
        ("a::b", False),
        (" a", False),
        ("a ", False),
        ("", False),
        ("x" * 101, False),
        ("\x7f", False),
    ],
)
def test_plain_names_are_resource_names(name: str, plain: bool) -> None:
    assert names.is_plain(name) is plain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("origin-1", "origin_1"),
        ("Is an Image", "is_an_image"),
        ("class", "class_backend"),
        ("match", "match_backend"),
        ("print", "print_backend"),
        ("release", "release_backend"),
        ("42", "backend_42"),
        ("日本", "backend"),
        ("naïve", "naive"),
        ("a\nb\"c'", "a_b_c"),
        ("", "backend"),
    ],
)
def test_identifiers(name: str, expected: str) -> None:
    found = names.identifier(name, "backend")
    assert found == expected
    assert found.isidentifier()
    assert not keyword.iskeyword(found)


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([("origin", "healthcheck"), ("origin", "backend")], ["origin_healthcheck", "origin_backend"]),
        ([("a-b", "backend"), ("a_b", "backend")], ["a_b_backend", "a_b_backend_2"]),
        ([("a", "backend"), ("b", "backend")], ["a", "b"]),
        ([("日", "backend"), ("本", "backend")], ["backend", "backend_2"]),
        ([("a", "backend"), ("a", "acl"), ("a backend", "director")], ["a_backend", "a_acl", "a_backend_2"]),
    ],
)
def test_two_objects_with_one_identifier(objects: list[tuple[str, str]], expected: list[str]) -> None:
    assert names.variables(objects) == expected


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        (["a", "b"], [], ["a", "b"]),
        (["a", "a", "a-2"], [], ["a", "a-3", "a-2"]),
        (["a"], ["a", "a-2"], ["a-3"]),
        (["vcl/a.vcl"], ["vcl/a.vcl"], ["vcl/a-2.vcl"]),
        (["x.y/a"], ["x.y/a"], ["x.y/a-2"]),
    ],
)
def test_unique_names(wanted: list[str], taken: list[str], expected: list[str]) -> None:
    assert names.unique(wanted, taken) == expected


@pytest.mark.parametrize(
    ("name", "slug", "file", "project"),
    [
        ("www.example.com", "www-example-com", "www.example.com", "www-example-com"),
        ("a b", "a-b", "a-b", "a-b"),
        ("../../etc/passwd", "etc-passwd", "etc-passwd", "etc-passwd"),
        (".hidden", "hidden", "hidden", "hidden"),
        ("true", "true", "true", "fastly-true"),
        ("42", "42", "42", "fastly-42"),
        ("日本", "service", "service", "service"),
    ],
)
def test_slugs_files_and_projects(name: str, slug: str, file: str, project: str) -> None:
    found = names.slug(name, "service"), names.file_stem(name, "service"), names.project(name)
    assert found == (slug, file, project)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("s3 logs", "secret_key"), "s3LogsSecretKey"),
        (("", "token"), "token"),
        (("日本", "token"), "token"),
        (("A-B", "x"), "aBX"),
    ],
)
def test_settings(parts: tuple[str, ...], expected: str) -> None:
    assert names.setting(*parts) == expected


def test_natural_order() -> None:
    assert sorted(["b", "a10", "A9", "a", "²"], key=names.natural) == ["a", "A9", "a10", "b", "²"]
