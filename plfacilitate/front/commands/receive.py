"""`plfacilitate receive …`: what other laptops captured, and what the office answers.

Owns which files of a folder are meant and how the sum is printed. Never merges an entry itself (`steps.intake`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened
from plfacilitate.shelf.receipt import Receipt
from plfacilitate.steps.intake import receive_file
from plfacilitate.steps.office_keys import opened_bundle
from plfacilitate.store.ledger import Ledger, Received
from plfacilitate.store.search import catch_up
from plfacilitate.store.surroundings import Surroundings


def receive(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES", help="Bundles or ledgers of other laptops, or receipts; or a folder."),
    ],
    trust: Annotated[bool, typer.Option("--trust", help="The office has a new key, and said so.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in other laptops' bundles, or the office's receipts. Twice does no harm."""
    taken = _Received()
    with opened(ctx) as (around, ledger):
        for path, named in _spread(files):
            try:
                taken.file(ledger, around, path, trust=trust)
            except Refused as no:
                if named or no.refusal.code not in _PASSED_OVER:
                    taken.refuse(path, no)
        catch_up(ledger.connection)
        forks = ledger.forks()
    for device, numbers in forks.items():
        say.aside(f"laptop {device[:8]} wrote number {numbers[0]} twice (a copied workspace): both are kept.")
    for conflict in taken.total.conflicts:
        say.aside(f"kept aside: {conflict}")
    if as_json:
        say.document(taken.document())
    else:
        taken.say()
    raise typer.Exit(1 if taken.refused else 0)


# Of a folder that several laptops share, what is for another one is nobody's fault.
_PASSED_OVER = frozenset({"receipt-foreign"})


class _Received:
    """What a call has taken in so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.total = Received()
        self.receipts: list[Receipt] = []
        self.refused: list[tuple[Path, Refused]] = []

    def file(self, ledger: Ledger, around: Surroundings, path: Path, *, trust: bool) -> None:
        """Take one file in. Refused with what is wrong with it."""
        if path.name.endswith(".receipt.json"):
            from plfacilitate.steps.deliver import take_receipt

            self.receipts.append(take_receipt(ledger, around.workspace, hand(around, "system"), path, trust=trust))
        else:
            with opened_bundle(around, path) as inside:
                self.total += receive_file(ledger, hand(around), inside)

    def refuse(self, path: Path, no: Refused) -> None:
        """Go on with the others, unless this place takes nothing at all."""
        if no.refusal.code in ("not-written", "wait", "content-damaged"):
            raise no
        self.refused.append((path, no))
        say.aside(f"plfacilitate: {no}")

    def document(self) -> dict[str, object]:
        """As JSON."""
        return {
            "new": self.total.new,
            "known": self.total.known,
            "filled": self.total.filled,
            "conflicts": list(self.total.conflicts),
            "receipts": [{"bundle": one.bundle, "verdict": one.verdict} for one in self.receipts],
            "refused": [{"file": str(path), "reason": str(no)} for path, no in self.refused],
        }

    def say(self) -> None:
        """For a person."""
        total = self.total
        say.line(
            f"{total.new} new, {total.known} here already, {total.filled} completed, {len(total.conflicts)} aside."
        )
        for one in self.receipts:
            say.line(f"receipt for bundle {one.bundle[:8]}: {one.verdict}{': ' + one.reason if one.reason else ''}")


def _spread(files: list[Path]) -> list[tuple[Path, bool]]:
    """The files, each with whether it was named; of a folder what may be ours in it."""
    found: list[tuple[Path, bool]] = []
    for path in files:
        if path.is_dir():
            endings = (".receipt.json", ".zip", ".zip.age")
            inside = sorted(one for one in path.iterdir() if one.name.lower().endswith(endings))
            if not inside:
                raise Refused("folder-empty", folder=path)
            found += [(one, False) for one in inside]
        else:
            found.append((path, True))
    return found
