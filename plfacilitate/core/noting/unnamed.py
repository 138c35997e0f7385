"""Names that slipped into what observers wrote: who is named, how often, what may stand there instead.

Owns what counts as a name and how one is replaced in a text. Never certain: somebody looks at the list. Names that are
written without a large letter, or in a script that has none, it can't see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.noting.wordlist import COMMON, NEVER
from plfacilitate.core.text import fold

TEACHER, PRINCIPAL = "the teacher", "the principal"
"""What stands in place of an adult's name."""
SHORT = 5  # letters up to which a word in capitals is an abbreviation, such as STEM
AROUND = 44  # letters of an example on either side

_WORD = re.compile(r"(?<![\w@])[^\W\d_]+(?:['’‑-][^\W\d_]+)*(?![\w@])")  # noqa: RUF001 (apostrophes as people type them)
_STUDENT = re.compile(r"(?<!\w)S(\d{1,3})(?!\w)")
_SUFFIX = re.compile(r"['’](?:s|t|re|ve|ll|d|m)?$", re.IGNORECASE)
_TITLES = "Mr|Mrs|Ms|Mx|Miss|Dr|Mister|Señora?|Coach|Principal"
_TITLE = re.compile(rf"({_TITLES})\.?\s+$")
_BEGINS = re.compile(r"(?:^|[.!?:;…/]|[“\"‘(\[–—-])\s*[“\"‘'(\[]*$")


class Unnamed(NamedTuple):
    """A name, how often it stands there, one place, and what may stand instead. `sure` False = it may be no name.

    `text` is the place among the texts of the one that `example` comes from. `where` says in a few words what that is,
    "" = nothing is said.
    """

    name: str
    times: int
    example: str
    proposed: str
    sure: bool
    text: int = 0
    where: str = ""


class _Found(NamedTuple):
    """A word or several side by side that name one person: where, whether it begins a sentence, an adult's title."""

    name: str
    begins: bool
    adult: str
    text: int
    start: int
    end: int


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
    found = [one for at, text in enumerate(texts) for one in _words(text, at) if not _passed(one.name, skipped)]
    words = _by_name(found)
    whole = _whole([one for one in found if _listed(one.name, words[one.name], small, grown, words)], texts)
    listed = _by_name(whole)
    proposed = _proposed(texts, listed, grown)
    sure = {name for name, ones in listed.items() if _sure(name, ones, small, grown)}
    rows = [
        Unnamed(name, len(ones), _example(texts[ones[0].text], ones[0]), proposed[name],
                name in sure or _in_full(name, listed) in sure, ones[0].text)
        for name, ones in listed.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (not row.sure, -row.times, row.name)))


def _by_name(found: Iterable[_Found]) -> dict[str, list[_Found]]:
    names: dict[str, list[_Found]] = {}
    for one in found:
        names.setdefault(one.name, []).append(one)
    return names


def _whole(found: Iterable[_Found], texts: Sequence[str]) -> list[_Found]:
    """With words that stand side by side as the one person that they name."""
    whole: list[_Found] = []
    for one in found:
        last = whole[-1] if whole else None
        between = texts[one.text][last.end : one.start] if last is not None and last.text == one.text else ""
        if last is not None and between and between.isspace():
            whole[-1] = last._replace(name=f"{last.name} {one.name}", end=one.end)
        else:
            whole.append(one)
    return whole


def _example(text: str, one: _Found) -> str:
    start, end = max(0, one.start - AROUND), one.end + AROUND
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


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
        words = [wanted[" ".join(one.split())] for one in _pattern(wanted).findall(match[0])]
        return " ".join(dict.fromkeys(words))

    titles = rf"(?:(?:{_TITLES})\.?\s+)?"
    one = _pattern(wanted).pattern
    return re.sub(rf"{titles}{one}(?:\s+{one})*", change, normal(text))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Whole words, the longest name first."""
    both = {form for name in names for form in (normal(name), normal(name).upper())}
    forms = [r"\s+".join(map(re.escape, form.split())) for form in sorted(both, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


# -- which words -----------------------------------------------------------------------------------------------------


def _words(text: str, at: int) -> Iterator[_Found]:
    """Words with a large letter, without what hangs on them (’s)."""
    for match in _WORD.finditer(text):
        word = _SUFFIX.sub("", match[0])
        if len(word) < 2 or not word[0].isupper():
            continue
        before = text[: match.start()]
        title = _TITLE.search(before)
        adult = "" if title is None else PRINCIPAL if title[1] == "Principal" else TEACHER
        yield _Found(word, _BEGINS.search(before) is not None, adult, at, match.start(), match.start() + len(word))


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
        return name.capitalize() not in others and len(name) > SHORT and fold(name) not in small
    return _is_grown(name, grown) or any(not one.begins or one.adult for one in ones) or fold(name) not in small


def _sure(name: str, ones: Sequence[_Found], small: Collection[str], grown: Collection[str]) -> bool:
    """An adult, several words side by side of which one is none of the language, or one such inside a sentence."""
    if _is_grown(name, grown) or any(one.adult for one in ones):
        return True
    first, *more = name.split()
    return any(fold(word) not in small for word in more) or (
        any(not one.begins for one in ones) and fold(first) not in small
    )


def _is_grown(name: str, grown: Collection[str]) -> bool:
    """Whether a word is part of an adult's name; of several words all are, as another first name is another person."""
    return all(any(part in grown for part in fold(word).split()) for word in name.split())


# -- what stands instead ---------------------------------------------------------------------------------------------


def _proposed(texts: Sequence[str], listed: Mapping[str, Sequence[_Found]], grown: Collection[str]) -> dict[str, str]:
    """The teacher, or S and the next number that nobody has; a word alone is whom it stands for beside another."""
    taken = max((int(number) for text in texts for number in _STUDENT.findall(text)), default=0)
    whose = {name: one for name in listed if (one := _in_full(name, listed))}
    given: dict[str, str] = {}
    for name in listed:
        ones = [*listed[name], *listed.get(whose.get(name, ""), ())]
        adult = next((one.adult for one in ones if one.adult), TEACHER if _is_grown(name, grown) else "")
        if adult:
            given[name] = adult
        elif (full := whose.get(name, name)) in given:
            given[name] = given[full]
        else:
            taken += 1
            given[name] = given[full] = f"S{taken}"
    return {name: given[name] for name in listed}


def _in_full(name: str, listed: Collection[str]) -> str:
    """The one longer name of which this one is a part; "" = there is none, or several."""
    found = [one for one in listed if one != name and f" {name} " in f" {one} "]
    return found[0] if len(found) == 1 else ""
