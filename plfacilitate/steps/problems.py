"""The problem bank, written: follow-ups, what a problem is filed under, what helps, problems that return.

Owns how each becomes a draft. Never decides how a problem stands (`core.problems`), and never reads the ledger for it
(`steps.problem_bank`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.minutes import day_text
from plfacilitate.core.plan import Event
from plfacilitate.core.popup.fold import POPUP_KINDS
from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.problems.values import BankProblem, Promise, Then, Tried
from plfacilitate.core.problems.words import before_line
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, plain, tidy
from plfacilitate.steps.capture import Hand, undo
from plfacilitate.steps.events import local_time
from plfacilitate.steps.problem_bank import LEAST_OF_ID
from plfacilitate.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody heard of a promise. `who` said it; `due` = when to ask again, a day or words, "" = no more."""

    tried: Tried
    happened: str = ""
    then: Then = ""
    who: str = ""
    due: str = ""


def follow_up(hand: Hand, promise: Promise, heard: Heard, day: date, *, today: date) -> Draft:
    """What became of a promise, as heard on a day; several make a history, and the last counts. Refused: `day-to-come`."""
    if day > today:
        raise Refused("day-to-come", day=day_text(day))
    body = {
        "cohort": "", "popup": promise.id, "kept": heard.tried != "no", "note": heard.happened.strip(), "tried": heard.tried,
        "then": heard.then, "who": tidy(heard.who), "due": tidy(heard.due), "date": day.isoformat(),
    }  # fmt: skip
    return hand.draft("commitment-settled", body=body)


def the_promise(row: Row, name: str = "") -> Promise:
    """The promise of a problem: the only one, or the one whose id begins so.

    Refused: `problem-nothing-promised`, `problem-several-promised`.
    """
    known = row.problem.promises
    found = [one for one in known if not name or one.id.startswith(name) or one.entry.startswith(name)]
    if not known:
        raise Refused("problem-nothing-promised", problem=shown(row.problem))
    if len(found) != 1:
        said = ", ".join(f"{one.id[:8]} ({cut(one.what, 30).rstrip()})" for one in known)
        raise Refused("problem-several-promised", problem=shown(row.problem), known=said)
    return found[0]


def file_under(hand: Hand, row: Row, *, theme: str | None = None, attribute: str | None = None) -> Draft:
    """A theme or an attribute for a problem; None = as it is, "" = none any more. Refused: `nothing-to-do`."""
    said = {"theme": theme, "attribute": attribute}
    fields = {name: tidy(text) for name, text in said.items() if text is not None}
    changed = {name: text for name, text in fields.items() if text != getattr(row.problem, name)}
    if not changed:
        raise Refused("nothing-to-do", what="the problem is filed under that already")
    return hand.draft("problem-filed", body={"popup": row.problem.id, "fields": changed})


def add_resource(hand: Hand, row: Row, title: str, where: str = "") -> Draft:
    """Something that helps with a problem: a title, and an address or a place. Refused: `problem-resource-empty`."""
    if not tidy(title):
        raise Refused("problem-resource-empty")
    return hand.draft("problem-resource", body={"popup": row.problem.id, "title": tidy(title), "where": tidy(where)})


def check_open(event: Event) -> None:
    """A problem returns to an event that is still to come, or on. Refused: `event-closed`."""
    if event.closed_at is not None:
        raise Refused("event-closed", title=plain(event.title), time=local_time(event, event.closed_at))


def bring_back(hand: Hand, bank: Bank, row: Row, event: str, *, segment: str = "") -> list[Draft]:
    """A problem is opened at a later POP-up again, and goes on from what it was: both or neither are to be written.

    Refused: `nothing-to-do` where it is at that event already.
    """
    one = row.problem
    if event == one.event or any(after.problem.event == event for after in _after(bank, row)):
        raise Refused("nothing-to-do", what="the problem is open at that event already")
    words = {
        "owner": one.owner or next((each.who for each in one.promises), ""), "school": one.school,
        "problem": one.words, "data": one.data, "before": before_line((row, *bank.before(one.id))),
    }  # fmt: skip
    opened = hand.draft("popup-opened", event=event, body={**words, "segment": segment})
    return [opened, _continues(hand, opened.id, one.id)]


def continue_from(hand: Hand, bank: Bank, later: Row, earlier: Row) -> list[Draft]:
    """A problem that is open already goes on from an earlier one, and its group is told what was tried then.

    Refused: `nothing-to-do`, `problem-goes-on`.
    """
    if later.problem.continues == earlier.problem.id:
        raise Refused("nothing-to-do", what="the problem goes on from that one already")
    chain: Sequence[Row] = (earlier, *bank.before(earlier.problem.id))
    if later.problem.id in {row.problem.id for row in chain}:
        raise Refused("problem-goes-on", problem=shown(earlier.problem))
    drafts = [_continues(hand, later.problem.id, earlier.problem.id)]
    if later.problem.source == "popup":
        body = {"popup": later.problem.id, "fields": {"before": before_line(chain)}}
        drafts.append(hand.draft("popup-changed", event=later.problem.event, body=body))
    return drafts


def _after(bank: Bank, row: Row) -> list[Row]:
    return [found for key in row.problem.goes_on if (found := bank.row(key)) is not None]


def _continues(hand: Hand, later: str, earlier: str) -> Draft:
    return hand.draft("problem-filed", body={"popup": later, "fields": {"continues": earlier}})


def take_back(ledger: Ledger, hand: Hand, newest: Sequence[Entry], entry: str = "") -> list[Draft]:
    """Void what was written of a problem last, or the entry whose id begins so; of a return also the problem that it opened.

    Where somebody worked on that one meanwhile, it stays open and only goes on from nothing any more. Refused:
    `nothing-noted`.
    """
    for one in newest:
        if one.id == entry or not entry or (len(entry) >= LEAST_OF_ID and one.id.startswith(entry)):
            return [undo(hand, one), *(undo(hand, opened) for opened in _opened_by(ledger, one))]
    raise Refused("nothing-noted")


def _opened_by(ledger: Ledger, filed: Entry) -> list[Entry]:
    """The problem that a return opened, as long as nothing else was said of it; one that was open before has its line."""
    opened = ledger.entry(str(filed.body["popup"])) if "continues" in filed.body.get("fields", {}) else None
    if opened is None or opened.kind != "popup-opened":
        return []
    touched = ledger.entries(event=opened.event, kinds=POPUP_KINDS)
    return [] if any(one.body.get("popup") == opened.id for one in touched) else [opened]


def shown(problem: BankProblem) -> str:
    """A problem in a sentence, cut if it is long."""
    return plain(cut(problem.words, 50).rstrip())
