"""A roll as it was issued: a version of one offering's figures that somebody was given.

Owns what is kept of it and when the next one is due. It holds figures by person id and nobody's name: names, and the
reasons of what changed, are read from the entries, so that what is erased there is gone here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from plfacilitate.core.roll.lines import Figures


@dataclass(frozen=True, slots=True)
class Issued:
    """One version, from 1. `at` is a UTC text, `as_of` = device → number of the newest entry that was looked at."""

    series: str
    version: int
    at: str
    by: str
    as_of: Mapping[str, int]
    lines: Mapping[str, Figures]

    @property
    def digest(self) -> str:
        """SHA-256 of the figures: two versions of the same figures have the same."""
        return digest_of(self.lines)


def digest_of(lines: Mapping[str, Figures]) -> str:
    """SHA-256 of figures by person, whatever their order."""
    return sha256(lines_json(lines).encode()).hexdigest()


def lines_json(lines: Mapping[str, Figures]) -> str:
    """Figures by person in one line of JSON, in order of ids."""
    return json.dumps({person: list(lines[person]) for person in sorted(lines)}, separators=(",", ":"))


def lines_of_json(text: str) -> dict[str, Figures]:
    """Figures by person, read back."""
    return {person: Figures(*values) for person, values in json.loads(text).items()}


def next_version(
    last: Issued | None, series: str, lines: Mapping[str, Figures], *, at: str, by: str, as_of: Mapping[str, int]
) -> Issued | None:
    """The version to issue; None where the last one says the same."""
    if last is not None and last.digest == digest_of(lines):
        return None
    return Issued(series, last.version + 1 if last else 1, at, by, dict(sorted(as_of.items())), dict(lines))
