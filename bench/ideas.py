"""A POP-up of three hundred phones: ideas and dots without names, each from the group's page to "saved"; the desk meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench import slow_disk
from bench.desk import desk_command, terminal_of
from bench.door import Mode, served
from bench.door_server import surroundings_at
from bench.figures import ROOT, Figure, percentile
from bench.hall import core_of_the_door
from bench.prepared import Day, prepared
from bench.workspace import hand
from plfacilitate.core.popup.picture import RoundKind
from plfacilitate.steps import popup as steps
from plfacilitate.steps.capture import sign_in
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.store.ballots import box_of, lying
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from bench.terminal import Terminal

PHONES, PROBLEMS = 300, 50
TIMES = 6  # each phone looks at its page and sends
SECONDS = 30
KEYS = 80
AT_ONCE = 100  # ms: below a tenth of a second an answer is felt as immediate (Nielsen, response time limits)
REFRESH = 0.25
LOOKS = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """What phones came to. `saved` = ideas and votes that phones were told are saved; `p99` = seconds, third by third."""

    saved: int
    p99: list[float]


def figures() -> list[Figure]:
    """On this disk as it is, then with every fsync made 5 ms slower."""
    with prepared(PHONES) as day:
        around = surroundings_at(day.place)
        _begin(around, day.event)
        found = _of(day, "", {})
        if slow_disk.why_not():
            return found
        with slow_disk.shim() as more:
            return [*found, *_of(day, ", fsync 5 ms slower", more)]


def _begin(around: Surroundings, event: str) -> None:
    """Everybody is in and in a group; half of the groups are asked for ideas, half for dots."""
    ledger, writer = around.open_ledger(), hand(around)
    people = sorted(read_fold(ledger, event).expected)[:PHONES]
    ledger.append([sign_in(writer, event, person) for person in people])
    brought = [
        steps.open_problem(writer, event, {"owner": f"Owner {at:03}", "problem": _words(at), "data": "3 of 28 spoke"})
        for at in range(PROBLEMS)
    ]
    ledger.append(brought)
    joins = [steps.join(writer, event, person, brought[at % PROBLEMS].id, "choice") for at, person in enumerate(people)]
    ideas = [steps.idea(writer, event, one.id, f"idea {n} of {at}") for at, one in enumerate(brought) for n in range(8)]
    ledger.append([*joins, *ideas])
    for at, problem in enumerate(steps.read_popup(ledger, event).picture().problems):
        kind: RoundKind = "ideas" if at % 2 else "vote"
        ledger.append_one(steps.begin_round(writer, read_event(ledger, event), problem, kind))
    ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.close()


def _words(at: int) -> str:
    return f"problem-{at:03} of somebody who asks for help with it"


def _of(day: Day, where: str, more: Mapping[str, str]) -> list[Figure]:
    (mine, kept), (page, _) = _run(day, "door", more), _run(day, "page", more)
    what = f"{PHONES} phones, ideas and dots in {SECONDS} s"
    return [
        Figure("ideas", f"{what}: acknowledged and not there{where}", mine.saved - kept, "", most=0,
               detail=f"{mine.saved} acknowledged"),
        _answered(mine, page, where),
        *_desk(day, where, more),
    ]  # fmt: skip


def _answered(mine: Sent, page: Sent, where: str) -> Figure:
    """How long a phone waits; medians of thirds, so that one hiccup does not say what the half minute was like."""
    detail = f"{_ms(mine)} / {_ms(page)} ms"
    if where:  # without the append nothing waits for the disk: a ratio would say how slow that was made, and no more
        p99 = statistics.median(mine.p99) * 1000
        return Figure("ideas", f"p99 of group's page → saved{where}", p99, "ms", most=AT_ONCE, detail=detail)
    p99 = statistics.median(one / other for one, other in zip(mine.p99, page.p99, strict=True))
    return Figure(
        "ideas", "p99 of group's page → saved ÷ the same pages without the append", p99, most=4, detail=detail
    )


def _ms(sent: Sent) -> str:
    return f"{statistics.median(sent.p99) * 1000:.0f}"


def _run(day: Day, mode: Mode, more: Mapping[str, str]) -> tuple[Sent, int]:
    """What phones were told, and what really lies in the box."""
    with day.copied() as place, served(mode, place, day.event, more) as (port, _):
        told = json.loads(_phones(place, port, day.event).communicate(timeout=300)[0])
        return Sent(**told), _in_the_box(place, day.event)


def _phones(place: Path, port: int, event: str) -> subprocess.Popen[str]:
    around = surroundings_at(place)
    ledger = around.open_ledger(readonly=True)
    where = steps.read_popup(ledger, event).picture().where
    ledger.close()
    people = place / "popup.json"
    people.write_text(json.dumps(list(where)))
    command = [sys.executable, "-m", "bench.ideas_phones", str(place), str(port), event, str(people), str(SECONDS)]
    return subprocess.Popen([*command, str(TIMES)], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ)


def _in_the_box(place: Path, event: str) -> int:
    around = surroundings_at(place)
    ledger = around.open_ledger(readonly=True)
    asked = [one.open_round for one in steps.read_popup(ledger, event).picture().problems]
    box = box_of(ledger.path)
    ledger.close()
    return sum(lying(box, [one.id for one in asked if one is not None]).values())


# -- the desk meanwhile ------------------------------------------------------------------------------------------------


def _desk(day: Day, where: str, more: Mapping[str, str]) -> list[Figure]:
    """Keys on the board at rest and while phones send; and how soon it shows what was just acknowledged."""
    keys = f"key to frame on the board of problems meanwhile: p95 ÷ at rest{where}"
    board = f"from an acknowledged idea to the board: p95, with {1 / REFRESH:.0f} refreshes a second{where}"
    if sys.platform == "win32":
        why = "needs a pseudo-terminal of POSIX"
        return [Figure("ideas", what, None, most=1.5, detail=why) for what in (keys, board)]
    with _opened(day, more) as (place, port, terminal):
        walk = Walk(terminal)
        walk.press(20)
        rest = walk.press(KEYS)
        with core_of_the_door():
            phones = _phones(place, port, day.event)
        busy = []
        while phones.poll() is None:
            busy += walk.press(1)
        assert phones.returncode == 0, "the phones failed"
        late = _lateness(place, port, day.event, terminal)
    ratio = percentile(busy, 95) / percentile(rest, 95)
    return [
        Figure("ideas", keys, ratio, most=1.5,
               detail=f"{percentile(busy, 95) * 1000:.1f} / {percentile(rest, 95) * 1000:.1f} ms, {len(busy)} keys"),
        # One refresh, a look at the box (a tenth of a second) and the drawing.
        Figure("ideas", board, percentile(late, 95) * 1000, "ms", most=REFRESH * 1000 + 150,
               detail=f"median {percentile(late, 50) * 1000:.0f} ms"),
    ]  # fmt: skip


@contextlib.contextmanager
def _opened(day: Day, more: Mapping[str, str]) -> Iterator[tuple[Path, int, Terminal]]:
    with day.copied() as place, contextlib.ExitStack() as stack:
        with core_of_the_door():
            port, _ = stack.enter_context(served("door", place, day.event, more))
        around = surroundings_at(place)
        terminal = stack.enter_context(terminal_of(desk_command(around, day.event), around))
        terminal.until("In the room")
        terminal.rest(2)
        terminal.press(b"P")
        terminal.until(_words(0)[:11], "Owner 001")
        terminal.rest(1)
        yield place, port, terminal


class Walk:
    """A finger that goes down the problems and up again."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._at, self._step = 0, 1

    def press(self, count: int) -> list[float]:
        """Seconds from each of so many keys to the frame in which the next problem's words are drawn."""
        times = []
        for _ in range(count):
            if not 0 <= self._at + self._step < PROBLEMS:
                self._step = -self._step
            self._at += self._step
            self.terminal.press(b"\x1b[B" if self._step > 0 else b"\x1b[A")
            times.append(self.terminal.until(_words(self._at)[:11]))
            self.terminal.rest(0.03)
        return times


def _lateness(place: Path, port: int, event: str, terminal: Terminal) -> list[float]:
    """Seconds from each acknowledged idea to the frame that counts it, on the problem under the cursor."""
    terminal.press(b"\x1b[H")
    terminal.until(_words(0)[:11])
    terminal.press(b"\x1b[B")  # the second is asked for ideas
    terminal.until("so far")
    terminal.rest(2)
    command = [sys.executable, "-m", "bench.ideas_phones", str(place), str(port), event, "-", "0", str(LOOKS)]
    late = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as phone:
        assert phone.stdin is not None
        assert phone.stdout is not None
        for _ in range(LOOKS):
            phone.stdin.write("send\n")
            phone.stdin.flush()
            count = phone.stdout.readline().strip()
            terminal.begin()
            late.append(terminal.until(f"{count} so far"))
            terminal.rest(0.37)  # not in step with the refresh
        phone.stdin.close()
    return late
