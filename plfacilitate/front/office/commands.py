"""Every command of the office's screen in one table: its key, its words, where it works and what it needs.

Owns the table and the one rule for what is greyed out. Keys, footer, help and palette are read from here; what a command
does stands in `orders/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.binding import BindingType

from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.widgets.command import Command, bindings_of, on_foot_of

MODES = ("came", "held", "laptops", "offerings", "disputes")
SCREENS = (*MODES, "offering")

# The key line shows them in this order, as far as the width goes.
COMMANDS: tuple[Command, ...] = (
    Command("accept", "a", "accept", "Take bundles from this laptop from now on, and what it brought already: compare its "
            "key first", ("laptops", "held"), "laptops:accept", ("not-accepted",)),
    Command("retire", "r", "retire", "Take nothing new from this laptop any more; what came stands", ("laptops",),
            "laptops:retire", ("not-retired",)),
    Command("issue", "v", "issue a version", "Keep the figures as the next version of this offering's roll",
            ("offering", "offerings"), "rolls:issue", ("offering",)),
    Command("statements", "s", "statements", "Statements of hours of everybody who got something from this offering",
            ("offering", "offerings"), "rolls:statements", ("offering",)),
    Command("hold", "h", "hold", "Hold an offering while it is disputed, with a reason; a hold is released with the same key",
            ("offering", "offerings", "disputes"), "holds:turn", ("offering",)),
    Command("table", "x", "table out", "The lines of this offering as a table, CSV or a workbook", ("offering", "offerings"),
            "rolls:table", ("offering",)),
    Command("look-again", "c", "check again", "Hold the tables of this bundle against the register once more", ("came",),
            "bundles:check", ("bundle",), foot=False),
    Command("reckon", "R", "reckon all", "Reckon every offering: who has the same credit twice, whose credit waits",
            ("disputes", "offerings"), "rolls:reckon_all", ("idle",)),
    Command("watch", "w", "watch", "Stop watching the place where bundles arrive, or go on", ("came",), "bundles:watch",
            ("watched",)),
    Command("undo", "u", "undo", "Take back what was just done", SCREENS, "deeds:undo", ("undoable",)),
    Command("stop", "S", "stop", "Stop the longer work that goes on; what is done stays", SCREENS, "deeds:stop", ("busy",)),
    Command("filter", "slash", "filter", "Show only the lines that match", SCREENS, "views:filter_lines"),
    *(
        Command(f"show-{name}", str(number), name, f"Show {words}", MODES, f"views:{name}", foot=False)
        for number, (name, words) in enumerate(
            (
                ("came", "the bundles that came"),
                ("held", "the bundles that are held, and what each waits for"),
                ("laptops", "the laptops that hand in"),
                ("offerings", "the offerings"),
                ("disputes", "everything that needs a decision"),
            ),
            start=1,
        )
    ),
    Command("next", "right,l", "next", "The next of the five", MODES, "views:next_mode", foot=False),
    Command("before", "left", "before", "The one before", MODES, "views:mode_before", foot=False),
    Command("theme", "t", "theme", "The next theme: dark, light, high contrast", SCREENS, "views:theme", foot=False),
    Command("back", "escape", "back", "One step back: the filter, then the screen", SCREENS, "views:back", foot=False),
    Command("quit", "Q,ctrl+q", "quit", "Leave", SCREENS, "views:leave", foot=False),
    Command("help", "question_mark,f1", "help", "What can be done here", SCREENS, "views:help_here"),
)  # fmt: skip

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}

# need → whether it is there, and what is said when its key is pressed all the same
NEEDS: Mapping[str, tuple[Callable[[OfficeBase], bool], str]] = {
    "not-accepted": (
        lambda office: office.laptop is not None and office.laptop.laptop.standing != "accepted",
        "No laptop that waits to be accepted is under the cursor.",
    ),
    "not-retired": (
        lambda office: office.laptop is not None and office.laptop.laptop.standing != "retired",
        "No laptop that could be retired is under the cursor.",
    ),
    "offering": (lambda office: bool(office.series), "No offering is under the cursor."),
    "bundle": (lambda office: office.bundle is not None, "No bundle is under the cursor."),
    "idle": (lambda office: not office.work.words, "Something goes on already: S stops it."),
    "busy": (lambda office: bool(office.work.words), "Nothing goes on that could be stopped."),
    "watched": (lambda office: office.watcher is not None, "No place is watched: start with --watch PLACE."),
    "undoable": (lambda office: office.undoable is not None, "Nothing was done here that could be taken back."),
}
# Needs whose command the key line leaves out while they are not met.
PASSING = frozenset({"busy", "watched", "undoable", "idle"})


def on_foot(screen: str) -> list[Command]:
    """The commands of a screen's key line, in their order."""
    return on_foot_of(COMMANDS, screen)


def bindings(screen: str) -> list[BindingType]:
    """The keys of a screen."""
    return bindings_of(COMMANDS, screen)


def allowed(office: OfficeBase, command: Command) -> bool:
    """Whether a command can be given now."""
    return all(NEEDS[need][0](office) for need in command.needs)


def over(office: OfficeBase, command: Command) -> bool:
    """Whether a command is left out of the key line now."""
    return any(not NEEDS[need][0](office) for need in PASSING.intersection(command.needs))


def why_not(office: OfficeBase, screen: str, key: str) -> str:
    """Why a key does nothing on this screen now, in a sentence; "" = it does something, or never means anything here."""
    meant = [one for one in COMMANDS if screen in one.on and key in one.keys.split(",")]
    if not meant or any(allowed(office, one) for one in meant):
        return ""
    return next(NEEDS[need][1] for need in meant[0].needs if not NEEDS[need][0](office))
