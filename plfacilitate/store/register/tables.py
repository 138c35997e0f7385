"""The tables of a register, whatever engine is behind it.

Owns the shape, made so that it can be spread over many machines: entries and contents by (event, id), ids by id, chains
and heads by device; nothing that is asked for every bundle or sheet looks across events. Never reads or writes an entry.
"""

from __future__ import annotations

from plfacilitate.core.entry import EVENT_KINDS
from plfacilitate.core.merged import MERGE_KINDS
from plfacilitate.store.register.engine import NOWHERE

VERSION = 4
COLUMNS = {
    "entry": ("event", "id", "device", "number", "previous", "digest", "recorded_at", "envelope"),
    "content": (
        "event", "id", "kind", "person", "by", "means", "happened_at", "replaces", "salt", "content",
    ),
    "id_seen": ("id", "event", "digest"),
    "series": ("series", "event"),
    "erasure": ("id",),
    "aside": ("digest", "id", "device", "number", "previous", "bundle", "reason", "envelope", "salt", "content"),
    "fork": ("device", "number"),
    "purged_event": ("event", "series", "purge"),
    "leaving": ("person",),
    "gone_record": ("id", "who"),
}  # fmt: skip
"""What is laid down in bulk; the other tables are written a row at a time."""
NUMBERS, BYTES = frozenset({"number"}), frozenset({"envelope", "salt", "content"})
"""The columns that are no texts."""

# What a few of the contents are, word for word as their index says it.
_IS_NOWHERE = f"event = '{NOWHERE}'"
_IS_MERGE = f"kind IN ({', '.join(repr(kind) for kind in sorted(MERGE_KINDS))})"
_IS_ABOUT = f"kind IN ({', '.join(repr(kind) for kind in sorted(EVENT_KINDS))})"
IS_ABOUT = f"c.{_IS_ABOUT}"
IS_PERSON = f"c.{_IS_NOWHERE}"
IS_MERGE = f"c.{_IS_NOWHERE} AND c.{_IS_MERGE}"

TABLES = """
CREATE TABLE register (key {text} PRIMARY KEY, value {text} NOT NULL){end};
CREATE TABLE entry (
    event {text} NOT NULL, id {text} NOT NULL, device {text} NOT NULL, number {number} NOT NULL, previous {text},
    digest {text} NOT NULL, recorded_at {text} NOT NULL, envelope {bytes} NOT NULL, PRIMARY KEY (event, id)
){end};
CREATE TABLE content (
    event {text} NOT NULL, id {text} NOT NULL, kind {text} NOT NULL, person {text}, by {text} NOT NULL,
    means {text} NOT NULL, happened_at {text} NOT NULL, replaces {text} NOT NULL, salt {bytes} NOT NULL,
    content {bytes} NOT NULL, PRIMARY KEY (event, id)
){end};
CREATE TABLE id_seen (id {text} PRIMARY KEY, event {text} NOT NULL, digest {text} NOT NULL){heap};
CREATE TABLE series (series {text} NOT NULL, event {text} NOT NULL, PRIMARY KEY (series, event)){end};
CREATE TABLE device_head (device {text} PRIMARY KEY, number {number} NOT NULL, digest {text} NOT NULL){end};
CREATE TABLE erasure (id {text} PRIMARY KEY){end};
CREATE TABLE bundle (
    bundle {text} PRIMARY KEY, sha256 {text} NOT NULL, file {text} NOT NULL, device {text} NOT NULL,
    parcel {text} NOT NULL, verdict {text} NOT NULL, reason {text} NOT NULL, packed_at {text} NOT NULL,
    received_at {text} NOT NULL
){end};
CREATE TABLE aside (
    digest {text} PRIMARY KEY, id {text} NOT NULL, device {text} NOT NULL, number {number} NOT NULL, previous {text},
    bundle {text} NOT NULL, reason {text} NOT NULL, envelope {bytes} NOT NULL, salt {bytes}, content {bytes}
){end};
CREATE INDEX aside_chain ON aside(device, number)
"""
"""Version 1, but for its indexes of `entry` and `content`."""

