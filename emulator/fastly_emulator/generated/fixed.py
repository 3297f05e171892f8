"""The statements of every service, and those that a switch turns on.

They are those of public generated VCL (2016-2026); words and lay-out are this package's.
"""

from .requests import FORCE_TLS_STATUS
from .writing import text

TIMER = text("""
    if (req.restarts == 0) {
      if (!req.http.X-Timer) {
        set req.http.X-Timer = "S" time.start.sec "." time.start.usec_frac;
      }
      set req.http.X-Timer = req.http.X-Timer ",VS0";
    }
""")
BROTLI = text(r"""
    if (req.http.Fastly-Orig-Accept-Encoding) {
      if (req.http.Fastly-Orig-Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
      }
    }
""")
MAY_SHIELD = text("""
    declare local var.fastly_req_do_shield BOOL;
    set var.fastly_req_do_shield = (req.restarts == 0);
""")
TO_BACKEND = text("""
    {
      {
        if (req.http.Fastly-FF) {
          set bereq.http.Fastly-Client = "1";
        }
      }
      {
        unset bereq.http.Fastly-Original-Cookie;
        unset bereq.http.Fastly-Original-URL;
        unset bereq.http.Fastly-Vary-String;
        unset bereq.http.X-Varnish-Client;
      }
      if (req.http.Fastly-Temp-XFF) {
        if (req.http.Fastly-Temp-XFF == "") {
          unset bereq.http.X-Forwarded-For;
        } else {
          set bereq.http.X-Forwarded-For = req.http.Fastly-Temp-XFF;
        }
      }
    }
""")
STALE_OR_AGAIN = text("""
    if (beresp.status >= 500 && beresp.status < 600) {
      if (stale.exists) {
        return(deliver_stale);
      }
      if (req.restarts < 1 && (req.request == "GET" || req.request == "HEAD")) {
        restart;
      }
    }
""")
FETCHED = text("""
    set beresp.http.Fastly-Debug-Path = "(F " server.identity " " now.sec ") " \
if(beresp.http.Fastly-Debug-Path, beresp.http.Fastly-Debug-Path, "");
    if (req.http.Fastly-Vary-String) {
      if (beresp.http.Vary) {
        set beresp.http.Vary = "Fastly-Vary-String, " beresp.http.Vary;
      } else {
        set beresp.http.Vary = "Fastly-Vary-String, ";
      }
    }
""")
TO_CLIENT = text(r"""
    if (req.http.Fastly-Debug || req.http.Fastly-FF) {
      set resp.http.Fastly-Debug-Path = "(D " server.identity " " now.sec ") "
        if(resp.http.Fastly-Debug-Path, resp.http.Fastly-Debug-Path, "");
      set resp.http.Fastly-Debug-TTL = if(obj.hits > 0, "(H ", "(M ")
        server.identity
        if(req.http.Fastly-Tmp-Obj-TTL && req.http.Fastly-Tmp-Obj-Grace,
          " " req.http.Fastly-Tmp-Obj-TTL " " req.http.Fastly-Tmp-Obj-Grace " ", " - - ")
        if(resp.http.Age, resp.http.Age, "-")
        ") "
        if(resp.http.Fastly-Debug-TTL, resp.http.Fastly-Debug-TTL, "");
      set resp.http.Fastly-Debug-Digest = digest.hash_sha256(req.digest);
    } else {
      unset resp.http.Fastly-Debug-Path;
      unset resp.http.Fastly-Debug-TTL;
      unset resp.http.Fastly-Debug-Digest;
    }
    {
      if (!resp.http.X-Served-By) {
        set resp.http.X-Served-By = server.identity;
      } else {
        set resp.http.X-Served-By = resp.http.X-Served-By ", " server.identity;
      }
      set resp.http.X-Cache = if(resp.http.X-Cache, resp.http.X-Cache ", ", "")
        if(fastly_info.state ~ "HIT(?:-|\z)", "HIT", "MISS");
      if (!resp.http.X-Cache-Hits) {
        set resp.http.X-Cache-Hits = obj.hits;
      } else {
        set resp.http.X-Cache-Hits = resp.http.X-Cache-Hits ", " obj.hits;
      }
    }
    if (req.http.X-Timer) {
      set resp.http.X-Timer = req.http.X-Timer ",VE" time.elapsed.msec;
    }
    {
      set resp.http.Vary = regsub(resp.http.Vary, "Fastly-Vary-String, ", "");
      if (resp.http.Vary ~ "^\s*$") {
        unset resp.http.Vary;
      }
    }
    unset resp.http.X-Varnish;
    set req.http.Surrogate-Key = resp.http.Surrogate-Key;
    set req.http.Surrogate-Control = resp.http.Surrogate-Control;
    if (!req.http.Fastly-FF && !req.http.Fastly-Debug) {
      unset resp.http.Surrogate-Key;
      unset resp.http.Surrogate-Control;
    }
    if (resp.status == 550) {
      return(deliver);
    }
""")
STALE = text("""
    if (obj.status >= 500 && obj.status < 600) {
      if (stale.exists) {
        return(deliver_stale);
      }
    }
""")
TO_HTTPS = text(f"""
    if (obj.status == {FORCE_TLS_STATUS}) {{
      set obj.status = 301;
      set obj.response = "Moved Permanently";
      set obj.http.Location = "https://" req.http.host req.url;
      synthetic {{""}};
      return(deliver);
    }}
""")
FAILED = text("""
    if (req.http.Fastly-Restart-On-Error) {
      if (obj.status == 503 && req.restarts == 0) {
        restart;
      }
    }
    {
      if (obj.status == 550) {
        return(deliver);
      }
    }
""")
