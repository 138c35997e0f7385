"""Quick polls and exit tickets: what phones are asked for a while, and what came of it."""
