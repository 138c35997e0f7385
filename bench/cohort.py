"""The board of a cohort of 40 schools: how soon a key shows, beside the room's board at rest in the same run."""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from bench.arrivals import arrivals
from bench.desk import Keys, desk_command, shown, terminal_of
from bench.figures import Figure, percentile
from bench.terminal import DOWN, Terminal
from bench.workspace import add_event, add_people, hand, surroundings
from plfacilitate.front.desk.threads.followed import MARKS_SECONDS
from plfacilitate.shelf.cohorts import read_cohort_file
from plfacilitate.steps.cohort_goals import Wording, set_goal
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohort_start import start
from plfacilitate.steps.cohorts import Writing, contact, link
from plfacilitate.store import search
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

SCHOOLS, TEAM, CONTACTS, GOALS, MEETINGS = 40, 5, 10, 3, 4
PEOPLE = 1000
ROUNDS, PRESSED = 6, 36
COUNTED = MARKS_SECONDS + 1  # seconds after the last sign-in in which the board still counts it
HOME = b"\x1b[H"
AT_REST = f"key to frame on the board of {SCHOOLS} schools: p95 ÷ the room's at rest"
BUSY = f"key to frame on the board of {SCHOOLS} schools, 200 sign-ins a second: p95 ÷ the room's at rest"


def figures() -> list[Figure]:
    """Down the schools, down the people of the room, by turns."""
    if sys.platform == "win32":
        why = "needs a pseudo-terminal of POSIX"
        return [Figure("cohort", what, None, most=1.3, detail=why) for what in (AT_REST, BUSY)]
    with surroundings() as around:
        ledger = around.open_ledger()
        ids = add_people(ledger, around, PEOPLE)
        event = add_event(ledger, around, ids, day=around.today)
        names = [shown(person) for person in search.people(ledger.connection, ids)]
        _cohort(around, ledger, event)
        ledger.close()
        place = around.workspace.root.parent
        waiting = place / "people.json"
        waiting.write_text(json.dumps(ids))
        return _measured(around, event, names, waiting, place)


def _measured(around: Surroundings, event: str, names: Sequence[str], waiting: Path, place: Path) -> list[Figure]:
    schools = [f"School {number:02}" for number in range(SCHOOLS)]
    with (
        terminal_of(desk_command(around), around) as board,
        terminal_of([*desk_command(around, event)], around) as room,
        arrivals(place, event, waiting) as others,
    ):
        room.until(names[10])
        board.rest(3)
        board.press(b"o")
        board.until(schools[1])
        room.rest(2)
        people, found = Keys(room, names), []
        for number in range(ROUNDS + 1):
            plain, rest = people.press(PRESSED), _down(board, schools)
            with others.coming():
                busy = _down(board, schools)
            board.rest(COUNTED)  # else a count of what came falls into one key or another of what is called at rest
            if number:  # the first warms up
                found.append((plain, rest, busy))
    plain_, rest_, busy_ = ([percentile(times, 95) for times in kind] for kind in zip(*found, strict=True))
    return [_figure(AT_REST, rest_, plain_), _figure(BUSY, busy_, plain_)]


def _down(terminal: Terminal, names: Sequence[str]) -> list[float]:
    """Seconds from each key to the frame in which the next line is drawn; from the top again afterwards."""
    times, chance = [], random.Random(2)
    for name in names[1 : PRESSED + 1]:
        terminal.press(DOWN)
        times.append(terminal.until(name))
        terminal.rest(chance.uniform(0.02, 0.05))
    terminal.press(HOME)
    terminal.rest(0.3)
    return times


def _figure(what: str, mine: Sequence[float], theirs: Sequence[float]) -> Figure:
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    detail = f"{statistics.median(mine) * 1000:.1f} / {statistics.median(theirs) * 1000:.1f} ms"
    return Figure("cohort", what, ratio, most=1.3, detail=detail)


def _cohort(around: Surroundings, ledger: Ledger, event: str) -> None:
    """A year of 40 schools with teams of five, contacts, goals, and the room's event as a session."""
    day, writer = around.today, hand(around)
    path = around.workspace.root / "cohort.toml"
    path.write_text(_file(day))
    start(ledger, writer, read_cohort_file(path), day)
    reader = read_cohorts(ledger)
    on = Writing(writer, reader.cohorts[0], reader.around(day), day)
    drafts = [link(on, event, "session")]
    for number in range(SCHOOLS):
        name = f"School {number:02}"
        drafts += [
            contact(on, name, "coaching", day - timedelta(days=n), 45, note="a look at two units")
            for n in range(CONTACTS)
        ]
        drafts += [
            set_goal(on, name, Wording(f"Students propose questions, {n}", measure="in every unit"))
            for n in range(GOALS)
        ]
    ledger.append(drafts)


def _file(day: date) -> str:
    parts = [f'id = "c"\ntitle = "Cohort"\nstarts = {day - timedelta(days=120)}\nvisits = 2\n']
    parts += [f"[[session]]\ndate = {day + timedelta(days=30 * n)}\n" for n in range(1, MEETINGS)]
    for school in range(SCHOOLS):
        people = ", ".join(f'"T{school} P{n} <t{school}p{n}@example.org>"' for n in range(1, TEAM))
        parts.append(
            f'[[school]]\nname = "School {school:02}"\nadministrators = ["A{school} Lee <a{school}@example.org>"]\n'
            f"teacher_leaders = [{people}]\n"
        )
    return "\n".join(parts)
