"""Views of a register, one column a fact: for people, Datasette and tools.

Owns what they are called and what stands in them. They read what is stored and hold nothing, so that what was erased or
purged is gone from them too; nothing of ours reads them. Hours are not among their facts, but for rolls that were
issued: the rule reckons them (`plfacilitate office roll`).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from plfacilitate.core.people import FIELDS
from plfacilitate.store.register.engine import NOWHERE

KEY = "views"
"""Under this key the register says which views it has."""
_UNDOS = 8  # undos of undos of undos … that are told apart


class Words(NamedTuple):
    """How an engine says what only it understands. `c` is a row of `content`, `r` one of `roll`.

    `body` is a text of the body at `PATH`; `parents` are the ids that it replaces as `p(value)`, `fields` a person's as
    `f(key, value)`, `lines` those of a roll as `l(key, value)`, and `cell` the value at `PATH` in one.
    """

    body: str
    parents: str
    fields: str
    lines: str
    cell: str


_INDEXES = (
    "CREATE INDEX IF NOT EXISTS content_undo ON content(kind) WHERE kind = 'undo'",
    "CREATE INDEX IF NOT EXISTS content_replacing ON content(replaces) WHERE replaces <> ''",
)


def _undone() -> str:
    """An undo counts that no undo names which counts: from the end of the chain to its beginning."""
    known = ["all_undos(id, undoes) AS (SELECT c.id, <undoes> FROM content c WHERE c.kind = 'undo')"]
    before = "all_undos"
    for turn in range(_UNDOS):
        known.append(
            f"turn_{turn}(id, undoes) AS (SELECT id, undoes FROM all_undos"
            f" WHERE id NOT IN (SELECT undoes FROM {before} WHERE undoes IS NOT NULL))"
        )
        before = f"turn_{turn}"
    return f"WITH {', '.join(known)} SELECT DISTINCT undoes AS id FROM {before} WHERE undoes IS NOT NULL"


_LINK = "link(child, parent) AS (SELECT c.id, p.value FROM content c, <-parents> WHERE c.replaces <> '')"
# A circle of replacements is refused where it is written; whatever came from elsewhere is followed only so far.
_DEEP = """
deep(id, depth) AS (
    SELECT child, 1 FROM link
    UNION SELECT link.child, deep.depth + 1 FROM link JOIN deep ON link.parent = deep.id WHERE deep.depth < 40
)"""
_FIELDS = ", ".join(f"max(CASE WHEN name = '{name}' THEN said END) AS {name}" for name in FIELDS)
_NAMES = "who.last_name, who.first_name, who.school"


def _at(moment: str, name: str) -> str:
    """A moment to the minute, as people read one: `2023-12-06 16:20`."""
    return f"substr(replace({moment}, 'T', ' '), 1, 16) AS {name}"


VIEWS: dict[str, str] = {
    "undone": _undone(),
    "replaced": f"""
WITH RECURSIVE {_LINK},
gone(id) AS (
    SELECT parent FROM link WHERE child NOT IN (SELECT id FROM undone)
    UNION SELECT link.parent FROM link JOIN gone ON link.child = gone.id
)
SELECT id FROM gone""",
    "standing": """
SELECT c.* FROM content c LEFT JOIN undone ON undone.id = c.id LEFT JOIN replaced ON replaced.id = c.id
WHERE undone.id IS NULL AND replaced.id IS NULL""",
    "people": f"""
