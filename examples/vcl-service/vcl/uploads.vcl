# Uploads go to their own host, and nothing else does.
sub uploads_recv {
  if (req.http.host ~ "^upload\.") {
    if (req.method != "POST" && req.method != "PUT") {
      error 405 "Method Not Allowed";
    }
    return(pass);
  }
  if (req.http.host ~ "^files\." && req.method != "GET" && req.method != "HEAD" && req.method != "FASTLYPURGE") {
    error 405 "Method Not Allowed";
  }
}
