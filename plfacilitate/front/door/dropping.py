"""Many phones, one step into the ballot box.

Owns how what comes at once is gathered. Never answers before it is durable, and keeps nothing of what went through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from plfacilitate.core.refusal import Refused
from plfacilitate.store.ballots import Ballot, Fate

Drop = Callable[[Sequence[Ballot]], list[Fate]]
"""Puts ballots into the box in one step: of each what became of it. Durable when it returns; raises Refused."""
MOST = 256


class Box:
    """The box as the door's pages use it, on the loop."""

    def __init__(self, drop: Drop) -> None:
        self._drop = drop
        self._waiting: list[tuple[Sequence[Ballot], asyncio.Future[list[Fate]]]] = []
        self._carrier: asyncio.Task[None] | None = None

    async def put(self, ballots: Sequence[Ballot]) -> list[Fate]:
        """Into the box; of each what became of it. Raises Refused."""
        answer: asyncio.Future[list[Fate]] = asyncio.get_running_loop().create_future()
        self._waiting.append((ballots, answer))
        if self._carrier is None:
            self._carrier = asyncio.create_task(self._carry())
        return await answer

    async def _carry(self) -> None:
        try:
            while self._waiting:
                load, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._bring(load)
        finally:
            self._carrier = None

    async def _bring(self, load: Sequence[tuple[Sequence[Ballot], asyncio.Future[list[Fate]]]]) -> None:
        try:
            fates = await asyncio.to_thread(self._drop, [one for ballots, _ in load for one in ballots])
        except Exception as error:  # noqa: BLE001 (whoever waits must get an answer, whatever went wrong)
            for _, answer in load:
                if not answer.done():
                    answer.set_exception(_as_refused(error))
            return
        at = 0
        for ballots, answer in load:
            if not answer.done():
                answer.set_result(fates[at : at + len(ballots)])
            at += len(ballots)


def _as_refused(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return Refused(error.refusal.code, **error.refusal.details)
    return Refused("not-written", detail="the ballot box gave no answer.")
