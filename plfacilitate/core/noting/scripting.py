"""What helps somebody who scripts a lesson: letters for items, numbers in place of students' names, when a glance is due.

Owns the three rules. Never writes a line, and never knows who a student is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from string import ascii_lowercase, ascii_uppercase

from plfacilitate.core.protocol import Item, Option, Prompt, Protocol
from plfacilitate.core.text import fold

_STUDENT = re.compile(r"\bS(\d{1,3})\b")


def letters(protocol: Protocol) -> Mapping[str, str]:
    """Item or prompt id → its letter: a to z, then A to Z; whatever comes after these has none and is found by typing.

    The same protocol gives the same letters on every laptop. An id's own letters come first: `recall` is r.
    """
    return _lettered([(part.id, part.text if isinstance(part, Item) else part.ask) for part in protocol.parts])


def option_letters(options: Sequence[Option]) -> Mapping[str, str]:
    """Option id → its letter, likewise."""
    return _lettered([(option.id, option.text) for option in options])


def _lettered(named: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Everybody's first wish first, then the second; whoever is left over takes what is left over."""
    wishes = {name: _wishes(name, text, named) for name, text in named}
    given: dict[str, str] = {}
    taken: set[str] = set()
    for rank in range(max((len(one) for one in wishes.values()), default=0)):
        for name, wished in wishes.items():
            if name not in given and rank < len(wished) and wished[rank] not in taken:
                given[name] = wished[rank]
                taken.add(wished[rank])
    return {name: given[name] for name, _ in named if name in given}


def _wishes(name: str, text: str, named: Sequence[tuple[str, str]]) -> str:
    """The letters that one would like, best first: what tells its id from the others', then the words of its text."""
    words = re.findall(r"[a-z]+", name.lower())
    own = [word for word in words if sum(word in other.lower().split("-") for other, _ in named) == 1]
    said = "".join(char for char in fold(text) if char in ascii_lowercase)
    liked = [word[0] for word in own] + [word[0] for word in words] + list("".join(own)) + list("".join(words))
    small = "".join(dict.fromkeys([*liked, *said, *ascii_lowercase]))
    capital = small.upper()
    assert set(capital) == set(ascii_uppercase), "a wish for every letter there is"
    return small + capital


def next_student(texts: Iterable[str]) -> str:
    """The number after the highest that was used in these texts: S1 where none was."""
    return f"S{max((int(number) for text in texts for number in _STUDENT.findall(text)), default=0) + 1}"


def last_student(texts: Iterable[str]) -> str:
    """The student who was mentioned last, texts from the newest to the oldest; "" = nobody was."""
    for text in texts:
        if found := _STUDENT.findall(text):
            return f"S{found[-1]}"
    return ""


def slots_due(item: Item, started_at: datetime, now: datetime) -> int:
    """How many glances are due by now: the first after `every` minutes, 0 = none yet."""
    return max(0, (now - started_at) // timedelta(minutes=item.every)) if item.every else 0


def slot_at(item: Item, started_at: datetime, slot: int) -> datetime:
    """When a glance is due; slots count from 1."""
    return started_at + timedelta(minutes=item.every * slot)


def levels_of(part: Item | Prompt, protocol: Protocol) -> tuple[str, ...]:
    """The ladder on which an item or a prompt is placed, from level 1; () = it has none."""
    return part.levels if isinstance(part, Item) else protocol.levels


def words_of(part: Item | Prompt) -> str:
    """What an item looks for, or what a prompt asks."""
    return part.text if isinstance(part, Item) else part.title or part.ask
