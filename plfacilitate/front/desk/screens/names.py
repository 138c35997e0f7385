"""Names that slipped into a visit's notes: each with how often and where, and what shall stand instead.

Owns the list and the field. Never writes: an order asks first, a deed does it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal

from plfacilitate.core.noting.unnamed import Unnamed
from plfacilitate.core.text import cells, cut
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import Written
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Lines, OneLine, Part, Parts
from plfacilitate.front.widgets.typedfield import ROW_KEYS, TypedField

BLIND = "It stands in {where}, shown once all who observe are done: until then notes are blind."
HIDDEN = "in {where}, blind still"


class NameRow(NamedTuple):
    """A name, and what becomes of it; "" = it stays."""

    found: Unnamed
    becomes: str


class NameList(LineList[NameRow]):
    """The names."""

    HELP = (
        "Words with a large letter that are nobody's in the list of people. Type what shall stand instead, such as S3 or "
        "the teacher; an empty field leaves the name. F3 takes the proposal or leaves the name, F9 does all of it for good."
    )

    def key_of(self, item: NameRow) -> Hashable:
        """A name."""
        return item.found.name

    def draw(self, item: NameRow, width: int) -> tuple[Parts, Parts]:
        """Whether it goes, the name, what stands instead, how often, where."""
        name = cut(item.found.name, min(24, max(12, width // 4)))
        mark = Part(" ✓ ", "good") if item.becomes else Part(" ○ ", "dim")
        becomes = Part(cut(f"→ {item.becomes}", 16), "good") if item.becomes else Part(cut("stays", 16), "dim")
        times = Part(f" {item.found.times:>3} × ", "dim")
        room = width - cells(name) - 3 - 17 - 7
        doubt = "" if item.found.sure else "a name? "
        place = item.found.example or HIDDEN.format(where=item.found.where)
        return (mark, Part(name, "strong" if item.becomes else ""), Part(" "), becomes, times,
                Part(doubt, "warn"), Part(cut(place, max(4, room - len(doubt))), "dim")), ()  # fmt: skip


class NamesScreen(DeskScreen):
    """Names out of the notes of the visit."""

    CSS_PATH = "names.tcss"
    WHERE = "names"
    HELP = NameList.HELP
    ENTER = "next"
    TYPES = True
    AUTO_FOCUS = "#becomes"
    BINDINGS = [
        *commands.bindings("names"),
        *ROW_KEYS,
    ]

    def __init__(self, found: Sequence[Unnamed]) -> None:
        super().__init__()
        self.found = found
        self.becomes = {one.name: one.proposed if one.sure else "" for one in found}

    def body(self) -> ComposeResult:
        """The names, one place in full, and the field."""
        yield NameList(id="names", empty="No name was found in what was noted.")
        yield Lines((self._place, ""), (self._warning, ""), id="example")
        with Horizontal(id="line"):
            yield OneLine(id="what")
            yield TypedField(id="becomes", compact=True, select_on_focus=False)

    @property
    def names(self) -> NameList:
        """The list."""
        return self.query_one("#names", NameList)

    @property
    def field(self) -> TypedField:
        """What shall stand instead."""
        return self.query_one("#becomes", TypedField)

    @property
    def changes(self) -> Mapping[str, str]:
        """The names that go, and what stands instead; what is in the field counts as it stands."""
        return {name: words.strip() for name, words in self._now.items() if words.strip()}

    @property
    def _now(self) -> Mapping[str, str]:
        row = self.names.current
        return {**self.becomes, **({row.found.name: self.field.value} if row is not None else {})}

    def on_mount(self) -> None:
        """The list shows where one is, the field has the keys."""
        self.names.can_focus = False
        super().on_mount()

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Names in what was noted"),)

    def paint(self) -> None:
        """What becomes of whom."""
        first = not self.names.items
        now = self.becomes if first else self._now
        self.names.fill([NameRow(one, now[one.name].strip()) for one in self.found])
        if first and self.names.items:
            self._bring()
        count = len(self.changes)
        self.names.entitle("Names", f"{count} of {len(self.found)} go · F9 takes them out")
        row = self.names.current
        if row is not None:
            self.query_one("#what", OneLine).put(
                (Part(f" {row.found.name}", "strong"),), (Part(" becomes ▸ ", "title"),)
            )
            self.field.placeholder = f"{row.found.proposed}, or empty: it stays"
        self.query_one("#example", Lines).look_again()

    def _place(self, width: int) -> tuple[Parts, Parts]:
        row = self.names.current
        if row is None:
            return (), ()
        return (Part(f" {row.found.example or BLIND.format(where=row.found.where)}", "dim"),), ()

    def _warning(self, width: int) -> tuple[Parts, Parts]:
        return (Part(" What stood there is erased for good: it can't be brought back.", "warn"),), ()

    # -- keys --------------------------------------------------------------------------------------------------------

    async def action_move(self, step: int) -> None:
        """Another name."""
        await settled(self.field)
        self.becomes = dict(self._now)
        self.names.move_to(self.names.at + step, step)
        self._bring()

    def _bring(self, ahead: str = "") -> None:
        """What becomes of this one, in the field; `ahead` = what is typed for it already."""
        row = self.names.current
        if row is not None:
            self.becomes[row.found.name] = ahead or self.becomes[row.found.name]
            self.field.bring(self.becomes[row.found.name])
        self.repaint()

    def on_input_changed(self) -> None:
        """The line shows what is typed."""
        self.repaint()

    def on_typed_field_typed(self, message: TypedField.Typed) -> None:
        """That is what becomes of this name; now the next one."""
        row, ahead = self.names.current, self.field.ahead
        if row is not None:
            self.becomes[row.found.name] = message.text
            last = self.names.at == len(self.names.items) - 1
            self.names.move_to(self.names.at + 1, 1)
            self._bring("" if last else ahead)

    async def turn(self) -> None:
        """Take the proposal, or leave the name."""
        await settled(self.field)
        row = self.names.current
        if row is not None:
            self.becomes[row.found.name] = "" if self.field.value.strip() else row.found.proposed
            self._bring()

    def show_written(self, message: Written) -> None:
        """They are gone: back, and say so."""
        self.dismiss()
        self.desk.call_later(self.desk.say, message.said)


SCREEN = NamesScreen
