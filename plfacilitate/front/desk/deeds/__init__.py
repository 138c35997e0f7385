"""What can be done from the desk: one function each for the writer thread, one file for each part of the work."""
