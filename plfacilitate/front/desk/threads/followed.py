"""What a screen follows beside the room for as long as somebody looks at it: folded from what is new, painted anew.

Owns what such a thing must be able to do, and the table of all of them; a screen names what it follows (`FOLLOWS`).
Runs in the reader's thread and never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Entry
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.cohort.picture import CohortPicture
    from plfacilitate.core.running.fold import Led
    from plfacilitate.core.visiting.fold import VisitPicture
    from plfacilitate.steps.groups import Seated


class Followed(Protocol):
    """Something that is read once when somebody looks, and kept up to date from then on."""

    def take(self, new: Sequence[Entry]) -> bool:
        """Take in new entries, of whatever event; True = it looks different now."""
        ...

    def picture(self) -> object:
        """The frozen picture of now; the desk hands it to screens."""
        ...


Begin = Callable[[Ledger, Surroundings, str], Followed]
"""Reads what is to be followed; the text is the id of the room's event, "" = there is none."""


class VisitFollowed:
    """The visit of one event."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read it."""
        from plfacilitate.steps.observe import read_visit

        self._fold = read_visit(ledger, event)

    def take(self, new: Sequence[Entry]) -> bool:
        """Observations, notes, agreements."""
        return bool(self._fold.apply(new))

    def picture(self) -> VisitPicture:
        """The visit as it stands."""
        return self._fold.picture()


class RunsFollowed:
    """The protocols that are led at one event."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.run import read_runs

        self._fold = read_runs(ledger, event)

    def take(self, new: Sequence[Entry]) -> bool:
        """Steps, pauses, lines that were written down."""
        return bool(self._fold.apply(new))

    def picture(self) -> Led:
        """All of them as they stand."""
        return self._fold.picture()


class CohortsFollowed:
    """Every cohort, with where each of its schools stands today."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.cohort_reading import read_cohorts

        self._ledger, self._around = ledger, around
        self._reader = read_cohorts(ledger)

    def take(self, new: Sequence[Entry]) -> bool:
        """The reader knows by itself what concerns a cohort, be it a sign-in."""
        return self._reader.refresh(self._ledger)

    def picture(self) -> tuple[CohortPicture, ...]:
        """The cohorts by the days they start."""
        today = self._around.clock().astimezone(ZoneInfo(self._around.tz)).date()
        return tuple(self._reader.picture(facts, today) for facts in self._reader.cohorts)


class GroupsFollowed:
    """The groups of one event, and who is there for them."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.core.drawn import DRAWN_KINDS, DrawnFold
        from plfacilitate.steps.events import read_fold

        self._ledger, self._event = ledger, event
        self._fold, self._drawn = read_fold(ledger, event), DrawnFold(event)
        self._drawn.apply(ledger.entries(event=event, kinds=DRAWN_KINDS))

    def take(self, new: Sequence[Entry]) -> bool:
        """Drawings, moves; who comes, who goes, who is called otherwise."""
        mine = [entry for entry in new if entry.event == self._event or entry.kind == "erased"]
        drawn, came = self._drawn.apply(mine), bool(self._fold.apply(mine))
        return drawn or came or any(entry.event is None and entry.person is not None for entry in new)

    def picture(self) -> Seated:
        """As they stand."""
        from plfacilitate.steps.groups import seated
        from plfacilitate.steps.merge import merged_people
        from plfacilitate.steps.tally import known_people

        merged = merged_people(self._ledger)
        self._fold.read_as_one(merged)
        people = known_people(self._ledger, [self._fold], caught_up=True)
        return seated(self._fold, self._drawn.current(merged), people)


FOLLOWED: Mapping[str, Begin] = {
    "visit": VisitFollowed,
    "runs": RunsFollowed,
    "groups": GroupsFollowed,
    "cohorts": CohortsFollowed,
}
"""What can be followed, by the name that a screen's `FOLLOWS` gives."""
