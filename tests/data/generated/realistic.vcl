pragma optional_param geoip_opt_in true;
pragma optional_param ratelimit_opt_in true;
pragma optional_param max_ratelimit_ratecounters 5;
pragma optional_param max_ratelimit_penaltyboxes 5;
pragma optional_param max_ratelimit_entries 200000;
pragma optional_param max_object_size 20971520;
pragma optional_param smiss_max_object_size 20971520;
pragma optional_param fetchless_purge_all 1;
pragma optional_param chash_randomize_on_pass true;
pragma optional_param default_ssl_check_cert 1;
pragma optional_param max_backends 20;
pragma optional_param customer_id "x4xCwxxJxGCx123Rx5xTx0";
C!
W!

backend F_web_1 {
  .between_bytes_timeout = 10s;
  .connect_timeout = 1.5s;
  .dynamic = true;
  .first_byte_timeout = 15s;
  .host = "web1.example.com";
  .max_connections = 200;
  .port = "80";
  .share_key = "FrCvls9euKMXD6CNdMLxQw";
  .probe = {
    .expected_response = 200;
    .initial = 3;
    .interval = 5s;
    .request = "GET /ping HTTP/1.1" "Host: www.example.com" "Connection: close" "User-Agent: Varnish/fastly (healthcheck)";
    .threshold = 3;
    .timeout = 5s;
    .window = 5;
  }
}
backend F_web_2 {
  .between_bytes_timeout = 10s;
  .connect_timeout = 1s;
  .dynamic = true;
  .first_byte_timeout = 15s;
  .host = "web2.example.com";
  .max_connections = 200;
  .port = "80";
  .share_key = "FrCvls9euKMXD6CNdMLxQw";
  .probe = {
    .dummy = true;
    .initial = 5;
    .request = "HEAD / HTTP/1.1" "Host: web2.example.com" "Connection: close";
    .threshold = 1;
    .timeout = 2s;
    .window = 5;
  }
}
backend F_API_origin {
  .always_use_host_header = true;
  .between_bytes_timeout = 10s;
  .connect_timeout = 1s;
  .dynamic = true;
  .first_byte_timeout = 15s;
  .host = "api.example.com";
  .host_header = "api.example.com";
  .max_connections = 200;
  .port = "443";
  .share_key = "FrCvls9euKMXD6CNdMLxQw";
  .ssl = true;
  .ssl_cert_hostname = "api.example.com";
  .ssl_check_cert = always;
  .ssl_sni_hostname = "api.example.com";
  .probe = {
    .dummy = true;
    .initial = 5;
    .request = "HEAD / HTTP/1.1" "Host: api.example.com" "Connection: close";
    .threshold = 1;
    .timeout = 2s;
    .window = 5;
  }
}

director ssl_shield_iad_va_us shield {
  .shield = "iad-va-us";
  .is_ssl = true;
}
director pool random {
  .quorum = 50%;
  .retries = 2;
  { .backend = F_web_1; .weight = 100; }
  { .backend = F_web_2; .weight = 50; }
}

table redirects {
  "/old": "/new",
  "/%22100%25%22": {X"a "quoted"} value"X},
}
table secrets {
}

acl office {
  "192.0.2.0"/24;
  !"192.0.2.7";
}

# Rate limiter login
penaltybox rl_login_pb {}
ratecounter rl_login_rc {}
table rl_login_methods {
  "POST": "true",
}
sub rl_login_process {
  declare local var.rl_login_limit INTEGER;
  declare local var.rl_login_window INTEGER;
  declare local var.rl_login_ttl TIME;
  declare local var.rl_login_entry STRING;
  set var.rl_login_limit = 10;
  set var.rl_login_window = 10;
  set var.rl_login_ttl = 5m;
  set var.rl_login_entry = client.ip;
  if (req.restarts == 0 && fastly.ff.visits_this_service == 0 && table.contains(rl_login_methods, req.method) && std.strlen(var.rl_login_entry) > 0) {
    if (ratelimit.check_rate(var.rl_login_entry, rl_login_rc, 1, var.rl_login_window, var.rl_login_limit, rl_login_pb, var.rl_login_ttl)) {
      set req.http.Fastly-SEC-RateLimit = "true";
      error 829 "Rate limiter: Too many requests for login";
    }
  }
}

