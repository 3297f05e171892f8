if (table.contains(redirects, req.url.path)) {
  error 618 table.lookup(redirects, req.url.path, "");
}
