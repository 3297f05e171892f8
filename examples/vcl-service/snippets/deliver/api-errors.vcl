# Installers read JSON: they need no page.
if (resp.status >= 500 && req.http.Accept ~ "application/vnd\.pypi\.simple") {
  set resp.http.Content-Type = "application/json";
}
