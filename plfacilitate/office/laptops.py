"""Which laptops an office takes bundles from.

Owns the rule: as long as the office has decided about no laptop, every one may hand in and is named as new. From its first
decision on, what an unknown laptop brings is held until the laptop is accepted, and a retired one brings nothing new.
What the register knows already is never turned away. Never drops a bundle, and trusts no clock of a laptop: the line of
a retired one is the newest of its numbers that the register knew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plfacilitate.core.entry import Clock, body_of, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.seal.keys import fingerprint
from plfacilitate.shelf.bundle import Bundle
from plfacilitate.shelf.jsonof import read_object
from plfacilitate.shelf.manifest import Label
from plfacilitate.store.register import Register, Taken
from plfacilitate.store.register.laptops import Laptop


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be done with a laptop's bundle: `turned` = this instead of taking it, None = take it.

    `remark` is a sentence for the clerk, "" = none.
    """

    turned: Taken | None = None
    remark: str = ""


def judge(register: Register, bundle: Bundle, clock: Clock) -> Judged:
    """Whether this bundle's laptop may hand it in; a laptop that was never seen is kept as new."""
    label = bundle.manifest.label
    known = register.laptops()
    mine = next((one for one in known if (one.device, one.public_key) == (label.device, label.public_key)), None)
    if mine is None:
        mine = Laptop(label.device, label.public_key, _name(bundle, label.device), "new", utc_text(clock()))
        register.see_laptop(mine)
    if _nothing_new(register, label, mine.line if mine.standing == "retired" else None):
        return Judged()
    who = f"laptop {shown(mine)}"
    if mine.standing == "retired":
        return Judged(Taken("refused", f"{who} was retired on {mine.decided_at[:10]}: nothing new is taken from it."))
    remark = _of_retired(known, label)
    if mine.standing == "accepted":
        return Judged(remark=remark)
    others = [one for one in known if one.device == label.device and one.public_key != label.public_key]
    if others:
        return Judged(Taken("held", f"{who} signs with another key than before: accept it again if that is right."))
    if any(one.standing != "new" for one in known):
        return Judged(Taken("held", f"{who} is not accepted yet: compare its key, then accept it."))
    return Judged(remark=f"{who} is new here; nobody has compared its key. {remark}".strip())


def shown(laptop: Laptop) -> str:
    """A laptop as people know it: its name, the beginning of its id, its key."""
    name = f"{plain(laptop.name)} " if laptop.name else ""
    return f"{name}({laptop.device[:8]}, key {fingerprint(laptop.public_key)})"


def find(laptops: Sequence[Laptop], text: str) -> Laptop:
    """The one laptop whose key's fingerprint, id or name is meant. Refused: `laptop-unknown`."""
    wanted = "".join(text.split()).replace("-", "").lower()
    fits = [
        one
        for one in laptops
        if wanted
        and (
            fingerprint(one.public_key).replace("-", "").lower().startswith(wanted)
            or one.device.replace("-", "").startswith(wanted)
            or one.name.lower() == text.strip().lower()
        )
    ]
    if len(fits) != 1:
        known = ", ".join(map(shown, laptops)) or "none has handed in yet"
        raise Refused("laptop-unknown", laptop=plain(text), known=known)
    return fits[0]


def accept(register: Register, laptop: Laptop, clock: Clock, by: str) -> Laptop:
    """Take bundles from it from now on; other keys of the same device are retired where they stand."""
    at = utc_text(clock())
    for other in register.laptops():
        if other.device == laptop.device and other.public_key != laptop.public_key and other.standing == "accepted":
            register.keep_laptop(_retired(register, other, at, by))
    found = replace(laptop, standing="accepted", decided_at=at, decided_by=by, line=0)
    register.keep_laptop(found)
    return found


def retire(register: Register, laptop: Laptop, clock: Clock, by: str) -> Laptop:
    """Take nothing new from it; what the register knew of it when it was retired stands, whoever says so once more."""
    if laptop.standing == "retired":
        return laptop
    found = _retired(register, laptop, utc_text(clock()), by)
    register.keep_laptop(found)
    return found


def _retired(register: Register, laptop: Laptop, at: str, by: str) -> Laptop:
    line, _ = register.heads([laptop.device]).get(laptop.device, (0, ""))
    return replace(laptop, standing="retired", decided_at=at, decided_by=by, line=line)


def _nothing_new(register: Register, label: Label, line: int | None) -> bool:
    """Whether the register knows all that a bundle covers; of its own laptop up to `line`, None = up to its head."""
    heads = {device: number for device, (number, _) in register.heads(label.covers).items()}
    if line is not None:
        heads[label.device] = line
    return all(cover.last <= heads.get(device, 0) for device, cover in label.covers.items())


def _of_retired(known: Sequence[Laptop], label: Label) -> str:
    """What another laptop brings of one that was retired is that laptop's word, and said."""
    beyond = [
        one
        for one in known
        if one.standing == "retired"
        and one.device != label.device
        and one.device in label.covers
        and label.covers[one.device].last > one.line
    ]
    return " ".join(f"It brings what laptop {shown(one)} wrote since it was retired." for one in beyond)


def _name(bundle: Bundle, device: str) -> str:
    """What a laptop calls itself in its first entry, looked for once; "" where the bundle does not hold that."""
    for sealed in bundle.entries():
        if sealed.content is None or b"device-started" not in sealed.content:
            continue
        try:
            content: Mapping[str, Any] = read_object(sealed.content)
            if content.get("kind") == "device-started" and read_object(sealed.envelope).get("device") == device:
                return str(body_of(sealed.content).get("name", ""))[:100]
        except ValueError:
            continue
    return ""
