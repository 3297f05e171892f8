"""The numbers of a row of statistics.

As in a recording of ``GET /stats/aggregate`` (2024), which has all of them, zeros included.
"""

from collections.abc import Iterable, Mapping

Number = int | float
Counts = dict[str, Number]

_NAMES = """
    attack_blocked_req_body_bytes attack_blocked_req_header_bytes attack_logged_req_body_bytes
    attack_logged_req_header_bytes attack_passed_req_body_bytes attack_passed_req_header_bytes attack_req_body_bytes
    attack_req_header_bytes attack_resp_synth_bytes bereq_body_bytes bereq_header_bytes blacklist body_size
    compute_execution_time_ms compute_ram_used compute_request_time_ms compute_requests deliver_sub_count
    deliver_sub_time edge_hit_requests edge_hit_resp_body_bytes edge_hit_resp_header_bytes edge_miss_requests
    edge_miss_resp_body_bytes edge_miss_resp_header_bytes edge_requests edge_resp_body_bytes edge_resp_header_bytes
    error_sub_count error_sub_time errors fetch_sub_count fetch_sub_time hash_sub_count hash_sub_time header_size
    hit_resp_body_bytes hit_sub_count hit_sub_time hits hits_time http2 imgopto imgopto_resp_body_bytes
    imgopto_resp_header_bytes imgopto_shield_resp_body_bytes imgopto_shield_resp_header_bytes ipv6 log log_bytes miss
    miss_resp_body_bytes miss_sub_count miss_sub_time miss_time object_size_100k object_size_100m object_size_10k
    object_size_10m object_size_1g object_size_1k object_size_1m orig_req_body_size orig_req_header_size
    orig_resp_body_size orig_resp_header_size origin_cache_fetch_resp_body_bytes origin_cache_fetch_resp_header_bytes
    origin_cache_fetches origin_fetch_body_bytes origin_fetch_header_bytes origin_fetch_resp_body_bytes
    origin_fetch_resp_header_bytes origin_fetches origin_revalidations otfp otfp_deliver_time otfp_manifests
    otfp_resp_body_bytes otfp_resp_header_bytes otfp_shield_resp_body_bytes otfp_shield_resp_header_bytes
    otfp_shield_time pass pass_resp_body_bytes pass_sub_count pass_sub_time pass_time pci pipe pipe_sub_count
    pipe_sub_time predeliver_sub_count predeliver_sub_time prehash_sub_count prehash_sub_time recv_sub_count
    recv_sub_time req_body_bytes req_header_bytes requests resp_body_bytes resp_header_bytes restarts
    segblock_origin_fetches segblock_shield_fetches shield shield_fetch_body_bytes shield_fetch_header_bytes
    shield_fetch_resp_body_bytes shield_fetch_resp_header_bytes shield_fetches shield_resp_body_bytes
    shield_resp_header_bytes shield_revalidations status_1xx status_200 status_204 status_206 status_2xx status_301
    status_302 status_304 status_3xx status_400 status_401 status_403 status_404 status_416 status_429 status_4xx
    status_500 status_501 status_502 status_503 status_504 status_505 status_5xx synth tls tls_handshake_sent_bytes
    tls_v10 tls_v11 tls_v12 tls_v13 uncacheable video waf_blocked waf_logged waf_passed
"""
COUNTED = tuple(_NAMES.split())
"""What is counted, and added up over seconds, datacenters and services."""

_DELIVERED = ("resp_header_bytes", "resp_body_bytes", "bereq_header_bytes", "bereq_body_bytes")
"""The bandwidth, as documented and as in the recording, which counts the bytes to origins too."""


def total(parts: Iterable[Mapping[str, Number]]) -> Counts:
    """Adds up; every field is there."""
    sums: Counts = dict.fromkeys(COUNTED, 0)
    for part in parts:
        for name, value in part.items():
            sums[name] += value
    return sums


def with_derived(counts: Counts) -> dict[str, Number | None]:
    """Adds what follows from the counts."""
    looked_up = counts["hits"] + counts["miss"]
    return {
        **counts,
        "bandwidth": bandwidth(counts),
        # Assumed: null without hits and misses, since Fastly's Python client takes null.
        "hit_ratio": counts["hits"] / looked_up if looked_up else None,
    }


def bandwidth(counts: Mapping[str, Number]) -> Number:
    """Bytes delivered."""
    return sum(counts.get(name, 0) for name in _DELIVERED)
