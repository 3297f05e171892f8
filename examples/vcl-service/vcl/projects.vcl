# Projects that have another name now; the names are in the dictionary `renamed_projects`.
sub projects_recv {
  declare local var.project STRING;
  if (req.url.path ~ "^/simple/([^/]+)/?$") {
    set var.project = re.group.1;
    if (table.contains(renamed_projects, var.project)) {
      error 618 table.lookup(renamed_projects, var.project, "");
    }
  }
}

sub projects_error {
  if (obj.status == 618) {
    set obj.status = 301;
    set obj.http.Location = "/simple/" obj.response "/";
    set obj.response = "Moved Permanently";
    synthetic {""};
    return(deliver);
  }
}
