"""What is done to a poll at the desk, each as one function for the writer thread.

Owns the words of the toasts. Each deed looks at the polls as they stand at that moment, whatever the screen showed.
"""

from __future__ import annotations

from plfacilitate.core.plan import ReadyPoll
from plfacilitate.core.polls.picture import Poll
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work


def ask(event: str, asked: ReadyPoll, segment: str) -> Deed:
    """Phones are asked."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.events import read_event
        from plfacilitate.steps.polls import open_poll

        picture = work.poll(event).picture()
        draft = open_poll(work.hand, read_event(work.ledger, event), picture, asked, segment=segment)
        name = plain(asked.title or asked.questions[0].ask)
        return Done(f"Phones are asked: {name}", work.write([draft]), event)

    return deed


def close(event: str, poll: str) -> Deed:
    """Nobody is asked any more; what came is counted. No undo: the box is empty for good."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.polls import close_poll

        close_poll(work.ledger, work.hand, event, _now(work, event, poll))
        return Done(f"Closed: {_now(work, event, poll).came()} answered")

    return deed


def turn(event: str, poll: str, what: str) -> Deed:
    """`counts` or `texts` stand on the wall from now on, or no more."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.polls import show

        now = _now(work, event, poll)
        counts, texts = now.on_wall, now.texts
        if what == "texts":
            texts = not texts
        else:
            counts = not counts
        draft = show(work.hand, event, now, counts=counts, texts=texts)
        after = texts if what == "texts" else counts
        words = {"texts": "what was written", "counts": "counts"}[what]
        return Done(f"The wall shows {words}" if after else f"The wall hides {words}", work.write([draft]), event)

    return deed


def _now(work: Work, event: str, poll: str) -> Poll:
    found = work.poll(event).picture().poll(poll)
    if found is None:
        raise Refused("poll-gone")
    return found
