"""The other end: what arrives from laptops, computed again and compared.

Owns receiving, reconciling and statements. Never trusts a figure that it can compute, and never drops what it can not
read.
"""
