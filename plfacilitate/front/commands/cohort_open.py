"""What every `plfacilitate cohort …` command that writes needs: the cohort, the ledger, and how it answers.

Owns how a cohort is opened to be written of. Never decides what may be said (`steps.cohorts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from plfacilitate.core.cohort.picture import SchoolPicture
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import hand, opened
from plfacilitate.steps.capture import written
from plfacilitate.steps.cohort_reading import CohortReader, read_cohorts
from plfacilitate.steps.cohorts import Writing
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

Name = Annotated[str, typer.Argument(metavar="COHORT", help="The cohort's id or title, or the beginning of its id.")]
School = Annotated[str, typer.Argument(metavar="SCHOOL", help="The school's name, or the beginning of it.")]


@dataclass(slots=True)
class Here:
    """A cohort to write of, and the ledger that it is written to; `on` is what stands now."""

    around: Surroundings
    ledger: Ledger
    reader: CohortReader
    on: Writing

    def write(self, *drafts: Draft) -> list[Entry]:
        """Durable when it comes back, and `on` knows it. Raises a refusal."""
        entries = written(self.ledger.append(list(drafts)))
        self.reader.refresh(self.ledger)
        facts = self.reader.fold.cohorts.get(self.on.facts.cohort.id, self.on.facts)
        self.on = Writing(self.on.hand, facts, self.reader.around(self.on.today), self.on.today)
        return entries

    def school(self, name: str) -> SchoolPicture:
        """A school as it stands now. Refused: `cohort-school-unknown`."""
        found = self.reader.picture(self.on.facts, self.on.today).school(self.on.school(name)[0])
        assert found is not None, "a school that has a spell has a picture"
        return found


@contextmanager
def here_is(ctx: typer.Context, name: str) -> Iterator[Here]:
    """The cohort of a name. Refused: `cohort-unknown`."""
    with opened(ctx) as (around, ledger):
        reader, today = read_cohorts(ledger), around.today
        yield Here(around, ledger, reader, Writing(hand(around), reader.find(name), reader.around(today), today))


def said(entries: Sequence[Entry], words: str, as_json: bool) -> None:
    """Answer with what was written."""
    if as_json:
        say.document({"entries": [entry.id for entry in entries], "said": words})
    else:
        say.line(words)


def one_of(option: str, given: str, known: Sequence[str]) -> str:
    """One of the few words that an option takes; a usage error otherwise."""
    if given not in known:
        raise typer.BadParameter(f"{option} is one of: {', '.join(known)}")
    return given
