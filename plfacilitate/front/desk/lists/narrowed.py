"""Which problems of the bank are shown: by theme, school, attribute and state, and by typed words.

Owns what fits. What a problem is searched by is worked out once, so that a long bank is narrowed while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.problems.standing import STATE_WORDS
from plfacilitate.core.problems.values import SETTLED, State
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import fold

STATES: Mapping[str, str] = {
    "waits": "due or overdue", "promised": "promised", "tried": "tried", "open": "nothing promised",
    "settled": "settled",
}  # fmt: skip
"""What the states are narrowed to, in the order in which one key goes through them."""
_MEANT: Mapping[str, frozenset[State]] = {
    "waits": frozenset({"due", "overdue"}), "promised": frozenset({"promised"}), "tried": frozenset({"tried"}),
    "open": frozenset({"open"}), "settled": SETTLED,
}  # fmt: skip


class Narrowing(NamedTuple):
    """What is looked for; "" = whatever it is. `attribute` is a key, `state` one of STATES."""

    theme: str = ""
    school: str = ""
    attribute: str = ""
    state: str = ""
    words: str = ""


class Narrowed:
    """Finds what fits, and remembers what each problem is searched by."""

    def __init__(self) -> None:
        """Nothing was searched yet."""
        self._texts: dict[str, tuple[Row, Sequence[str]]] = {}
        self._last: tuple[Bank, Narrowing, Sequence[Row]] | None = None

    def of(self, bank: Bank, chosen: Narrowing) -> Sequence[Row]:
        """The rows that fit, in the order of the bank."""
        if self._last is None or self._last[0] is not bank or self._last[1] != chosen:
            self._last = bank, chosen, self._found(bank, chosen)
        return self._last[2]

    def _found(self, bank: Bank, chosen: Narrowing) -> Sequence[Row]:
        words = fold(chosen.words).split()
        return [
            row
            for row in bank.rows
            if _same(row.problem.theme, chosen.theme)
            and _same(row.problem.school, chosen.school)
            and chosen.attribute in ("", row.problem.attribute)
            and (not chosen.state or row.state in _MEANT[chosen.state])
            and (not words or self._has(row, words))
        ]

    def _has(self, row: Row, words: Sequence[str]) -> bool:
        known = self._texts.get(row.problem.id)
        if known is None or known[0] is not row:
            known = self._texts[row.problem.id] = row, tuple(fold(" ".join(_texts(row))).split())
        return all(any(one.startswith(word) for one in known[1]) for word in words)


def _same(text: str, asked: str) -> bool:
    return not asked or fold(text) == fold(asked)


def _texts(row: Row) -> Iterator[str]:
    """Everything that was written about a problem."""
    one = row.problem
    yield from (one.owner, one.school, one.problem, one.data, one.how_might_we, one.test, one.title, one.theme)
    yield from (TITLES.get(one.attribute, one.attribute), STATE_WORDS[row.state])
    for promise in one.promises:
        yield from (promise.who, promise.what, promise.first_step)
        yield from (text for heard in promise.followed for text in (heard.happened, heard.who))
    yield from (text for each in one.helps for text in (each.title, each.where))
