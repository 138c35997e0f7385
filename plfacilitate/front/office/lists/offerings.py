"""Offerings as lines: number, title, days at once; people, hours and versions as soon as they are reckoned.

Owns the wording, and a list of which only the lines that are looked at are made: a region has tens of thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.report.words import count
from plfacilitate.core.text import cut
from plfacilitate.front.office.lists.states import days_text
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.office.disputes import title
from plfacilitate.office.overview import Card, Figured

_DAYS = 16  # cells of two days
_WIDE = 100  # cells from which flags are said in words


class OfferingLine(NamedTuple):
    """An offering as far as it is known. `reasons` = why it is held, () = it is not."""

    series: str
    card: Card | None
    figured: Figured | None
    reasons: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by."""
        card = self.card
        return (card.in_service, card.title, card.first_day, card.last_day) if card is not None else (self.series,)


class OfferingLines(Sequence[OfferingLine]):
    """Lines that are made when somebody looks at them."""

    def __init__(self, series: Sequence[str], make: Callable[[str], OfferingLine]) -> None:
        """`make` = the line of a series as it is known at the moment."""
        self._series, self._make = series, make

    def __len__(self) -> int:
        return len(self._series)

    @overload
    def __getitem__(self, at: int) -> OfferingLine: ...

    @overload
    def __getitem__(self, at: slice) -> list[OfferingLine]: ...

    def __getitem__(self, at: int | slice) -> OfferingLine | list[OfferingLine]:
        if isinstance(at, slice):
            return [self._make(one) for one in self._series[at]]
        return self._make(self._series[at])

    def place(self, series: str) -> int | None:
        """Where a series stands; None = nowhere."""
        return self._series.index(series) if series in self._series else None


class OfferingList(LineList[OfferingLine]):
    """The offerings, the one that was handed in last first."""

    HELP = (
        "Every offering, the one that was handed in last first. Hours are reckoned from who was in and out, for the lines"
        " that can be seen. ≠ are lines other than handed in, ◐ those that wait for a decision, ■ is held for a dispute."
    )

    def key_of(self, item: OfferingLine) -> object:
        """Its series."""
        return item.series

    def _found(self, item: OfferingLine) -> int:
        place = self.items.place(item.series) if isinstance(self.items, OfferingLines) else None
        return self.at if place is None else place

    @property
    def seen(self) -> Sequence[str]:
        """The series of the lines that can be seen."""
        return [one.series for one in self.items[self.top : self.top + max(1, self.size.height)]]

    def draw(self, item: OfferingLine, width: int) -> tuple[Parts, Parts]:
        """Number, title, days; people, hours, version, flags."""
        card, figured = item.card, item.figured
        if card is None:
            return (Part(f" {item.series[:8]}  …", "dim"),), ()
        wide = width >= _WIDE
        right: list[Part] = [Part(f" {days_text(card.first_day, card.last_day):<{_DAYS}}", "dim")]
        if wide:
            right.append(Part(f"{_sessions(card):>9}", "dim"))
        if figured is None:
            right.append(Part(f"{'…':>23}", "dim"))
        else:
            one = figured.summary
            right += [
                Part(f"{one.people:>7}"),
                Part(f"{hours_text(one.earned):>9} h", "strong"),
                Part(f" {'v' + str(one.version) if one.version else '–':>4}", "" if one.version else "dim"),
            ]
        flags = _flags(item, in_words=wide)
        room = 24 if wide else 6
        used = sum(len(part.text) for part in flags)
        right += [*flags, Part(" " * max(0, room - used))]
        return (Part(f" {cut(card.in_service or '–', 10)} ", "title"), Part(card.title)), right


def header(width: int) -> Parts:
    """The names of the columns, where they stand."""
    wide = width >= _WIDE
    sessions = f"{'sessions':>9}" if wide else ""
    end = f" {'days':<{_DAYS}}{sessions}{'people':>7}{'hours':>9}   rolls" + " " * ((24 if wide else 6) - 1)
    return (Part(" number     title".ljust(max(0, width - len(end))) + end, "dim"),)


def _sessions(card: Card) -> str:
    return f"{card.scheduled}/{card.planned}"


def _flags(item: OfferingLine, *, in_words: bool) -> list[Part]:
    parts: list[Part] = []
    if item.reasons:
        parts.append(Part(" ■ on hold" if in_words else " ■", "title"))
    if item.figured is not None:
        one = item.figured.summary
        if waits := item.figured.waits.people:
            parts.append(Part(f" ◐{waits} waits" if in_words else f" ◐{waits}", "warn"))
        if changed := one.open_changes or one.changed:
            parts.append(Part(f" ⚑{changed} changed" if in_words else f" ⚑{changed}", "flag"))
        if one.presenter_only:
            parts.append(Part(" ⚑ presenters only" if in_words else " ⚑", "warn"))
    return parts


def words_of(line: OfferingLine, width: int) -> Iterator[Words]:
    """What is known of an offering."""
    card, figured = line.card, line.figured
    for reason in line.reasons:
        yield from wrapped(f"■ On hold: {reason}", width, " ", "title")
    if card is None:
        yield from wrapped("Its title is being read, or none of its events is scheduled any more.", width, " ", "dim")
        return
    days = days_text(card.first_day, card.last_day)
    yield from wrapped(f"{days} · {card.scheduled} of {count(card.planned, 'session')} scheduled", width, " ")
    if figured is None:
        yield from wrapped("Its hours are being reckoned …", width, " ", "dim")
    else:
        yield from figured_words(figured, width)


def figured_words(figured: Figured, width: int) -> Iterator[Words]:
    """Its figures in a sentence each."""
    one, waits = figured.summary, figured.waits.people
    sums = f"{count(one.people, 'person', 'people')} came, {one.never_came} on the list did not: {hours_text(one.earned)} h"
    more = [f"{hours_text(one.pending - figured.waits.hundredths)} h under way"] if one.waiting > waits else []
    more += [f"{one.credits} take credits"] if one.credits else []
    yield from wrapped(f"{', '.join([sums, *more])} · {one.rule}", width, " ")
    if waits:
        words = (
            f"◐ {count(waits, 'person', 'people')} with {hours_text(figured.waits.hundredths)} h wait for a decision."
        )
        yield from wrapped(words, width, " ", "warn")
    handed = f"Handed in {one.handed_in}" if one.handed_in else "No laptop has packed its hours"
    changed = f", {count(one.changed, 'line')} other since" if one.changed else ""
    yield from wrapped(handed + changed + ".", width, " ", "warn" if one.changed else "")
    if one.open_changes:
        words = (
            f"Version {one.version} was issued; {count(one.open_changes, 'line')} other since: v issues the next one."
        )
        yield from wrapped(words, width, " ", "flag")
    else:
        words = (
            f"Version {one.version} says the same." if one.version else "No version of it was issued yet: v issues one."
        )
        yield from wrapped(words, width, " ", "good" if one.version else "dim")
    if one.presenter_only:
        yield from wrapped("⚑ Presenters and no participant: no hours (WAC 181-85-030).", width, " ", "warn")


def called(card: Card | None) -> str:
    """An offering as a toast names it: its number, else its title."""
    return (card.in_service or card.title) if card is not None else "the offering"


def named(card: Card | None) -> str:
    """An offering as a title names it."""
    return title(card.in_service, card.title) if card is not None else "the offering"
