"""Laptops to try commands on: each with its own workspace, state and chance, all with one played clock.

Commands run in this process through `cli.run`, as fast as they can; what they print is caught. A real process is only
needed for what a process alone can show.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from plfacilitate import cli
from plfacilitate.seal.keys import load_or_make
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.conftest import ROOT
from tests.played import Chance, Clock

TZ = "America/Los_Angeles"
PEOPLE = ROOT / "demo" / "people.csv"


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Its answer, which must be one whole JSON document in ASCII and nothing else."""
        assert self.out.isascii()
        assert self.out.endswith("\n")
        return json.loads(self.out)


@dataclass
class Laptop:
    """One laptop. `played` is its clock, shared by all."""

    folder: Path
    played: Clock
    chance: Chance
    name: str
    secrets: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, folder: Path, clock: Clock, chance: Chance) -> Laptop:
        """A laptop whose name and files are those of a folder that is not there yet."""
        folder.mkdir()
        return cls(folder, clock, chance, folder.name)

    @property
    def workspace(self) -> Workspace:
        """Its workspace."""
        return Workspace(self.folder / "workspace")

    @property
    def outbox(self) -> list[Path]:
        """The bundles that lie in its outbox."""
        return sorted(self.workspace.outbox.glob("*.zip"))

    def surroundings(self, workspace: Path | None = None, by: str | None = None) -> Surroundings:
        """What a run on this laptop is given."""
        place = Workspace(workspace) if workspace else self.workspace
        return Surroundings(
            workspace=place,
            clock=self.played,
            chance=self.chance,
            by=by or f"facilitator of {self.name}",
            machine=self.name,
            state=self.folder / "state",
            tz=TZ,
            public_key=lambda device: load_or_make(place.create().keys, device, self.chance).public,
            secret=self.secrets.get,
            keep_secret=self._keep,
        )

    def _keep(self, place: str, secret: str | None) -> bool:
        """Its keyring."""
        self.secrets.pop(place, None)
        if secret is not None:
            self.secrets[place] = secret
        return True

    def run(self, *arguments: object) -> Ran:
        """Run a command; neither a traceback nor the exit code of what nobody foresaw may come of it."""
        out, err = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(cli, "surroundings", self.surroundings)
            code = cli.run([str(one) for one in arguments])
        assert "Traceback" not in out.getvalue() + err.getvalue()
        assert code != 70, err.getvalue()
        return Ran(code, out.getvalue(), err.getvalue())

    def do(self, *arguments: object) -> str:
        """Run a command that works; gives what it prints."""
        ran = self.run(*arguments)
        assert ran.code == 0, ran.err
        return ran.out

    def json(self, *arguments: object) -> Any:
        """Run a command that works, with --json; gives its document."""
        ran = self.run(*arguments, "--json")
        assert ran.code == 0, ran.err
        return ran.document

    def no(self, *arguments: object) -> str:
        """Run a command that says no: exit code 1, nothing on stdout, one sentence on stderr. Gives the sentence."""
        ran = self.run(*arguments)
        assert ran.code == 1, (ran.code, ran.out, ran.err)
        assert ran.out == ""
        *asides, sentence = ran.err.strip().split("plfacilitate: ")
        assert not "".join(asides).strip().startswith("plfacilitate")
        assert sentence, ran.err
        return sentence

    def ledger(self, *, readonly: bool = False) -> Ledger:
        """Its ledger, open."""
        self.workspace.create()
        return self.surroundings().open_ledger(readonly=readonly)

    def hand(self) -> Hand:
        """The facilitator's own hand, for what no command writes."""
        return Hand("facilitator", "facilitator", self.played, self.chance)

    # -- a day in few words ------------------------------------------------------------------------------------------

    def schedule(self, plan: str = "pscpl-cohort", on: str = "2023-12-06", **options: str) -> str:
        """Put a session on a day; gives the event."""
        told = [text for name, value in options.items() for text in (f"--{name.replace('_', '-')}", value)]
        event = self.json("plan", "schedule", plan, "--on", on, "--at", "Renton", *told)["event"]
        assert isinstance(event, str)
        return event

    def opened(self, plan: str = "pscpl-cohort", on: str = "2023-12-06", **options: str) -> str:
        """An event with the people of the demo expected, its doors open."""
        event = self.schedule(plan, on, **options)
        self.do("event", "expect", event, PEOPLE)
        self.do("event", "open", event)
        return event

    def attend(self, event: str, rows: str, **options: str) -> Any:
        """Import attendance; each row is `email-or-name, in, out[, means]` with times of the event's own day."""
        day = self.json("event", "show", event)["date"]
        lines = ["email,name,in,out,means"]
        for row in filter(None, map(str.strip, rows.splitlines())):
            who, came, left, *means = (cell.strip() for cell in row.split(","))
            email, name = (who, "") if "@" in who else ("", who)
            came, left = (f"{day} {clock}" if clock else "" for clock in (came, left))
            lines.append(f"{email},{name},{came},{left},{''.join(means)}")
        path = self.folder / "attendance.csv"
        path.write_text("\n".join(lines), "utf-8")
        told = [text for name, value in options.items() for text in (f"--{name}", value)]
        return self.json("attendance", "import", event, path, *told)

    def lines(self, name: str) -> dict[str, Any]:
        """The credit lines of an event or series by e-mail (or by name, where there is none)."""
        return {line["email"] or line["name"]: line for line in self.json("credit", name)["lines"]}

    def finish(self, event: str, mail: Path) -> None:
        """Close, approve, pack and send to a folder."""
        self.do("event", "close", event)
        self.hand_in(event, mail)

    def hand_in(self, event: str, mail: Path) -> None:
        """Approve, pack and send to a folder."""
        mail.mkdir(exist_ok=True)
        self.do("approve", event)
        self.do("pack", event)
        self.do("send", "--to", mail)

    def receive_at_office(self, register: Path, *places: Path) -> list[Any]:
        """The office takes bundles in; gives its answers, in their order."""
        ran = self.run("office", "receive", "--register", f"sqlite:///{register}", *places, "--json")
        answers = ran.document
        assert isinstance(answers, list)
        return answers


@pytest.fixture
def laptops(tmp_path: Path, clock: Clock) -> Callable[[str], Laptop]:
    """Makes laptops by name; the same name is the same laptop."""
    made: dict[str, Laptop] = {}

    def laptop(name: str) -> Laptop:
        if name not in made:
            made[name] = Laptop.new(tmp_path / name, clock, Chance(len(made) + 1))
        return made[name]

    return laptop


@pytest.fixture
def laptop(laptops: Callable[[str], Laptop]) -> Laptop:
    """The one laptop of a test that needs no other."""
    return laptops("laptop")
