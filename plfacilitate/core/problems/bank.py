"""The problem bank on a day: each problem with its state, filters, chains, what is due.

Owns how a problem stands, from the standing of its promises. Never reads a ledger (`steps.problems`).

For screens: `Bank.rows` in order of urgency, `Bank.chosen(theme=…, school=…, attribute=…, state=…)`, `Bank.waiting()` for
Today, `Bank.before(id)` for what a problem that returned brings along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from plfacilitate.core.problems.standing import STATE_WORDS, Standing, most_urgent, standing
from plfacilitate.core.problems.values import SETTLED, BankProblem, Promise, State
from plfacilitate.core.text import fold


class Held(NamedTuple):
    """A promise with how it stands."""

    promise: Promise
    standing: Standing


class Row(NamedTuple):
    """A problem with how it stands. `due` = the day of the promise that comes first; None = no day."""

    problem: BankProblem
    state: State
    due: date | None
    held: tuple[Held, ...]

    @property
    def words(self) -> str:
        """Its state as one says it."""
        return STATE_WORDS[self.state]


class Waiting(NamedTuple):
    """A promise that is due or overdue, for Today. `due` is its day."""

    problem: BankProblem
    promise: Promise
    state: State
    due: date


class Bank(NamedTuple):
    """All problems on a day, what waits longest first."""

    today: date
    rows: tuple[Row, ...] = ()

    def row(self, problem: str) -> Row | None:
        """The problem of that id, or None."""
        return next((one for one in self.rows if one.problem.id == problem), None)

    def chosen(self, *, theme: str = "", school: str = "", attribute: str = "", state: str = "") -> tuple[Row, ...]:
        """The rows that fit all that is given. `state` may be `settled`, too; a theme or school fits by beginnings of words."""
        return tuple(
            row
            for row in self.rows
            if _begins(row.problem.theme, theme)
            and _begins(row.problem.school, school)
            and attribute in ("", row.problem.attribute)
            and (state in ("", row.state) or (state == "settled" and row.state in SETTLED))
        )

    def themes(self) -> tuple[str, ...]:
        """The themes that were named, each once."""
        return _names(row.problem.theme for row in self.rows)

    def schools(self) -> tuple[str, ...]:
        """The schools that problems come from, each once."""
        return _names(row.problem.school for row in self.rows)

    def waiting(self) -> tuple[Waiting, ...]:
        """What is due within a week or overdue, the oldest day first."""
        return tuple(sorted(self._waiting(), key=lambda one: (one.due, one.promise.id)))

    def _waiting(self) -> Iterator[Waiting]:
        for row in self.rows:
            for one in row.held:
                if one.standing.due is not None and one.standing.state in ("due", "overdue"):
                    yield Waiting(row.problem, one.promise, one.standing.state, one.standing.due)

    def before(self, problem: str) -> tuple[Row, ...]:
        """The problems that one goes on from, the nearest first; a circle is walked once."""
        found: list[Row] = []
        row = self.row(problem)
        seen = {problem}
        while row is not None and row.problem.continues and row.problem.continues not in seen:
            seen.add(row.problem.continues)
            row = self.row(row.problem.continues)
            found += [row] if row is not None else []
        return tuple(found)


def bank(problems: Iterable[BankProblem], today: date) -> Bank:
    """The bank as it stands on a day: what waits comes first, the nearest day before the rest, then the newest."""
    rows = [_row(one, today) for one in problems]
    rows.sort(key=lambda row: (row.problem.opened_at, row.problem.id), reverse=True)
    rows.sort(key=lambda row: row.due or date.max)
    return Bank(today, tuple(rows))


def _row(problem: BankProblem, today: date) -> Row:
    held = tuple(Held(one, standing(one, today)) for one in problem.promises)
    state = most_urgent(one.standing.state for one in held)
    days = [one.standing.due for one in held if one.standing.waits and one.standing.due is not None]
    return Row(problem, state, min(days, default=None), held)


def _begins(text: str, asked: str) -> bool:
    """Whether each asked word is the beginning of a word of the text."""
    words = fold(text).split()
    return all(any(word.startswith(one) for word in words) for one in fold(asked).split())


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in sorted(texts):
        if text:
            found.setdefault(fold(text), text)
    return tuple(found[key] for key in sorted(found))
