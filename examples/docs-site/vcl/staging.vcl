# The staging site's login: names and passwords are in the dictionary `staging_logins`.
sub staging_recv {
  declare local var.login STRING;
  declare local var.name STRING;
  declare local var.password STRING;

  # Once, at the edge: a shield gets requests that were admitted already.
  if (req.http.host == "staging.docs.example.com" && fastly.ff.visits_this_service == 0) {
    set var.login = digest.base64_decode(regsub(req.http.Authorization, "^Basic ", ""));
    set var.name = regsub(var.login, ":.*$", "");
    set var.password = regsub(var.login, "^[^:]*:", "");
    if (!table.contains(staging_logins, var.name)) {
      error 621 "Unauthorized";
    }
    if (!digest.secure_is_equal(table.lookup(staging_logins, var.name, ""), var.password)) {
      error 621 "Unauthorized";
    }
  }
  unset req.http.Authorization;
}

sub staging_error {
  if (obj.status == 621) {
    set obj.status = 401;
    set obj.http.WWW-Authenticate = "Basic realm=staging";
    synthetic {"Please log in."};
    return(deliver);
  }
}
