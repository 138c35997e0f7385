"""The POP-ups of one event as they stand, folded out of its entries.

Owns what counts: any order, any repetition of entries gives the same picture, and a new entry costs what it touches.
Never reads a ledger or a ballot box by itself.

A round that was counted stays counted: what lay in the box without a name can't be put back, so taking the count back
changes nothing. An idea lies in the cluster that named it last. Entries of kind `popup`, one for a whole problem as it
was written down in one piece, are shown beside the others.

What was said anew because a name was taken out of it replaces an entry that is gone: it stands under that one's id, so
that dots, clusters, rounds and promises still speak of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold, of_event
from plfacilitate.core.popup.picture import (
    Cluster,
    Commitment,
    Idea,
    Member,
    Option,
    PopupPicture,
    Problem,
    Round,
    RoundKind,
)
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import families, rooted

PART_KINDS = frozenset(
    {
        "popup-changed", "popup-round", "popup-idea", "popup-vote", "popup-counted", "popup-cluster", "commitment",
    }
)  # fmt: skip
POPUP_KINDS = PART_KINDS | {"popup", "popup-opened", "popup-joined", "undo", "erased"}
FIELDS = ("owner", "school", "problem", "data", "how_might_we", "test", "before")
"""What can be said of a problem anew; the last word of each counts."""

Group = dict[str, Entry]


class PopupFold(Fold):
    """The facts of one event's POP-ups. Feed it with `apply`."""

    def __init__(self, event_id: str | None) -> None:
        """An event of whose problems nothing is known yet; None = what was written down outside of any."""
        super().__init__(of_event(event_id, POPUP_KINDS))
        self.event_id = event_id
        self._parts: dict[str, dict[str, Group]] = {}  # problem → kind → entries
        self._joins: dict[str, Group] = {}  # person → entries
        self._old: Group = {}
        self._where: dict[str, Entry] = {}  # person → the entry by which they are where they are
        self._problems: dict[str, Problem | None] = {}
        self._taken_down: tuple[Problem, ...] | None = None
        self._picture: PopupPicture | None = None

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True = something may look different now."""
        news = self._kept.take(entries)
        for entry in news.came:
            self._group(entry)[entry.id] = entry
        for entry in news.went:
            self._group(entry).pop(entry.id)
        for entry_id in news.turned:
            self._problems.pop(entry_id, None)  # of one that was said anew, the first words may be gone
        turned = [self._kept.entries[one] for one in news.turned if one in self._kept.entries]
        for entry in (*news.came, *news.went, *turned):
            self._touch(entry)
        if news:
            self._picture = None
        return bool(news)

    def _group(self, entry: Entry) -> Group:
        """The entries among which this one counts."""
        if entry.kind == "popup":
            return self._old
        if entry.kind == "popup-joined":
            return self._joins.setdefault(str(entry.person), {})
        return self._parts.setdefault(_problem_of(entry), {}).setdefault(str(entry.kind), {})

    def _touch(self, entry: Entry) -> None:
        """What an entry belongs to has to be looked at anew."""
        if entry.kind == "popup":
            self._taken_down = None
        elif entry.kind == "popup-joined":
            self._place(str(entry.person))
        else:
            self._problems.pop(_problem_of(entry), None)

    def _place(self, person: str) -> None:
        """Where a person is now: their last word counts."""
        before = self._where.pop(person, None)
        standing = [one for one in self._joins.get(person, {}).values() if one.id not in self._kept.void]
        if standing:
            last = as_it_went(standing)[-1]
            if last.body["popup"]:
                self._where[person] = last
        for one in (before, self._where.get(person)):
            if one is not None:
                self._problems.pop(str(one.body["popup"]), None)

    # -- what stands -------------------------------------------------------------------------------------------------

    def picture(self) -> PopupPicture:
        """All problems as they stand now; those that nothing happened to are the same objects as before."""
        if self._picture is None:
            members: dict[str, list[Entry]] = {}
            for entry in self._where.values():
                members.setdefault(str(entry.body["popup"]), []).append(entry)
            for problem in self._parts.keys() - self._problems.keys():
                self._problems[problem] = self._problem(problem, members.get(problem, ()))
            if self._taken_down is None:
                self._taken_down = tuple(_written_down(one, root) for one, root in self._rooted(self._old))
            found = [one for key in self._parts if (one := self._problems[key]) is not None]
            known = {one.id for one in found}
            where = {who: str(one.body["popup"]) for who, one in self._where.items()}
            self._picture = PopupPicture(
                self.event_id or "",
                tuple(sorted((*found, *self._taken_down), key=lambda one: (one.opened_at, one.id))),
                {who: where[who] for who in sorted(where) if where[who] in known},
            )
        return self._picture

    def rounds_of(self, problem: str) -> list[Round]:
        """All rounds of a problem, in the order in which they began."""
        return list(self._rounds(self._parts.get(problem, {})))

    def heads_of(self, problem: str, cluster: str) -> tuple[str, ...]:
        """The versions of a cluster that a new one replaces."""
        found = families(self._parts.get(problem, {}).get("popup-cluster", {}).values(), self._kept.void)
        return tuple(head.id for family in found if family.root == cluster for head in family.heads)

    def _standing(self, group: Mapping[str, Entry]) -> list[Entry]:
        """What stands of some entries, each fact in the version that counts, in the order in which it was done."""
        return [entry for entry, _ in self._rooted(group)]

    def _rooted(self, group: Mapping[str, Entry]) -> list[tuple[Entry, str]]:
        """The same, each with the id of its first version."""
        return rooted(group.values(), self._kept.void)

    def _problem(self, problem: str, joined: Iterable[Entry]) -> Problem | None:
        parts = self._parts[problem]
        opened = next(iter(self._standing(parts.get("popup-opened", {}))), None)
        if opened is None or problem in self._kept.void:
            return None
        said = {name: str(opened.body.get(name, "")) for name in FIELDS}
        for entry in self._standing(parts.get("popup-changed", {})):
            said |= {name: str(text) for name, text in entry.body["fields"].items() if name in FIELDS}
        ideas = {idea.id: idea for idea in self._ideas(parts)}
        clusters = self._clusters(parts, ideas)
        lying = {idea.id for one in clusters for idea in one.ideas}
        rounds = list(self._rounds(parts))
        return Problem(
            id=problem,
            owner=said["owner"],
            school=said["school"],
            problem=said["problem"],
            data=said["data"],
            how_might_we=said["how_might_we"],
            test=said["test"],
            segment=str(opened.body.get("segment", "")),
            opened_at=opened.happened_at,
            members=tuple(
                Member(str(one.person), str(one.body.get("how", "")), str(one.body.get("reason", "")))
                for one in sorted(joined, key=lambda one: (one.happened_at, one.id))
            ),
            clusters=clusters,
            loose=tuple(idea for key, idea in ideas.items() if key not in lying),
            ideas_round=next((one for one in reversed(rounds) if one.kind == "ideas"), None),
            vote=next((one for one in reversed(rounds) if one.kind == "vote"), None),
            commitments=tuple(
                _commitment(one.id, one.body, root) for one, root in self._rooted(parts.get("commitment", {}))
            ),
            root=problem,
            before=said["before"],
        )

    def _ideas(self, parts: Mapping[str, Group]) -> Iterator[Idea]:
        for entry, root in self._rooted(parts.get("popup-idea", {})):
            yield Idea(root, str(entry.body["text"]), str(entry.body.get("who", "")))
        for entry in sorted(parts.get("popup-counted", {}).values(), key=lambda one: (one.happened_at, _first(one))):
            for number, text in enumerate(entry.body.get("ideas", ())):
                yield Idea(f"{_first(entry)}:{number}", str(text))

    def _clusters(self, parts: Mapping[str, Group], ideas: Mapping[str, Idea]) -> tuple[Cluster, ...]:
        """The clusters that hold something, each idea where it was put last; those that are set aside at the end."""
        standing = self._rooted(parts.get("popup-cluster", {}))
        lies = {str(idea): entry.id for entry, _ in standing for idea in entry.body["ideas"] if str(idea) in ideas}
        found = [
            Cluster(
                root,
                str(entry.body["name"]),
                tuple(idea for key, idea in ideas.items() if lies.get(key) == entry.id),
            )
            for entry, root in standing
        ]
        return tuple(sorted((one for one in found if one.ideas), key=lambda one: not one.name))

    def _rounds(self, parts: Mapping[str, Group]) -> Iterator[Round]:
        counted: dict[str, list[Entry]] = {}
        for entry in parts.get("popup-counted", {}).values():
            counted.setdefault(str(entry.body["round"]), []).append(entry)
        for entry, root in self._rooted(parts.get("popup-round", {})):
            body, over = entry.body, counted.get(root, ())
            kind: RoundKind = "vote" if body["round"] == "vote" else "ideas"
            votes = self._votes(parts, root)
            ballots = len(votes) + sum(int(one.body.get("ballots", 0)) for one in over)
            dots = Counter(option for vote in votes for option in vote.body["dots"])
            for one in over:
                dots.update({str(option): int(many) for option, many in one.body.get("counts", {}).items()})
            options = [(str(one["id"]), str(one["text"])) for one in body.get("options", ())]
            yield Round(
                root, kind, bool(body.get("named")), not over, ballots,
                tuple(Option(key, text, dots[key] if over else None) for key, text in options),
                int(body.get("dots", 0)), bool(body.get("stacking")),
            )  # fmt: skip

    def _votes(self, parts: Mapping[str, Group], round_id: str) -> list[Entry]:
        """The votes that were given with a name in a round: the last of each person."""
        mine = [one for one in self._standing(parts.get("popup-vote", {})) if one.body["round"] == round_id]
        return list({str(one.person): one for one in mine}.values())


def _first(entry: Entry) -> str:
    """The id that others know it by: its own, or that of the entry in whose place it stands."""
    return entry.replaces[0] if entry.replaces else entry.id


def _problem_of(entry: Entry) -> str:
    return _first(entry) if entry.kind == "popup-opened" else str(entry.body["popup"])


def _commitment(entry_id: str, body: Mapping[str, object], root: str) -> Commitment:
    who, what, first_step, due = (str(body.get(name) or "") for name in ("who", "what", "first_step", "due"))
    return Commitment(entry_id, who, what, first_step, due, root)


def _written_down(entry: Entry, root: str) -> Problem:
    """A problem that was written down in one piece."""
    body = entry.body
    ideas = tuple(Idea(f"{entry.id}:{number}", str(text)) for number, text in enumerate(body.get("ideas") or ()))
    promised = body.get("commitment")
    return Problem(
        id=entry.id,
        owner=str(body.get("owner") or ""),
        school="",
        problem=str(body.get("problem") or ""),
        data="",
        how_might_we=str(body.get("how_might_we") or ""),
        test="",
        segment=str(body.get("segment") or ""),
        opened_at=entry.happened_at,
        loose=ideas,
        commitments=(_commitment(entry.id, promised, root),) if promised else (),
        taken_down=True,
        root=root,
    )
