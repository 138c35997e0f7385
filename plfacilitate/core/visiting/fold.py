"""A whole visit as it stands, folded out of its event's entries: the way, who observed what, what was agreed.

Owns the picture that screens, debrief and report read: any order, any repetition of entries gives the same one; and
what does not count in it. Never reads a ledger by itself: entries are handed in.

The originals of a debrief stay what they were. A debrief of a stop and a protocol has begun with the first word agreed
there, or with the note that lays it open, also where that was taken back later. Of an observation that had ended by
then, nothing counts that was written afterwards (`recorded_at`; between laptops the clocks decide): no note, no line,
no end, and nothing taken back. Of one that had not, nothing counts that was written after its own end. What another
laptop wrote before the debrief, after its observer's end, counts: it was written blind, a rating after the lesson for
instance. So does what `steps.unname` wrote in place of something erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold, of_event
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import currents, families, voided
from plfacilitate.core.visiting.observation import Gathered, Observation, value_of
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.core.visiting.snapshots import Snapshots

OBSERVED_KINDS = frozenset({"observation-started", "line", "coded", "observed", "observation-ended"})
VISIT_KINDS = OBSERVED_KINDS | {"visit-planned", "agreed", "visit-summary", "note", "undo", "erased"}


class Agreed(NamedTuple):
    """What the observers of one stop agreed on at the debrief; the originals stay as they are."""

    value: str | int | tuple[str, ...] | None
    note: str
    entry: str


Place = tuple[str, str, str]
"""Stop, protocol and item that were talked about."""


class VisitPicture(NamedTuple):
    """One visit at one moment. `visit` None = nothing was announced; `observations` in the order of their beginnings.

    `opened` = stops and protocols whose notes somebody laid open before everybody had ended, by a note that says so.
    `debriefed` = stop and protocol → when their debrief began, UTC text; no key = it did not.
    """

    event: str
    visit: Visit | None
    observations: tuple[Observation, ...]
    agreed: Mapping[Place, Agreed]
    summary: Mapping[str, str]
    opened: frozenset[tuple[str, str]] = frozenset()
    debriefed: Mapping[tuple[str, str], str] = {}

    def observation(self, observation: str) -> Observation | None:
        """The observation of that id, or None."""
        return next((one for one in self.observations if one.id == observation), None)

    def at(self, stop: str) -> list[Observation]:
        """All observations of a stop; of "" those that belong to none."""
        return [one for one in self.observations if one.stop == stop]


class VisitFold(Fold):
    """The facts of one visit. Feed it with `apply`."""

    def __init__(self, event_id: str, snapshots: Snapshots | None = None) -> None:
        """A visit of which nothing is known yet; `snapshots` are those of other visits, None = it is read alone."""
        super().__init__(of_event(event_id, VISIT_KINDS))
        self.event_id = event_id
        self._snapshots = snapshots or Snapshots()
        self._void: set[str] = set()  # what was taken back, and what came after the debrief
        self._late: dict[str, int] = {}  # observation → how much of it came after the debrief
        self._debriefed: dict[tuple[str, str], str] = {}
        self._gathered: dict[str, Gathered] = {}
        self._pictures: dict[str, Observation | None] = {}
        self._facts: dict[str, dict[str, Entry]] = {}

    def apply(self, entries: Iterable[Entry]) -> set[str]:
        """Take entries in; returns the observations that may look different now, "" = the visit itself."""
        instead = len(self._kept.instead)
        news = self._kept.take(entries)
        again = news.undone  # what counts has to be looked at anew
        touched: set[str] = set()
        for entry in news.came:
            observation = self._take(entry)
            touched.add(observation)
            again |= self._gathered[observation].place in self._debriefed if observation else _opens(entry)
        for entry in news.went:
            touched.add(self._drop(entry))
        if self._debriefed:
            again |= bool(news.went) or len(self._kept.instead) > instead
        if again:
            touched |= self._weigh()
        for observation in touched:
            self._pictures.pop(observation, None)
        return touched

    def _take(self, entry: Entry) -> str:
        observation = _observation(entry)
        if not observation:
            self._facts.setdefault(str(entry.kind), {})[entry.id] = entry
            return ""
        gathered = self._gathered.get(observation)
        if gathered is None:
            gathered = self._gathered[observation] = Gathered(self._snapshots)
        gathered.take(entry, self._void)
        return observation

    def _drop(self, entry: Entry) -> str:
        observation = _observation(entry)
        if observation:
            self._gathered[observation].drop(entry.id)
        else:
            self._facts[str(entry.kind)].pop(entry.id)
        return observation

    # -- what counts -------------------------------------------------------------------------------------------------

    def _weigh(self) -> set[str]:
        """What was taken back or came too late; returns the observations that look different now."""
        self._debriefed = self._begun_debriefs()
        late = self._after_debrief()
        void = voided(undo for undo in self._kept.undos.values() if undo.id not in late)
        void |= late - self._kept.undos.keys()
        counts: dict[str, int] = {}
        for entry_id in late:
            observation = self.observation_of(entry_id)
            counts[observation] = counts.get(observation, 0) + 1
        touched = {self._holder(entry_id) for entry_id in void ^ self._void}
        touched |= {one for one in counts.keys() | self._late.keys() if counts.get(one) != self._late.get(one)}
        self._void, self._late = void, counts
        for observation in touched & self._gathered.keys():
            self._gathered[observation].again()
        return touched

    def _begun_debriefs(self) -> dict[tuple[str, str], str]:
        """When each debrief began; that it was taken back does not make anybody blind again."""
        found: dict[tuple[str, str], str] = {}
        for kind in ("agreed", "note"):
            for entry in filter(_opens, self._facts.get(kind, {}).values()):
                place = _met(entry)
                found[place] = min(found.get(place, entry.happened_at), entry.happened_at)
        return found

    def _after_debrief(self) -> set[str]:
        """The entries, undos among them, that came when an observation lay open already."""
        sealed = {
            key: moment
            for key, one in self._gathered.items()
            if one.place in self._debriefed and (moment := self._sealed_at(one, self._debriefed[one.place]))
        }
        if not sealed:
            return set()
        entries = [entry for key in sealed for entry in self._gathered[key].entries()]
        undos = [undo for undo in self._kept.undos.values() if self.observation_of(undo.id) in sealed]
        return {
            entry.id
            for entry in (*entries, *undos)
            if entry.recorded_at > sealed[self.observation_of(entry.id)] and entry.id not in self._kept.instead
        }

    def _sealed_at(self, one: Gathered, debriefed: str) -> str:
        """From when on nothing of an observation can be changed: the debrief, or its own end after it; "" = it goes on."""
        back = voided(undo for undo in self._kept.undos.values() if undo.recorded_at <= debriefed)
        if any(end.recorded_at <= debriefed and end.id not in back for end in one.ends):
            return debriefed
        return min((end.recorded_at for end in one.ends if end.recorded_at > debriefed), default="")

    def observation_of(self, entry_id: str) -> str:
        """The observation that an entry belongs to, or in which it takes something back; "" = none that is known."""
        met: set[str] = set()
        while entry_id in self._kept.undos and entry_id not in met:
            met.add(entry_id)
            entry_id = str(self._kept.undos[entry_id].body.get("undoes", ""))
        return self._holder(entry_id)

    def _holder(self, entry_id: str) -> str:
        entry = self._kept.entries.get(entry_id)
        return _observation(entry) if entry is not None else ""

    @property
    def void(self) -> frozenset[str]:
        """The entries that do not count: taken back, or written after the debrief."""
        return frozenset(self._void)

    # -- what stands -------------------------------------------------------------------------------------------------

    def picture(self) -> VisitPicture:
        """The visit as it stands now; observations that nothing happened to are the same objects as before."""
        return VisitPicture(
            self.event_id, self.visit, tuple(self.observations), self.agreed, self.summary, self.opened,
            dict(self._debriefed),
        )  # fmt: skip

    @property
    def visit(self) -> Visit | None:
        """The visit as it was announced last, on whichever laptop; None = nothing was.

        A stop where somebody observes stays on the way, whatever another laptop announced meanwhile.
        """
        plans = self._plans()
        if not plans:
            return None
        visit = replace(Visit.from_json(plans[-1].body["visit"]), event=self.event_id)
        lost = {one.stop for one in self.observations} - {stop.id for stop in visit.stops} - {""}
        return self._with(visit, lost) if lost else visit

    @property
    def plan_entries(self) -> tuple[str, ...]:
        """The entries that a new announcement replaces: more than one where two laptops announced at once."""
        return tuple(entry.id for entry in self._plans())

    def _plans(self) -> list[Entry]:
        """The announcements that no other one replaces, the last one last."""
        found = families(self._facts.get("visit-planned", {}).values(), self._void)
        heads = [head for family in found for head in family.heads]
        return sorted(heads, key=lambda entry: (entry.happened_at, entry.id))

    def _with(self, visit: Visit, lost: Collection[str]) -> Visit:
        """The visit with these stops as any announcement had them last."""
        kept: dict[str, Stop] = {}
        for entry in sorted(self._facts["visit-planned"].values(), key=lambda entry: (entry.happened_at, entry.id)):
            kept |= {stop.id: stop for stop in Visit.from_json(entry.body["visit"]).stops if stop.id in lost}
        for stop_id in sorted(kept):
            visit = visit.with_stop(kept[stop_id])
        return visit

    @property
    def observations(self) -> list[Observation]:
        """All observations that stand, in the order of their beginnings."""
        found = [one for key in self._gathered if (one := self.observation(key)) is not None]
        return sorted(found, key=lambda one: (one.started_at, one.id))

    def observation(self, observation: str) -> Observation | None:
        """The observation of that id; None = there is none, or it was taken back."""
        if observation not in self._pictures:
            gathered = self._gathered.get(observation)
            late = self._late.get(observation, 0)
            self._pictures[observation] = gathered.picture(self._void, late) if gathered is not None else None
        return self._pictures[observation]

    @property
    def agreed(self) -> Mapping[Place, Agreed]:
        """What was agreed at the debrief, the last word each."""
        found = {}
        for entry in as_it_went(self._standing("agreed")):
            place = (str(entry.body["stop"]), str(entry.body["protocol"]), str(entry.body["item"]))
            found[place] = Agreed(value_of(entry), str(entry.body.get("note", "")), entry.id)
        return {place: one for place, one in found.items() if one.value is not None or one.note}

    @property
    def opened(self) -> frozenset[tuple[str, str]]:
        """Stops and protocols whose notes were laid open before everybody had ended."""
        return frozenset(map(_met, filter(_opens, self._standing("note"))))

    @property
    def summary(self) -> Mapping[str, str]:
        """What the team writes into the report, by name of its part; the last word of each."""
        said: dict[str, str] = {}
        for entry in as_it_went(self._standing("visit-summary")):
            said |= {str(part): str(text) for part, text in entry.body["parts"].items()}
        return {part: text for part, text in said.items() if text}

    def device_of(self, observation: str) -> str:
        """The laptop that an observation was begun on; "" = it is not known."""
        gathered = self._gathered.get(observation)
        return gathered.started.device if gathered is not None and gathered.started is not None else ""

    def newest(self, observation: str) -> Entry | None:
        """The entry of an observation that was written last and stands: what an undo takes back. Its beginning never."""
        gathered = self._gathered.get(observation)
        if gathered is None:
            return None
        standing = [entry for entry in gathered.entries() if entry.id not in self._void]
        return max(standing, key=lambda entry: (entry.seq, entry.recorded_at), default=None)

    def _standing(self, kind: str) -> list[Entry]:
        """What stands of a kind, each fact in the version that counts, in order of time."""
        found = currents(self._facts.get(kind, {}).values(), self._void)
        return sorted(found, key=lambda entry: (entry.happened_at, entry.id))


def _observation(entry: Entry) -> str:
    """The observation that an entry was written in; "" = in none."""
    if entry.kind not in OBSERVED_KINDS:
        return ""
    return entry.id if entry.kind == "observation-started" else str(entry.body["observation"])


def _opens(entry: Entry) -> bool:
    """Whether the notes of a stop and a protocol were shown when this was written."""
    return entry.kind == "agreed" or (entry.kind == "note" and "stop" in entry.body and "protocol" in entry.body)


def _met(entry: Entry) -> tuple[str, str]:
    return str(entry.body["stop"]), str(entry.body["protocol"])
