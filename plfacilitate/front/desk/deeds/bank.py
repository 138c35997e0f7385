"""What is written of a problem in the bank, each as one function for the writer thread.

Owns the words of the toasts. Each deed looks at the problem as it stands at that moment, whatever the screen showed.
"""

from __future__ import annotations

from datetime import date

from plfacilitate.core.problems.bank import Row
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import problems as steps
from plfacilitate.steps.problem_bank import find_problem, read_story

NOW_WORDS = {"": "", "keep": ": kept", "change": ": changed", "drop": ": dropped"}


def follow_up(problem: str, promise: str, heard: steps.Heard, day: date) -> Deed:
    """What became of a promise. Refused: `day-to-come`."""

    def deed(work: Work) -> Done:
        one = steps.the_promise(_now(work, problem), promise)
        draft = steps.follow_up(work.hand, one, heard, day, today=work.around.today)
        return Done(f"Followed up{NOW_WORDS[heard.then]} · {_short(one.what)}", work.write([draft]))

    return deed


def file_under(problem: str, theme: str, attribute: str) -> Deed:
    """Its theme and attribute; "" = none. Refused: `nothing-to-do`."""

    def deed(work: Work) -> Done:
        draft = steps.file_under(work.hand, _now(work, problem), theme=theme, attribute=attribute)
        return Done("The problem is filed so", work.write([draft]))

    return deed


def add_resource(problem: str, title: str, where: str) -> Deed:
    """Something that helps."""

    def deed(work: Work) -> Done:
        draft = steps.add_resource(work.hand, _now(work, problem), title, where)
        return Done(f"That helps: {_short(title)}", work.write([draft]))

    return deed


def bring_back(problem: str, event: str, title: str, segment: str) -> Deed:
    """It is open again at an event, with its history. Refused: `nothing-to-do`."""

    def deed(work: Work) -> Done:
        bank = work.bank()
        drafts = steps.bring_back(work.hand, bank, find_problem(bank, problem), event, segment=segment)
        return Done(f"It is back, at {_short(title)}: P shows it there", work.write(drafts), event)

    return deed


def write_page(problem: str) -> Deed:
    """One page for the owner, as a PDF in the workspace's folder `printed`. Refused: `not-written`, `sheet-not-drawn`."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.problem_page import TEMPLATE, problem_pdf
        from plfacilitate.shelf.write import write_bytes

        own, bank = work.around.workspace, work.bank()
        told = read_story(work.ledger, bank, find_problem(bank, problem))
        pdf = problem_pdf(told, work.hand.clock(), reply=work.around.by, template=own.document(TEMPLATE))
        folder = own.root / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"problem-{problem[:8]}.pdf"
        write_bytes(path, pdf)
        return Done(f"One page for {plain(told.row.problem.owner) or 'the owner'}: {path}")

    return deed


def _now(work: Work, problem: str) -> Row:
    return find_problem(work.bank(), problem)


def _short(text: str) -> str:
    return plain(cut(" ".join(text.split()), 60).rstrip())
