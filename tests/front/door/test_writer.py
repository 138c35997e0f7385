"""The writer: many phones, one transaction; one bad draft, one bad answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.writer import MOST_DRAFTS, REST_SECONDS, GroupWriter
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger, Outcome
from tests.front.door.day import LAN, MARIA, SEAN, open_door, prepare, surroundings
from tests.played import Chance, Clock


class Watched:
    """A ledger that notes the sizes of its batches, and can be slow, full or picky."""

    def __init__(self, ledger: Ledger, *, seconds: float = 0.0) -> None:
        self.ledger = ledger
        self.seconds = seconds
        self.sizes: list[int] = []
        self.began: list[float] = []
        self.ended: list[float] = []
        self.connection = ledger.connection
        self.full = False

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Append, with the disk that the test wants."""
        self.began.append(time.monotonic())
        time.sleep(self.seconds)
        if self.full:
            raise Refused("not-written", detail="the disk is full.")
        if any(draft.kind == "poison" for draft in drafts):
            raise TypeError("a draft that no ledger takes")
        outcomes = self.ledger.append(drafts)
        self.sizes.append(len(drafts))
        self.ended.append(time.monotonic())
        return outcomes

    def close(self) -> None:
        """Close the real one."""
        self.ledger.close()


class Writing:
    """A writer over a watched ledger."""

    def __init__(self, root: Path, clock: Clock, *, seconds: float = 0.0) -> None:
        self.around = surroundings(root, clock, Chance())
        self.hand = Hand("door", "own-phone", clock, self.around.chance)
        self.told: list[Entry] = []
        self.seconds = seconds
        self.ledger: Watched | None = None
        self.writer = GroupWriter(self._open, self.told.extend)
        self.writer.start()

    def _open(self) -> Any:
        self.ledger = Watched(self.around.open_ledger(), seconds=self.seconds)
        return self.ledger

    def draft(self, name: str, kind: str = "sign-in") -> Draft:
        """A sign-in whose id is its person's name."""
        return self.hand.draft(kind, event="e", person=name, entry_id=name)

    async def close(self) -> None:
        """Stop the thread."""
        await asyncio.to_thread(self.writer.close)


async def test_phones_that_wait_together_share_a_transaction(tmp_path: Path, clock: Clock) -> None:
    """Two hundred wishes are a handful of commits, each answered with its own outcome."""
    writing = Writing(tmp_path, clock, seconds=0.01)
    outcomes = await asyncio.gather(*(writing.writer.append([writing.draft(f"p{n}")]) for n in range(200)))
    assert [outcome.entry.person for (outcome,) in outcomes if outcome.entry] == [f"p{n}" for n in range(200)]
    assert writing.ledger is not None
    assert sum(writing.ledger.sizes) == 200
    assert len(writing.ledger.sizes) <= 3
    assert [entry.person for entry in writing.told] == [f"p{n}" for n in range(200)]
    await writing.close()


async def test_a_batch_has_an_upper_size(tmp_path: Path, clock: Clock) -> None:
    """A thousand at once do not become one endless transaction."""
    writing = Writing(tmp_path, clock)
    await asyncio.gather(*(writing.writer.append([writing.draft(f"p{n}")]) for n in range(1000)))
    assert writing.ledger is not None
    assert max(writing.ledger.sizes) <= MOST_DRAFTS
    await writing.close()


async def test_a_resend_in_the_same_batch_is_known(tmp_path: Path, clock: Clock) -> None:
    """The first is new, the second the same entry."""
    writing = Writing(tmp_path, clock)
    (first,), (second,) = await asyncio.gather(*(writing.writer.append([writing.draft("p")]) for _ in range(2)))
    assert (first.status, second.status) == ("new", "known")
    assert first.entry == second.entry
    await writing.close()


async def test_a_refused_draft_fails_only_its_own_request(tmp_path: Path, clock: Clock) -> None:
    """The same id for another fact is refused; its neighbours are in."""
    writing = Writing(tmp_path, clock)
    await writing.writer.append([writing.draft("p")])
    other = writing.hand.draft("sign-out", event="e", person="q", entry_id="p")
    (bad,), (good,) = await asyncio.gather(
        writing.writer.append([other]), writing.writer.append([writing.draft("good")])
    )
    assert (bad.status, good.status) == ("refused", "new")
    await writing.close()


