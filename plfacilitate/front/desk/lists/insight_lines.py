"""Insights as the desk lists them: a line a figure with its bar, and everything of the one under the cursor in words.

Owns the order, the bars made of letters and the words. What a figure is worth, and whether it may be told, is worked out
in `core.insights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from plfacilitate.core.insights.asks import what
from plfacilitate.core.insights.attending import Course, Group, Standings, hours_said, standing_text
from plfacilitate.core.insights.lines import Line, Point
from plfacilitate.core.insights.marks import MEANING, SYMBOLS, Figure, State, among, resting
from plfacilitate.core.insights.whole import NO_ACHIEVEMENT, NOBODY, Apart, Insights, Pattern, School
from plfacilitate.core.insights.yardsticks import ATTRIBUTES, FACETS, Yardstick
from plfacilitate.core.minutes import day_text
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.report.words import count
from plfacilitate.core.text import cut
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped

APART, AGREED, CAME = "apart", "agreed", "came"
VIEWS: tuple[str, ...] = ("", *ATTRIBUTES, *FACETS, APART, AGREED, CAME)
"""What is looked at: "" = all attributes and facets; the last two are read when somebody wants them."""
LATER = frozenset({AGREED, CAME})
VIEW_WORDS = {"": "all attributes and facets", APART: "adoption and adherence", AGREED: "how far observers agreed",
              CAME: "who came"} | dict(TITLES)  # fmt: skip
ALL_INSTRUMENTS = "all instruments"
NO_VISIT = "No visit has been observed yet. Observe on one (v shows a visit), and what was seen stands here."
BAR = 10  # cells
LOOKS: dict[State, str] = {"told": "in", "empty": "dim", "undecided": "warn", "withheld": "dim", "failed": "bad"}


class InsightLine(NamedTuple):
    """One line. `line` None = a heading or a sentence."""

    kind: Literal["head", "figure", "words"]
    key: tuple[object, ...]
    text: str
    symbol: str = ""
    look: str = ""
    bar: str = ""
    said: str = ""
    rests: str = ""
    line: Line | None = None


def insight_lines(found: Insights, school: School, view: str, instrument: str) -> list[InsightLine]:
    """What is looked at of a school, with one instrument or ("") with all."""
    lines = [
        InsightLine("words", ("failed", event), f"Visit {event[:8]} can't be read: {why}", SYMBOLS["failed"], "bad")
        for event, why in found.failed
    ]
    if view == APART:
        return [*lines, *_apart(school.apart, instrument)]
    patterns = [one for one in school.patterns if view in ("", one.tag)]
    return [*lines, *(line for pattern in patterns for line in _pattern(pattern, instrument))]


def _pattern(one: Pattern, instrument: str) -> Iterator[InsightLine]:
    yield InsightLine("head", ("head", one.tag), one.title.capitalize())
    mine = [line for line in one.lines if instrument in ("", line.by.instrument)]
    if not mine:
        nobody = NOBODY if not one.lines else "Nobody observed this with that instrument."
        yield InsightLine("words", ("nobody", one.tag), nobody, SYMBOLS["empty"], "dim")
    for line in mine:
        yield _figure(line, f"{what(line)} · {line.title}")


def _apart(apart: Iterable[Apart], instrument: str) -> Iterator[InsightLine]:
    for one in apart:
        if instrument in ("", one.instrument):
            yield InsightLine("head", ("head", one.instrument, one.adoption is None), one.title)
            if one.adoption is not None:
                yield _figure(one.adoption, "adoption: is it there?")
            for line in one.adherence:
                yield _figure(line, f"adherence: how is it done? levels of {line.by.steps}")
            for words in one.empty:
                yield InsightLine("words", ("empty", one.instrument, words), words, SYMBOLS["empty"], "dim")
    yield InsightLine("words", ("achievement",), NO_ACHIEVEMENT, SYMBOLS["empty"], "dim")


def _figure(one: Line, text: str) -> InsightLine:
    told = one.whole
    return InsightLine(
        "figure", (one.by,), text, told.symbol, LOOKS[told.state], bar(one.by, told), _said(told), one.rests, one
    )


def _said(told: Figure) -> str:
    return told.said if told.state == "told" else MEANING[told.state]


def bar(by: Yardstick, told: Figure) -> str:
    """A share as far as it goes, a ladder with its span and its middle: `██████░░░░`, `·━━●━·····`; "" = none is told."""
    if told.state != "told":
        return ""
    if not by.steps:
        full = BAR * told.value // 100 if told.value is not None else 0
        return ("█" * full).ljust(BAR, "░") if told.value is not None else ""
    cells = ["·"] * BAR
    if told.low is not None and told.high is not None:
        for place in range(_at(by, 100 * told.low), _at(by, 100 * told.high) + 1):
            cells[place] = "━"
    if told.value is not None:
        cells[_at(by, told.value)] = "●"
    return "".join(cells)


def _at(by: Yardstick, hundredths: int) -> int:
    return (hundredths - 100) * (BAR - 1) // (100 * max(1, by.steps - 1))


class InsightList(LineList[InsightLine]):
    """The figures of a school."""

    HELP = (
        "A line a figure, of one instrument: numbers of different instruments are never put together. ● is a figure, ○ "
        "nobody observed it, ≠ the observers differ, ◌ too few to tell, ✗ can't be read. A bar is the share of look-fors "
        "seen; a row of dots a ladder, from its first level to its last, ━ the levels that were marked and ● the middle "
        "one. Below stands the line under the cursor, visit by visit."
    )

    def key_of(self, item: InsightLine) -> object:
        """Which figure."""
        return item.key

    def rests(self, item: InsightLine) -> bool:
        """On figures."""
        return item.kind == "figure"

    def draw(self, item: InsightLine, width: int) -> tuple[Parts, Parts]:
        """Sign, bar, words, of what."""
        if item.kind == "head":
            return (Part(f" {item.text}", "title"),), ()
        start = Part(f"  {item.symbol} ", item.look)
        if item.kind == "words":
            return (start, Part(item.text, "dim")), ()
        said = cut(item.said, 24 if width >= 100 else 17)
        rests = f" {_short(item.line)} " if width >= 100 and item.line is not None else ""
        return (start, Part(f"{item.bar:<{BAR}} "), Part(f"{said} ", "strong"), Part(item.text)), (Part(rests, "dim"),)


def _short(one: Line) -> str:
    """Marks, rooms and visits of a figure; the rest stands below."""
    told = one.whole
    if told.state != "told":
        return ""
    return f"n {told.n} · {among(one.by, told)} · {count(told.visits, 'visit')}"


# -- the line under the cursor ---------------------------------------------------------------------------------------


def in_words(one: Line, width: int) -> list[Words]:
    """Everything of a line: what it is, on what it rests, how it changed, visit by visit."""
    said = f"{one.whole.said} · {one.rests}" if one.rests else one.whole.said
    lines = [*wrapped(said, width, "", "strong"), *wrapped(one.change, width, "")]
    return lines + [line for point in one.points for line in _visit(one.by, point, width)]


def _visit(by: Yardstick, point: Point, width: int) -> Iterator[Words]:
    rests = resting(by, point.figure._replace(visits=0)).replace(" · 0 visits", "")
    not_in = "" if point.counted or point.figure.state != "told" else " · not in the sum"
    sign = f"{point.figure.symbol} {_said(point.figure)}"
    yield from wrapped(f"{_day(point)}  {sign}{f' · {rests}' if rests else ''}{not_in}", width, "  ", "dim")


def _day(point: Point) -> str:
    return f"{day_text(point.day)} {point.day.year}"


# -- what is read when somebody wants it -----------------------------------------------------------------------------


def agreement_lines(school: School, instrument: str) -> list[InsightLine]:
    """Scale by scale, then visit by visit."""
    lines = []
    for one in school.agreement:
        if instrument in ("", one.instrument):
            lines.append(InsightLine("head", ("agreed", one.instrument, one.scale), f"{one.title} · {one.scale}"))
            lines.append(InsightLine("words", ("all", one.instrument, one.scale), one.said, SYMBOLS["told"], "in"))
            lines += [
                InsightLine("words", ("visit", one.instrument, one.scale, point.event), f"{point.day}  {point.said}")
                for point in (one.points if len(one.points) > 1 else ())
            ]
    nowhere = InsightLine("words", ("nowhere",), "Nowhere two watched the same lesson.", SYMBOLS["empty"], "dim")
    return lines or [nowhere]


def came_lines(courses: Sequence[Course]) -> list[InsightLine]:
    """Series by series, session by session, and where people stand; groups of fewer than five together."""
    lines = []
    for one in courses:
        lines.append(InsightLine("head", ("course", one.series), one.title))
        for sitting in one.sittings:
            lines.append(InsightLine("words", ("sitting", sitting.event), f"{sitting.day}  {sitting.title}"))
            lines += [_group(sitting.event, each) for each in (sitting.whole, *sitting.groups)]
        lines += [InsightLine("words", ("cleared", text), text, SYMBOLS["empty"], "dim") for text in one.cleared]
        if not one.sittings:
            continue
        lines.append(InsightLine("words", ("standing", one.series), "Standing"))
        sessions = len(one.sittings)
        lines += [_standing(one.series, each, sessions) for each in (one.whole, *one.standings)]
    return lines or [InsightLine("words", ("none",), "No session has been held yet.", SYMBOLS["empty"], "dim")]


def _group(event: str, one: Group) -> InsightLine:
    name = cut(one.name or "everybody", 28)
    words = "too few to tell" if one.withheld else f"{one.came} of {one.expected} came · {hours_said(one)}"
    return _people(("group", event, one.name), name, words, withheld=one.withheld)


def _standing(series: str, one: Standings, sessions: int) -> InsightLine:
    name = cut(one.name or "everybody", 28)
    return _people(("stands", series, one.name), name, standing_text(one, sessions=sessions), withheld=one.withheld)


def _people(key: tuple[object, ...], name: str, words: str, *, withheld: bool) -> InsightLine:
    state: State = "withheld" if withheld else "told"
    return InsightLine("words", key, f"{name} {words}", SYMBOLS[state], LOOKS[state])
