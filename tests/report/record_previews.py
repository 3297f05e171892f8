"""Makes the previews that the tests read: real programs, the real engine, an emulator.

    python -m tests.report.record_previews [NAME ...]

Each case is a program that was brought up (or none), what someone else did then, and the program to preview. The
streaming form lands in `data/NAME.jsonl` (`.gz` where it is large), the document in `data/NAME.json` where a case asks
for it. Paths of this machine, times and ports are taken out; all else is as the engine wrote it.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.harness import PRELUDE, REPOSITORY, TIMEOUT_SECONDS, Emulator, Stack, new_stack, running_emulator

DATA = Path(__file__).parent / "data"
PACK = Path(__file__).parent / "pack"
LARGE = 20_000
STREAMING = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
DROPPED = {"stackTrace", "sourcePosition", "created", "modified"}
"""Places of this machine, and times."""

PEM = "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"
KEY = "-----BEGIN PRIVATE KEY-----\\nTOP-SECRET-%s\\n-----END PRIVATE KEY-----"

VCL = """
sub_vcl = '''
# Redirects of the old shop.
if (req.url.path ~ "^/shop/") {
  set req.http.X-Shop = "old";
  error 801;
}
set req.http.X-Country = client.geo.country_code;
'''.strip()
"""


@dataclass(frozen=True)
class Case:
    """One preview."""

    name: str
    after: str
    """The program to preview."""
    before: str | None = None
    """The program that was brought up."""
    meanwhile: Callable[[Emulator], None] | None = None
    """What someone else does between the two."""
    arguments: tuple[str, ...] = ("--refresh",)
    document: bool = False
    """Whether the document is kept as well."""


def release(*lines: str, service: str = 'fastly.Service("www", name="www.example.com")', options: str = "") -> str:
    """A program of one release."""
    body = "".join(f"    {line}\n" for line in lines)
    return f'www = {service}\nwith fastly.Release("www", service=www{options}) as release:\n{body}'


def backend(name: str = "origin", **values: Any) -> str:
    """A backend's line."""
    given = {"address": f"{name}.example.com", "port": 443, "use_ssl": True, **values}
    return f"fastly.Backend({name!r}, release=release, {', '.join(f'{k}={v!r}' for k, v in given.items())})"


DOMAIN = 'fastly.Domain("www.example.com", release=release)'
DICTIONARY = 'redirects = fastly.Dictionary("redirects", release=release)'


def items(text: str) -> str:
    """A line of dictionary items."""
    return f'fastly.DictionaryItems("redirects", dictionary=redirects, items={text})'


def _drift(emulator: Emulator) -> None:
    service = emulator.service_id("www.example.com")
    number = int(emulator.send("PUT", f"/service/{service}/version/{emulator.active(service)}/clone")["number"])
    emulator.send("PUT", f"/service/{service}/version/{number}/backend/origin", port=9000)
    emulator.send("DELETE", f"/service/{service}/version/{number}/backend/spare")
    emulator.send("PUT", f"/service/{service}/version/{number}/activate")
    dictionary = emulator.objects(service, "dictionary")["redirects"]["id"]
    emulator.send("PUT", f"/service/{service}/dictionary/{dictionary}/item/%2Fold", item_value="/drift")
    emulator.send("DELETE", f"/service/{service}/dictionary/{dictionary}/item/%2Fgone")


def _deactivated(emulator: Emulator) -> None:
    service = emulator.service_id("www.example.com")
    emulator.send("PUT", f"/service/{service}/version/{emulator.active(service)}/deactivate")


def _unreachable(emulator: Emulator) -> None:
    emulator.http.post(
        "/_emulator/faults", json={"method": "GET", "path": "*", "times": 50, "status": 403}
    ).raise_for_status()


