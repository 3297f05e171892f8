# Directors, by what they serve. In vcl_recv's macro, so that shielding works.
if (req.http.host ~ "^files\.") {
  set req.backend = files;
} elsif (req.http.host ~ "^upload\.") {
  set req.backend = upload;
} elsif (req.url.path == "/search") {
  set req.backend = search;
} else {
  set req.backend = web;
}
