"""What an observer does, each as one function for the writer thread.

Owns when the screen is told. Never has a toast: whoever observes is not to be looked at. What was noted is taken back
on the observer's screen and nowhere else, so the desk's own list of deeds holds none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.noting.scripting import words_of
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.front.desk.threads.messages import Noted, TakenBack
from plfacilitate.steps.capture import take_back
from plfacilitate.steps.observe import check_may_take_back, check_may_write, take_back_newest

Tell = Callable[[Message], object]
_QUIET = Done("")


def begun(draft: Draft, said: str) -> Deed:
    """An observation begins."""

    def deed(work: Work) -> Done:
        check_may_write(work.ledger, work.visit(str(draft.event)), [draft])
        work.write([draft])
        return Done(said, (), str(draft.event))

    return deed


def noted(drafts: Sequence[Draft], tell: Tell) -> Deed:
    """Lines, marks, codes: durable when this is done. What is there already is not written twice."""

    def deed(work: Work) -> Done:
        try:
            for event in dict.fromkeys(draft.event for draft in drafts):
                check_may_write(work.ledger, work.visit(str(event)), drafts)
            work.write(drafts)
        except Refused as no:
            tell(Noted((), str(no)))
        else:
            tell(Noted(tuple(draft.id for draft in drafts)))
        return _QUIET

    return deed


def taken_back(seen: Observation, tell: Tell) -> Deed:
    """The newest thing noted does not count any more, whoever wrote it and however long ago."""

    def deed(work: Work) -> Done:
        fold = work.visit(seen.event)
        newest = fold.newest(seen.id)
        try:
            draft = take_back_newest(work.ledger, work.hand, fold, seen.id)
        except Refused as no:
            tell(TakenBack((), str(no)))
            return _QUIET
        entry = work.ledger.entry(draft.id)
        assert entry is not None, "it was written a moment ago"
        assert newest is not None, "something was taken back"
        tell(TakenBack((entry,), f"Taken back: {_words(newest, seen)}"))
        return _QUIET

    return deed


def given_again(undo: Entry, tell: Tell) -> Deed:
    """What was taken back counts again."""

    def deed(work: Work) -> Done:
        try:
            check_may_take_back(work.visit(str(undo.event)), [undo])
            undos = take_back(work.ledger, work.hand, [undo])
        except Refused as no:
            tell(TakenBack((), str(no), again=True))
        else:
            tell(TakenBack(tuple(undos), "Done again.", again=True))
        return _QUIET

    return deed


def _words(entry: Entry, seen: Observation) -> str:
    """What an entry was, for the status line."""
    body = entry.body
    if entry.kind == "line":
        return f"“{plain(str(body['text']))}”"
    if entry.kind == "observed":
        part = seen.protocol.item(str(body["item"])) or seen.protocol.prompt(str(body["item"]))
        return plain(words_of(part)) if part is not None else "a mark"
    return "what a line was coded to" if entry.kind == "coded" else "the end"
