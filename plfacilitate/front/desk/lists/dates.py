"""How far a day is off, in words.

Owns the words. Never reads a clock.
"""

from __future__ import annotations

from datetime import date


def far(day: date, today: date) -> str:
    """How far a day is off: `today`, `in 8 days`, `3 days ago`."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"
