"""The agenda kept at the desk: a segment begins, pauses, goes on, gets other minutes, ends.

Owns how each becomes a draft and what is refused. Each works on the run as it stands at that moment, whatever a screen
showed; nothing here moves the agenda on by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from plfacilitate.core.entry import AGENDA_KINDS, EVENT_KINDS, Draft
from plfacilitate.core.fold import EventFold
from plfacilitate.core.keeping.past import Name, Past, past
from plfacilitate.core.keeping.run import MOST_MINUTES, Run
from plfacilitate.core.keeping.spread import Retimed, retimed
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain, tidy
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.correct import moment_on
from plfacilitate.store.ledger import Ledger

HALF_A_DAY = timedelta(hours=12)
"""Nothing of an agenda happens further from it than this."""


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


def as_before(run: Run, moment: datetime, minutes: Mapping[int, int]) -> Mapping[int, int]:
    """What is still to come with the minutes that it took before, made to fit; only those that change."""
    coming = {line.place for line in standing(run, moment).lines if line.state == "coming"}
    wanted = tuple(minutes.get(place, many) if place in coming else many for place, many in enumerate(run.minutes))
    fitted = retimed(standing(replace(run, minutes=wanted), moment)).minutes
    new = [fitted.get(place, many) for place, many in enumerate(wanted)]
    return {place: many for place, many in enumerate(new) if many != run.minutes[place]}


def began_at(hand: Hand, event: str, run: Run, place: int, moment: datetime, *, reason: str) -> Draft:
    """A segment began at another moment than was said, or was begun and nobody said so. Says why.

    Refused: `segment-unknown`, `reason-missing`, `not-yet` (the moment is still to come), `segment-far` (more than half
    a day before or after the whole agenda).
    """
    if not 0 <= place < len(run.spans):
        raise Refused("segment-unknown")
    if not tidy(reason):
        raise Refused("reason-missing")
    if moment > hand.clock():
        raise Refused("not-yet")
    if not run.spans[0].starts_at - HALF_A_DAY <= moment <= run.spans[-1].ends_at + HALF_A_DAY:
        raise Refused("segment-far", title=plain(run.spans[place].segment.title))
    said = next((piece.entry for piece in run.pieces if piece.segment == place), None)
    body = {**_named(run, place), "set": True, "reason": tidy(reason)}
    return hand.draft("segment-started", event=event, at=moment, body=body, replaces=[said] if said else ())


def moment_in(event: Event, text: str) -> datetime:
    """`10:45` while the agenda goes on: one that goes on past midnight has `0:20` too. Refused: as `moment_on`."""
    moment = moment_on(event, text)
    of_the_day = moment.astimezone(event.zone).date() == event.day
    return moment + 2 * HALF_A_DAY if of_the_day and moment < event.starts_at - HALF_A_DAY else moment


def segment_named(run: Run, name: str) -> int:
    """The place of a segment, by its number from 1, its title or the beginning of it. Refused: `segment-which`."""
    titles = [folded(span.segment.title) for span in run.spans]
    wanted = folded(name)
    if wanted.isdecimal():
        found = [int(wanted) - 1] if 1 <= int(wanted) <= len(titles) else []
    else:
        found = [at for at, title in enumerate(titles) if title == wanted]
        found = found or [at for at, title in enumerate(titles) if wanted and title.startswith(wanted)]
    if len(found) != 1:
        raise Refused("segment-which", name=plain(name), count=len(titles))
    return found[0]


def past_of(ledger: Ledger, plan: str, session: str, *, but: str = "") -> Mapping[Name, Past]:
    """How long the segments of a plan's session took at its other events (`but` = this one is left out)."""
    kept: dict[str, None] = {}
    for entry in ledger.entries(kinds=AGENDA_KINDS):
        kept.setdefault(str(entry.event))
    folds = [_fold(ledger, event) for event in kept if event != but]
    return past(fold.run for fold in folds if _is_of(fold, plan, session))


def _fold(ledger: Ledger, event: str) -> EventFold:
    fold = EventFold(event)
    fold.apply(ledger.entries(event=event, kinds=AGENDA_KINDS.union(EVENT_KINDS, {"erased"})))
    return fold


def _is_of(fold: EventFold, plan: str, session: str) -> bool:
    event = fold.event
    return event is not None and (event.plan.id, event.session_id) == (plan, session)


def _named(run: Run, place: int) -> dict[str, object]:
    return {"segment": place, "title": run.spans[place].segment.title}
