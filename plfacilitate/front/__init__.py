"""What people touch: the desk, the door, the office screen.

Owns screens and pages. Never decides what counts and never writes past `steps`; the three never import each other.
"""
