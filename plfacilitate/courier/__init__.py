"""Sending, nowhere else: a file goes to a place under a temporary name, is read back, then renamed.

Owns the roads to the office. Never opens what it carries, and never deletes what waits.
"""
