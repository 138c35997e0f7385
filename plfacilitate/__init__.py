"""plfacilitate: professional development days, from the door to the clock hours.

Owns the version and nothing else: importing it must stay free, since every process of the program does.
"""

__version__ = "0.1.0"
