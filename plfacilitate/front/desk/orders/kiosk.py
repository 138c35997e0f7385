"""The laptop becomes a kiosk, and by its PIN the desk again.

Owns what is asked before, and how who is not on the list writes themself down there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.dialogs.form import Field, Form, Values
from plfacilitate.front.widgets.dialogs.base import ask

FEWEST, MOST = 4, 12


async def start(desk: DeskBase) -> None:
    """Choose a PIN, then hand the keyboard over."""
    field = Field("pin", "PIN", hint=f"{FEWEST} digits or more; it leads back to the desk")
    intro = "People sign themselves in and out by name or badge. Esc and the PIN lead back here."
    form = Form("Kiosk on this laptop", (field,), intro=intro, check=_pin_wrong, hint="Enter begins · Esc back")
    await ask(desk, form, lambda values: desk.call_later(_begin, desk, values["pin"].strip()))


def _pin_wrong(values: Values) -> str:
    pin = values["pin"].strip()
    good = pin.isascii() and pin.isdigit() and FEWEST <= len(pin) <= MOST
    return "" if good else f"The PIN is {FEWEST} to {MOST} digits."


async def _begin(desk: DeskBase, pin: str) -> None:
    from plfacilitate.front.desk.screens.kiosk import Kiosk

    await desk.push_screen(Kiosk(pin))


async def newcomer(desk: DeskBase, name: str, answer: Callable[[Mapping[str, str] | None], None]) -> None:
    """The walk-in form over the kiosk; `answer` gets what was typed, None where they stepped back."""
    from plfacilitate.front.desk.dialogs.newcomer import Newcomer
    from plfacilitate.steps.walk_ins import guess

    if desk.event is None:
        return
    signs = desk.event.plan.wants_signature
    form = Newcomer(guess(name), signs=signs)
    await desk.push_screen(form, answer)
    form.set_focus(form.first())
