"""A protocol that is led: its steps laid out in turns, each group's clock, what was written down meanwhile."""
