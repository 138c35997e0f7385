"""The problem bank as the desk lists it: a line a problem, by state, and the whole story of the one under the cursor.

Owns the order of states, the columns and the words. What a promise has come to is worked out in `core.problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from plfacilitate.core.problems.bank import Held, Row
from plfacilitate.core.problems.standing import STATE_WORDS
from plfacilitate.core.problems.story import Story
from plfacilitate.core.problems.values import BankProblem, State
from plfacilitate.core.problems.words import due_words, heard_words, when
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk.lists.cohort_lines import KEPT
from plfacilitate.front.desk.lists.dates import short_day
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped

WIDE = 100  # cells from which school and theme stand on a problem's own line
DOTS = 12  # dots that are drawn one by one
GROUPS: Sequence[tuple[str, frozenset[State]]] = (
    ("Overdue", frozenset({"overdue"})),
    ("Due within a week", frozenset({"due"})),
    ("Tried, and nothing decided yet", frozenset({"tried"})),
    ("Promised", frozenset({"promised"})),
    ("Nothing promised", frozenset({"open"})),
    ("Settled", frozenset({"kept", "changed", "dropped", "not-kept"})),
)
"""The states in the order in which somebody wants to look at them."""


class BankLine(NamedTuple):
    """One line. `id` is the problem's, or its heading's title. `when` = the day that waits, or what was decided.

    `went_on` = it came back at a later POP-up.
    """

    kind: Literal["problem", "head"]
    id: str
    symbol: str = ""
    look: str = ""
    when: str = ""
    owner: str = ""
    text: str = ""
    about: str = ""
    went_on: bool = False


def bank_lines(rows: Iterable[Row], today: date) -> list[BankLine]:
    """The problems under their states; a state that no problem is in is left out."""
    found = list(rows)
    lines = []
    for title, states in GROUPS:
        these = [row for row in found if row.state in states]
        if these:
            lines += [BankLine("head", title, text=f"{title} · {len(these)}"), *(_line(row, today) for row in these)]
    return lines


def _line(row: Row, today: date) -> BankLine:
    one = row.problem
    symbol, look = KEPT[row.state]
    about = " · ".join(filter(None, (one.school, one.theme)))
    text = _first_line(one.words)
    return BankLine("problem", one.id, symbol, look, _when(row, today), owner_of(one), text, about, bool(one.goes_on))


def _first_line(text: str) -> str:
    return " ".join(text.split())


def owner_of(one: BankProblem) -> str:
    """Whose problem it is; of a promise alone who made it."""
    return one.owner or next((each.who for each in one.promises if each.who), "")


def _when(row: Row, today: date) -> str:
    if row.state in ("kept", "changed", "dropped", "not-kept"):
        return row.words
    if row.due is not None:
        return short_day(row.due, today)
    typed = next((held.standing.due_text for held in row.held if held.standing.waits), "")
    return typed or (short_day(row.problem.day, today) if row.state in ("open", "tried") else "no day")


class BankList(LineList[BankLine]):
    """The problems of the bank."""

    HELP = (
        "Every problem of practice, what is overdue first: ⚠ overdue, ◐ due within a week, ◑ tried and nothing decided, "
        "○ promised, · nothing promised, ✓ kept, ↻ changed, ✗ dropped or not kept; → it came back later. Enter says what "
        "became of it."
    )

    def key_of(self, item: BankLine) -> object:
        """The problem."""
        return item.kind, item.id

    def rests(self, item: BankLine) -> bool:
        """On problems."""
        return item.kind == "problem"

    def draw(self, item: BankLine, width: int) -> tuple[Parts, Parts]:
        """State, when, whose, what; where there is room, school and theme."""
        if item.kind == "head":
            return (Part(f" {item.text}", "title"),), ()
        right: Parts = (
            (Part(f"  {cut(item.about, width // 5).rstrip()} ", "dim"),) if item.about and width >= WIDE else ()
        )
        late = item.look if item.look == "warn" else "dim"
        return (
            Part(f" {item.symbol} ", item.look),
            Part(f"{cut(item.when, 11)} ", late),
            Part(f"{cut(item.owner, 18 if width >= WIDE else 14)} ", "strong"),
            *((Part("→ ", "dim"),) if item.went_on else ()),
            Part(item.text),
        ), right


# -- the problem under the cursor --------------------------------------------------------------------------------------


def story_title(row: Row) -> str:
    """`Ana Ruiz · Lakeridge`, or what the problem is called where nobody is named."""
    one = row.problem
    return " · ".join(filter(None, (owner_of(one), one.school))) or "Nobody is named"


def story_lines(told: Story, width: int) -> list[Words]:
    """From what was brought to what was heard last, in the order in which one tells it."""
    parts = (_brought(told.row, width), _ideas(told, width), _held(told.row.held, width), _goals(told, width),
             _helps(told.row.problem, width), _others("Earlier", told.before, width), _others("Later", told.after, width))  # fmt: skip
    return [line for part in parts for line in part]


def _brought(row: Row, width: int) -> Iterator[Words]:
    one = row.problem
    yield from wrapped(one.how_might_we, width, "", "strong")
    yield from wrapped(one.problem, width, "")
    yield from wrapped(f"Data: {one.data}" if one.data else "", width, "", "dim")
    tags = (one.theme, TITLES.get(one.attribute, one.attribute))
    where = " · ".join(filter(None, (one.title or "outside of any event", when(one.day), *tags)))
    yield from wrapped(where, width, "", "dim")


def _ideas(told: Story, width: int) -> Iterator[Words]:
    if told.backed or told.ideas:
        yield Words("Ideas", "title")
    for one in told.backed:
        several = f" ({'; '.join(one.ideas)})" if one.ideas else ""
        yield from wrapped(f"{'●' * min(one.dots, DOTS)} {one.dots} {one.text}{several}", width, "  ")
    for idea in told.ideas:
        yield from wrapped(f"· {idea}", width, "  ")
    if told.row.problem.test:
        yield Words("Test to try", "title")
        yield from wrapped(told.row.problem.test, width, "  ")


def _goals(told: Story, width: int) -> Iterator[Words]:
    if told.goals:
        yield Words("Points at" if len(told.goals) == 1 else f"Points at {len(told.goals)} goals", "title")
    for goal in told.goals:
        yield from wrapped(goal, width, "  ")


def _held(held: Sequence[Held], width: int, indent: str = "") -> Iterator[Words]:
    if held and not indent:
        yield Words("Promised" if len(held) == 1 else f"Promised, {len(held)} times", "title")
    for one in held:
        promise, (symbol, look) = one.promise, KEPT[one.standing.state]
        due, who = due_words(one), promise.who or promise.owner
        said = " · ".join(
            filter(None, (promise.what, who, f"by {due}" if due else "", STATE_WORDS[one.standing.state]))
        )
        yield from wrapped(f"{symbol} {said}", width, f"{indent}  ", "" if look in ("good", "dim") else look)
        yield from wrapped(f"first: {promise.first_step}" if promise.first_step else "", width, f"{indent}    ", "dim")
        for heard in promise.followed:
            yield from wrapped(f"↳ {heard_words(heard)}", width, f"{indent}    ")


def _helps(one: BankProblem, width: int) -> Iterator[Words]:
    if one.helps:
        yield Words("What helps", "title")
    for each in one.helps:
        yield from wrapped(" · ".join(filter(None, (each.title, each.where))), width, "  ")


def _others(title: str, rows: Sequence[Row], width: int) -> Iterator[Words]:
    if rows:
        yield Words(f"{title} rounds" if len(rows) > 1 else f"{title} round", "title")
    for row in rows:
        one = row.problem
        yield from wrapped(f"{when(one.day)} · {' · '.join(filter(None, (one.title, one.words)))}", width, "  ")
        yield from _held(row.held, width, "  ")


def told_apart(row: Row) -> str:
    """A problem in one line, for a list that one chooses from."""
    return plain(" · ".join(filter(None, (owner_of(row.problem), _first_line(row.problem.words)))))
