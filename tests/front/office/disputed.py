"""An office with something of everything: a correction that came, a contradiction, a copied number, a hold."""

from __future__ import annotations

from contextlib import closing

import pytest

from plfacilitate.office.receive import receive
from plfacilitate.store.register import open_register
from plfacilitate.store.register.retention import Hold
from tests.front.office.conftest import Office
from tests.played import Chance


@pytest.fixture
def disputed(office: Office) -> Office:
    """The office once the correction came and somebody disputes it."""
    bundles = sorted(office.mail.glob("*.zip"))
    receive(office.url, bundles, clock=office.clock, chance=Chance(6), office="Ruth")
    with closing(open_register(office.url, Chance(7))) as register:
        series = next(one for one in register.all_series() if register.issued(one))
        register.hold(Hold(series, "the paper sheet says 14:00", "2023-12-14T16:30:00.000000Z", "Ruth"))
    office.clock.forward(minutes=20)
    return office
