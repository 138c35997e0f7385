"""The agenda kept at the desk: a segment begins, pauses, goes on, gets other minutes, ends.

Owns how each becomes a draft and what is refused. Each works on the run as it stands at that moment, whatever a screen
showed; nothing here moves the agenda on by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from plfacilitate.core.entry import Draft
from plfacilitate.core.keeping.run import MOST_MINUTES, Run
from plfacilitate.core.keeping.spread import Retimed, retimed
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand


def start(hand: Hand, event: str, run: Run, place: int) -> Draft:
    """The segment of that place begins, or is gone on with; what ran is over. Refused: `segment-unknown`."""
    if not 0 <= place < len(run.spans):
        raise Refused("segment-unknown")
    if run.running == place and not run.paused:
        raise Refused("segment-runs", title=run.spans[place].segment.title)
    return hand.draft("segment-started", event=event, body=_named(run, place))


def move_on(hand: Hand, event: str, run: Run) -> Draft:
    """The next segment begins: the first where none did, the end after the last. Refused: `agenda-over`."""
    if run.ended_at is not None:
        raise Refused("agenda-over")
    at = run.running
    if at is not None and at + 1 == len(run.spans):
        return hand.draft("agenda-ended", event=event)
    return start(hand, event, run, 0 if at is None else at + 1)


def pause(hand: Hand, event: str, run: Run) -> Draft:
    """The running segment's clock stands still; where it does already it goes on. Refused: `agenda-not-running`."""
    if run.running is None:
        raise Refused("agenda-not-running")
    return hand.draft("agenda-resumed" if run.paused else "agenda-paused", event=event)


def retime(hand: Hand, event: str, run: Run, minutes: Mapping[int, int]) -> Draft:
    """Other minutes are meant for these segments (at least 1, at most a day). Refused: `segment-unknown`."""
    if not minutes or not all(0 <= place < len(run.spans) for place in minutes):
        raise Refused("segment-unknown")
    kept = {str(place): max(1, min(MOST_MINUTES, many)) for place, many in sorted(minutes.items())}
    return hand.draft("agenda-retimed", event=event, body={"minutes": kept})


def spread(hand: Hand, event: str, run: Run, moment: datetime) -> tuple[Draft, Retimed]:
    """What is left is made to fit. Refused: `agenda-fits`, `agenda-fits-not`."""
    found = retimed(standing(run, moment))
    if not found.minutes:
        raise Refused("agenda-fits-not" if found.wanted > 0 else "agenda-fits")
    return retime(hand, event, run, found.minutes), found


def _named(run: Run, place: int) -> dict[str, object]:
    return {"segment": place, "title": run.spans[place].segment.title}
