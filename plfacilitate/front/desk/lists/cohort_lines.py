"""A cohort as the desk lists it: one line a school, and everything of the school under the cursor.

Owns the order of columns and the words. Where a school stands, and what is next for it, is worked out in `core.cohort`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from plfacilitate.core.cohort.gatherings import Gathering
from plfacilitate.core.cohort.goals import Aim, Commitment
from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.cohort.standing import Attended
from plfacilitate.core.minutes import day_text, length
from plfacilitate.core.problems.values import State
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import cut, plain
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped

WIDE = 110  # cells from which planning and coaching have columns of their own
NO_COHORT = "No cohort yet: l starts one as a file says (docs/cohorts.md shows how it is written)."
KEPT: dict[State, tuple[str, str]] = {
    "open": ("·", "dim"), "promised": ("○", "dim"), "due": ("◐", ""), "overdue": ("⚠", "warn"), "tried": ("◑", ""),
    "kept": ("✓", "good"), "changed": ("↻", "good"), "dropped": ("✗", "dim"), "not-kept": ("✗", "dim"),
}  # fmt: skip


class SchoolLine(NamedTuple):
    """One line. `key` is the school's, "" = it is no school."""

    kind: Literal["school", "left", "head", "words"]
    key: str = ""
    name: str = ""
    symbol: str = ""
    look: str = ""
    team: str = ""
    came: str = ""
    visits: str = ""
    planned: str = ""
    coached: str = ""
    goals: str = ""
    due: str = ""
    next: str = ""


HEADS = SchoolLine(
    "head", name="school", team="team", came="came", visits="visits", planned="planning", coached="coaching",
    goals="goals", due="due", next="next",
)  # fmt: skip
"""`came` = to the last session; `goals` = with evidence, of all; `due` = promises that nobody has said the end of."""


def school_lines(found: CohortPicture | None) -> list[SchoolLine]:
    """Every school, then those that left, then what doesn't fit together."""
    if found is None:
        return [SchoolLine("words", name=NO_COHORT)]
    lines = [_line(one) for one in found.schools]
    lines += [SchoolLine("left", one.key, one.name, "–", "dim", next=_left(one)) for one in found.left]
    return lines + [SchoolLine("words", name=f"? {remark}") for remark in found.remarks]


def _line(one: SchoolPicture) -> SchoolLine:
    """Something is late or odd (⚠), something is to be done (◐), nothing waits (●)."""
    waits = one.next[0].code not in ("nothing", "date")
    odd = bool(one.warnings or one.overdue)
    symbol, look = ("⚠", "warn") if odd else ("◐", "late") if waits else ("●", "in")
    last = one.sessions[-1] if one.sessions else None
    standing = len(one.standing_goals)
    return SchoolLine(
        "school",
        one.key,
        one.name,
        symbol,
        look,
        f"{len(one.team)}{'!' if one.warnings else ''}",
        f"{len(last.came)}/{len(last.team)}" if last else "—",
        f"{one.visits_held}/{one.visits_planned}" if one.visits_planned else "—",
        length(one.planning_minutes) if one.planning_minutes else "—",
        length(one.coaching_minutes + one.support_minutes) if one.coaching_minutes + one.support_minutes else "—",
        f"{one.with_evidence}/{standing}" if standing else "—",
        _due(one),
        one.next[0].words,
    )


def _due(one: SchoolPicture) -> str:
    """`3, 1 late`; where all are late, `1 late`."""
    if one.overdue and one.overdue == one.waiting:
        return f"{one.overdue} late"
    return ", ".join(filter(None, (str(one.waiting or "—"), f"{one.overdue} late" if one.overdue else "")))


def _left(one: SchoolPicture) -> str:
    day = f" on {day_text(one.left)}" if one.left else ""
    return f"left{day}: {one.reason}"


