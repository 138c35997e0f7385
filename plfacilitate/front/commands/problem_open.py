"""What every `plfacilitate problem …` command that writes needs: the bank, the problem, and how it is written.

Owns how the bank is opened. Never decides what may be said (`steps.problems`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, get_args

import typer

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.protocol import Attribute
from plfacilitate.front.commands.common import hand, opened
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.problem_bank import ProblemReader, find_problem
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

ATTRIBUTES: tuple[str, ...] = get_args(Attribute)
Problem = Annotated[
    str, typer.Argument(metavar="PROBLEM", help="The beginning of its id, as `plfacilitate problem list` shows it.")
]


@dataclass(slots=True)
class Here:
    """A problem to write of; `bank` and `row` are what stands now."""

    around: Surroundings
    ledger: Ledger
    hand: Hand
    reader: ProblemReader
    bank: Bank
    row: Row

    def write(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Durable when it comes back, and `bank` and `row` know it. Raises a refusal."""
        entries = written(self.ledger.append(drafts))
        self.reader.refresh(self.ledger)
        self.bank = self.reader.bank(self.around.today)
        self.row = self.bank.row(self.row.problem.id) or self.row
        return entries


@contextmanager
def here_is(ctx: typer.Context, problem: str) -> Iterator[Here]:
    """The problem of a name. Refused: `problem-unknown`."""
    with opened(ctx) as (around, ledger):
        reader = ProblemReader()
        reader.refresh(ledger)
        found = reader.bank(around.today)
        yield Here(around, ledger, hand(around), reader, found, find_problem(found, problem))
