"""What the problem bank is made of: problems over all events, promises, follow-ups, what helps.

Owns the frozen values. Never says what a promise has come to (`core.problems.standing`).
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, get_args

Tried = Literal["yes", "partly", "no"]
"""Whether it was tried since it was promised."""
TRIED: tuple[Tried, ...] = get_args(Tried)
Then = Literal["", "keep", "change", "drop"]
"""What is decided of it; "" = nothing yet."""
THEN: tuple[Then, ...] = get_args(Then)
Source = Literal["popup", "form", "led"]
"""Where a problem comes from: a POP-up with phones, one form (`k`), a commitment written down while a protocol was led."""
State = Literal["open", "promised", "due", "overdue", "tried", "kept", "changed", "dropped", "not-kept"]
"""`open` = nobody promised anything; `due` = today or within a week; `tried` = and nothing decided yet; the rest is settled."""
STATES: tuple[State, ...] = get_args(State)
WAITING: frozenset[State] = frozenset({"promised", "due", "overdue"})
"""Nobody has said what became of it."""
SETTLED: frozenset[State] = frozenset({"kept", "changed", "dropped", "not-kept"})
"""It was decided."""


class FollowUp(NamedTuple):
    """Somebody asked how it went, on a day. `who` said so, `by` wrote it down; `due` = when to ask again, as typed."""

    entry: str
    day: date
    tried: Tried
    happened: str
    then: Then = ""
    who: str = ""
    due: str = ""
    by: str = ""


class Promise(NamedTuple):
    """A commitment out of a problem of practice. `id` is that of its first version; `due` as somebody typed it.

    `entry` = the version that counts; `event` None = it was noted outside of any; `day` = when. `owner` brought the
    problem, from `school` where that was said. `followed` = what was heard of it since, the oldest first; `problem` = the
    problem that it belongs to.
    """

    id: str
    event: str | None
    day: date
    owner: str
    who: str
    what: str
    first_step: str
    due: str
    entry: str = ""
    school: str = ""
    followed: tuple[FollowUp, ...] = ()
    problem: str = ""


class Helps(NamedTuple):
    """Something that helps with a problem: its title and where it is (an address on the web, or a place)."""

    entry: str
    title: str
    where: str


class BankProblem(NamedTuple):
    """A problem of practice of any event, as it stands. `id` is that of its first version, and stays.

    `event` None = it was written down outside of any; `title` and `day` are the event's. `continues` = the problem that
    it goes on from, "" = none; `goes_on` = those that go on from it. `theme`, `attribute`, `school` are taken from what
    it continues where nobody said them of it. `problem` "" = only the promise was written down.
    """

    id: str
    source: Source
    event: str | None
    title: str
    day: date
    opened_at: str
    owner: str
    school: str
    problem: str
    theme: str = ""
    attribute: str = ""
    data: str = ""
    how_might_we: str = ""
    test: str = ""
    promises: tuple[Promise, ...] = ()
    helps: tuple[Helps, ...] = ()
    continues: str = ""
    goes_on: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The problem in its own words, else what was promised."""
        return self.problem or next((one.what for one in self.promises), "")
