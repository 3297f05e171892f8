if (req.url.path ~ "\.(iso|img|qcow2|rpm|deb|apk|drpm|xz|zst)$") {
  set req.enable_segmented_caching = true;
}
