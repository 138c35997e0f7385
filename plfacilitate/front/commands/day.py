"""The commands of the day and its end: note, notes, search, approve, pack, verify.

Owns how they are printed. Never packs anything by itself (`steps`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from plfacilitate.core.entry import utc_text
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.notes import NOTE_KINDS, TAGS, NoteFold, Tag
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given, hand, opened, reading
from plfacilitate.steps import capture
from plfacilitate.steps.events import find_event, read_fold
from plfacilitate.store.search import find_people, find_texts

Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")]


def note(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to note.")],
    event: Annotated[str | None, typer.Option(metavar="EVENT", help="The event it belongs to.")] = None,
    tag: Annotated[str, typer.Option(metavar="TAG", help="note, parking or decision.")] = "note",
) -> None:
    """Take a note, stamped now."""
    if tag not in TAGS:
        raise typer.BadParameter("a tag is note, parking or decision")
    if not text.strip():
        raise Refused("nothing-to-do", what="the note is empty")
    with opened(ctx) as (around, ledger):
        place = find_event(ledger, event) if event is not None else None
        running = standing(read_fold(ledger, place.id).run, around.clock()).running if place else None
        segment = running.span.segment.title if running else ""
        draft = capture.note(hand(around), place.id if place else None, text, segment=segment, tag=tag)
        ledger.append_one(draft)
    say.line("Noted.")


def notes(
    ctx: typer.Context,
    event: Name,
    tag: Annotated[str, typer.Option(metavar="TAG", help="Only note, parking or decision.")] = "",
    as_json: AsJson = False,
) -> None:
    """What was noted, parked and decided at an event."""
    if tag and tag not in TAGS:
        raise typer.BadParameter("a tag is note, parking or decision")
    with reading(ctx) as (_, ledger):
        place = find_event(ledger, event)
        fold = NoteFold(place.id)
        fold.apply(ledger.entries(event=place.id, kinds=NOTE_KINDS))
    found = [one for one in fold.notes() if tag in ("", one.tag)]
    if as_json:
        told = [{**one._asdict(), "at": utc_text(one.at)} for one in found]
        say.document({"event": place.id, "notes": told})
        return
    rows = [
        (f"{one.at.astimezone(place.zone):%H:%M}", TAGS[one.tag], plain(one.text), plain(one.segment)) for one in found
    ]
    if rows:
        say.table(("at", "", "", "on the agenda"), rows)
    else:
        say.line(f"{plain(place.title)}: nothing was noted{f' as {TAGS[cast(Tag, tag)]}' if tag else ''}.")


def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Names, or words of notes.")],
    as_json: AsJson = False,
) -> None:
    """Find people, notes and problems of practice."""
    with reading(ctx) as (_, ledger):
        found = find_people(ledger.connection, text)
        hits = find_texts(ledger.connection, text)
    if as_json:
        say.document(
            {
                "people": [{"person": one.id, "name": one.name, "school": one.school} for one in found],
                "texts": [
                    {"entry": hit.entry, "event": hit.event, "kind": hit.kind, "at": hit.happened_at, "text": hit.text}
                    for hit in hits
                ],
            }
        )
        return
    for one in found:
        say.line(f"person  {one.name} · {one.school}")
    for hit in hits:
        say.line(f"{hit.kind:<7} {hit.happened_at[:10]} · {hit.text}")
    if not found and not hits:
        say.aside(f"Nothing here fits “{cut(text, 60).rstrip()}”.")


def approve(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """Say that the sheet of a closed event is right."""
    from plfacilitate.steps.approve import approve as step
    from plfacilitate.steps.approve import checklist

    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        entry = step(ledger, hand(around), found.id)
        left = checklist(read_fold(ledger, found.id))
    for count, what in (
        (len(left.still_in), "signed in and never out"),
        (len(left.doubtful), "with two versions of a time"),
        (len(left.doubts), "doubts that nobody decided"),
    ):
        if count:
            say.aside(f"Still open: {count} {what}.")
    version = entry.body["sheet_version"]
    if as_json:
        say.document({"event": entry.event, "sheet_version": version, "approved_by": entry.body["by_name"]})
    else:
        say.line(f"Approved: version {version} of the sheet, by {entry.body['by_name']}.")


def pack(
    ctx: typer.Context,
    event: Name,
    everything: Annotated[bool, typer.Option("--all", help="Leave nothing out that the office has already.")] = False,
    unsealed: Annotated[
        bool, typer.Option("--unsealed", help="Readable by everybody, though the office gave a key.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Pack an approved event: two bundles, the sheet, the tables."""
    from plfacilitate.steps.approve import changed_since
    from plfacilitate.steps.office_keys import own_key
    from plfacilitate.steps.pack import pack as step

    with opened(ctx) as (around, ledger):
        key = own_key(around, ledger)
        found = find_event(ledger, event)
        packed = step(
            ledger,
            around.workspace,
            hand(around),
            key,
            found.id,
            everything=everything,
            unsealed=unsealed,
            progress=say.aside,
        )
        changed = changed_since(ledger, found.id, packed.approval)
    if changed:
        count = "1 change" if changed == 1 else f"{changed} changes"
        say.aside(f"{count} after the approval: approve again so that the sheet covers it.")
    if as_json:
        say.document(
            {
                "event": found.id,
                "bundles": [
                    {
                        "bundle": one.manifest.label.bundle,
                        "parcel": one.manifest.label.parcel,
                        "file": str(one.path),
                        "sha256": one.sha256,
                        "envelopes": one.manifest.envelopes,
                        "contents": one.manifest.contents,
                    }
                    for one in packed.bundles
                ],
                "sheet": str(packed.sheet),
                "tables": [str(path) for path in packed.tables],
                "pages": [str(path) for path in packed.beside.pages],
            }
        )
        return
    for path in packed.files:
        say.line(str(path))


