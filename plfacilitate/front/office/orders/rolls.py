"""What is given out of an offering: a version of its roll, statements, a table; and the whole roll reckoned.

Owns the questions and where files go. Heavy work is given to the work thread, which can be stopped. Figures are the
roll's (`office.roll`, `office.rolling`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain
from plfacilitate.front.office.asking import Line
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.lists.offerings import called, named
from plfacilitate.front.office.threads.messages import Told
from plfacilitate.front.office.threads.work import Tell, may_start_processes
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.store.register import Register, open_register


async def issue(office: OfficeBase) -> None:
    """Ask, then keep the figures as the next version."""
    series, name = office.series, plain(named(office.card(office.series)))
    figured = office.figured(series)
    last = figured.summary.version if figured is not None else 0
    changes = figured.summary.open_changes if figured is not None else 0
    if last and not changes:
        office.say(f"Version {last} of {name} says the same: there is nothing to issue.")
        return
    since = f" {count(changes, 'line')} other than in version {last}." if last else ""
    waits = figured.waits.people if figured is not None else 0
    warn = f"\n\n◐ The hours of {count(waits, 'person', 'people')} still wait for a decision." if waits else ""
    words = f"Keep the figures of {name} as version {last + 1}?{since} A version that was issued stays.{warn}"

    def given(sure: bool) -> None:
        if sure:
            office.do_deed(lambda register: _issued(office, register, series))

    await ask(office, Confirm("Issue a version", words), given)


def _issued(office: OfficeBase, register: Register, series: str) -> Told:
    from plfacilitate.office.roll import issue as issue_roll
    from plfacilitate.office.roll import read_offering

    at = office.now
    found = read_offering(register, series, at=at)
    new = issue_roll(register, found, at=at, by=office.around.by) if found is not None else None
    office.reader.forget(series)
    name = called(office.card(series))
    if new is None:
        return Told(f"The last version of {name} says the same")
    return Told(f"Version {new.version} of {name} is issued")


async def statements(office: OfficeBase) -> None:
    """Ask for a folder, then write a PDF for everybody."""
    series, name = office.series, plain(named(office.card(office.series)))

    def given(text: str) -> None:
        office.work.do(
            f"statements of {called(office.card(series))}",
            lambda tell: _stated(office, series, Path(text).expanduser(), tell),
        )

    words = f"{name}: a statement of hours for everybody who got something. Into which folder?"
    folder = Path("statements") / _file_name(office, series)
    await ask(office, Line("Statements", words, str(folder), wrong=_no_place), given)


def _stated(office: OfficeBase, series: str, folder: Path, tell: Tell) -> Callable[[], None]:
    from plfacilitate.office.papers import office_file, write_each
    from plfacilitate.office.roll import read_offering
    from plfacilitate.office.statement import Asked, statements_of

    around = office.around
    asked = Asked(around.clock(), around.tz, lambda name: office_file(name, around.workspace.exports))
    with closing(open_register(office.url, around.chance, make=False)) as register:
        found = read_offering(register, series, at=asked.at)
    made = list(statements_of(found, asked)) if found is not None else []
    if not made:
        return lambda: office.say("Nobody got something from it: there is nothing to state.")
    tell(f"0 of {len(made)} statements")
    template = around.workspace.document("statement.typ")
    files = list(write_each(made, folder, template, tell, every=1))
    return lambda: office.say(f"{count(len(files), 'statement')} in {folder}")


async def table(office: OfficeBase) -> None:
    """Ask for a file, then write the lines."""
    series, name = office.series, plain(named(office.card(office.series)))

    def given(text: str) -> None:
        office.work.do(
            f"table of {called(office.card(series))}", lambda tell: _written(office, series, Path(text).expanduser())
        )

    words = f"{name}: its lines with the reason behind each figure. Into which file? .csv or .xlsx"
    box = Line("Table out", words, f"{_file_name(office, series)}.csv", wrong=_no_table)
    await ask(office, box, given)


def _written(office: OfficeBase, series: str, path: Path) -> Callable[[], None]:
    from plfacilitate.office.papers import write_table
    from plfacilitate.office.roll import read_offering

    with closing(open_register(office.url, office.around.chance, make=False)) as register:
        found = read_offering(register, series, at=office.now)
    if found is None:
        return lambda: office.say("None of its events is scheduled any more.", severity="error")
    write_table(found, path)
    return lambda: office.say(f"{count(len(found.lines), 'line')} in {path}")


async def reckon_all(office: OfficeBase) -> None:
    """Reckon the whole roll in the background, on all cores."""
    series = [one.series for one in office.picture.listed]
    office.work.do(f"reckoning {count(len(series), 'offering')}", lambda tell: _reckoned(office, series, tell))


def _reckoned(office: OfficeBase, series: list[str], tell: Tell) -> Callable[[], None]:
    from plfacilitate.office.disputes import whole_of
    from plfacilitate.office.rolling import Wanted, roll

    wanted = Wanted(office.url, office.now)
    may_start_processes()
    with roll(
        wanted, series, office.around.chance, progress=lambda done, of: tell(f"{done:,} of {of:,} offerings reckoned")
    ) as found:
        tell("looking for the same credit twice")
        whole = whole_of(found)

    def take() -> None:
        office.twice = whole.twice
        office.reader.learn(whole.figures)
        doubts = count(len(whole.twice), "doubt")
        office.say(f"{count(len(whole.figures), 'offering')} reckoned, {doubts} over several of them")

    return take


def _file_name(office: OfficeBase, series: str) -> str:
    card = office.card(series)
    number = re.sub(r"[^\w.-]+", "-", card.in_service if card is not None else "").strip("-.")
    return number or series[:8]


def _no_place(text: str) -> str:
    return "" if text else "Name a folder."


def _no_table(text: str) -> str:
    return "" if text.lower().endswith((".csv", ".xlsx")) else "Name a file that ends in .csv or .xlsx."
