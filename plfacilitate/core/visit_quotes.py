"""What a report of a visit quotes: lines of the script, words beside an answer, each with its time and its room.

Owns which of many are shown, so that no room drowns another, and how many more there are. Never shortens the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, zip_longest
from typing import NamedTuple

from plfacilitate.core.text import tidy
from plfacilitate.core.visit_sights import Sight, Telling

MOST = 4
"""Quotes under one item; so many that a page stays readable."""
LONGEST = 400  # characters of one quote


class Quote(NamedTuple):
    """One piece of evidence. `where` = room and time, or time alone where the room may not be told."""

    text: str
    where: str


class _Said(NamedTuple):
    sight: Sight
    at: datetime
    text: str


def quotes(item: str, group: Sequence[Sight], telling: Telling) -> tuple[tuple[Quote, ...], int]:
    """What is quoted on an item, and how many more there are.

    Rooms in their order and each in order of time; where no letter may be told, by the minute alone: the order of the
    way would tell the room as well as its letter.
    """
    said = [_Said(sight, at, text) for sight in group for at, _, text in sorted(_pieces(item, sight))]
    chosen = [said[place] for place in sorted(_fairly(item, said))]
    if not telling.lettered:
        chosen.sort(key=lambda one: (one.at - one.sight.observation.started_at, one.text))
    shown = (Quote(shortened(one.text, telling), _where(one.sight, one.at, telling)) for one in chosen)
    return tuple(shown), len(said) - len(chosen)


def shortened(text: str, telling: Telling) -> str:
    """A text of an observer in one line, without names that may not be told; `…` where it was cut."""
    text = tidy(telling.veil(text))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


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


def _fairly(item: str, said: Sequence[_Said]) -> list[int]:
    """The places of at most `MOST`, from each room in turn; each item begins with another room, so that none is mute."""
    rooms: dict[str, list[int]] = {}
    for place, one in enumerate(said):
        rooms.setdefault(one.sight.room, []).append(place)
    places = list(rooms.values())
    first = sum(item.encode()) % len(places) if places else 0
    turns = (place for turn in zip_longest(*places[first:], *places[:first]) for place in turn if place is not None)
    return list(islice(turns, MOST))
