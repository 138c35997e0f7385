"""What a screen follows beside the room for as long as somebody looks at it: folded from what is new, painted anew.

Owns what such a thing must be able to do, and the table of all of them; a screen names what it follows (`FOLLOWS`).
Runs in the reader's thread and never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import MARK_KINDS
from plfacilitate.front.desk.threads.box_watched import BoxWatched
from plfacilitate.front.desk.threads.notes_followed import NotesFollowed
from plfacilitate.front.desk.threads.polls_followed import PollsFollowed
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.cohort.picture import CohortPicture
    from plfacilitate.core.insights.whole import Insights
    from plfacilitate.core.popup.picture import PopupBoard
    from plfacilitate.core.running.fold import Led
    from plfacilitate.core.visiting.fold import VisitPicture
    from plfacilitate.steps.groups import Seated


class Followed(Protocol):
    """Something that is read once when somebody looks, and kept up to date from then on."""

    def take(self, new: Sequence[Entry]) -> bool:
        """Take in new entries, of whatever event; True = it looks different now."""
        ...

    def look(self) -> bool:
        """Look at what stands in no ledger; True = it looks different now. Asked a few times a second."""
        ...

    def picture(self) -> object:
        """The frozen picture of now; the desk hands it to screens."""
        ...


MARKS_SECONDS = 5.0

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

    def look(self) -> bool:
        """All of it stands in the ledger."""
        return False

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

    def look(self) -> bool:
        """All of it stands in the ledger."""
        return False

    def picture(self) -> Led:
        """All of them as they stand."""
        return self._fold.picture()


class CohortsFollowed:
    """Every cohort, with where each of its schools stands today. Sign-ins are counted every few seconds, keys go first."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.cohort_reading import read_cohorts

        self._ledger, self._around = ledger, around
        self._reader = read_cohorts(ledger)
        self._marks = False  # somebody came or went since
        self._due = 0.0

    def take(self, new: Sequence[Entry]) -> bool:
        """The reader knows by itself what concerns a cohort."""
        if all(entry.kind in MARK_KINDS for entry in new):
            self._marks = True
            return False
        return self._read()

    def look(self) -> bool:
        """Whether it is time to count who came."""
        return self._marks and monotonic() >= self._due and self._read()

    def _read(self) -> bool:
        self._marks, self._due = False, monotonic() + MARKS_SECONDS
        return self._reader.refresh(self._ledger)

    def picture(self) -> tuple[CohortPicture, ...]:
        """The cohorts by the days they start."""
        return tuple(self._reader.picture(facts, self._around.today) for facts in self._reader.cohorts)


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

    def look(self) -> bool:
        """All of it stands in the ledger."""
        return False

    def picture(self) -> Seated:
        """As they stand."""
        from plfacilitate.steps.groups import seated
        from plfacilitate.steps.merge import merged_people
        from plfacilitate.steps.tally import known_people

        merged = merged_people(self._ledger)
        self._fold.read_as_one(merged)
        people = known_people(self._ledger, [self._fold], caught_up=True)
        return seated(self._fold, self._drawn.current(merged), people)


class InsightsFollowed:
    """What all visits show together."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.insights import InsightsReader

        self._reader = InsightsReader(ledger)

    def take(self, new: Sequence[Entry]) -> bool:
        """Only the visits that these entries are about are read again."""
        return self._reader.take(new)

    def look(self) -> bool:
        """All of it stands in the ledger."""
        return False

    def picture(self) -> Insights:
        """As they stand."""
        return self._reader.picture()


class PopupFollowed:
    """The problems of practice of one event, with how much lies in the ballot box for them."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.popup import read_popup
        from plfacilitate.store.ballots import box_of, lying

        self._ledger = ledger
        self._fold = read_popup(ledger, event)
        self._box = BoxWatched(box_of(ledger.path), lying)
        self._names: dict[str, str] = {}
        self.look()

    def take(self, new: Sequence[Entry]) -> bool:
        """Problems, ideas, rounds, commitments; and other names of people."""
        for entry in new:
            if entry.kind in ("person", "people-merged"):
                self._names.clear()
        return self._fold.apply(new)

    def look(self) -> bool:
        """How many ideas and votes lie in the box of what is asked for now."""
        asked = [one.open_round for one in self._fold.picture().problems]
        return self._box.look([one.id for one in asked if one is not None and not one.named])

    def picture(self) -> PopupBoard:
        """The problems as they stand."""
        from plfacilitate.core.popup.picture import PopupBoard
        from plfacilitate.store.search import people

        found = self._fold.picture()
        unknown = found.where.keys() - self._names.keys()
        if unknown:
            self._names |= {one.id: one.spoken for one in people(self._ledger.connection, unknown)}
        return PopupBoard(found, dict(self._box.found), {one: self._names.get(one, "somebody") for one in found.where})


def _bank(ledger: Ledger, around: Surroundings, event: str) -> Followed:
    from plfacilitate.front.desk.threads.following_bank import BankFollowed

    return BankFollowed(ledger, around, event)


FOLLOWED: Mapping[str, Begin] = {
    "visit": VisitFollowed, "runs": RunsFollowed, "groups": GroupsFollowed, "cohorts": CohortsFollowed,
    "popup": PopupFollowed, "polls": PollsFollowed, "notes": NotesFollowed, "insights": InsightsFollowed, "bank": _bank,
}  # fmt: skip
"""What can be followed, by the name that a screen's `FOLLOWS` gives."""
OF_ALL_EVENTS = frozenset({"cohorts", "insights", "bank"})
"""What of it is the same whichever event's room is looked at, and is gone on with."""
