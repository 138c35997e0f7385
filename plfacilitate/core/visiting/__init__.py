"""A site visit: its way, who noted what, how far it is. Reads no file and knows no screen."""
