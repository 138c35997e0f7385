"""An office of a test: a laptop that hands in, and commands at one register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plfacilitate.store.register import file_of
from tests.laptops import PEOPLE, Laptop

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))


class Office:
    """The office's commands at the register `url`; what the laptop hands in lies in `mail`."""

    def __init__(self, laptop: Laptop, url: str, folder: Path) -> None:
        self.laptop, self.url = laptop, url
        self.mail = folder / "mail"
        self.mail.mkdir()
        self.at("2015-06-01T08:00:00-08:00")
        laptop.do("people", "import", PEOPLE)

    def at(self, moment: str) -> None:
        """It is that moment everywhere."""
        self.laptop.played.set(moment)

    def day(self, day: str, number: str, *who: str, taken: bool = True) -> str:
        """An offering of one day at which these were from morning to evening, handed in; its event."""
        self.at(f"{day}T08:00:00-08:00")
        event = self.laptop.schedule(on=day, in_service=number)
        self.laptop.do("event", "open", event)
        self.laptop.attend(event, "\n".join(f"{one}, 8:20, 15:50" for one in who))
        self.at(f"{day}T17:00:00-08:00")
        self.laptop.finish(event, self.mail)
        if taken:
            self.take()
        return event

    def take(self) -> list[dict[str, Any]]:
        """Take in whatever lies there; gives the answers."""
        return list(self.laptop.run("office", "receive", self.mail, "--register", self.url, "--json").document)

    def heard(self) -> None:
        """The laptop reads all answers: what it packs from now on builds on them."""
        for receipt in sorted(self.mail.glob("*.receipt.json")):
            self.laptop.do("receive", receipt)

    def do(self, *arguments: object) -> str:
        """An office command that works; what it prints."""
        return self.laptop.do("office", *arguments, "--register", self.url)

    def json(self, *arguments: object) -> Any:
        """An office command that works, with --json; its document."""
        return self.laptop.json("office", *arguments, "--register", self.url)

    def no(self, *arguments: object) -> str:
        """An office command that says no; the sentence."""
        return self.laptop.no("office", *arguments, "--register", self.url)

    def lines(self, number: str) -> dict[str, int]:
        """E-mail → minutes on the roll of an offering."""
        return {line["email"]: line["minutes"] for line in self.json("roll", "--series", number)["lines"]}

    def on_disk(self) -> bytes:
        """All bytes of a register that is a file."""
        path = file_of(self.url)
        assert path is not None
        return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
