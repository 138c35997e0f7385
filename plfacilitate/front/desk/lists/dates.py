"""A day in few cells, and how far it is off, in words.

Owns the words. Never reads a clock.
"""

from __future__ import annotations

from datetime import date

from plfacilitate.core.minutes import day_text


def far(day: date, today: date) -> str:
    """How far a day is off: `today`, `in 8 days`, `3 days ago`."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def short_day(day: date, today: date) -> str:
    """`Wed 6 Dec`, of another year `6 Dec 2022`."""
    text = day_text(day)
    return text if day.year == today.year else f"{text.partition(' ')[2]} {day.year}"
