"""What helps with one item while it is filled in: its question, its levels or options, the lines coded to it.

Of what the answers come to: the rule, and which answers led there.

Owns how this fits into a few lines. Never knows what is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple
from zoneinfo import ZoneInfo

from textual.strip import Strip

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.protocol import Item, Prompt, Protocol, tags
from plfacilitate.core.results.outcomes import Outcome, outcomes
from plfacilitate.core.results.words import follows, rule, said, why
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.widgets.lines import Painted, Part, Parts

LEAST, ROWS, COLUMN = 4, 7, 36  # lines of the panel, of options below one another; cells of an option
EVIDENCE = 6  # lines of the script that are shown with an item


class About(NamedTuple):
    """An item of an observation, and what is wrong with what was typed for it ("" = nothing)."""

    seen: Observation
    part: Item | Prompt
    wrong: str
    zone: ZoneInfo


class Come(NamedTuple):
    """What the answers come to by one rule of the protocol."""

    outcome: Outcome
    protocol: Protocol


class Room(NamedTuple):
    """What is written out on several lines where it is long; the rest is cut to one."""

    beside: bool
    levels: bool


ALL = Room(beside=True, levels=True)
LESS = (ALL, Room(beside=False, levels=True), Room(beside=False, levels=False))


def aid(about: About | Come, width: int, height: int) -> list[Parts]:
    """So many lines at most: all of it where there is room, else what stands beside the levels is cut first."""
    if isinstance(about, Come):
        return list(_come_to(about, width, height))
    lines: list[Parts] = []
    for room in LESS:
        lines = list(_lines(about, width, room))
        if len(lines) <= height:
            break
    return lines[:height]


def height_for(seen: Observation, width: int, most: int) -> int:
    """Lines that the longest of its items needs, and one for what may be wrong; at most `most`.

    One height for all items, so that nothing moves from row to row.
    """
    needed = [len(list(_lines(About(seen, part, "", ZoneInfo("UTC")), width, ALL))) for part in seen.protocol.parts]
    needed += [len(list(_come_to(Come(one, seen.protocol), width, most))) for one in outcomes(seen)]
    return max(LEAST, min(most, max(needed, default=0) + 1))


def _come_to(about: Come, width: int, height: int) -> Iterator[Parts]:
    """The outcome, its rule, what follows, then group by group why; where there is little room, one line a group."""
    outcome = about.outcome
    head = list(_wrapped(said(outcome), width, "strong", whole=True))
    then = follows(outcome.result, outcome.named)
    head += list(_wrapped(then, width, "good", whole=True)) if then else []
    groups = list(why(outcome))
    whole = [line for name, led in groups for line in _wrapped(f"{name}. {led}", width, "", whole=True)]
    law = list(_wrapped(f"Rule: {rule(outcome.result, about.protocol)}", width, "dim", whole=True))
    if len(head) + len(whole) + len(law) > height:
        whole = [line for name, led in groups for line in _wrapped(f"{name}. {led}", width, "", whole=False)]
    yield from (head + whole + law)[:height]


def _lines(about: About, width: int, room: Room) -> Iterator[Parts]:
    seen, part, wrong, zone = about
    if wrong:
        yield from _wrapped(f"⚠ {wrong}", width, "bad", whole=room.beside)
    question = f"{part.title}. {part.ask}" if isinstance(part, Prompt) and part.title else ""
    question = question or (part.ask if isinstance(part, Prompt) else part.text)
    yield from _wrapped(question, width, "strong", whole=True)
    beside = _beside(part)
    if beside:
        yield from _wrapped(beside, width, "dim", whole=room.beside)
    yield from _answers(seen, part, width, whole=room.levels)
    coded = seen.lines_of(part.id)
    for line in coded[:EVIDENCE]:
        yield (Part(f" {clock(minute_of(line.at), zone)} ", "title"), Part(line.text))
    if len(coded) > EVIDENCE:
        yield (Part(f" and {len(coded) - EVIDENCE} lines more", "dim"),)


def _beside(part: Item | Prompt) -> str:
    """Whom to ask, what to see, how it is told apart here, and what it speaks to."""
    if isinstance(part, Prompt):
        words = [f"Ask {', '.join(part.who)}." if part.who else "", f"Ask to see: {part.show}." if part.show else ""]
    else:
        words = [part.help]
    words += [f"Here: {part.judgement}." if part.judgement else ""]
    words += [f"({' · '.join(tags(part))})" if tags(part) else ""]
    return " ".join(filter(None, words))


def _answers(seen: Observation, part: Item | Prompt, width: int, *, whole: bool) -> Iterator[Parts]:
    if isinstance(part, Item) and part.options:
        yield from _columns(part, width)
        return
    levels = part.levels if isinstance(part, Item) else seen.protocol.levels
    answer = seen.of(part.id).answer
    for number, text in enumerate(levels, start=1):
        look = "good" if answer is not None and answer.value == number else ""
        first, *rest = wrap(plain(text), max(20, width - 4)) if whole else [cut(text, max(20, width - 4)).rstrip()]
        yield (Part(f" {number} ", "key"), Part(first, look))
        for more in rest:
            yield (Part("   "), Part(more, look))


def _columns(item: Item, width: int) -> Iterator[Parts]:
    """Options beside one another, each with number, id and text, down the columns."""
    count = max(1, min(-(-len(item.options) // ROWS), width // COLUMN))
    rows = -(-len(item.options) // count)
    size = width // count
    longest = max(cells(option.id) for option in item.options)
    for row in range(rows):
        parts: list[Part] = []
        for at in range(row, len(item.options), rows):
            option = item.options[at]
            parts += [
                Part(f" {at + 1:>2} ", "key"), Part(cut(option.id, longest), "strong"),
                Part(" " + cut(option.text, max(4, size - longest - 6)) + " ", "dim"),
            ]  # fmt: skip
        yield parts


def _wrapped(text: str, width: int, look: str, *, whole: bool) -> Iterator[Parts]:
    lines = wrap(plain(text), max(20, width - 2)) or [""]
    if not whole:
        lines = [cut(text, max(20, width - 2))]
    for line in lines:
        yield (Part(f" {line}", look),)


class Aid(Painted):
    """The panel."""

    about: About | Come | None = None
    _lines: Sequence[Parts] = ()
    _made: tuple[About | Come | None, int, int] | None = None

    def show(self, about: About | Come | None) -> None:
        """Help with this one."""
        if about != self.about:
            self.about = about
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        width, height = self.size
        wanted = (self.about, width, height)
        if self._made != wanted:
            self._lines = aid(self.about, width, height) if self.about is not None else ()
            self._made = wanted
        return self.strip(self._lines[y] if y < len(self._lines) else (), (), width)
