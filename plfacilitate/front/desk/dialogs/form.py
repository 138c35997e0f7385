"""A few fields: Enter goes to the next, on the last one it is done. What was typed survives Esc.

Owns fields and drafts. Never decides what the values mean: the order that asked says what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple, Self

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea

from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.typedfield import LineField, in_turn

Values = Mapping[str, str]
Says = Callable[[str], str]
"""Says in few words what a typed text comes to; "" = nothing."""
Check = Callable[[Values], str]
"""Gives one sentence when the values can't be taken (`Wrong` where a field is to blame), "" when they can."""


class Wrong(str):
    """A sentence about one field: the cursor goes there."""

    __slots__ = ("field",)
    field: str

    def __new__(cls, field: str, sentence: str) -> Self:
        """`field` is its name in the form."""
        made = super().__new__(cls, sentence)
        made.field = field
        return made


class Field(NamedTuple):
    """One field. `lines` 1 = a line; more = a text in which Enter begins a new line unless `enter_saves`.

    `says` = what is said beside a line of what is typed there; None = nothing is.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    lines: int = 1
    enter_saves: bool = False
    says: Says | None = None


def _beside(words: str) -> str:
    return f" {words} " if words else ""


class TextField(TextArea):
    """Several lines that are typed into."""

    async def _on_key(self, event: events.Key) -> None:
        await in_turn(self, event)


class Form(DeskDialog[dict[str, str]]):
    """Fields one under the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "next", priority=True),
        Binding("f2", "save", "save", priority=True),
        Binding("ctrl+j", "newline", "new line", priority=True),
        Binding("tab", "step(1)", "next field", show=False, priority=True),
        Binding("shift+tab", "step(-1)", "field before", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        draft: str = "",
        intro: str = "",
        check: Check = lambda values: "",
        begin: str = "",
        hint: str = "Enter next, then done · F2 done · Esc back, the text is kept",
    ) -> None:
        super().__init__(title, hint)
        self.fields = fields
        self.draft = draft
        self.intro = intro
        self.check = check
        self.begin = begin or fields[0].name

    def body(self) -> ComposeResult:
        """Label and field, line by line."""
        kept = self.desk.drafts.read(self.draft)
        if self.intro:
            yield Label(self.intro, id="intro", markup=False)
        with VerticalScroll(id="fields", can_focus=False):
            for field in self.fields:
                value = kept.get(field.name, field.value)
                with Horizontal(classes="field" if field.lines == 1 else "field tall"):
                    if field.label:
                        yield Label(field.label, classes="label", markup=False)
                    if field.lines == 1:
                        yield LineField(value, id=f"f-{field.name}", placeholder=field.hint, compact=True)
                        if field.says is not None:
                            yield Label(
                                _beside(field.says(value)), classes="says", id=f"says-{field.name}", markup=False
                            )
                    else:
                        area = TextField(
                            value, id=f"f-{field.name}", soft_wrap=True, compact=True, tab_behavior="focus"
                        )
                        area.styles.height = field.lines
                        area.placeholder = field.hint
                        yield area

    def widget(self, name: str) -> Input | TextArea:
        """The widget of a field."""
        found = self.query_one(f"#f-{name}")
        assert isinstance(found, Input | TextArea), "a field is typed into"
        return found

    def first(self) -> Widget:
        """The field to begin with, the cursor behind what it holds."""
        first = self.widget(self.begin)
        if isinstance(first, TextArea):
            first.move_cursor(first.document.end)
        return first

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        found = {field.name: self.widget(field.name) for field in self.fields}
        return {name: one.value if isinstance(one, Input) else one.text for name, one in found.items()}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed, and say what it comes to."""
        self.keep()
        field = next((one for one in self.fields if event.input.id == f"f-{one.name}"), None)
        if field is not None and field.says is not None:
            self.query_one(f"#says-{field.name}", Label).update(_beside(field.says(event.value)))

    def on_text_area_changed(self) -> None:
        """Keep what is typed."""
        self.keep()

    def keep(self) -> None:
        """Remember what was typed; what nobody changed is no draft."""
        if self.values != {field.name: field.value for field in self.fields}:
            self.desk.drafts.keep(self.draft, self.values)
        else:
            self.desk.drafts.forget(self.draft)

    async def action_newline(self) -> None:
        """A new line where Enter saves."""
        area = self.focused
        if isinstance(area, TextArea):
            await settled(area)
            area.insert("\n")

    async def action_step(self, by: int) -> None:
        """Another field; what is typed next belongs there."""
        fields = [self.widget(field.name) for field in self.fields]
        at = next((n for n, one in enumerate(fields) if one is self.focused), -by if by > 0 else 0)
        self.set_focus(fields[(at + by) % len(fields)])

    async def action_enter(self) -> None:
        """A new line in a text, else the next field, else done."""
        at = next((n for n, one in enumerate(self.fields) if self.widget(one.name) is self.focused), None)
        if at is None:
            return
        field = self.fields[at]
        if field.lines > 1 and not field.enter_saves:
            await self.action_newline()
        elif at + 1 < len(self.fields):
            self.set_focus(self.widget(self.fields[at + 1].name))
        else:
            await self.action_save()

    async def action_save(self) -> None:
        """Give the values back, or say what is wrong with them and go to the field that is."""
        if self.focused is not None:
            await settled(self.focused)
        wrong = self.check(self.values)
        if wrong:
            self.say(wrong, "bad")
            if isinstance(wrong, Wrong):
                self.set_focus(self.widget(wrong.field))
        else:
            self.dismiss(self.values)
