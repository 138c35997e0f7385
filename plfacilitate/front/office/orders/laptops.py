"""Which laptops the office takes bundles from: accepted once their key was compared, retired.

Owns the questions, and how each is taken back. The rule is `office.laptops`'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.threads.messages import Told
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.office.overview import Standing
from plfacilitate.store.register import Register
from plfacilitate.store.register.laptops import Laptop


async def accept(office: OfficeBase) -> None:
    """Show the key to compare, then take bundles from the laptop."""
    one = office.laptop
    if one is None:
        return
    laptop = one.laptop
    waits = f"\n\n{count(one.waiting, 'bundle')} of it held here will be taken in." if one.waiting else ""
    again = "\n\nIt was retired before: from now on it may hand in again." if laptop.standing == "retired" else ""
    others = [
        other
        for other in office.picture.laptops
        if other.laptop.device == laptop.device and other.laptop.public_key != laptop.public_key
    ]
    if any(other.laptop.standing == "accepted" for other in others):
        again += "\n\nAnother key of this laptop is accepted: that one is retired then."
    words = (
        f"Have the five groups read out by whoever has laptop {plain(_name(one))}, and compare:\n\n"
        f"    {one.key}{again}{waits}\n\nAre they the same?"
    )

    def given(sure: bool) -> None:
        if sure:
            office.do_deed(lambda register: _accepted(office, register, one))

    await ask(office, Confirm(f"Accept laptop {plain(_name(one))}", words), given)


async def retire(office: OfficeBase) -> None:
    """Ask, then take nothing new from the laptop."""
    one = office.laptop
    if one is None:
        return
    words = (
        f"Take nothing new from laptop {plain(_name(one))} ({one.key})?\n\nWhat came of it stands, up to its number"
        f" {one.number:,}; what it writes from now on is refused."
    )

    def given(sure: bool) -> None:
        if sure:
            office.do_deed(lambda register: _retired(office, register, one))

    await ask(office, Confirm(f"Retire laptop {plain(_name(one))}", words), given)


def _accepted(office: OfficeBase, register: Register, one: Standing) -> Told:
    from plfacilitate.office.laptops import accept as accept_laptop

    before = _same_device(register, one)
    accept_laptop(register, one.laptop, office.around.clock, office.around.by)
    said = f"Laptop {_name(one)} is accepted"
    return Told(said, _put_back(one, before), bring_in=bool(register.held()))


def _retired(office: OfficeBase, register: Register, one: Standing) -> Told:
    from plfacilitate.office.laptops import retire as retire_laptop

    before = _same_device(register, one)
    found = retire_laptop(register, one.laptop, office.around.clock, office.around.by)
    said = f"Laptop {_name(one)} is retired; what came up to its number {found.line:,} stands"
    return Told(said, _put_back(one, before))


def _same_device(register: Register, one: Standing) -> Sequence[Laptop]:
    """The laptop and its other keys as they stood."""
    return [other for other in register.laptops() if other.device == one.laptop.device]


def _put_back(one: Standing, before: Sequence[Laptop]) -> Callable[[Register], Told]:
    """Lets these laptops stand as they did; bundles that were taken in meanwhile stay."""

    def deed(register: Register) -> Told:
        for laptop in before:
            register.keep_laptop(laptop)
        return Told(f"Laptop {_name(one)} is {one.laptop.standing} again; bundles that came in stay")

    return deed


def _name(one: Standing) -> str:
    return one.laptop.name or one.laptop.device[:8]
