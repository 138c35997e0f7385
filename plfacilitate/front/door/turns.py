"""One after the other, for each person: two phones that tap for the same person at the same moment are one entry.

Owns who has to wait for whom in this door. Never makes anybody wait for somebody else's form.
"""

from __future__ import annotations

import asyncio


class Turns:
    """Who is being signed in or out at this moment."""

    def __init__(self) -> None:
        self._taken: dict[str, asyncio.Event] = {}

    def of(self, person: str) -> Turn:
        """Hold it from looking where they are until that is written."""
        return Turn(self._taken, person)


class Turn:
    """One phone's turn with one person."""

    __slots__ = ("_person", "_taken")

    def __init__(self, taken: dict[str, asyncio.Event], person: str) -> None:
        self._taken = taken
        self._person = person

    async def __aenter__(self) -> None:
        while (before := self._taken.get(self._person)) is not None:
            await before.wait()
        self._taken[self._person] = asyncio.Event()

    async def __aexit__(self, *_: object) -> None:
        self._taken.pop(self._person).set()
