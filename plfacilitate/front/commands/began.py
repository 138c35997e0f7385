"""`plfacilitate event began EVENT SEGMENT TIME`: when a segment of the agenda really began.

Owns how it is asked and said. What may be said is `steps.keeping`'s business.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.text import plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened
from plfacilitate.steps import keeping as step
from plfacilitate.steps.events import find_event, local_time, read_fold

Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]
Segment = Annotated[str, typer.Argument(metavar="SEGMENT", help="Its number on the agenda, from 1, or its title.")]
Time = Annotated[str, typer.Argument(metavar="TIME", help="As 10:45, at the event's place.")]


def began(
    ctx: typer.Context,
    event: Name,
    segment: Segment,
    time: Time,
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    as_json: AsJson = False,
) -> None:
    """Say when a segment really began; the one before it was over then."""
    with opened(ctx) as (around, ledger):
        one = find_event(ledger, event)
        run = read_fold(ledger, one.id).run
        place = step.segment_named(run, segment)
        draft = step.began_at(hand(around), one.id, run, place, step.moment_in(one, time), reason=reason)
        entry = ledger.append_one(draft)
    title, at = run.spans[place].segment.title, local_time(one, entry.at)
    if as_json:
        say.document({"event": one.id, "entry": entry.id, "segment": place + 1, "title": title, "began": at})
    else:
        say.line(f"{plain(title)} began at {at}.")
