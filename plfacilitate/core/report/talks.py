"""What was answered in the interviews of a visit: element by element, the levels of all who were asked side by side.

Owns how those who were asked are called: by what they do, never by a name where rooms are anonymous; and that what one
person, or one room, alone said is not told then. Never makes one number out of several people's levels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plfacilitate.core.protocol import Prompt, Protocol, tags
from plfacilitate.core.report.came import Came, of_talks
from plfacilitate.core.report.quotes import MOST, Quote, shortened
from plfacilitate.core.report.sights import Telling
from plfacilitate.core.report.words import count, listed
from plfacilitate.core.text import fold
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.veil import GRADE, Veil

_DOES = (
    "a aide an and assistant associate at board both building cabinet caregiver chair class coach community "
    "counselor custodian dean director district driver eighth elementary eleventh employer english facilitator "
    "families family fifth first five four fourth from grade grader group head high in instructional instructor "
    "intern kindergarten lead leader leadership learning librarian library math member mentor middle neighbor new "
    "ninth nurse of office officer older one pair paraeducator parent partner preschool principal school science "
    "second secretary seventh several six sixth some specialist staff student superintendent support teacher team "
    "technology tenth the third three trustee tutor twelfth two vice visitor volunteer with year young youth"
)
_SOMEBODY = "somebody"
WORDS = "Words only."
_IN_GRADE = re.compile(rf"\s*(?:\b(?:of|in|from)\s+)?{re.escape(GRADE)}")
_MANY = frozenset(("board", "cabinet", "families", "group", "leadership", "pair", "staff", "team"))
ONE_ALONE = (
    "One person or one room alone was asked: what was said stays with those who were there, and is not told here."
)


class Mark(NamedTuple):
    """Where one person places an element. `level` None = they said something, and no level was marked."""

    who: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of an interview: its marks, how far they are apart, and what was said."""

    id: str
    title: str
    ask: str
    tags: tuple[str, ...]
    said: str
    marks: tuple[Mark, ...]
    quotes: tuple[Quote, ...]
    more: int

    @property
    def apart(self) -> int:
        """How many steps lie between the lowest and the highest mark; 0 where there are fewer than two."""
        levels = [mark.level for mark in self.marks if mark.level is not None]
        return max(levels) - min(levels) if levels else 0


@dataclass(frozen=True, slots=True)
class Area:
    """A section of an interview with those of its elements that somebody answered."""

    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """All interviews with one version of one protocol. `withheld` says why nothing is told of them; "" = it is.

    `left_out` = elements that were answered in one room alone, and are not told. `came` is what the answers of each
    came to by the rules in the file, without these.
    """

    id: str
    version: str
    title: str
    source: str
    levels: tuple[str, ...]
    asked: tuple[str, ...]
    said: str
    withheld: str
    areas: tuple[Area, ...]
    unanswered: tuple[str, ...]
    left_out: int = 0
    came: tuple[Came, ...] = ()


def talk(protocol: Protocol, group: Sequence[Observation], telling: Telling) -> Talk:
    """What the interviews with one version of a protocol came to."""
    who = called(protocol, [one.respondent for one in group], telling.veil, named=telling.open)
    withheld = ONE_ALONE if telling.alone(_givers(group)) else ""
    areas, unanswered, left = [], [], set[str]()
    for section in () if withheld else protocol.sections:
        elements = []
        for prompt in section.prompts:
            given = [pair for pair in zip(who, group, strict=True) if _spoke(prompt, pair[1])]
            if not given:
                unanswered.append(prompt.title or prompt.ask)
            elif _of_one_room([one for _, one in given], telling):
                left.add(prompt.id)
            else:
                elements.append(_element(prompt, given, len(group), protocol, telling))
        if elements:
            areas.append(Area(section.title, tuple(elements)))
    said = _apart([one for area in areas for one in area.elements], len(protocol.levels))
    return Talk(
        protocol.id, protocol.version, protocol.title, protocol.source, protocol.levels, tuple(who), said,
        withheld, tuple(areas), tuple(unanswered), len(left),
        () if withheld else of_talks(protocol, list(zip(who, group, strict=True)), left),
    )  # fmt: skip


def _spoke(prompt: Prompt, one: Observation) -> bool:
    return one.answered(prompt) or bool(one.lines_of(prompt.id))


