"""The demo's cohort: three schools some weeks into their year, whose first visit was yesterday's.

Owns how `demo/cohort.toml`, whose days are those of one autumn, becomes a year of these days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from plfacilitate.core.cohort.values import Cohort
from plfacilitate.core.entry import Draft
from plfacilitate.shelf.cohorts import read_cohort_file
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps import capture, cohort_goals, cohorts
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.cohort_goals import Wording
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohort_start import start
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

LAKERIDGE, DIMMITT, CAMPBELL = "Lakeridge Elementary", "Dimmitt Middle School", "Campbell Hill Elementary"


class CohortYear:
    """The cohort as it is written, step by step. `visited` = the day and the event of the visit at Lakeridge."""

    def __init__(self, ledger: Ledger, around: Surroundings, visited: date, event: str) -> None:
        self.ledger = ledger
        self.around = around
        self.visited = visited
        self.event = event

    def write(self) -> None:
        """The plan, its schools and teams, and what was done and promised since."""
        file = read_cohort_file(folder("demo") / "cohort.toml")
        cohort = self.moved(file.cohort)
        today = self.visited + timedelta(days=1)
        start(self.ledger, self.hand(cohort.starts), replace(file, cohort=cohort), today)
        reader = read_cohorts(self.ledger)
        on = cohorts.Writing(self.hand(today), reader.find(cohort.id), reader.around(today), today)
        written(self.ledger.append([*self.worked(on), *self.plans(on), self.promised(on)]))

    def moved(self, cohort: Cohort) -> Cohort:
        """The file's year put so that its first visit is about yesterday, on the same days of the week."""
        first = min(day.day for day in cohort.days if day.part == "site-visit")
        weeks = timedelta(weeks=round((self.visited - first) / timedelta(weeks=1)))
        days = tuple(replace(day, day=day.day + weeks) for day in cohort.days)
        return replace(cohort, starts=cohort.starts + weeks, days=days)

    def hand(self, day: date) -> Hand:
        """Who wrote on that day, at noon."""
        noon = datetime.combine(day, time(19), UTC)
        return Hand(self.around.by, "facilitator", lambda: min(noon, self.around.clock()), self.around.chance)

    def worked(self, on: cohorts.Writing) -> Iterator[Draft]:
        """Coaching and planning of the last weeks."""
        ago = [on.today - timedelta(days=days) for days in (5, 12, 19)]
        note = "Which students start the questions? Tally it for a week, then look together."
        yield cohorts.contact(on, LAKERIDGE, "coaching", ago[1], 45, among="the leadership team", note=note)
        yield cohorts.contact(on, CAMPBELL, "planning", ago[0], 90, among="Samuel Reed and Lan Nguyễn")
        yield cohorts.contact(on, CAMPBELL, "coaching", ago[2], 30)

    def plans(self, on: cohorts.Writing) -> Iterator[Draft]:
        """Two schools have begun their action plans; yesterday's visit speaks to one goal."""
        due = on.facts.cohort.ends - timedelta(days=120)
        asked = Wording(
            "Students choose the question they work on, once a week in every room",
            "personal-learning-paths", "who-chooses", "three rooms, a student can say why this question", due,
        )  # fmt: skip
        yield (goal := cohort_goals.set_goal(on, LAKERIDGE, asked))
        yield on.draft("pointed", {"goal": goal.id, "from": "visit", "id": self.event})
        profiles = Wording("Each student keeps a profile and opens it with a teacher every month", "learner-profiles")
        yield cohort_goals.set_goal(on, LAKERIDGE, profiles)
        heard = Wording("Every student speaks to the whole room once a week", None, "who-is-heard", "a tally of a week")
        yield cohort_goals.set_goal(on, CAMPBELL, heard)

    def promised(self, on: cohorts.Writing) -> Draft:
        """A commitment whose day was the day before yesterday."""
        said = on.today - timedelta(days=20)
        body = {
            "owner": "Wei Chen",
            "problem": "Labs take two periods and nobody has two in a row.",
            "how_might_we": "How might we find time for one lab without taking it from another subject?",
            "ideas": ["Swap a period every second Thursday"],
            "commitment": {
                "what": "Ask for one double period in the spring schedule",
                "first_step": "Show the schedule to the team",
                "who": "Priya Patel",
                "due": (on.today - timedelta(days=2)).isoformat(),
            },
            "segment": "",
        }
        return capture.popup(self.hand(said), None, body)
