"""What a report of a visit quotes: lines of the script, words beside an answer, each with its time and its room.

Owns which of many are shown, so that no room drowns another, and how many more there are. Never shortens the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from plfacilitate.core.text import tidy
from plfacilitate.core.visit_sights import Sight, Telling

MOST = 6
"""Quotes under one item; so many that a page stays readable."""
LONGEST = 400  # characters of one quote


class Quote(NamedTuple):
    """One piece of evidence. `where` = room and time, or time alone where the room may not be told."""

    text: str
    where: str


class _Said(NamedTuple):
    room: str
    at: datetime
    quote: Quote


def quotes(item: str, group: Sequence[Sight], telling: Telling) -> tuple[tuple[Quote, ...], int]:
    """What is quoted on an item, rooms in their order and each in order of time; and how many more there are."""
    if not telling.quoting:
        return (), 0
    said = [one for sight in group for one in _of(item, sight, telling)]
    chosen = _fairly(said)
    return tuple(one.quote for one in said if one in chosen), len(said) - len(chosen)


def shortened(text: str, telling: Telling) -> str:
    """A text of an observer in one line, without names that may not be told; `…` where it was cut."""
    text = tidy(telling.veil(text))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _of(item: str, sight: Sight, telling: Telling) -> list[_Said]:
    pieces = sorted(_pieces(item, sight))
    return [
        _Said(sight.room, at, Quote(shortened(text, telling), _where(sight, at, telling))) for at, _, text in pieces
    ]


def _pieces(item: str, sight: Sight) -> Iterator[tuple[datetime, int, str]]:
    one = sight.observation
    for place, line in enumerate(one.lines_of(item)):
        yield line.at, place, line.text
    answer = one.of(item).answer
    if answer is not None:
        part = one.protocol.item(item)
        words = [answer.value] if part is not None and part.kind == "text" else []
        yield from ((answer.at, -1, str(text)) for text in (*words, answer.note) if text)


def _where(sight: Sight, at: datetime, telling: Telling) -> str:
    when = telling.when(sight, at)
    return f"{sight.label}, {when}" if telling.lettered else when


def _fairly(said: Sequence[_Said]) -> list[_Said]:
    """At most `MOST`, from each room in turn."""
    rooms = [[one for one in said if one.room == room] for room in dict.fromkeys(one.room for one in said)]
    turns: Iterable[_Said] = (one for turn in zip_longest(*rooms) for one in turn if one is not None)
    return [one for one, _ in zip(turns, range(MOST), strict=False)]
