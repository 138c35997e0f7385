"""The door: the sign-in web service, a process of its own.

Owns the pages that phones see. Never says "you are in" before the ledger has it for good, and never shows a list of
names that nobody searched for.
"""
