"""Names of teachers and rooms, roles and grades that only one of them has, taken out of what observers wrote.

Owns which words of a visit's way are names and what stands in their place. Never guesses a name that the way does not
hold (`core.noting.unnamed` does), and never changes what is kept in the ledger.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from plfacilitate.core.text import fold
from plfacilitate.core.visiting.plan import Stop, Visit

Veil = Callable[[str], str]
"""Gives a text without the names that nobody should read in it."""

TEACHER, ROOM, GRADE = "[teacher]", "[room]", "[grade]"
_NO_NAME = "mr mrs ms mx miss dr prof principal teacher teachers coach assistant room rooms grade the and for class"
# Names that are everyday words too: taken out only where they are written as a name is.
_EVERYDAY = (
    "april art august ball bell best bill black book brown case chase cook day dean faith field fields fox frank "
    "gold good grace grant gray green grey hill hope hunter joy june king little long love mark may miles moon "
    "north page park pat power price read rich rose sharp short silver small star stone strong summer ward west "
    "white will wise wood woods young"
)
# What people are called who work in a room or teach a subject of that name.
_OF = {
    "librarian": "library media",
    "counselor": "counseling guidance",
    "nurse": "nursing health",
    "chef": "culinary cooking",
}
_POST = r"(?:teacher|instructor|specialist|coach|director|aide|assistant|paraeducator|tutor|intern)"
_ORDINALS = dict(
    enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1)
) | {11: "eleventh", 12: "twelfth"}
_SHORTEST = 3  # letters or digits of a room's name that is looked for without the word "room" before it


def veil(visit: Visit | None) -> Veil:
    """What takes the names of hosts and rooms out of a text; where rooms are named, every text stays as it is."""
    if visit is None or visit.rooms == "named":
        return lambda text: text
    hosts = [*visit.hosts, *(stop.host for stop in visit.stops)]
    swaps = [*_roles(visit.stops), *_grades(visit.stops), *_rooms(stop.room for stop in visit.stops), *_teachers(hosts)]

    def hidden(text: str) -> str:
        for pattern, instead in swaps:
            text = pattern.sub(instead, text)
        return text

    return hidden


def _roles(stops: Sequence[Stop]) -> Iterable[tuple[re.Pattern[str], str]]:
    """What one host alone is, or is by a subject or room that only one host has: as good as a name.

    Who receives the team (`Visit.hosts`) is in no room: a principal stays a principal.
    """
    who: dict[str, set[str]] = {}
    for stop in stops:
        host = fold(re.split(r"[,(]", stop.host)[0]) or stop.id
        for what in (*re.split(r"[,()]", stop.host)[1:], stop.subject, stop.room):
            who.setdefault(fold(what), set()).add(host)
    once = [what for what, hosts in who.items() if what and len(hosts) == 1]
    written = {fold(what) for stop in stops for what in re.split(r"[,()]", stop.host)[1:]}
    roles = {what for what in once if what in written and not set(what.split()) <= set(_NO_NAME.split())}
    words = {word for what in once for word in what.split()}
    roles |= {role for role, places in _OF.items() if words & set(places.split())}
    subjects = {what for stop in stops if (what := fold(stop.subject)) in once}
    if roles:
        yield re.compile(rf"{_any_of(one for role in roles for one in (role, f'{role}s'))}", re.IGNORECASE), TEACHER
    if subjects:
        yield re.compile(rf"{_any_of(subjects)}\s+{_POST}\b", re.IGNORECASE), TEACHER


def _grades(stops: Sequence[Stop]) -> Iterable[tuple[re.Pattern[str], str]]:
    """A grade that only one host teaches names the room to whoever has the way on paper: `grade 5`, `a fifth grader`."""
    who: dict[str, set[str]] = {}
    for stop in stops:
        for what in _taught(stop.grade):
            who.setdefault(what, set()).add(fold(stop.host) or stop.id)
    once = {what for what, hosts in who.items() if len(hosts) == 1}
    if "k" in once:
        yield re.compile(r"\bkindergart(?:en|ners?|eners?)\b|\bgrade\s+k\b", re.IGNORECASE), GRADE
    numbers = {int(what) for what in once if what.isdigit()}
    if numbers:
        of = _any_of(map(str, numbers))
        written = {_ORDINALS[number] for number in numbers & _ORDINALS.keys()}
        nth = _any_of([*(f"{number}{end}" for number in numbers for end in ("st", "nd", "rd", "th")), *written])
        yield re.compile(rf"\bgrades?\s*{of}|{nth}[\s-]*grade(?:rs?|s)?\b", re.IGNORECASE), GRADE


def _taught(grade: str) -> set[str]:
    """The grades that a stop's words name, those between two of them too: `6-8` is 6, 7 and 8; `k` is kindergarten."""
    found = {
        "k" if what.startswith("k") else str(int(what))
        for what in re.findall(r"\d{1,2}|\bk\b|kindergarten", fold(grade))
    }
    for first, last in re.findall(r"(\d{1,2}|[Kk])\s*(?:-|\N{EN DASH}|to)\s*(\d{1,2})", grade):
        found |= {str(number) for number in range(int(first) if first.isdigit() else 1, int(last))}
    return found


def _teachers(hosts: Iterable[str]) -> Iterable[tuple[re.Pattern[str], str]]:
    words = {word for host in hosts for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", host)}
    names = {word for word in words if len(word) >= 2 and word[0].isupper() and word.casefold() not in _NO_NAME.split()}
    everyday = {word for word in names if word.casefold() in _EVERYDAY.split()}
    strict = _any_of(spelt for word in everyday for spelt in (word, word.upper()))
    loose = _any_of(spelt for word in names - everyday for spelt in (word, _bare(word)))
    if loose:
        yield re.compile(loose, re.IGNORECASE), TEACHER
    if strict:
        yield re.compile(strict), TEACHER
    if names:
        yield (
            re.compile(rf"(?:\b(?:mr|mrs|ms|mx|miss|dr)\b\.?\s*)?(?:{re.escape(TEACHER)}\s*)+(?<!\s)", re.IGNORECASE),
            TEACHER,
        )


def _rooms(rooms: Iterable[str]) -> Iterable[tuple[re.Pattern[str], str]]:
    long, short = set(), set()
    for room in rooms:
        name = re.sub(r"^(?:room|rm\.?|classroom)\s+", "", room.strip(), flags=re.IGNORECASE)
        if name:
            short.add(name)
            long |= {name} if len(name) >= _SHORTEST else set()
    if short:
        yield re.compile(rf"\b(?:class)?(?:room|rm\.?)\s*(?:no\.?\s*)?{_any_of(short)}", re.IGNORECASE), ROOM
    if long:
        yield re.compile(_any_of(long), re.IGNORECASE), ROOM


def _any_of(words: Iterable[str]) -> str:
    """A pattern that fits any of the words as a whole word, the longest first; "" = there are none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)" if ordered else ""


def _bare(word: str) -> str:
    """A word as somebody in a hurry types it: without accents."""
    parts = unicodedata.normalize("NFKD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))
