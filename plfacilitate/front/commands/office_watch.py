"""`plfacilitate office receive`: what became of each bundle in words, and the waiting while a place is watched.

Owns with what a command takes bundles in, how a verdict is printed, and the pauses. Never judges a bundle
(`office.receive`, `office.watching`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.office.receive import Answer

pause = time.sleep
"""Waits so many seconds."""
_PASSING = frozenset({"not-sent", "place-not-seen"})  # a place that is gone or cut off may be there again in an hour
_PASSING_LATER = frozenset(
    {"register-away", "register-busy", "wait", "not-written"}
)  # and so may a register that was there before


def take_in(around: Surroundings, register: str, files: Sequence[Path]) -> list[Answer]:
    """Take these bundles into the register, as this office does it; what became of each.

    Refused: `register-busy`, and as `office.receive.receive`.
    """
    from plfacilitate.office.receive import receive
    from plfacilitate.store.register.engine import Raced

    try:
        return receive(
            register,
            files,
            clock=around.clock,
            chance=around.chance,
            office=around.by,
            keys=around.workspace.keys,
            progress=say.aside,
        )
    except Raced as error:
        raise Refused("register-busy") from error


def tell(answers: Iterable[Answer]) -> None:
    """Each bundle with its verdict and reason, and whose hours the office gets otherwise."""
    for one in answers:
        say.line(f"{one.file.name}: {one.verdict}{': ' + one.reason if one.reason else ''}")
        if one.remark:
            say.line(f"  {one.remark}")
        if one.credit_lines:
            say.line(f"  the hours of {one.credit_lines} people on the list reckoned again, {len(one.differs)} differ")
        for text in one.differs:
            say.line(f"  {text}")
        for text in one.since:
            say.line(f"  since then: {text}")


def take_places(around: Surroundings, register: str, places: Sequence[str]) -> list[Answer]:
    """Take in, once, what lies at these places: files and folders of this machine, or addresses."""
    from plfacilitate.office.own_key import key_folder
    from plfacilitate.office.watching import collect
    from plfacilitate.steps.sending import access_of

    inbox = key_folder(register, around.workspace.keys).with_name("inbox")
    here = [(one, _path(one)) for one in places]
    return collect(here, lambda files: take_in(around, register, files), inbox, access_of(around))


def _path(place: str) -> Path | None:
    """What a word names on this machine; None for an address of another kind. A file may be called as an address is."""
    from plfacilitate.courier.folder import folder_of

    return Path(place) if Path(place).exists() else folder_of(place)


def watch(around: Surroundings, address: str, register: str, every: int) -> None:
    """Look at a place every so many seconds until somebody stops it.

    A place that is gone is waited for, ever longer; a register too, once it was there. Refused: an address that makes no
    sense, a register that takes nothing.
    """
    from plfacilitate.courier.patience import pause_after
    from plfacilitate.office.own_key import key_folder
    from plfacilitate.office.receive import answering
    from plfacilitate.office.watching import Watch
    from plfacilitate.steps.sending import access_of

    keys = around.workspace.keys
    here = Watch(
        address,
        lambda files: take_in(around, register, files),
        lambda: answering(register, keys, around.chance),
        key_folder(register, keys).with_name("inbox"),
        access_of(around),
    )
    say.aside(f"Watching {address}, every {every} s; ctrl+c ends it, and nothing is lost.")
    tried, passing = 0, _PASSING
    while True:
        seconds = float(every)
        try:
            tell(here.look())
            tried, passing = 0, _PASSING | _PASSING_LATER
        except Refused as no:
            if no.refusal.code not in passing:
                raise
            tried += 1
            seconds = pause_after(tried, around.chance)
            say.aside(f"{no} Looked at again in {seconds:.0f} s.")
        say.finish()
        pause(seconds)
