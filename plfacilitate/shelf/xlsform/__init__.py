"""XLSForm in: a form as survey tools have it, read as a protocol, with a list of what could not be carried over.

The standard: https://xlsform.org. Never runs an expression of a form, and never opens a file that a form names.
"""
