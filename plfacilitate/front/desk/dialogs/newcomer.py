"""Who is not on the list writes themself down at the laptop's own kiosk: the walk-in form in the attendee's words.

Owns its fields, what can't be taken, and that nothing typed stays on the screen or on the disk. Esc leads to the kiosk
and no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from plfacilitate.core.text import MOST_LETTERS
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.painting.pictures import Scan
from plfacilitate.front.widgets.lines import Flash
from plfacilitate.steps import walk_ins
from plfacilitate.steps.signatures import HOURS, ME, SHEET

IDLE_SECONDS = 90.0
LABELS = {
    "last_name": "Last name",
    "first_name": "First name",
    "former_name": "Former name",
    "school": "School",
    "email": "E-mail",
    "certificate": "Certificate",
}
HINTS = {
    "last_name": "if you have one name only, type it here",
    "former_name": "optional",
    "school": "or organization",
    "email": "the one you use in the registration platform",
    "certificate": "the number; optional",
    "signed": "type your full name, once for the whole offering",
}
FAULTS = {
    "name_missing": "Please type your last name.",
    "email_odd": "This does not look like an e-mail address.",
    "too_long": f"{{field}}: this is too long, at most {MOST_LETTERS} letters.",
}
UNSIGNED = "Please sign: type your full name in the last field."


class Newcomer(Form):
    """The form. `LOCKED`: the desk lets no key through that is not for typing."""

    LOCKED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "up", priority=True),
        Binding("down", "app.focus_next", "down", priority=True),
    ]

    def __init__(self, guessed: Mapping[str, str], *, signs: bool) -> None:
        """`guessed` = what can be filled in; `signs` = hours were approved, so a signature is wanted."""
        fields = [Field(name, LABELS[name], guessed.get(name, ""), HINTS.get(name, "")) for name in walk_ins.FIELDS]
        if signs:
            fields.append(Field("signed", "Sign here", hint=HINTS["signed"]))
        super().__init__(
            "You are not on the list? No problem: tell us who you are",
            fields,
            intro=f"{ME} {HOURS} {SHEET}" if signs else ME,
            check=wrong,
            hint="Enter: next field, on the last one it signs you in · Esc: start over",
        )
        self._left_alone: Timer | None = None

    def on_mount(self) -> None:
        """Say the keys, and wait for the first one."""
        super().on_mount()
        self._wait()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Somebody is still typing."""
        self._wait()

    def _wait(self) -> None:
        if self._left_alone is not None:
            self._left_alone.stop()
        self._left_alone = self.set_timer(IDLE_SECONDS, self.give_up)

    def give_up(self) -> None:
        """Nobody types any more: the next person must not read it."""
        self.dismiss(None)

    def show_flash(self, flash: Flash | None) -> None:
        """Something of somebody else's: without a name."""
        self.say(flash.plain if flash is not None else self.hint, flash.look if flash is not None else "dim")

    def show_scan(self, scan: Scan) -> None:
        """Somebody holds a badge under the scanner meanwhile: what came of it, without a name."""
        words = {
            "in": f"A badge was scanned: in at {scan.time}.",
            "out": f"A badge was scanned: out at {scan.time}.",
            "in-already": "A badge was scanned: in already.",
            "out-already": "A badge was scanned: out already.",
        }.get(scan.did, "A badge was scanned that nobody here has.")
        self.say(words, "warn")


def wrong(values: Values) -> str:
    """What can't be taken, in one sentence; "" = nothing."""
    for field, code in walk_ins.faults(walk_ins.values(values)).items():
        return Wrong(field, FAULTS[code].format(field=LABELS[field]))
    return Wrong("signed", UNSIGNED) if not values.get("signed", "-").strip() else ""
