"""A badge at the desk's scanner: for which event it counts, how it is answered, and what becomes of one nobody has.

Owns the flash and its words. Never decides whether somebody comes or goes: the deed does.
"""

from __future__ import annotations

from functools import partial

from plfacilitate.core.badges import spaced
from plfacilitate.core.entry import Means
from plfacilitate.core.plan import Event
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import badges as deeds
from plfacilitate.front.desk.dialogs.pick import Picker, Stranger
from plfacilitate.front.desk.painting.pictures import Match, Scan
from plfacilitate.front.desk.screens.fullqr import FullQr
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.lines import Flash

SCAN = "scan"  # what a scan's answer is known by


async def scanned(desk: DeskBase, number: str) -> None:
    """A badge was read, on whichever screen."""
    event = event_of(desk)
    if desk.why_not_write or not desk.may_write:
        refuse(desk, desk.why_not_write or "This desk is open to read only.")
    elif event is None:
        refuse(desk, "Not signed in: no event is open. Open the doors (d), then scan again.")
    else:
        means: Means = "kiosk" if desk.locked else "badge"
        desk.do_deed(deeds.scan(event.id, number, out=desk.scan_out, means=means), draft=SCAN)


def event_of(desk: DeskBase) -> Event | None:
    """The event that a scan counts for: the chosen one if it is open, else the only one that is open today."""
    if desk.event is not None and desk.event.opened_at is not None and desk.event.closed_at is None:
        return desk.event
    cards = desk.day.cards if desk.day is not None else ()
    today = [card.event for card in cards if desk.day is not None and card.event.day == desk.day.today]
    open_ones = [one for one in today if one.opened_at is not None and one.closed_at is None]
    return open_ones[0] if len(open_ones) == 1 else None


async def refused(desk: DeskBase, sentence: str) -> None:
    """The ledger took nothing: three beeps and why."""
    refuse(desk, sentence)


def refuse(desk: DeskBase, sentence: str) -> None:
    """Nothing was written: three beeps and why."""
    desk.flash_up(Flash(f"⚠ {sentence}", "flash-bad", "⚠ Not signed in: please come to the desk."), beeps=3)


async def answered(desk: DeskBase, scan: Scan, hint: str) -> None:
    """Say what a scan did: one beep for new, two for already, three for nobody's."""
    if scan.did in ("signs", "alike"):
        asking = getattr(desk.screen, "show_scan", None)
        if asking is not None:
            asking(scan)
        return
    if scan.did == "unknown":
        desk.strange_badges = [*(one for one in desk.strange_badges if one != scan.number), scan.number]
        show = getattr(desk.screen, "show_scan", None)
        if show is not None:
            show(scan)
            desk.beep(3)
            return
        desk.flash_up(unknown(scan.number, desk), beeps=3)
        desk.enter_means = "scanning:whose"
        return
    desk.strange_badges = [one for one in desk.strange_badges if one != scan.number]
    undo = f" · {hint}" if hint else ""
    name = plain(scan.name)
    flash, beeps = {
        "in": (Flash(f"● {name} in at {scan.time}{undo}", "flash-good", f"● In at {scan.time}."), 1),
        "out": (Flash(f"✓ {name} out at {scan.time}{undo}", "flash-good", f"✓ Out at {scan.time}."), 1),
        "in-already": (Flash(f"◐ {name} is in already, since {scan.time}", "flash-warn", "◐ In already."), 2),
        "out-already": (Flash(f"◐ {name} is out already, since {scan.time}", "flash-warn", "◐ Out already."), 2),
    }[scan.did]
    show = getattr(desk.screen, "show_scan", None)
    if show is None:
        desk.flash_up(flash, beeps=beeps)
    else:
        show(scan)
        desk.beep(beeps)


def unknown(number: str, desk: DeskBase) -> Flash:
    """Nobody has this badge: how to go on from here."""
    key = "Enter" if desk.enter_is_free else "b, when this is done:"
    words = f"⚠ Badge {spaced(number)} is nobody's · {key} finds them or takes a walk-in"
    return Flash(words, "flash-bad", "⚠ This badge is not known: please come to the desk.")


async def turn(desk: DeskBase) -> None:
    """Scans sign out from now on; in; or by the agenda's end again."""
    event = event_of(desk)
    if event is None:
        return
    ending = event.ending(desk.now)
    desk.scan_out = (not ending) if desk.scan_out is None else None
    words = "out" if desk.scans_out else "in"
    since = "" if desk.scan_out is None else "; S: by the agenda again"
    desk.say(f"A scanned badge signs {words} now{since}")
    desk.refresh_screen()


async def whose(desk: DeskBase) -> None:
    """Find whose an unknown badge is, or take a walk-in with it."""
    if isinstance(desk.screen, FullQr):
        await desk.pop_screen()
    event = event_of(desk)
    if not desk.strange_badges or event is None:
        return
    desk.watch_event(event.id)
    number = desk.strange_badges[-1]
    dialog = Picker(f"Whose is badge {spaced(number)}?", "in", strangers=True)
    await ask(desk, dialog, partial(_found, desk, event, number))


def _found(desk: DeskBase, event: Event, number: str, found: Match | Stranger) -> None:
    desk.strange_badges = [one for one in desk.strange_badges if one != number]
    if isinstance(found, Stranger):
        from plfacilitate.front.desk.orders.signing import walk_in

        desk.call_later(walk_in, desk, found.text, number)
    else:
        desk.do_deed(deeds.give_badge(event.id, number, found.person, found.name))