async def test_a_draft_that_breaks_the_batch_fails_alone(tmp_path: Path, clock: Clock) -> None:
    """Whatever is wrong with one of them, the others are saved."""
    writing = Writing(tmp_path, clock)
    await writing.writer.append([writing.draft("first")])
    results = await asyncio.gather(
        *(writing.writer.append([writing.draft(name, kind)]) for name, kind in
          [("a", "sign-in"), ("b", "poison"), ("c", "sign-in")]),
        return_exceptions=True,
    )  # fmt: skip
    assert isinstance(results[1], Refused)
    assert [entry.id for entry in writing.told] == ["first", "a", "c"]
    await writing.close()


async def test_after_a_slow_commit_the_lock_is_free_for_a_moment(tmp_path: Path, clock: Clock) -> None:
    """The desk gets in between two commits of a burst."""
    writing = Writing(tmp_path, clock, seconds=0.01)

    async def phone(n: int) -> None:
        for m in range(4):
            await writing.writer.append([writing.draft(f"{n}-{m}")])

    await asyncio.gather(*(phone(n) for n in range(5)))
    ledger = writing.ledger
    assert ledger is not None
    pauses = [began - ended for began, ended in zip(ledger.began[1:], ledger.ended, strict=False)]
    assert min(pauses) >= REST_SECONDS * 0.9
    await writing.close()


async def test_what_is_waiting_is_saved_before_it_stops(tmp_path: Path, clock: Clock) -> None:
    """Closing takes nobody's sign-in away."""
    writing = Writing(tmp_path, clock, seconds=0.01)
    waiting = [asyncio.ensure_future(writing.writer.append([writing.draft(f"p{n}")])) for n in range(30)]
    await asyncio.sleep(0)
    await writing.close()
    assert {outcome.status for (outcome,) in await asyncio.gather(*waiting)} == {"new"}


async def test_a_full_disk_is_a_page_and_the_door_stays_open(tmp_path: Path, clock: Clock) -> None:
    """503 and a plain sentence while the disk is full; searching goes on, and so does signing in when there is room."""
    around = surroundings(tmp_path, clock, Chance())
    event = prepare(around)
    ledger = around.open_ledger(check_same_thread=False)
    async with open_door(around, clock, event, lambda: ledger) as day:
        phone = await day.signed_in(MARIA)
        ledger.connection.execute("PRAGMA max_page_count = 1")  # what a full disk looks like to SQLite
        await day.scanned(phone)
        ticket = phone.ticket
        for path, form in (("/in", {"p": SEAN}), ("/out", {"p": MARIA}), ("/new", {"last_name": "Zed", "sure": "1"})):
            page = await phone.post(path, t=ticket, **form)
            assert page.status_code == 503
            assert "The laptop could not save this." in page.text
        assert (await phone.get("/find", t=ticket, q="gar")).status_code == 200
        assert len(day.entries("sign-in", "sign-out")) == 1
        here = day.phone(address="127.0.0.1")
        assert (await here.get("/alive")).json()["trouble"].startswith("Not saved: the disk is full.")
        ledger.connection.execute("PRAGMA max_page_count = 1000000")
        await day.signed_in(LAN)
        assert len(day.entries("sign-in")) == 2
        assert (await here.get("/alive")).json()["trouble"] == ""


@pytest.mark.parametrize("count", [1, 3])
async def test_a_lone_phone_does_not_wait(tmp_path: Path, clock: Clock, count: int) -> None:
    """Without a burst there is nothing to gather: a wish is handed over in the next turns of the loop."""
    writing = Writing(tmp_path, clock)
    for n in range(count):
        await writing.writer.append([writing.draft(f"p{n}")])
    assert writing.ledger is not None
    assert writing.ledger.sizes == [1] * count
    await writing.close()


async def test_the_room_is_told_in_a_moment_until_a_moment_has_passed(tmp_path: Path, clock: Clock) -> None:
    """While a batch is being saved nobody needs to read the file; where that takes long they look for themselves."""
    writing = Writing(tmp_path, clock, seconds=0.6)
    writer, deadline = writing.writer, time.monotonic() + 5

    def told_soon() -> bool:
        return writer.telling

    assert not told_soon()
    saving = asyncio.create_task(writer.append([writing.draft("p")]))
    while not told_soon():
        assert time.monotonic() < deadline
        await asyncio.sleep(0)
    while told_soon():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)
    assert not saving.done()
    await saving
    assert not told_soon()
    await writing.close()