WITH RECURSIVE {_LINK}, {_DEEP},
said(person, name, said, turn) AS (
    SELECT c.person, f.key, f.value,
           row_number() OVER (PARTITION BY c.person, f.key ORDER BY coalesce(d.depth, 0) DESC, c.id DESC)
    FROM content c
    LEFT JOIN (SELECT id, max(depth) AS depth FROM deep GROUP BY id) d ON d.id = c.id, <-fields>
    WHERE c.event = '{NOWHERE}' AND c.kind = 'person' AND c.id NOT IN (SELECT id FROM undone)
),
joined(other, stays) AS (
    SELECT <other>, max(c.person) FROM standing c WHERE c.event = '{NOWHERE}' AND c.kind = 'people-merged' GROUP BY 1
)
SELECT person, {_FIELDS}, max(joined.stays) AS same_as
FROM said LEFT JOIN joined ON joined.other = said.person WHERE turn = 1 GROUP BY person""",
    "events": f"""
SELECT c.event, <series> AS series, <in_service> AS in_service, <claim_code> AS claim_code,
       <plan.title> AS offering, <title> AS title, <date> AS date, <tz> AS zone, <place> AS place,
       <office.id> AS office, round(CAST(<plan.approved_hundredths> AS INTEGER) / 100.0, 2) AS approved_hours,
       doors.opened_at_utc, doors.closed_at_utc
FROM standing c LEFT JOIN (
    SELECT event, {_at("min(CASE WHEN kind = 'event-opened' THEN happened_at END)", "opened_at_utc")},
           {_at("max(CASE WHEN kind = 'event-closed' THEN happened_at END)", "closed_at_utc")}
    FROM standing WHERE kind IN ('event-opened', 'event-closed') GROUP BY event
) doors ON doors.event = c.event
WHERE c.kind = 'event-scheduled'""",
    "marks": f"""
SELECT c.event, day.in_service, day.date, day.title, c.person, {_NAMES}, c.kind, {_at("c.happened_at", "at_utc")}, c.means,
       c.by, <reason> AS reason, CASE WHEN <walk_in> IN ('1', 'true') THEN 'yes' ELSE '' END AS walk_in, c.id AS entry
FROM standing c LEFT JOIN events day ON day.event = c.event LEFT JOIN people who ON who.person = c.person
WHERE c.kind IN ('sign-in', 'sign-out')""",
    "attendance": f"""
SELECT came.event, day.in_service, day.date, day.title, came.person, {_NAMES}, {_at("came.first_in", "first_in_utc")},
       {_at("came.last_out", "last_out_utc")}, came.ins, came.outs, came.walk_in
FROM (
    SELECT c.event, c.person, min(CASE WHEN kind = 'sign-in' THEN happened_at END) AS first_in,
           max(CASE WHEN kind = 'sign-out' THEN happened_at END) AS last_out,
           sum(CASE WHEN kind = 'sign-in' THEN 1 ELSE 0 END) AS ins,
           sum(CASE WHEN kind = 'sign-out' THEN 1 ELSE 0 END) AS outs,
           max(CASE WHEN <walk_in> IN ('1', 'true') THEN 'yes' ELSE '' END) AS walk_in
    FROM standing c WHERE kind IN ('sign-in', 'sign-out') GROUP BY c.event, c.person
) came LEFT JOIN events day ON day.event = came.event LEFT JOIN people who ON who.person = came.person""",
    "corrections": f"""
SELECT c.event, day.in_service, day.date, day.title, c.person, {_NAMES}, c.kind, {_at("old.happened_at", "was_utc")},
       {_at("c.happened_at", "now_utc")}, c.by, <reason> AS reason, {_at("e.recorded_at", "recorded_at_utc")},
       CASE WHEN c.id IN (SELECT id FROM undone) THEN 'yes' ELSE '' END AS taken_back
FROM content c JOIN entry e ON e.event = c.event AND e.id = c.id LEFT JOIN events day ON day.event = c.event
     LEFT JOIN people who ON who.person = c.person CROSS JOIN <-parents>
     LEFT JOIN content old ON old.event = c.event AND old.id = p.value
WHERE c.replaces <> '' AND c.kind IN ('sign-in', 'sign-out')""",
    "offerings": f"""
