"""The commands: a table of contents.

Owns which command stands under which name, the options that all of them share, and how an error becomes one sentence
and an exit code. Every command itself is a few lines in `front/commands/`.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typer
from typer.core import TyperGroup
from typer.main import get_group

from plfacilitate import __version__
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.demo import demo
from plfacilitate.front.commands import (
    attendance,
    began,
    calendar,
    clear,
    cohorts,
    credit,
    day,
    desk,
    door,
    evaluation,
    events,
    groups,
    handing,
    insights,
    keys,
    led,
    names,
    office,
    paper,
    people,
    places,
    plans,
    polls,
    problems,
    protocols,
    receive,
    say,
    visits,
    workspace,
)
from plfacilitate.machine import have_streams, now, surroundings
from plfacilitate.rehearse import rehearse

STOPPED = 130  # what a shell says of a program that was interrupted

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run professional development days: sign-in, a live room, notes, clock hours with a reason behind each figure."
    " Without a command it opens the desk.",
    epilog="--workspace DIR (or PLFACILITATE_WORKSPACE) and --by NAME (or PLFACILITATE_BY) go with every command.",
)
app.command("desk")(desk.desk)
app.command("demo")(demo)
app.command("init")(workspace.init)
app.command("doctor")(workspace.doctor)
app.command("backup")(workspace.backup)
app.command("restore")(workspace.restore)
app.command("rehearse")(rehearse)
app.add_typer(people.app, name="people")
plans.app.command("ics")(calendar.plan_ics)
app.add_typer(plans.app, name="plan")
protocols.app.command("led")(led.led)
app.add_typer(protocols.app, name="protocol")
events.app.command("began")(began.began)
events.app.command("ics")(calendar.event_ics)
app.add_typer(events.app, name="event")
app.add_typer(visits.app, name="visit")
app.add_typer(cohorts.app, name="cohort")
app.add_typer(problems.app, name="problem")
app.add_typer(attendance.app, name="attendance")
app.add_typer(groups.app, name="groups")
app.add_typer(polls.app, name="poll")
app.add_typer(paper.app, name="print")
app.command("door")(door.door)
app.command("credit")(credit.credit)
app.command("evaluation")(evaluation.evaluation)
app.command("names")(names.names)
app.add_typer(insights.app, name="insights")
app.command("note")(day.note)
app.command("notes")(day.notes)
app.command("search")(day.search)
app.command("approve")(day.approve)
app.command("pack")(day.pack)
app.command("send")(handing.send)
app.command("outbox")(handing.outbox)
app.command("mail")(handing.mail)
app.command("receipts")(handing.receipts)
app.command("verify")(day.verify)
app.command("receive")(receive.receive)
app.command("clear")(clear.clear)
app.add_typer(places.app, name="place")
app.add_typer(keys.app, name="key")
app.add_typer(office.app, name="office")


@app.callback(invoke_without_command=True)
def _shared(
    ctx: typer.Context, version: bool = typer.Option(False, "--version", help="Say which version this is.")
) -> None:
    if version:
        say.line(f"plfacilitate {__version__}")
        raise typer.Exit


@cache  # a tenth of a second: who runs many commands in one process makes them once
def commands() -> TyperGroup:
    """All commands, as the command line reads them."""
    return get_group(app)


def run(arguments: list[str]) -> int:
    """Run one command, or the desk where none is named; gives the exit code.

    0 done, 1 a "no" with its sentence, 2 a command line that makes no sense, 70 what nobody foresaw, 130 stopped.
    """
    have_streams()
    try:
        rest, chosen, by = _shared_options(arguments)
        around = surroundings(chosen, by)
        code = commands()(rest or ["desk"], standalone_mode=False, obj=around, prog_name="plfacilitate")
        say.finish()
    except (Exception, KeyboardInterrupt) as error:
        return ended(error, arguments)
    return ended(KeyboardInterrupt(), arguments) if code == STOPPED else code if isinstance(code, int) else 0


def ended(error: BaseException, arguments: Sequence[str]) -> int:
    """Word what ended a run; gives its exit code."""
    match error:
        case Refused():
            say.aside(f"plfacilitate: {error}")
            return 1
        case say.Unheard():
            return _unheard(error.why)
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            say.aside(f"plfacilitate: {Refused('not-written', detail=where + disk_words(error))}")
            return 1
        case typer.Abort() | KeyboardInterrupt():
            say.aside("plfacilitate: stopped; what was saved before is saved.")
            return STOPPED
        case _:
            return _unforeseen(error, arguments)


def _unheard(why: OSError) -> int:
    """A reader of our answer that has gone is no fault (`… | head`); a full disk at its other end is one."""
    if sys.stdout is sys.__stdout__:  # what is still in its buffer can't be written when the program ends either
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(why, BrokenPipeError) or (sys.platform == "win32" and why.errno == errno.EINVAL):
        return 0
    say.aside(f"plfacilitate: {Refused('not-written', detail=disk_words(why))}")
    return 1


def _shared_options(arguments: list[str]) -> tuple[list[str], Path | None, str | None]:
    """Take --workspace and --by out of the arguments, wherever they stand."""
    rest: list[str] = []
    found: dict[str, str] = {}
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *waiting]
        elif name in ("--workspace", "--by"):
            value = value if equals else next(waiting, "")
            if not value.strip():
                raise Refused("option-empty", option=name)
            found[name] = value
        else:
            rest.append(argument)
    return rest, Path(found["--workspace"]) if "--workspace" in found else None, found.get("--by")


def _unforeseen(error: BaseException, arguments: Sequence[str]) -> int:
    """Usage errors are Typer's own sentence; for the rest the traceback goes to a file, a sentence to the person."""
    show = getattr(error, "format_message", None)
    if callable(show):
        context = getattr(error, "ctx", None)
        say.aside(f"plfacilitate: {show()}")
        if context is not None:
            say.aside(f"`{plain(context.command_path)} --help` shows how it goes.")
        return 2
    try:
        report = surroundings().state / "last-error.txt"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(f"{now().isoformat()} {arguments}\n{''.join(traceback.format_exception(error))}", "utf-8")
        where = f" The details are in {report}."
    except (OSError, RuntimeError):
        where = ""
    say.aside(f"plfacilitate: this was not foreseen ({type(error).__name__}: {error}).{where} Nothing saved is lost.")
    return 70
