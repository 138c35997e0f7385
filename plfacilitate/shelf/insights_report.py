"""The report of a school over its visits, on paper and as a page, and what stands in it as texts.

Owns which words are printed and how they are cut; the looks are `exports/documents/insights-report.typ` and `.css`.
Never computes a figure (`core.insights`), and knows no person by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.insights.asks import Change, changes, look_next, no_change, what
from plfacilitate.core.insights.attending import Course, Group, Standings, hours_said, standing_text
from plfacilitate.core.insights.lines import Line, Point
from plfacilitate.core.insights.marks import MEANING, Figure
from plfacilitate.core.insights.whole import NO_ACHIEVEMENT, NOBODY, READ, Apart, Pattern, School
from plfacilitate.core.insights.yardsticks import Yardstick
from plfacilitate.core.minutes import day_text
from plfacilitate.core.report.words import count
from plfacilitate.core.text import fold
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import typeset
from plfacilitate.shelf.visit_report import said

TEMPLATE = "insights-report.typ"
PLOTS = (
    "In a plot visits stand from left to right: a dot is a figure, an upright a span of levels, a ring on the ground a visit"
    " without a number."
)
_CHANGES = 8  # on the first page, those that moved furthest; all stand under their attribute


def insights_pdf(
    one: School,
    courses: Sequence[Course],
    made_at: datetime,
    *,
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The report as a PDF: the same bytes for the same figures. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "report", printed(one, courses) | {"paper": paper}, made_at, kind=kind)


def printed(one: School, courses: Sequence[Course]) -> dict[str, Any]:
    """Everything that is printed, as texts; people's words are data and nothing else."""
    days = _days([visit.day for visit in one.visits])
    return {
        "name": f"Insights: {said(one.name)}, {days}",
        "school": said(one.name),
        "days": days,
        "figures": _figures(one),
        "changed": [_change(each) for each in changes(one)[:_CHANGES]],
        "unchanged": no_change(one),
        "next": [said(text) for text in look_next(one)],
        "visits": [{"day": _day(visit.day), "said": count(visit.rooms, "room")} for visit in one.visits],
        "attributes": [_pattern(each) for each in one.patterns if each.kind == "attribute"],
        "facets": [_pattern(each) for each in one.patterns if each.kind == "facet"],
        "apart": [_apart(each) for each in one.apart],
        "achievement": NO_ACHIEVEMENT,
        "agreement": [
            {"title": f"{said(each.title, 120)}, {said(each.scale, 160)}", "said": each.said,
             "points": [f"{_day(point.day)}: {point.said}" for point in each.points] if len(each.points) > 1 else []}
            for each in one.agreement
        ],
        "courses": list(_courses(one, courses)),
        "asides": [said(text) for text in (*one.versions, *_held(one))],
        "read": [*READ, PLOTS],
        "foot": f"{said(one.name, 60)} · {days}",
    }  # fmt: skip


def _change(one: Change) -> dict[str, str]:
    return {"title": one.title.capitalize(), "what": f"{one.what}: {said(one.instrument, 120)}", "said": one.said}


def _figures(one: School) -> list[list[str]]:
    rooms = sum(visit.rooms for visit in one.visits)
    instruments = {line.by.instrument for pattern in one.patterns for line in pattern.lines}
    return [
        [str(len(one.visits)), "visit" if len(one.visits) == 1 else "visits"],
        [str(rooms), "room seen" if rooms == 1 else "rooms seen; one of two visits counts twice"],
        [str(len(instruments)), "instrument" if len(instruments) == 1 else "instruments, never mixed"],
    ]


def _held(one: School) -> Iterator[str]:
    if one.held:
        yield f"{count(one.held, 'sheet')} left out: somebody's sheet of the same room is still missing there."


def _days(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day_text(day)} {day.year}"


def _pattern(one: Pattern) -> dict[str, Any]:
    return {
        "title": one.title.capitalize(),
        "empty": "" if one.lines else NOBODY,
        "rows": [_row(line, what(line)) for line in one.lines],
    }


def _apart(one: Apart) -> dict[str, Any]:
    there = _row(one.adoption, "Is it there?") if one.adoption is not None else None
    return {
        "title": said(one.title, 120),
        "adoption": [there] if there is not None else [],
        "adherence": [_row(line, f"How is it done? Levels of {line.by.steps}") for line in one.adherence],
        "empty": [said(words).capitalize() for words in one.empty],
    }


def _row(one: Line, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "instrument": said(one.title, 120),
        "sign": MEANING[one.whole.state],
        "told": one.whole.state == "told",
        "said": one.whole.said,
        "rests": one.rests,
        "change": one.change if len(one.points) > 1 else "",
        "share": _share(one.by, one.whole),
        "points": [_point(one.by, point) for point in one.points],
    }


def _point(by: Yardstick, one: Point) -> dict[str, Any]:
    low, high = (_height(by, 100 * level) if level else -1 for level in (one.figure.low, one.figure.high))
    return {
        "day": _day(one.day),
        "said": one.figure.said,
        "state": one.figure.state,
        "share": _share(by, one.figure),
        "low": low,
        "high": high,
    }


def _share(by: Yardstick, one: Figure) -> int:
    """How far along a line from none to all, or from the first level to the last, in per cent; -1 = no number is told."""
    return -1 if one.value is None else _height(by, one.value)


def _height(by: Yardstick, value: int) -> int:
    return (value - 100) // max(1, by.steps - 1) if by.steps else value


def _courses(one: School, courses: Sequence[Course]) -> Iterator[dict[str, Any]]:
    """Who came of this school; where too few did, that alone is said."""
    for course in courses:
        sittings = [(sitting, _own(one, sitting.groups)) for sitting in course.sittings]
        standing = _own(one, course.standings)
        rows = [
            {"day": _day(sitting.day), "title": said(sitting.title, 160), "came": f"{own.came} of {own.expected} came",
             "hours": hours_said(own)}
            for sitting, own in sittings
            if isinstance(own, Group)
        ]  # fmt: skip
        words = standing_text(standing, sessions=len(sittings)) if isinstance(standing, Standings) else ""
        if rows or words:
            yield {"title": said(course.title, 160), "rows": rows, "standing": words}


def _own(one: School, groups: Sequence[Group] | Sequence[Standings]) -> Group | Standings | None:
    return next(
        (each for each in groups if each.schools == 1 and not each.withheld and fold(each.name) == one.key), None
    )