SELECT day.series, max(day.in_service) AS in_service, max(day.offering) AS title, max(day.office) AS office,
       min(day.date) AS first_day, max(day.date) AS last_day, count(DISTINCT day.event) AS days, max(day.approved_hours) AS approved_hours,
       count(DISTINCT came.person) AS people, max(sent.at_utc) AS handed_in_at_utc, coalesce(max(given.version), 0) AS roll_version,
       CASE WHEN max(kept.series) IS NULL THEN '' ELSE 'yes' END AS held
FROM events day
LEFT JOIN (SELECT DISTINCT event, person FROM standing WHERE kind = 'sign-in') came ON came.event = day.event
LEFT JOIN (SELECT event, {_at("max(at)", "at_utc")} FROM handed_in GROUP BY event) sent ON sent.event = day.event
LEFT JOIN (SELECT series, max(version) AS version FROM roll GROUP BY series) given ON given.series = day.series
LEFT JOIN (SELECT DISTINCT series FROM hold WHERE released_at = '') kept ON kept.series = day.series
GROUP BY day.series""",
    "issued_hours": f"""
SELECT r.series, about.in_service, about.title, about.first_day, about.last_day, r.version,
       CASE WHEN r.version = newest.version THEN 'yes' ELSE '' END AS newest, {_at("r.at", "issued_at_utc")}, r.by AS issued_by,
       l.key AS person, {_NAMES}, CAST(<#0> AS INTEGER) AS minutes,
       round(CAST(<#1> AS INTEGER) / 100.0, 2) AS hours, <#2> AS status
FROM roll r JOIN (SELECT series, max(version) AS version FROM roll GROUP BY series) newest ON newest.series = r.series
     LEFT JOIN offerings about ON about.series = r.series CROSS JOIN <-lines>
     LEFT JOIN people who ON who.person = l.key""",
    "bundles": f"""
SELECT {_at("b.received_at", "received_at_utc")}, {_at("b.packed_at", "packed_at_utc")}, made.name AS laptop, b.parcel, b.verdict, b.reason,
       b.file, b.bundle, b.device
FROM bundle b LEFT JOIN (SELECT device, max(name) AS name FROM laptop GROUP BY device) made ON made.device = b.device""",
    "laptops": f"""
SELECT l.name, l.standing, l.device, {_at("l.seen_at", "seen_at_utc")}, l.decided_by, {_at("l.decided_at", "decided_at_utc")},
       head.number AS entries_known, came.bundles, came.last_at_utc, l.public_key
FROM laptop l LEFT JOIN device_head head ON head.device = l.device
     LEFT JOIN (
         SELECT device, count(*) AS bundles, {_at("max(received_at)", "last_at_utc")} FROM bundle GROUP BY device
     ) came ON came.device = l.device""",
}
"""Name → what it shows; each may read those before it. The first three say which contents count."""

HELPERS = frozenset({"undone", "replaced", "standing"})


def mark_of(words: Words) -> str:
    """What stands under `KEY` in a register that has these views."""
    return sha256("\n".join(laid(words)).encode()).hexdigest()


def gone() -> list[str]:
    """The statements that take the views away: a table that one reads can't be changed."""
    return [*(f"DROP VIEW IF EXISTS {name}" for name in reversed(VIEWS)), f"DELETE FROM register WHERE key = '{KEY}'"]


def laid(words: Words) -> list[str]:
    """The statements that make them anew, in the words of an engine."""
    made = [f"CREATE VIEW {name} AS {_in_words(sql, words).strip()}" for name, sql in VIEWS.items()]
    return [*gone(), *_INDEXES, *made]


def _in_words(sql: str, words: Words) -> str:
    sql = re.sub("<-(parents|fields|lines)>", lambda found: str(getattr(words, found[1])), sql)
    sql = re.sub("<#([0-9])>", lambda found: words.cell.replace("PATH", found[1]), sql)
    return re.sub("<([a-z_.]+)>", lambda found: words.body.replace("PATH", found[1]), sql)