def columns(line: SchoolLine, width: int) -> Parts:
    """The columns of a line, or of the heads."""
    look = "dim" if line.kind != "school" else ""
    name = cut(line.name, min(30, max(18, width // 5)))
    if line.kind in ("left", "words"):
        start = (Part(f" {line.symbol} ", line.look), Part(f"{name} ", "dim")) if line.kind == "left" else ()
        return (*start, Part(line.next if start else f" {line.name}", "dim"))
    cells = [f"{line.team:<5}", f"{line.came:<5}", f"{line.visits:<7}"]
    if width >= WIDE:
        cells += [f"{line.planned:<9}", f"{line.coached:<9}"]
    warned = "warn" if "!" in line.team else look
    late = "warn" if "late" in line.due else look
    return (
        Part(f" {line.symbol or ' '} ", line.look),
        Part(f"{name} ", look or "strong"),
        Part(cells[0], warned),
        Part("".join(cells[1:]), look),
        Part(f"{line.goals:<6}", look),
        Part(f"{line.due:<10}", late),
        Part(line.next, look),
    )


class SchoolList(LineList[SchoolLine]):
    """The schools of a cohort."""

    HELP = (
        "A line a school: ● nothing waits, ◐ something is to be done, ⚠ something is late or odd. `came` is who of the "
        "team was at the last session; goals with evidence of all goals; due is what was promised and nobody has said "
        "the end of. Enter writes down what was done with the school."
    )

    def key_of(self, item: SchoolLine) -> object:
        """The school; of anything else what it says."""
        return item.key or item.name

    def rests(self, item: SchoolLine) -> bool:
        """On schools."""
        return bool(item.key)

    def draw(self, item: SchoolLine, width: int) -> tuple[Parts, Parts]:
        """The columns."""
        return columns(item, width), ()


# -- the school under the cursor ---------------------------------------------------------------------------------------


def everything(one: SchoolPicture, width: int) -> list[Words]:
    """What is next, then the team, what was held, the action plan, what was promised, who worked with them."""
    parts = (_next(one, width), _team(one, width), _held(one, width), _plan(one, width), _promised(one, width),
             _contacts(one, width))  # fmt: skip
    return [line for part in parts for line in part]


def _headed(title: str, lines: Iterable[Words], width: int, nothing: str = "") -> Iterator[Words]:
    found = list(lines)
    if found or nothing:
        yield Words(title, "title")
        yield from found or wrapped(nothing, width, "  ", "dim")


def _next(one: SchoolPicture, width: int) -> Iterator[Words]:
    steps = (line for step in one.next for line in wrapped(f"· {step.words}", width, "  "))
    said = " ".join(step.words for step in one.next)
    odd = [warning.words for warning in one.warnings if warning.words.removesuffix(" in the team") not in said]
    warned = (line for words in odd for line in wrapped(f"⚠ {words}", width, "  ", "warn"))
    yield from _headed("Next", (*steps, *warned), width)


def _team(one: SchoolPicture, width: int) -> Iterator[Words]:
    mates = " · ".join(mate.words for mate in one.team)
    yield from _headed(
        f"Leadership team, {len(one.team)}", wrapped(mates, width, "  "), width, "nobody: t adds somebody"
    )


def _held(one: SchoolPicture, width: int) -> Iterator[Words]:
    lines = [*_attended("Sessions", one.sessions, width), *_attended("Academy days", one.academy, width)]
    lines += wrapped(_visits(one.visits), width, "  ") if one.visits else ()
    yield from _headed("Held so far", lines, width, "nothing yet")


def _attended(title: str, held: Sequence[Attended], width: int) -> Iterator[Words]:
    each = ", ".join(f"{day_text(seen.gathering.day)} {seen.words}" for seen in held)
    return wrapped(f"{title}: {each}", width, "  ") if held else iter(())


def _visits(visits: Sequence[Gathering]) -> str:
    said = {"held": "held", "planned": "planned", "passed": "never opened"}
    return "Site visits: " + ", ".join(f"{day_text(one.day)} {said[one.state]}" for one in visits)


def _plan(one: SchoolPicture, width: int) -> Iterator[Words]:
    lines = [line for number, aim in enumerate(one.goals, start=1) for line in _goal(number, aim, width)]
    yield from _headed("Action plan", lines, width, "no goal yet: g writes one")


def _goal(number: int, aim: Aim, width: int) -> Iterator[Words]:
    goal = aim.goal
    tags = [TITLES[tag] for tag in (goal.attribute, goal.facet) if tag in TITLES]
    about = " · ".join(filter(None, (*tags, goal.measure, f"due {day_text(goal.due)}" if goal.due else "")))
    yield from wrapped(
        f"{number}. {goal.text}{f' ({about})' if about else ''}", width, "  ", "dim" if goal.dropped else ""
    )
    if goal.dropped:
        yield from wrapped(f"dropped: {goal.dropped}", width, "     ", "dim")
    if aim.doubtful:
        yield from wrapped("⚠ two laptops changed it at once: e says which holds", width, "     ", "warn")
    for seen in aim.evidence:
        when = f"{day_text(seen.day)} " if seen.day else ""
        yield from wrapped(f"✓ {when}{seen.words}", width, "     ", "dim")


def _promised(one: SchoolPicture, width: int) -> Iterator[Words]:
    lines = (line for promise in one.commitments for line in _commitment(promise, width))
    yield from _headed("Promised", lines, width)


def _commitment(one: Commitment, width: int) -> Iterator[Words]:
    symbol, look = KEPT[one.state]
    due = day_text(one.due) if one.due else one.due_text
    said = " · ".join(filter(None, (one.what, one.who, f"due {due}" if due else "", one.note)))
    yield from wrapped(f"{symbol} {said}", width, "  ", "" if look == "good" else look)


def _contacts(one: SchoolPicture, width: int) -> Iterator[Words]:
    total = one.planning_minutes + one.coaching_minutes + one.support_minutes
    newest = sorted(one.contacts, key=lambda contact: contact.day, reverse=True)
    lines = (
        line
        for contact in newest
        for line in wrapped(
            " · ".join(
                filter(
                    None,
                    (f"{day_text(contact.day)} {contact.kind}", length(contact.minutes), contact.among, contact.note),
                )
            ),
            width,
            "  ",
        )
    )
    title = f"Worked with them, {length(total)}" if total else "Worked with them"
    yield from _headed(plain(title), lines, width, "nobody has written anything: Enter does")
