"""The tables of a bundle: the answers at the end, without names; what was written on a visit, without those of teachers."""

from __future__ import annotations

from typing import Any

from plfacilitate.core import parcels
from plfacilitate.core.fold import EventFold
from plfacilitate.core.popup.fold import PopupFold
from tests.core.entries import entry


def test_each_answer_has_its_count_and_each_comment_a_row() -> None:
    """A clerk can add them up in a spreadsheet; no row holds what one person said to two questions."""
    asked = [
        {"id": "useful", "kind": "scale", "ask": "How useful?", "counts": {"1": 0, "2": 7}},
        {"id": "say", "kind": "text", "ask": "What next?", "comments": ["More time", "=1+1"]},
    ]
    fold = EventFold("e")
    fold.apply([entry("s", "evaluation-summary", ballots=7, questions=asked)])
    assert [tuple(row[1:]) for row in parcels.evaluation(fold)] == [
        (7, "useful", "scale", "How useful?", "1", 0),
        (7, "useful", "scale", "How useful?", "2", 7),
        (7, "say", "text", "What next?", "More time", 1),
        (7, "say", "text", "What next?", "=1+1", 1),
    ]
    assert all(len(row) == len(parcels.EVALUATION) for row in parcels.evaluation(fold))


def test_fewer_than_five_leave_no_rows() -> None:
    """What could be guessed is not told."""
    fold = EventFold("e")
    fold.apply([entry("s", "evaluation-summary", ballots=4, questions=[])])
    assert list(parcels.evaluation(fold)) == []


def test_names_go_out_of_what_was_written_and_who_promised_stays() -> None:
    """A note, a problem, its ideas, what was promised: every text but for owners and dates."""
    promised = {"who": "Rosa", "what": "call Rosa", "first_step": "ask Rosa", "due": "2023-12-20"}
    body: dict[str, Any] = {
        "owner": "Rosa",
        "problem": "Rosa alone",
        "how_might_we": "help Rosa",
        "ideas": ["Rosa leads", "we lead"],
    }
    fold = EventFold("e")
    fold.apply([entry("n", "note", text="Rosa spoke"), entry("p", "popup", **body, commitment=promised)])
    popups = PopupFold("e")
    popups.apply([entry("p", "popup", **body, commitment=promised)])
    picture = popups.picture()

    def hidden(text: str) -> str:
        return text.replace("Rosa", "X")

    (noted,) = parcels.notes(fold, hidden)
    (problem,) = parcels.popups(fold, picture, hidden)
    (commitment,) = parcels.commitments(fold, picture, hidden)
    assert noted[-1] == "X spoke"
    assert problem[3:7] == ("Rosa", "X alone", "help X", "X leads\nwe lead")
    assert commitment[2:] == ("Rosa", "call X", "ask X", "2023-12-20")
    assert next(iter(parcels.notes(fold)))[-1] == "Rosa spoke"
