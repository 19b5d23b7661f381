"""How a random life begins: the participant, the choices, the site."""

import random
from datetime import date, timedelta
from typing import Any

from .days import DEFAULT_ZONES
from .tables import OFFERED
from .values import NCT_VALUES, REGIMEN_VALUES, SCANPAN_VALUES


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


class Start:
    """One patient before the first fact."""

    def __init__(self, rng: random.Random, protocol: str) -> None:
        self.rng = rng
        self.protocol = protocol
        self.scanpan = protocol == "scanpan"
        self.enrolled = date(2024, 1, 1) + days(rng.randrange(8 * 365))
        country = rng.choice(("SE", "SE", "FI", "FI", "CN") if self.scanpan else ("CN", "CN", "CN", "SE", "FI"))
        participant: dict[str, Any] = {"code": f"T-{rng.randrange(1000):03d}"}
        self.included = rng.random() >= 0.08
        self.consented = self.enrolled
        if not self.included or rng.random() < 0.5:
            self.consented -= days(rng.choice((0, 1, 5, 14, 20, 30)))
            participant["consented_on"] = self.consented.isoformat()
        if self.included:
            participant["enrolled_on"] = self.enrolled.isoformat()
        participant |= {"country": country, "regimen": rng.choice(OFFERED[protocol])}
        if self.scanpan and rng.random() < 0.3:
            participant["timing"] = rng.choice(("synchronous", "metachronous", "metachronous"))
        self.now = self.enrolled if self.included else self.consented
        self.scenario: dict[str, Any] = {
            "protocol": protocol,
            "today": self.now.isoformat(),
            "participant": participant,
            "facts": [],
        }
        self.choices()
        self.site(country)
        self.weekdays()

    def choices(self) -> None:
        """Choices at enrolment."""
        rng = self.rng
        chosen: dict[str, Any] = {}
        names = ("staged", "pancreatic_resection", "eortc", "long_term") if self.scanpan else ("pet_ct", "interim_scan")
        for name in names:
            if rng.random() < 0.3:
                chosen[name] = rng.random() < 0.7
        if not self.scanpan and rng.random() < 0.15:
            chosen["cohort"] = rng.choice(("retrospective", "retrospective", "prospective"))
        if chosen or rng.random() < 0.3:
            self.scenario["participant"]["choices"] = chosen

    def site(self, country: str) -> None:
        """Sometimes the site has its own closed days and values."""
        rng = self.rng
        if rng.random() < 0.4:
            return
        site: dict[str, Any] = {}
        if rng.random() < 0.4:
            site["time_zone"] = DEFAULT_ZONES[country]
        if rng.random() < 0.55:
            site["closed_weekdays"] = rng.choice(([6], [4, 5, 6], [2, 5, 6], []))
        for word in ("closed", "open"):
            if rng.random() < 0.4:
                found = set()
                for _ in range(rng.randrange(1, 6)):
                    start = self.enrolled + days(rng.randrange(-10, 500))
                    for more in range(rng.choice((1, 1, 3, 9)) if word == "closed" else 1):
                        found.add((start + days(more)).isoformat())
                site[word] = sorted(found)
        if rng.random() < 0.5:
            known = {**(SCANPAN_VALUES if self.scanpan else NCT_VALUES), **REGIMEN_VALUES}
            values = {key: rng.choice(known[key]) for key in rng.sample(sorted(known), rng.randrange(1, 6))}
            if rng.random() < 0.4:
                values["return_to_weekday"] = rng.random() < 0.5
            site["values"] = values
        self.scenario["site"] = site

    def weekdays(self) -> None:
        """Half of the sites let cycles return to the weekday of the first: those of every second day of enrolment."""
        if self.enrolled.toordinal() % 2:
            self.scenario.setdefault("site", {}).setdefault("values", {}).setdefault("return_to_weekday", True)
