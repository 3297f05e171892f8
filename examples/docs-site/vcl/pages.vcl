# The bucket has files only: a folder is its index.html.
sub pages_recv {
  if (req.url.path ~ "/$") {
    set req.url = req.url.path "index.html";
  } elsif (req.url.ext == "") {
    set req.url = req.url.path ".html";
  }
  unset req.http.Cookie;
}

sub pages_fetch {
  # A bucket without permission to list answers 403 for a file that is missing.
  if (beresp.status == 403) {
    set beresp.status = 404;
  }
  unset beresp.http.Set-Cookie;
}
