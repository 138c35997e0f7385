"""What every screen of the terminal is made of: lines, lists, fields and small dialogs, for the desk and the office.

Owns how they are drawn and which keys move in them. Never knows what a line means, reads nothing and writes nothing.
"""