sub vcl_recv {
  #--FASTLY RECV BEGIN
  if (req.restarts == 0) {
    if (!req.http.X-Timer) {
      set req.http.X-Timer = "S" time.start.sec "." time.start.usec_frac;
    }
    set req.http.X-Timer = req.http.X-Timer ",VS0";
  }
  set req.http.Fastly-Orig-Host = req.http.host;
  set req.http.host = "www.example.com";
  declare local var.fastly_req_do_shield BOOL;
  set var.fastly_req_do_shield = (req.restarts == 0);
  h3.alt_svc();
  # Snippet first : 10
set req.http.X-A = req.http.X-B;
unset req.http.X-B;
# Snippet first end
  # Snippet second : 20
set req.http.X-B = "b";
# Snippet second end
  # Without condition
  set req.backend = F_web_1;
  # Header rewrite first : 10
  if (!req.http.X-Order) {
    set req.http.X-Order = "1";
  }
  # Header rewrite last : 20
  set req.http.X-Order = "2";
  if (!req.http.Fastly-SSL) {
    error 801 "Force SSL";
  }
  if (!req.http.Fastly-FF) {
    if (req.http.X-Forwarded-For) {
      set req.http.Fastly-Temp-XFF = req.http.X-Forwarded-For ", " client.ip;
    } else {
      set req.http.Fastly-Temp-XFF = client.ip;
    }
  } else {
    set req.http.Fastly-Temp-XFF = req.http.X-Forwarded-For;
  }
  set req.grace = 60s;

  # Request Condition: old path Prio: 5
  if ( req.url.path == "/old" ) {
    # ResponseObject: gone
    error 900 "Fastly Internal";
  }

  # Request Condition: API Prio: 20
  if ( req.url.path ~ "^/api/" ) {
    set req.backend = F_API_origin;
  }
  {
    if (req.backend == F_API_origin && var.fastly_req_do_shield) {
      set req.backend = fastly.try_select_shield(ssl_shield_iad_va_us, F_API_origin);
    }
  }
  #--FASTLY RECV END
  if (req.request != "HEAD" && req.request != "GET" && req.request != "FASTLYPURGE") {
    return(pass);
  }
  return(lookup);
}

sub vcl_fetch {
  declare local var.fastly_disable_restart_on_error BOOL;
  #--FASTLY FETCH BEGIN
  if (beresp.status >= 500 && beresp.status < 600) {
    if (stale.exists) {
      return(deliver_stale);
    }
    if (req.restarts < 1 && (req.request == "GET" || req.request == "HEAD")) {
      restart;
    }
  }
  set beresp.stale_if_error = 43200s;
  set beresp.http.Fastly-Debug-Path = "(F " server.identity " " now.sec ") " if(beresp.http.Fastly-Debug-Path, beresp.http.Fastly-Debug-Path, "");
  if (req.http.Fastly-Vary-String) {
    if (beresp.http.Vary) {
      set beresp.http.Vary = "Fastly-Vary-String, " beresp.http.Vary;
    } else {
      set beresp.http.Vary = "Fastly-Vary-String, ";
    }
  }
  # Gzip text
  if ((beresp.status == 200 || beresp.status == 404) && (beresp.http.content-type ~ "^(?:text/html|application/json)\s*(?:$|;)" || req.url ~ "\.(?:css|js)(?:$|\?)")) {
    if (!beresp.http.Vary ~ "Accept-Encoding") {
      if (beresp.http.Vary) {
        set beresp.http.Vary = beresp.http.Vary ", Accept-Encoding";
      } else {
        set beresp.http.Vary = "Accept-Encoding";
      }
    }
    if (req.http.Accept-Encoding == "gzip") {
      set beresp.gzip = true;
    }
  }

  # Cache Condition: images Prio: 10
  if ( req.url.ext ~ "^(?:png|jpg)$" ) {
    # Header rewrite no cookies : 100
    unset beresp.http.Set-Cookie;
    # images long
    set beresp.ttl = 86400s;
    set beresp.grace = 600s;
  }
  #--FASTLY FETCH END
  if (!var.fastly_disable_restart_on_error) {
    if ((beresp.status == 500 || beresp.status == 503) && req.restarts < 1 && (req.request == "GET" || req.request == "HEAD")) {
      restart;
    }
  }
  if (req.restarts > 0) {
    set beresp.http.Fastly-Restarts = req.restarts;
  }
  if (beresp.http.Set-Cookie) {
    set req.http.Fastly-Cachetype = "SETCOOKIE";
    return(pass);
  }
  if (beresp.http.Cache-Control ~ "private") {
    set req.http.Fastly-Cachetype = "PRIVATE";
    return(pass);
  }
  if (beresp.status == 500 || beresp.status == 503) {
    set req.http.Fastly-Cachetype = "ERROR";
    set beresp.ttl = 1s;
    set beresp.grace = 5s;
    return(deliver);
  }
  if (beresp.http.Expires || beresp.http.Surrogate-Control ~ "max-age" || beresp.http.Cache-Control ~ "(?:s-maxage|max-age)") {
    # The backend says how long.
  } else {
    set beresp.ttl = 120s;
  }
  return(deliver);
}

