"""Phones of a POP-up: `python -m bench.ideas_phones PLACE PORT EVENT FILE SECONDS TIMES`.

Owns the phones' side: each opens its group's page and sends what it is asked for, at a moment of its own. A wrong answer
fails the bench. FILE `-` = one phone that sends an idea for each line on stdin and says how many are there now.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote_plus

from bench.door_server import surroundings_at
from bench.figures import percentile
from bench.hall_phones import Phone
from bench.workspace import now
from plfacilitate.seal import tickets
from plfacilitate.seal.keys import load_or_make_secret
from plfacilitate.steps import popup as steps
from plfacilitate.store.ballots import box_of, lying

_HIDDEN = re.compile(
    rb'action="(/popup/(?:ideas|vote))".*?name="r" value="([^"]+)".*?name="b" value="([^"]+)"', re.DOTALL
)
THIRDS = 3
_SAVED = {"/popup/ideas": b"Saved: ", "/popup/vote": b"Your dots are saved"}


async def _send(phone: Phone, guest: str, words: str) -> int:
    """Look at the group's page, send what it asks for; how many ideas or votes are new by it."""
    page = await phone.ask("POST", "/popup", guest)
    found = _HIDDEN.search(page)
    if found is None:
        raise RuntimeError(f"nothing is asked: {page[-2000:]!r}")
    action, asked, number = (part.decode() for part in found.groups())
    given = f"ideas={quote_plus(words)}" if action == "/popup/ideas" else "d0=1&d1=1"
    page = await phone.ask("POST", action, f"{guest}&r={asked}&b={number}&{given}")
    if _SAVED[action] not in page:
        raise RuntimeError(f"not saved: {page[-2000:]!r}")
    return 1 if action == "/popup/ideas" else 0


async def _all(port: int, guests: list[str], seconds: float, times: int) -> tuple[int, list[list[float]]]:
    """How many ideas and votes are saved, and how long each took, third by third of all the seconds.

    A third begins for all phones at once: most of what it brings comes in its first half.
    """
    chance, took = random.Random(7), [list[float]() for _ in range(THIRDS)]
    began, each = time.perf_counter(), seconds / times

    async def one(at: int, guest: str) -> int:
        ideas, voted = 0, False
        for number in range(times):
            third = number * THIRDS // times
            await asyncio.sleep(max(0.0, began + third * seconds / THIRDS - time.perf_counter()))
            await asyncio.sleep(chance.uniform(0, each))
            started = time.perf_counter()
            async with Phone(port) as phone:
                new = await _send(phone, guest, f"idea {number} of phone {at}")
            took[third].append(time.perf_counter() - started)
            ideas, voted = ideas + new, voted or not new
        return ideas + voted  # a second vote takes the place of the first

    saved = await asyncio.gather(*(one(at, guest) for at, guest in enumerate(guests)))
    return sum(saved), took


async def _one_by_one(place: Path, port: int, event: str, secret: bytes) -> None:
    ledger = surroundings_at(place).open_ledger(readonly=True)
    problem = steps.read_popup(ledger, event).picture().problems[1]
    box, asked = box_of(ledger.path), problem.open_round
    ledger.close()
    assert asked is not None
    guest = _guest(secret, event, problem.members[0].person)
    for number, _ in enumerate(iter(sys.stdin.readline, "")):
        async with Phone(port) as phone:
            await _send(phone, guest, f"late idea {number}")
        print(lying(box, [asked.id])[asked.id], flush=True)


def _guest(secret: bytes, event: str, person: str) -> str:
    ticket = tickets.issue(secret, event, f"popup {person}", now(), timedelta(hours=3), os.urandom)
    return f"l={ticket}&p={person}"


def main(place: str, port: str, event: str, people: str, seconds: str, times: str) -> int:
    secret = load_or_make_secret(Path(place) / "workspace" / "keys", "door", os.urandom)
    if people == "-":
        asyncio.run(_one_by_one(Path(place), int(port), event, secret))
        return 0
    guests = [_guest(secret, event, str(person)) for person in json.loads(Path(people).read_text())]
    saved, took = asyncio.run(_all(int(port), guests, float(seconds), int(times)))
    print(json.dumps({"saved": saved, "p99": [percentile(third, 99) for third in took]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
