"""The question before something that is far from the clock of now.

Owns from when on it is asked. Never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from plfacilitate.core.minutes import clock, minute_of, span
from plfacilitate.core.plan import Event
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm

AHEAD_MINUTES = 5  # a watch may be wrong by so much
EARLY_MINUTES = 30  # before its end, a day is not closed without a question


def ahead(desk: DeskBase, event: Event, at: datetime) -> str:
    """`15:45 is 7 h 23 min ahead: really?`; "" where a time is not in the future."""
    minutes = minute_of(at) - minute_of(desk.now)
    if minutes <= AHEAD_MINUTES:
        return ""
    return f"{clock(minute_of(at), event.zone)} is {span(minutes)} ahead: really?"


def long_before_end(desk: DeskBase, event: Event) -> str:
    """The question before a day is closed long before it ends; "" where it is near."""
    minutes = minute_of(event.ends_at) - minute_of(desk.now)
    if minutes <= EARLY_MINUTES:
        return ""
    now, end = (clock(minute_of(one), event.zone) for one in (desk.now, event.ends_at))
    return f"It is {now}, and the day ends at {end}: close the doors {span(minutes)} before?"


async def if_sure(desk: DeskBase, title: str, question: str, then: Callable[[], None]) -> None:
    """Do it at once where there is no question, else when somebody says y."""
    if question:
        await ask(desk, Confirm(title, question), lambda yes: then() if yes else None)
    else:
        then()
