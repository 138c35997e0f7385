"""In or out by name, one after another: a name and Enter a person, until Esc.

Owns what is typed ahead of the answers: every Enter takes the first of those whom its own letters find. Never writes: it
hands on who was taken, and shows what became of it. Letters are no commands here; only `ctrl+z` takes back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from plfacilitate.core.text import plain
from plfacilitate.front.desk.dialogs.pick import Picker, Stranger
from plfacilitate.front.desk.painting.pictures import Match
from plfacilitate.front.desk.threads.messages import PeopleFound, Written
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.lines import OneLine, Part

Take = Callable[[str, str], None]
"""Given the person's id and the name that tells them from others."""
Meet = Callable[[str], None]
"""Given a name that nobody has."""


class SignByName(Picker):
    """Stays open for the next name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "hands('undo')", "undo", priority=True),
        Binding("ctrl+y", "hands('redo')", "redo", priority=True),
    ]

    def __init__(self, title: str, verb: str, *, take: Take, meet: Meet | None = None) -> None:
        """`meet` None = a name that nobody has is no walk-in."""
        super().__init__(title, verb, strangers=meet is not None)
        self.hint = "Enter takes the marked one · ↑ ↓ choose · Esc back to the room"
        self.take = take
        self.meet = meet
        self._ahead: deque[str] = deque()  # letters whose Enter came before their answer

    def body(self) -> ComposeResult:
        """The field, what was found, what was done last."""
        yield from super().body()
        yield OneLine(id="result")

    # -- what became of it -------------------------------------------------------------------------------------------

    def show_written(self, message: Written) -> None:
        """It is in the ledger: say so here, where people look."""
        back = {"u undoes": "ctrl+z undoes · u is a letter here", "U does it again": "ctrl+y does it again"}
        mark = "✓" if message.hint == "u undoes" else "↶"
        self._tell(f"{mark} {message.said}", "good", f"  {back.get(message.hint, '')}")

    def show_refusal(self, draft: str, sentence: str) -> None:
        """It was refused: say why."""
        self._tell(f"⚠ {sentence}", "warn")

    def _tell(self, words: str, look: str, hint: str = "") -> None:
        self.query_one("#result", OneLine).put((Part(f" {words}", look), Part(hint, "dim")))

    def action_hands(self, what: str) -> None:
        """Take back the last one, or do it again."""
        (self.desk.hands.undo if what == "undo" else self.desk.hands.redo)()

    # -- one name after another --------------------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Take the marked one; where the answer is not there yet, the first of it, and go on to the next name at once."""
        await settled(self.name_field)
        text = self.name_field.value
        if not text.strip():
            return
        if self._answered == text and not self._ahead:
            self._take()
            return
        self._ahead.append(text)
        self._clear()
        if len(self._ahead) == 1:
            self.desk.feed.find_people(text)

    def look_up(self, text: str) -> None:
        """Ask as it is typed, once those before are dealt with."""
        if not self._ahead or not text.strip():
            super().look_up(text)

    def show_found(self, message: PeopleFound) -> None:
        """The answer to what is typed now, or to the oldest name whose Enter came before."""
        if not self._ahead:
            super().show_found(message)
        elif message.text == self._ahead[0]:
            self._ahead.popleft()
            self._take_first(message)
            following = self._ahead[0] if self._ahead else self.name_field.value
            if following.strip():
                self.desk.feed.find_people(following)

    def _take_first(self, message: PeopleFound) -> None:
        found = self.ordered(message.matches)
        if found:
            self._chosen(found[0], found)
        elif self.name_field.value or self._ahead or self.meet is None:
            self._tell(f"⚠ Nobody is called “{plain(message.text.strip())}”.", "warn")
        else:
            self._chosen(Stranger(message.text.strip()), ())

    def _take(self) -> None:
        if self.matches.current is not None:
            self._chosen(self.matches.current, [one for one in self.matches.items if isinstance(one, Match)])
            self._clear()

    def _chosen(self, who: Match | Stranger, among: list[Match] | tuple[()]) -> None:
        if isinstance(who, Match):
            self.take(who.person, told(who, among))
        elif self.meet is not None:
            self.meet(who.text)

    def _clear(self) -> None:
        self.name_field.value = self._answered = ""
        self.matches.empty = "Type the beginning of the next name."
        self.matches.fill(())
        self.matches.refresh()


def told(who: Match, among: list[Match] | tuple[()]) -> str:
    """The name, and what tells them from others of the same name."""
    if sum(one.name == who.name for one in among) < 2:
        return who.name
    places = [one.place for one in among if one.name == who.name]
    mark = who.place if who.place and places.count(who.place) == 1 else who.note or who.place
    return f"{who.name} ({mark})" if mark else who.name
