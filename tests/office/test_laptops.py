"""Which laptops an office takes bundles from: named as new, accepted in one step, retired with what came before kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.store.register import open_register
from tests.laptops import Laptop
from tests.played import Chance, Clock
from tests.postgres import Server

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"


class Desk:
    """The clerk's desk: an office's commands over one register."""

    def __init__(self, laptop: Laptop, url: str) -> None:
        self.laptop, self.url = laptop, url

    def take(self, *places: Path) -> list[Any]:
        """What each bundle is answered with."""
        answers: list[Any] = self.laptop.run("office", "receive", "--register", self.url, *places, "--json").document
        return answers

    def verdicts(self, *places: Path) -> set[str]:
        """The verdicts, whatever their order."""
        return {answer["verdict"] for answer in self.take(*places)}

    def say(self, *words: str) -> str:
        """A command about laptops."""
        return self.laptop.do("office", "laptop", *words, "--register", self.url)

    def standing(self) -> dict[str, str]:
        """How each laptop stands, by name."""
        listed = self.laptop.json("office", "laptop", "list", "--register", self.url)
        return {one["name"]: one["stands"] for one in listed}


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, laptops: Callable[[str], Laptop], tmp_path: Path) -> Desk:
    """A desk over an empty register, of each engine in turn."""
    if request.param == "sqlite":
        return Desk(laptops("office"), f"sqlite:///{tmp_path / 'register' / 'register.db'}")
    server: Server = request.getfixturevalue("postgres")
    return Desk(laptops("office"), server.database())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two laptops with a packed day each; the first has a second pack that follows, which the second takes in too."""
    folder = tmp_path_factory.mktemp("laptops")
    for number, name in enumerate(("alpha", "beta")):
        clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
        laptop = Laptop.new(folder / name, clock, Chance(number + 1))
        event = laptop.opened()
        laptop.attend(event, f"{MARIA if number else DANA}, 8:20, 15:50")
        clock.set("2023-12-06T16:10:00-08:00")
        laptop.do("event", "close", event)
        laptop.hand_in(event, folder / f"mail {name}")
        if name == "alpha":
            laptop.do("attendance", "correct", event, DANA, "--out", "15:00", "--reason", "seen")
            laptop.hand_in(event, folder / "mail later")
        else:
            laptop.do("receive", folder / "mail later")
            laptop.do("attendance", "correct", event, MARIA, "--out", "15:00", "--reason", "seen")
            laptop.hand_in(event, folder / "mail both")
    return folder


@pytest.fixture
def mail(made: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The bundles of a laptop, for this test alone."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(made / f"mail {name}", tmp_path / f"mail {name}", dirs_exist_ok=True))

    return copied


def test_at_first_every_laptop_may_hand_in_and_is_named(desk: Desk, mail: Callable[[str], Path]) -> None:
    """An office that never heard of keys loses nothing, and sees who sends."""
    answers = desk.take(mail("alpha"))
    assert {one["verdict"] for one in answers} == {"accepted"}
    assert "alpha" in answers[0]["remark"]
    assert "nobody has compared its key" in answers[0]["remark"]
    assert desk.standing() == {"alpha": "new"}


def test_from_the_first_decision_on_an_unknown_laptop_waits(desk: Desk, mail: Callable[[str], Path]) -> None:
    """What it brought is held, not lost, and taken in the same step in which it is accepted."""
    desk.take(mail("alpha"))
    assert "Accepted: laptop alpha" in desk.say("accept", "alpha")
    answers = desk.take(mail("beta"))
    assert {one["verdict"] for one in answers} == {"held"}
    assert "is not accepted yet" in answers[0]["reason"]
    assert Path(answers[0]["receipt"]).exists()
    said = desk.say("accept", "beta")
    assert said.count("accepted") == 2
    assert desk.standing() == {"alpha": "accepted", "beta": "accepted"}
    assert desk.verdicts(mail("beta")) == {"already-here"}


def test_a_retired_laptop_brings_nothing_new(desk: Desk, mail: Callable[[str], Path]) -> None:
    """What came stands and may be brought again; what it wrote since is refused, until it is accepted again."""
    desk.take(mail("alpha"))
    desk.say("retire", "alpha")
    assert desk.verdicts(mail("alpha")) == {"already-here"}
    answers = desk.take(mail("later"))
    assert {one["verdict"] for one in answers} == {"refused"}
    assert "was retired on 2023-12-0" in answers[0]["reason"]
    desk.say("accept", "alpha")
    assert desk.verdicts(mail("later")) == {"accepted"}


def test_what_another_laptop_brings_of_a_retired_one_is_that_ones_word(desk: Desk, mail: Callable[[str], Path]) -> None:
    """It is taken, and said; the retired one's own bundle of the same entries is refused all the same."""
    desk.take(mail("alpha"))
    desk.say("retire", "alpha")
    desk.take(mail("beta"))
    desk.say("accept", "beta")
    answers = desk.take(mail("both"))
    assert {one["verdict"] for one in answers} == {"accepted"}
    assert any("It brings what laptop alpha" in one["remark"] for one in answers)
    desk.say("retire", "alpha")  # once more: the day of the first time counts
    assert desk.verdicts(mail("later")) == {"refused"}


def test_all_that_are_new_are_accepted_at_once(desk: Desk, mail: Callable[[str], Path]) -> None:
    """The office that begins to look, with a year of laptops behind it."""
    desk.take(mail("alpha"), mail("beta"))
    desk.say("accept", "--all")
    assert set(desk.standing().values()) == {"accepted"}
    assert desk.say("accept", "--all") == "No laptop is new: each was decided about.\n"
    assert desk.verdicts(mail("later")) == {"accepted"}


def test_another_key_of_a_known_laptop_waits(desk: Desk, laptop: Laptop, tmp_path: Path) -> None:
    """Its key's file was lost, or somebody plays it: a person decides; the earlier key is retired then."""
    event = laptop.opened()
    laptop.attend(event, f"{DANA}, 8:20, 15:50")
    laptop.played.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "before")
    desk.take(tmp_path / "before")
    desk.say("accept", "laptop")
    for path in laptop.workspace.keys.glob("*.key"):
        path.unlink()
    laptop.do("attendance", "correct", event, DANA, "--out", "14:00", "--reason", "seen")
    laptop.hand_in(event, tmp_path / "mail")
    answers = desk.take(tmp_path / "mail")
    assert {one["verdict"] for one in answers} <= {"held", "already-here"}
    held = [one for one in answers if one["verdict"] == "held"]
    assert "another key than before" in held[0]["reason"]
    listed = desk.laptop.json("office", "laptop", "list", "--register", desk.url)
    new = next(one["key"] for one in listed if one["stands"] == "new")
    assert "accepted" in desk.say("accept", new)
    listed = desk.laptop.json("office", "laptop", "list", "--register", desk.url)
    assert {one["key"] == new: one["stands"] for one in listed} == {True: "accepted", False: "retired"}


def test_a_name_that_fits_none_or_two_is_asked_for(desk: Desk, mail: Callable[[str], Path]) -> None:
    """With those that there are."""
    open_register(desk.url, Chance(5)).close()
    ask = ("office", "laptop", "retire", "--register", desk.url)
    assert "none has handed in yet" in desk.laptop.no(*ask, "alpha")
    desk.take(mail("alpha"))
    assert "alpha (" in desk.laptop.no(*ask, "gamma")
