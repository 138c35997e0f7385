"""Names that slipped into what observers wrote: who is named, how often, what may stand there instead.

Owns what counts as a name and how one is replaced in a text. Never certain: somebody looks at the list. Names that are
written without a large letter, or in a script that has none, it can't see.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.text import fold
from plfacilitate.core.wordlist import COMMON, NEVER

TEACHER, PRINCIPAL = "the teacher", "the principal"
"""What stands in place of an adult's name."""
SHORT = 4  # letters in capitals that are an abbreviation, such as STEM
AROUND = 44  # letters of an example on either side

_WORD = re.compile(r"(?<![\w@])[^\W\d_]+(?:['’‑-][^\W\d_]+)*(?![\w@])")  # noqa: RUF001 (apostrophes as people type them)
_STUDENT = re.compile(r"(?<!\w)S(\d{1,3})(?!\w)")
_SUFFIX = re.compile(r"['’](?:s|t|re|ve|ll|d|m)?$", re.IGNORECASE)
_TITLES = "Mr|Mrs|Ms|Mx|Miss|Dr|Mister|Señora?|Coach|Principal"
_TITLE = re.compile(rf"({_TITLES})\.?\s+$")
_BEGINS = re.compile(r"(?:^|[.!?:;…/]|[“\"‘(\[–—-])\s*[“\"‘'(\[]*$")


class Unnamed(NamedTuple):
    """A name, how often it stands there, one place, and what may stand instead. `sure` False = it may be no name."""

    name: str
    times: int
    example: str
    proposed: str
    sure: bool


class _Found(NamedTuple):
    name: str
    begins: bool
    adult: str
    example: str


def unnamed(
    texts: Sequence[str], *, known: Iterable[str], adults: Iterable[str] = (), ordinary: Iterable[str] = ()
) -> tuple[Unnamed, ...]:
    """Names in texts that are nobody's of `known`, likeliest and then most frequent first.

    `adults` are listed whoever they are, to be called the teacher. `ordinary` are texts whose words are no names.
    """
    texts = [normal(text) for text in texts]
    small = COMMON | _small([*texts, *map(normal, ordinary)])
    grown = {word for name in adults for word in fold(name).split() if word not in NEVER and len(word) > 1}
    skipped = {word for name in known for word in fold(name).split()} - grown
    found = [one for text in texts for one in _words(text) if not _passed(one.name, skipped)]
    by_name: dict[str, list[_Found]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    listed = {name: ones for name, ones in by_name.items() if _listed(name, ones, small, grown, by_name)}
    proposed = _proposed(texts, listed, grown)
    rows = [
        Unnamed(name, len(ones), ones[0].example, proposed[name], _sure(name, ones, small, grown))
        for name, ones in listed.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.sure, -row.times, row.name)))


def normal(text: str) -> str:
    """The text as it is compared: letters with their accents in one piece."""
    return unicodedata.normalize("NFC", text)


def mentions(text: str, names: Collection[str]) -> bool:
    """Whether one of the names stands in a text, as whole words, written so or in capitals."""
    return bool(names) and _pattern(names).search(normal(text)) is not None


def replaced(text: str, changes: Mapping[str, str]) -> str:
    """The text with every name changed; a title before it goes, and two names of one person become one word."""
    if not mentions(text, changes):
        return text
    wanted = {normal(name): words for name, words in changes.items()}
    wanted |= {name.upper(): words for name, words in wanted.items() if name.upper() not in wanted}

    def change(match: re.Match[str]) -> str:
        words = [wanted[one] for one in _pattern(wanted).findall(match[0])]
        return " ".join(dict.fromkeys(words))

    titles = rf"(?:(?:{_TITLES})\.?\s+)?"
    one = _pattern(wanted).pattern
    return re.sub(rf"{titles}{one}(?:\s+{one})*", change, normal(text))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Whole words, the longest name first."""
    both = {form for name in names for form in (normal(name), normal(name).upper())}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(both, key=len, reverse=True)))})(?!\w)")


# -- which words -----------------------------------------------------------------------------------------------------


def _words(text: str) -> Iterator[_Found]:
    """Words with a large letter, without what hangs on them (’s)."""
    for match in _WORD.finditer(text):
        word = _SUFFIX.sub("", match[0])
        if len(word) < 2 or not word[0].isupper() or (word.isupper() and len(word) <= SHORT):
            continue
        before = text[: match.start()]
        start, end = max(0, match.start() - AROUND), match.end() + AROUND
        example = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
        title = _TITLE.search(before)
        adult = "" if title is None else PRINCIPAL if title[1] == "Principal" else TEACHER
        yield _Found(word, _BEGINS.search(before) is not None, adult, example)


def _passed(word: str, skipped: Collection[str]) -> bool:
    """Whether it is somebody known, or a word that is always written large."""
    parts = fold(word).split()
    return all(part in skipped or part in NEVER for part in parts)


def _small(texts: Iterable[str]) -> set[str]:
    """All words that are written small somewhere."""
    return {fold(word) for text in texts for word in _WORD.findall(text) if word[0].islower()}


def _listed(
    name: str, ones: Sequence[_Found], small: Collection[str], grown: Collection[str], others: Collection[str]
) -> bool:
    """Adults always; a word in capitals only where it is a name elsewhere or long; else no ordinary beginnings."""
    if name.isupper():
        return name.capitalize() not in others and len(name) > SHORT + 1 and fold(name) not in small
    return _is_grown(name, grown) or any(not one.begins or one.adult for one in ones) or fold(name) not in small


def _sure(name: str, ones: Sequence[_Found], small: Collection[str], grown: Collection[str]) -> bool:
    if _is_grown(name, grown) or any(one.adult for one in ones):
        return True
    return any(not one.begins for one in ones) and fold(name) not in small


def _is_grown(name: str, grown: Collection[str]) -> bool:
    return any(part in grown for part in fold(name).split())


# -- what stands instead ---------------------------------------------------------------------------------------------


def _proposed(texts: Sequence[str], listed: Mapping[str, Sequence[_Found]], grown: Collection[str]) -> dict[str, str]:
    """The teacher, or S and the next number that nobody has; two words that always stand together are one person."""
    taken = max((int(number) for text in texts for number in _STUDENT.findall(text)), default=0)
    given: dict[str, str] = {}
    together = _together(texts, listed)
    for name, ones in listed.items():
        adult = next((one.adult for one in ones if one.adult), TEACHER if _is_grown(name, grown) else "")
        if adult:
            given[name] = adult
        elif together.get(name) in given:
            given[name] = given[together[name]]
        else:
            taken += 1
            given[name] = f"S{taken}"
    return given


def _together(texts: Sequence[str], listed: Collection[str]) -> dict[str, str]:
    """Names of one person: the one never stands beside a third."""
    beside: dict[str, Counter[str]] = {name: Counter() for name in listed}
    pair = re.compile(rf"({_pattern(listed).pattern})\s+(?=({_pattern(listed).pattern}))") if listed else None
    for text in texts if pair is not None else ():
        for match in pair.finditer(text) if pair is not None else ():
            if match[1] in beside and match[2] in beside:
                beside[match[1]][match[2]] += 1
                beside[match[2]][match[1]] += 1
    only = {name: next(iter(others)) for name, others in beside.items() if len(others) == 1}
    return {name: other for name, other in only.items() if only.get(other) == name}
