"""A scanner in front of the keyboard: digits too quick for a finger, and Enter.

Owns what counts as a scan, and that the digits that landed in a field meanwhile are taken out of it again. Never says
what a scan does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from textual import events
from textual.app import App
from textual.widget import Widget

from plfacilitate.core.badges import is_badge

GAP_SECONDS = 0.05  # between two keys: scanners need 1 to 30 ms, the quickest fingers 60 over a whole number
TAIL_SECONDS = 0.3  # some scanners end with more than one Enter

ENDS = ("enter", "ctrl+j")

Heard = Literal["", "begins", "goes on", "scan", "tail"]


class Scanner:
    """Hears keys with their times, and tells a scan from a person."""

    def __init__(self, gap: float = GAP_SECONDS) -> None:
        """`gap` seconds at most between two keys of one scan."""
        self.gap = gap
        self.read = ""  # the digits of the scan that was heard last
        self._digits = ""
        self._at = self._ended = float("-inf")

    def hear(self, key: str, at: float) -> Heard:
        """What a key at a moment (seconds of any clock that only goes forward) is: "" = nothing of a scanner's."""
        quick, self._at = at - self._at <= self.gap, at
        digit = len(key) == 1 and key.isascii() and key.isdigit()
        if key not in ENDS:
            self._ended = float("-inf")
        if digit:
            begun = bool(self._digits) and quick
            self._digits = self._digits + key if begun else key
            return "goes on" if begun else "begins"
        digits, self._digits = self._digits, ""
        if key not in ENDS:
            return ""
        if quick and is_badge(digits):
            self.read, self._ended = digits, at
            return "scan"
        return "tail" if at - self._ended <= TAIL_SECONDS and self.gap > 0 else ""


class Before(NamedTuple):
    """What stood in a field before the first digit of a burst, and how to put it back."""

    widget: Widget
    put_back: Callable[[], None]


class Ear:
    """Listens to all keys of an app before anything else does."""

    def __init__(self, app: App[int]) -> None:
        """Hears nothing before `hears` is called."""
        self._app = app
        self._before: list[Before] = []
        self.scanner = Scanner()

    def hears(self, event: events.Key) -> str | None:
        """The number of a scan that this key ends; "" = the key is a scanner's and does nothing; None = a person's."""
        heard, focused = self.scanner.hear(event.key, event.time), self._app.focused
        if heard == "begins":
            self._before = []
        if heard in ("begins", "goes on") and focused is not None:
            self._remember(focused)
        if heard == "scan":
            return self._scanned(focused)
        return "" if heard == "tail" else None

    def _scanned(self, focused: Widget | None) -> str | None:
        typed = getattr(focused, "digits_are_typed", None)
        if typed is not None and typed(self.scanner.read):
            return None
        for before in self._before:
            before.widget.call_later(before.put_back)  # behind the digits that still wait in its queue
        self._before = []
        return self.scanner.read

    def _remember(self, widget: Widget) -> None:
        """Look at a field before its first digit, behind whatever was typed into it before."""
        if not _is_field(widget) or any(before.widget is widget for before in self._before):
            return
        kept: list[Callable[[], None]] = []
        self._before.append(Before(widget, lambda: kept[0]() if kept else None))
        widget.call_later(lambda: kept.append(_keeping(widget)))


def _is_field(widget: Widget) -> bool:
    return hasattr(widget, "selection") and (hasattr(widget, "value") or hasattr(widget, "document"))


def _keeping(widget: Widget) -> Callable[[], None]:
    """A function that makes a field what it is now."""
    from textual.widgets import Input

    if isinstance(widget, Input):
        field, value, selected = widget, widget.value, widget.selection

        def put_back() -> None:
            field.value = value
            field.selection = selected

        return put_back
    from textual.widgets import TextArea

    assert isinstance(widget, TextArea), "a field is typed into"
    area, text, mark = widget, widget.text, widget.selection

    def put_back_text() -> None:
        if area.text != text:
            area.replace(text, (0, 0), area.document.end)
            area.selection = mark

    return put_back_text
