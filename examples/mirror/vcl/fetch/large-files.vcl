# The first visitor need not wait until the file is in the cache.
if (beresp.status == 200 || beresp.status == 206) {
  set beresp.do_stream = true;
}
