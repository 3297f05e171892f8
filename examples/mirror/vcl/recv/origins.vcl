if (req.http.host == "images.example.com") {
  set req.backend = images;
} elsif (req.http.host == "archive.example.com") {
  set req.backend = archive;
} else {
  set req.backend = packages;
}
