"""`plfacilitate rehearse`: a whole day played through the real door, ledger, pack, send and office.

Owns the command and how its report is printed. Never touches the user's own ledger: the day is played in a folder of
its own, on a clock of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson

__all__ = ["rehearse"]


def rehearse(
    phones: Annotated[int, typer.Option(min=1, max=5000, metavar="N", help="How many phones come, 1 to 5000.")] = 60,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed is another day.")] = 1,
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the played workspace here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Play a whole day through the real door, the evening before.

    Phones come in bursts, late and early, sign, send twice, attest hours, answer questions, forget to sign out; some
    people use the kiosk. Then the day is packed and received.
    """
    from plfacilitate.rehearse.day import play

    if keep is not None and keep.exists() and not (keep.is_dir() and not any(keep.iterdir())):
        raise Refused("folder-not-empty", folder=keep)
    with tempfile.TemporaryDirectory(prefix="plf-rehearsal-", ignore_cleanup_errors=True) as folder:
        report = play(keep or Path(folder), phones, seed, progress=say.aside)
    if as_json:
        say.document(report.figures())
    else:
        for name, value in report.figures().items():
            say.line(f"{name.replace('_', ' '):<16} {value}")
        for line in report.beside.words():
            say.line(line)
        say.line("A day like this works on this laptop." if report.well else "Something is wrong: see above.")
    raise typer.Exit(0 if report.well else 1)
