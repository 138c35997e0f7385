"""Files, nowhere else: TOML, CSV and XLSX in, bundles, tables and printed sheets out.

Owns file formats, faults with file, line and key, and writing by a temporary name and a rename. Never touches the
ledger, and never decides what counts.
"""
