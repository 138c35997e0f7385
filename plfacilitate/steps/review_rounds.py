"""What phones are still asked for when a day is closed: closing the doors ends it, and what came is counted.

Owns what that is in words. Never ends anything (`steps.events.close_event` does).
"""

from __future__ import annotations

from plfacilitate.core.popup.picture import RoundKind
from plfacilitate.core.text import cut, plain
from plfacilitate.steps.polls import read_polls
from plfacilitate.steps.popup import read_popup
from plfacilitate.store.ledger import Ledger

_WHAT: dict[RoundKind, str] = {"ideas": "ideas", "vote": "dots"}
_NAME = 30  # letters of a poll's name: it stands in one line with the key


def still_asked(ledger: Ledger, event: str) -> tuple[str, ...]:
    """What phones are asked for now, in words for one line: a poll by its name, rounds of a POP-up by their kind."""
    polls = [
        f'"{cut(plain(one.name), _NAME).rstrip()}"' for one in read_polls(ledger, event).picture().polls if one.open
    ]
    popup = read_popup(ledger, event)
    open_kinds = {one.kind for problem in popup.picture().problems for one in popup.rounds_of(problem.id) if one.open}
    return (*polls, *(_WHAT[kind] for kind in sorted(open_kinds)))
