"""One example for each class in docs/reference.md: the body of the function that is named like the class.

Functions with the parameter ``release`` run inside its ``with`` block. Each is a program of its own, and a test runs
it.
"""

import pulumi
import pulumi_fastly_dynamic as fastly


def service() -> None:
    fastly.Service("www", name="www.example.com", comment="managed by Pulumi")


def release() -> None:
    www = fastly.Service("www", name="www.example.com")
    with fastly.Release("www", service=www, comment="autumn sale") as release:
        fastly.Domain("www.example.com", release=release)
        fastly.Backend("origin", release=release, address="origin.example.com")
    pulumi.export("version", release.version.number)


def domain(release: fastly.Release) -> None:
    fastly.Domain("www.example.com", release=release)
    fastly.Domain("subdomains", name="*.example.com", release=release, comment="all subdomains")


def backend(release: fastly.Release) -> None:
    healthy = fastly.Healthcheck("home-page", release=release, method="GET", path="/")
    fastly.Backend(
        "origin",
        release=release,
        address="origin.example.com",
        port=443,
        use_ssl=True,
        ssl_cert_hostname="origin.example.com",
        ssl_sni_hostname="origin.example.com",
        override_host="origin.example.com",
        healthcheck=healthy,
    )


def healthcheck(release: fastly.Release) -> None:
    healthy = fastly.Healthcheck("home-page", release=release, method="GET", path="/", check_interval=30000)
    fastly.Backend("origin", release=release, address="origin.example.com", healthcheck=healthy)


def condition(release: fastly.Release) -> None:
    api = fastly.Condition("api", release=release, type="REQUEST", statement='req.url ~ "^/api/"')
    fastly.Backend("api-origin", release=release, address="api.example.com", request_condition=api)


def header(release: fastly.Release) -> None:
    fastly.Header(
        "hsts",
        release=release,
        action="set",
        type="response",
        dst="http.Strict-Transport-Security",
        src='"max-age=31536000"',
    )
    fastly.Header("no-server", release=release, action="delete", type="response", dst="http.Server")


def snippet(release: fastly.Release) -> None:
    fastly.Snippet("no-cookies", release=release, type="recv", content="unset req.http.Cookie;")


def dynamic_snippet(release: fastly.Release) -> None:
    maintenance = fastly.DynamicSnippet("maintenance", release=release, type="recv", content="error 503;")
    pulumi.export("maintenance", maintenance.snippet_id)


def settings(release: fastly.Release) -> None:
    fastly.Settings("settings", release=release, default_ttl=600, stale_if_error=True)


def http3(release: fastly.Release) -> None:
    fastly.Http3("http3", release=release)


def image_optimizer_settings(release: fastly.Release) -> None:
    fastly.ImageOptimizerSettings("images", release=release, webp=True, webp_quality=80, jpeg_type="progressive")


def dictionary(release: fastly.Release) -> None:
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItems("redirects", dictionary=redirects, items={"/old": "/new"})


def dictionary_item(release: fastly.Release) -> None:
    redirects = fastly.Dictionary("redirects", release=release)
    fastly.DictionaryItem("old", dictionary=redirects, key="/old", value="/new")


def dictionary_items(release: fastly.Release) -> None:
    tokens = fastly.Dictionary("tokens", release=release, write_only=True)
    fastly.DictionaryItems("tokens", dictionary=tokens, items={"partner": pulumi.Output.secret("5ecr3t")})


