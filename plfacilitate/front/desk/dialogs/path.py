"""A file: typed with completion, or picked out of a folder.

Owns what of a folder is offered. Folders are read in a thread: a share that sleeps must not hold the keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from plfacilitate.front.desk.dialogs.base import DeskDialog
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.typedfield import LineField

MOST = 200
STICKS = ("/media/*/*", "/media/*", "/run/media/*/*", "/Volumes/*")  # where systems put what is plugged in


class Place(NamedTuple):
    """A file or a folder, and what stands in the field when it is taken."""

    text: str
    folder: bool


class Places(LineList[Place]):
    """What begins with what is typed."""

    def draw(self, item: Place, width: int) -> tuple[Parts, Parts]:
        """Folders first, with a stroke."""
        name = Path(item.text).name or item.text
        return (Part(f" {name}{os.sep if item.folder else ''}", "title" if item.folder else ""),), ()


class PickFile(DeskDialog[Path]):
    """Gives a file that is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", priority=True),
        Binding("down", "move(1)", "down", priority=True),
        Binding("tab", "complete", "complete", priority=True),
        Binding("enter", "take", "take", priority=True),
    ]

    def __init__(self, title: str, endings: Iterable[str], draft: str = "") -> None:
        super().__init__(title, "Tab completes · ↑ ↓ choose · Enter opens a folder, takes a file · Esc back")
        self.endings = tuple(endings)
        self.draft = draft

    def body(self) -> ComposeResult:
        """A field and a folder."""
        kept = self.desk.drafts.read(self.draft).get("path", "")
        yield LineField(kept, id="name", placeholder="a file, a folder, a stick", compact=True, select_on_focus=False)
        yield Places(id="matches", empty="Nothing here that could be meant.")

    def on_mount(self) -> None:
        """Look at once."""
        super().on_mount()
        self.places.can_focus = False
        self._look()

    @property
    def path_field(self) -> Input:
        """What is typed."""
        return self.query_one("#name", Input)

    @property
    def places(self) -> Places:
        """What there is."""
        return self.query_one("#matches", Places)

    def first(self) -> Widget:
        """Type at once."""
        return self.path_field

    def keep(self) -> None:
        """Remember what was typed."""
        self.desk.drafts.keep(self.draft, {"path": self.path_field.value})

    def on_input_changed(self) -> None:
        """Another beginning."""
        self.say(self.hint)
        self._look()

    def _look(self) -> None:
        look = partial(self._read, self.path_field.value)
        self.run_worker(look, thread=True, exclusive=True, group="look", exit_on_error=False)

    def _read(self, text: str) -> None:
        found = offered(text, self.endings)
        self.app.call_from_thread(self._show, text, found)

    def _show(self, text: str, found: list[Place]) -> None:
        if self.is_mounted and text == self.path_field.value:
            self.places.at = 0
            self.places.fill(found)
            self.places.refresh()

    def action_move(self, step: int) -> None:
        """Another of those."""
        self.places.action_move(step)

    async def action_complete(self) -> None:
        """As much of the marked one as there is."""
        await settled(self.path_field)
        place = self.places.current
        if place is not None:
            self._put(place)

    def _put(self, place: Place) -> None:
        self.path_field.value = (
            f"{place.text}{os.sep}" if place.folder and not place.text.endswith(os.sep) else place.text
        )
        self.path_field.cursor_position = len(self.path_field.value)

    async def action_take(self) -> None:
        """A file is taken, a folder opened; what was typed counts before what is marked."""
        await settled(self.path_field)
        self._take()

    def _take(self) -> None:
        typed, place = self.path_field.value.strip(), self.places.current
        if typed and Path(typed).expanduser().is_file():
            self.dismiss(Path(typed).expanduser())
        elif place is None:
            self.say("There is no such file: check the name and the folder.", "bad")
        else:
            self._choose(place)

    def _choose(self, place: Place) -> None:
        if place.folder:
            self._put(place)
        else:
            self.dismiss(Path(place.text).expanduser())

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A double click."""
        if isinstance(message.item, Place):
            self._choose(message.item)


def offered(text: str, endings: tuple[str, ...]) -> list[Place]:
    """Folders and files of these endings that begin with a text; without one sticks first, then where we are."""
    if not text.strip():
        return [*(Place(one, folder=True) for one in sticks()), *_inside(Path(), "", endings)]
    typed = Path(text).expanduser()
    if text.endswith(("/", os.sep)) or text == "~":
        return _inside(typed, "", endings)
    return _inside(typed.parent, typed.name, endings)


def _inside(folder: Path, begins: str, endings: tuple[str, ...]) -> list[Place]:
    try:
        with os.scandir(folder) as found:
            named = [(one.is_dir(), one.name) for one in found if one.name.lower().startswith(begins.lower())]
    except OSError:
        return []
    places = [
        Place(str(folder / name), is_folder)
        for is_folder, name in named
        if (is_folder or name.lower().endswith(endings)) and (begins.startswith(".") or not name.startswith("."))
    ]
    return sorted(places, key=lambda place: (not place.folder, place.text.lower()))[:MOST]


def sticks() -> list[str]:
    """What is plugged into this laptop, as far as its system says."""
    if sys.platform == "win32":
        drives = [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
        return [drive for drive in drives if Path(drive).exists()]
    else:  # noqa: RET505 (mypy reads either branch by its platform only in this form)
        found = [path for pattern in STICKS for path in Path("/").glob(pattern.lstrip("/"))]
        return [str(path) for path in found if path.is_mount()]
