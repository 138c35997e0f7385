"""The register of an office: what its laptops sent, as one database.

Owns the tables of the office and how entries get into them, the same way in any order and any repetition. Never
computes credit, and never writes to a ledger of a laptop.
"""
