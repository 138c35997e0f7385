"""The office's screen: a table of contents of its screens, keys, threads and themes.

Owns what happens when a key is pressed and when a thread has something to tell: the threads bring frozen pictures, the
screens draw them, the orders do what a key asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from plfacilitate.front.office import commands
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.office.threads import messages
from plfacilitate.front.widgets.keyline import key_text
from plfacilitate.front.widgets.looks import THEMES
from plfacilitate.front.widgets.terminal import end_with_terminal, must_have_terminal
from plfacilitate.store.surroundings import Surroundings

CLOCK_SECONDS = 1.0


def _screen(name: str) -> Callable[[], Screen[None]]:
    """A screen that is imported when it is first shown."""

    def make() -> Screen[None]:
        module = import_module(f"plfacilitate.front.office.screens.{name}")
        screen: Screen[None] = module.SCREEN()
        return screen

    return make


class OfficeApp(OfficeBase):
    """The terminal app of the clerk."""

    TITLE = "plfacilitate office"
    CSS_PATH = "office.tcss"
    DEFAULT_MODE = "came"
    MODES: ClassVar = {name: _screen(name) for name in commands.MODES}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 6

    def __init__(self, around: Surroundings, url: str, *, watch: str = "") -> None:
        super().__init__(around, url, watch=watch)
        for theme in THEMES:
            self.register_theme(theme)
        # Set before anything is drawn and without its watchers: the style sheet is read once, not twice.
        self.set_reactive(App.theme, THEMES[0].name)
        self.stylesheet.set_variables(self.get_css_variables())

    # -- begin and end -----------------------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Read while the screen is being built."""
        self.reader.start(self.post_message)
        self.hands.start(self.post_message)
        self.work.start(self.post_message)

    def on_mount(self) -> None:
        """The clock, and the watched place once the first picture can be seen."""
        self.set_interval(CLOCK_SECONDS, self.a_second_later)
        if self.watcher is not None:
            self.call_after_refresh(self.watcher.start, self.post_message)

    def a_second_later(self) -> None:
        """The clock of the screen that is looked at."""
        if isinstance(self.screen, OfficeScreen) and self.screen.stands:
            self.screen.tick()

    def on_unmount(self) -> None:
        """The screen is closed."""
        self.finish()

    # -- keys and palette --------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Nobody took the key: where it means something that can't be done now, say why."""
        words = commands.why_not(self, self.screen.WHERE, event.key) if isinstance(self.screen, OfficeScreen) else ""
        if words:
            self.say(words)

    async def action_do(self, name: str) -> None:
        """Do a command of the table."""
        await self.give(commands.BY_NAME[name].run)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The one rule: a command whose needs are not met is greyed out."""
        if action == "do" and parameters:
            return True if commands.allowed(self, commands.BY_NAME[str(parameters[0])]) else None
        return True

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette holds everything that can be done on this screen."""
        where = screen.WHERE if isinstance(screen, OfficeScreen) else ""
        for command in commands.COMMANDS:
            if where in command.on and commands.allowed(self, command):
                key = f" (key {key_text(command.keys)})" if command.keys else ""
                yield SystemCommand(command.label.capitalize(), f"{command.tip}{key}", self._doing(command.name))

    def _doing(self, name: str) -> Callable[[], None]:
        def do() -> None:
            self.call_later(self.action_do, name)

        return do

    # -- what the threads tell ---------------------------------------------------------------------------------------

    def on_looked(self, message: messages.Looked) -> None:
        """The register looks different."""
        self.repaint()

    def on_done(self, message: messages.Done) -> None:
        """It is in the register: say so, and how it is taken back."""
        told = message.told
        self.undoable = told.undo
        self.reader.look()
        self.say(f"{told.said} · u takes it back" if told.undo else told.said)
        if told.bring_in:
            self.call_later(self.give, "bundles:bring_in")
        self.repaint()

    def on_not_done(self, message: messages.NotDone) -> None:
        """It was refused: say why."""
        self.say(message.sentence, severity="error")
        self.repaint()

    def on_progressed(self, message: messages.Progressed) -> None:
        """A longer piece of work goes on, or ended."""
        self.repaint()

    def on_worked(self, message: messages.Worked) -> None:
        """A longer piece of work is over."""
        message.take()
        self.reader.look()
        self.repaint()

    def on_watched_place(self, message: messages.WatchedPlace) -> None:
        """The watched place was looked at."""
        self.reader.look()
        self.repaint()


def run(around: Surroundings, url: str, *, watch: str = "") -> int:
    """Open the screen on a register, watching a place where one is named; gives the exit code."""
    must_have_terminal("The office's screen")
    app = OfficeApp(around, url, watch=watch)
    end_with_terminal(app.finish)
    return app.run() or 0
