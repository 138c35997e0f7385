"""Pictures of every list, small and large, by a played clock: a changed picture is looked at before it is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import pytest
from textual.pilot import Pilot

from plfacilitate.front.office.app import OfficeApp
from plfacilitate.front.office.threads.reader import Picture
from plfacilitate.office.overview import Arrived
from tests.front.office.conftest import Office, Seat
from tests.front.office.disputed import disputed

__all__ = ["disputed"]  # a fixture
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self, app: OfficeApp, *, terminal_size: tuple[int, int], run_before: Callable[[Pilot[Any]], Awaitable[None]]
    ) -> bool:
        """Whether the screen looks as it did."""


def looks(compare: Compare, office: Office, size: tuple[int, int], *keys: str, sees: str) -> bool:
    """Whether the screen looks as before once the keys were typed and `sees` can be seen."""
    app = OfficeApp(office.around, office.url)
    app.where = "sqlite:///C:/office/register.db"

    async def before(pilot: Pilot[Any]) -> None:
        seat = Seat(app, pilot)
        await seat.until(lambda: app.picture.ready and not app.reader.untitled)
        app.reader.picture = _elsewhere(office, app)
        await seat.type(*keys)
        await seat.sees(sees)
        await seat.until(lambda: not app.work.words)
        app.clear_notifications()
        await pilot.pause(0.1)

    return compare(app, terminal_size=size, run_before=before)


def _elsewhere(office: Office, app: OfficeApp) -> Picture:
    """The same bundles, lying where no test's folder shows."""

    def moved(found: Sequence[Arrived]) -> tuple[Arrived, ...]:
        return tuple(
            one._replace(came=one.came._replace(file=one.came.file.replace(str(office.folder), "C:/office")))
            for one in found
        )

    picture = app.picture
    return picture._replace(came=moved(picture.came), held=moved(picture.held))


@SIZES
def test_came(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """The newest first, with what became of each."""
    assert looks(snap_compare, disputed, size, sees="accepted")


@SIZES
def test_held(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """What each waits for."""
    assert looks(snap_compare, disputed, size, "2", sees="not accepted yet")


@SIZES
def test_laptops(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """The new one first."""
    assert looks(snap_compare, disputed, size, "3", sees="○ new")


@SIZES
def test_offerings(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """With hours, versions and flags."""
    assert looks(snap_compare, disputed, size, "4", sees="■")


@SIZES
def test_offering(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """Everybody's line, and why."""
    assert looks(snap_compare, disputed, size, "4", "enter", sees="went home ill")


@SIZES
def test_disputes(snap_compare: Compare, disputed: Office, size: tuple[int, int]) -> None:
    """All that waits, once everything was reckoned."""
    assert looks(snap_compare, disputed, size, "5", "R", sees="reckoned ")


def test_accept(snap_compare: Compare, disputed: Office) -> None:
    """The key to compare, before anything is taken."""
    assert looks(snap_compare, disputed, (80, 24), "2", "a", sees="Are they the same?")
