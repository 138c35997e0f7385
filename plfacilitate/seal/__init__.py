"""Keys, signatures, codes and tickets.

Owns what proves that something is what its maker wrote. Never draws its own chance or reads a clock: both come in as
arguments, and secrets never go into the ledger, which travels.
"""
