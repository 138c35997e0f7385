"""What is written of a cohort from its board; one function each for the writer thread.

Owns how a cohort is opened to be written of, as it stands at that moment, whatever the board showed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import cohort_start
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohorts import Writing

Saying = Callable[[Writing], Draft]


def say(cohort: str, saying: Saying, words: str) -> Deed:
    """One thing about a cohort. Refused as the step that says it."""

    def deed(work: Work) -> Done:
        return Done(words, work.write([saying(_open(work, cohort))]))

    return deed


def about(cohort: str, person: str, saying: Callable[[Writing, Person], Draft], words: str) -> Deed:
    """One thing about a person of a team; `{name}` in the words is who it is."""

    def deed(work: Work) -> Done:
        from plfacilitate.store.search import people

        on = _open(work, cohort)
        (who,) = people(work.ledger.connection, [person])
        return Done(words.format(name=plain(who.spoken)), work.write([saying(on, who)]))

    return deed


def from_file(path: Path) -> Deed:
    """A cohort begun, or brought up to date, as its file says. Refused: `faults`."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.cohorts import read_cohort_file

        file = read_cohort_file(path)
        done = cohort_start.start(work.ledger, work.hand, file, work.around.today)
        said = "is up to date" if not done.changed else "is started" if done.new else "is brought up to date"
        more = f" · {len(done.remarks)} remarks: plfacilitate cohort start shows them" if done.remarks else ""
        return Done(f"{plain(done.cohort)} {said}{more}")

    return deed


def _open(work: Work, cohort: str) -> Writing:
    reader, today = read_cohorts(work.ledger), work.around.today
    return Writing(work.hand, reader.find(cohort), reader.around(today), today)
