"""What people answered at the end: how many, how it spreads, what they wrote. To be read only.

Owns its look. Nobody's name is in it, and nobody's answers stand side by side.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from plfacilitate.core.evaluation import Answers, Evaluation, said
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk.dialogs.base import DeskDialog

BAR, NAME = 24, 30  # cells at most


class AnswersRead(DeskDialog[bool]):
    """One paragraph a question; it scrolls."""

    def __init__(self, found: Evaluation) -> None:
        super().__init__("What people answered at the end", "↑ ↓ PgUp PgDn scroll · Esc back")
        self.found = found

    def body(self) -> ComposeResult:
        """How many, then question by question."""
        with VerticalScroll(id="answers"):
            yield Static(said(self.found), classes="said", markup=False)
            for one in self.found.questions:
                yield Static(heading(one), classes="asked", markup=False)
                yield Static(answered(one), classes="answered", markup=False)

    def on_mount(self) -> None:
        """Room for what there is to read."""
        super().on_mount()
        self.query_one("#box").set_class(bool(self.found.questions), "long")

    def first(self) -> Widget:
        """It scrolls at once."""
        return self.query_one("#answers")


def heading(one: Answers) -> str:
    """The question, how many answered it, and the middle of a scale."""
    return f"{plain(one.ask)}  {one.given_text}"


def answered(one: Answers) -> str:
    """A bar an answer, or the texts one below the other."""
    if one.kind == "text":
        return "\n".join(f"· {plain(text)}" for text in one.comments) or "nobody wrote anything"
    most = max((count for _, count in one.counts), default=0)
    width = min(NAME, max((cells(plain(name)) for name, _ in one.counts), default=0))
    lines = []
    for at, (name, count) in enumerate(one.counts):
        bar = "█" * -(-count * BAR // most) if count else ""
        words = plain(one.end(at))
        lines.append(f"{cut(name, width)}  {bar}{' ' if bar else ''}{count}{f'  {words}' if words else ''}")
    return "\n".join(lines)
