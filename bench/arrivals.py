"""Two hundred sign-ins a second from another process: `python -m bench.arrivals PLACE EVENT PEOPLE`.

Told on stdin: `on` and `off`, each answered by a line; the end of stdin ends it.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

from bench.door_server import surroundings_at
from bench.figures import ROOT
from plfacilitate.front.door import footing
from plfacilitate.steps import capture
from plfacilitate.steps.capture import Hand

A_SECOND = 200


class Arrivals:
    """The other process, from this side."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @contextlib.contextmanager
    def coming(self) -> Iterator[None]:
        """People sign in as long as the block runs."""
        self._tell("on")
        yield
        self._tell("off")

    def _tell(self, word: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        self._process.stdout.readline()


@contextlib.contextmanager
def arrivals(place: Path, event: str, people: Path) -> Iterator[Arrivals]:
    """The process, quiet at first."""
    command = [sys.executable, "-m", "bench.arrivals", str(place), event, str(people)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Arrivals(process)


def main(place: str, event: str, people: str) -> int:
    on, over = Event(), Event()

    def listen() -> None:
        for line in sys.stdin:
            on.set() if line.strip() == "on" else on.clear()
            print(line.strip(), flush=True)
        over.set()
        on.set()

    Thread(target=listen, daemon=True).start()
    footing.give_way()  # as the door does, which this stands for
    around = surroundings_at(Path(place))
    ledger = around.open_ledger()
    hand = Hand("bench", "own-phone", around.clock, around.chance)
    ids = json.loads(Path(people).read_text())
    signing = cycle([(capture.sign_in, person) for person in ids] + [(capture.sign_out, person) for person in ids])
    while not over.is_set():
        if not on.is_set():
            on.wait()
            begun, count = time.perf_counter(), 0
            continue
        sign, person = next(signing)
        ledger.append([sign(hand, event, person)])
        count += 1
        time.sleep(max(0.0, begun + count / A_SECOND - time.perf_counter()))
    ledger.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
