"""The polls of one event, followed for a screen, with the ballots that lie in the box for the one that is asked.

Owns nothing but that. Runs in the reader's thread and never writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plfacilitate.core.entry import Entry
from plfacilitate.front.desk.threads.box_watched import BoxWatched
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.polls.picture import PollBoard


class PollsFollowed:
    """What is asked, and what came."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.steps.polls import read_polls
        from plfacilitate.store.ballots import box_of, peek

        self._fold = read_polls(ledger, event)
        self._box = BoxWatched(box_of(ledger.path), peek)
        self.look()

    def take(self, new: Sequence[Entry]) -> bool:
        """Opened, answered with a name, shown, closed."""
        return self._fold.apply(new)

    def look(self) -> bool:
        """What lies in the box for the poll that is open."""
        return self._box.look([one.id for one in self._fold.picture().polls if one.open and not one.named])

    def picture(self) -> PollBoard:
        """The polls as they stand."""
        from plfacilitate.core.polls.picture import PollBoard

        return PollBoard(self._fold.picture(), dict(self._box.found))
