"""Words and rules: frozen values and pure functions.

Owns what the field's words mean. Never reads a clock, a disk, a network or chance, and imports nothing but the
standard library.
"""
