"""The day in order: intake, capture, tally, approve, pack, deliver.

Owns what happens at each step: values and a ledger in, values out. Never talks to a person, and never imports the
other end (`office`).
"""
