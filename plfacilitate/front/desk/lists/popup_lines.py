"""Problems of practice as the desk lists them: at the left the problems, at the right one with its ideas.

Owns the order of the lines and their words. Never shows a dot before its vote is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from plfacilitate.core.popup.picture import Cluster, Idea, PopupBoard, Problem

Kind = Literal["head", "words", "cluster", "idea", "commitment"]
ASIDE = "set aside"


class ProblemLine(NamedTuple):
    """One problem: whose, how many work on it, how far it is."""

    id: str
    owner: str
    text: str
    people: int
    symbol: str
    look: str
    words: str


class BoardLine(NamedTuple):
    """One line of a problem. `key` = its idea or cluster; `dots` = what it got, "" = nothing to show."""

    kind: Kind
    key: str = ""
    text: str = ""
    note: str = ""
    dots: str = ""
    picked: bool = False
    deep: bool = False
    look: str = ""


def problem_lines(board: PopupBoard) -> list[ProblemLine]:
    """All problems, in the order in which they were brought."""
    return [
        ProblemLine(one.id, one.owner, one.problem, len(one.members), *standing(board, one))
        for one in board.picture.problems
    ]


def standing(board: PopupBoard, one: Problem) -> tuple[str, str, str]:
    """How far a problem is: a symbol, its look, and words."""
    asked = one.open_round
    if asked is not None:
        came = board.came(asked) + (len(one.ideas) if asked.kind == "ideas" and asked.named else 0)
        return ("●", "in", f"{'ideas' if asked.kind == 'ideas' else 'vote'} · {came}")
    if one.commitments:
        return ("✓", "good", "committed")
    if one.vote is not None:
        return ("◐", "late", "voted")
    if one.clusters:
        return ("◐", "late", "clusters")
    if one.ideas:
        return ("◐", "late", f"{len(one.ideas)} ideas")
    return ("○", "expected", "brought")


def board_lines(board: PopupBoard, one: Problem, picked: Collection[str]) -> list[BoardLine]:
    """Everything of one problem below its words: what is asked now, clusters, loose ideas, commitments."""
    lines = list(_asked(board, one))
    dots = _dots(one)
    for cluster in one.clusters:
        if cluster.name:
            lines += _cluster(cluster, dots, picked)
    if one.loose:
        title = f"In no cluster yet · {len(one.loose)}" if one.clusters else f"Ideas · {len(one.loose)}"
        lines += [BoardLine("head", text=title), *(_idea(idea, dots, picked) for idea in one.loose)]
    for cluster in one.clusters:
        if not cluster.name:
            lines += _cluster(cluster, dots, picked)
    if one.commitments:
        lines.append(BoardLine("head", text="Commitment"))
        lines += [
            BoardLine("commitment", each.id, f"{each.who}: {each.what}", _promise(each.first_step, each.due))
            for each in one.commitments
        ]
    return lines or [BoardLine("words", text="No ideas yet: i asks the phones, t types one.")]


def _asked(board: PopupBoard, one: Problem) -> Iterator[BoardLine]:
    asked = one.open_round
    if asked is None:
        return
    names = "named" if asked.named else "no names"
    if asked.kind == "ideas":
        came = board.came(asked) if not asked.named else len(one.ideas)
        yield BoardLine("words", text=f"● ideas by phone · {came} so far · i closes", note=names, look="in")
    else:
        words = f"● vote · {board.came(asked)} voted · {asked.dots} dots each · v closes"
        yield BoardLine("words", text=words, note=names, look="in")


def _dots(one: Problem) -> Mapping[str, int]:
    """What each option got; nothing while the vote is hidden."""
    if one.vote is None or one.vote.open:
        return {}
    return {option.id: option.dots or 0 for option in one.vote.options}


def _cluster(cluster: Cluster, dots: Mapping[str, int], picked: Collection[str]) -> Iterator[BoardLine]:
    name = cluster.name or ASIDE
    look = "strong" if cluster.name else "dim"
    yield BoardLine("cluster", cluster.id, name, f"{len(cluster.ideas)}", _put(dots.get(cluster.id)), look=look)
    for idea in cluster.ideas:
        yield _idea(idea, dots, picked)._replace(deep=True, look="" if cluster.name else "dim")


def _idea(idea: Idea, dots: Mapping[str, int], picked: Collection[str]) -> BoardLine:
    return BoardLine("idea", idea.id, idea.text, idea.who, _put(dots.get(idea.id)), idea.id in picked)


def _put(many: int | None) -> str:
    """`●●● 3`; "" = it was no option of the vote."""
    return "" if many is None else f"{'●' * min(many, 12)} {many}"


def _promise(first_step: str, due: str) -> str:
    return " · ".join(filter(None, (f"first: {first_step}" if first_step else "", f"by {due}" if due else "")))
