"""What was seen of each look-for that was announced before a visit.

Owns which items, and elements of talks, speak to a look-for: the one that it names, those of the attribute or facet that it names, else those
that share its words, and the report says which of these it was. Never judges whether a look-for was met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plfacilitate.core.protocol import TITLES, Item, Prompt, Protocol
from plfacilitate.core.text import fold

MOST = 4
"""Items under one look-for; who wants more finds them under their instrument."""
NO_ITEM = "No item of the instruments that were used has its words; what the team wrote may speak to it."
SILENT = "The items that speak to it were noted by nobody, or in one room only."
_STEM = 5  # letters by which two words are taken for one: `choose` and `chooses`, `student` and `students`
_SHORT = frozenset(("how", "way", "why"))  # words of three letters that say something
_ALSO = {"pacin": "pace", "paced": "pace", "ways": "way", "decid": "choos", "choic": "choos", "chose": "choos"}
_SHARED = 2  # words that a look-for and an item must share,
_RARE = 2  # but for a word that so few items have: one of it is enough
_WORDS = (
    "student teacher classroom room lesson what when where which whose their there they them with from that this does have"
    " about into will would more than each every other some work take idea thing people"
)
_COMMON = frozenset(word[:_STEM] for word in _WORDS.split())  # in so many items that they tell none from another


class Spoken(NamedTuple):
    """An item with what was found on it, and the title of its instrument."""

    item: str
    instrument: str
    said: str


class Known(NamedTuple):
    """An item of one instrument, or an element of a talk, with the sentence that was found on it; "" = none is told."""

    protocol: Protocol
    item: Item | Prompt
    said: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.item.text if isinstance(self.item, Item) else self.item.title or self.item.ask

    @property
    def words(self) -> str:
        """All its words."""
        part = self.item
        texts = (part.text, part.help) if isinstance(part, Item) else (part.title, part.ask, part.show)
        return " ".join((part.id, *texts))


@dataclass(frozen=True, slots=True)
class LookedFor:
    """One look-for. `how` says by what its items were picked, or why there are none."""

    text: str
    how: str
    spoken: tuple[Spoken, ...]
    more: int = 0


def looked_for(text: str, known: Sequence[Known]) -> LookedFor:
    """What was found on the items that speak to a look-for."""
    silent = False
    for how, fitting in (
        ("The item that it names:", [one for one in known if fold(text) in (fold(one.title), fold(one.item.id))]),
        ("Items that speak to it:", _tagged(text, known)),
        ("Items that share its words:", _alike(text, known)),
    ):
        told = [one for one in fitting if one.said]
        silent |= bool(fitting)
        if told:
            spoken = tuple(Spoken(one.title, one.protocol.title, one.said) for one in told[:MOST])
            return LookedFor(text, how, spoken, max(0, len(told) - MOST))
    return LookedFor(text, SILENT if silent else NO_ITEM, ())


def _tagged(text: str, known: Sequence[Known]) -> list[Known]:
    said = f" {fold(text)} "
    named = {tag for tag, title in TITLES.items() if f" {fold(title)} " in said}
    return [one for one in known if named & {one.item.attribute, one.item.facet}]


def _alike(text: str, known: Sequence[Known]) -> list[Known]:
    """Items that share two words with the text, or one that hardly any other item has; most words first."""
    wanted = _stems(text)
    shared = [wanted & _stems(one.words) for one in known]
    times = Counter(stem for stems in shared for stem in stems)
    fitting = [
        (len(stems), place)
        for place, stems in enumerate(shared)
        if len(stems) >= _SHARED or any(times[stem] <= _RARE for stem in stems)
    ]
    return [known[place] for _, place in sorted(fitting, key=lambda pair: (-pair[0], pair[1]))]


def _stems(text: str) -> frozenset[str]:
    words = fold(text).split()
    stems = (
        word.removesuffix("s")[:_STEM] if len(word) >= 4 else word for word in words if len(word) >= 4 or word in _SHORT
    )
    return frozenset(_ALSO.get(stem, stem) for stem in stems if stem not in _COMMON)