sub vcl_hit {
  #--FASTLY HIT BEGIN
  # vcl_deliver cannot see them.
  set req.http.Fastly-Tmp-Obj-TTL = obj.ttl;
  set req.http.Fastly-Tmp-Obj-Grace = obj.grace;
  {
    set req.http.Fastly-Cachetype = "HIT";
  }
  #--FASTLY HIT END
  if (!obj.cacheable) {
    return(pass);
  }
  return(deliver);
}

sub vcl_miss {
  #--FASTLY MISS BEGIN
  # It was no hit after all.
  unset req.http.Fastly-Tmp-Obj-TTL;
  unset req.http.Fastly-Tmp-Obj-Grace;
  {
    if (req.http.Fastly-Check-SHA1) {
      error 550 "Doesnt exist";
    }
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
    # Header rewrite edge : 100
    set bereq.http.X-Edge = "1";
    set req.http.Fastly-Cachetype = "MISS";
  }
  call rl_login_process;
  #--FASTLY MISS END
  return(fetch);
}

sub vcl_deliver {
  #--FASTLY DELIVER BEGIN
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
  # Snippet live : 100
unset resp.http.Server;
# Snippet live end
  # Without condition
  # Header rewrite HSTS : 100
  set resp.http.Strict-Transport-Security = "max-age=300";
  if (resp.status == 900) {
    set resp.status = 410;
    set resp.response = "Gone";
  }

  # Response Condition: debug Prio: 10
  if ( req.http.Fastly-Debug ) {
    # Header rewrite who : 100
    set resp.http.X-Pop = server.datacenter;
  }
  #--FASTLY DELIVER END
  return(deliver);
}

sub vcl_error {
  #--FASTLY ERROR BEGIN
  if (obj.status >= 500 && obj.status < 600) {
    if (stale.exists) {
      return(deliver_stale);
    }
  }
  if (obj.status == 801) {
    set obj.status = 301;
    set obj.response = "Moved Permanently";
    set obj.http.Location = "https://" req.http.host req.url;
    synthetic {""};
    return(deliver);
  }
  if (obj.status == 829 && obj.response == "Rate limiter: Too many requests for login") {
    set obj.status = 429;
    set obj.response = "Too Many Requests";
    set obj.http.Content-Type = "text/plain";
    synthetic.base64 "VG9vIG1hbnk=";
    return(deliver);
  }
  # ResponseObject: gone
  if (obj.status == 900) {
    set obj.http.Content-Type = "text/html";
    synthetic {"<p>Moved "away"</p>
"};
    return(deliver);
  }
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
  #--FASTLY ERROR END
}

sub vcl_pipe {
  #--FASTLY PIPE BEGIN
  {
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
    # Header rewrite edge : 100
    set bereq.http.X-Edge = "1";
    set req.http.Fastly-Cachetype = "PIPE";
    set bereq.http.connection = "close";
  }
  #--FASTLY PIPE END
}

sub vcl_pass {
  #--FASTLY PASS BEGIN
  {
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
    # Header rewrite edge : 100
    set bereq.http.X-Edge = "1";
    set req.http.Fastly-Cachetype = "PASS";
  }
  call rl_login_process;
  #--FASTLY PASS END
}

sub vcl_log {
  #--FASTLY LOG BEGIN
  # Without condition
  # s3 all_requests
  log {"syslog "} req.service_id {" all requests :: "} {"{"time":""} strftime({"%Y-%m-%d"}, time.start) {"","url":""} json.escape(req.url) {"","status":"} resp.status "}";

  # Response Condition: debug Prio: 10
  if ( req.http.Fastly-Debug ) {
    # syslog debugged
    log {"syslog "} req.service_id {" debugged :: "} req.http.Fastly-Client-IP " " req.request " " req.url " " req.proto;
  }
  #--FASTLY LOG END
}

sub vcl_hash {
  #--FASTLY HASH BEGIN
  {
    set req.hash += req.url;
    set req.hash += req.http.host;
    set req.hash += req.vcl.generation;
    return(hash);
  }
  #--FASTLY HASH END
}
