"""In and out: one by name, all who are marked, all who match, everyone.

Owns what is asked before a mark is written. Never decides who may come in: the deed does.
"""

from __future__ import annotations

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import attendance as deeds
from plfacilitate.front.desk.dialogs.signing import SignByName
from plfacilitate.front.desk.painting.pictures import Row
from plfacilitate.front.desk.screens.room import RoomScreen
from plfacilitate.front.widgets.dialogs.base import ask


async def sign_in(desk: DeskBase) -> None:
    """All who are marked, the person on the screen, or somebody by name."""
    await _sign(desk, "in")


async def sign_out(desk: DeskBase) -> None:
    """All who are marked, the person on the screen, or somebody by name."""
    await _sign(desk, "out")


async def _sign(desk: DeskBase, verb: str) -> None:
    who = _meant(desk)
    if who:
        _write(desk, verb, who)
        _unmark(desk)
        return

    def take(person: str, name: str) -> None:
        _write(desk, verb, {person: name})

    def meet(name: str) -> None:
        desk.call_later(walk_in, desk, name)

    title = "Sign in" if verb == "in" else "Sign out"
    await ask(desk, SignByName(title, verb, take=take, meet=meet if verb == "in" else None), None)


def _write(desk: DeskBase, verb: str, who: deeds.Who) -> None:
    if desk.event is not None:
        deed = deeds.sign_in if verb == "in" else deeds.sign_out
        desk.do_deed(deed(desk.event.id, who))


def _meant(desk: DeskBase) -> dict[str, str]:
    """The people whom a key speaks of without a name being typed."""
    screen = desk.screen
    if isinstance(screen, RoomScreen):
        marked = screen.board.marked
        return {row.person: row.name for row in desk.room.rows if row.person in marked}
    if desk.portrait is not None:
        return {desk.portrait.person.id: desk.portrait.person.name}
    return {}


def _unmark(desk: DeskBase) -> None:
    if isinstance(desk.screen, RoomScreen):
        desk.screen.board.unmark()


async def mark(desk: DeskBase) -> None:
    """Mark the line under the cursor."""
    if isinstance(desk.screen, RoomScreen):
        desk.screen.board.toggle()
        desk.screen.repaint()


async def sign_in_matching(desk: DeskBase) -> None:
    """All whom the filter shows and who are not in."""
    await _matching(desk, "in")


async def sign_out_matching(desk: DeskBase) -> None:
    """All whom the filter shows and who are in."""
    await _matching(desk, "out")


async def _matching(desk: DeskBase, verb: str) -> None:
    if isinstance(desk.screen, RoomScreen):
        rows: list[Row] = [row for row in desk.screen.board.items if row.present is (verb == "out")]
        if rows:
            _write(desk, verb, {row.person: row.name for row in rows})


async def walk_in(desk: DeskBase, name: str = "", badge: str = "") -> None:
    """Somebody on no list: name, school, e-mail; `badge` = the number they hold in their hand."""
    from plfacilitate.front.desk.dialogs.form import Field, Form

    if desk.event is None:
        return
    first, _, last = tidy(name).rpartition(" ")
    fields = (
        Field("last_name", "Last name", last),
        Field("first_name", "First name", first),
        Field("school", "School", hint="or the organisation"),
        Field("email", "E-mail", hint="the one they use in the registration platform"),
        Field("certificate", "Certificate", hint="the number, if they know it"),
    )
    draft = f"walk-in:{desk.event.id}:{tidy(name)}"
    form = Form("Walk-in", fields, draft=draft, check=_named, begin="first_name" if last and not first else "")
    event = desk.event.id
    await ask(desk, form, lambda values: desk.do_deed(deeds.walk_in(event, {**values, "badge": badge}), draft=draft))


def _named(values: dict[str, str] | object) -> str:
    from plfacilitate.front.desk.dialogs.form import Wrong

    assert isinstance(values, dict)
    return "" if tidy(values["last_name"]) else Wrong("last_name", str(Refused("name-missing")))


async def everyone_out(desk: DeskBase) -> None:
    """All who are still in, at one time, with exceptions and one reason."""
    from plfacilitate.front.desk.dialogs.out import EveryoneOut, Leaving

    event = desk.event
    if event is None:
        return
    rows = tuple(row for row in desk.room.rows if row.present)
    if not rows:
        desk.say("Nobody is in.")
        return
    draft = f"out:{event.id}"

    def write(leaving: Leaving) -> None:
        desk.do_deed(deeds.everyone_out(event.id, leaving.at, leaving.reason, leaving.but), draft=draft)

    await ask(desk, EveryoneOut(event, rows, draft), write)
