"""Offerings that are held while somebody disputes them.

Owns the question for a reason, and that a release is asked about.
"""

from __future__ import annotations

from datetime import timedelta

from plfacilitate.core.entry import utc_text
from plfacilitate.core.text import plain
from plfacilitate.front.office.asking import Line
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.lists.offerings import called, named
from plfacilitate.front.office.threads.messages import Told
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.store.register import Register
from plfacilitate.store.register.retention import Hold

_HOLD = "Nothing of it is taken away by age, and whoever looks at it sees why. Hours are issued as before. Reason:"


async def turn(office: OfficeBase) -> None:
    """Hold the offering under the cursor, or release it."""
    series = office.series
    if not series:
        return
    name, held = plain(named(office.card(series))), office.holds(series)
    if held:
        reasons = "\n".join(f"■ {plain(one.reason)} ({plain(one.by)}, {one.at[:10]})" for one in held)

        def released(sure: bool) -> None:
            if sure:
                office.do_deed(lambda register: _released(office, register, series, held))

        await ask(office, Confirm("Release", f"{name} is on hold:\n\n{reasons}\n\nIs that settled?"), released)
        return

    def reasoned(reason: str) -> None:
        hold = Hold(series, reason, utc_text(office.now), office.around.by)
        office.do_deed(lambda register: _held(office, register, hold))

    box = Line(
        "Hold", f"{name}\n\n{_HOLD}", wrong=lambda text: "" if text else "Say why: whoever looks at it wants to know."
    )
    await ask(office, box, reasoned)


def _held(office: OfficeBase, register: Register, hold: Hold) -> Told:
    name = called(office.card(hold.series))
    register.hold(hold)

    def undone(again: Register) -> Told:
        again.release(hold.series, utc_text(office.now), office.around.by)
        return Told(f"{name} is not on hold any more")

    return Told(f"{name} is on hold: {hold.reason}", undone)


def _released(office: OfficeBase, register: Register, series: str, held: tuple[Hold, ...]) -> Told:
    name = called(office.card(series))
    register.release(series, utc_text(office.now), office.around.by)

    def undone(again: Register) -> Told:
        for number, one in enumerate(held):  # the same person's holds are told apart by their moment
            at = utc_text(office.now + timedelta(microseconds=number))
            again.hold(Hold(series, one.reason, at, one.by))
        return Told(f"{name} is on hold again")

    return Told(f"{name} is released", undone)
