"""Credit of a series for everybody, against reading the same entries with sqlite3."""

from __future__ import annotations

from datetime import timedelta

from bench.figures import Figure, ms, paired
from bench.workspace import add_event, add_marks, add_people, now, surroundings
from plfacilitate.core.tally import credit_sheet
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.tally import as_of, known_people

PEOPLE = 1000
SESSIONS = 5


def figures() -> list[Figure]:
    """1,000 people × 5 sessions: entries to lines, against the entries alone."""
    with surroundings() as around:
        ledger = around.open_ledger()
        ids = add_people(ledger, around, PEOPLE)
        events = [add_event(ledger, around, ids, plan="pspl-institute", session=n) for n in range(SESSIONS)]
        for event in events:
            add_marks(ledger, around, event, ids)
        at = now() + timedelta(days=1)

        def ours() -> int:
            folds = [read_fold(ledger, event) for event in events]
            sheet = credit_sheet(folds, known_people(ledger, folds), event=None, as_of=as_of(ledger), at=at)
            return sum(line.line.hundredths for line in sheet.lines)

        def theirs() -> int:
            return sum(
                len(
                    ledger.connection.execute(
                        "SELECT e.id, e.device, e.number, e.recorded_at, c.kind, c.person, c.by, c.means, c.happened_at,"
                        " c.replaces, c.content FROM content c JOIN entry e ON e.seq = c.entry WHERE c.event = ?"
                        " ORDER BY c.seq",
                        (event,),
                    ).fetchall()
                )
                for event in events
            )

        assert ours() > 0
        ratio, mine, plain = paired(ours, theirs)
        ledger.close()
    what = f"credit of {PEOPLE:,} people × {SESSIONS} sessions ÷ reading the same entries"
    return [Figure("credit", what, ratio, most=5, detail=ms(mine, plain))]
