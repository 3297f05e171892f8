"""Layer: the kinds, one class per file (a single item beside its batch). Importing it fills the schema table."""

from .acl import Acl
from .acl_entries import AclEntries, AclEntry, AclEntryArgs
from .backend import Backend
from .billing_address import BillingAddress
from .cache_settings import CacheSettings
from .condition import Condition
from .customer_record import Customer
from .dictionary import Dictionary
from .dictionary_items import DictionaryItem, DictionaryItems
from .director import Director
from .domain import Domain
from .dynamic_snippet import DynamicSnippet
from .gzip import Gzip
from .header import Header
from .healthcheck import Healthcheck
from .http3 import Http3
from .image_optimizer_settings import ImageOptimizerSettings
from .invitation import Invitation
from .logging_bigquery import LoggingBigquery
from .logging_blobstorage import LoggingBlobstorage
from .logging_cloudfiles import LoggingCloudfiles
from .logging_datadog import LoggingDatadog
from .logging_digitalocean import LoggingDigitalocean
from .logging_elasticsearch import LoggingElasticsearch
from .logging_ftp import LoggingFtp
from .logging_gcs import LoggingGcs
from .logging_googlepubsub import LoggingGooglepubsub
from .logging_grafanacloudlogs import LoggingGrafanacloudlogs
from .logging_heroku import LoggingHeroku
from .logging_honeycomb import LoggingHoneycomb
from .logging_https import LoggingHttps
from .logging_kafka import LoggingKafka
from .logging_kinesis import LoggingKinesis
from .logging_logentries import LoggingLogentries
from .logging_loggly import LoggingLoggly
from .logging_logshuttle import LoggingLogshuttle
from .logging_newrelic import LoggingNewrelic
from .logging_newrelicotlp import LoggingNewrelicotlp
from .logging_openstack import LoggingOpenstack
from .logging_papertrail import LoggingPapertrail
from .logging_s3 import LoggingS3
from .logging_scalyr import LoggingScalyr
from .logging_sftp import LoggingSftp
from .logging_splunk import LoggingSplunk
from .logging_sumologic import LoggingSumologic
from .logging_syslog import LoggingSyslog
from .product_enablement import ProductEnablement
from .purge import Purge
from .rate_limiter import RateLimiter
from .request_settings import RequestSettings
from .response_object import ResponseObject
from .service import Service
from .settings import Settings
from .snippet import Snippet
from .user import User
from .vcl import Vcl

__all__ = [
    "Acl",
    "AclEntries",
    "AclEntry",
    "AclEntryArgs",
    "Backend",
    "BillingAddress",
    "CacheSettings",
    "Condition",
    "Customer",
    "Dictionary",
    "DictionaryItem",
    "DictionaryItems",
    "Director",
    "Domain",
    "DynamicSnippet",
    "Gzip",
    "Header",
    "Healthcheck",
    "Http3",
    "ImageOptimizerSettings",
    "Invitation",
    "LoggingBigquery",
    "LoggingBlobstorage",
    "LoggingCloudfiles",
    "LoggingDatadog",
    "LoggingDigitalocean",
    "LoggingElasticsearch",
    "LoggingFtp",
    "LoggingGcs",
    "LoggingGooglepubsub",
    "LoggingGrafanacloudlogs",
    "LoggingHeroku",
    "LoggingHoneycomb",
    "LoggingHttps",
    "LoggingKafka",
    "LoggingKinesis",
    "LoggingLogentries",
    "LoggingLoggly",
    "LoggingLogshuttle",
    "LoggingNewrelic",
    "LoggingNewrelicotlp",
    "LoggingOpenstack",
    "LoggingPapertrail",
    "LoggingS3",
    "LoggingScalyr",
    "LoggingSftp",
    "LoggingSplunk",
    "LoggingSumologic",
    "LoggingSyslog",
    "ProductEnablement",
    "Purge",
    "RateLimiter",
    "RequestSettings",
    "ResponseObject",
    "Service",
    "Settings",
    "Snippet",
    "User",
    "Vcl",
]
