"""POP-ups: problems of practice that strangers work on together, from the open call to the commitment."""
