"""Screens on which row after row is typed lead from row to row by the same keys."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.front.desk.screens.names import NamesScreen
from plfacilitate.front.desk.screens.paper import PaperScreen
from plfacilitate.front.desk.typedfield import ROW_KEYS


@pytest.mark.parametrize("screen", [FillScreen, NamesScreen, PaperScreen])
def test_arrows_and_pages_lead_to_another_row(screen: type[DeskScreen]) -> None:
    """Before the field sees them, and whatever letter keys mean there."""
    assert {one.key for one in ROW_KEYS} == {"up", "down", "pageup", "pagedown"}
    assert all(one.priority and one in screen.BINDINGS for one in ROW_KEYS)
    assert hasattr(screen, "action_move")
