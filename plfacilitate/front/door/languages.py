"""The languages of the door: which there are, which a phone wants, and a sentence in one of them.

Owns the folder `locale`: a language is one file `locale/<code>/LC_MESSAGES/door.po`, read as it is when somebody first
asks for it. English needs none: it is what the pages and the code say. Never holds a sentence itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

LOCALE = Path(__file__).resolve().parent / "locale"
SOURCE = "en"
_OWN_NAME = re.compile(r"^# Language: (.+)$", re.MULTILINE)
log = logging.getLogger(__name__)
_HEAD = 4096  # the header of a .po file ends long before


@dataclass(frozen=True, slots=True)
class Speech:
    """One language: its code and what it says for each English sentence. What it lacks stays English."""

    code: str
    sentences: Mapping[str, str]

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        return self.sentences.get(sentence, sentence)

    def several(self, one: str, many: str, count: int) -> str:
        """One or many of something."""
        return self(one if count == 1 else many)


def mark(sentence: str) -> str:
    """The same sentence: marks a text in the code as one that is translated when it is shown."""
    return sentence


def names(folder: Path = LOCALE) -> dict[str, str]:
    """Code → the language's own name, English first."""
    found = {path.parent.parent.name: _own_name(path) for path in sorted(folder.glob("*/LC_MESSAGES/door.po"))}
    return {SOURCE: "English", **found}


def _own_name(path: Path) -> str:
    match = _OWN_NAME.search(path.read_text("utf-8", "replace")[:_HEAD])
    return match[1] if match else path.parent.parent.name


def load(code: str, folder: Path = LOCALE) -> Speech:
    """That language. Read when first asked for: most doors need one or two."""
    path = folder / code / "LC_MESSAGES" / "door.po"
    if code == SOURCE or not path.exists():
        return Speech(SOURCE, MappingProxyType({}))
    return Speech(code, _sentences(path))


@lru_cache(maxsize=32)  # the pages are made anew whenever the event changes, the sentences are not
def _sentences(path: Path) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=None)
    except (OSError, ValueError):  # a file that nobody can read is no reason to keep anybody out
        log.exception("%s could not be read: its pages stay English", path)
        return MappingProxyType({})
    said = {str(one.id): str(one.string) for one in catalog if one.id and one.string and not one.fuzzy}
    return MappingProxyType(said)


@lru_cache(maxsize=256)
def wanted(header: str, known: tuple[str, ...]) -> str:
    """The language that a phone's Accept-Language asks for most; English where it names none that is `known`."""
    best, most = SOURCE, 0.0
    for part in header[:400].split(","):
        name, _, quality = part.partition(";")
        code = name.strip().partition("-")[0].lower()
        weight = _weight(quality)
        if code in known and weight > most:
            best, most = code, weight
    return best


def _weight(text: str) -> float:
    """`q=0.8` → 0.8; 1 where nothing stands, 0 where nobody can read it."""
    if not text.strip():
        return 1.0
    match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", text)
    return float(match[1]) if match else 0.0
