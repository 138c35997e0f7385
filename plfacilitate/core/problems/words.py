"""What became of a problem, in words: for a screen, a page, a phone.

Owns how a promise and what was heard of it read. `before_line` names nobody: it is shown to whoever works on the problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plfacilitate.core.minutes import day_text
from plfacilitate.core.problems.bank import Held, Row
from plfacilitate.core.problems.due import due_day
from plfacilitate.core.problems.standing import STATE_WORDS
from plfacilitate.core.problems.values import FollowUp, Then, Tried
from plfacilitate.core.text import cut, tidy

TRIED_WORDS: Mapping[Tried, str] = {"yes": "tried", "partly": "tried in part", "no": "not tried"}
THEN_WORDS: Mapping[Then, str] = {"": "", "keep": "keep it", "change": "change it", "drop": "drop it"}
_LONGEST = 160  # letters of a text in a line that is shown to a group


def when(day: date) -> str:
    """`Wed 6 Dec 2023`: a bank goes over years."""
    return f"{day_text(day)} {day.year}"


def day_or_words(text: str, said: date) -> str:
    """A day that somebody typed on a day, as the others are written; else as it was typed."""
    day = due_day(text, said)
    return when(day) if day is not None else text


def due_words(held: Held) -> str:
    """`Wed 20 Dec 2023`, or the words that were typed; "" = none."""
    return when(held.standing.due) if held.standing.due is not None else held.standing.due_text


def promise_words(held: Held) -> str:
    """A promise with who, by when, and how it stands."""
    one = held.promise
    due = due_words(held)
    who = f" ({one.who or one.owner})" if one.who or one.owner else ""
    return f"{one.what}{who}{f', by {due}' if due else ''}: {STATE_WORDS[held.standing.state]}"


def heard_words(one: FollowUp) -> str:
    """One follow-up: when, tried or not, what happened, who said so, what was decided, when to ask again."""
    happened = f": {one.happened}" if one.happened else ""
    who = f" ({one.who})" if one.who else ""
    again = f"ask again {day_or_words(one.due, one.day)}" if one.due else ""
    return " · ".join(
        filter(None, (when(one.day), f"{TRIED_WORDS[one.tried]}{happened}{who}", THEN_WORDS[one.then], again))
    )


def before_line(rows: Iterable[Row]) -> str:
    """What was promised and tried in problems that another one goes on from, the nearest first, without anybody's name.

    Of one for which nobody promised anything it is the test, if there was one.
    """
    parts = [f"{when(row.problem.day)}: {became}" for row in rows for became in _each(row)]
    return " · ".join(parts)


def _each(row: Row) -> list[str]:
    test = cut(tidy(row.problem.test), _LONGEST).rstrip()
    return [_became(one) for one in row.held] or ([test] if test else [])


def _became(held: Held) -> str:
    last = held.standing.last
    happened = tidy(last.happened) if last is not None else ""
    return f"{cut(held.promise.what, _LONGEST).rstrip()} → {cut(happened, _LONGEST).rstrip() or STATE_WORDS[held.standing.state]}"
