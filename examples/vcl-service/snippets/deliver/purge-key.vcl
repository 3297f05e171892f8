# Keys are for purges by the index, and for nobody else.
if (!req.http.Fastly-Debug) {
  unset resp.http.Surrogate-Key;
}