SNIPPET = 'fastly.Snippet("redirects", release=release, type="recv", content=sub_vcl)'
DYNAMIC = 'fastly.DynamicSnippet("maintenance", release=release, type="recv", content={!r})'
ACL = 'office = fastly.Acl("office", release=release)'
ENTRIES = 'fastly.AclEntries("office", acl=office, entries={})'
HOSTILE = r"""
evil = "a|b `code` **bold** <script>alert(1)</script> [link](javascript:alert(1)) @somebody #1 &lt; \\| <!-- x"
vcl = f"# start\n```\n</code></pre><script>alert(1)</script>\n{evil}\n````diff\n@somebody"
controls = "a\n```\n@b\x1b[31m\u202e"
"""
SECRETS = (
    f'fastly.Backend("origin", release=release, address="origin.example.com", use_ssl=True, ssl_client_cert="{PEM}",'
    f' ssl_client_key="{KEY}")'
)
TOKENS = 'tokens = fastly.Dictionary("tokens", release=release, write_only=True)'
TOKEN_ITEMS = (
    'fastly.DictionaryItems("tokens", dictionary=tokens, items={{"token": pulumi.Output.secret("TOP-SECRET-{}")}})'
)
TOKEN_ITEM = 'fastly.DictionaryItem("{0}", dictionary=tokens, key="{0}", value=pulumi.Output.secret("TOP-SECRET-{1}"))'
OTHER = """
class Nothing(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("1", props)
    def diff(self, id_, olds, news):
        return pulumi.dynamic.DiffResult(changes=None)

class Note(pulumi.dynamic.Resource):
    def __init__(self, name, **props):
        super().__init__(Nothing(), name, props)

secret = pulumi.Output.secret("TOP-SECRET-{}")
Note("note", text="{}", password=secret, lines=[{}], hidden=["a", secret])
"""
SHOP = """
shop = fastly.Service("shop", name="shop.example.com")
with fastly.Release("shop", service=shop) as shop_release:
    fastly.Domain("shop.example.com", release=shop_release)
    fastly.Backend("shop", release=shop_release, address="shop-origin.example.com")
"""
NUMBERED = """
service = fastly.Service("s{0}", name="{0}.example.com")
with fastly.Release("r{0}", service=service) as release:
    fastly.Domain("{0}.example.com", release=release)
    fastly.Backend("o{0}", release=release, address="o.example.com")
"""
HOSTILE_SERVICE = 'fastly.Service("www", name="<img src=x onerror=alert(1)> @team `x` | y")'


def many(count: int, src: int) -> str:
    """A release of many objects."""
    return release(
        DOMAIN,
        backend(),
        f"for i in range({count}):",
        '    name = f"h-{i:03}"',
        f'    fastly.Header(name, release=release, action="set", type="request", dst=f"http.{{name}}", src="{src}")',
    )


CUSTOM_VCL = '''
subs = """
include "shared";
sub vcl_recv {
#FASTLY recv
  %s
  return(lookup);
}
sub vcl_error {
#FASTLY error
  return(deliver);
}
""".strip()
page = """
<!doctype html>
<h1>%s</h1>
""".strip()
line = \'\'\'{
  "url": "%%{json.escape(req.url)}V",
  "status": %%>s%s
}\'\'\'
'''


def many_kinds(*lines: str) -> str:
    """A release with custom VCL and these objects."""
    return release(
        DOMAIN,
        backend(),
        backend("spare"),
        'fastly.Vcl("main", release=release, main=True, content=subs)',
        'fastly.ResponseObject("blocked", release=release, status=403, response="Forbidden", content=page)',
        *lines,
    )


WAF = "ngwaf=True, ngwaf_workspace_id='W1', ngwaf_traffic_ramp=10"


def products(*named: str) -> str:
    """A release, and products of its service."""
    service, _, rest = release(DOMAIN).partition("\n")
    return f"{service}\nfastly.ProductEnablement('www', service=www, {', '.join(named)})\n{rest}"


def purges(port: int, edition: int, *, keys: bool = True) -> str:
    """A release with purges behind it: one of them after each activation."""
    behind = [
        "fastly.Purge('all', service=www, all=True, triggers=[release.version.number])",
        f"fastly.Purge('edition', service=www, url='https://www.example.com/', soft=True, triggers=[{edition}])",
        "fastly.Purge('elsewhere', url='www.example.net/')",
    ]
    behind += ["fastly.Purge('keys', service=www, keys=['news', pulumi.Output.secret('TOP-SECRET')])"] if keys else []
    return release(DOMAIN, backend(port=port)) + "\n".join([*behind, ""])


def _products_switched(emulator: Emulator) -> None:
    service = emulator.service_id("www.example.com")
    emulator.http.delete(f"/enabled-products/v1/ddos_protection/services/{service}").raise_for_status()