def _of_one_room(given: Sequence[Observation], telling: Telling) -> bool:
    """Whether all who spoke here were asked in one and the same room."""
    rooms = {one.stop for one in given}
    return "" not in rooms and telling.alone(len(rooms))


def _givers(group: Sequence[Observation]) -> int:
    """How many rooms, or people beside the way, speak here; of a team that was asked together nobody is the one who spoke."""
    teams = sum(not one.stop and bool(_MANY & set(fold(one.respondent).split())) for one in group)
    return len({one.stop or one.id for one in group}) + teams


def called(protocol: Protocol, respondents: Sequence[str], hidden: Veil, *, named: bool) -> list[str]:
    """How those who were asked are called; several of one kind are numbered in the order in which they were asked.

    What `hidden` takes something out of would name somebody; a grade alone is left away.
    """
    roles = (fold(who).split() for prompt in protocol.prompts for who in prompt.who)
    known = frozenset(_DOES.split()).union(*roles)
    told = respondents if named else [_IN_GRADE.sub("", hidden(one)).strip() for one in respondents]
    words = [one if one and (named or ("[" not in one and _does(one, known))) else _SOMEBODY for one in told]
    many, reached = Counter(words), Counter[str]()
    found = []
    for one in words:
        reached[one] += 1
        found.append(f"{one} {reached[one]}" if many[one] > 1 else one)
    return found


def _does(respondent: str, known: frozenset[str]) -> bool:
    """Whether this says what somebody does: words that are known as such, numbers, or S1, S2 for students."""
    words = fold(respondent).split()
    return bool(words) and all(
        word in known or word.removesuffix("s") in known or re.fullmatch(r"s?\d{1,2}(st|nd|rd|th)?", word)
        for word in words
    )


def _element(
    prompt: Prompt, given: Sequence[tuple[str, Observation]], asked: int, protocol: Protocol, telling: Telling
) -> Element:
    """What some of all who were `asked` gave."""
    marks, words = [], []
    for who, one in given:
        answer = one.of(prompt.id).answer
        level = answer.value if answer is not None and isinstance(answer.value, int) else None
        marks.append(Mark(who, level))
        words += [Quote(shortened(text, telling), who) for text in _words(prompt, one)]
    title = prompt.title or prompt.ask
    about = prompt.ask if prompt.title else ""
    said = _levels(marks) if protocol.levels else _answered(len(given), asked)
    return Element(
        prompt.id, title, about, tuple(tags(prompt)), said, tuple(marks), tuple(words[:MOST]), max(0, len(words) - MOST),
    )  # fmt: skip


def _answered(given: int, asked: int) -> str:
    """How many of several gave an answer; "" where one was asked."""
    return f"Answered by {given} of {asked}." if asked > 1 else ""


def _words(prompt: Prompt, one: Observation) -> Iterator[str]:
    answer = one.of(prompt.id).answer
    if answer is not None:
        if isinstance(answer.value, str) and answer.value:
            yield answer.value
        if answer.note:
            yield answer.note
    yield from (line.text for line in one.lines_of(prompt.id))


def _levels(marks: Sequence[Mark]) -> str:
    """Who placed it where, and how far apart: `Principal at 4, teacher leader at 2: 2 steps apart`."""
    placed = [mark for mark in marks if mark.level is not None]
    if not placed:
        return WORDS
    said = ", ".join(f"{mark.who} at {mark.level}" for mark in placed)
    said = said[:1].upper() + said[1:]
    if len(placed) == 1:
        return f"{said}."
    steps = max(mark.level or 0 for mark in placed) - min(mark.level or 0 for mark in placed)
    return f"{said}: {count(steps, 'step') + ' apart' if steps else 'the same step'}."


def _apart(elements: Sequence[Element], levels: int) -> str:
    """Which elements people place furthest from one another: what to talk about first."""
    compared = [one for one in elements if sum(mark.level is not None for mark in one.marks) > 1]
    if not levels or not compared:
        return ""
    same = sum(not one.apart for one in compared)
    said = f"{count(len(compared), 'element')} placed by two or more: the same step for {same}."
    most = max(one.apart for one in compared)
    if most:
        furthest = [one.title for one in compared if one.apart == most]
        shown = (
            listed(furthest[:4]) if len(furthest) <= 4 else f"{', '.join(furthest[:4])} and {len(furthest) - 4} more"
        )
        said += f" Furthest apart ({count(most, 'step')}): {shown}."
    return said
