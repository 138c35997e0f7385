"""What a laptop says of contents that it let go of when the office had them.

Owns the words. An event that was cleared is never shown as one that was empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.minutes import day_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.text import plain


class Cleared(NamedTuple):
    """When and by whom; how many people had been there; when and where it was handed over. `receipt` "" = none came."""

    at: datetime
    by: str
    people: int
    entries: int
    handed_at: datetime
    receipt: str
    where: str

    def day(self, zone: tzinfo) -> str:
        """The day on which it was cleared: `7 Mar 2024`."""
        local = self.at.astimezone(zone).date()
        return f"{day_text(local)} {local.year}"

    def after(self) -> str:
        """After what: `after hand-over (receipt 1a2b3c4d)`."""
        return f"after hand-over ({f'receipt {plain(self.receipt)[:8]}' if self.receipt else 'no receipt'})"

    def sentence(self, zone: tzinfo) -> str:
        """`cleared on 7 Mar 2024 after hand-over (receipt 1a2b3c4d); 47 people had been there`."""
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        return f"cleared on {self.day(zone)} {self.after()}; {people} had been there"

    def refused(self, title: str, zone: tzinfo) -> Refused:
        """The "no" to whoever wants to change or reckon what is not here any more."""
        return Refused("event-cleared", title=title, day=self.day(zone), after=self.after())


def cleared_of(said: Iterable[Entry], here: Collection[str]) -> Cleared | None:
    """What `cleared` entries of one event come to: counts summed, the newest word; None where all they name is here."""
    found = as_it_went(entry for entry in said if not all(one in here for one in entry.body.get("ids", ())))
    if not found:
        return None
    body = found[-1].body
    return Cleared(
        at=found[-1].at,
        by=found[-1].by,
        people=max(int(entry.body["people"]) for entry in found),
        entries=sum(len(entry.body["ids"]) for entry in found),
        handed_at=utc_moment(str(body["handed_at"])),
        receipt=str(body["receipt"]),
        where=str(body.get("where", "")),
    )
