"""What the commands of the desk do on the screen: ask for what is missing, then give the writer a deed."""