CASES = (
    Case(
        "first-creation",
        VCL
        + release(
            DOMAIN,
            'probe = fastly.Healthcheck("probe", release=release, path="/", headers=["B: 2", "A: 1"])',
            backend(healthcheck="probe"),
            'api = fastly.Condition("api", release=release, type="REQUEST", statement=\'req.url ~ "^/api/"\')',
            'fastly.Header("x-api", release=release, action="set", type="request", dst="http.X-Api", src=\'"1"\','
            " request_condition=api)",
            SNIPPET,
            'fastly.Settings(release=release, resource_name="settings", default_ttl=60)',
            DICTIONARY,
            items('{"/old": "/new", "/a": "/b"}'),
            ACL,
            ENTRIES.format('["192.0.2.0/24", "!192.0.2.13"]'),
            DYNAMIC.format("# nothing"),
        )
        + 'pulumi.export("version", release.version.number)\n',
        document=True,
    ),
    Case("one-change", release(DOMAIN, backend(port=8443)), release(DOMAIN, backend()), document=True),
    Case(
        "one-change-unrefreshed",
        release(DOMAIN, backend(port=8443)),
        release(DOMAIN, backend()),
        arguments=(),
        document=True,
    ),
    Case("nothing", release(DOMAIN, backend()), release(DOMAIN, backend()), document=True),
    Case("nothing-unrefreshed", release(DOMAIN, backend()), release(DOMAIN, backend()), arguments=(), document=True),
    Case(
        "several-kinds",
        VCL.replace("801", "802").replace("# Redirects", "# All redirects")
        + release(
            DOMAIN,
            'probe = fastly.Healthcheck("probe", release=release, path="/health", headers=["C: 3", "A: 1"])',
            backend(healthcheck="probe", first_byte_timeout=30000, override_host="shop.example.com"),
            'api = fastly.Condition("api", release=release, type="CACHE", statement=\'req.url ~ "^/(api|v2)/"\')',
            SNIPPET,
            'fastly.Settings(release=release, resource_name="settings", default_ttl=120)',
            options=', comment="Summer sale"',
        ),
        VCL
        + release(
            DOMAIN,
            'probe = fastly.Healthcheck("probe", release=release, path="/", headers=["B: 2", "A: 1"])',
            backend(healthcheck="probe"),
            'api = fastly.Condition("api", release=release, type="REQUEST", statement=\'req.url ~ "^/api/"\')',
            'fastly.Header("x-api", release=release, action="set", type="request", dst="http.X-Api", src=\'"1"\')',
            SNIPPET,
            'fastly.Settings(release=release, resource_name="settings", default_ttl=60)',
        ),
        document=True,
    ),
    Case(
        "replaced",
        release(
            'fastly.Domain("main", name="new.example.com", release=release)',
            backend(name="origin", port=443).replace("release=release", 'release=release, name="origin2"'),
        ),
        release('fastly.Domain("main", name="www.example.com", release=release)', backend()),
        document=True,
    ),
    Case(
        "moved",
        release(DOMAIN, 'fastly.Backend("origin-eu", name="origin", release=release, address="eu.example.com")'),
        release(DOMAIN, 'fastly.Backend("origin", release=release, address="origin.example.com")'),
    ),
    Case(
        "removed",
        release(DOMAIN, backend()),
        release(
            DOMAIN,
            'fastly.Domain("old.example.com", release=release)',
            backend(),
            backend("spare"),
            DICTIONARY + "\n    " + items('{"/a": "/b"}'),
        ),
        document=True,
    ),
    Case(
        "dictionary-renamed",
        release(
            DOMAIN,
            backend(),
            'redirects = fastly.Dictionary("redirects", name="moved", release=release)',
            items('{"/old": "/new"}'),
        ),
        release(DOMAIN, backend(), DICTIONARY, items('{"/old": "/new"}')),
    ),
    Case(
        "dictionary-anew",
        release(
            DOMAIN,
            backend(),
            'redirects = fastly.Dictionary("redirects", write_only=True, force_destroy=True, release=release)',
            items('{"/old": pulumi.Output.secret("TOP-SECRET-1")}'),
        ),
        release(DOMAIN, backend(), DICTIONARY, items('{"/old": "/new"}')),
        document=True,
    ),
    Case(
        "items",
        release(
            DOMAIN,
            backend(),
            DICTIONARY,
            items('{"/old": "/newer", "/x": "/y"}'),
            'fastly.DictionaryItem("one", dictionary=redirects, key="/one", value="2")',
            ACL,
            ENTRIES.format(
                '["!192.0.2.13", "198.51.100.7", fastly.AclEntryArgs(ip="192.0.2.0", subnet=24, comment="HQ")]'
            ),
            'fastly.AclEntry("guest", acl=office, entry="203.0.113.9", comment="Guest")',
        ),
        release(
            DOMAIN,
            backend(),
            DICTIONARY,
            items('{"/old": "/new", "/gone": "/b"}'),
            'fastly.DictionaryItem("one", dictionary=redirects, key="/one", value="1")',
            ACL,
            ENTRIES.format('["192.0.2.0/24", "!192.0.2.13"]'),
        ),
        document=True,
    ),
    Case(
        "dynamic-snippet",
        release(DOMAIN, backend(), DYNAMIC.format('# maintenance\nerror 503 "Back soon";')),
        release(DOMAIN, backend(), DYNAMIC.format("# nothing\n# at all")),
        document=True,
    ),
    Case(
        "drift",
        release(DOMAIN, backend(), backend("spare"), DICTIONARY, items('{"/old": "/new", "/gone": "/b"}')),
        release(DOMAIN, backend(), backend("spare"), DICTIONARY, items('{"/old": "/new", "/gone": "/b"}')),
        _drift,
        document=True,
    ),
    Case(
        "drift-unrefreshed",
        release(DOMAIN, backend(), backend("spare"), DICTIONARY, items('{"/old": "/new", "/gone": "/b"}')),
        release(DOMAIN, backend(), backend("spare"), DICTIONARY, items('{"/old": "/new", "/gone": "/b"}')),
        _drift,
        arguments=(),
    ),
    Case(
        "drift-agreed",
        release(DOMAIN, backend(port=9000), DICTIONARY, items('{"/old": "/drift"}')),
        release(DOMAIN, backend(), backend("spare"), DICTIONARY, items('{"/old": "/new", "/gone": "/b"}')),
        _drift,
        document=True,
    ),
    Case("deactivated", release(DOMAIN, backend()), release(DOMAIN, backend()), _deactivated),
    Case(
        "secrets",
        release(
            DOMAIN, SECRETS % 2, TOKENS, TOKEN_ITEMS.format(2), TOKEN_ITEM.format("one", 4), TOKEN_ITEM.format("two", 5)
        ),
        release(DOMAIN, SECRETS % 1, TOKENS, TOKEN_ITEMS.format(1), TOKEN_ITEM.format("one", 3)),
        document=True,
    ),
    Case("secrets-created", release(DOMAIN, SECRETS % 2, TOKENS, TOKEN_ITEMS.format(2)), document=True),
    Case(
        "policies",
        release(
            DOMAIN,
            backend(use_ssl=False),
            backend("second", ssl_check_cert=False, comment="us"),
            (SECRETS % 1).replace("'origin'", "'third'").replace('"origin"', '"third"'),
        ),
        release(DOMAIN),
        arguments=("--refresh", "--policy-pack", str(PACK)),
        document=True,
    ),
    Case(
        "policies-kept",
        release(DOMAIN, backend(comment="us")),
        release(DOMAIN),
        arguments=("--refresh", "--policy-pack", str(PACK)),
    ),
    Case(
        "policies-nothing",
        release(DOMAIN, backend(), backend("second")),
        release(DOMAIN, backend(), backend("second")),
        arguments=("--refresh", "--policy-pack", str(PACK)),
    ),
    Case("failed-check", release(DOMAIN, backend(port=99999)), release(DOMAIN, backend()), document=True),
    Case(
        "program-error",
        release(DOMAIN, backend()) + "raise RuntimeError('no <b>good</b>')\n",
        release(DOMAIN, backend()),
        document=True,
    ),
    Case("program-mistake", release(DOMAIN, backend(), backend()), release(DOMAIN, backend()), document=True),
    Case(
        "protected",
        release(DOMAIN, backend()),
        release(
            DOMAIN,
            backend(),
            backend("kept").replace("release=release", "release=release, opts=pulumi.ResourceOptions(protect=True)"),
        ),
        document=True,
    ),
    Case(
        "retained",
        release(
            DOMAIN,
            backend(),
            backend("b").replace("release=release", "release=release, opts=pulumi.ResourceOptions(protect=True)"),
        ),
        release(
            DOMAIN,
            backend(),
            backend("b"),
            backend("kept").replace(
                "release=release", "release=release, opts=pulumi.ResourceOptions(retain_on_delete=True)"
            ),
        ),
        document=True,
    ),
    Case("refused-key", release(DOMAIN, backend()), release(DOMAIN, backend()), _unreachable, document=True),
    Case(
        "two-services",
        release(DOMAIN, backend(port=8443)) + SHOP,
        release(DOMAIN, backend()),
        document=True,
    ),
    Case(
        "two-new-services",
        NUMBERED.format(1) + NUMBERED.format(2),
        document=True,
    ),
    Case("destroyed", "", release(DOMAIN, backend(), DICTIONARY, items('{"/old": "/new"}')), document=True),
    Case("release-removed", 'www = fastly.Service("www", name="www.example.com")\n', release(DOMAIN, backend())),
    Case("comment", release(DOMAIN, backend(), options=', comment="Summer"'), release(DOMAIN, backend())),
    Case(
        "draft-only",
        release(DOMAIN, backend(port=8443), options=", activate=False"),
        release(DOMAIN, backend(), options=", activate=False"),
    ),
    Case(
        "logging",
        CUSTOM_VCL % ("call extra;", "Blocked", ',\n  "bytes": %B')
        + many_kinds(
            'fastly.Vcl("shared", release=release, content="sub extra { esi; }")',
            'errors = fastly.Condition("errors", release=release, type="RESPONSE", statement="resp.status >= 500")',
            'fastly.Director("pool", release=release, backends=["origin"], quorum=50)',
            'fastly.Director("more", release=release, backends=["origin", "spare"])',
            'fastly.Gzip("text", release=release, content_types=["text/html"], extensions=["css", "js", "svg"])',
            'fastly.RateLimiter("api", release=release, action="response_object", client_key=["client.ip"],'
            ' http_methods=["POST", "PUT"], rps_limit=20, window_size=60, penalty_box_duration=5,'
            ' response_object="blocked")',
            'fastly.LoggingS3("files", release=release, bucket="www-logs", format=line, access_key="TOP-SECRET-1",'
            ' secret_key="TOP-SECRET-3", response_condition=errors)',
            'fastly.LoggingHttps("collector", release=release, url="https://b.example.com/", placement="none",'
            ' header_name="Authorization", header_value="TOP-SECRET-4")',
            'fastly.LoggingBigquery("table", release=release, project_id="shop", dataset="logs", table="www",'
            ' format=line, account_name="logs")',
            'fastly.LoggingSumologic("sumo", release=release, url="https://example.com/TOP-SECRET-6")',
        ),
        CUSTOM_VCL % ("esi;", "Go away", "")
        + many_kinds(
            'fastly.Vcl("shared", release=release, content="sub extra { }")',
            'fastly.Director("pool", release=release, backends=["origin", "spare"])',
            'fastly.Gzip("text", release=release, extensions=["css", "js"])',
            'fastly.RateLimiter("api", release=release, action="response_object", client_key=["client.ip"],'
            ' http_methods=["POST"], rps_limit=10, window_size=60, penalty_box_duration=5, response_object="blocked")',
            'fastly.LoggingS3("files", release=release, bucket="www-logs", format=line, access_key="TOP-SECRET-1",'
            ' secret_key="TOP-SECRET-2")',
            'fastly.LoggingHttps("collector", release=release, url="https://a.example.com/",'
            ' header_name="Authorization", header_value="TOP-SECRET-4")',
            'fastly.LoggingSumologic("sumo", release=release, url="https://example.com/TOP-SECRET-5")',
            'fastly.LoggingDatadog("gone", release=release, token="TOP-SECRET-7", region="EU")',
        ),
        document=True,
    ),
    Case("many", many(200, 2), many(200, 1), document=True),
    Case(
        "hostile",
        HOSTILE
        + release(
            DOMAIN,
            backend(comment="").replace("comment=''", "comment=evil"),
            'fastly.Header(evil, release=release, action="set", type="request", dst="http.X", src="1")',
            'fastly.Snippet("vcl", release=release, type="recv", content=vcl)',
            DICTIONARY,
            items('{evil: evil, "/n": controls}'),
            service=HOSTILE_SERVICE,
        ),
        release(
            DOMAIN,
            backend(),
            'fastly.Snippet("vcl", release=release, type="recv", content="# start\\n")',
            DICTIONARY,
            service=HOSTILE_SERVICE,
        ),
        document=True,
    ),
    Case(
        "other-resources",
        release(DOMAIN, backend()) + OTHER.format(2, "new", '"b", "a"'),
        release(DOMAIN, backend()) + OTHER.format(1, "old", '"a"'),
        document=True,
    ),
    Case("products-new", products("brotli_compression=True, websockets=False", WAF)),
    Case(
        "products",
        products("brotli_compression=False, ddos_protection=True, ddos_protection_mode='block'", WAF),
        products("brotli_compression=True, ddos_protection=True, ddos_protection_mode='log', websockets=True"),
        _products_switched,
        document=True,
    ),
    Case(
        "products-too-early",
        products("brotli_compression=False") + f"    {backend()}\n",
        products("brotli_compression=True"),
    ),
    Case("purges-new", purges(443, 1)),
    Case("purges", purges(8443, 2, keys=False), purges(443, 1), document=True),
    Case("products-removed", release(DOMAIN), products("brotli_compression=True, image_optimizer=False")),
)


