"""The desk: the Textual app on the facilitator's laptop.

Owns keys and screens; each screen draws a frozen picture. Never computes credit, never writes SQL, and starts the door
by command line only.
"""
