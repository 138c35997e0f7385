"""A note: one field, and Tab says what it is: a note, something for the parking lot, a decision.

Owns how the kind is shown and kept with the text. Never writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from textual.app import ComposeResult
from textual.content import Content

from plfacilitate.core.notes import TAGS, Tag, next_tag
from plfacilitate.front.desk.dialogs.form import Field, Form
from plfacilitate.front.widgets.lines import OneLine, Part, Parts


class NoteForm(Form):
    """Gives `text` and `tag`."""

    def __init__(self, *, draft: str, intro: str) -> None:
        super().__init__(
            "Note",
            (Field("text", "", hint="What do you want to remember?", lines=5, enter_saves=True),),
            draft=draft,
            intro=intro,
            check=lambda values: "" if values["text"].strip() else "A note needs a word.",
            hint="Enter keeps it · Tab parks it, or decides · ctrl+j new line · Esc back",
        )
        self.tag: Tag = "note"

    def body(self) -> ComposeResult:
        """The kinds, then the field."""
        yield OneLine(id="tags")
        yield from super().body()

    def on_mount(self) -> None:
        """What was left goes on as what it was."""
        super().on_mount()
        kept = self.desk.drafts.read(self.draft).get("tag", "note")
        self._turn_to(cast(Tag, kept) if kept in TAGS else "note")

    def _turn_to(self, tag: Tag) -> None:
        self.tag = tag
        parts: Parts = tuple(
            Part(f" {'●' if one == tag else '○'} {name} ", "title" if one == tag else "dim")
            for one, name in TAGS.items()
        )
        self.query_one("#tags", OneLine).put(parts)
        self.query_one("#box").border_title = Content(TAGS[tag].capitalize())

    @property
    def values(self) -> dict[str, str]:
        """What was typed, and what it is."""
        return {**super().values, "tag": self.tag}

    def keep(self) -> None:
        """Remember what was typed; a kind without a word is no draft."""
        kept: Mapping[str, str] = self.values
        if kept["text"].strip():
            self.desk.drafts.keep(self.draft, kept)
        else:
            self.desk.drafts.forget(self.draft)

    async def action_step(self, by: int) -> None:
        """Tab: another kind."""
        self._turn_to(next_tag(self.tag, by))
        self.keep()