def scrubbed(text: str, folder: Path, emulator: Emulator) -> str:
    """The text without places of this machine."""
    places = {
        str(folder): "/stack",
        str(REPOSITORY / ".venv"): "/venv",
        str(REPOSITORY): "/repository",
        sys.base_prefix: "/python",
        str(Path.home()): "/home",
        emulator.url: "http://127.0.0.1:7070",
    }
    for place, name in places.items():
        text = text.replace(place, name)
    # Where the program is named relative to nothing: the engine climbs to the root first.
    return re.sub(r"(\.\./)+", "/", text)


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: 0 if key in {"timestamp", "duration", "durationSeconds"} else _without_places(row)
            for key, row in value.items()
            if key not in DROPPED
        }
    return [_without_places(row) for row in value] if isinstance(value, list) else value


def preview(stack: Stack, *arguments: str, streaming: bool) -> "subprocess.CompletedProcess[str]":
    """The CLI's preview, its two outputs apart."""
    environment = stack.environ() | (STREAMING if streaming else {})
    cli = shutil.which("pulumi", path=environment["PATH"])
    assert cli, "there is no pulumi CLI: run `make engine`"
    return subprocess.run(
        [cli, "preview", "--json", "--non-interactive", *arguments],
        cwd=stack.folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


def keep(name: str, lines: list[str]) -> None:
    """Writes the data, compressed where it is large; no bytes differ from run to run without cause."""
    text = "".join(f"{line}\n" for line in lines).encode()
    path = DATA / name
    if len(text) > LARGE:
        path = path.with_name(f"{name}.gz")
        text = gzip.compress(text, mtime=0)
    path.write_bytes(text)


def record(case: Case, folder: Path, emulator: Emulator) -> None:
    """Makes one preview and keeps it."""
    emulator.reset()
    stack = new_stack(folder, emulator)
    if case.before is not None:
        done = stack.up(case.before)
        assert done.ok, f"{case.name}: {done}"
    if case.meanwhile:
        case.meanwhile(emulator)
    (stack.folder / "__main__.py").write_text(PRELUDE + case.after)
    for streaming in (True, False) if case.document else (True,):
        made = preview(stack, *case.arguments, streaming=streaming)
        text = scrubbed(made.stdout, folder, emulator)
        rows = [json.dumps(_without_places(json.loads(line))) for line in (text.splitlines() if streaming else [text])]
        keep(f"{case.name}.{'jsonl' if streaming else 'json'}", rows)
        sys.stdout.write(f"{case.name}: exit code {made.returncode}, {len(rows)} lines\n{made.stderr}")
        sys.stdout.flush()


def main() -> None:
    """Records the named cases, or all."""
    wanted = set(sys.argv[1:]) or {case.name for case in CASES}
    DATA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, running_emulator() as emulator:
        for case in CASES:
            if case.name in wanted:
                record(case, Path(temporary) / case.name, emulator)


if __name__ == "__main__":
    main()
