"""The office screen: what the clerk and the director look at.

Owns pages over a register. Never changes what a laptop wrote.
"""
