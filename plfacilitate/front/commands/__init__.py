"""The headless front end: one file a group of commands, each a thin shell over a step.

Owns how a command's answer is printed. Never decides anything that a step could decide.
"""
