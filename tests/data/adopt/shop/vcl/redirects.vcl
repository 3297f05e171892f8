if (table.contains(redirects, req.url.path)) {
  error 801 table.lookup(redirects, req.url.path);
}