def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")],
    register: Annotated[
        str | None, typer.Option(metavar="URL", help="At the office: its register, whose key opens what is sealed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is right about a bundle, and what is not."""
    from plfacilitate.office.own_key import key_folder, keys_there
    from plfacilitate.seal.keys import fingerprint
    from plfacilitate.seal.keys import verify as signed
    from plfacilitate.shelf.bundle import read_bundle
    from plfacilitate.steps.office_keys import opened_bundle
    from plfacilitate.steps.verify import verified

    around = given(ctx)
    keys = keys_there(key_folder(register, around.workspace.keys), around.chance) if register else []
    with opened_bundle(around, file, keys) as inside:
        bundle = read_bundle(inside, verify=signed)
        found = verified(bundle, file)
    label = bundle.manifest.label
    if as_json:
        say.document(
            {
                "bundle": label.bundle,
                "title": label.title,
                "parcel": label.parcel,
                "device": label.device,
                "packed_at": label.packed_at.isoformat(),
                "key": fingerprint(label.public_key),
                "entries": found.entries,
                "covers": {device: [cover.first, cover.last] for device, cover in label.covers.items()},
                "builds_on": label.builds_on,
                "sealed_to": list(label.recipients),
                "right": list(found.right),
                "wrong": list(found.wrong),
                "not_seen": list(found.unseen),
            }
        )
        raise typer.Exit(1 if found.wrong else 0)
    say.line(f"{file.name} is whole: {label.title}.")
    say.line("Every byte of it is the one that was signed.")
    say.line(f"Packed {label.packed_at:%Y-%m-%d %H:%M} UTC, signed with key {fingerprint(label.public_key)}.")
    for recipient in label.recipients:
        own = " (the laptop's own)" if recipient == fingerprint(label.public_key) else ""
        say.line(f"Sealed to key {recipient}{own}.")
    for text in found.right:
        say.line(f"  right  {text}")
    for text in found.unseen:
        say.line(f"  ?      {text}")
    for text in found.wrong:
        say.line(f"  WRONG  {text}")
    if found.wrong:
        say.line("Something does not fit: ask whoever packed it before you use these figures.")
    raise typer.Exit(1 if found.wrong else 0)
