# While the origins fail, a stale copy is better than an error.
if (beresp.status >= 500 && beresp.status < 600 && stale.exists) {
  return(deliver_stale);
}