def acl(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13"])


def acl_entry(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    fastly.AclEntry("vpn", acl=office, entry="198.51.100.7", comment="VPN")


def acl_entries(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    vpn = fastly.AclEntryArgs("198.51.100.7", comment="VPN")
    fastly.AclEntries("office", acl=office, entries=["192.0.2.0/24", "!192.0.2.13", vpn])


def acl_entry_args(release: fastly.Release) -> None:
    office = fastly.Acl("office", release=release)
    network = fastly.AclEntryArgs("192.0.2.0", subnet=24, comment="first floor")
    guests = fastly.AclEntryArgs("192.0.2.13", negated=True, comment="guests")
    fastly.AclEntries("office", acl=office, entries=[network, guests])


def director(release: fastly.Release) -> None:
    east = fastly.Backend("east", release=release, address="east.example.com")
    west = fastly.Backend("west", release=release, address="west.example.com")
    fastly.Director("origins", release=release, backends=[east, west], quorum=50)


def response_object(release: fastly.Release) -> None:
    closed = fastly.Condition("closed", release=release, type="REQUEST", statement='req.url ~ "^/shop"')
    fastly.ResponseObject(
        "maintenance",
        release=release,
        status=503,
        response="Service Unavailable",
        content="<p>Back in an hour.</p>",
        content_type="text/html",
        request_condition=closed,
    )


def cache_settings(release: fastly.Release) -> None:
    images = fastly.Condition("images", release=release, type="CACHE", statement='req.url ~ "^/images/"')
    fastly.CacheSettings("images", release=release, ttl=86400, stale_ttl=3600, cache_condition=images)


def request_settings(release: fastly.Release) -> None:
    fastly.RequestSettings("https", release=release, force_ssl=True)


def gzip(release: fastly.Release) -> None:
    fastly.Gzip("text", release=release, content_types=["text/html", "text/css"], extensions=["html", "css"])


def vcl(release: fastly.Release) -> None:
    fastly.Vcl("robots", release=release, content='sub robots {\n  set req.http.X-Robot = "1";\n}\n')


def rate_limiter(release: fastly.Release) -> None:
    fastly.RateLimiter(
        "api",
        release=release,
        action="response",
        client_key=["req.http.Fastly-Client-IP"],
        http_methods=["POST"],
        rps_limit=100,
        window_size=10,
        penalty_box_duration=5,
        response_status=429,
        response_content="Too many requests",
        response_content_type="text/plain",
    )


def logging_s3(release: fastly.Release) -> None:
    fastly.LoggingS3(
        "s3",
        release=release,
        bucket="example-logs",
        iam_role="arn:aws:iam::123456789012:role/fastly-logs",
        domain="s3.eu-west-1.amazonaws.com",
        compression_codec="zstd",
    )


def logging_https(release: fastly.Release) -> None:
    fastly.LoggingHttps(
        "https",
        release=release,
        url="https://logs.example.com/fastly",
        json_format="2",
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_datadog(release: fastly.Release) -> None:
    fastly.LoggingDatadog(
        "datadog",
        release=release,
        token=pulumi.Config().require_secret("datadog_key"),
        region="EU",
        format='{"service": "www", "host": "%{req.http.host}V", "status": %>s}',
    )


def logging_splunk(release: fastly.Release) -> None:
    fastly.LoggingSplunk(
        "splunk",
        release=release,
        url="https://splunk.example.com:8088/services/collector/event",
        token=pulumi.Config().require_secret("splunk_token"),
        use_tls=True,
    )


def logging_syslog(release: fastly.Release) -> None:
    fastly.LoggingSyslog(
        "syslog",
        release=release,
        address="syslog.example.com",
        port=6514,
        use_tls=True,
        tls_hostname="syslog.example.com",
    )


def logging_gcs(release: fastly.Release) -> None:
    fastly.LoggingGcs(
        "gcs",
        release=release,
        bucket_name="example-logs",
        account_name="fastly-logs",
        project_id="example",
        path="cdn/",
        gzip_level=6,
    )


def logging_kinesis(release: fastly.Release) -> None:
    fastly.LoggingKinesis(
        "kinesis",
        release=release,
        topic="example-logs",
        region="eu-west-1",
        iam_role="arn:aws:iam::123456789012:role/fastly-logs",
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_newrelic(release: fastly.Release) -> None:
    fastly.LoggingNewrelic(
        "newrelic",
        release=release,
        token=pulumi.Config().require_secret("newrelic_key"),
        region="EU",
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_sumologic(release: fastly.Release) -> None:
    fastly.LoggingSumologic(
        "sumologic",
        release=release,
        url=pulumi.Config().require_secret("sumologic_url"),
        message_type="blank",
    )


def logging_papertrail(release: fastly.Release) -> None:
    fastly.LoggingPapertrail(
        "papertrail",
        release=release,
        address="logs1.papertrailapp.com",
        port=12345,
    )


def logging_bigquery(release: fastly.Release) -> None:
    fastly.LoggingBigquery(
        "bigquery",
        release=release,
        project_id="example",
        dataset="cdn",
        table="requests",
        account_name="fastly-logs",
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_loggly(release: fastly.Release) -> None:
    fastly.LoggingLoggly(
        "loggly",
        release=release,
        token=pulumi.Config().require_secret("loggly_token"),
    )


def logging_elasticsearch(release: fastly.Release) -> None:
    fastly.LoggingElasticsearch(
        "elasticsearch",
        release=release,
        url="https://elasticsearch.example.com",
        index="cdn-#{%F}",
        user="fastly",
        password=pulumi.Config().require_secret("elasticsearch_password"),
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_kafka(release: fastly.Release) -> None:
    fastly.LoggingKafka(
        "kafka",
        release=release,
        topic="cdn",
        brokers="kafka1.example.com:9093,kafka2.example.com:9093",
        use_tls=True,
        auth_method="scram-sha-512",
        user="fastly",
        password=pulumi.Config().require_secret("kafka_password"),
    )


def logging_sftp(release: fastly.Release) -> None:
    fastly.LoggingSftp(
        "sftp",
        release=release,
        address="sftp.example.com",
        user="fastly",
        secret_key=pulumi.Config().require_secret("sftp_key"),
        ssh_known_hosts="sftp.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample",
        path="/logs/",
    )


def logging_ftp(release: fastly.Release) -> None:
    fastly.LoggingFtp(
        "ftp",
        release=release,
        address="ftp.example.com",
        user="fastly",
        password=pulumi.Config().require_secret("ftp_password"),
        path="/logs/",
    )


def logging_blobstorage(release: fastly.Release) -> None:
    fastly.LoggingBlobstorage(
        "azure",
        release=release,
        container="logs",
        account_name="example",
        sas_token=pulumi.Config().require_secret("azure_sas_token"),
        path="cdn/",
    )


def logging_honeycomb(release: fastly.Release) -> None:
    fastly.LoggingHoneycomb(
        "honeycomb",
        release=release,
        dataset="cdn",
        token=pulumi.Config().require_secret("honeycomb_key"),
        format='{"time": "%{begin:%Y-%m-%dT%H:%M:%SZ}t", "data": {"status": %>s}}',
    )


def logging_heroku(release: fastly.Release) -> None:
    fastly.LoggingHeroku(
        "heroku",
        release=release,
        url="https://1.us.logplex.io/logs",
        token=pulumi.Config().require_secret("heroku_token"),
    )


def logging_cloudfiles(release: fastly.Release) -> None:
    fastly.LoggingCloudfiles(
        "cloudfiles",
        release=release,
        bucket_name="logs",
        user="example",
        access_key=pulumi.Config().require_secret("rackspace_key"),
        region="LON",
    )


def logging_digitalocean(release: fastly.Release) -> None:
    fastly.LoggingDigitalocean(
        "digitalocean",
        release=release,
        bucket_name="example-logs",
        access_key=pulumi.Config().require_secret("spaces_access_key"),
        secret_key=pulumi.Config().require_secret("spaces_secret_key"),
        domain="ams3.digitaloceanspaces.com",
    )


def logging_grafanacloudlogs(release: fastly.Release) -> None:
    fastly.LoggingGrafanacloudlogs(
        "grafanacloudlogs",
        release=release,
        url="https://logs-prod-012.grafana.net",
        user="123456",
        token=pulumi.Config().require_secret("grafana_token"),
        index='{"env": "prod"}',
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_logentries(release: fastly.Release) -> None:
    fastly.LoggingLogentries(
        "logentries",
        release=release,
        token=pulumi.Config().require_secret("logentries_token"),
        region="EU",
    )


def logging_logshuttle(release: fastly.Release) -> None:
    fastly.LoggingLogshuttle(
        "logshuttle",
        release=release,
        url="https://logs.example.com",
        token=pulumi.Config().require_secret("logshuttle_token"),
    )


def logging_newrelicotlp(release: fastly.Release) -> None:
    fastly.LoggingNewrelicotlp(
        "newrelicotlp",
        release=release,
        token=pulumi.Config().require_secret("newrelic_key"),
        region="EU",
        format='{"host": "%{req.http.host}V", "status": %>s}',
    )


def logging_openstack(release: fastly.Release) -> None:
    fastly.LoggingOpenstack(
        "openstack",
        release=release,
        url="https://auth.example.com/v3",
        bucket_name="logs",
        user="example",
        access_key=pulumi.Config().require_secret("openstack_key"),
    )


def logging_googlepubsub(release: fastly.Release) -> None:
    fastly.LoggingGooglepubsub(
        "googlepubsub",
        release=release,
        project_id="example",
        topic="cdn",
        account_name="fastly-logs",
    )


def logging_scalyr(release: fastly.Release) -> None:
    fastly.LoggingScalyr(
        "scalyr",
        release=release,
        token=pulumi.Config().require_secret("scalyr_token"),
        region="EU",
        project_id="cdn",
    )


def product_enablement() -> None:
    www = fastly.Service("www", name="www.example.com")
    products = fastly.ProductEnablement(
        "www",
        service=www,
        brotli_compression=True,
        image_optimizer=True,
        ngwaf=True,
        ngwaf_workspace_id="7JFbo4RNA0OKdFWC04r6B3",
        ngwaf_traffic_ramp=10,
    )
    pulumi.export("ngwaf_workspace", products.ngwaf_workspace_id)


def purge() -> None:
    www = fastly.Service("www", name="www.example.com")
    with fastly.Release("www", service=www) as release:
        fastly.Domain("www.example.com", release=release)
    fastly.Purge("www", service=www, all=True, triggers=[release.version.number])
    fastly.Purge("news", service=www, keys=["news", "front-page"], soft=True, triggers=["edition 7"])


def user() -> None:
    fastly.User("alice", login="alice@example.com", name="Alice Jones", role="engineer")


def invitation() -> None:
    fastly.Invitation("dave", email="dave@example.com", role="engineer")


def billing_address() -> None:
    fastly.BillingAddress(
        "address",
        address_1="80719 Dorothea Mountain",
        address_2="Apt. 652",
        city="New Rasheedville",
        state="DE",
        country="US",
        postal_code="53538-5902",
    )


def customer() -> None:
    carol = fastly.User("carol", login="carol@example.com", name="Carol Jones", role="billing")
    fastly.Customer("account", name="Example Ltd", billing_contact_id=carol.id, force_2fa=True)
