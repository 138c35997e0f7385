"""Groups at the desk: how they are drawn, and who goes where by hand.

Owns what is asked. Who is put into which group is `core.grouping`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.grouping import Way
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import grouping as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Wrong
from plfacilitate.front.desk.screens.groups import GroupsScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option

_WAYS: Mapping[Way, str] = {
    "mix": "Evenly mixed by school and role",
    "random": "By chance",
    "choice": "By choice: tables with a topic, people are put at them",
}


async def show(desk: DeskBase) -> None:
    """The groups of the event."""
    if desk.event is not None:
        await desk.push_screen(GroupsScreen())


async def draw(desk: DeskBase) -> None:
    """How, then how many."""
    options = [Option(way, words) for way, words in _WAYS.items()]

    def chosen(key: str) -> None:
        way: Way = "mix" if key == "mix" else "random" if key == "random" else "choice"
        desk.call_later(topics, desk) if way == "choice" else desk.call_later(_number, desk, way)

    await ask(desk, Choose("Groups: how?", options), chosen)


async def _number(desk: DeskBase, way: Way) -> None:
    event, now = desk.event, desk.seated
    if event is None or now is None:
        return
    fields = (
        Field("count", "Groups", hint="how many, or leave it open"),
        Field("size", "or of", "4", hint="people in each at most"),
    )
    form = Form(
        _WAYS[way], fields, check=_wrong, intro=f"{now.there_text}.", begin="size",
        hint="Enter draws · ↑ Tab the other field · Esc back",
    )  # fmt: skip

    def given(values: Mapping[str, str]) -> None:
        count, size = values["count"].strip(), values["size"].strip()
        deed = deeds.drawn(event.id, way=way, count=int(count) if count else None, size=None if count else int(size))
        desk.do_deed(deed)

    await ask(desk, form, given)


def _wrong(values: Mapping[str, str]) -> str:
    count, size = values["count"].strip(), values["size"].strip()
    for name, text in (("count", count), ("size", size)):
        if text and (not text.isdecimal() or not 1 <= int(text) <= 99):
            return Wrong(name, "A number from 1 to 99 is needed here.")
    return "" if count or size else Wrong("count", "How many groups, or how many people in each?")


async def topics(desk: DeskBase) -> None:
    """Tables to choose from: what each is about."""
    event = desk.event
    if event is None:
        return
    form = Form(
        "Tables to choose from",
        (Field("topics", "Topics", lines=6, hint="one a line: what each table is about"),),
        draft=f"tables:{event.id}",
        check=lambda values: "" if values["topics"].strip() else "A table needs a topic.",
        hint="F2 makes them · Esc back, the text is kept",
    )

    def given(values: Mapping[str, str]) -> None:
        titles = [tidy(line) for line in values["topics"].splitlines() if line.strip()]
        desk.do_deed(
            deeds.drawn(event.id, way="choice", count=None, size=None, titles=titles), draft=f"tables:{event.id}"
        )

    await ask(desk, form, given)


async def move(desk: DeskBase) -> None:
    """The person under the cursor, into which group."""
    now, person = desk.seated, desk.seat
    if now is None or now.drawing is None or not person or not desk.may_write:
        return
    drawing, known = now.drawing, now.people.get(person)
    name = known.spoken if known is not None else "?"
    options = [
        Option(str(number), drawing.title(number), f"{len(group)}{' · here' if person in group else ''}")
        for number, group in enumerate(drawing.groups, 1)
    ]
    options.append(Option("0", "In no group"))
    event = now.event

    def chosen(number: str) -> None:
        desk.do_deed(deeds.moved(event, person, int(number), name))

    await ask(desk, Choose(f"{plain(name)}: into which group?", options), chosen)


async def take_in(desk: DeskBase) -> None:
    """Everybody who is in no group, where it is smallest."""
    if desk.event is not None:
        desk.do_deed(deeds.taken_in(desk.event.id))


async def print_page(desk: DeskBase) -> None:
    """The page to be hung up."""
    if desk.event is not None:
        desk.say("The page is being drawn …")
        desk.do_deed(deeds.printed(desk.event.id))
