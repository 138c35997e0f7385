"""Bundles: one looked at again, those that waited taken in, the watched place turned off and on.

Owns what is said of it. What becomes of a bundle is `office.receive`'s business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.lists.states import VERDICTS, moment_text
from plfacilitate.front.office.threads.work import Tell
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.words import Words
from plfacilitate.office.overview import Arrived

MOST = 12  # sentences that a box shows
_GONE = "Its file is not there any more, so it can't be checked again. What it brought stands."


async def check(office: OfficeBase) -> None:
    """Hold the tables of the bundle under the cursor against the register once more."""
    one = office.bundle
    if one is None:
        return
    office.work.do(f"checking {Path(one.came.file).name}", lambda tell: _checked(office, one))


def _checked(office: OfficeBase, one: Arrived) -> Callable[[], None]:
    path = Path(one.came.file)
    said = _said(office, one, path) if path.exists() else [_GONE]

    def take() -> None:
        office.call_later(_show, office, one, said)

    return take


def _said(office: OfficeBase, one: Arrived, path: Path) -> list[str]:
    from plfacilitate.office.looking import look_again

    around = office.around
    found = look_again(office.url, path, around.chance, keys=around.workspace.keys)
    said = [f"✓ The bundle is whole, and signed by laptop {one.laptop or one.came.device[:8]}."]
    if one.came.parcel != "hours":
        said.append("It is no parcel of hours: there are no figures to compare.")
    elif not found.lines:
        said.append("Nothing of it is in the register, so there are no figures to compare.")
    elif found.differs:
        said.append(f"✗ Of {count(found.lines, 'line')} {len(found.differs)} come out otherwise here:")
        said += found.differs[:MOST]
    else:
        said.append(f"✓ All {count(found.lines, 'line')} come out the same here at the point where they were packed.")
    if found.since:
        said.append(f"≠ {count(len(found.since), 'line')} other by what came in since:")
        said += found.since[:MOST]
    return said


async def _show(office: OfficeBase, one: Arrived, said: list[str]) -> None:
    came = one.came
    state = VERDICTS.get(came.verdict)
    verdict = f"{state.symbol} {state.word}" if state is not None else came.verdict
    head = f"{verdict} · came {moment_text(came.received_at, office.zone)} · {Path(came.file).name}"
    reason = [came.reason] if came.reason else []
    await ask(
        office, Words("A bundle checked again", "\n".join(plain(line) for line in [head, *reason, "", *said])), None
    )


async def bring_in(office: OfficeBase) -> None:
    """Take in what is held and whose file is still there: what it waited for may be here now."""
    office.work.do("taking in what was held", lambda tell: _brought_in(office, tell))


def _brought_in(office: OfficeBase, tell: Tell) -> Callable[[], None]:
    from contextlib import closing

    from plfacilitate.office.receive import receive
    from plfacilitate.store.register import open_register

    around = office.around
    with closing(open_register(office.url, around.chance, make=False)) as register:
        files = [path for path in register.held() if path.exists()]
    answers = receive(
        office.url,
        files,
        clock=around.clock,
        chance=around.chance,
        office=around.by,
        keys=around.workspace.keys,
        progress=tell,
    )
    taken = sum(one.verdict == "accepted" for one in answers)
    left = sum(one.verdict == "held" for one in answers)
    said = f"{count(taken, 'bundle')} that waited came in" + (f", {left} still wait" if left else "")
    return lambda: office.say(said)


async def watch(office: OfficeBase) -> None:
    """Stop watching, or go on."""
    if office.watcher is not None:
        office.watcher.turn()
        office.repaint()
