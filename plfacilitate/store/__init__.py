"""SQLite and SQL, and nowhere else: the ledger, search over it, and the office's register.

Owns every statement that touches a database. Never decides what an entry means.
"""
