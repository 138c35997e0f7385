"""An agenda that keeps its time: how it went, where it stands, what is spread over what is left."""
