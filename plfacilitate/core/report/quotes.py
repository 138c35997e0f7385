"""What a report of a visit quotes: lines of the script, words beside an answer, each with its time and its room.

Owns which of many are shown, so that no room drowns another, and how many more there are. Never shortens the ledger's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, zip_longest
from typing import NamedTuple

from plfacilitate.core.report.sights import Sight, Telling
from plfacilitate.core.text import fold, tidy

MOST = 4
"""Quotes under one item; so many that a page stays readable."""
LONGEST = 400  # characters of one quote
_SAME = timedelta(minutes=1)  # so far apart two observers' lines on one item may be, to be one event
_BY = {2: "two", 3: "three"}


class Quote(NamedTuple):
    """One piece of evidence. `where` = room and time, or time alone where the room may not be told."""

    text: str
    where: str


class _Said(NamedTuple):
    sight: Sight
    at: datetime
    text: str
    line: bool  # of the script; else words beside an answer, or in its place
    others: frozenset[str] = frozenset()  # who else noted it


def quotes(item: str, group: Sequence[Sight], telling: Telling) -> tuple[tuple[Quote, ...], int]:
    """What is quoted on an item, and how many more there are; nothing where one room alone holds words on it.

    Rooms in their order and each in order of time; where no letter may be told, by the minute alone: that
    one room's words stand together would tell them apart.
    """
    said = _once(
        [_Said(sight, at, text, line >= 0) for sight in group for at, line, text in sorted(_pieces(item, sight))]
    )
    if telling.alone(len({one.sight.room for one in said})):
        return (), 0
    chosen = [said[place] for place in sorted(_fairly(item, said))]
    if telling.alone(_seen_by_two(group)):
        chosen = [one._replace(others=frozenset()) for one in chosen]
    if not telling.lettered:
        chosen.sort(key=lambda one: (one.at - one.sight.observation.started_at, one.text))
    shown = (Quote(shortened(one.text, telling), _where(one, telling)) for one in chosen)
    return tuple(shown), len(said) - len(chosen)


def left_out(item: str, group: Sequence[Sight], telling: Telling) -> bool:
    """Whether words on an item are left out, because one room alone holds some."""
    return telling.alone(len({sight.room for sight in group if next(_pieces(item, sight), None)}))


def _seen_by_two(group: Sequence[Sight]) -> int:
    """How many rooms two or more watched: of one such room alone, that two noted a thing would name the room.

    The school has the teams of the way on paper.
    """
    pairs = {(one.room, fold(one.observation.observer)) for one in group}
    return sum(many > 1 for many in Counter(room for room, _ in pairs).values())


def _once(said: Sequence[_Said]) -> list[_Said]:
    """Without what another observer of the room wrote down of the same moment; the first one says that two noted it."""
    kept: list[_Said] = []
    rooms: dict[str, list[int]] = {}  # room → the places of what was kept of it
    for one in said:
        places = rooms.setdefault(one.sight.room, [])
        same = next((place for place in places if _alike(one, kept[place])), None)
        if same is None:
            places.append(len(kept))
            kept.append(one)
        else:
            kept[same] = kept[same]._replace(others=kept[same].others | {one.sight.observation.observer})
    return kept


def _alike(one: _Said, other: _Said) -> bool:
    """Of one room: lines on one item by two observers, at most a minute apart; answers only where the words are the same.

    An answer is given when there is time for it, after the lesson even: its moment says nothing of what it is about.
    """
    if one.sight.observation.observer in (other.sight.observation.observer, *other.others):
        return False
    if one.line and other.line:
        return abs(one.at - other.at) <= _SAME
    return fold(one.text) == fold(other.text)


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


def _where(one: _Said, telling: Telling) -> str:
    when = telling.when(one.sight, one.at)
    when = f"{one.sight.label}, {when}" if telling.lettered else when
    return f"{when}, noted by {_BY.get(1 + len(one.others), 'several')}" if one.others else when


def _fairly(item: str, said: Sequence[_Said]) -> list[int]:
    """The places of at most `MOST`, from each room in turn; each item begins with another room, so that none is mute."""
    rooms: dict[str, list[int]] = {}
    for place, one in enumerate(said):
        rooms.setdefault(one.sight.room, []).append(place)
    places = list(rooms.values())
    first = sum(item.encode()) % len(places) if places else 0
    turns = (place for turn in zip_longest(*places[first:], *places[:first]) for place in turn if place is not None)
    return list(islice(turns, MOST))
