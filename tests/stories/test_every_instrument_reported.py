"""Every instrument that ships, filled to its last item, stands in a report: each item with what was noted on it."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from plfacilitate.core.report.whole import visit_report
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.results.words import rule
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.visit_report import report_pdf
from plfacilitate.shelf.visit_web import report_page
from plfacilitate.steps.observe import read_visit
from tests.laptops import Laptop
from tests.played import Clock
from tests.stories.test_every_instrument import FILES, fill
from tests.visits import MADE_AT, ZONE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_of_it_is_told(laptop: Laptop, clock: Clock, path: object) -> None:
    """No item is left out, none is said to be noted by nobody, and both files are drawn."""
    event = laptop.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    protocol = find_protocol(str(path), laptop.workspace.protocols)
    fill(laptop, event, protocol)
    ledger = laptop.ledger()
    named = Visit("Dimmitt", "To see.", rooms="named", stops=(Stop("r4", "Room 4", minutes=20),))
    picture = read_visit(ledger, event).picture()._replace(visit=named)
    ledger.close()
    made = visit_report(picture, title="", place="", day=date(2023, 12, 6), zone=ZONE, made_at=MADE_AT)
    told = _words(html.unescape(re.sub(r"<[^>]+>", " ", report_page(made).decode())))
    texts = [item.text for item in protocol.items] + [prompt.title or prompt.ask for prompt in protocol.prompts]
    texts += [text for one in protocol.results for text in (one.title, rule(one, protocol))]
    for one in (one for seen in picture.observations for one in outcomes(seen)):
        texts += one.states if one.result.rule == "readiness" else one.said.split("; ")
    assert [text for text in texts if _words(text) not in told] == []
    assert "by nobody" not in told
    assert not made.absent
    assert report_pdf(made).startswith(b"%PDF")


def _words(text: str) -> str:
    return re.sub(r"[\s:]+", " ", text)
