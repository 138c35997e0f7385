"""The words of a form, fit for a protocol: on one line, without markup, without what can't be seen.

Owns which markup is known, and what stands for the answer that a text refers to. Never translates.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

from plfacilitate.core.text import tidy

MOST_LETTERS = 1_000
"""Letters of a text at most: a form on paper has no more room."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(([^()\s]{1,300})\)")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_]{1,500})\1")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,500})\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_]{1,500})_(?![\w_])")
_STOPLESS = re.compile(r"(\w)[ \t]*\n\s*(?=[A-Z])")  # a line end that ends a sentence without saying so
_REFERS = re.compile(r"\$\{\s*([^{}]{1,100}?)\s*\}")


class Words(NamedTuple):
    """A text, the names of other questions that it refers to, and whether it was too long and cut."""

    text: str
    refers: tuple[str, ...]
    cut: bool


def words(raw: str) -> Words:
    """A label or hint as plain words; `${name}` becomes `[name]`."""
    text = _seen(raw[: 4 * MOST_LETTERS])
    text = html.unescape(_TAG.sub(" ", text))
    text = _HEADING.sub("", text)
    text = _LINK.sub(r"\1 (\2)", text)
    text = _SLANTED.sub(lambda match: match[1] or match[2], _STRONG.sub(r"\2", text))
    text = _STOPLESS.sub(r"\1. ", text)
    refers = tuple(dict.fromkeys(_REFERS.findall(text)))
    text = tidy(_seen(_REFERS.sub(r"[\1]", text)))
    if len(text) <= MOST_LETTERS and len(raw) <= 4 * MOST_LETTERS:
        return Words(text, refers, cut=False)
    return Words(text[: MOST_LETTERS - 1] + "…", refers, cut=True)


def _seen(text: str) -> str:
    """Without controls, halves of characters and what is set aside for private use; line ends stay."""
    return "".join(
        char for char in text if char in "\n\t" or char == "\r" or unicodedata.category(char) not in ("Cc", "Cs", "Co")
    )


MOST_ID = 56
"""Letters of an id that is made of a name: a number may come behind it."""


def slug(name: str, otherwise: str) -> str:
    """A name as an id may be written: letters, digits, `-`, `_` and `.`, at most MOST_ID of them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-_.")[:MOST_ID].rstrip("-_.")
    return kept or otherwise


class Ids:
    """Ids that were given, so that each is given once; a second one of a name has its number behind it."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def take(self, name: str, otherwise: str) -> str:
        """The id of a name; `otherwise` where nothing of the name can stand in one."""
        first = one = slug(name, otherwise)
        number = 1
        while one.casefold() in self._given:
            number += 1
            one = f"{first}-{number}"
        self._given.add(one.casefold())
        return one
