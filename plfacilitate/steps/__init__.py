"""The day in order: intake, capture, tally, approve, pack, deliver.

Values and a ledger in, values out. Never talks to a person and never reads a clock by itself.
"""
