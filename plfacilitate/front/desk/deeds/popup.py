"""What is done to a problem of practice at the desk, each as one function for the writer thread.

Owns the words of the toasts. Each deed looks at the problem as it stands at that moment, whatever the screen showed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfacilitate.core.popup.picture import Problem, RoundKind
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold, plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work

Fields = Mapping[str, str]


def bring(event: str, fields: Fields, segment: str) -> Deed:
    """A problem is brought."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.popup import open_problem

        draft = open_problem(work.hand, event, fields, segment=segment)
        return Done(f"{plain(fields['owner'])} brings a problem", work.write([draft]), event)

    return deed


def edit(event: str, problem: str, fields: Fields) -> Deed:
    """Other words for it."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.popup import change

        draft = change(work.hand, event, _now(work, event, problem), fields)
        return (
            Done("It stands so now", work.write([draft]), event) if draft is not None else Done("It stands so already")
        )

    return deed


def type_idea(event: str, problem: str, text: str) -> Deed:
    """Ideas that were said or written on paper, one a line."""

    def deed(work: Work) -> Done:
        from plfacilitate.core.popup.dots import ideas_of
        from plfacilitate.steps.popup import idea

        _now(work, event, problem)
        texts, _ = ideas_of(text)
        entries = work.write([idea(work.hand, event, problem, one) for one in texts])
        return Done("Idea kept" if len(texts) == 1 else f"{len(texts)} ideas kept", entries, event)

    return deed


def cluster(event: str, problem: str, name: str, ideas: Sequence[str], into: str = "") -> Deed:
    """Ideas into a cluster; `into` = the one that is there, "" = a new one, or the one of that very name."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps import popup as steps

        now, folded = _now(work, event, problem), work.popup(event)
        alike = next((one.id for one in now.clusters if one.name and fold(one.name) == fold(name)), "")
        if into or alike:
            draft = steps.add_to_cluster(work.hand, folded, now, into or alike, name, ideas)
        else:
            draft = steps.cluster(work.hand, event, problem, name, ideas)
        return Done(f"Cluster {plain(name)}" if name else "Set aside", work.write([draft]), event)

    return deed


def begin(event: str, problem: str, kind: RoundKind) -> Deed:
    """Phones are asked."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.events import read_event
        from plfacilitate.steps.popup import begin_round

        draft = begin_round(work.hand, read_event(work.ledger, event), _now(work, event, problem), kind)
        said = (
            "Phones are asked for ideas" if kind == "ideas" else f"The vote is open: {_dots(int(draft.body['dots']))}"
        )
        return Done(said, work.write([draft]), event)

    return deed


def end(event: str, problem: str, kind: RoundKind) -> Deed:
    """Nobody is asked any more; what came is counted. No undo: the box is empty for good."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.popup import end_round

        end_round(work.ledger, work.hand, event, _now(work, event, problem), kind)
        now = _now(work, event, problem)
        if kind == "ideas":
            return Done(f"Ideas are closed: {len(now.ideas)} in all")
        ballots = now.vote.ballots if now.vote is not None else 0
        return Done(f"The vote is closed: {ballots} voted")

    return deed


def commit(event: str, problem: str, words: Fields) -> Deed:
    """What somebody will try."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.popup import commit as step

        draft = step(work.hand, event, _now(work, event, problem), words)
        return Done(f"{plain(words['who'])} will try: {plain(words['what'])}", work.write([draft]), event)

    return deed


def place(event: str) -> Deed:
    """Everybody who is in and works on nothing, each where somebody is needed. Refused: `nothing-to-do`."""

    def deed(work: Work) -> Done:
        from plfacilitate.core.popup.placing import placed
        from plfacilitate.steps.events import still_in
        from plfacilitate.steps.popup import join, someone

        now, folded = work.popup(event).picture(), work.fold(event)
        groups = {
            one.id: [someone(work.ledger, member.person) for member in one.members]
            for one in now.problems
            if not one.taken_down
        }
        free = [someone(work.ledger, person) for person in still_in(folded) if person not in now.where]
        found = placed(free, groups)
        if not found:
            raise Refused("nothing-to-do", what="everybody who is in works on a problem already")
        drafts = [join(work.hand, event, one.person, one.problem, "placed", reason=one.why) for one in found]
        return Done(f"{len(drafts)} placed in {len(groups)} groups", work.write(drafts), event)

    return deed


def take_groups(event: str, pairs: Mapping[str, int]) -> Deed:
    """Drawn groups work on these problems; one undo for all. Refused: `groups-none`, and as `take_over`."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.events import read_event
        from plfacilitate.steps.popup_groups import drawn_at, reason, take_over

        drawing, found = drawn_at(work.ledger, event), read_event(work.ledger, event)
        if drawing is None:
            raise Refused("groups-none")
        entries = work.write(take_over(work.hand, found, work.popup(event).picture(), drawing, pairs))
        people = "1 person" if len(entries) == 1 else f"{len(entries)} people"
        return Done(f"{people} placed {reason(found, drawing)}", entries, event)

    return deed


def _now(work: Work, event: str, problem: str) -> Problem:
    found = work.popup(event).picture().problem(problem)
    if found is None:
        raise Refused("popup-gone")
    return found


def _dots(many: int) -> str:
    return "one dot each" if many == 1 else f"{many} dots each"
