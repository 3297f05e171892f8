# What differs between requests for the same thing, and would be cached more than once.
sub normalize_recv {
  set req.url = querystring.sort(req.url);
  if (req.http.host !~ "^upload\." && req.url.path !~ "^/(account|manage)/") {
    unset req.http.Cookie;
    unset req.http.Authorization;
  }
  if (req.url.path ~ "^/simple/") {
    set req.url = std.tolower(req.url);
    if (req.http.Accept !~ "application/vnd\.pypi\.simple\.v1\+json") {
      set req.http.Accept = "text/html";
    } else {
      set req.http.Accept = "application/vnd.pypi.simple.v1+json";
    }
  }
}
