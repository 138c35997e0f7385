"""The office takes bundles in: check, take, recompute, answer.

Owns the order of that and the answer to each bundle. Never drops one: what can't be taken is held, a conflict or
refused, with its reason, and the file stays where it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from plfacilitate.core.entry import Chance, Clock, new_id, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.look import two_copies
from plfacilitate.core.verdicts import TAKEN
from plfacilitate.office.laptops import judge
from plfacilitate.office.own_key import OwnKeys, key_folder, own_keys
from plfacilitate.office.recompute import compare
from plfacilitate.seal.keys import verify
from plfacilitate.seal.sealing import ENDING as SEALED
from plfacilitate.seal.sealing import unsealed
from plfacilitate.shelf.bundle import Bundle, read_bundle
from plfacilitate.shelf.receipt import Head, Receipt, write_receipt
from plfacilitate.store.register import Arrival, HandedIn, Register, Taken, open_register

ENDING = ".receipt.json"
_ENDINGS = (".zip", ".zip" + SEALED)  # in large letters too, as an old stick has them
# What is wrong with one file is its own verdict; any other "no" (a full disk, a lock) stops the whole call.
_OF_THE_FILE = frozenset(
    {"bundle-altered", "bundle-newer", "file-missing", "file-is-folder", "file-unreadable", "sealed-for-others"}
)
_WHAT_NOW = {
    "sealed-for-others": "Give its laptop this office's key file (`plfacilitate office key`): it takes that and packs again."
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file.

    `differs` are sentences about credit lines that the office gets otherwise at the same point of the laptop's ledger,
    `since` about those that are other by what came in since. `receipt` is where the signed answer lies, None for a file
    that is no whole bundle or a place that takes none (then `reason` says so). `events` are those it is of.
    `remark` is a sentence about its laptop, "" = nothing is to be said. `place` is the address that the file came from, ""
    = it lies on this machine.
    """

    file: Path
    verdict: str
    bundle: str = ""
    reason: str = ""
    new: int = 0
    known: int = 0
    credit_lines: int = 0
    differs: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    receipt: Path | None = None
    remark: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers: a register, its epoch and the key that it signs with. An answer of any other one says nothing now.

    `decided` says in short which laptops the office accepts and has retired: what was refused may be taken now.
    """

    register: str
    epoch: str
    public_key: str
    decided: str = ""

    def gave(self, receipt: Receipt) -> bool:
        """Whether it says that the bundle is here, and said so as it is now."""
        by = Answering(receipt.register, receipt.epoch, receipt.public_key)
        return by == self.for_good and receipt.verdict in TAKEN

    @property
    def for_good(self) -> Answering:
        """The same, whatever is decided about laptops."""
        return replace(self, decided="")


def answering(url: str, keys: Path | None, chance: Chance) -> Answering:
    """Who answers at this register at this moment. Refused: as `open_register` and `own_keys`."""
    with closing(open_register(url, chance)) as register:
        own = own_keys(register, key_folder(url, keys), chance).own
        decided = [f"{one.device} {one.public_key} {one.standing}" for one in register.laptops() if one.decided_at]
        return Answering(register.id, register.epoch, own.public, "\n".join(sorted(decided)))


def receive(
    url: str,
    places: Sequence[Path],
    *,
    clock: Clock,
    chance: Chance,
    office: str,
    keys: Path | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> list[Answer]:
    """Take every bundle of these files and folders into the register; in any order, any number of times.

    What was held, now or in an earlier call, is looked at again whenever something new came in. The office's key lies
    beside a register that is a file, in the folder `keys` for one that is none (None = the current folder).
    """
    files = _bundles(places)
    register = open_register(url, chance)
    try:
        desk = _Desk(register, own_keys(register, key_folder(url, keys), chance), clock, chance, office)
        answers: dict[Path, Answer] = {}
        while files:
            for path in files:
                progress(f"taking in {path.name}")
                answers[path] = desk.take(path)
            moved = any(answers[path].verdict == "accepted" for path in files)
            files = [path for path in register.held() if path.exists()] if moved else []
        return list(answers.values())
    finally:
        register.close()


def without_receipt(answer: Answer, no: Refused) -> Answer:
    """An answer of which the laptop will not hear yet, and why."""
    return replace(
        answer, receipt=None, reason=f"{answer.reason} The receipt could not be laid beside it. {no}".strip()
    )


def _bundles(places: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.iterdir() if path.name.lower().endswith(_ENDINGS))
            if not inside:
                raise Refused("folder-empty", folder=place)
            found += inside
        else:
            found.append(place)
    return list(dict.fromkeys(path.absolute() for path in found))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who takes bundles in, and with what."""

    register: Register
    keys: OwnKeys
    clock: Clock
    chance: Chance
    office: str

    def take(self, path: Path) -> Answer:
        """One file, from its bytes to its receipt."""
        try:
            with unsealed(path, self.keys.every) as inside:
                bundle = read_bundle(inside, verify=verify)
                judged = judge(self.register, bundle, self.clock)
                arrival = self._arrival(bundle, path)
                if judged.turned is not None:
                    self.register.turn_away(arrival, judged.turned)
                taken = judged.turned or self.register.take(arrival, bundle.entries)
                remark = f"{judged.remark} {self._of_two_copies(bundle, taken)}".strip()
                answer = replace(self._answer(bundle, path, taken), remark=remark)
        except Refused as no:
            if no.refusal.code not in _OF_THE_FILE:
                raise
            return Answer(path, "refused", reason=f"{no} {_WHAT_NOW.get(no.refusal.code, '')}".strip())
        return self._receipted(bundle, taken, answer)

    def _arrival(self, bundle: Bundle, path: Path) -> Arrival:
        label = bundle.manifest.label
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Arrival(
            bundle=label.bundle,
            sha256=sha256,
            file=path,
            device=label.device,
            parcel=label.parcel,
            packed_at=utc_text(label.packed_at),
            received_at=utc_text(self.clock()),
            covers={device: (cover.first, cover.last, cover.digest) for device, cover in label.covers.items()},
        )

    def _answer(self, bundle: Bundle, path: Path, taken: Taken) -> Answer:
        label = bundle.manifest.label
        answer = Answer(
            file=path,
            verdict=taken.verdict,
            bundle=label.bundle,
            reason=taken.reason,
            new=taken.new,
            known=taken.known,
            events=label.events,
        )
        if taken.verdict not in TAKEN:
            return answer
        if label.parcel == "hours":
            for event in label.events:
                self.register.remember(HandedIn(event, label.bundle, utc_text(label.packed_at), label.as_of))
        found = compare(self.register, bundle)
        return replace(answer, credit_lines=found.lines, differs=found.differs, since=found.since)

    def _of_two_copies(self, bundle: Bundle, taken: Taken) -> str:
        """What a copied ledger did to these events, as a sentence; "" = nothing is known of one."""
        label = bundle.manifest.label
        if taken.verdict not in TAKEN or label.parcel != "hours":
            return ""
        return two_copies(sum(len(self.register.forked(event)) for event in label.events))

    def _receipted(self, bundle: Bundle, taken: Taken, answer: Answer) -> Answer:
        path = answer.file.with_name(answer.file.name.removesuffix(SEALED).removesuffix(".zip") + ENDING)
        try:
            write_receipt(path, self._receipt(bundle, taken), sign=self.keys.own.sign)
        except Refused as no:
            return without_receipt(answer, no)
        return replace(answer, receipt=path)

    def _receipt(self, bundle: Bundle, taken: Taken) -> Receipt:
        label, heads = bundle.manifest.label, self.register.heads(bundle.manifest.label.covers)
        return Receipt(
            receipt=new_id(self.chance),
            office=self.office,
            register=self.register.id,
            epoch=self.register.epoch,
            bundle=label.bundle,
            verdict=taken.verdict,
            at=self.clock(),
            public_key=self.keys.own.public,
            heads={device: Head(number, digest) for device, (number, digest) in heads.items()},
            needs=dict(taken.needs or {}),
            counts={"new": taken.new, "known": taken.known, "filled": taken.filled, "conflicts": len(taken.conflicts)},
            reason=taken.reason,
        )
