if (req.url.path ~ "^/(simple|project)/") {
  set resp.http.Access-Control-Allow-Origin = "*";
  set resp.http.Access-Control-Allow-Methods = "GET";
  set resp.http.Access-Control-Max-Age = "86400";
}
