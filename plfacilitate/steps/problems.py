"""The problem bank, written: follow-ups, what a problem is filed under, what helps, problems that return.

Owns how each becomes a draft. Never decides how a problem stands (`core.problems`), and never reads the ledger for it
(`steps.problem_bank`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plfacilitate.core.entry import Draft
from plfacilitate.core.minutes import day_text
from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.problems.values import BankProblem, Promise, Then, Tried
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, plain, tidy
from plfacilitate.steps.capture import Hand


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
        said = ", ".join(f"{one.id[:8]} ({cut(one.what, 30)})" for one in known)
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


def bring_back(hand: Hand, row: Row, event: str, *, segment: str = "") -> list[Draft]:
    """A problem is opened at a later POP-up again, and goes on from what it was: both or neither are to be written."""
    one = row.problem
    words = {
        "owner": one.owner or next((each.who for each in one.promises), ""), "school": one.school,
        "problem": one.words, "data": one.data,
    }  # fmt: skip
    opened = hand.draft("popup-opened", event=event, body={**words, "segment": segment})
    return [opened, _continues(hand, opened.id, one.id)]


def continue_from(hand: Hand, bank: Bank, later: Row, earlier: Row) -> Draft:
    """A problem that is open already goes on from an earlier one. Refused: `nothing-to-do`, `problem-goes-on`."""
    if later.problem.continues == earlier.problem.id:
        raise Refused("nothing-to-do", what="the problem goes on from that one already")
    chain: Sequence[Row] = (earlier, *bank.before(earlier.problem.id))
    if later.problem.id in {row.problem.id for row in chain}:
        raise Refused("problem-goes-on", problem=shown(earlier.problem))
    return _continues(hand, later.problem.id, earlier.problem.id)


def _continues(hand: Hand, later: str, earlier: str) -> Draft:
    return hand.draft("problem-filed", body={"popup": later, "fields": {"continues": earlier}})


def shown(problem: BankProblem) -> str:
    """A problem in a sentence, cut if it is long."""
    return plain(cut(problem.words, 50).rstrip())
