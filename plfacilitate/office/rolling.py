"""The whole roll: every offering of a register, on all cores, without holding the lines.

Owns how the work is cut: by offering, since one offering's entries say everything about it. Lines lie in sorted runs in
a temporary folder, and come back person by person. Never computes a minute.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from plfacilitate.core.entry import Chance
from plfacilitate.core.roll.lines import RollLine, packed, unpacked
from plfacilitate.core.roll.look import Look, looks
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.people import Merges, PeopleKnown
from plfacilitate.core.roll.summary import Summary, summary_of
from plfacilitate.office.roll import issue, read_offering
from plfacilitate.shelf.runs import fewer, rows_of, write_run
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.known import KnownPeople, keep

ALONE = 40  # offerings up to which a second process costs more than it brings
PIECE = 50  # offerings that a process takes at a time, at most
PIECES = 8  # and so many pieces for each process, at least, so that all end at about the same time
IN_A_RUN = 20_000  # lines that a process holds


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is wanted. `at` is now.

    `persons` = ids of records, none = everybody; `year` = `2023` or a school year, `2023-24`, "" = all; `issued_by` = who
    issues what has changed, "" = nothing is issued.
    """

    url: str
    at: datetime
    persons: frozenset[str] = frozenset()
    year: str = ""
    issued_by: str = ""


@dataclass(frozen=True, slots=True)
class PersonRoll:
    """One person's lines, by day, and what somebody should look at before they are believed."""

    lines: tuple[RollLine, ...]
    looks: tuple[Look, ...]

    def about(self, line: RollLine) -> str:
        """What should be looked at about one of the lines."""
        return " ".join(look.sentence for look in self.looks if line.series in look.series)


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll. `offerings` in order of their first day; lines and people are read from disk as often as asked for."""

    offerings: tuple[Summary, ...]
    runs: tuple[Path, ...]

    def lines(self) -> Iterator[RollLine]:
        """Every line, by last name, a person's by day."""
        return map(unpacked, rows_of(self.runs))

    def people(self) -> Iterator[PersonRoll]:
        """Everybody, by last name."""
        caps = {one.rule: one.day_cap for one in self.offerings}
        for _, group in groupby(self.lines(), key=lambda line: line.person):
            lines = tuple(group)
            yield PersonRoll(lines, looks(lines, caps.get))


@contextmanager
def roll(
    wanted: Wanted,
    series: Sequence[str],
    chance: Chance,
    *,
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Roll]:
    """The roll of these series, for as long as the block lasts. `processes` None = one a core where that pays.

    `progress` is told how many offerings of how many are done, also while none is; what it raises stops the work.
    """
    many = (os.cpu_count() or 1) if processes is None else processes
    if processes is None and len(series) <= ALONE:
        many = 1
    size = max(1, min(PIECE, -(-len(series) // (many * PIECES))))
    pieces = [series[start : start + size] for start in range(0, len(series), size)]
    with tempfile.TemporaryDirectory(prefix="plf-roll-", ignore_cleanup_errors=True) as folder:
        offerings: list[Summary] = []
        runs: list[Path] = []
        gone = 0
        people = (
            _everybody(wanted, chance, Path(folder), lambda: progress(0, len(series))) if len(series) > ALONE else None
        )
        for done in _done(_Piece(wanted, chance, Path(folder), people), pieces, many):
            offerings += done.offerings
            runs += done.runs
            gone += done.gone
            progress(len(offerings) + gone, len(series))
        offerings.sort(key=lambda one: (one.first_day, one.title, one.series))
        yield Roll(tuple(offerings), tuple(fewer(runs)))


def _everybody(wanted: Wanted, chance: Chance, folder: Path, each_page: Callable[[], None]) -> Path:
    """All people worked out once, instead of once at each of their offerings."""
    path = folder / "people.db"
    with closing(open_register(wanted.url, chance, make=False)) as register:
        keep(register, path, each_page)
    return path


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of one piece; `gone` series have no event any more, or nobody who was wanted."""

    offerings: list[Summary]
    runs: list[Path]
    gone: int


# Nothing that a piece leaves behind goes round in a circle, so counting references is enough in a process of its own.
def _done(work: _Piece, pieces: Sequence[Sequence[str]], processes: int) -> Iterator[_Done]:
    numbered = list(enumerate(pieces))
    if processes < 2:
        yield from map(work, numbered)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=gc.disable) as pool:
        try:
            yield from pool.map(work, numbered)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some offerings, read and reckoned: in this process or another."""

    wanted: Wanted
    chance: Chance
    folder: Path
    people: Path | None

    def __call__(self, piece: tuple[int, Sequence[str]]) -> _Done:
        number, series = piece
        with (
            closing(open_register(self.wanted.url, self.chance, make=False)) as register,
            closing(KnownPeople(self.people)) if self.people else nullcontext() as people,
        ):
            return self._all(register, number, series, people)

    def _all(self, register: Register, number: int, series: Sequence[str], people: PeopleKnown | None) -> _Done:
        merges = Merges(register.merges())
        done = _Done([], [], 0)
        held: list[RollLine] = []
        gone = 0
        for one in series:
            found = read_offering(register, one, at=self.wanted.at, merges=merges, people=people)
            if found is None:
                gone += 1
                continue
            lines = self._wanted_of(found)
            if not lines and (self.wanted.year or self.wanted.persons):
                gone += 1
                continue
            new = issue(register, found, at=self.wanted.at, by=self.wanted.issued_by) if self.wanted.issued_by else None
            done.offerings.append(summary_of(found, lines, new))
            held += lines
            if len(held) >= IN_A_RUN:
                self._lay(done, number, held)
        self._lay(done, number, held)
        return _Done(done.offerings, done.runs, gone)

    def _lay(self, done: _Done, number: int, held: list[RollLine]) -> None:
        if held:
            path = self.folder / f"{number:06}-{len(done.runs)}.run"
            write_run(path, ((line.key, packed(line)) for line in held))
            done.runs.append(path)
            held.clear()

    def _wanted_of(self, found: Offering) -> list[RollLine]:
        wanted = self.wanted
        return [
            line
            for line in found.lines
            if (not wanted.persons or line.person in wanted.persons)
            and (not wanted.year or wanted.year in (str(line.year), line.school_year))
        ]
