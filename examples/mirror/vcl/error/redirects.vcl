if (obj.status == 618) {
  set obj.status = 302;
  set obj.http.Location = obj.response;
  set obj.response = "Found";
  synthetic {""};
  return(deliver);
}
