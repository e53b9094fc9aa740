"""What is done on request with what is held: articles are forgotten, capture files moved."""
