sub vcl_recv {
#FASTLY recv
  if (req.method != "GET" && req.method != "HEAD") {
    return(pass);
  }
  return(lookup);
}
