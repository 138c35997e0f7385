"""The problem bank as tables for the programme parcel: problems, what was heard of promises, what helps.

Owns the columns. Never writes a file. Whoever owns a problem, or promised, is meant to be named; in everything else names
are hidden as in the other tables of their event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plfacilitate.core.problems.bank import Bank, Row

Hiding = Callable[[str | None], Callable[[str], str]]
"""Gives, for an event, what takes the names out of a text that nobody should read in it."""
Cells = Sequence[str | int]

PROBLEMS = (
    ("problem", "the problem of practice; the same as popup in the other tables"),
    ("event", "the event at which it was brought; empty = outside of any"),
    ("day", ""),
    (
        "source",
        "popup = with phones or at the desk, form = taken down in one piece, led = only a commitment was written down",
    ),
    ("owner", "whose problem of practice it is"),
    ("school", "the owner's"),
    ("theme", "what it is found under"),
    ("attribute", "which of the four attributes it is about; may be empty"),
    ("problem_text", ""),
    ("state", "open, promised, due, overdue, tried, kept, changed, dropped or not-kept, on the day of packing"),
    ("due", "the day of the promise that comes first; empty = none waits, or no day was said"),
    ("returned_from", "the problem that it goes on from; empty = none"),
)
FOLLOW_UPS = (
    ("entry", "the entry"),
    ("problem", "the problem of practice"),
    ("commitment", "the entry that promised it first"),
    ("what", "what was promised"),
    ("day", "when it was heard"),
    ("tried", "yes, partly or no"),
    ("happened", "what happened"),
    ("then", "keep, change or drop; empty = nothing was decided"),
    ("ask_again", "a day or words; empty = nobody asks again"),
    ("who", "who said so"),
)
RESOURCES = (
    ("entry", "the entry"),
    ("problem", "the problem of practice"),
    ("title", "what helps"),
    ("where", "an address or a place"),
)


def problems(bank: Bank, hiding: Hiding) -> Iterator[Cells]:
    """Each problem in order of time."""
    for row in _in_time(bank):
        one = row.problem
        hidden = hiding(one.event)
        yield (
            one.id, one.event or "", one.day.isoformat(), one.source, one.owner, one.school, hidden(one.theme), one.attribute,
            hidden(one.problem), row.state, row.due.isoformat() if row.due else "", one.continues,
        )  # fmt: skip


def follow_ups(bank: Bank, hiding: Hiding) -> Iterator[Cells]:
    """What was heard of promises, problem by problem."""
    for row in _in_time(bank):
        hidden = hiding(row.problem.event)
        for promise in row.problem.promises:
            for one in promise.followed:
                yield (
                    one.entry, row.problem.id, promise.id, hidden(promise.what), one.day.isoformat(), one.tried,
                    hidden(one.happened), one.then, one.due, one.who,
                )  # fmt: skip


def resources(bank: Bank, hiding: Hiding) -> Iterator[Cells]:
    """What helps, problem by problem."""
    for row in _in_time(bank):
        hidden = hiding(row.problem.event)
        yield from ((one.entry, row.problem.id, hidden(one.title), hidden(one.where)) for one in row.problem.helps)


def _in_time(bank: Bank) -> list[Row]:
    return sorted(bank.rows, key=lambda row: (row.problem.opened_at, row.problem.id))
