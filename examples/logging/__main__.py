"""Logs of one service to several destinations, each with its own share of the requests.

- S3 gets all requests, in hourly files. Fastly assumes an IAM role, so no secret is needed.
- Datadog gets one request of a hundred, and each error.
- An HTTPS server gets errors within a second.
- A syslog server gets what a snippet of VCL writes: who changed what.

All lines are JSON with the same fields, and some have more. Secrets come from the stack's configuration, and are
encrypted in the state.

    pulumi config set --secret datadogToken ...
    pulumi config set --secret alertsToken ...
    pulumi up
"""

import json

import pulumi
import pulumi_fastly_dynamic as fastly

# Read first: if a setting is missing, the program stops before anything is written.
CONFIG = pulumi.Config()
DATADOG_TOKEN = CONFIG.require_secret("datadogToken")
ALERTS_TOKEN = CONFIG.require_secret("alertsToken")
FIELDS = {
    "time": "%{begin:%Y-%m-%dT%H:%M:%SZ}t",
    "request_id": "%{json.escape(req.http.X-Request-Id)}V",
    "method": "%m",
    "host": "%{json.escape(req.http.host)}V",
    "url": "%{json.escape(req.url)}V",
    "status": "%>s",
    "bytes": "%{resp.bytes_written}V",
    "cache": "%{fastly_info.state}V",
    "pop": "%{server.datacenter}V",
    "elapsed_us": "%{time.elapsed.usec}V",
}
"""Fields of a log line. `%{...}V` is a VCL expression; what a visitor sends must be escaped."""


def line(**more: str) -> str:
    """Returns the format of a log line, with fields that only one destination needs."""
    return json.dumps({**FIELDS, **more})


def origin(release: fastly.Release) -> None:
    """Declares what a service needs besides logs."""
    host = "origin.example.com"
    fastly.Domain("logs.example.com", release=release)
    check = fastly.Healthcheck("alive", release=release, host=host, path="/healthz")
    fastly.Backend(
        "origin",
        release=release,
        address=host,
        port=443,
        use_ssl=True,
        ssl_cert_hostname=host,
        ssl_sni_hostname=host,
        healthcheck=check,
    )
    fastly.Header(
        "hsts",
        release=release,
        action="set",
        type="response",
        dst="http.Strict-Transport-Security",
        src='"max-age=31536000"',
    )
    for name in ("Server", "X-Powered-By"):
        fastly.Header(f"no-{name}", release=release, action="delete", type="response", dst=f"http.{name}")


def logs(release: fastly.Release) -> None:
    """Declares the destinations."""
    fastly.LoggingS3(
        "archive",
        release=release,
        bucket="example-logs",
        iam_role="arn:aws:iam::123456789012:role/fastly-logs",
        domain="s3.eu-central-1.amazonaws.com",
        path="/www/",
        period=3600,
        compression_codec="zstd",
        message_type="blank",
        format=line(),
    )
    sample = fastly.Condition(
        "sample", release=release, type="RESPONSE", statement="resp.status >= 500 || randombool(1, 100)"
    )
    fastly.LoggingDatadog(
        "sample",
        release=release,
        token=DATADOG_TOKEN,
        region="EU",
        format=line(ddsource="fastly", service="www"),
        response_condition=sample,
    )
    errors = fastly.Condition("errors", release=release, type="RESPONSE", statement="resp.status >= 500")
    fastly.LoggingHttps(
        "alerts",
        release=release,
        url="https://alerts.example.com/fastly",
        header_name="Authorization",
        header_value=pulumi.Output.concat("Bearer ", ALERTS_TOKEN),
        json_format="2",
        message_type="blank",
        period=1,
        format=line(agent="%{json.escape(req.http.User-Agent)}V"),
        response_condition=errors,
    )
    # With `placement="none"` no request is logged by itself: VCL decides what is written, and when.
    fastly.LoggingSyslog(
        "audit", release=release, address="syslog.example.com", port=6514, use_tls=True, placement="none"
    )
    fastly.Snippet(
        "audit",
        release=release,
        type="log",
        content='if (req.method != "GET" && req.method != "HEAD") {\n'
        '  log "syslog " req.service_id " audit :: " req.method " " req.url " by " client.ip;\n'
        "}\n",
    )


www = fastly.Service("www", name="logs.example.com", force_destroy=pulumi.get_stack() != "production")

with fastly.Release("www", service=www) as release:
    fastly.Header(
        "request-id",
        release=release,
        action="set",
        type="request",
        dst="http.X-Request-Id",
        src="uuid.version4()",
        ignore_if_set=True,
    )
    origin(release)
    logs(release)

pulumi.export("version", release.version.number)
