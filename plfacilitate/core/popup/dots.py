"""Ideas one a line, and dots: how many there are, and which votes are lawful.

Owns the rule of dots (max(2, a quarter of the options), five at most; domain/peers.md 5.14). Never counts a vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from plfacilitate.core.text import tidy

FEWEST_DOTS, MOST_DOTS = 2, 5
MOST_IDEA = 5_000
"""Letters of one idea at most."""
MOST_LINES = 40
"""Ideas of one form at most."""
MOST_OPTIONS = 40
"""Options of one vote at most: more can't be compared on a phone."""


def dots_for(options: int) -> int:
    """How many dots everybody has: one to four options, at least two, at most five, never more than options."""
    return max(0, min(options, MOST_DOTS, max(FEWEST_DOTS, (options + 2) // 4)))


def lawful(given: Sequence[str], options: Collection[str], dots: int, *, stacking: bool) -> tuple[str, ...] | None:
    """The dots of one person, sorted, so that their order says nothing; None = too many, none, or two on one.

    Dots on what is no option are passed over: a page may be older than the vote.
    """
    kept = sorted(one for one in given if one in options)
    if not kept or len(kept) > dots:
        return None
    if not stacking and max(Counter(kept).values()) > 1:
        return None
    return tuple(kept)


def ideas_of(text: str) -> tuple[tuple[str, ...], bool]:
    """The ideas of a text, one a line, each said once; and whether something had to be cut.

    Markup stays the text that it is. An idea has at most 5,000 letters, a form at most 40 lines.
    """
    lines = [line for one in text.splitlines() if (line := tidy(one))]
    kept = list(dict.fromkeys(line[:MOST_IDEA] for line in lines))
    return tuple(kept[:MOST_LINES]), len(kept) > MOST_LINES or any(len(line) > MOST_IDEA for line in lines)
