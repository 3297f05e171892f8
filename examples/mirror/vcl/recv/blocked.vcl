# At the edge only: a shield's client is another POP.
if (fastly.ff.visits_this_service == 0 && client.ip ~ blocked) {
  error 403 "Forbidden";
}