SINCE_2 = f"""
CREATE TABLE fork (device {{text}} NOT NULL, number {{number}} NOT NULL, PRIMARY KEY (device, number)){{end}};
INSERT INTO fork SELECT device, number FROM entry GROUP BY device, number HAVING count(*) > 1;
CREATE TABLE handed_in (
    event {{text}} NOT NULL, bundle {{text}} NOT NULL, at {{text}} NOT NULL, as_of {{text}} NOT NULL,
    PRIMARY KEY (event, bundle)
){{end}};
CREATE TABLE roll (
    series {{text}} NOT NULL, version {{number}} NOT NULL, at {{text}} NOT NULL, by {{text}} NOT NULL,
    digest {{text}} NOT NULL, as_of {{text}} NOT NULL, lines {{text}} NOT NULL, PRIMARY KEY (series, version)
){{end}};
CREATE TABLE laptop (
    device {{text}} NOT NULL, public_key {{text}} NOT NULL, name {{text}} NOT NULL, standing {{text}} NOT NULL,
    seen_at {{text}} NOT NULL, decided_at {{text}} NOT NULL, decided_by {{text}} NOT NULL, line {{number}} NOT NULL,
    PRIMARY KEY (device, public_key)
){{end}};
CREATE INDEX entry_chain ON entry(device, number);
CREATE INDEX content_person ON content(person) WHERE {_IS_NOWHERE};
CREATE INDEX content_merge ON content(kind) WHERE {_IS_NOWHERE} AND {_IS_MERGE}
"""

SINCE_3 = """
CREATE TABLE claim_title (title {text} PRIMARY KEY, field {text} NOT NULL){end};
CREATE TABLE claim_decision (
    claim {text} NOT NULL, person {text} NOT NULL, says {text} NOT NULL, at {text} NOT NULL, by {text} NOT NULL,
    PRIMARY KEY (claim, person)
){end}
"""

SINCE_4 = """
CREATE TABLE hold (
    series {text} NOT NULL, at {text} NOT NULL, by {text} NOT NULL, reason {text} NOT NULL,
    released_at {text} NOT NULL, released_by {text} NOT NULL, PRIMARY KEY (series, at, by)
){end};
CREATE TABLE purge (
    purge {text} PRIMARY KEY, at {text} NOT NULL, by {text} NOT NULL, before_day {text} NOT NULL, reason {text} NOT NULL
){end};
CREATE TABLE purged (
    series {text} NOT NULL, purge {text} NOT NULL, at {text} NOT NULL, title {text} NOT NULL,
    in_service {text} NOT NULL, first_day {text} NOT NULL, last_day {text} NOT NULL, people {number} NOT NULL,
    entries {number} NOT NULL, bundles {text} NOT NULL, PRIMARY KEY (series, purge)
){end};
CREATE TABLE purged_event (event {text} PRIMARY KEY, series {text} NOT NULL, purge {text} NOT NULL){end};
CREATE TABLE leaving (person {text} PRIMARY KEY){end};
CREATE TABLE gone_record (id {text} NOT NULL, who {text} NOT NULL, PRIMARY KEY (id, who)){end};
CREATE INDEX gone_record_who ON gone_record(who);
CREATE TABLE forgotten (
    at {text} NOT NULL, by {text} NOT NULL, reason {text} NOT NULL, entries {number} NOT NULL, PRIMARY KEY (at, by)
){end}
"""
"""What is held, what was purged, who was there and may have nothing else left, and whose records are gone for that."""

SHOWN = f"""
CREATE INDEX bundle_received ON bundle(received_at, bundle);
CREATE INDEX bundle_device ON bundle(device, received_at);
CREATE INDEX bundle_held ON bundle(packed_at, bundle) WHERE verdict = 'held';
CREATE INDEX handed_in_bundle ON handed_in(bundle);
CREATE INDEX content_about ON content(event) WHERE {_IS_ABOUT}
"""
"""Version 4 too: so that a screen finds what came last, and what an event is, whatever the size of the register."""

_SINCE = {2: SINCE_2, 3: SINCE_3, 4: f"{SINCE_4};{SHOWN}"}


def brought(version: int) -> str:
    """What a register of this version lacks; 0 = there are no tables yet."""
    parts = [part for number, part in _SINCE.items() if number > version]
    return ";".join(parts if version else [TABLES, *parts])


def statements(parts: str, *, text: str, number: str, data: str, end: str, heap: str) -> list[str]:
    """The statements in the words of an engine for its types, and with what it wants behind a table.

    `heap` stands behind one of many rows whose keys come by chance: they lie as they came, and their keys in an index.
    """
    return parts.format(text=text, number=number, bytes=data, end=end, heap=heap).strip().split(";\n")
